"""What was read is kept: a rerun reads only what has changed, and its result is that of a full run."""

import os
import shutil
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.main import report
from pipeline.domain.addresses import Address
from pipeline.intake import store
from pipeline.intake.checked import Rules
from pipeline.intake.collect import read_frozen
from pipeline.intake.find import Found, find_forms, find_plan
from pipeline.intake.kept import FrozenReading, freeze, thaw
from pipeline.intake.kept_plan import PlanReading, freeze_plan, plan_identity, read_plan_kept, thaw_plan
from pipeline.intake.reading import Input, Reading
from pipeline.intake.store import read_kept
from pipeline.intake.workers import Limits
from pipeline.plan.audit import audit
from pipeline.plan.write import plan_workbook
from pipeline.problems import Key, MonthName, problem
from pipeline.run.example import example_plan
from pipeline.run.inputs import read_plan_file
from pipeline.run.outcome import Exit
from pipeline.words import Words
from tests.example.make_plan import PLAN as EXAMPLE
from tests.institution import institution, steady
from tests.intake import read_all
from tests.plans import small_plan

PLAN = small_plan()
RULES = Rules(PLAN)
LIMITS = Limits(20, 512)
NO_FORM = Input("2013/M1.xlsx", "other", "", "0f")
TEXT = st.text(max_size=9)
VALUES = st.one_of(
    TEXT,
    TEXT.map(Key),
    st.integers(1, 12).map(MonthName),
    st.integers(),
    st.floats(allow_nan=False),
    st.tuples(TEXT, TEXT),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    forms = {unit: steady(PLAN, unit, 3) for unit in ("M1", "M2")}
    return institution(tmp_path, forms) / "input"


def all_of(folder: Path, **how: object) -> tuple[list[Reading], list[str]]:
    """The readings of a run, and the files that it did read."""
    read_now: list[str] = []

    def read(files: Sequence[Found]) -> Iterator[FrozenReading | Reading]:
        read_now.extend(found.file for found in files)
        return read_frozen(files, RULES, LIMITS)

    files, _ = find_forms(folder, PLAN.year)
    arguments = {"plan": "its hash", "place": folder.parent / "store" / "readings.sqlite"} | how
    readings = list(partial(read_kept, files, RULES, read=read)(**arguments))  # type: ignore[arg-type]
    assert readings == read_all(files, PLAN)  # those of a full run, every time
    return readings, read_now


def forms(folder: Path) -> list[str]:
    return [found.file for found in find_forms(folder, PLAN.year)[0]]


def test_a_second_run_reads_nothing(folder: Path) -> None:
    first, read_first = all_of(folder)
    second, read_second = all_of(folder)
    assert read_first == forms(folder) and len(read_first) == 2
    assert (second, read_second) == (first, [])


def test_only_what_changed_is_read(folder: Path) -> None:
    all_of(folder)
    one, other = forms(folder)
    path = folder / one
    before = path.read_bytes()
    shutil.copy(folder / other, path)
    assert all_of(folder)[1] == [one]
    path.write_bytes(before)  # restored; what was kept of it is gone with the run that had no use for it
    assert all_of(folder)[1] == [one]
    os.utime(path)  # touched
    assert all_of(folder)[1] == []
    path.rename(path.with_name("переименована.xlsx"))
    assert all_of(folder)[1] == ["2013/переименована.xlsx"]
    (folder / other).unlink()
    assert all_of(folder)[1] == []


def test_another_plan_program_or_wish_reads_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    all_of(folder)
    assert all_of(folder, plan="another")[1] == forms(folder)
    assert all_of(folder, plan="another")[1] == []
    assert all_of(folder, plan="another", fresh=True)[1] == forms(folder)
    monkeypatch.setattr("pipeline.intake.store.reader_mark", lambda: "a newer program")
    assert all_of(folder, plan="another")[1] == forms(folder)


def test_what_a_run_has_read_before_it_is_broken_off_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "AT_ONCE", 1)

    def broken_off(files: Sequence[Found]) -> Iterator[FrozenReading | Reading]:
        yield from read_frozen(files[:1], RULES, LIMITS)
        raise KeyboardInterrupt

    place = folder.parent / "store" / "readings.sqlite"
    with pytest.raises(KeyboardInterrupt):
        list(read_kept(find_forms(folder, PLAN.year)[0], RULES, "its hash", place, broken_off))
    assert all_of(folder)[1] == forms(folder)[1:]


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_a_damaged_store_costs_only_time(folder: Path, damage: bytes | None) -> None:
    all_of(folder)
    place = folder.parent / "store" / "readings.sqlite"
    content = place.read_bytes()
    half = len(content) // 2
    place.write_bytes(content[:half] + bytes(len(content) - half) if damage is None else damage)
    all_of(folder)
    all_of(folder)
    assert all_of(folder)[1] == []


def test_a_store_that_cannot_be_written_is_done_without(folder: Path) -> None:
    in_the_way = folder.parent / "file"
    in_the_way.write_text("")
    assert all_of(folder, place=in_the_way / "readings.sqlite")[1] == forms(folder)


@given(
    st.lists(st.tuples(TEXT, st.dictionaries(st.sampled_from("abc"), VALUES), TEXT), max_size=3),
    st.sampled_from(["M1", "M2"]),
)
def test_what_is_kept_comes_back_as_it_was(said: list[tuple[str, dict[str, object], str]], unit: str) -> None:
    problems = tuple(problem("forms.negative", Address(file, "Май", "G9"), found, **more) for file, more, found in said)
    reading = Reading(Input("2013/M1.xlsx", "form", unit, "0f"), steady(PLAN, unit, 2), problems)
    assert thaw(freeze(reading)) == reading


