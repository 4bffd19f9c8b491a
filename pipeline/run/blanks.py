"""The stories of what people will fill: the forms that units lack, an empty plan of a year."""

from collections.abc import Mapping
from pathlib import Path

from pipeline.domain.addresses import Address
from pipeline.forms.layout import form_file_name
from pipeline.forms.write import form_workbook, missing_forms
from pipeline.intake.collect import Track
from pipeline.intake.find import PLAN, WORKBOOKS
from pipeline.plan.write import plan_workbook
from pipeline.problems import Problem, problem
from pipeline.run.begin import begin
from pipeline.run.inputs import Options, Read, read_inputs
from pipeline.run.outcome import Exit, Outcome
from pipeline.run.tell import forms_lines, shown_path, unwritable
from pipeline.workbooks.files import sweep, write_whole


def make_forms(options: Options, track: Track) -> Outcome:
    """Writes the forms that units lack; never over a file that is there."""
    read = read_inputs(options, track, latest_filled=False)
    if isinstance(read, Outcome):
        return read
    settings, plan = read.settings, read.plan
    there = {form.identity.unit for form in read.intake.submissions}
    units = [plan.units.by_code[code] for code in missing_forms(plan, there)]
    folder = settings.input / str(plan.year)
    forms = {folder / form_file_name(unit): form_workbook(plan, unit.code, settings, read.words) for unit in units}
    taken = [path for path in forms if path.exists()]
    written = _write_new({path: content for path, content in forms.items() if path not in taken})
    if isinstance(written, Problem):
        return Outcome(Exit.FAILED, read.words, (written,))
    problems = _in_the_way_of_forms(read) + tuple(
        problem("cli.form_in_the_way", Address(shown_path(path))) for path in taken
    )
    exit = Exit.MADE_WITH_ERRORS if problems else Exit.MADE
    lines = forms_lines(written, len(there), folder, read.words) if units or there else ()
    return Outcome(exit, read.words, problems, lines)


def make_plan(config: Path, year: int) -> Outcome:
    """Writes the year's empty, documented plan; never over one that is there."""
    begun = begin(config)
    if isinstance(begun, Outcome):
        return begun
    settings, words = begun
    folder = settings.input / str(year)
    for there in (folder / f"{PLAN}{extension}" for extension in WORKBOOKS):
        if there.exists():
            return Outcome(Exit.FAILED, words, (problem("cli.plan_there", Address(shown_path(there))),))
    path = folder / f"{PLAN}{WORKBOOKS[0]}"
    written = _write_new({path: plan_workbook(None, words, year)})
    if isinstance(written, Problem):
        return Outcome(Exit.FAILED, words, (written,))
    return Outcome(Exit.MADE, words, (), (words("cli.plan.made", path=shown_path(path)),))


def _in_the_way_of_forms(read: Read) -> tuple[Problem, ...]:
    """Errors of the plan, from which forms are made, and of files that may be somebody's form."""
    doubtful = {source.file for source in read.inputs if source.kind != "form"}
    return tuple(one for one in read.problems if one.severity == "error" and one.address.file in doubtful)


def _write_new(files: Mapping[Path, bytes]) -> tuple[Path, ...] | Problem:
    try:
        sweep(files)
        for path, content in files.items():
            write_whole(path, content)
    except OSError as error:
        return unwritable(path, error)
    return tuple(files)
