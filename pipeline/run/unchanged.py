"""A report for which nothing has changed since it was made is not made again: that is said at once.

What is looked at: the program, config.toml, every file below the input folder, the ledger, and the report's own files,
each by its size and times; and whether a day has passed by which a month was due. Whatever is in doubt makes the report
anew. Imports nothing heavy.
"""

import hashlib
import json
import os
import time
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.workbooks.files import sweep, write_whole

if TYPE_CHECKING:
    from pipeline.run.outcome import Holds

_PACKAGE = Path(__file__).parents[1]
_NAME = "reports.json"
_MOST = 100
"""Reports that are remembered, the latest."""
_TOO_NEW = 2.0
"""Seconds. A file changed so shortly before a run might change once more and keep its time: it is not trusted."""


class Seen(NamedTuple):
    """What a run finds before it reads anything: `mark` of all that the report `asked` for depends on, save the
    ledger; `store` and `ledger` are where they are."""

    asked: str
    mark: str
    store: Path
    ledger: Path


class Told(NamedTuple):
    """What the run that made the report said: its exit code, its lines, and those of them that --quiet leaves."""

    exit: int
    lines: tuple[str, ...]
    quiet: tuple[str, ...]


def look(config: Path, *asked: object) -> Seen | None:
    """What is there; None where that can't be told. `asked` are the options that make another report."""
    try:
        content = config.read_bytes()
        paths = tomllib.loads(content.decode("utf-8-sig")).get("paths", {})
        folder = config.parent
        inputs, store, ledger = (
            folder / paths.get(name, default)
            for name, default in (("input", "input"), ("store", "store"), ("ledger", "ledger.sqlite"))
        )
        digest = hashlib.sha256(content)
        newest = 0.0
        for place in (inputs, _PACKAGE):
            for name, state in sorted(_files(place)):
                newest = max(newest, state.st_mtime, state.st_ctime if place == inputs else 0.0)
                digest.update(f"{name}\t{state.st_size}\t{state.st_mtime_ns}\t{state.st_ctime_ns}\n".encode())
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    if newest > time.time() - _TOO_NEW:
        return None
    said = json.dumps([str(Path.cwd()), str(config), *map(str, asked)], ensure_ascii=False)
    return Seen(said, digest.hexdigest(), store / _NAME, ledger)


def told_before(seen: Seen, today: date) -> Told | None:
    """What was told of the report that is there, if it is what would be made today; otherwise None."""
    known: dict[str, Any] = _read(seen.store).get(seen.asked) or {}
    try:
        if known["mark"] != seen.mark or known["ledger"] != _state(seen.ledger):
            return None
        if known["until"] and today > date.fromisoformat(known["until"]):
            return None
        if any(_state(Path(path)) != state for path, state in known["files"].items()):
            return None
        return Told(known["exit"], tuple(known["lines"]), tuple(known["quiet"]))
    except (KeyError, TypeError, ValueError, OSError):
        return None


def keep(seen: Seen, told: Told, files: Iterable[Path], holds: "Holds") -> None:
    """Remembers what was told of the report that was just written as these files; nothing where somebody has decided
    something since."""
    from pipeline.history.ledger import LedgerError, last_event, open_ledger

    with suppress(OSError, LedgerError):
        ledger = _state(seen.ledger)
        with open_ledger(seen.ledger) as opened:
            if last_event(opened) != holds.event:
                return
        known = {asked: one for asked, one in _read(seen.store).items() if asked != seen.asked}
        new = {
            "mark": seen.mark,
            "ledger": ledger,
            "until": holds.day.isoformat() if holds.day else "",
            "files": {str(path.resolve()): _state(path) for path in files},
            **told._asdict(),
        }
        sweep((seen.store,))
        latest = dict([*known.items(), (seen.asked, new)][-_MOST:])
        write_whole(seen.store, json.dumps(latest, ensure_ascii=False, indent=0).encode())


def _read(store: Path) -> dict[str, Any]:
    try:
        known = json.loads(store.read_bytes())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _state(path: Path) -> list[int]:
    state = path.stat()
    return [state.st_size, state.st_mtime_ns]


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below the folder save compiled ones, which come and go by themselves."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name == "__pycache__":
                continue
            if entry.is_dir():
                yield from _files(Path(entry.path))
            else:
                yield entry.path, entry.stat()
