"""A call of the system that fails once, in its turn."""

from collections.abc import Callable
from typing import Any


def failing_once(real: Callable[..., Any]) -> tuple[Callable[..., Any], list[int]]:
    """What does as `real` does, save the call that comes when the one number, set by the caller, has been counted down
    to 0: then there is no room."""
    left = [0]

    def failing(*arguments: object, **named: object) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise OSError(28, "No space left on device")
        return real(*arguments, **named)

    return failing, left
