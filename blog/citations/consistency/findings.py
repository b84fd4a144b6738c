"""Findings of a consistency check."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A way in which a text and its references disagree."""

    NOT_IN_REFERENCES = "not_in_references"  # the text cites `snippet`, and there is no such work
    NOT_EXACT = "not_exact"  # `snippet` may mean the one of the `candidates`, which is not listed
    SEVERAL = "several"  # `snippet` fits each of the `candidates`, so none is listed
    NOT_CITED = "not_cited"  # `snippet` is only in the references, or only in the typed list
    TWO_NAMES = "two_names"  # the text calls one work `snippet` and `other`
    TWO_ENTRIES = "two_entries"  # the references `snippet` and `other` look like one work
    OTHER_YEAR = "other_year"  # the text has `snippet`, the references have `other`
    NO_LOCATOR = "no_locator"  # the words `snippet` are quoted without a page
    LONG_QUOTATION = "long_quotation"  # `snippet` begins 40 words or more in quotation marks


@dataclass(frozen=True)
class Candidate:
    """A reference that a citation may mean, with what tells it from another."""

    key: str
    label: str
    title: str


@dataclass(frozen=True)
class Finding:
    """One thing to look at; ``paragraph`` is None for text outside the numbered paragraphs.

    ``candidates`` are the references that a citation typed by hand may mean: one click can link it.
    ``is_of_typed_list`` says that it is about an entry of the list typed under the text, which is
    none of the post's references.
    """

    kind: Kind
    snippet: str
    other: str = ""
    paragraph: int | None = None
    candidates: tuple[Candidate, ...] = ()
    is_of_typed_list: bool = False
