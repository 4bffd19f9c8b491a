"""The command line as people use it: what it says, what it writes, and its exit codes."""

import os
import subprocess
import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from pipeline.cli import main as cli
from pipeline.cli import options as cli_options
from pipeline.intake.find import Found
from pipeline.plan.write import plan_workbook
from pipeline.run.outcome import Exit
from pipeline.settings import Forms, Settings, Status, read_settings
from pipeline.words import Words
from pipeline.workbooks import files
from tests.institution import CONFIG, institution, steady
from tests.plans import small_plan

PLAN = small_plan()
HEAVY = ("pandas", "numpy", "matplotlib", "openpyxl", "xlsxwriter", "pydantic", "msgspec", "babel", "python_calamine")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.report, arguments, prog_name="run-report")


def told(result: Result) -> list[str]:
    return result.stderr.replace("\u00a0", " ").splitlines()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file and its content, save what is kept only so as not to be read again."""
    files = (path for path in folder.rglob("*") if path.is_file() and "store" not in path.relative_to(folder).parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two units handed in all of January to September, exactly as planned."""
    forms = {unit: steady(PLAN, unit, 9) for unit in ("M1", "M2")}
    monkeypatch.chdir(institution(tmp_path, forms))
    return tmp_path


@pytest.fixture
def with_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As above, but M1 has more visits of events than visits."""
    forms = {"M1": steady(PLAN, "M1", 9, VS_ST_EV=99), "M2": steady(PLAN, "M2", 9)}
    monkeypatch.chdir(institution(tmp_path, forms))
    return tmp_path


def test_the_report_is_made_of_the_latest_filled_month(here: Path) -> None:
    result = run()
    assert result.exit_code == Exit.MADE, result.output
    assert result.stdout == ""
    assert told(result)[-3:] == [
        "Сентябрь 2013: сдали 2 из 2 форм.",
        told(result)[-2],
        "Отчёт: output/2013-09/report.xlsx",
    ]
    assert sorted(tree(here / "output")) == [
        "2013-09/activities.ics",
        "2013-09/calendars/M1 Методист 1.ics",
        "2013-09/charts/activities.png",
        "2013-09/charts/fulfilment.png",
        "2013-09/data.csv",
        "2013-09/data.parquet",
        "2013-09/memo.docx",
        "2013-09/report.xlsx",
    ]


def test_the_same_inputs_give_the_same_bytes(here: Path) -> None:
    run()
    first = tree(here / "output")
    run()
    assert tree(here / "output") == first


def test_another_month_and_another_folder(here: Path) -> None:
    result = run("--month", "2013-03", "--output", "отчёты")
    assert (result.exit_code, told(result)[-1]) == (Exit.MADE, "Отчёт: отчёты/2013-03/report.xlsx")
    assert (here / "отчёты/2013-03/report.xlsx").exists()
    assert not (here / "output").exists()


@pytest.mark.filterwarnings("ignore:.*extension is not supported and will be removed:UserWarning")
def test_a_quarter_has_a_report_of_its_own(here: Path) -> None:
    result = run("--period", "2013-К3")
    assert (result.exit_code, told(result)[-1]) == (Exit.MADE, "Отчёт: output/2013-Q3/report.xlsx")
    title = load_workbook(here / "output/2013-Q3/report.xlsx")["План-факт"]["A1"].value
    assert title == "План-факт: все показатели, III\u00a0квартал 2013\u00a0года"


def test_data_errors_are_told_and_the_report_is_made(with_error: Path) -> None:
    result = run()
    lines = told(result)
    assert result.exit_code == Exit.MADE_WITH_ERRORS
    assert lines[0] == "Ошибки:"
    assert lines[1].startswith("  2013/M1.xlsx · Январь · G11: «из них массовых мероприятий»: 99 — больше")
    assert lines[-1] == "Отчёт: output/2013-09/report.xlsx"
    assert (with_error / "output/2013-09/report.xlsx").exists()


def test_no_more_than_ten_problems_are_told_beside_a_report(with_error: Path) -> None:
    (with_error / "input/2013/M2.xlsx").unlink()
    for number in range(8):
        (with_error / f"input/2013/{number}.xlsx").touch()
    lines = told(run())
    assert len([line for line in lines if line.startswith("  ")]) == 10
    assert any(line.startswith("Ещё ") and "лист «Замечания»" in line for line in lines)


def test_strict_writes_nothing_where_the_data_have_errors(with_error: Path) -> None:
    before = tree(with_error)
    result = run("--strict")
    assert result.exit_code == Exit.MADE_WITH_ERRORS
    assert told(result)[-1] == "В данных есть ошибки, а запуск строгий: отчёт не записан."
    assert tree(with_error) == before


def test_strict_makes_the_report_of_sound_data(here: Path) -> None:
    assert run("--strict").exit_code == Exit.MADE
    assert (here / "output/2013-09/report.xlsx").exists()


@pytest.mark.parametrize("arguments", [["--dry-run"], ["check"]])
def test_reading_alone_writes_nothing(with_error: Path, arguments: list[str]) -> None:
    before = tree(with_error)
    result = run(*arguments)
    assert result.exit_code == Exit.MADE_WITH_ERRORS
    assert tree(with_error) == before
    assert any("Проверьте обе цифры" in line for line in told(result)), "without a report the advice is told here"


def test_quiet_tells_errors_only(with_error: Path) -> None:
    (with_error / "input/2013/M2.xlsx").unlink()
    lines = told(run("--quiet"))
    assert lines[0] == "Ошибки:"
    assert all(line.startswith("  ") for line in lines[1:10])
    assert "Отчёт" not in "".join(lines)
    assert "Предупреждения:" not in lines


def test_a_locked_report_is_saved_under_another_name(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    old = (here / "output/2013-09/report.xlsx").read_bytes()
    replace = Path.replace

    def locked(self: Path, target: Path) -> Path:
        if target.name == "report.xlsx":
            raise PermissionError(13, "Permission denied", str(target))
        return replace(self, target)

    monkeypatch.setattr(files.Path, "replace", locked)
    result = run("--quiet")
    assert result.exit_code == Exit.SAVED_UNDER_ANOTHER_NAME
    assert told(result) == [
        "Ошибки:",
        "  output/2013-09/report.xlsx: Файл открыт в другой программе. "
        "Новый сохранён рядом под именем «report (2).xlsx».",
    ]
    assert (here / "output/2013-09/report (2).xlsx").read_bytes() == old


def test_a_failed_run_leaves_the_old_report(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    before = tree(here)

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(files.Path, "replace", full)
    result = run()
    assert result.exit_code == Exit.FAILED
    assert told(result)[1].startswith("  output/2013-09: Записать не удалось (No space left on device).")
    assert tree(here) == before


def test_a_disk_that_is_full_before_all_is_made_leaves_the_old_report(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run()
    before = tree(here)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.report.data_file.write_parquet", full)  # data.csv is whole by then
    result = run()
    assert result.exit_code == Exit.FAILED
    assert told(result)[1].startswith("  output/2013-09: Записать не удалось (No space left on device).")
    assert tree(here) == before


def test_nothing_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(institution(tmp_path, {"M1": steady(PLAN, "M1", 0)}))
    result = run()
    assert result.exit_code == Exit.NOTHING_TO_READ
    assert told(result)[-1] == "За 2013 год ни одна форма не заполнена: отчёт делать не из чего."


def test_a_new_year_without_figures_leaves_the_last_one_reported(here: Path) -> None:
    run("plan", "--year", "2014")
    (here / "input/2014/plan.xlsx").write_bytes(plan_workbook(replace(PLAN, year=2014), Words(), 2014))
    assert told(run())[-1] == "Отчёт: output/2013-09/report.xlsx"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--month", "2014-01"),
        ("check",),
        ("forms",),
        ("forms", "--reissue", "M1", "--year", "2014"),
        ("close", "2014-01", "--anyway", "так решили"),
        ("accept", "--month", "2014-01", "--reason", "так решили"),
        ("status",),
        ("year", "2015"),
    ],
    ids=" ".join,
)
def test_a_plan_in_the_folder_of_another_year(here: Path, arguments: tuple[str, ...]) -> None:
    """As where last year's is copied and not yet changed, or the year is changed in the one that is there."""
    (here / "input/2014").mkdir()
    (here / "input/2014/plan.xlsx").write_bytes((here / "input/2013/plan.xlsx").read_bytes())
    before = tree(here)
    result = run(*arguments)
    assert result.exit_code == Exit.FAILED
    assert told(result)[1:] == [
        "  2014/plan.xlsx · План · B5: План лежит в папке 2014, а год в нём — 2013. "
        "Исправьте год в этой ячейке или переложите файл в папку 2013."
    ]
    assert tree(here) == before


