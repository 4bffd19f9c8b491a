"""The command `run-report`, and `python -m pipeline.cli` where its own file is not on the path.

The processes that read and draw begin by importing what the first one was started with: the command line itself is
imported only where it runs.
"""


def main() -> None:
    from pipeline.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
