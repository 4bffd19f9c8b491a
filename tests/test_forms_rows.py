"""Which rows a unit's form has."""

from dataclasses import replace

import pytest

from pipeline.domain.indicators import Indicator, Indicators
from pipeline.domain.phasing import spread
from pipeline.domain.planned import planned_months
from pipeline.domain.targets import Target
from pipeline.forms.read import read_form
from pipeline.forms.rows import activity_rows, form_identity, year_rows
from pipeline.forms.write import missing_forms
from pipeline.intake.checked import Rules
from pipeline.intake.checks import check
from tests.forms import written
from tests.plans import small_plan

PLAN = small_plan()


def test_entered_indicators_and_their_sums_have_rows_in_the_months_in_force() -> None:
    rows = year_rows(PLAN, "M1")
    codes = [row.code for row in rows[3]]
    assert codes == ["VS", "VS.ST", "VS.ST.EV", "VS.MO", "UV", "FUND", "SEATS", "PEAK", "DEBT", "TRIP"]
    assert [row.code for row in rows[2]] == codes[:-1], "trips are counted from March on; ratios are never entered"
    assert [row.code for row in rows[3] if not row.entered] == ["VS"]


def test_a_sum_shows_the_parts_that_the_unit_has() -> None:
    (total, part) = year_rows(PLAN, "M2")[1]
    assert (total.code, total.target, part.adds_to) == ("VS", 100, ("VS",))
    assert year_rows(PLAN, "M1")[1][0].target == 405


def test_depth_bound_and_habit() -> None:
    rows = {row.code: row for row in year_rows(PLAN, "M1")[3]}
    assert [rows[code].depth for code in ("VS", "VS.ST", "VS.ST.EV")] == [0, 1, 2]
    assert (rows["VS.ST.EV"].bound, rows["VS.ST.EV"].adds_to) == ("VS.ST", ())
    assert {code: rows[code].rule for code in ("VS", "UV", "FUND", "SEATS", "PEAK")} == {
        "VS": "sum", "UV": "last", "FUND": "last", "SEATS": "mean", "PEAK": "max",
    }  # fmt: skip
    assert (rows["TRIP"].expected, rows["VS"].expected) == (1, 3)


def test_sums_of_sums_add_up_the_entered_rows() -> None:
    tree = (
        Indicator("A", "Всего", "S1", "ед."),
        Indicator("A.B", "Часть", "S1", "ед.", "A", "part"),
        Indicator("A.B.C", "Часть части", "S1", "ед.", "A.B", "part"),
        Indicator("A.D", "Другая часть", "S1", "ед.", "A", "part"),
    )
    targets = (Target("A.B.C", "M1", 12), Target("A.D", "M1", 5))
    rows = year_rows(small_plan(indicators=Indicators(tree), targets=targets), "M1")[1]
    assert [(row.code, row.entered, row.adds_to, row.target) for row in rows] == [
        ("A", False, (), 17),
        ("A.B", False, (), 12),
        ("A.B.C", True, ("A.B", "A"), 12),
        ("A.D", True, ("A",), 5),
    ]


def test_a_whole_whose_parts_part_has_a_target_is_computed() -> None:
    tree = (
        Indicator("A", "Всего", "S1", "ед."),
        Indicator("A.B", "Часть", "S1", "ед.", "A", "part"),
        Indicator("A.B.C", "Часть части", "S1", "ед.", "A.B", "part"),
    )
    targets = (Target("A", "M1", 240), Target("A.B.C", "M1", 120))
    rows = year_rows(small_plan(indicators=Indicators(tree), targets=targets), "M1")[1]
    assert [(row.code, row.entered, row.target) for row in rows] == [
        ("A", False, 120),
        ("A.B", False, 120),
        ("A.B.C", True, 120),
    ]


def test_phased_figures_are_whole_and_make_the_target() -> None:
    year = year_rows(PLAN, "M1")
    for code, target in (("VS.ST", 200), ("VS.MO", 205), ("DEBT", 40), ("TRIP", 20)):
        phased = [row.phased for rows in year.values() for row in rows if row.code == code]
        assert sum(value for value in phased if value is not None) == target
        assert all(value is not None and value == int(value) for value in phased)


TRIPS = Indicators(
    (
        Indicator("TRIP", "Выезды", "S1", "ед."),
        Indicator("TRIP.NEAR", "Выезды: рядом", "S1", "ед.", "TRIP", "part"),
        Indicator("TRIP.FAR", "Выезды: далеко", "S1", "ед.", "TRIP", "part"),
        Indicator("TRIP.TALK", "из них с лекцией", "S1", "ед.", "TRIP", "of_which"),
        Indicator("TRIP.NEW", "из них с новой лекцией", "S1", "ед.", "TRIP.TALK", "of_which"),
    )
)


