"""LibreOffice at the keyboard, for tests: opens a workbook, types as a person would, recalculates, saves, tells.

`office(jobs)` runs this very file under the system's Python, which has LibreOffice's bridge (python3-uno), with
one LibreOffice for all jobs. A job is a dict: «open» a path; then, each optional and in this order, «type»
{sheet: {cell: value}} (texts as a Russian keyboard enters them), «cut» [sheet, from, to], «recalculate» true,
«read» {sheet: [cells]}, «states», «save» [paths]. Its result: «changed» (formulas whose stored value a hard
recalculation changes, of «formulas»), «read» and «states». Each of the «states» is a dict of its own with «type»
and «area» {sheet: range}, done one after another: typed, hard recalculated, its result the ranges' rows of values.
"""

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SYSTEM_PYTHON = "/usr/bin/python3"
FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".ods": "calc8", ".xls": "MS Excel 97"}
RUSSIAN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>ru-RU</value></prop>
</item>
</oor:items>"""


def absent() -> str:
    """Why LibreOffice can't be used here; empty if it can."""
    if shutil.which("soffice") is None:
        return "LibreOffice (soffice) is not installed"
    if not Path(SYSTEM_PYTHON).exists():
        return f"no {SYSTEM_PYTHON}"
    found = subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True, check=False)
    return "python3-uno is not installed" if found.returncode else ""


def office(jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The results of the jobs, in their order."""
    done = subprocess.run(
        [SYSTEM_PYTHON, __file__], input=json.dumps(jobs), capture_output=True, text=True, timeout=240, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    results: list[dict[str, Any]] = json.loads(done.stdout)
    return results


@contextlib.contextmanager
def _desktop() -> Iterator[Any]:
    """A LibreOffice of its own with Russian numbers and dates, ended on leaving."""
    import uno

    with tempfile.TemporaryDirectory() as profile:
        user = Path(profile, "user")
        user.mkdir()
        (user / "registrymodifications.xcu").write_text(RUSSIAN, encoding="utf-8")
        pipe = "office" + Path(profile).name
        options = [f"-env:UserInstallation=file://{profile}", "--headless", "--norestore", "--nologo"]
        process = subprocess.Popen(
            ["soffice", *options, f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        desk = None
        for _ in range(240):
            with contextlib.suppress(Exception):
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                desk = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
                break
            time.sleep(0.25)
        try:
            if desk is None:
                raise RuntimeError("LibreOffice did not answer in a minute")
            yield desk
        finally:
            with contextlib.suppress(Exception):
                desk.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


def _do(desk: Any, job: dict[str, Any]) -> dict[str, Any]:
    from com.sun.star.beans import PropertyValue

    hidden = (PropertyValue("Hidden", 0, True, 0),)
    document = desk.loadComponentFromURL(Path(job["open"]).resolve().as_uri(), "_blank", 0, hidden)
    sheets = document.Sheets
    _type(sheets, job.get("type", {}))
    if "cut" in job:
        name, source, target = job["cut"]
        sheet = sheets.getByName(name)
        sheet.unprotect("")
        cell = sheet.getCellRangeByName(target).getCellByPosition(0, 0)
        sheet.moveRange(cell.CellAddress, sheet.getCellRangeByName(source).RangeAddress)
    result: dict[str, Any] = {}
    if job.get("recalculate"):
        stored = _formulas(document)
        document.calculateAll()
        fresh = _formulas(document)
        result["formulas"] = len(stored)
        result["changed"] = [[key, stored[key], fresh[key]] for key in stored if stored[key] != fresh[key]]
    result["read"] = {
        name: {
            address: _shown(sheets.getByName(name).getCellRangeByName(address).getCellByPosition(0, 0))
            for address in cells
        }
        for name, cells in job.get("read", {}).items()
    }
    result["states"] = []
    for state in job.get("states", []):
        _type(sheets, state["type"])
        document.calculateAll()
        areas = {name: sheets.getByName(name).getCellRangeByName(area) for name, area in state["area"].items()}
        result["states"].append({name: area.getDataArray() for name, area in areas.items()})
    for path in job.get("save", []):
        chosen = (PropertyValue("FilterName", 0, FILTERS[Path(path).suffix], 0),)
        document.storeToURL(Path(path).resolve().as_uri(), chosen)
    document.close(True)
    return result


def _type(sheets: Any, typed: dict[str, dict[str, Any]]) -> None:
    for name, cells in typed.items():
        for address, value in cells.items():
            cell = sheets.getByName(name).getCellRangeByName(address).getCellByPosition(0, 0)
            if isinstance(value, str):
                cell.FormulaLocal = value
            else:
                cell.Value = value


def _formulas(document: Any) -> dict[str, Any]:
    """«sheet!row,column» → shown value of every formula cell, rows and columns from 0."""
    found: dict[str, Any] = {}
    for sheet in document.Sheets:
        cursor = sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = cursor.RangeAddress
        block = sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getFormulaArray()
        for row, texts in enumerate(block):
            for column, text in enumerate(texts):
                if text.startswith("="):
                    found[f"{sheet.Name}!{row},{column}"] = _shown(sheet.getCellByPosition(column, row))
    return found


def _shown(cell: Any) -> Any:
    if cell.getError():
        return f"error {cell.getError()}"
    if cell.Type.value == "FORMULA":
        return round(cell.Value, 9) if cell.FormulaResultType2 == 1 else cell.String
    return round(cell.Value, 9) if cell.Type.value == "VALUE" else cell.String


if __name__ == "__main__":
    with _desktop() as desk:
        json.dump([_do(desk, job) for job in json.load(sys.stdin)], sys.stdout)