def test_no_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    result = run()
    assert result.exit_code == Exit.NOTHING_TO_READ
    assert told(result)[1].startswith("  input: Нет папки с данными")


@pytest.mark.parametrize(
    ("config", "line"),
    [
        (None, "Нет файла настроек."),
        ("[forms\n", "Файл настроек написан с ошибкой: строка 1."),
        ("[forms]\ndue_day = 40", "Настройка forms.due_day: 40 — больше наибольшего (28)."),
        ("[status]\nbehind_below = -1", "Настройка status.behind_below: -1 — меньше наименьшего (0)."),
        ("[forms]\ndue_dai = 4", "Нет такой настройки: forms.due_dai."),
        ('[calendar]\ncountry = "XX"', "Настройка calendar.country: недопустимое значение «XX»."),
        ('[calendar]\nmove_deadlines = "after"', "Настройка calendar.move_deadlines: недопустимое значение «after»."),
        ('language = "de"', "Настройка language: недопустимое значение «de»."),
        ("forms = 5", "Настройка forms: недопустимое значение «5»."),
        ("[forms]\ndue_day = true", "Настройка forms.due_day: недопустимое значение «true»."),
        ("[forms]\ndue_day = 5.5", "Настройка forms.due_day: недопустимое значение «5.5»."),
        ("[status]\ntolerance_percent = nan", "Настройка status.tolerance_percent: недопустимое значение «nan»."),
        ("[paths]\ninput = 5", "Настройка paths.input: недопустимое значение «5»."),
        ('[reading]\nworkers = "abc"', "Настройка reading.workers: недопустимое значение «abc»."),
        ('folder = "здесь"', "Нет такой настройки: folder."),
        ('[paths]\noutput = "C:\\отчёты\\2013"', "Файл настроек, строка 2: знак «\\» в кавычках значит не то, что вы"),
        ('[paths]\noutput = "отчёты\\users"', "Файл настроек, строка 2: знак «\\» в кавычках значит не то, что вы"),
        ('[paths]\noutput = "отчёты\\temp"', "Настройка paths.output: в пути «отчёты\\temp» знак «\\» и буква после"),
        ('[paths]\nstore = "C:\\backup"', "Настройка paths.store: в пути «C:\\backup» знак «\\» и буква после него"),
        (
            "[status]\ntolerance_percent = 5,5 # да\n",
            "Файл настроек, строка 2: дробь 5,5 написана с запятой. Пишите её с точкой: 5.5.",
        ),
        ("example = да", "Файл настроек, строка 1: «да» здесь не годится. Напишите true (да) или false (нет):"),
        ("example = True # вымысел", "Файл настроек, строка 1: «True» здесь не годится. Напишите true (да) или false"),
        ("[forms]\ndue_day = 5\n\ndue_day = 6\n", "Файл настроек, строка 4: «due_day» выше уже есть. Оставьте"),
        (
            "[forms]\n[status]\n[forms] # a = b\ndue_day = 5",
            "Файл настроек, строка 3: «[forms]» выше уже есть. Оставьте",
        ),
        ("[формы]\ndue_day = 5", "Файл настроек, строка 1: имя «[формы]» написано не латинскими буквами."),
        ("язык = 5", "Файл настроек, строка 1: имя «язык» написано не латинскими буквами."),
        ('language = "ru', "Файл настроек написан с ошибкой: строка 1. Строка должна быть вида"),
        ("language = «ru»", "Файл настроек написан с ошибкой: строка 1. Строка должна быть вида"),
        ('language = """ru\n', "Файл настроек написан с ошибкой: строка 2."),
        ("пояснение\n", "Файл настроек написан с ошибкой: строка 1. Строка должна быть вида"),
    ],
)
def test_mistakes_in_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, config: str | None, line: str
) -> None:
    monkeypatch.chdir(tmp_path)
    if config is not None:
        (tmp_path / "config.toml").write_text(config, encoding="utf-8")
    result = run("check")
    assert result.exit_code == Exit.FAILED
    assert told(result)[1].startswith(f"  config.toml: {line}")


