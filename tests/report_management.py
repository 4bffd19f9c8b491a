"""Made-up tables of what management asks for: who lags, what is beyond its tolerance, the state assignment."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from pipeline.domain.rounding import round_half_up


def example_lacking(units: Mapping[str, str]) -> pd.DataFrame:
    expected = {"M3": 9, "M4": 11}
    names = {"M3": ("Постоянные пользователи блога", "Консультации индивидуальные"), "M4": ()}
    rows = [(unit, units[unit], 9, expected[unit], date(2013, 10, 7), names[unit]) for unit in names]
    return pd.DataFrame(rows, columns=["unit", "unit_title", "month", "expected", "due", "indicators"])


def example_deviations(indicators: pd.DataFrame) -> pd.DataFrame:
    table = indicators.assign(
        tolerance_percent=5.0,
        tolerance_absolute=1.0,
        beyond=(indicators["to_date_percent"] - 100).abs() - 5,
        side=["ahead" if variance > 0 else "behind" for variance in indicators["to_date_variance"]],
    )
    out = table[table["beyond"].gt(0) & table["to_date_variance"].abs().gt(1)]
    return out.sort_values(["side", "beyond"], ascending=False, kind="stable", ignore_index=True)


def example_contributions(deviations: pd.DataFrame, units: Mapping[str, str]) -> pd.DataFrame:
    rows = [
        (code, unit, units[unit], 0, round_half_up(variance * share), *received)
        for code, variance in zip(deviations["code"], deviations["to_date_variance"], strict=True)
        if code not in ("RDG", "ATT")
        for unit, share, received in (("M2", 0.6, (9, 9)), ("M4", 0.4, (8, 9)))
        if round_half_up(variance * share)
    ]
    return pd.DataFrame(rows, columns=["code", "unit", "unit_title", "decimals", "variance", "received", "expected"])


def example_assignment(indicators: pd.DataFrame) -> pd.DataFrame:
    shown = indicators[indicators["code"].isin(["RDR", "LN", "VS", "CONS", "TRN", "REC", "TRIP"])]
    planned, achieved = shown["to_date_planned"], shown["to_date_actual"]
    permitted = shown["target"].mul(0.05).add(1e-9).round().clip(lower=1)
    to_date = planned.mul(0.05).add(1e-9).round().clip(lower=1)
    return pd.DataFrame(
        {
            **{
                key: shown[key]
                for key in ("code", "section", "quantity", "title", "unit_of_measure", "okei", "decimals")
            },
            "approved": shown["target"],
            "achieved": achieved,
            "received": shown["to_date_received"],
            "expected": shown["to_date_expected"],
            "planned": planned,
            "permitted": permitted,
            "permitted_to_date": to_date,
            "excess": (achieved - planned).abs().sub(to_date).clip(lower=0),
            "cause": shown["cause"],
            "source": shown["source"],
        }
    ).reset_index(drop=True)


def example_sections(titles: Mapping[str, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            ("S1", titles["S1"], "service", "070110000000000001001", "Все виды фондов", "В стационаре"),
            ("S2", "Работа по формированию и обеспечению сохранности фонда библиотеки", "work", "", "", ""),
            ("S4", titles["S4"], "service", "", "", ""),
        ],
        columns=["code", "title", "kind", "registry_number", "content", "conditions"],
    )
