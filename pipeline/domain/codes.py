"""Codes as people type them: small letters, and Cyrillic ones that look like Latin ones, make no other code."""

_LOOKALIKES = str.maketrans("АВЕКМНОРСТУХ", "ABEKMHOPCTYX")


def folded(code: str) -> str:
    """A code as it is compared."""
    return code.upper().translate(_LOOKALIKES)
