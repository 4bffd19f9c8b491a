"""The states of activities as they are shown: by symbol, word and colour."""

from pipeline.domain.status import Status
from pipeline.words import NO_BREAK, Words

STATES: dict[str, tuple[str, Status]] = {
    "overdue": ("◆", "behind"),
    "due": ("▲", "risk"),
    "coming": ("○", "none"),
    "unread": ("?", "risk"),
    "moved": ("→", "risk"),
    "standing": ("–", "none"),
    "kept": ("∞", "norm"),
    "late": ("■", "norm"),
    "done": ("●", "norm"),
    "cancelled": ("×", "none"),
}
"""State of an activity → its symbol and whose colours it has, in the order of the list."""


def state_text(state: str, words: Words) -> str:
    """«◆ просрочено»."""
    return f"{STATES[state][0]}{NO_BREAK}{words(f'report.activities.state.{state}')}"
