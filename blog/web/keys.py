"""Primary keys, as forms and addresses send them."""

import re

KEY = re.compile(r"[1-9][0-9]{0,17}")


def read_key(value: str | None) -> int | None:
    """Return a row's key, or None for what cannot be one: too long, signed, not ASCII digits."""
    return int(value) if value and KEY.fullmatch(value) else None
