"""The form's geometry: identity, columns, file names."""

import pytest

from pipeline.domain.submissions import Identity
from pipeline.domain.units import Unit
from pipeline.forms.layout import (
    MONTH_COLUMNS,
    MONTH_READ,
    SheetIdentity,
    form_file_name,
    identity_text,
    month_cell,
    month_range,
    read_identity,
    spellings,
)
from pipeline.sheets.headings import plain


@pytest.mark.parametrize("unit", ["M1", "Ц;Б=1", "unit=M1", "Филиал № 3"])
def test_identity_survives_as_text(unit: str) -> None:
    identity = Identity(unit, 2013, 1, "ab12cd34ef56")
    assert read_identity(identity_text(identity, "03")) == SheetIdentity(identity, "03")


@pytest.mark.parametrize("cell", ["", "Выполнение плана", 3, None, "plan-fact-form/1;year=2013"])
def test_other_cells_are_no_identity(cell: object) -> None:
    assert read_identity(cell) is None


def test_only_a_months_sheet_has_a_month() -> None:
    identity = Identity("M1", 2013, 1)
    assert [SheetIdentity(identity, sheet).month for sheet in ("03", "12", "activities", "guide")] == [3, 12, 0, 0]


@pytest.mark.parametrize(
    ("code", "title", "name"),
    [
        ("M1", "Методист 1", "M1 Методист 1.xlsx"),
        ("Б/3", 'Библиотека "Дом: книги"?', "Б 3 Библиотека Дом книги.xlsx"),
        ("CON", "", "_CON.xlsx"),
        ("M1", "Отдел\nобслуживания.", "M1 Отдел обслуживания.xlsx"),
    ],
)
def test_file_names_are_safe_for_windows(code: str, title: str, name: str) -> None:
    assert form_file_name(Unit(code, title)) == name


def test_every_read_column_is_known_by_both_languages_headings() -> None:
    known = spellings("month")
    assert set(known) == set(MONTH_READ)
    assert "План на\u00a0месяц" in known["planned"]
    assert "Planned for the month" in known["planned"]


def test_no_spelling_means_two_columns() -> None:
    for kind in ("month", "activities"):
        accepted = [{plain(spelling) for spelling in spelled} for spelled in spellings(kind).values()]
        assert sum(map(len, accepted)) == len(set.union(*accepted))


def test_cells_and_ranges_are_written_as_excel_does() -> None:
    assert month_cell("actual", 8) == "$G9"
    assert month_range("code", 39) == "$A$8:$A$40"
    assert [column.key for column in MONTH_COLUMNS[4:8]] == ["before", "planned", "actual", "guard"]
