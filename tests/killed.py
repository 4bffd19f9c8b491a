"""Commands killed at random moments, again and again: a process of its own, without threads, that forks each victim.

    python -m tests.killed tiny SEED COUNT
    python -m tests.killed whole SEED COUNT
    python -m tests.killed each SEED COUNT

`tiny`: two folders live the same life: in one of them each command is killed (SIGKILL) after a random part of the
time that it has just taken in the other, and then given again. After the kill every file of the report is the one from
before or the one from after, and so are the ledger, which is whole, and its copy; after the command is given again both
folders hold the same, to the last file.

`whole`: runs of `run-report` with all that they read and draw. The forms state one thing and another in turn; after
each kill every file is of the one report or of the other, and after the next run all are what they are without kills.

`each`: not at random, but right before each call of the disk.

The first turn that fails ends it, with its number: the seed repeats what was done, though not how fast.
"""

import atexit
import os
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from pipeline.cli.main import report
from pipeline.forms.write import form_workbook
from pipeline.history.ledger import open_ledger
from pipeline.history.statements import statements_at
from pipeline.settings import Settings
from pipeline.words import Words
from pipeline.workbooks import files
from tests import tiny
from tests.commands import COMMANDS, Command, prepare
from tests.faulty_sqlite import hooked
from tests.institution import institution, steady
from tests.plans import small_plan

QUICK = Path("/dev/shm")
"""Memory as a disk, where there is one: a kill loses nothing that was written, synced or not."""
LIFE = 25
"""Commands after which both folders begin anew, without a ledger."""


@dataclass(frozen=True)
class State:
    """What must be whole: the ledger, its copy, the files of the report."""

    ledger: dict[str, list[tuple[object, ...]]]
    copy: dict[str, list[tuple[object, ...]]]
    reports: dict[str, bytes]


def state() -> State:
    return State(tiny.rows(tiny.LEDGER), tiny.rows(tiny.COPY), tiny.reports())


def command(random: Random) -> tuple[str, Callable[[], object], Callable[[], object]]:
    """A command's name, what happens to the files before it, and the command."""
    month, figure = random.randint(1, 3), random.randint(0, 99)
    return random.choice(
        (
            ("run", lambda: tiny.fill(month, figure), tiny.make_report),
            ("close", lambda: tiny.fill(month, figure), lambda: tiny.close(month)),
            ("accept", lambda: tiny.fill(1, figure), tiny.accept),
            ("reopen", lambda: None, lambda: tiny.reopen(month)),
            ("restore", tiny.spoil, tiny.restored),
        )
    )


def killed(run: Callable[[], object], after: float) -> None:
    victim = os.fork()
    if victim == 0:
        run()
        os._exit(0)
    time.sleep(after)
    os.kill(victim, signal.SIGKILL)
    os.waitpid(victim, 0)


def turn(random: Random, calm: Path, deadly: Path, before: State) -> tuple[str, State]:
    """One command in both folders, whose state was `before`. What was done, and the state after it."""
    name, prepare, run = command(random)
    os.chdir(calm)
    prepare()
    start = time.perf_counter()
    run()
    took = time.perf_counter() - start
    after, lying = state(), tiny.files()
    os.chdir(deadly)
    prepare()
    spoiled = tiny.LEDGER.read_bytes() if name == "restore" and tiny.LEDGER.exists() else None
    killed(run, random.random() * took * 1.2)
    if spoiled is None or tiny.LEDGER.read_bytes() != spoiled:
        held = tiny.rows(tiny.LEDGER)
        assert held in (before.ledger, after.ledger), f"{name}: the ledger is neither old nor new"
    assert tiny.rows(tiny.COPY) in (before.copy, after.copy), f"{name}: the copy is neither old nor new"
    for path, content in tiny.reports().items():
        assert content in (before.reports.get(path), after.reports.get(path)), f"{name}: {path} is neither old nor new"
    run()
    assert state() == after, f"{name}: given again, it came to something else"
    assert tiny.files() == lying, f"{name}: {tiny.files() ^ lying}"
    return name, after


