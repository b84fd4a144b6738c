"""What a check can find."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What does not agree."""

    NOT_ON_SHELF = "not_on_shelf"  # cited in the text as `snippet`, but no such work
    NOT_CITED = "not_cited"  # `snippet` is on the shelf or in the typed list only
    TWO_NAMES = "two_names"  # one work is called `snippet` here and `other` there
    TWO_ENTRIES = "two_entries"  # `snippet` and `other` on the shelf look like one work
    OTHER_YEAR = "other_year"  # the text says `snippet`, the shelf `other`
    NO_LOCATOR = "no_locator"  # the words `snippet` are quoted without saying where they stand
    LONG_QUOTATION = "long_quotation"  # `snippet` begins 40 words or more in quotation marks


@dataclass(frozen=True)
class Finding:
    """One thing to look at. ``paragraph`` is None for what is not in a numbered paragraph."""

    kind: Kind
    snippet: str
    other: str = ""
    paragraph: int | None = None
