"""The command `run-report`, and `python -m pipeline.cli` where its own file is not on the path.

The processes that read and draw begin by importing what the first one was started with: the command line itself is
imported only where it runs.
"""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn


def main() -> NoReturn:
    """Runs the command and leaves: all files are closed by then, and taking apart what is in memory would take as long
    as reading two forms."""
    run, code = _command_line(), 0
    try:
        run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:  # before the command line could tell of it, or once more after it has
        code = 1
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # nobody reads it any more
            stream.flush()
    os._exit(code)


def _command_line() -> Callable[[], None]:
    """The command line, imported. Until it is there, Ctrl+C ends the process as the system does, without a word: an
    import that is interrupted fails in ways of its own."""
    is_heard = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if is_heard:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from pipeline.cli.main import main as run

    if is_heard:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return run


if __name__ == "__main__":
    main()
