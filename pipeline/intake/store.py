"""What was read and checked cell by cell is kept, and a file that has not changed is not read again.

A reading is found by the hash of the file's content, the file's place, the plan, the rules of the checks and the
program itself: whatever could make it another reading makes another key. The store is a convenience: without it, or
with a damaged one, everything is read, and the result is the same.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from sys import byteorder

from pipeline.intake.checked import Rules
from pipeline.intake.find import Found, hash_of
from pipeline.intake.kept import FrozenReading, thaw
from pipeline.intake.reading import Reading

_PACKAGE = Path(__file__).parents[1]
_READERS = ("domain", "sheets", "plan", "forms", "intake", "locale")
_SCHEMA = "CREATE TABLE IF NOT EXISTS reading (key BLOB PRIMARY KEY, year INTEGER NOT NULL, content BLOB NOT NULL)"
AT_ONCE = 1000
"""Readings that are kept together: what a run that is broken off has read by then is not read again."""
_BUSY = 2.0
"""Seconds to wait for another run that writes its own readings: longer than that and nothing is gained."""


def read_kept(
    files: Sequence[Found],
    rules: Rules,
    plan: str,
    place: Path | None,
    read: Callable[[Sequence[Found]], Iterator[FrozenReading | Reading]],
    fresh: bool = False,
) -> Iterator[Reading]:
    """The reading of each file in order: the kept one, or what `read` makes of it; what comes unfrozen is not for
    keeping. `plan` identifies what the plan says; `place` is the store's file, None for none; `fresh` leaves aside
    what is kept. Readings that are not used any more are dropped, and so are the year's other plans."""
    if place is None:
        yield from (one if isinstance(one, Reading) else thaw(one) for one in read(files))
        return
    year, by = rules.plan.year, f"{rules.thresholds} {rules.limits}"
    reader = hashlib.sha256(f"{reader_mark()} {year} {plan} {by}".encode()).hexdigest()
    kept = {} if fresh or not place.exists() else _load(place, reader, files)
    others = iter(read([found for found in files if found not in kept]))
    used = {plan_key(plan)}
    new: dict[bytes, bytes] = {}
    for found in files:
        content = kept[found] if found in kept else next(others)
        reading = content if isinstance(content, Reading) else thaw(content)
        key = _key(reader, found, reading.input.sha256)
        if found in kept:
            used.add(key)
        elif not isinstance(content, Reading) and reading.input.sha256:  # a file that couldn't be opened has no hash
            new[key] = content
        if len(new) >= AT_ONCE:
            keep(place, year, new)
            used.update(new)
            new.clear()
        yield reading
    keep(place, year, new, used.union(new))


@cache
def reader_mark() -> str:
    """The hash of all that reads: the sources of this package and the version of its reader of workbooks."""
    digest = hashlib.sha256(version("python-calamine").encode())
    sources = [_PACKAGE / f"{name}.py" for name in ("problems", "settings", "words", "run/inputs")]
    sources += [path for part in _READERS for path in (_PACKAGE / part).rglob("*") if path.suffix in (".py", ".mo")]
    for path in sorted(sources):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def plan_key(plan: str) -> bytes:
    """Under which the plan itself is kept, in arrays as this machine has them."""
    return hashlib.sha256(f"{reader_mark()} {byteorder} {plan}".encode()).digest()


def _key(reader: str, found: Found, sha256: str) -> bytes:
    return hashlib.sha256("\0".join((reader, found.file, sha256)).encode()).digest()


def _load(place: Path, reader: str, files: Sequence[Found]) -> dict[Found, Reading]:
    """What is kept of those files that are as they were."""
    keys = {_key(reader, found, hash_of(found)): found for found in files}
    known: dict[Found, Reading] = {}
    for key, content in contents(place, keys):
        with suppress(ValueError):
            known[keys[key]] = thaw(content)
    return known


def contents(place: Path, keys: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Those of the keys under which something is kept, with what that is."""
    try:
        with closing(sqlite3.connect(place, timeout=_BUSY)) as store:
            for key in keys:
                row = store.execute("SELECT content FROM reading WHERE key = ?", (key,)).fetchone()
                if row is not None:
                    yield key, row[0]
    except (sqlite3.Error, OSError):
        pass


def keep(place: Path, year: int, new: Mapping[bytes, bytes], used: Collection[bytes] | None = None) -> None:
    """Keeps what is new of a year by its keys; where `used` are given, drops what else there is of that year."""
    try:
        _write(place, year, new, used)
    except sqlite3.OperationalError:
        return  # another run writes, or the disk is full: next time, then
    except (sqlite3.DatabaseError, OSError):  # no store at all: it begins anew
        with suppress(OSError):
            place.unlink()


def _write(place: Path, year: int, new: Mapping[bytes, bytes], used: Collection[bytes] | None) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(place, timeout=_BUSY, isolation_level=None)) as store:
        store.execute("BEGIN IMMEDIATE")
        store.execute(_SCHEMA)
        store.executemany(
            "INSERT OR REPLACE INTO reading (key, year, content) VALUES (?, ?, ?)",
            [(key, year, content) for key, content in new.items()],
        )
        if used is not None:
            kept = {key for (key,) in store.execute("SELECT key FROM reading WHERE year = ?", (year,))}
            store.executemany("DELETE FROM reading WHERE key = ?", [(key,) for key in kept.difference(used)])
        store.execute("COMMIT")