def test_a_file_whose_reading_was_broken_off_is_tried_again(folder: Path) -> None:
    """A machine that was too busy once is no reason to leave a form out for ever."""
    one = forms(folder)[0]

    def broken_off(files: Sequence[Found]) -> Iterator[FrozenReading | Reading]:
        for found, content in zip(files, read_frozen(files, RULES, LIMITS), strict=True):
            yield Reading(Input(one, "other", "", "0f"), None, ()) if found.file == one else content

    files, _ = find_forms(folder, PLAN.year)
    place = folder.parent / "store" / "readings.sqlite"
    readings = list(read_kept(files, RULES, "its hash", place, broken_off))
    assert [reading.submission is None for reading in readings] == [True, False]
    assert all_of(folder)[1] == [one]


# ── the plan ─────────────────────────────────────────────────────────────────────────────────────────────────


def place_in(folder: Path) -> Path:
    return folder.parent / "store" / "readings.sqlite"


def plan_of(folder: Path, starts: int = 1, fresh: bool = False) -> tuple[PlanReading, int]:
    """The plan of a run, and how many times it was opened."""
    found, _ = find_plan(folder, PLAN.year)
    assert found is not None
    opened: list[PlanReading] = []

    def read() -> PlanReading:
        opened.append(read_plan_file(found, PLAN.year, starts, LIMITS))
        return opened[0]

    kept = read_plan_kept(found, starts, place_in(folder), read, fresh)
    assert kept == read_plan_file(found, PLAN.year, starts, LIMITS)  # that of a full run, every time
    return kept, len(opened)


def test_a_plan_that_has_not_changed_is_not_opened_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, opened = plan_of(folder)
    assert (opened, first.plan and first.plan.year, len(first.problems)) == (1, PLAN.year, 2)
    assert plan_of(folder) == (first, 0)
    os.utime(folder / "2013/plan.xlsx")
    assert plan_of(folder)[1] == 0
    assert plan_of(folder, fresh=True)[1] == 1
    assert plan_of(folder, starts=4)[1] == 1
    (folder / "2013/plan.xlsx").write_bytes(plan_workbook(replace(PLAN, title="Другой"), Words(), PLAN.year))
    assert plan_of(folder)[1] == 1
    (folder / "2013/plan.xlsx").rename(folder / "2013/plan.xlsm")
    assert plan_of(folder)[1] == 1
    assert plan_of(folder)[1] == 0
    monkeypatch.setattr("pipeline.intake.store.reader_mark", lambda: "a newer program")
    assert plan_of(folder)[1] == 1


def test_an_old_plan_goes_with_the_run_that_has_no_use_for_it(folder: Path) -> None:
    """As readings do; another year's stays."""
    found, _ = find_plan(folder, PLAN.year)
    assert found is not None
    (sha256, other) = plan_of(folder)[0].sha256, PlanReading(replace(PLAN, year=2014), "0f", ())
    read_plan_kept(Found(folder / "2014/plan.xlsx", "2014/plan.xlsx"), 1, place_in(folder), lambda: other)
    all_of(folder, plan=plan_identity(found, sha256, 1))
    assert plan_of(folder)[1] == 0
    all_of(folder, plan=plan_identity(found, "another", 1))
    assert plan_of(folder)[1] == 1
    with closing(sqlite3.connect(place_in(folder))) as store:
        kept = store.execute("SELECT year, count(*) FROM reading GROUP BY year").fetchall()
    assert kept == [(2013, 3), (2014, 1)]


@pytest.mark.parametrize("damage", [b"", b"no plan", zlib.compress(b"no plan"), freeze(Reading(NO_FORM, None, ()))])
def test_a_damaged_plan_is_opened_again(folder: Path, damage: bytes) -> None:
    plan_of(folder)
    with closing(sqlite3.connect(place_in(folder))) as store, store:
        store.execute("UPDATE reading SET content = ?", (damage,))
    assert [plan_of(folder)[1], plan_of(folder)[1]] == [1, 0]
    place_in(folder).write_bytes(b"no database")
    assert [plan_of(folder)[1], plan_of(folder)[1], plan_of(folder)[1]] == [1, 1, 0]


def test_a_plan_that_cannot_be_read_is_tried_again(folder: Path) -> None:
    (folder / "2013/plan.xlsx").write_bytes(b"")
    assert [plan_of(folder)[1], plan_of(folder)[1]] == [1, 1]
    assert not place_in(folder).exists()


@pytest.mark.parametrize("name", ["", "region"])
def test_the_examples_plans_come_back_as_they_were(name: str) -> None:
    """Those of the tests do, too: tests/plan_tables.py looks at every plan that it reads."""
    plan = example_plan(name) if name else read_plan_file(Found(EXAMPLE, "2013/plan.xlsx"), 2013, 1, LIMITS).plan
    assert plan is not None
    kept = thaw_plan(freeze_plan(plan, "0f", audit(plan)))
    assert kept == (plan, "0f", audit(plan))
    assert repr(kept.plan) == repr(plan)  # where there is a whole number, no fraction comes back


def test_the_report_is_the_same_to_the_byte(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def report_of(*options: str) -> tuple[str, dict[Path, bytes]]:
        done = CliRunner().invoke(report, ["--config", str(folder.parent / "config.toml"), *options])
        assert done.exit_code == Exit.MADE, done.output
        made = {path: path.read_bytes() for path in (folder.parent / "output").rglob("*") if path.is_file()}
        (folder.parent / "store/reports.json").unlink(missing_ok=True)  # else nothing is made
        return done.stderr, made

    fresh = report_of("--fresh")
    monkeypatch.setattr("pipeline.run.inputs.load_plan", None)
    assert report_of() == fresh
