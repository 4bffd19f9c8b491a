"""Texts of forms and plans that would be formulas or links reach the report as texts, the whole way."""

import csv
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import unescape

import pytest

from pipeline.domain.activities import ExtraActivity, Mark
from pipeline.domain.addresses import NOWHERE
from pipeline.domain.indicators import Indicators
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Explanation, Submission
from pipeline.domain.units import Units
from pipeline.run.inputs import Options
from pipeline.run.report import make_report
from pipeline.workbooks.files import stay_within
from tests.institution import institution, steady
from tests.plans import small_plan

POISON = ("=cmd|'/C calc'!A0", '"&HYPERLINK("http://evil.example","x")&"')
"""Each goes the whole way; single cells with these and others are in test_report_workbook.py and test_data_file.py."""

QUOTED = re.compile(r'"(?:[^"]|"")*"')
"""A text within a formula of ours: a quotation mark in it is doubled."""


def poisoned(poison: str) -> tuple[Plan, Submission]:
    """A plan and a form that say `poison` wherever a text can stand."""
    plan = small_plan(title=poison)
    plan = replace(
        plan,
        units=Units(tuple(replace(unit, title=f"{poison} {unit.code}") for unit in plan.units.members)),
        sections=tuple(replace(section, title=poison) for section in plan.sections),
        indicators=Indicators(tuple(replace(one, title=f"{poison} {one.code}") for one in plan.indicators.members)),
        activities=tuple(replace(one, title=poison, group=poison) for one in plan.activities),
    )
    form = steady(plan, "M1", 9, VS_ST=1)
    return plan, replace(
        form,
        explanations=(Explanation("VS.ST", 9, poison, poison, "", ""),),
        marks=(Mark("M1", "A1", 1, "done", None, poison, NOWHERE),),
        extras=(ExtraActivity("M1", poison, poison, None, poison, NOWHERE),),
    )


@pytest.mark.parametrize("poison", POISON)
def test_no_text_becomes_a_formula_or_a_link(tmp_path: Path, poison: str) -> None:
    plan, form = poisoned(poison)
    folder = institution(tmp_path / "place", {"M1": form}, plan)
    before = set(tmp_path.rglob("*"))
    done = make_report(Options(folder / "config.toml"), iter)
    output = folder / "output" / "2013-09"
    assert done.report == output / "report.xlsx"
    new = set(tmp_path.rglob("*")) - before
    own = {folder / "ledger.sqlite", folder / "store", folder / "store" / "readings.sqlite"}
    assert {path for path in new if not path.is_relative_to(folder / "output")} <= own
    with zipfile.ZipFile(output / "report.xlsx") as archive:
        for name in archive.namelist():
            part = archive.read(name).decode("utf-8", "replace")
            if "worksheets/sheet" in name:
                code = [re.sub(QUOTED, "", unescape(formula)) for formula in re.findall(r"<f[ >].*?</f>", part)]
                assert not [one for one in code if re.search("cmd|evil|HYPERLINK", one)], name
            if name.endswith(".rels"):
                targets = re.findall(r'Target="([^"]*)" TargetMode="External"', part)
                assert all(
                    target.replace("\\", "/").startswith(("../../input/", "file:///../../input/")) for target in targets
                ), targets
        assert not [name for name in archive.namelist() if "externalLink" in name]
    with (output / "data.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file, delimiter=";") for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r", "-2"))]


def test_nothing_is_written_outside_the_output_folder(tmp_path: Path) -> None:
    folder = institution(tmp_path / "place", {"M1": steady(small_plan(), "M1", 9)})
    (tmp_path / "elsewhere").mkdir()
    (folder / "output").mkdir()
    (folder / "output" / "2013-09").symlink_to(tmp_path / "elsewhere")
    done = make_report(Options(folder / "config.toml"), iter)
    assert (done.exit, done.problems[-1].code) == (1, "cli.unwritable")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_an_output_folder_may_itself_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "share")
    stay_within(tmp_path / "output", tmp_path / "output" / "2013-09" / "report.xlsx")
    with pytest.raises(OSError):
        stay_within(tmp_path / "output", tmp_path / "output" / ".." / "report.xlsx")
