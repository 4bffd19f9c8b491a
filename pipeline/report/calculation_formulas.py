"""The formulas of «Расчёт»: what is picked for the chosen unit, month and indicator, and the sentences made of it.

Each gives what calculation_values.py and summary_texts.py say in Python; a test recalculates every choice.
"""

from pipeline.analysis.live_table import coming
from pipeline.domain.status import PARTIAL, STATUSES, SYMBOLS, Status
from pipeline.report.calculation import PICKED, PLANNED, Calculation
from pipeline.report.formulas import (
    choose,
    count_text,
    hole,
    joined,
    literal,
    number_text,
    or_blank,
    percent_text,
    pick,
)
from pipeline.report.summary_texts import SEPARATOR
from pipeline.words import NO_BREAK, Words

NOTHING = -1  # lies below the charts' axes, which begin at 0, and so outside the plot; shown as a dash here
PERCENTS = ("to_date_percent", "forecast_percent")
OWN = {
    "planned": "planned",
    "actual": "actual",
    "planned_to_date": "to_date_planned",
    "actual_to_date": "to_date_actual",
}
"""Measures that each month has of itself → their columns in LiveTable.figures."""


def choice_number(made: Calculation, what: str, default: int) -> str:
    """The number of the choice in its list; what was reported where something else was typed."""
    return f"IFERROR(MATCH({made.choice(what)},{made.choices(what)},0),{default})"


def figures_row(made: Calculation, indicator: str) -> str:
    """The row of all figures for an indicator's number, counted from 1, and the chosen unit and month."""
    unit, month = made.choice("unit", number=True), made.choice("month", number=True)
    return f"(({unit}-1)*{len(made.indicators)}+{indicator}-1)*{made.reported}+{month}"


def month_figure(made: Calculation, measure: str, month: int, row: str) -> str:
    """A measure's figure of one month (1…12), seen from the chosen one, whose figures stand in the row."""
    chosen = made.choice("month", number=True)
    own = pick(made.figures(OWN[measure]), f"{row}-{chosen}+{month}", str(NOTHING)) if measure in OWN else str(NOTHING)
    if measure.startswith("actual"):
        ahead = str(NOTHING)
    else:
        first = f"{row}-{chosen}+INDEX({made.lookup('months', 3)},{chosen})"
        ahead = pick(made.figures(coming(measure, month)), first if measure in PLANNED else row, str(NOTHING))
    return f"IF({month}<={chosen},{own},{ahead})"


def figure_of_all(made: Calculation, measure: str, indicator: int, month: int) -> str:
    """A cell of MONTHS_OF_ALL."""
    if measure == "achieved":
        actual = made.month_of("actual", indicator, month)
        return or_blank(f"{actual}>=0", actual)
    return month_figure(made, measure, month, made.fact("row", indicator))


def chosen_figure(made: Calculation, measure: str, month: int) -> str:
    """A cell of the rows that the charts draw."""
    chosen = made.choice("month", number=True)
    if measure == "last_year":
        unit, indicator = made.choice("unit", number=True), made.choice("indicator", number=True)
        return pick(made.last_year(month), f"({unit}-1)*{len(made.indicators)}+{indicator}", str(NOTHING))
    if measure == "lacking":
        row = f"{made.chosen_row()}-{chosen}+{month}"
        expected, received = (f"INDEX({made.figures(name)},{row})" for name in ("expected", "received"))
        return f"IF({month}<={chosen},{expected}-{received},0)"
    if measure == "lacking_to_date":
        so_far = f"SUM({made.chosen_month('lacking', 1)}:{made.chosen_month('lacking', month)})"
        one = made.chosen_month("lacking", month)
        return f"IF({month}<={chosen},IF({made.of_chosen('adds_up')}=1,{so_far},{one}),0)"
    if measure.startswith("label"):
        return _label(made, month, measure.removeprefix("label"))
    return month_figure(made, measure, month, made.chosen_row())


