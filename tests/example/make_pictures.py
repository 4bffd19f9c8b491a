"""The pictures of the documents, from the example's real workbooks through LibreOffice and pdftoppm (poppler-utils).

run-report && python -m tests.example.make_pictures
"""

import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
PAGES = {"summary": (ROOT / "output" / "2013-09" / "report.xlsx", 1)}
"""Picture → its workbook and the printed page."""
RUSSIAN = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>ru-RU</value></prop>
</item>
</oor:items>"""
"""LibreOffice's settings for Russian numbers: «1 323», as the readers see them."""


def make(name: str, workbook: Path, page: int) -> None:
    """Writes docs/pictures/<name>.png, the workbook's page as it prints."""
    with tempfile.TemporaryDirectory() as folder:
        user = Path(folder, "profile", "user")
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(RUSSIAN, encoding="utf-8")
        office = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
        subprocess.run([*office, "--outdir", folder, str(workbook)], check=True, capture_output=True)
        pages = ["-f", str(page), "-l", str(page), "-r", "110", "-png", "-singlefile"]
        pdf = Path(folder, workbook.stem).with_suffix(".pdf")
        subprocess.run(["pdftoppm", *pages, str(pdf), str(PICTURES / name)], check=True)


if __name__ == "__main__":
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, (workbook, page) in PAGES.items():
        make(name, workbook, page)
