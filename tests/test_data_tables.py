"""All figures come in parts, and of too many the latest whole months are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd
import pytest

from pipeline.analysis import data_tables
from pipeline.analysis.data_tables import data_table, facts_parts, figures_by_month, shown_table
from pipeline.analysis.facts import facts_frame
from pipeline.domain.submissions import Place, by_layout
from tests.institution import steady
from tests.plans import small_plan

PLAN = small_plan()
FORMS = [steady(PLAN, "M2", 7), steady(PLAN, "M1", 9)]
COUNTS = {1: 9, 2: 9, 3: 10, 4: 10, 5: 10, 6: 10, 7: 10, 8: 9, 9: 9, 10: 0, 11: 0, 12: 0}
"""M1 states eight actual figures a month, nine from March on; M2 states one until July."""


@pytest.mark.parametrize("most", [1, 10, 20, 1000])
def test_the_parts_are_the_whole(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(data_tables, "PART", most)
    parts = [data_table(PLAN, part) for part in facts_parts(PLAN, FORMS)]
    assert all(len(part) <= most or len(part[["unit", "indicator"]].drop_duplicates()) == 1 for part in parts)
    assert (len(parts) == 1) is (most == 1000)
    together, whole = pd.concat(parts, ignore_index=True), data_table(PLAN, facts_frame(FORMS))
    assert together.to_dict("records") == whole.to_dict("records")


def test_without_figures_there_are_no_parts() -> None:
    assert list(facts_parts(PLAN, [])) == []


def test_figures_are_counted_by_month() -> None:
    assert figures_by_month(FORMS) == COUNTS


@pytest.mark.parametrize(
    ("most", "months"),
    [(86, range(1, 10)), (85, range(2, 10)), (28, (7, 8, 9)), (27, (8, 9)), (18, (8, 9)), (17, (9,))],
)
def test_the_latest_months_stay_whole_where_not_all_have_room(
    monkeypatch: pytest.MonkeyPatch, most: int, months: Iterable[int]
) -> None:
    monkeypatch.setattr(data_tables, "MOST", most)
    shown = shown_table(PLAN, FORMS, COUNTS, 9)["month"].value_counts().to_dict()
    assert shown == {month: COUNTS[month] for month in months}


def test_a_month_that_has_no_room_is_shown_as_far_as_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_tables, "MOST", 3)
    whole = data_table(PLAN, facts_frame(FORMS, lambda place: place.month == 9))
    assert shown_table(PLAN, FORMS, COUNTS, 9).equals(whole.head(3))


def test_months_after_the_reported_one_make_room_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_tables, "MOST", 20)
    assert sorted(shown_table(PLAN, FORMS, COUNTS, 6)["month"].unique()) == [5, 6]


def test_forms_that_were_filled_alike_are_looked_at_once() -> None:
    first = steady(PLAN, "M1", 3)
    looked: list[int] = []

    def places(them: Sequence[Place]) -> int:
        looked.append(len(them))
        return len(them)

    alike = replace(first, file="other.xlsx")
    found = list(by_layout([first, alike, steady(PLAN, "M2", 3)], places))
    assert [(form.file, count) for form, count in found] == [(first.file, 25), ("other.xlsx", 25), ("", 3)]
    assert looked == [25, 3]
