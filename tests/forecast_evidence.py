"""What the forecast rests on, for docs/forecast.md and notebooks/data/forecast_errors.csv, computed from real figures.

The figures (ToonLibraries/library-open-data, public domain) are not copied into the project: `NEWCASTLE_DATA` names
their folder. `python -m tests.forecast_evidence` writes both files anew and prints what
pipeline/analysis/forecast_ranges.py has to say.
"""

import os
import re
from pathlib import Path
from pprint import pprint

import pandas as pd

from pipeline.analysis.backtest import ORIGINS, Years, coverage, errors_table, monthly, ranges, years_of
from pipeline.analysis.forecast_ranges import RANGES, Kind, Range
from pipeline.words import Words

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("NEWCASTLE_DATA", ROOT.parent / "shared" / "data" / "newcastle"))
ERRORS = ROOT / "notebooks" / "data" / "forecast_errors.csv"
PAGE = ROOT / "docs" / "forecast.md"
SOURCES = ("loans", "visits", "enquiries")
WORDS = Words()
METHODS = {
    "product": "**отчёт**",
    "elsewhere": "то же, веса выбраны без этого года",
    "even": "факт × 12 ÷ прошло месяцев",
    "own": "план по месяцам прошлого года",
    "rest": "факт + остаток прошлого года",
    "course": "ход прошлого года по учреждению",
    "recent": "он же в темпе трёх месяцев",
}
KINDS = {
    Kind(many=False, phased=False, past=True): "подразделение, план поровну",
    Kind(many=False, phased=True, past=True): "подразделение, план по месяцам",
    Kind(many=False, phased=False, past=False): "подразделение, план поровну, прошлый год неизвестен",
    Kind(many=False, phased=True, past=False): "подразделение, план по месяцам, прошлый год неизвестен",
    Kind(many=True, phased=False, past=True): "итог, план поровну",
    Kind(many=True, phased=True, past=True): "итог, план по месяцам",
    Kind(many=True, phased=False, past=False): "итог, план поровну, прошлый год неизвестен",
    Kind(many=True, phased=True, past=False): "итог, план по месяцам, прошлый год неизвестен",
}


def real_years() -> Years:
    return years_of(monthly({name: pd.read_csv(DATA / f"{name}.csv", index_col=0, dtype=str) for name in SOURCES}))


def kept_errors() -> pd.DataFrame:
    """The errors as they are kept: those of errors_table, rounded to a tenth."""
    table = pd.read_csv(ERRORS)
    return table.rename(columns={str(month): month for month in ORIGINS})


def shown_errors(table: pd.DataFrame, whole: bool) -> str:
    """The lines of the page for units or for the institution."""
    rows = table[table["whole"] == whole].set_index("method")
    lines = [_line(name, [WORDS.number(rows.loc[key, m], 1) for m in ORIGINS]) for key, name in METHODS.items()]
    return "\n".join([_line("метод", [str(month) for month in ORIGINS]), _rule(), *lines])


def shown_ranges(table: dict[Kind, Range]) -> str:
    lines = [
        _line(name, [f"{low}–{high}" for low, high in zip(*table[kind], strict=True)]) for kind, name in KINDS.items()
    ]
    return "\n".join([_line("% прогноза", [str(month) for month in ORIGINS]), _rule(), *lines])


def shown_coverage(table: pd.DataFrame) -> str:
    lines = [_line(name, [f"{table.loc[kind, month]:.0f}" for month in ORIGINS]) for kind, name in KINDS.items()]
    return "\n".join([_line("% лет", [str(month) for month in ORIGINS]), _rule(), *lines])


def _line(name: str, cells: list[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def _rule() -> str:
    return f"|---|{'---:|' * len(ORIGINS)}"


def block(page: str, name: str) -> str:
    """What stands in the page between the marks of a block."""
    found = re.search(rf"<!-- {name} -->\n(.*?)\n<!-- /{name} -->", page, re.DOTALL)
    assert found is not None, name
    return found[1]


def with_block(page: str, name: str, text: str) -> str:
    return page.replace(f"{block(page, name)}\n<!-- /{name} -->", f"{text}\n<!-- /{name} -->")


if __name__ == "__main__":
    years = real_years()
    ERRORS.parent.mkdir(exist_ok=True)
    errors_table(years).round(1).to_csv(ERRORS, index=False, lineterminator="\n")
    errors, page = kept_errors(), PAGE.read_text(encoding="utf-8")
    page = with_block(page, "units", shown_errors(errors, whole=False))
    page = with_block(page, "whole", shown_errors(errors, whole=True))
    page = with_block(page, "ranges", shown_ranges(RANGES))
    PAGE.write_text(with_block(page, "coverage", shown_coverage(coverage(years))), encoding="utf-8")
    pprint(ranges(years), width=118)
