"""
Parse BibTeX, RIS, CSL-JSON, PubMed and EndNote files to clean CSL-JSON.

A file is read whole or refused whole, with the line and the reason, unless the caller can say what
was not read: half a bibliography that looks complete is worse than none.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.citations import normalise_doi
from blog.citations.keys import suggest_key, with_keys
from blog.citations.parsers.bibtex import read_bibtex
from blog.citations.parsers.csl_json import clean_csl, date_csl, read_csl, without_key
from blog.citations.parsers.endnote import read_endnote
from blog.citations.parsers.nbib import read_nbib
from blog.citations.parsers.ris import read_ris
from blog.exceptions import ReadError

__all__ = [
    "clean_csl",
    "date_csl",
    "decode_file",
    "is_bibliography",
    "normalise_doi",
    "read_references",
    "suggest_key",
    "without_key",
]

MAX_FILE_CHARS = 2_000_000  # some 4,000 records; BibTeX takes about 3 s for each million
MAX_RECORDS = 5_000

# A Markdown link and a numbered line begin with a bracket too.
JSON_START = re.compile(
    r"\A\s*(?:\{\s*(?:[\"}]|\Z)|\[(?!\d{1,3}\]\s)\s*(?:[\[{\"\]]|\d+\s*[,\]]|null|true))"
)
# The first line that only a file of a format has.
FORMATS: tuple[tuple[re.Pattern, Callable[..., Iterator[dict]]], ...] = (
    (JSON_START, read_csl),
    (re.compile(r"^\s{0,3}TY {1,2}-", re.MULTILINE), read_ris),
    (re.compile(r"\A\s*PMID *- ?\d", re.MULTILINE), read_nbib),
    (re.compile(r"\A\s*%0 \w"), read_endnote),
    (re.compile(r"^[^\S\n]*@\s*\w+\s*[{(]", re.MULTILINE), read_bibtex),
)
BIBTEX_INSIDE = re.compile(r"@\s*\w+\s*[{(]")
FORGIVING = (read_bibtex, read_ris)  # these can go on after an entry that they cannot read
# Exports of programs that are known and not read, by their first line.
OTHERS = (
    (
        "Web of Science",
        re.compile(r"\A\s*(?:FN (?:Clarivate|Thomson|ISI)|PT [JBSPC]\s+AU |PT\tAU)"),
    ),
    ("XML", re.compile(r"\A\s*<(?:\?xml|xml>|modsCollection|PubmedArticleSet)")),
    ("RefWorks", re.compile(r"\A\s*RT (?:Journal|Book|Generic|Web|Dissertation|Conference)")),
    ("CSL-YAML", re.compile(r"\A\s*(?:---\s+)?(?:references:\s+)?- (?:id|type): ")),
    ("PDF", re.compile(r"\A%PDF-")),
    ("RTF", re.compile(r"\A\{\\rtf")),
)


def read_references(text: str, unread: list[str] | None = None) -> list[dict]:
    """Return the references of a text in any of the formats, each with a unique ``id``.

    An entry that is there twice, with the same key and values, is one reference. The text of an
    entry that cannot be read goes into ``unread`` if there is such a list and another entry is
    read. Raises ``ReadError``, with the line where it is known, and nothing else.
    """
    if len(text) > MAX_FILE_CHARS:
        raise ReadError(_("This is too long for one list of references. Paste it in parts."))
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    reader = _reader(text)
    found = reader(text, unread) if reader in FORGIVING else reader(text)
    records = list(islice(found, MAX_RECORDS + 1))
    if unread and not records:
        unread.clear()
        records = list(reader(text))  # which says why
    if not records:
        raise ReadError(_("We found no reference in this text. Check that you copied all of it."))
    if len(records) > MAX_RECORDS:
        raise ReadError(
            ngettext(
                "This list has more than %d reference. Paste it in parts.",
                "This list has more than %d references. Paste it in parts.",
                MAX_RECORDS,
            )
            % MAX_RECORDS
        )
    return with_keys(_without_repetition(records))


def is_bibliography(text: str) -> bool:
    """Return whether a text is a file of references, also of a program that is not read."""
    return any(sign.search(text) for sign, _read in FORMATS) or bool(_other_program(text))


def decode_file(data: bytes) -> str:
    """Return a file's text: UTF-8, UTF-16 with its mark, or Windows’ own of old programs."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _without_repetition(records: list[dict]) -> list[dict]:
    """Return each record once: two files put together have some entries twice."""
    return list({json.dumps(record, sort_keys=True): record for record in records}.values())


def _reader(text: str) -> Callable[..., Iterator[dict]]:
    if program := _other_program(text):
        raise ReadError(
            _(
                "We can’t read files in this format: %(program)s. Export your references as BibTeX "
                "or RIS and paste that file."
            )
            % {"program": program}
        )
    reader = next((read for sign, read in FORMATS if sign.search(text)), None)
    if reader is None and BIBTEX_INSIDE.search(text):
        reader = read_bibtex
    if reader is None:
        raise ReadError(
            _(
                "This is not BibTeX, RIS, CSL-JSON, PubMed or EndNote. Export your references in "
                "one of these formats and try again."
            )
        )
    return reader


def _other_program(text: str) -> str:
    return next((name for name, sign in OTHERS if sign.match(text)), "")
