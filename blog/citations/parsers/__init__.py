"""
Parse BibTeX, RIS and CSL-JSON to clean CSL-JSON.

A file is read whole or refused whole, with the line and the reason: half a bibliography that
looks complete is worse than none.
"""

import re
from collections.abc import Callable, Iterator
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.citations import normalise_doi
from blog.citations.keys import suggest_key, with_keys
from blog.citations.parsers.bibtex import read_bibtex
from blog.citations.parsers.csl_json import clean_csl, date_csl, read_csl, without_key
from blog.citations.parsers.ris import read_ris
from blog.exceptions import ReadError

__all__ = [
    "clean_csl",
    "date_csl",
    "normalise_doi",
    "read_references",
    "suggest_key",
    "without_key",
]

MAX_FILE_CHARS = 2_000_000  # some 4,000 records; BibTeX takes about 3 s for each million
MAX_RECORDS = 5_000

RIS_START = re.compile(r"^\s{0,3}TY  -", re.MULTILINE)
BIBTEX_START = re.compile(r"@\s*\w+\s*[{(]")


def read_references(text: str) -> list[dict]:
    """Return the references of a text in any of the three formats, each with a unique ``id``.

    Raises ``ReadError``, with the line where it is known, and nothing else.
    """
    if len(text) > MAX_FILE_CHARS:
        raise ReadError(_("This is too long for one list of references. Paste it in parts."))
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    records = list(islice(_reader(text)(text), MAX_RECORDS + 1))
    if not records:
        raise ReadError(_("There is no reference in this text. Check that you copied all of it."))
    if len(records) > MAX_RECORDS:
        raise ReadError(
            ngettext(
                "This list has more than %d reference. Paste it in parts.",
                "This list has more than %d references. Paste it in parts.",
                MAX_RECORDS,
            )
            % MAX_RECORDS
        )
    return with_keys(records)


def _reader(text: str) -> Callable[[str], Iterator[dict]]:
    if text.lstrip()[:1] in {"{", "["} and not text.lstrip().startswith("{\\rtf"):
        return read_csl
    if RIS_START.search(text):
        return read_ris
    if BIBTEX_START.search(text):
        return read_bibtex
    raise ReadError(
        _(
            "This is not BibTeX, RIS or CSL-JSON. Export your references in one of these formats "
            "and try again."
        )
    )
