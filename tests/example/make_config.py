"""The example's settings: the template that `run-report init` leaves, filled → config.toml.

    python -m tests.example.make_config

rewrites the file; test_init.py proves that it is what comes out.
"""

from pathlib import Path

from pipeline.run.config_text import config_text
from pipeline.workbooks.files import write_whole

CONFIG = Path(__file__).parents[2] / "config.toml"


def config_bytes() -> bytes:
    """The file as it is committed."""
    names = {
        "name": "Областная универсальная научная библиотека",
        "department": "Отдел координации деятельности библиотек области",
        "head": "Заведующий отделом",
        "addressee": "Директору областной универсальной научной библиотеки",
    }
    return config_text("ru", {"": {"example": True}, "institution": names}).encode()


if __name__ == "__main__":
    write_whole(CONFIG, config_bytes())
