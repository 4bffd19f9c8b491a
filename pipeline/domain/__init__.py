"""Plain values of a year plan and its figures. Imports nothing of the package, reads and writes nothing."""
