"""The command line: click parses, a story runs, its outcome is printed. Nothing heavy is imported before."""