@pytest.mark.parametrize("name", [".", "", "папка"])
def test_a_folder_is_no_settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("папка").mkdir()
    result = run("--config", name)
    assert result.exit_code == Exit.FAILED
    assert told(result)[1:] == [
        f"  {name or '.'}: Это папка, а не файл настроек. Укажите сам файл: «run-report --config ПАПКА/config.toml»."
    ]


@pytest.mark.parametrize("encoding", ["cp1251", "utf-16"])
def test_settings_in_another_encoding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("config.toml").write_text('[institution]\nname = "Библиотека"\n', encoding=encoding)
    result = run("check")
    assert result.exit_code == Exit.FAILED
    assert told(result)[1:] == [
        "  config.toml: Файл настроек сохранён не в кодировке UTF-8. Откройте его в Блокноте, выберите «Файл — "
        "Сохранить как», внизу — «Кодировка: UTF-8», и сохраните."
    ]


def test_all_mistakes_in_the_settings_at_once(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[forms]\ndue_day = 0\ndue = 1\n[checks]\njump_times = "много"\n[calendar]\ncountry = "XX"')
    settings, problems = read_settings(path)
    assert settings is None
    assert [(each.code, dict(each.values)["setting"]) for each in problems] == [
        ("cli.config_too_small", "forms.due_day"),
        ("cli.config_key_unknown", "forms.due"),
        ("cli.config_value", "checks.jump_times"),
        ("cli.config_value", "calendar.country"),
    ]


def test_a_number_in_quotation_marks_is_a_number(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[forms]\ndue_day = "10"\n[status]\ntolerance_percent = 7')
    settings, _ = read_settings(path)
    assert settings == replace(Settings(), forms=Forms(10), status=Status(7.0), folder=tmp_path)


def test_missing_forms_are_made_and_none_is_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(institution(tmp_path, {"от методиста": steady(PLAN, "M1", 9)}))
    before = tree(tmp_path)
    result = run("forms")
    assert result.exit_code == Exit.MADE
    assert told(result) == ["Сделана 1 форма в папке input/2013.", "Уже была 1 форма, она не тронута."]
    after = tree(tmp_path)
    assert after.keys() - before.keys() == {"input/2013/M2 Методист 2.xlsx"}
    assert {name: after[name] for name in before} == before
    again = run("forms")
    assert told(again)[0] == "Новых форм не нужно: они есть у всех, кому положено."
    assert tree(tmp_path) == after


def test_an_empty_plan_gives_no_form_and_doesnt_say_that_none_is_needed(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    assert run("plan", "--year", "2014", "--config", str(config)).exit_code == Exit.MADE
    result = run("forms", "--config", str(config))
    assert result.exit_code == Exit.MADE_WITH_ERRORS
    assert "На листе «Исполнители» нет ни одной строки." in result.output
    assert "Новых форм не нужно" not in result.output


def test_a_file_in_the_way_of_a_form_is_left_alone(here: Path) -> None:
    (here / "input/2013/M2.xlsx").unlink()
    in_the_way = here / "input/2013/M2 Методист 2.xlsx"
    in_the_way.write_bytes(b"")
    result = run("forms")
    assert result.exit_code == Exit.MADE_WITH_ERRORS
    assert any("Файл с таким именем уже есть" in line for line in told(result))
    assert in_the_way.read_bytes() == b""


def test_forms_are_made_and_what_may_be_a_form_is_told(here: Path) -> None:
    (here / "input/2013/M2.xlsx").write_bytes(b"")
    result = run("forms")
    assert result.exit_code == Exit.MADE_WITH_ERRORS
    assert told(result)[1].startswith("  2013/M2.xlsx: Файл пуст")
    assert told(result)[2] == "Сделана 1 форма в папке input/2013."


def test_long_reading_shows_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    files = [Found(Path(f"{number}.xlsx"), f"2013/{number}.xlsx") for number in range(cli_options.LONG_WORK)]
    assert list(cli_options.tracker(quiet=True)(files)) == files
    assert list(cli_options.tracker(quiet=False)(files[1:])) == files[1:]
    assert terminal.getvalue() == ""
    assert list(cli_options.tracker(quiet=False)(files)) == files
    assert "Чтение форм" in terminal.getvalue() and "100%" in terminal.getvalue()


def test_an_empty_plan_is_made_once(here: Path) -> None:
    result = run("plan", "--year", "2014")
    assert (result.exit_code, told(result)[0].split(".")[0]) == (Exit.MADE, "Пустой план: input/2014/plan")
    content = (here / "input/2014/plan.xlsx").read_bytes()
    (here / "input/2014/plan.xlsx").rename(here / "input/2014/plan.ods")
    again = run("plan", "--year", "2014")
    assert again.exit_code == Exit.FAILED
    assert "План этого года уже есть" in told(again)[1]
    assert (here / "input/2014/plan.ods").read_bytes() == content


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--month", "2013-13"], "«2013-13» — не месяц. Пишите год и месяц цифрами: 2013-09."),
        (["check", "--month", "сентябрь"], "«сентябрь» — не месяц."),
        (["--period", "2013-Q5"], "«2013-Q5» — не отчётный период."),
        (["check", "--month", "2013-09", "--period", "2013"], "Параметры --month и --period вместе не нужны"),
        (["--mnth"], "Нет параметра --mnth."),
        (["отчёт"], "Нет команды «отчёт»."),
        (["chek"], "Нет команды «chek». Может быть, «check»?"),
        (["plan"], "Не указан параметр «--year»."),
        (["close", "август"], "Параметр «МЕСЯЦ»: «август» — не месяц."),
        (["status", "--format", "it's"], "Параметр «--format»: «it's» не подходит. Возможно: «table», «csv», «json»."),
        (["plan", "--year", "1"], "Параметр «--year»: число 1 не подходит: нужно от 1990 до 2100."),
        (["plan", "--year", "x"], "«x» — не целое число."),
        (["check", "--month"], "Параметру --month нужно значение."),
        (["example"], "Не указан аргумент «ПРИМЕР». Возможно:\n\tregion"),
        (["--workers", "abc"], "«abc» — не адрес планировщика Dask. Пишите машину и порт: tcp://10.0.0.5:8786."),
        (["check", "--workers", "tcp://a"], "«tcp://a» — не адрес планировщика Dask."),
        (["reopen", "2013-07", "--reason", " "], "Параметр «--reason»: Причина пуста. Напишите, почему так решено."),
        (["accept", "--all", "--reason", ""], "Параметр «--reason»: Причина пуста."),
        (["close", "2013-07", "--anyway", ""], "Параметр «--anyway»: Причина пуста."),
        (["--dry-run", "forms"], "--dry-run перед командой forms не действует."),
    ],
)
def test_mistakes_in_the_options(tmp_path: Path, arguments: list[str], line: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from pipeline.cli.main import main; main()", *arguments],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "LANG": "en_US.UTF-8"},
        cwd=tmp_path,
        check=False,
    )
    text = done.stderr.decode("utf-8")
    assert done.returncode == Exit.USAGE, text
    assert line in text
    assert "Error" not in text and "Usage" not in text


@pytest.mark.parametrize(
    "command",
    [[], *([name] for name in sorted(cli.report.commands))],
    ids=" ".join,
)
def test_every_command_has_its_help_in_russian(command: list[str]) -> None:
    script = (
        "import sys; from pipeline.cli.main import main\n"
        "try: main()\n"
        f"finally: print(*(name for name in {HEAVY!r} if name in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *command, "--help"],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=True,
    )
    text = done.stdout.decode("utf-8")
    assert text.startswith("Вызов: run-report") and "Показать эту справку и закончить." in text
    assert not any(word in text for word in ("Usage", "Options", "Show this", "[OPTIONS]"))
    assert done.stderr.split() == [], "help imports nothing heavier than click"


@pytest.mark.parametrize(
    ("arguments", "code", "stream", "said"),
    [
        (["--help"], Exit.MADE, "stdout", "Вызов: run-report"),
        (["--mnth"], Exit.USAGE, "stderr", "Нет параметра --mnth."),
        (["check", "--config", "нет.toml"], Exit.FAILED, "stderr", "Нет файла настроек."),
    ],
)
def test_the_command_leaves_with_its_code_and_all_it_has_said(
    arguments: list[str], code: Exit, stream: str, said: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *arguments],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode == code
    assert said in getattr(done, stream).decode("utf-8")


def test_a_run_leaves_nothing_unfinished(with_error: Path) -> None:
    """The second process has written all when the first one leaves without waiting for its end."""
    done = subprocess.run([sys.executable, "-m", "pipeline.cli", "--fresh"], capture_output=True, check=False)
    assert done.returncode == Exit.MADE_WITH_ERRORS
    made = {path.relative_to(with_error / "output").as_posix() for path in with_error.rglob("output/**/*.*")}
    assert {"2013-09/report.xlsx", "2013-09/memo.docx", "2013-09/data.csv", "2013-09/activities.ics"} <= made
    assert not [name for name in made if name.endswith(".tmp")]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="нет /proc: не Linux")
