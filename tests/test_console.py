"""Consoles of every kind show every text: as it is, or with sensible substitutes."""

import os
import subprocess
import sys

import pytest

from pipeline.console import substitute

LINE = "● Отчёт — «сводка»: 81\u00a0%, №\u00a01 … −5 ▲"


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", LINE),
        ("cp1251", "* Отчёт — «сводка»: 81\u00a0%, №\u00a01 … -5 ^"),
        ("cp866", '* Отчёт - "сводка": 81\u00a0%, №\u00a01 ... -5 ^'),
        ("koi8-r", '* Отчёт - "сводка": 81\u00a0%, No\u00a01 ... -5 ^'),
        ("ascii", '* Otchyot - "svodka": 81 %, No 1 ... -5 ^'),
        ("cp1252", "* Otchyot — «svodka»: 81\u00a0%, No\u00a01 … -5 ^"),
    ],
)
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_a_console_shows_what_it_can(encoding: str, shown: str, stream: str) -> None:
    script = (
        "import sys, click; from pipeline.console import adapt_streams; adapt_streams(); "
        f"click.echo({LINE!r}, err={stream == 'stderr'}); print('ё', file=sys.{stream})"
    )
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=environment, check=True)
    text = (done.stderr if stream == "stderr" else done.stdout).decode(encoding)
    assert text.splitlines() == [shown, "ё" if "ё" in shown else "yo"]


@pytest.mark.parametrize(("character", "shown"), [("Щ", "Shch"), ("ь", ""), ("½", "?"), ("漢", "?"), ("ﬁ", "fi")])
def test_any_character_has_a_substitute(character: str, shown: str) -> None:
    assert substitute(character, "ascii") == shown
