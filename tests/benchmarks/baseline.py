"""The script that such an office writes today: glob, pandas.read_excel, pivot, to_excel, a chart.

    python tests/benchmarks/baseline.py INPUT_FOLDER OUTPUT.xlsx

It checks nothing, knows no plan and adds up whatever it finds; it is the yardstick for time and memory only.
"""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

MONTHS = [
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь",
    "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
]  # fmt: skip


def main(folder: str, output: str) -> None:
    tables = []
    for file in sorted(Path(folder).glob("**/*.xlsx")):
        if file.name == "plan.xlsx":
            continue
        for name, sheet in pd.read_excel(file, sheet_name=None, header=None, engine="openpyxl").items():
            if name not in MONTHS:
                continue
            heading = sheet.index[sheet.eq("Код").any(axis=1)][0]
            table = sheet.iloc[heading + 2 :].copy()
            table.columns = [" ".join(str(title).split()) for title in sheet.iloc[heading]]
            table = table[["Код", "План на месяц", "ФАКТ за месяц"]].dropna(subset=["Код"])
            tables.append(table.assign(Форма=file.stem, Месяц=MONTHS.index(str(name)) + 1))
    data = pd.concat(tables)
    for column in ("План на месяц", "ФАКТ за месяц"):
        data[column] = pd.to_numeric(data[column], errors="coerce")
    pivot = data.pivot_table(
        index="Код", columns="Месяц", values=["План на месяц", "ФАКТ за месяц"], aggfunc="sum", margins=True
    )
    with pd.ExcelWriter(output) as writer:
        pivot.to_excel(writer, sheet_name="Свод")
        data.to_excel(writer, sheet_name="Данные", index=False)
    data.groupby("Месяц")[["План на месяц", "ФАКТ за месяц"]].sum().plot.bar()
    plt.savefig(Path(output).with_suffix(".png"))


if __name__ == "__main__":
    main(*sys.argv[1:])
