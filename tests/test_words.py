"""The catalogues: all languages complete and alike, compiled, and all that the code asks for is there."""

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from string import Formatter, digits

import pytest
from babel.dates import get_month_names
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from pipeline.problems import CODES, message, problem
from pipeline.words import LANGUAGES, LOCALE, Language, Words

FILES = sorted(LOCALE.glob("*/LC_MESSAGES/*.po"))
AREAS = sorted({path.stem for path in FILES} - {"click"})  # click's own messages are English already
SOURCES = sorted(LOCALE.parent.rglob("*.py"))


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def entries(area: str, language: str) -> dict[str, tuple[str, ...]]:
    """Key → its texts: several where they depend on a number."""
    return {_key(entry): _texts(entry) for entry in _entries(LOCALE / language / "LC_MESSAGES" / f"{area}.po")}


def _entries(path: Path) -> list[Message]:
    return [entry for entry in catalogue(path) if entry.id]


def _key(entry: Message) -> str:
    return entry.id if isinstance(entry.id, str) else entry.id[0]


def _texts(entry: Message) -> tuple[str, ...]:
    return (entry.string or "",) if isinstance(entry.string, str | None) else tuple(entry.string)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_list_of_areas_is_whole() -> None:
    assert {(path.parts[-3], path.stem) for path in FILES} == {*product(LANGUAGES, AREAS), ("ru", "click")}


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_all_languages_have_the_same_keys_and_placeholders(area: str, language: str) -> None:
    russian, other = entries(area, "ru"), entries(area, language)
    assert russian.keys() == other.keys()
    assert len(russian) > 10
    for key, texts in russian.items():
        named = set().union(*map(placeholders, texts))
        assert named == set().union(*map(placeholders, other[key])), key


@pytest.mark.parametrize("path", FILES, ids=str)
def test_no_text_is_empty_or_uncertain_and_none_stands_twice(path: Path) -> None:
    found = _entries(path)
    assert [_key(entry) for entry in found if entry.fuzzy or not all(_texts(entry))] == []
    keys = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("path", FILES, ids=str)
def test_what_is_compiled_is_what_is_written(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = {_key(entry): _texts(entry) for entry in read_mo(file) if entry.id}
    written = {_key(entry): _texts(entry) for entry in _entries(path)}
    assert compiled == written, f"run: pybabel compile -d pipeline/locale -D {path.stem}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_months_are_called_as_the_unicode_consortium_calls_them(language: Language) -> None:
    """Its locale data are CLDR, which babel brings."""
    words = Words(language)
    for number in range(1, 13):
        assert words.calendar_month(number) == get_month_names("wide", "stand-alone", language)[number]
        assert words.calendar_month(number, "of") == get_month_names("wide", "format", language)[number]
        assert (
            words.calendar_month(number, "short") == get_month_names("abbreviated", "stand-alone", language)[number][:3]
        )


@pytest.mark.parametrize("code", CODES)
def test_every_problem_has_its_words_and_its_advice(code: str) -> None:
    area, _, name = code.partition(".")
    for language in LANGUAGES:
        known = entries(area, language)
        assert known.get(f"{area}.problem.{name}"), language
        assert known.get(f"{area}.problem.{name}.advice"), language


def test_every_problem_of_the_catalogues_has_its_code() -> None:
    named = {key for area in AREAS for key in entries(area, "ru") if key.startswith(f"{area}.problem.")}
    known = {code.replace(".", ".problem.", 1) for code in CODES}
    assert named == known | {f"{key}.advice" for key in known}


def keys_in(source: Path) -> Iterator[str]:
    """Literal keys in a source: strings that look like one of an area's keys, and like no file's name."""
    looks_like_key = re.compile(rf"(?!.*\.(?:xlsx|docx))(?:{'|'.join(AREAS)})\.[a-z_]+(?:\.[a-z_0-9]+)*")
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.JoinedStr):
            for part in node.values:
                part.value = ""  # type: ignore[attr-defined]  # pieces of a key that is put together
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and looks_like_key.fullmatch(node.value):
            yield node.value


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.relative_to(LOCALE.parent).as_posix())
def test_every_key_that_the_code_names_exists(source: Path) -> None:
    known = {key for area in AREAS for key in entries(area, "ru")} | set(CODES)
    assert [key for key in keys_in(source) if key not in known] == []


