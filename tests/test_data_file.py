"""data.csv: what Russian and English Excel open by a double click, and nothing that they would run."""

from io import BytesIO

import pandas as pd

from pipeline.report.data_file import COLUMNS, write_data_file
from pipeline.words import Language, Words


def written(language: Language, **cells: object) -> list[str]:
    row = dict.fromkeys(COLUMNS, "x") | {"month": 9, "measure": "actual", "value": 7.0} | cells
    file = BytesIO()
    write_data_file([pd.DataFrame([row])], Words(language), file)
    return file.getvalue().decode("utf-8").split("\r\n")[:-1]


def test_russian_excel_gets_a_mark_semicolons_and_decimal_commas() -> None:
    head, line = written("ru", value=1234.5, unit="M1", cell="G9")
    assert head == (
        "\ufeffКод исполнителя;Исполнитель;Раздел;Код показателя;Показатель;Единица;Месяц;План или факт;"
        "Значение;Файл;Лист;Ячейка"
    )
    assert line == "M1;x;x;x;x;x;9;факт;1234,5;x;x;G9"


def test_other_programs_get_commas_and_decimal_points() -> None:
    assert written("en", value=0.1)[1] == "x,x,x,x,x,x,9,actual,0.1,x,x,x"


def test_whole_figures_have_no_decimals_and_tiny_errors_none_either() -> None:
    assert [written("ru", value=value)[1].split(";")[8] for value in (100.0, 0.0, 0.1 + 0.2)] == ["100", "0", "0,3"]


def test_texts_from_forms_never_become_formulas() -> None:
    for start in "=+-@\t\r":
        cell = written("ru", unit_title=f"{start}cmd|'/c calc'!A1")[1].split(";")[1]
        assert cell.strip('"') == f"'{start}cmd|'/c calc'!A1"
