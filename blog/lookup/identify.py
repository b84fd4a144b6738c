"""
Identify a pasted text: a DOI, an address, an ISBN, a bibliography, or lines of a list.

Pure: no service is asked, so this works while all of them are down.
"""

import re
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from blog.citations.parsers import normalise_doi, read_references
from blog.citations.parsers.reference_line import read_apa, split_references
from blog.exceptions import ReadError

MAX_TEXT_CHARS = 200_000
BIBLIOGRAPHY = re.compile(r"^\s{0,3}TY  -|^\s*@\s*\w+\s*[{(]", re.MULTILINE)
NUMBERED = re.compile(r"\[\d{1,3}\]\s")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+/\S*", re.IGNORECASE)
BARE_DOI = re.compile(r"(?:doi|digital object identifier)?\s*:?\s*10\.\d{4,9}/\S+", re.IGNORECASE)
ARXIV = re.compile(r"(?:https?://)?arxiv\.org/(?:abs|pdf)/([\w./-]+?)(?:v\d+)?(?:\.pdf)?", re.I)
ISBN = re.compile(r"(?:ISBN(?:[- ]?1[03])?:?\s*)?((?:\d[\s\u2010-\u2015-]?){9,12}[\dX])", re.I)


class Kind(Enum):
    """A kind of pasted text."""

    DOI = "doi"
    ADDRESS = "address"
    ISBN = "isbn"
    BIBLIOGRAPHY = "bibliography"
    LINES = "lines"


@dataclass(frozen=True)
class Pasted:
    """A pasted text by kind.

    ``value`` is the DOI, address or ISBN; ``records`` is the CSL-JSON of a bibliography or of the
    ``lines`` of a list.
    """

    kind: Kind
    value: str = ""
    records: tuple[dict, ...] = ()
    lines: tuple[str, ...] = ()


def identify(text: str) -> Pasted:
    """Identify a pasted text. Raises ``ReadError``, with the line where it is known."""
    if len(text) > MAX_TEXT_CHARS:
        raise ReadError(_("This is too long for one list of references. Paste it in parts."))
    text = text.replace("\x00", "").strip("\ufeff \t\r\n")
    if not text:
        raise ReadError(_("There is no text here. Paste a reference, a DOI, a link or an ISBN."))
    if _is_bibliography(text):
        return Pasted(Kind.BIBLIOGRAPHY, records=tuple(read_references(text)))
    if number := ISBN.fullmatch(text):
        return Pasted(Kind.ISBN, _isbn(number[1]))
    if found := ARXIV.fullmatch(text):
        return Pasted(Kind.DOI, f"10.48550/arxiv.{found[1].lower()}")
    is_address = ADDRESS.fullmatch(text) is not None
    if (is_address or BARE_DOI.fullmatch(text)) and (doi := normalise_doi(text)):
        return Pasted(Kind.DOI, _without_view(doi) if is_address else doi)
    if is_address:
        return Pasted(Kind.ADDRESS, text if "://" in text else f"https://{text}")
    lines = tuple(split_references(text))
    if not lines:
        raise ReadError(_("There is no reference in this text. Check that you copied all of it."))
    records = tuple(read_apa(line) for line in lines)
    return Pasted(Kind.LINES, records=records, lines=lines)


def is_isbn(digits: str) -> bool:
    """Return whether ten or thirteen characters are an ISBN by its check digit (ISO 2108)."""
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if sign == "X" else int(sign) for sign in digits]
        return sum(v * weight for v, weight in zip(values, range(10, 0, -1), strict=True)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(sign) * (3 if n % 2 else 1) for n, sign in enumerate(digits)) % 10 == 0
    return False


def _isbn(number: str) -> str:
    digits = re.sub(r"[^\dX]", "", number.upper())
    if not is_isbn(digits):
        raise ReadError(
            _(
                "This looks like an ISBN, but a digit is wrong or missing. "
                "Check the number and try again."
            )
        )
    return digits


def _is_bibliography(text: str) -> bool:
    starts = text[0] in "{[" and not NUMBERED.match(text) and not text.startswith("{\\rtf")
    return starts or BIBLIOGRAPHY.search(text) is not None


def _without_view(doi: str) -> str:
    """Return a DOI without the suffix that a publisher's page adds to it in its address."""
    doi = re.sub(r"[?#].*$", "", doi)
    return re.sub(r"/(?:full|abstract|pdf|epub|html|meta|summary|full/html)$", "", doi)