def test_every_key_of_the_catalogues_is_named_by_the_code() -> None:
    """Whole, or put together by an f-string from numbers and pieces that the code names, too."""
    nodes = [node for source in SOURCES for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))]
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    pieces = {*digits, *(piece for text in texts if re.fullmatch(r"[\w.]+", text) for piece in text.split("."))}
    pieces |= {
        node.target.id for node in nodes if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    made = {_as_pattern(node) for node in nodes if isinstance(node, ast.JoinedStr)}
    patterns = [re.compile(one) for one in made if re.match(rf"(?:{'|'.join(AREAS)})\\\.|\(.*?\)\\\.[a-z]", one)]

    def is_named(key: str) -> bool:
        found = (match for pattern in patterns if (match := pattern.fullmatch(key)))
        return key in texts or any(pieces.issuperset(".".join(match.groups()).split(".")) for match in found)

    assert [key for area in AREAS for key in entries(area, "ru") if not is_named(key)] == []


def _as_pattern(made: ast.JoinedStr) -> str:
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"([\w.]+)" for part in made.values
    )


@pytest.mark.parametrize("area", [*AREAS, "click"])
def test_russian_is_set_as_russian_is(area: str) -> None:
    for key, texts in entries(area, "ru").items():
        for text in texts:
            number_format = "{number}" in text or re.search("[0#]", text)
            assert number_format or '"' not in text, f"{key}: straight quotation marks"
            assert not re.search(r"(?<=\w) - (?=\w)", text), f"{key}: a hyphen for a dash"
            assert not re.search(r"[\d}] %", text), f"{key}: a plain space before %"


@pytest.mark.parametrize("area", AREAS)
def test_english_has_neither_russian_letters_nor_quotation_marks(area: str) -> None:
    assert {key: texts for key, texts in entries(area, "en").items() if re.search("[а-яё«»]", str(texts), re.I)} == {}


def test_dates_in_what_a_cell_holds_are_written_as_the_language_writes_them() -> None:
    other_year = problem("forms.day_other_year", found="05.04.2012", year="2013")
    assert "05.04.2012" in message(other_year, Words("ru"))
    assert "2012-04-05" in message(other_year, Words("en"))


def test_a_list_of_what_has_commas_is_separated_by_semicolons() -> None:
    told = message(problem("plan.entered_once", indicator="UV", units=("Дом, сад", "Двор")), Words("ru"))
    assert told.endswith("нескольким: Дом, сад; Двор.")


@pytest.mark.parametrize(
    ("key", "number", "months", "said"),
    [
        ("history.closed_together", 1, "январь", "Вместе с ним закрыт месяц: январь."),
        ("history.closed_together", 2, "январь–февраль", "Вместе с ним закрыты месяцы: январь–февраль."),
        ("history.reopened", 1, "январь", "Снова открыт январь. Его данные опять берутся из форм."),
        ("history.reopened", 12, "январь–декабрь", "Снова открыты: январь–декабрь. Их данные опять берутся из форм."),
    ],
)
def test_one_month_is_no_several_months(key: str, number: int, months: str, said: str) -> None:
    assert Words("ru").count(key, number, months=months) == said


def test_an_empty_period_is_told_by_its_months() -> None:
    told = message(problem("plan.period_empty", found="июнь", until="май"), Words("ru"))
    assert told == "Начало («июнь») позже конца («май»)."


def test_a_long_list_in_a_message_is_cut_and_counted() -> None:
    units = tuple(f"L{number}" for number in range(1, 31))
    long = message(problem("plan.entered_once", indicator="UV", units=units), Words("ru"))
    assert long == (
        "UV по исполнителям не складывается, а задание дано нескольким: "
        "L1, L2, L3, L4, L5, L6, L7, L8, L9, L10, L11, L12 и ещё 18."
    )
