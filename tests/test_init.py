"""Beginning in a new folder: what is asked, what is left there, and that nothing of anybody's is touched."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from msgspec import to_builtins

from pipeline.cli import main as cli
from pipeline.plan.read import read_plan
from pipeline.run.config_text import config_text
from pipeline.run.outcome import Exit
from pipeline.settings import Settings, read_settings
from pipeline.sheets.book import open_book
from pipeline.words import LANGUAGES, LOCALE, Language
from pipeline.workbooks import files
from tests.example.make_config import CONFIG, config_bytes
from tests.test_cli import tree

ALL = ("--institution", "Библиотека", "--department", "Отдел", "--head", "Директор", "--year", "2014", "--due-day", "7")


def init(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(cli.report, ["init", *arguments], prog_name="run-report", input=typed)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_five_answers_make_settings_a_plan_and_a_file_for_a_double_click(here: Path) -> None:
    done = init(typed="Библиотека «Рассвет»\nОтдел №\u00a01\nЗаведующий\n2014\n10\n")
    assert done.exit_code == Exit.MADE, done.output
    assert sorted(tree(here)) == ["config.toml", "input/2014/plan.xlsx", "run-report.cmd"]
    settings, problems = read_settings(here / "config.toml")
    assert settings is not None and problems == ()
    institution = settings.institution
    assert (institution.name, institution.department) == ("Библиотека «Рассвет»", "Отдел № 1")
    assert (institution.head, settings.forms.due_day, settings.example) == ("Заведующий", 10, False)
    _, problems = read_plan(open_book((here / "input/2014/plan.xlsx").read_bytes(), "plan.xlsx"))
    assert {one.code for one in problems} == {"plan.rows_missing"}, "the plan is sound, only empty"


def test_what_comes_next_is_told(here: Path) -> None:
    told = init(*ALL).stderr.replace("\u00a0", " ")
    assert told.splitlines() == [
        "Готово: настройки — config.toml, пустой план — input/2014/plan.xlsx, запуск двойным щелчком — run-report.cmd.",
        "Что дальше (команды — в папке с config.toml):",
        "  1. Заполните план: как — на его листе «Как заполнять».",
        "  2. «run-report forms» — сделать формы. Они появятся в папке input/2014; раздайте их.",
        "  3. Заполненные формы сложите в ту же папку. «run-report check» — проверить их.",
        "  4. «run-report» или двойной щелчок по run-report.cmd — сделать отчёт.",
        "Остальные настройки уже имеют обычные значения; что они значат, сказано в config.toml.",
    ]


def test_enter_skips_what_may_be_skipped_and_takes_what_is_usual(here: Path) -> None:
    assert init("--year", "2014", typed="Библиотека\n\n\n\n").exit_code == Exit.MADE
    settings, _ = read_settings(here / "config.toml")
    assert settings is not None
    assert (settings.institution.department, settings.institution.head, settings.forms.due_day) == ("", "", 5)


def test_a_wrong_answer_is_asked_again(here: Path) -> None:
    done = init(*ALL[:6], typed="2О14\n2014\n31\n7\n")
    assert "«2О14» — не целое число." in done.stderr, "a Russian letter for a zero"
    assert done.exit_code == Exit.MADE


def test_an_unfinished_beginning_leaves_nothing(here: Path) -> None:
    assert init(typed="Библиотека\nОтдел\n").exit_code == Exit.FAILED
    assert tree(here) == {}


@pytest.mark.parametrize("garbled", ["\udcc1\udce8\udce1", "Библио\x7fтека"])
def test_garbled_text_is_refused(here: Path, garbled: str) -> None:
    done = init("--institution", garbled, *ALL[2:])
    assert (done.exit_code, tree(here)) == (Exit.USAGE, {})
    assert "знаки, которые нельзя прочесть" in done.stderr


@pytest.mark.parametrize("name", ['ГБУК "Библиотека"', "a\\b # c", "{name} %s $x", "'''", '"""'])
def test_any_name_is_kept_as_it_was_given(here: Path, name: str) -> None:
    init("--institution", name, *ALL[2:])
    settings, problems = read_settings(here / "config.toml")
    assert settings is not None, problems
    assert settings.institution.name == name


