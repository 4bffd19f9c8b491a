"""What the memo says of dated activities: done, overdue, coming. A repeated one counts at each of its dates."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from pipeline.analysis.tables import DrawnTables
from pipeline.memo.phrases import days, in_brackets, quotable
from pipeline.words import Words

MOST_OVERDUE, MOST_COMING = 6, 5
STILL_TO_DO = ("coming", "due", "moved")


def done(tables: DrawnTables, words: Words) -> str:
    """How many are done, in time or late, and how many were moved or cancelled."""
    if tables.occurrences.empty:
        return words("memo.activities.nothing")
    states = Counter(tables.occurrences["state"])
    undated = int((tables.occurrences["state"].eq("done") & tables.occurrences["done_date"].isna()).sum())
    made = states["done"] + states["late"]
    until = words.long_day(tables.month.last_day)
    times = _counted({"in_time": states["done"] - undated, "late": states["late"], "no_date": undated}, words)
    sentences = [
        words("memo.activities.counted"),
        words.count("memo.activities.done", made, day=until, parts=times)
        if made
        else words("memo.activities.done.none", day=until),
    ]
    if other := _counted({"moved": states["moved"], "cancelled": states["cancelled"]}, words):
        sentences.append(words("memo.activities.other", parts=other))
    return " ".join(sentences)


def _counted(counts: Mapping[str, int], words: Words) -> str:
    """«в срок — 30, с опозданием — 2», without those of which there are none."""
    shown = [words(f"memo.activities.{key}", count=words.number(count)) for key, count in counts.items() if count]
    return ", ".join(shown)


def overdue(tables: DrawnTables, words: Words) -> tuple[str, tuple[str, ...]]:
    """(how many, each by its date and name, the oldest first); («», ()) where there are none."""
    rows = _with_people(tables, tables.occurrences["state"].eq("overdue"))
    if not rows:
        return words("memo.overdue.nothing") if len(tables.occurrences) else "", ()
    return words.count("memo.overdue", len(rows)), _items(rows, MOST_OVERDUE, words)


def coming(tables: DrawnTables, words: Words) -> tuple[str, tuple[str, ...]]:
    """(how many are due in the next month, each by its date and name); («», ()) at the end of the year, of which
    the next plan tells."""
    dated, following = tables.occurrences, tables.month.following
    if following.year != tables.month.year or dated.empty:
        return "", ()
    first, last = pd.Timestamp(following.first_day), pd.Timestamp(following.last_day)
    rows = _with_people(tables, dated["state"].isin(STILL_TO_DO) & dated["end"].between(first, last))
    until = words.long_day(following.last_day)
    if not rows:
        return words("memo.coming.nothing", day=until), ()
    return words.count("memo.coming", len(rows), day=until), _items(rows, MOST_COMING, words)


def _with_people(tables: DrawnTables, chosen: "pd.Series[bool]") -> list[dict[Hashable, Any]]:
    """The chosen occurrences by date, with the people responsible."""
    rows = tables.occurrences[chosen].sort_values(["end", "start"], kind="stable")
    return rows.join(tables.activities.set_index("code")["responsible"], on="activity").to_dict("records")


def _items(rows: Sequence[dict[Hashable, Any]], most: int, words: Words) -> tuple[str, ...]:
    items = [_item(row, words) for row in rows[:most]]
    rest = len(rows) - most
    if rest > 0:
        items.append(words.count("memo.activities.rest", rest, sheet=words("report.sheet.activities")))
    return tuple(items)


def _item(row: dict[Hashable, Any], words: Words) -> str:
    """Of what is overdue the last day and the explanation; of what is coming all its days."""
    overdue = row["state"] == "overdue"
    shown = words(
        "memo.activities.item.moved" if row["state"] == "moved" else "memo.activities.item",
        days=days((row["end"] if overdue else row["start"]).date(), row["end"].date(), words),
        title=row["title"].strip().rstrip(" ."),
        who=in_brackets(row["responsible"], words),
    )
    return f"{shown} {_why(row['result'], words)}" if overdue else shown


def _why(result: str, words: Words) -> str:
    text = quotable(result, words)
    return words("memo.reason.text", text=text, who="") if text else words("memo.reason.nothing")