def test_numpy_starts_no_threads_of_its_own() -> None:
    """They would spin for a tenth of a second in every process, beside those that work."""
    script = (
        "import os; from pipeline.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: import numpy; print(len(os.listdir('/proc/self/task')))"
    )
    env = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run([sys.executable, "-c", script, "--version"], capture_output=True, env=env, check=True)
    assert done.stdout.split()[-1] == b"1"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "cp866", "ascii"])
def test_a_run_in_any_console(with_error: Path, encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from pipeline.cli.main import main; main()", "check"],
        capture_output=True,
        env=os.environ | {"PYTHONIOENCODING": encoding},
        check=False,
    )
    assert done.returncode == Exit.MADE_WITH_ERRORS
    text = done.stderr.decode(encoding).replace("\u00a0", " ")
    assert ("Sentyabr 2013: sdali 2 iz 2 form" if encoding == "ascii" else "Сентябрь 2013: сдали 2 из 2 форм") in text
    assert "?" not in text


def test_english_is_spoken_where_the_settings_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forms = {unit: steady(PLAN, unit, 9) for unit in ("M1", "M2")}
    monkeypatch.chdir(institution(tmp_path, forms, config='language = "en"\n'))
    assert told(run())[-3::2] == ["September 2013: 2 of 2 forms handed in.", "Report: output/2013-09/report.xlsx"]
