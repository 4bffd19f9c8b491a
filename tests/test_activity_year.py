"""The 2013 plan's year, as it was read against the plan's text; counts that can be checked by hand."""

from datetime import date

from pipeline.analysis.activities import occurrences
from pipeline.domain.working_days import WorkingCalendar
from tests.activity_year import KEPT, activity_year
from tests.example.make_plan import example_plan


def test_the_year_month_by_month() -> None:
    assert activity_year() == KEPT.read_text(encoding="utf-8")


def test_each_rhythm_has_its_number() -> None:
    found = occurrences(example_plan().activities, (), date(2013, 1, 1), WorkingCalendar(2013))
    numbers = {
        one.activity.due.casefold(): one.of
        for one in found
        if one.activity.due.casefold() in ("ежемесячно", "ежеквартально", "2 раза в год", "еженедельно", "постоянно")
    }
    assert numbers == {"ежемесячно": 12, "ежеквартально": 4, "2 раза в год": 2, "еженедельно": 12, "постоянно": 1}
    assert {one.state for one in found} == {"coming", "due", "standing"}
