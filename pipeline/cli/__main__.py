"""`python -m pipeline.cli`: the command `run-report` where its own file is not on the path."""

from pipeline.cli.main import main

if __name__ == "__main__":
    main()