def _label(made: Calculation, month: int, suffix: str) -> str:
    actual, forecast = (made.chosen_month(f"{measure}{suffix}", month) for measure in ("actual", "forecast"))
    shown, lacking = f"MAX({actual},{forecast})", f"{made.chosen_month(f'lacking{suffix}', month)}>0"
    name = literal(made.words.month(month, "short"))
    number = number_text(shown, made.of_chosen("decimals"), made.words)
    nothing = or_blank(lacking, literal(f"\n{SYMBOLS['none']}"))
    mark = or_blank(lacking, literal(f"{NO_BREAK}{PARTIAL}"))
    return f"IF({shown}<0,{name}&{nothing},{name}&{mark}&{literal(chr(10))}&{number})"


def fact(made: Calculation, name: str, indicator: int) -> str:
    """A formula of FACTS, of those that are picked or follow from what is."""
    if name in PICKED:
        return pick(made.figures(name), made.fact("row", indicator))
    if name == "row":
        return figures_row(made, str(indicator + 1))
    if name == "variance":
        percent = made.fact("to_date_percent", indicator)
        return or_blank(f'{percent}<>""', f"{percent}-100")
    year, more = made.fact("forecast_percent", indicator), made.fact("more", indicator)
    score = f"IF({more}=1,{year},200-{year})"
    return or_blank(f'{year}<>""', f"IF({score}>=100,1,0)")


def text(made: Calculation, name: str, indicator: int) -> str:
    """A formula of TEXTS."""
    made_texts = {
        "status": _status,
        "received": _received,
        "tile_status": _tile_status,
        "tile_forecast": _tile_forecast,
        "month_title": _month_title,
        "to_date_title": _to_date_title,
    }
    return made_texts[name](made, indicator) if name in made_texts else _number(made, name, indicator)


def _number(made: Calculation, name: str, indicator: int) -> str:
    cell, decimals = made.fact(name, indicator), str(made.indicators[indicator]["decimals"])
    written = percent_text(cell, made.words) if name in PERCENTS else number_text(cell, decimals, made.words)
    return or_blank(f'{cell}<>""', written)


def _status(made: Calculation, indicator: int) -> str:
    status = made.fact("to_date_status", indicator)
    absent = literal(made.words("report.summary.not_in_plan"))
    return f"IF({status}=0,{absent},INDEX({made.lookup('statuses', 1)},{status}))"


def _received(made: Calculation, indicator: int) -> str:
    received, expected = (made.fact(f"to_date_{name}", indicator) for name in ("received", "expected"))
    said = made.words("report.summary.received", mark=PARTIAL, received=hole(received), expected=hole(expected))
    return or_blank(f"AND({received}>0,{received}<{expected})", joined(said))


def _tile_status(made: Calculation, indicator: int) -> str:
    status, symbols = made.fact("to_date_status", indicator), made.lookup("statuses", 2)
    said = made.words("report.summary.of_plan", percent=hole(made.text("to_date_percent", indicator)))
    judged = f'INDEX({symbols},{status})&" "&{joined(said)}'
    received = made.text("received", indicator)
    unknown = f'{made.fact("to_date_percent", indicator)}=""'
    rest = or_blank(f'{received}<>""', f'"  "&{received}')
    return f"IF({unknown},{made.text('status', indicator)},{judged})&{rest}"


def _tile_forecast(made: Calculation, indicator: int) -> str:
    return or_blank(
        f'{made.fact("forecast_percent", indicator)}<>""', _year(made, "report.summary.tile.forecast", indicator)
    )


def _year(made: Calculation, key: str, indicator: int) -> str:
    named = {"forecast": "forecast", "target": "target", "percent": "forecast_percent"}
    named |= {"low": "forecast_low", "high": "forecast_high"}
    return joined(made.words(key, **{place: hole(made.text(name, indicator)) for place, name in named.items()}))


