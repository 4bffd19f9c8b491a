"""Plans and filled forms of any number: the same arguments give the same files. All figures are made up.

    python -m tests.benchmarks.generate FOLDER FORMS [LEVELS]

makes FOLDER/config.toml, FOLDER/input/2013/plan.xlsx and FORMS forms of libraries in districts of twenty, with the
indicators of the example's plan that libraries can share, filled for January … September. Above the libraries are
LEVELS - 1 levels: districts; zones of five districts; one region. With more than two levels the libraries differ as
real ones do: each has its own pace and misses some of the indicators, some are late with September. Of libraries that
are all alike only the first hundred have figures of their own: the forms of the others are theirs under other names,
so that forty thousand are made in minutes.
"""

import random
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import cache, lru_cache, partial
from io import BytesIO
from itertools import islice
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from pipeline.domain.indicators import Indicators
from pipeline.domain.periods import MONTHS
from pipeline.domain.plan import Plan
from pipeline.domain.planned import planned_months
from pipeline.domain.submissions import Entry, Explanation, Identity, Submission
from pipeline.domain.targets import Target
from pipeline.domain.units import Unit, Units
from pipeline.forms.layout import form_file_name
from pipeline.forms.write import form_workbook
from pipeline.plan.read import read_plan
from pipeline.plan.write import plan_workbook
from pipeline.settings import Settings
from pipeline.sheets.book import open_book
from pipeline.words import Words
from pipeline.workbooks.files import write_whole

EXAMPLE = Path(__file__).parents[2] / "input" / "2013" / "plan.xlsx"
DISTRICT, ZONE = 20, 5
PLAIN = 2
"""Levels of a plan whose libraries are all alike."""
REPEATED = 100
FILLED = 9
CONFIG = 'language = "ru"\nexample = true\n\n[institution]\nname = "Библиотеки (пример)"\n'


@cache
def plan_of(forms: int, levels: int = PLAIN) -> Plan:
    """The example's sections and indicators, the libraries with targets for those that are entered and added up."""
    example, _ = read_plan(open_book(EXAMPLE, "plan.xlsx"))
    assert example is not None
    above = [Unit("R", "Область (пример)", kind="область")][: max(0, levels - 3)]
    region = above[0].code if above else None
    districts = [
        Unit(f"D{number:04d}", f"Район {number}", kind="район") for number in range(1, -(-forms // DISTRICT) + 1)
    ]
    if levels > PLAIN:
        zones = [
            Unit(f"Z{number}", f"Зона {number}", region, "зона") for number in range(1, -(-len(districts) // ZONE) + 1)
        ]
        districts = [replace(one, parent=zones[at // ZONE].code) for at, one in enumerate(districts)]
        above += zones
    libraries = [
        Unit(f"L{number:05d}", f"Библиотека {number}", districts[(number - 1) // DISTRICT].code, "библиотека")
        for number in range(1, forms + 1)
    ]
    indicators = tuple(replace(indicator, phasing="even") for indicator in example.indicators.members)
    entered = [
        indicator
        for indicator in indicators
        if indicator.relation != "ratio"
        and indicator.over_units != "none"
        and indicator.code not in example.indicators.parts
    ]
    chance = random.Random(forms)
    targets: list[Target] = []
    for at, library in enumerate(libraries):
        if levels == PLAIN and at >= REPEATED:
            first = at % REPEATED * len(entered)
            targets += [replace(one, unit=library.code) for one in targets[first : first + len(entered)]]
            continue
        given: dict[str, int] = {}
        for indicator in entered:
            whole = given.get(indicator.parent or "", 120)
            given[indicator.code] = (
                chance.randint(whole // 4, whole // 2) if indicator.relation else chance.randint(5, 60) * 12
            )
            if levels > PLAIN and not indicator.relation and chance.random() < 0.15:
                continue
            targets.append(Target(indicator.code, library.code, float(given[indicator.code])))
    units = Units((*above, *districts, *libraries), "Библиотеки области")
    return Plan(example.year, "Пример для измерений", units, example.sections, Indicators(indicators), tuple(targets))


def filled(plan: Plan, unit: str, levels: int = PLAIN) -> Submission:
    """January … September around the planned figures, with a cause wherever one could be asked for."""
    chance = random.Random(unit)
    pace, last = 1.0, FILLED
    if levels > PLAIN:
        pace, last = chance.uniform(0.65, 1.05), FILLED - (chance.random() < 0.06)
    entries: list[Entry] = []
    for indicator in plan.entered_by(unit):
        for month, figure in islice(zip(MONTHS, planned_months(plan, unit, indicator) or (), strict=True), last):
            # parts «of which» stay at the plan, so that none exceeds its whole
            share = 1.0 if indicator.relation == "of_which" else pace * chance.uniform(1.0, 1.15)
            entries.append(Entry(indicator.code, month, "actual", float(round(figure * share)), "", ""))
    cause = Words()("forms.cause.season")
    causes = tuple(
        Explanation(indicator.code, month, cause, "Вымышленное пояснение", "", "")
        for indicator in plan.entered_by(unit)[:3]
        for month in range(1, last + 1)
    )
    return Submission("", "", Identity(unit, plan.year, 1), tuple(entries), causes, ())


def write_form(folder: Path, forms: int, levels: int, unit: str) -> None:
    plan = plan_of(forms, levels)
    one, number = plan.units.by_code[unit], int(unit[1:])
    if levels == PLAIN and number > REPEATED:
        content = renamed(*first_form(forms, (number - 1) % REPEATED + 1), one)
    else:
        content = form_workbook(plan, unit, Settings(), Words(), filled(plan, unit, levels))
    place = folder / "input" / str(plan.year) / form_file_name(one)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)


@lru_cache(REPEATED)
def first_form(forms: int, number: int) -> tuple[Unit, dict[str, bytes]]:
    """One of the first libraries, and the parts of its form."""
    plan = plan_of(forms)
    unit = plan.units.by_code[f"L{number:05d}"]
    with ZipFile(BytesIO(form_workbook(plan, unit.code, Settings(), Words(), filled(plan, unit.code)))) as archive:
        return unit, {name: archive.read(name) for name in archive.namelist()}


def renamed(unit: Unit, parts: dict[str, bytes], other: Unit) -> bytes:
    """The unit's form as the other's."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            changed = part.replace(unit.title.encode(), other.title.encode())
            archive.writestr(ZipInfo(name), changed.replace(unit.code.encode(), other.code.encode()), ZIP_DEFLATED)
    return content.getvalue()


def generate(folder: Path, forms: int, levels: int = PLAIN) -> None:
    """Writes the folder's config, plan and forms, on all processors."""
    plan = plan_of(forms, levels)
    write_whole(folder / "config.toml", CONFIG.encode())
    write_whole(folder / "input" / str(plan.year) / "plan.xlsx", plan_workbook(plan, Words(), plan.year))
    libraries = [unit.code for unit in plan.units.members if unit.kind == "библиотека"]
    with ProcessPoolExecutor() as processes:
        list(processes.map(partial(write_form, folder, forms, levels), libraries, chunksize=50))


if __name__ == "__main__":
    generate(Path(sys.argv[1]), *map(int, sys.argv[2:]))
