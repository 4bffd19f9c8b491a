"""The pictures of the guides, from the example's real workbooks through LibreOffice and poppler-utils.

    python -m tests.example.make_pictures [NAME …]

makes docs/pictures/<name>.png, all or those named, and notes in sources.json what each was made of: a test says when a
sheet has changed since.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import warnings
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openpyxl import load_workbook
from PIL import Image, ImageChops, ImageDraw

from pipeline.run.inputs import Options
from pipeline.run.report import make_report

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
SOURCES = PICTURES / "sources.json"
FORMS = ROOT / "input" / "2013"
REPORT = "report.xlsx"
RUSSIAN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>ru-RU</value></prop>
</item>
</oor:items>"""
"""LibreOffice's settings for Russian numbers: «1 323», as the readers see them."""
MARGIN = 12
"""Pixels of white left around what is shown, and where something is left out."""
NEARLY = 250
"""Letters of a page's text among which its title is: what stands beside the title may be told first."""


@dataclass(frozen=True)
class Picture:
    """A part of a printed page: the first that begins with `text`, or nearly. `box` is left, top, right, bottom as
    shares of the page, `left_out` the top and bottom of what is cut out of its middle; `rows` are those of the sheet,
    from its top, that can be seen."""

    workbook: str
    sheet: str
    text: str
    box: tuple[float, float, float, float] = (0, 0, 1, 0.94)
    dpi: int = 120
    rows: int = 60
    left_out: tuple[float, float] | None = None


FORM, UNFINISHED, PLAN = "M4 Методист 4.xlsx", "M1 Методист 1.xlsx", "plan.xlsx"
PAGES = {
    "form-guide": Picture(FORM, "Инструкция", "Форма «План и факт»", (0, 0, 1, 0.485), dpi=130),
    "form-month": Picture(UNFINISHED, "Сентябрь", "Выполнение плана за сентябрь", (0, 0, 1, 0.3475), dpi=150),
    "form-activities": Picture(
        FORM, "Мероприятия", "Мероприятия на 2013 год", (0, 0, 1, 0.6675), dpi=150, left_out=(0.173, 0.4785)
    ),
    "plan-units": Picture(PLAN, "Исполнители", "Исполнители Кто отчитывается"),
    "plan-indicators": Picture(PLAN, "Показатели", "Показатели Что считается", (0, 0, 1, 0.5), dpi=150),
    "plan-targets": Picture(PLAN, "Задания", "Задания Задание на год", (0, 0, 1, 0.6)),
    "plan-activities": Picture(
        PLAN, "Мероприятия", "Мероприятия Что сделать, к какому сроку и кто отвечает. Пример", (0, 0, 1, 0.5)
    ),
    "summary": Picture(REPORT, "Сводка", "Выполнение плана 2013 года"),
    "report-small": Picture(REPORT, "Показатели", "Показатели по месяцам", (0, 0, 1, 0.5)),
    "report-plan-fact": Picture(REPORT, "План-факт", "План-факт: все показатели", (0, 0, 1, 0.5), dpi=170),
    "report-deviations": Picture(REPORT, "Отклонения", "Отклонения больше допустимых", (0, 0, 1, 0.5), dpi=150),
    "report-months": Picture(REPORT, "По месяцам", "Выполнение плана по месяцам", (0, 0, 1, 0.6)),
    "report-units": Picture(REPORT, "Исполнители", "Исполнители: кто что сдал"),
    "report-activities": Picture(REPORT, "Мероприятия", "Мероприятия плана", (0, 0, 1, 0.5), dpi=130),
    "report-calendar": Picture(REPORT, "Календарь", "Календарь мероприятий"),
    "report-problems": Picture(REPORT, "Замечания", "Замечания к формам и плану", (0, 0, 1, 0.6)),
}


def example_report(folder: Path) -> Path:
    """The example's report for its last month, made anew in the folder."""
    config, settings = folder / "config.toml", (ROOT / "config.toml").read_text(encoding="utf-8")
    config.write_text(settings.replace('input = "input"', f'input = "{FORMS.parent.as_posix()}"'), encoding="utf-8")
    made = make_report(Options(config), track=list).report
    assert made is not None
    return made


