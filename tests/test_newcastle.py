"""Real figures, the whole way: the libraries of Newcastle in 2012, typed into forms through LibreOffice as people do,
reported, and every total compared with an independent sum of the source.

The figures (ToonLibraries/library-open-data, public domain) are not copied into the project: where their folder is
absent the test is skipped. `NEWCASTLE_DATA` names another place.
"""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from pipeline.cli.main import report
from pipeline.domain.addresses import cell_name
from pipeline.domain.indicators import Indicator, Indicators, Section
from pipeline.domain.plan import Plan
from pipeline.domain.rounding import round_half_up
from pipeline.domain.targets import Target
from pipeline.domain.units import Unit, Units
from pipeline.forms.layout import FIRST_ROW, MONTH, form_file_name, month_sheet_name
from pipeline.plan.write import plan_workbook
from pipeline.report.data_file import COLUMNS
from pipeline.sheets.book import open_book
from pipeline.words import Words
from tests.office import absent, office

DATA = Path(os.environ.get("NEWCASTLE_DATA", Path(__file__).parents[2] / "shared" / "data" / "newcastle"))
WORDS = Words()
MONTHS = range(1, 13)
SOURCES = {"LN": "loans", "VS": "visits", "ENQ": "enquiries", "PC": "computer-use"}
INDICATORS = Indicators(
    (
        Indicator("LN", "Книговыдача", "S1", "экз.", main=True, phasing="last_year"),
        Indicator("VS", "Посещения", "S1", "ед.", main=True, phasing="last_year"),
        Indicator("ENQ", "Справки", "S1", "ед.", main=True, phasing="last_year"),
        Indicator("PC", "Занятость компьютеров", "S1", "%", over_months="mean", over_units="mean"),
        Indicator("LPV", "Книговыдача на посещение", "S1", "экз.", relation="ratio", formula="LN / VS", decimals=2),
    )
)

pytestmark = [
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the figures of Newcastle are not at {DATA}"),
    pytest.mark.skipif(bool(absent()), reason=absent()),
]


