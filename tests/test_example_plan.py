"""The plan of 2013, the example: what is committed is what its tables make, and its contradictions are shown."""

import zipfile
from io import BytesIO

from pipeline.domain.phasing import spread
from pipeline.domain.plan import Plan
from pipeline.domain.planned import planned_months
from pipeline.domain.totals import year_target
from pipeline.plan.audit import audit
from pipeline.plan.read import read_plan
from pipeline.sheets.book import open_book
from tests.example.make_plan import PLAN, plan_bytes
from tests.plan_tables import found, said, told

STATED = {  # the document's own figures, seed of the example
    "RDR": 114,
    "LN": 2000,
    "VS": 400,
    "VV": 290000,
    "UV.SITE": 5000,
    "MSG": 540,
    "SPD": 4,
    "REV": 20,
    "EXH": 20,
    "EXH.PER": 4,
    "PUB": 12,
    "CONS": 600,
    "TRN": 20,
    "REC": 10,
    "TRIP": 16,
}


def test_the_committed_workbook_is_what_its_tables_make() -> None:
    """Part by part: another zlib may pack the same parts into other bytes."""
    assert _parts(PLAN.read_bytes()) == _parts(plan_bytes())


def test_all_of_the_document_is_in_it() -> None:
    plan = _plan()
    assert (len(plan.units.members), len(plan.indicators.members), len(plan.activities)) == (5, 35, 70)
    assert all(activity.deadline is not None for activity in plan.activities)
    assert {code: year_target(plan, plan.indicators.by_code[code]) for code in STATED} == STATED
    assert "вымышлены" in plan.note


def test_its_contradictions_are_shown_as_notes() -> None:
    problems = [told(problem) for problem in audit(_plan())]
    assert {problem.severity for problem in problems} == {"note"}
    assert [(code, cell) for code, cell, _ in found(problems)] == [
        ("activities_differ", "Показатели!A35"),
        ("activities_differ", "Показатели!A36"),
        ("activities_differ", "Показатели!A37"),
        ("statement_differs", "Сверка!A7"),
        ("statement_differs", "Сверка!A8"),
        ("remark", "Сверка!A14"),
        ("remark", "Сверка!A15"),
    ]
    texts = "\n".join(map(said, problems))
    assert "Выезды: задание 16, сроков в мероприятиях — 5." in texts
    assert "в документе 70 400, по показателям (VS + VV) 290 400." in texts
    assert "в документе 40 000, по показателям (VV.BLOG) 36 000." in texts


def test_its_phasing_follows_the_year() -> None:
    plan = _plan()
    readers = planned_months(plan, "M1", plan.indicators.by_code["RDR.MO"])
    visits = planned_months(plan, "M1", plan.indicators.by_code["VS.ST"])
    loans = planned_months(plan, "M1", plan.indicators.by_code["LN.MO"])
    assert readers is not None and sum(readers[:3]) / sum(readers) >= 0.35
    assert visits is not None and sum(visits[6:9]) < min(sum(visits[:3]), sum(visits[3:6]), sum(visits[9:]))
    assert loans is not None and loans != spread(900, (1,) * 12) and sum(loans) == 900


def test_its_revision_changes_the_rest_of_the_year() -> None:
    plan = _plan()
    portal = planned_months(plan, "M2", plan.indicators.by_code["MSG.PORT"])
    assert portal is not None
    assert (sum(portal), sum(portal[:6])) == (360, 150)
    assert [plan.target("M2", "MSG.PORT", month) for month in (6, 7)] == [300, 360]


def _plan() -> Plan:
    plan, problems = read_plan(open_book(PLAN, "2013/plan.xlsx"))
    assert problems == ()
    assert plan is not None
    return plan


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as workbook:
        return {name: workbook.read(name) for name in workbook.namelist()}
