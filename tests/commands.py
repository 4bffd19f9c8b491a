"""The commands that write, each given again and again from the same state of the tiny institution's folder."""

from collections.abc import Callable
from pathlib import Path

from pipeline.run.outcome import Exit, Outcome
from tests import tiny

COMMANDS: dict[str, Callable[[], Outcome]] = {
    "run": tiny.make_report,
    "accept": tiny.accept,
    "close": lambda: tiny.close(2),
    "reopen": lambda: tiny.reopen(1),
    "restore": tiny.restored,
}


class Command:
    """A command that is given again and again from the same state of the folder: `before`, `after`."""

    def __init__(self, name: str) -> None:
        self.give = COMMANDS[name]
        if name == "restore":
            tiny.spoil()
        self.start = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
        self.before = self.state() if name != "restore" else None
        assert self.give().exit == Exit.MADE
        self.after, self.files = self.state(), tiny.files()

    def state(self) -> tuple[object, ...]:
        return tiny.rows(tiny.LEDGER), tiny.rows(tiny.COPY), tiny.reports()

    def put_back(self) -> None:
        for path in Path().rglob("*"):
            if path.is_file() and path not in self.start:
                path.unlink()
        for path, content in self.start.items():
            path.write_bytes(content)

    def check(self, outcome: Outcome | None) -> None:
        """It was killed (None), or failed and said so, or did all; the ledger is the old or the new one; given again,
        it does all."""
        if outcome is not None and outcome.exit == Exit.FAILED:
            assert {one.code for one in outcome.problems} <= {"history.unusable", "history.damaged", "cli.unwritable"}
        if self.before is None:
            old = tiny.LEDGER.read_bytes() == self.start[tiny.LEDGER]
            assert old or tiny.rows(tiny.LEDGER) == self.after[0]
        else:
            assert tiny.rows(tiny.LEDGER) in (self.before[0], self.after[0])
            for name, content in tiny.reports().items():
                assert content in (self.before[2].get(name), self.after[2].get(name))  # type: ignore[attr-defined]
        if outcome is not None and outcome.exit == Exit.MADE:
            assert self.state() == self.after
        self.give()
        assert self.state() == self.after
        assert tiny.files() == self.files


def prepare() -> None:
    """Closed for January with a copy; the form states something else of January, and February is new."""
    tiny.make_report()
    tiny.close(1)
    tiny.fill(1, 11)
    tiny.fill(2, 20)