def tiny_lives(random: Random, count: int) -> Iterator[str]:
    tiny.stand_in(setattr, weight=3000)  # so that writing it takes a while
    for number in range(count):
        if number % LIFE == 0:
            now = State({}, {}, {})
            folder = Path(mkdtemp())
            calm, deadly = (tiny.tiny(folder / name) for name in ("calm", "deadly"))
        name, now = turn(random, calm, deadly, now)
        yield name


def whole_runs(random: Random, count: int) -> Iterator[str]:
    plan = small_plan()
    forms = [steady(plan, "M1", 8), steady(plan, "M1", 8, VS_ST=20)]
    expected, took = list[dict[str, bytes]](), 0.0
    for form in forms:
        os.chdir(institution(Path(mkdtemp()), {"M1": form}, plan))
        start = time.perf_counter()
        run_report()
        took = time.perf_counter() - start  # the second time nothing has to be imported
        expected.append(tiny.reports())
    content = {form: form_workbook(plan, "M1", Settings(), Words(), filled) for form, filled in enumerate(forms)}
    os.chdir(institution(Path(mkdtemp()), {"M1": forms[1]}, plan))
    run_report()
    lying = _lying()
    for number in range(count):
        Path("input/2013/M1.xlsx").write_bytes(content[number % 2])
        killed(run_report, random.random() * took * 1.1)
        for path, found in tiny.reports().items():
            assert found in (expected[0][path], expected[1][path]), f"{path} is of neither report"
        tiny.rows(tiny.LEDGER)
        run_report()
        assert tiny.reports() == expected[number % 2], "the next run came to something else"
        assert _lying() == lying, _lying() ^ lying
        with open_ledger(tiny.LEDGER) as ledger:
            stated = {key: value for key, value in statements_at(ledger, 2013).items() if value is not None}
        entries = [(entry.indicator, entry.month, entry.measure, entry.value) for entry in forms[number % 2].entries]
        assert {(*key[1:], value) for key, value in stated.items()} >= set(entries)
        yield "whole run"


def _lying() -> set[str]:
    """What lies in the folder, save what is kept to spare reading again, which may come and go as a whole."""
    return {file for file in tiny.files() if not file.startswith("store/") or file.endswith(".tmp")}


def each_call(_: Random, count: int) -> Iterator[str]:
    """Not at random: before each call that SQLite makes of the disk, and each that the writing of a file does, up to
    `count` of each command."""
    tiny.stand_in(setattr)
    for name in COMMANDS:
        os.chdir(tiny.tiny(Path(mkdtemp())))
        prepare()
        command = Command(name)
        for number in range(1, count + 1):
            command.put_back()
            victim = os.fork()
            if victim == 0:
                dies = DiesAt(number)
                for owner, call in ((os, "fsync"), (files.tempfile, "mkstemp"), (Path, "replace")):
                    setattr(owner, call, dies.before(getattr(owner, call)))
                with hooked(dies):
                    command.give()
                os._exit(0)
            _, status = os.waitpid(victim, 0)
            command.check(None)
            if os.WIFEXITED(status):  # it came to its end: there are no more calls
                break
            yield name


class DiesAt:
    """A hook that is the end of the process at the call with this number."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, call: str) -> int:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    def before(self, call: Callable[..., object]) -> Callable[..., object]:
        def counted(*arguments: object, **named: object) -> object:
            self("file")
            return call(*arguments, **named)

        return counted


def run_report() -> None:
    """The command itself."""
    with suppress(SystemExit):
        report.main(["--quiet"], prog_name="run-report")


def mkdtemp() -> str:
    """A folder that goes with this process."""
    folder = TemporaryDirectory(dir=QUICK if QUICK.exists() else None)
    atexit.register(folder.cleanup)
    return folder.name


def main(how: str, seed: int, count: int) -> int:
    done = Counter[str]()
    try:
        for name in {"tiny": tiny_lives, "whole": whole_runs, "each": each_call}[how](Random(seed), count):
            done[name] += 1
    except BaseException:
        traceback.print_exc()
        print(f"{how}, seed {seed}, turn {done.total() + 1}")
        return 1
    finally:
        os.chdir("/")
    print(dict(done))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:])))
