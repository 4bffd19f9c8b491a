"""The formulas of a month's sheet, as templates over the columns' keys. figures.py says the same in Python.

[key] is the cell of the row itself, [key:] the column's whole range, [<key:] that of the sheet before.

Input cells are never named directly: cutting one would rewrite the formulas that name it. They are taken as the
second and third cell of a range whose ends are locked ([before] … [guard]); cause and explanation likewise. A
whole column instead (INDEX($G:$G,ROW())) would make the computed rows, which stand in it too, circular.
Rows find one another by code, so that sorting and inserting rows breaks nothing.
"""

import re

from pipeline.forms.figures import NUMBERED
from pipeline.forms.layout import list_range, month_cell, month_range, threshold_cell
from pipeline.forms.rows import FormRow
from pipeline.words import Words

_PLANNED = "INDEX([before]:[guard],1,2)"
_ACTUAL = "INDEX([before]:[guard],1,3)"
_CAUSE = "INDEX([status]:[typed_planned],1,2)"
_MINE = 'ISNUMBER(FIND("|"&[code]&"|",[adds_to:]))'
_EARLIER = "INDEX([<{0}:],MATCH([code],[<code:],0))"

_TYPED = {
    "typed_planned": f'=IF(ISNUMBER({_PLANNED}),{_PLANNED},"")',
    "typed_actual": f'=IF(ISNUMBER({_ACTUAL}),{_ACTUAL},"")',
    "planned_value": "=[typed_planned]",
    "actual_value": "=[typed_actual]",
    "complete": "=COUNT([typed_actual])",
    "needs_cause": f"=IF([status_number]>1,IF(ISBLANK({_CAUSE}),1,0),0)",
}
_SUMMED = {
    "planned": f'=IF(SUMPRODUCT({_MINE}*ISNUMBER([typed_planned:]))<SUMPRODUCT(--{_MINE}),"",'
    f"ROUND(SUMPRODUCT(--{_MINE},[typed_planned:]),9))",
    "actual": f'=IF(SUMPRODUCT({_MINE}*ISNUMBER([typed_actual:]))=0,"",ROUND(SUMPRODUCT(--{_MINE},[typed_actual:]),9))',
    "planned_value": "=[planned]",
    "actual_value": "=[actual]",
    "complete": f"=IF(SUMPRODUCT({_MINE}*ISNUMBER([typed_actual:]))=SUMPRODUCT(--{_MINE}),1,0)",
}
_COMMON = {
    "variance": '=IF([complete]*COUNT([planned_value])=1,ROUND([actual_value]-[planned_value],9),"")',
    "percent": '=IF(COUNT([variance])=0,"",IF([planned_value]=0,"",'
    "ROUND(ROUND([actual_value]/[planned_value]*100,9),0)))",
    "to_date": '=IF(COUNT([actual_value])=0,"",[carried])',
    "year_percent": '=IF(COUNT([to_date],[target])<2,"",IF([target]=0,"",ROUND(ROUND([to_date]/[target]*100,9),0)))',
    "status": '=IF([status_number]=0,"",INDEX({statuses},[status_number]))',
}
_CARRIED = {
    "sum": '=IF(COUNT([before],[actual_value])=0,"",ROUND(SUM([before],[actual_value]),9))',
    "max": '=IF(COUNT([before],[actual_value])=0,"",MAX([before],[actual_value]))',
    "last": '=IF(COUNT([actual_value])=1,[actual_value],IF(COUNT([before])=1,[before],""))',
    "mean": '=IF([months]=0,"",ROUND([total]/[months],9))',
}


