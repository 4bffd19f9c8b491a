"""Several files of one unit: what counts of which."""

from dataclasses import replace
from datetime import date

from pipeline.domain.activities import ExtraActivity, Mark
from pipeline.domain.addresses import Address
from pipeline.domain.submissions import Submission
from pipeline.intake.twice import settle
from tests.intake import lines, submission


def months(form: Submission) -> set[int]:
    return {entry.month for entry in form.entries}


def test_forms_of_different_units_all_count() -> None:
    forms = (submission("M1", "9 VS.ST факт 5"), submission("M2", "9 VS.ST факт 6"))
    assert settle(forms) == (forms, ())


def test_a_copy_is_counted_once() -> None:
    first = submission("M1", "9 VS.ST факт 5", file="2013/M1.xlsx")
    copy = submission("M1", "9 VS.ST факт 5", file="2013/M1 (1).xlsx")
    counted, problems = settle((first, copy))
    assert counted == (first,)
    assert lines(problems) == [
        "2013/M1 (1).xlsx: Та же форма с теми же данными уже есть: 2013/M1.xlsx. Учтена один раз. "
        "Лишнюю копию можно удалить."
    ]


def test_a_month_stated_in_two_ways_counts_in_neither_form() -> None:
    one = submission("M1", "8 VS.ST факт 4\n9 VS.ST план 9 факт 5", file="2013/M1.xlsx")
    two = submission("M1", "8 VS.ST факт 4\n9 VS.ST план 9 факт 6", file="2013/M1 (1).xlsx")
    counted, problems = settle((one, two))
    assert [months(form) for form in counted] == [{8}, set()]
    assert lines(problems) == [
        "2013/M1.xlsx: У исполнителя несколько разных форм; ещё: 2013/M1 (1).xlsx. Из каждой взяты месяцы, "
        "в которых другие ей не противоречат. Сведите данные в одну форму, остальные уберите.",
        "2013/M1.xlsx · 9 · G2: За сентябрь эта форма и 2013/M1 (1).xlsx расходятся. Данные месяца не взяты "
        "ни из одной. Выясните, какая форма верна, и уберите другую.",
    ]


def test_a_month_that_only_one_form_has_filled_counts() -> None:
    august = submission("M1", "8 VS.ST план 9 факт 4\n9 VS.ST план 9", file="2013/август.xlsx")
    september = submission("M1", "8 VS.ST план 9 факт 4\n9 VS.ST план 9 факт 6", file="2013/сентябрь.xlsx")
    counted, problems = settle((august, september))
    assert [months(form) for form in counted] == [{8}, {9}]
    assert [one.code for one in problems] == ["intake.form_twice"]


def test_a_differing_cause_is_a_difference_too() -> None:
    one = submission("M1", "9 VS.ST факт 5", causes="9 VS.ST Отпуск")
    two = submission("M1", "9 VS.ST факт 5", causes="9 VS.ST Болезнь", file="2013/ещё.xlsx")
    counted, problems = settle((one, two))
    assert [(months(form), form.explanations) for form in counted] == [(set(), ()), (set(), ())]
    assert [one.code for one in problems] == ["intake.form_twice", "intake.month_twice"]


def test_marks_count_where_they_agree() -> None:
    place = Address("2013/M1.xlsx", "Мероприятия", "G9")
    done = Mark("M1", "A1", 1, "done", date(2013, 4, 23), "", place)
    moved = replace(done, state="moved", address=place._replace(file="2013/ещё.xlsx"))
    same, alone = replace(done, activity="A2"), replace(done, activity="A3")
    extra = ExtraActivity("M1", "Круглый стол", "", None, "", place)
    one = replace(submission("M1", "8 VS.ST факт 1"), marks=(done, same), extras=(extra,))
    two = replace(submission("M1", "9 VS.ST факт 1", file="2013/ещё.xlsx"), marks=(moved, same, alone), extras=(extra,))
    counted, problems = settle((one, two))
    assert [(form.marks, form.extras) for form in counted] == [((same,), (extra,)), ((alone,), ())]
    assert lines(problems)[1] == (
        "2013/M1.xlsx · Мероприятия · G9: О мероприятии A1 здесь и в 2013/ещё.xlsx сказано разное. "
        "Отметка не учтена. Оставьте верную отметку в одной форме."
    )


def beyond(file: str, *details: tuple[int | None, str], title: str = "Круглый стол") -> Submission:
    """The form «1» (of January, «2» of February) with something of that title on these days of May, with these
    results."""
    extras = tuple(
        ExtraActivity("M1", title, "TRIP", date(2013, 5, day) if day else None, result, Address(file, "М", f"B{row}"))
        for row, (day, result) in enumerate(details, start=31)
    )
    return replace(submission("M1", f"{file} VS.ST факт 1", file=file), extras=extras)


def counted_beyond(*forms: Submission) -> tuple[list[str], list[str]]:
    """Cells of the activities beyond the plan that count, «file B31»; what is said of them."""
    counted, problems = settle(forms)
    cells = [f"{extra.address.file} {extra.address.cell}" for form in counted for extra in form.extras]
    return cells, [line for line in lines(problems) if "сверх плана" in line]


def test_of_an_activity_beyond_the_plan_that_two_forms_tell_differently_neither_counts() -> None:
    cells, said = counted_beyond(beyond("1", (6, "20 чел.")), beyond("2", (6, "22 чел."), title="Круглый  стол."))
    assert cells == []
    assert said == [
        "1 · М · B31: О мероприятии сверх плана «Круглый стол» здесь и в другой форме (2 · М · B31) сказано разное. "
        "Не учтено ни то, ни другое. Оставьте верную строку в одной форме; если это разные мероприятия, впишите оба "
        "в одну форму."
    ]
    assert counted_beyond(beyond("1", (6, "")), beyond("2", (None, "")))[0] == []


def test_two_activities_of_one_title_are_two_in_whatever_form_they_stand() -> None:
    two = ((6, "20 чел."), (20, "22 чел."))
    assert counted_beyond(beyond("1", *two), beyond("2", *two)) == (["1 B31", "1 B32"], [])
    assert counted_beyond(beyond("1", *two), beyond("2", *reversed(two))) == (["1 B31", "1 B32"], [])
    assert counted_beyond(beyond("1", two[0]), beyond("2", *two)) == (["2 B31", "2 B32"], [])
    cells, said = counted_beyond(beyond("1", *two), beyond("2", two[0], (20, "25 чел.")))
    assert cells == ["1 B31"]
    assert [line[:11] for line in said] == ["1 · М · B32"]
    same = (6, "20 чел.")
    assert counted_beyond(beyond("1", same), beyond("2", same, same), beyond("3", same)) == (["2 B31", "2 B32"], [])