def test_settings_that_are_there_are_left_alone_and_nothing_is_asked(here: Path) -> None:
    (here / "config.toml").write_bytes(b"mine")
    done = init()
    assert (done.exit_code, tree(here)) == (Exit.FAILED, {"config.toml": b"mine"})
    assert done.stderr.splitlines()[1].startswith("  config.toml: Файл настроек уже есть")


def test_a_plan_that_is_there_is_left_alone(here: Path) -> None:
    (here / "input/2014").mkdir(parents=True)
    (here / "input/2014/plan.ods").write_bytes(b"mine")
    done = init(*ALL)
    assert (done.exit_code, tree(here)) == (Exit.FAILED, {"input/2014/plan.ods": b"mine"})
    assert "input/2014/plan.ods: План этого года уже есть" in done.stderr


def test_the_copied_starter_and_other_files_stay_as_they_are(here: Path) -> None:
    mine = {"run-report.cmd": b"mine", "Приказ.docx": b"order"}
    for name, content in mine.items():
        (here / name).write_bytes(content)
    assert init(*ALL).exit_code == Exit.MADE
    assert {name: tree(here)[name] for name in mine} == mine


@pytest.mark.parametrize("broken", ["config.toml", "run-report.cmd", "plan.xlsx"])
def test_a_beginning_that_fails_leaves_nothing(here: Path, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == broken:
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(files.Path, "replace", full)
    done = init(*ALL)
    assert (done.exit_code, tree(here)) == (Exit.FAILED, {})
    assert "Записать не удалось" in done.stderr


def test_another_folder_is_begun_where_the_settings_are_named(here: Path) -> None:
    done = init(*ALL, "--config", "Отдел №\u00a02 (a & b)/config.toml")
    assert done.exit_code == Exit.MADE
    assert sorted(tree(here / "Отдел №\u00a02 (a & b)")) == ["config.toml", "input/2014/plan.xlsx", "run-report.cmd"]


def test_english_is_asked_and_written_where_it_is_chosen(here: Path) -> None:
    done = init("--language", "en", typed="Riverside Libraries\n\n\n2014\n\n")
    assert done.exit_code == Exit.MADE
    told = (done.stderr + (here / "config.toml").read_text(encoding="utf-8")).lower()
    assert [letter for letter in told if "а" <= letter <= "я"] == []
    settings, _ = read_settings(here / "config.toml")
    assert settings is not None and settings.language == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_has_every_setting_at_its_default_and_no_other(language: Language) -> None:
    template = tomllib.loads((LOCALE / language / "config.toml").read_text(encoding="utf-8"))
    default = to_builtins(Settings(language=language), enc_hook=str)
    assert template == {name: part for name, part in default.items() if name != "folder"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_explains_every_setting_but_names(language: Language) -> None:
    lines = (LOCALE / language / "config.toml").read_text(encoding="utf-8").splitlines()
    settings = [(before, line) for before, line in pairwise(lines) if " = " in line]
    silent = [line.split(" = ")[0] for before, line in settings if "#" not in line and not before.startswith("#")]
    assert silent == ["name", "department"]
    assert max(map(len, lines)) <= 130


def test_the_repositorys_own_settings_are_the_template_filled() -> None:
    assert CONFIG.read_bytes() == config_bytes(), "run: python -m tests.example.make_config"


def test_a_setting_that_the_template_lacks_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="due_dai"):
        config_text("ru", {"forms": {"due_dai": 5}})


def test_a_comment_stays_in_its_column_where_it_can() -> None:
    before = config_text("ru", {}).splitlines()
    short, long = (
        config_text("ru", {"paths": {"input": value}}).splitlines() for value in ("in", "a very long folder")
    )
    (row,) = (number for number, line in enumerate(before) if line.startswith("input = "))
    assert short[row].index("#") == before[row].index("#")
    assert long[row].startswith('input = "a very long folder" # ')
    assert [line for number, line in enumerate(long) if number != row] == [*before[:row], *before[row + 1 :]]