def workbook_path(name: str, report: Path) -> Path:
    return report if name == REPORT else FORMS / name


def sources(report: Path) -> dict[str, str]:
    """Picture → mark of what its sheet shows: the values, row by row, and where in the page it is cut."""

    @cache
    def opened(name: str) -> object:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl does not know sparklines
            return load_workbook(workbook_path(name, report), data_only=True)

    def mark(picture: Picture) -> str:
        sheet = opened(picture.workbook)[picture.sheet]  # type: ignore[index]
        lines = ["|".join(map(_shown, row)) for row in sheet.iter_rows(max_row=picture.rows, values_only=True)]
        return hashlib.sha256("\n".join((*lines, str(picture))).encode()).hexdigest()[:16]

    return {name: mark(picture) for name, picture in PAGES.items()}


def _shown(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def make(names: list[str], report: Path) -> None:
    """Writes docs/pictures/<name>.png of each."""
    with tempfile.TemporaryDirectory() as folder:
        user = Path(folder, "profile", "user")
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(RUSSIAN, encoding="utf-8")
        printed = {
            name: _printed(workbook_path(name, report), Path(folder)) for name in {PAGES[one].workbook for one in names}
        }
        for name in names:
            _cut(printed[PAGES[name].workbook], PAGES[name]).save(PICTURES / f"{name}.png", optimize=True)


def _printed(workbook: Path, folder: Path) -> Path:
    """The workbook as a PDF."""
    office = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*office, "--outdir", str(folder), str(workbook)], check=True, capture_output=True)
    return folder / f"{workbook.stem}.pdf"


def _cut(pdf: Path, picture: Picture) -> Image.Image:
    """The part of the page, its white edges trimmed, in few colours."""
    told = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    wanted = "".join(picture.text.split())
    page = next(number for number, text in enumerate(told.split("\f"), 1) if wanted in "".join(text.split())[:NEARLY])
    place = pdf.with_suffix("")
    how = ["-f", str(page), "-l", str(page), "-r", str(picture.dpi), "-png", "-singlefile"]
    subprocess.run(["pdftoppm", *how, str(pdf), str(place)], check=True)
    whole = Image.open(place.with_suffix(".png")).convert("RGB")
    if picture.left_out:
        _leave_out(whole, *(round(share * whole.height) for share in picture.left_out))
    part = whole.crop(_pixels(picture.box, whole.size))
    seen = ImageChops.difference(part, Image.new("RGB", part.size, "white")).getbbox()
    assert seen is not None
    left, top, right, bottom = seen
    edges = (
        max(left - MARGIN, 0),
        max(top - MARGIN, 0),
        min(right + MARGIN, part.width),
        min(bottom + MARGIN, part.height),
    )
    shown = part.crop(edges)
    return shown.quantize(64, dither=Image.Dither.NONE)


def _leave_out(page: Image.Image, top: int, bottom: int) -> None:
    """What stands above is moved down to what stands below; dots between them say that something is left out."""
    draw, above, gap = ImageDraw.Draw(page), page.crop((0, 0, page.width, top)), 2 * MARGIN
    draw.rectangle((0, 0, page.width, bottom), "white")
    page.paste(above, (0, bottom - gap - top))
    for x in range(page.width // 20, page.width - page.width // 20, MARGIN):
        draw.ellipse((x, bottom - MARGIN - 2, x + 3, bottom - MARGIN + 1), "#9aa5b1")


def _pixels(box: tuple[float, float, float, float], size: tuple[int, int]) -> tuple[int, int, int, int]:
    (left, top, right, bottom), (width, height) = box, size
    return round(left * width), round(top * height), round(right * width), round(bottom * height)


def main(names: list[str]) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        report = example_report(Path(folder))
        make(names or list(PAGES), report)
        known = json.loads(SOURCES.read_text(encoding="utf-8")) if SOURCES.exists() else {}
        today = sources(report)
        kept = {name: today[name] if not names or name in names else known.get(name, "") for name in PAGES}
        SOURCES.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