def row_formulas(row: FormRow, at: int, last: int, earlier: tuple[str, int] | None, words: Words) -> dict[str, str]:
    """Column key → formula of the row that stands at `at`, in a table that ends at `last` (both from 0);
    `earlier` is the name and the last row of the sheet before."""
    score = "[percent]" if row.indicator.direction == "more" else "(200-[percent])"
    over, under = ("above", "behind") if row.indicator.direction == "more" else ("behind", "above")
    statuses = {
        "statuses": list_range("statuses", len(NUMBERED) - 1, words),
        "behind_below": threshold_cell("behind_below", words),
        "above_over": threshold_cell("above_over", words),
        "score": score,
        **{f"n_{name}": str(number) for number, name in enumerate(NUMBERED)},
        "n_over": str(NUMBERED.index(over)),
        "n_under": str(NUMBERED.index(under)),
    }
    status = (
        "=IF(COUNT([variance])=0,{n_none},IF(ABS([variance])<=[tolerance_absolute],{n_norm},"
        "IF([planned_value]=0,IF([variance]>0,{n_over},{n_under}),IF({score}<{behind_below},{n_behind},"
        "IF({score}<100-[tolerance_percent],{n_risk},IF({score}>{above_over},{n_above},{n_norm}))))))"
    )
    templates = {**(_TYPED if row.entered else _SUMMED), **_COMMON, "carried": _CARRIED[row.rule]}
    templates["status_number"] = status
    if earlier is not None:
        templates["before"] = f'=IFERROR({_EARLIER.format("carried")},"")'
    so_far = {key: f"IFERROR({_EARLIER.format(key)},0)+" if earlier else "" for key in ("months", "total")}
    templates["months"] = f"={so_far['months']}[complete]"
    if row.rule == "mean":
        templates["total"] = f"=ROUND({so_far['total']}IF([complete]=1,[actual_value],0),9)"
    if row.entered:
        templates["errors"] = _errors(row)
    return {key: _filled(template, statuses, at, last, earlier) for key, template in templates.items()}


def _errors(row: FormRow) -> str:
    """What is no number, what is negative, what is broken where whole is counted, what exceeds its whole."""
    found = [f"IF(ISNUMBER({cell}),0,IF(ISBLANK({cell}),0,1))" for cell in (_PLANNED, _ACTUAL)]
    for typed in ("[typed_planned]", "[typed_actual]"):
        found.append(
            f"IF(COUNT({typed})=0,0,IF({typed}<0,1,0)+IF(ROUND({typed},{row.indicator.decimals})={typed},0,1))"
        )
    if row.bound:
        whole = f"MATCH({_quoted(row.bound)},[code:],0)"
        found.append(
            f"IF(COUNT([typed_actual])=0,0,IF(IFERROR(INDEX([complete:],{whole}),0)=0,0,"
            f"IF([typed_actual]>INDEX([actual_value:],{whole}),1,0)))"
        )
    return "=" + "+".join(found)


def counter_formulas(last: int) -> dict[str, str]:
    """The counters at the top of a month's sheet whose table ends at the row `last`."""
    templates = {
        "filled": "=COUNT([typed_actual:])",
        "causes": "=SUM([needs_cause:])",
        "errors": "=SUM([errors:])",
    }
    return {key: _filled(template, {}, 0, last, None) for key, template in templates.items()}


def readiness_formula(filled: str, causes: str, errors: str, total: int, words: Words) -> str:
    """The words of the readiness from the cells of the counters."""

    def say(state: str) -> str:
        return _quoted(words(f"forms.readiness.{state}"))

    return (
        f"=IF({filled}=0,{say('empty')},IF({errors}>0,{say('errors')},IF({filled}<{total},{say('partial')},"
        f"IF({causes}>0,{say('causes')},{say('ready')}))))"
    )


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


_CELL = re.compile(r"\[(<?)(\w+)(:?)\]")


def _filled(template: str, words: dict[str, str], at: int, last: int, earlier: tuple[str, int] | None) -> str:
    def place(match: re.Match[str]) -> str:
        before, key, whole = match.groups()
        if before:
            assert earlier is not None
            return f"'{earlier[0]}'!{month_range(key, earlier[1])}"
        return month_range(key, last) if whole else month_cell(key, at)

    return _CELL.sub(place, template.format(**words) if words else template)