def _month_title(made: Calculation, indicator: int) -> str:
    words, key = made.words, "report.summary.chart.month"
    percent, pace, more = (made.fact(name, indicator) for name in ("to_date_percent", "pace", "more"))
    values = {"name": made.indicators[indicator]["title"], "percent": hole(made.text("to_date_percent", indicator))}
    plain, reached = joined(words(key, **values)), joined(words(f"{key}.reached", **values))
    needed = joined(words(f"{key}.pace", **values, pace=hole(made.text("pace", indicator))))
    planned, actual = (made.fact(f"to_date_{name}", indicator) for name in ("planned", "actual"))
    found = number_text(actual, str(made.indicators[indicator]["decimals"]), words)
    unplanned = joined(f"{values['name']}: {words('report.summary.not_planned', actual=hole(found))}")
    return choose(
        [
            (f'AND({percent}="",{planned}<>"",{planned}=0,{actual}<>"")', unplanned),
            (f'{percent}=""', literal(words("report.summary.chart.no_data", name=values["name"]))),
            (f'{pace}=""', plain),
            (f"AND({pace}<=0,{more}=1)", reached),
            (f"OR({more}=0,{percent}>=100)", plain),
        ],
        needed,
    )


def _to_date_title(made: Calculation, indicator: int) -> str:
    key = "report.summary.chart.to_date"
    unknown, alone = (f'{made.fact(name, indicator)}=""' for name in ("forecast_percent", "forecast_low"))
    known = [(unknown, literal(made.words(key))), (alone, _year(made, f"{key}.forecast", indicator))]
    return choose(known, _year(made, f"{key}.range", indicator))


def count(made: Calculation, name: str) -> str:
    """A formula of COUNTS."""
    statuses = made.facts("to_date_status")

    def of(status: Status) -> str:
        return f"COUNTIF({statuses},{STATUSES.index(status) + 1})"

    return {
        "total": f'COUNTIF({statuses},">0")',
        "good": f"{of('norm')}+{of('above')}",
        "risk": of("risk"),
        "behind": of("behind"),
        "none": of("none"),
        "known": f"COUNT({made.facts('reached')})",
        "reached": f"SUM({made.facts('reached')})",
    }[name]


def headline(made: Calculation) -> str:
    """As summary_texts.headline."""
    words, month = made.words, made.choice("month", number=True)
    before, after = made.agreement("good", made.count("total"))
    parts = f"{before}&{made.count('good')}&{after}"
    for status in ("risk", "behind", "none"):
        found = made.count(status)
        part = joined(", " + words(f"report.summary.headline.{status}", count=hole(found)))
        parts += "&" + or_blank(f"{found}>0", part)
    period = f"INDEX({made.lookup('months', 1)},{month})"
    sentence = joined(words("report.summary.headline", period=hole(period), parts=hole(parts)))
    known, reached = made.count("known"), made.count("reached")
    pairs = zip(made.agreement("year", reached), made.agreement("forecast", reached), strict=True)
    start, end = (f"IF({month}=12,{past},{ahead})" for past, ahead in pairs)
    year = f'" "&{start}&{or_blank(f"{reached}>0", f"{known}&{end}")}'
    return f"{sentence}&{or_blank(f'{known}>0', year)}"


def context(made: Calculation, problems: str, words: Words) -> str:
    """As summary_texts.context."""
    month, unit = made.choice("month", number=True), made.choice("unit", number=True)
    name = f"INDEX({made.choices('month')},{month})"
    handed, due = (hole(count_text(made.of_unit(count), words)) for count in ("handed", "of"))
    forms = words("report.summary.forms", month=hole(name), handed=handed, of=due)
    return f"INDEX({made.lookup('units', 1)},{unit})&{joined(f'{forms}{SEPARATOR}{problems}')}"


def attention(made: Calculation, usual: str, otherwise: str) -> str:
    """The heading of what is known of the whole and of the reported month only, whatever was chosen."""
    unit, month = made.choice("unit", number=True), made.choice("month", number=True)
    return f"IF(AND({unit}=1,{month}={made.reported}),{literal(usual)},{literal(otherwise)})"
