"""The story of an example that comes with the program: a folder with settings, a plan and filled forms, made from small
tables on the spot."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from pipeline.domain.activities import Mark
from pipeline.domain.addresses import NOWHERE, Address
from pipeline.domain.plan import Plan
from pipeline.domain.submissions import Entry, Explanation, Submission
from pipeline.forms.layout import form_file_name, safe_name
from pipeline.forms.rows import form_identity
from pipeline.forms.write import form_workbook, missing_forms
from pipeline.intake.find import PLAN, WORKBOOKS
from pipeline.plan.layout import SHEETS
from pipeline.plan.read import read_plan
from pipeline.plan.write import plan_workbook
from pipeline.problems import problem, shown
from pipeline.run.begin import begin
from pipeline.run.outcome import Exit, Outcome
from pipeline.run.tell import shown_path, unwritable
from pipeline.settings import Settings
from pipeline.sheets.book import Book, Sheet, Value
from pipeline.words import Words
from pipeline.workbooks.files import write_whole

FOLDER = Path(__file__).parents[1] / "examples"
CONFIG = "config.toml"
"""Which of a folder's names an example takes, beside its input folder."""


def put_example(name: str, folder: Path) -> Outcome:
    """Writes the example into the folder; nothing where settings or inputs are there already."""
    begun = begin(FOLDER / name / CONFIG)
    if isinstance(begun, Outcome):
        return begun
    settings, words = begun
    target = replace(settings, folder=folder)
    there = next((path for path in (folder / CONFIG, target.input, target.ledger) if path.exists()), None)
    if there is not None:
        taken = problem("cli.example_in_the_way", Address(shown_path(there)))
        return Outcome(Exit.FAILED, words, (taken,))
    plan = example_plan(name)
    year = target.input / str(plan.year)
    forms = tuple(example_forms(name, plan, settings, words))
    try:
        for place, content in forms:
            write_whole(year / place, content)
        write_whole(year / f"{PLAN}{WORKBOOKS[0]}", plan_workbook(plan, words, plan.year))
        write_whole(folder / CONFIG, (FOLDER / name / CONFIG).read_bytes())
    except OSError as error:
        return Outcome(Exit.FAILED, words, (unwritable(folder, error),))
    count = words.count("cli.example.forms", len(forms))
    made = words("cli.example.made", config=shown_path(folder / CONFIG), folder=shown_path(year), forms=count)
    district = next(unit.code for unit in plan.units.members if plan.units.children[unit.code] and unit.parent)
    return Outcome(Exit.MADE, words, (), (made, words("cli.example.next", unit=district)))


def example_plan(name: str) -> Plan:
    """The plan that the example's tables make."""
    plan, problems = read_plan(Book(name, table_sheets(FOLDER / name, {})))
    if plan is None or problems:
        raise ValueError("\n".join(shown(one, Words()) for one in problems))
    return plan


def table_sheets(folder: Path, instead: Mapping[str, str]) -> tuple[Sheet, ...]:
    """The folder's tables as sheets of a plan, whose names and headings are the keys of the layout; those of `instead`
    (file's name → text) in the place of the folder's own."""
    names = [f"{sheet.key}.csv" for sheet in SHEETS]
    texts = {name: instead.get(name) or _text(folder / name) for name in names}
    return tuple(
        Sheet(
            name, name.removesuffix(".csv"), [[_value(cell) for cell in row] for row in csv.reader(text.splitlines())]
        )
        for name, text in texts.items()
        if text
    )


def example_forms(name: str, plan: Plan, settings: Settings, words: Words) -> Iterator[tuple[str, bytes]]:
    """Place of each form within the year's folder, by what stands above its unit, and its content."""
    for code in missing_forms(plan, ()):
        unit = plan.units.by_code[code]
        steps = [plan.units.by_code[step].title for step in plan.units.path(code)[1:-1]]
        place = "/".join((*map(safe_name, steps), form_file_name(unit)))
        yield place, form_workbook(plan, code, settings, words, example_form(name, plan, code, words))


def example_form(name: str, plan: Plan, unit: str, words: Words) -> Submission:
    """What the unit has entered."""
    entries = tuple(
        Entry(row["indicator"], month, "actual", float(text), "", "")
        for row in _rows(name, "figures", unit)
        for month, text in ((int(key[1:]), text) for key, text in row.items() if re.fullmatch(r"m\d+", key))
        if text
    )
    explanations = tuple(
        Explanation(row["indicator"], int(row["month"]), words(f"forms.cause.{row['cause']}"), row["text"], "", "")
        for row in _rows(name, "causes", unit)
    )
    marks = tuple(
        Mark(unit, row["activity"], int(row["number"]), "done", date.fromisoformat(row["day"]), row["result"], NOWHERE)
        for row in _rows(name, "marks", unit)
    )
    return Submission("", "", form_identity(plan, unit), entries, explanations, marks)


def _rows(name: str, table: str, unit: str) -> list[dict[str, str]]:
    rows = csv.DictReader(_text(FOLDER / name / f"{table}.csv").splitlines())
    return [row for row in rows if row["unit"] == unit]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _value(cell: str) -> Value:
    return float(cell) if re.fullmatch(r"\d+(\.\d+)?", cell) else cell
