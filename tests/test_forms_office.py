"""Forms in LibreOffice: stored values are what it computes; typing, cutting and saving do what staff expect."""

from pathlib import Path
from typing import Any

import pytest

from pipeline.forms.read import read_form
from pipeline.forms.write import form_workbook
from pipeline.settings import Settings
from pipeline.sheets.book import open_book
from pipeline.words import Words
from tests.forms import filled_form, row_of
from tests.office import absent, office
from tests.plans import small_plan

PLAN = small_plan()
WORDS = Words()
pytestmark = pytest.mark.skipif(bool(absent()), reason=absent() or "LibreOffice is there")

TRIP, MOBILE, FUND = (f"{row_of(PLAN, 'M1', 3, code)}" for code in ("TRIP", "VS.MO", "FUND"))
TYPED = {
    "Январь": {f"G{row_of(PLAN, 'M1', 1, 'FUND')}": 1200},
    "Март": {f"G{TRIP}": "1", f"G{MOBILE}": "12 чел.", f"G{FUND}": "1200,5"},
}


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The results of all jobs, by name; one LibreOffice does them."""
    folder = tmp_path_factory.mktemp("forms")
    stages = {"empty": 0, "partial": 7, "full": 12}
    for name, months in stages.items():
        filled = filled_form(PLAN, "M1", months, gaps=name == "partial")
        (folder / f"{name}.xlsx").write_bytes(form_workbook(PLAN, "M1", Settings(), WORDS, filled))
    empty, full = (str(folder / f"{name}.xlsx") for name in ("empty", "full"))
    jobs: dict[str, dict[str, Any]] = {
        name: {"open": str(folder / f"{name}.xlsx"), "recalculate": True} for name in stages
    }
    seen = [f"{letter}{row}" for letter in "EGIKM" for row in (TRIP, FUND)]
    jobs["typed"] = {"open": empty, "type": TYPED, "read": {"Март": ["F3", "I3", "K3", "M3", *seen]}}
    jobs["cut"] = {
        "open": full,
        "cut": ["Март", f"G{TRIP}", "G60"],
        "recalculate": True,
        "read": {"Март": ["F3", f"M{TRIP}"]},
    }
    jobs["saved"] = {"open": full, "save": [str(folder / "saved.ods"), str(folder / "saved.xls")]}
    results = dict(zip(jobs, office(list(jobs.values())), strict=True))
    return results | {"folder": folder}


@pytest.mark.parametrize("stage", ["empty", "partial", "full"])
def test_a_hard_recalculation_changes_no_stored_value(done: dict[str, Any], stage: str) -> None:
    assert done[stage]["formulas"] > 1500
    assert done[stage]["changed"] == []


def test_counters_and_statuses_follow_what_is_typed(done: dict[str, Any]) -> None:
    march = done["typed"]["read"]["Март"]
    # nine figures expected; two typed as numbers, «12 чел.» and the fraction of a copy are errors
    assert (march["F3"], march["I3"], march["K3"]) == (2, 1, 2)
    assert march["M3"] == WORDS("forms.readiness.errors")
    assert march[f"I{TRIP}"] == -1
    assert march[f"M{TRIP}"] == "◆ отставание"
    assert march[f"E{FUND}"] == 1200, "the figure before comes from the sheets before, over an empty February"


def test_cutting_an_input_breaks_no_formula(done: dict[str, Any]) -> None:
    march = done["cut"]["read"]["Март"]
    assert march[f"M{TRIP}"] == ""
    assert march["F3"] == 8, "only the figure that was taken away is missing"
    assert not [change for change in done["cut"]["changed"] if str(change[2]).startswith("error")]


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_a_form_saved_in_another_format_reads_the_same(done: dict[str, Any], suffix: str) -> None:
    folder: Path = done["folder"]
    original, saved = (
        read_form(open_book(folder / name, name), PLAN).submission for name in ("full.xlsx", f"saved.{suffix}")
    )
    assert original is not None and saved is not None
    assert saved.identity == original.identity
    assert saved.entries == original.entries
    assert saved.explanations == original.explanations
    assert [mark[:6] for mark in map(tuple_of, saved.marks)] == [mark[:6] for mark in map(tuple_of, original.marks)]


def tuple_of(mark: Any) -> tuple[Any, ...]:
    return (mark.unit, mark.activity, mark.occurrence, mark.state, mark.day, mark.result)