def source(name: str, year: int) -> pd.DataFrame:
    """A row a branch, columns 1 … 12; blank where the source is."""
    table = pd.read_csv(DATA / f"{name}.csv", index_col="Library", dtype=str)
    table = table[[f"{year}-{month:02d}" for month in MONTHS]]
    table.columns = pd.Index(MONTHS)
    return table.replace({"%": "", ",": ""}, regex=True).apply(pd.to_numeric)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The year's plan, its forms made by the command and filled in LibreOffice, and the command's report."""
    place = tmp_path_factory.mktemp("newcastle")
    (place / "config.toml").write_text('[institution]\nname = "Newcastle Libraries"\n', encoding="utf-8")
    plan = plan_of_2012()
    forms = place / "input" / "2012"
    forms.mkdir(parents=True)
    (forms / "plan.xlsx").write_bytes(plan_workbook(plan, WORDS, 2012))
    config = str(place / "config.toml")
    made = CliRunner().invoke(report, ["forms", "--config", config], catch_exceptions=False)
    assert made.exit_code == 0, made.output
    fill(plan, forms)
    done = CliRunner().invoke(report, ["--month", "2012-12", "--config", config], catch_exceptions=False)
    # causes are missing, as one would expect of someone else's figures: notes and warnings, no errors
    assert done.exit_code == 0, done.output
    return place


def plan_of_2012() -> Plan:
    """Every branch that reported in 2011 or 2012; targets are the totals of the year before."""
    tables = {code: (source(name, 2011), source(name, 2012)) for code, name in SOURCES.items()}
    branches = sorted({branch for pair in tables.values() for branch in pair[1].dropna(how="all").index})
    codes = {branch: f"B{number:02d}" for number, branch in enumerate(branches, 1)}
    targets, last_year = [], {}
    for code, (before, year) in tables.items():
        for branch in branches:
            past = before.loc[branch] if branch in before.index else pd.Series(dtype=float)
            if branch not in year.index or year.loc[branch].isna().all():
                continue
            figure = past.mean() if code == "PC" else past.sum()
            targets.append(Target(code, codes[branch], round_half_up(float(figure))))
            if past.notna().any():
                last_year[codes[branch], code] = tuple(None if np.isnan(v) else float(v) for v in past)
    return Plan(
        2012,
        "Newcastle Libraries, 2012",
        Units(tuple(Unit(codes[branch], branch, kind="библиотека") for branch in branches), "Newcastle"),
        (Section("S1", "Обслуживание"),),
        INDICATORS,
        tuple(targets),
        last_year=last_year,
    )


def fill(plan: Plan, forms: Path) -> None:
    """Types the year's figures into each branch's form as text, the Russian way; every second form is kept as
    .ods instead of .xlsx."""
    tables = {code: source(name, 2012) for code, name in SOURCES.items()}
    jobs = []
    for number, unit in enumerate(plan.units.members):
        path = forms / form_file_name(unit)
        rows = {
            str(row[MONTH["code"]]): at for at, row in enumerate(open_book(path, "").sheets[1].rows) if at >= FIRST_ROW
        }
        typed: dict[str, dict[str, str]] = {}
        for code, table in tables.items():
            if unit.title not in table.index or code not in rows:
                continue
            for month in MONTHS:
                value = table.loc[unit.title, month]
                if not np.isnan(value):
                    cell = cell_name(rows[code], MONTH["actual"])
                    typed.setdefault(month_sheet_name(month, WORDS), {})[cell] = f"{value:g}".replace(".", ",")
        saved = path.with_suffix(".ods") if number % 2 else path
        jobs.append({"open": str(path), "type": typed, "save": [str(saved)]})
    office(jobs)
    for job in jobs:
        if job["open"] != job["save"][0]:
            Path(job["open"]).unlink()


def reported(folder: Path) -> pd.DataFrame:
    """Figures by month from the sheet «По месяцам»: a row an indicator, columns 1 … 12 and «total»."""
    book = open_book(folder / "output" / "2012-12" / "report.xlsx", "")
    sheet = book.sheet(WORDS("report.sheet.by_month"))
    assert sheet is not None
    blocks = [at for at, row in enumerate(sheet.rows) if row[0] == WORDS("report.by_month.code")]
    rows = sheet.rows[blocks[1] + 1 :][: len(INDICATORS.members)]
    table = pd.DataFrame([row[2:15] for row in rows], index=[row[0] for row in rows], columns=[*MONTHS, "total"])
    return table.apply(pd.to_numeric)


@pytest.mark.parametrize("code", ["LN", "VS", "ENQ"])
def test_every_total_is_the_independent_sum_of_the_source(folder: Path, code: str) -> None:
    figures, table = source(SOURCES[code], 2012), reported(folder)
    for month in MONTHS:
        assert table.loc[code, month] == figures[month].sum(), month
    assert table.loc[code, "total"] == figures.sum().sum()


def test_the_percent_is_a_mean_and_never_a_sum(folder: Path) -> None:
    figures, table = source(SOURCES["PC"], 2012), reported(folder)
    for month in MONTHS:
        assert table.loc["PC", month] == round_half_up(figures[month].mean())
    assert table.loc["PC", "total"] == round_half_up(figures.mean(axis=1).mean())


def test_the_ratio_is_computed_after_all_adding_up(folder: Path) -> None:
    loans, visits = (source(name, 2012).sum().sum() for name in ("loans", "visits"))
    assert reported(folder).loc["LPV", "total"] == round_half_up(loans / visits, 2)


def test_zeros_blanks_and_a_closed_branch_are_told_apart(folder: Path) -> None:
    data = pd.read_csv(folder / "output" / "2012-12" / "data.csv", sep=";", encoding="utf-8-sig", decimal=",")
    data.columns = pd.Index(list(COLUMNS))
    actual = data[data["measure"] == WORDS("report.data.measure.actual")].set_index(["unit_title", "indicator"])
    assert actual.loc[("West End", "ENQ"), "value"].tolist()[7] == 0  # August: a zero that was reported
    assert actual.loc[("Mobile", "LN"), "month"].tolist() == [1, 2, 3, 4]  # closed after April: nothing, not zeros
    for code, name in SOURCES.items():
        assert len(actual.xs(code, level="indicator")) == source(name, 2012).notna().sum().sum()
