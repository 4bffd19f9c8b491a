"""The command `run-report`, and `python -m pipeline.cli` where its own file is not on the path.

The processes that read and draw begin by importing what the first one was started with: the command line itself is
imported only where it runs.
"""

import os
import sys
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    """Runs the command and leaves: all files are closed by then, and taking apart what is in memory would take as long
    as reading two forms."""
    from pipeline.cli.main import main as run

    code = 0
    try:
        run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # nobody reads it any more
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    main()