def phased(*targets: Target, code: str) -> tuple[float, ...]:
    plan = small_plan(indicators=TRIPS, targets=targets)
    return planned_months(plan, "M1", TRIPS.by_code[code]) or ()


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        (
            {"TRIP": 4, "TRIP.TALK": 1, "TRIP.NEW": 1},
            {
                "TRIP": (0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0),
                "TRIP.TALK": (0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0),
                "TRIP.NEW": (0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0),
            },
        ),
        (
            {"TRIP.NEAR": 2, "TRIP.FAR": 1, "TRIP.TALK": 3},
            {
                "TRIP.NEAR": (0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0),
                "TRIP.FAR": (0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0),
                "TRIP.TALK": (0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0),
            },
        ),
    ],
    ids=["a whole", "a whole made up of parts"],
)
def test_of_which_is_planned_where_the_whole_is(
    targets: dict[str, float], expected: dict[str, tuple[float, ...]]
) -> None:
    given = [Target(code, "M1", value) for code, value in targets.items()]
    assert {code: phased(*given, code=code) for code in expected} == expected


def test_a_form_that_was_just_issued_contradicts_nothing() -> None:
    plan = small_plan(indicators=TRIPS, targets=(Target("TRIP", "M1", 4), Target("TRIP.TALK", "M1", 1)))
    form = read_form(written(plan, "M1"), plan).submission
    assert form is not None and len(form.entries) == 24
    assert {one.code for one in check(Rules(plan).checked((form,), 12))} == {"intake.month_missing"}


def test_a_revision_of_the_whole_moves_of_which_in_the_months_to_come_only() -> None:
    targets = (Target("TRIP", "M1", 12), Target("TRIP.TALK", "M1", 6))
    assert phased(*targets, code="TRIP.TALK") == (1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0)
    revised = (*targets, Target("TRIP", "M1", 9, since=7))
    assert phased(*revised, code="TRIP") == (1,) * 6 + spread(3, [1] * 6)
    talks = phased(*revised, code="TRIP.TALK")
    assert talks[:6] == (1, 0, 1, 0, 1, 0)
    assert talks[6:] == spread(3, [1] * 6)


def test_a_stock_is_planned_at_the_target_in_force() -> None:
    plan = small_plan(targets=(Target("FUND", "M1", 500), Target("FUND", "M1", 600, since=7)))
    assert planned_months(plan, "M1", plan.indicators.by_code["FUND"]) == (500,) * 6 + (600,) * 6


def test_the_target_in_force_changes_with_a_revision() -> None:
    trips = [row.target for rows in year_rows(PLAN, "M1").values() for row in rows if row.code == "TRIP"]
    assert trips == [16] * 4 + [20] * 6


def test_a_unit_reports_only_while_it_is_there() -> None:
    units = replace(PLAN.units, members=(*PLAN.units.members[:2], replace(PLAN.units.members[2], since=4, until=6)))
    plan = small_plan(units=units)
    assert list(plan.asked("M2").months) == [4, 5, 6]
    assert list(year_rows(plan, "M2")) == [4, 5, 6]


def test_a_unit_without_figures_has_no_months() -> None:
    plan = small_plan(targets=tuple(target for target in PLAN.targets if target.unit == "M2"))
    assert year_rows(plan, "M1") == {}
    reading = read_form(written(plan, "M1"), plan)
    assert reading.problems == () and reading.submission is not None


def test_each_occurrence_is_a_row_and_weeks_make_months() -> None:
    rows = [(row.activity.code, row.number, row.of) for row in activity_rows(PLAN, "M1")]
    assert rows[:3] == [("A1", 1, 1), ("A2", 1, 2), ("A2", 2, 2)]
    assert [number for code, number, _ in rows if code == "A3"] == [1, 2, 3, 4]
    assert [number for code, number, _ in rows if code == "A4"] == list(range(1, 13))
    assert rows[-1] == ("A5", 1, 1)


def test_forms_are_missing_for_units_with_something_to_report() -> None:
    assert missing_forms(PLAN, []) == ("M1", "M2"), "the department itself has neither targets nor activities"
    assert missing_forms(PLAN, ["M1"]) == ("M2",)


def test_the_hash_follows_what_the_form_shows() -> None:
    same, other = small_plan(title="Иначе названный план"), small_plan(targets=PLAN.targets[1:])
    assert form_identity(same, "M1") == form_identity(PLAN, "M1")
    assert form_identity(other, "M1").plan_hash != form_identity(PLAN, "M1").plan_hash
    assert form_identity(other, "M2") == form_identity(PLAN, "M2")
