"""
Read one identifier of a work: a DOI, an arXiv or SSRN number, an ISBN or an address.

People copy them with the signs around them: brackets, quotation marks, a label, a Markdown link. A
number that no registry here can look up is refused in words, as it would else become a title.
"""

import re
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from blog.citations.csl.doi import NO_WIDTH, normalise_doi, plain_identifier
from blog.citations.parsers.reference_line import has_shortened_address, read_reference
from blog.citations.parsers.reference_line.dates import DATED
from blog.exceptions import ReadError
from blog.lookup.registries import is_on

MAX_IDENTIFIER_CHARS = 2_000
MAX_WRAPPERS = 6
MIN_TITLE_WORDS = 3  # behind the year of what is a reference, and no citation
ISBN_CHARS, OLD_ISBN_CHARS = 13, 10

PAIRS = ("<>", "()", "[]", "{}", '""', "“”", "''", "‘’", "„“", "«»", "‹›", "``", "**", "__", "｟｠")
BULLET = re.compile(r"^(?:[-*+•–·]|\d{1,3}[.)]|\[\d{1,3}\])\s+(?=\S)")
LABEL = re.compile(r"^(?:URL|Link|Source|Available (?:at|from)|See|Retrieved from)\s*:?\s+", re.I)
MARKDOWN = re.compile(r"!?\[(?P<words>[^\[\]]*)\]\(\s*<?(?P<address>\S+?)>?(?:\s+\"[^\"]*\")?\s*\)")
ANCHOR = re.compile(
    r"<a\s[^<>]*?href=[\"']?(?P<address>[^\"'\s<>]+)[^<>]*>(?P<words>.*)</a>", re.I | re.DOTALL
)

ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s.]\S*|[\w-]+(?:\.[\w-]+)+/\S*|(?-i:[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,12})",
    re.IGNORECASE,
)
FILE = re.compile(
    r"[^/]+\.(?:bib|csv|docx?|epub|gif|html?|jpe?g|json|md|nbib|odt|pdf|png|pptx?|py|ris|rtf|txt|"
    r"xlsx?|xml|zip)",
    re.IGNORECASE,
)
# A label and an address may both be there: “DOI: https://doi.org/10.1234/abc”.
BARE_DOI = re.compile(
    r"(?:(?:doi|digital object identifier)(?: (?:link|URL))?[\s:=]*)?"
    r"(?:(?:https?:\s*//\s*)?(?:(?:dx|www)\.)?doi\.org\s*/|info:doi/|urn:doi:)?(?:\s*doi)?[\s:=]*"
    r"(?P<doi>10\.\d{4,9}/\s*\S.*)",
    re.IGNORECASE | re.DOTALL,
)
# A DOI may have these signs in it, but none has another DOI behind one.
NEXT_DOI = re.compile(
    r"[,;|]\s*(?:doi:?\s*)?(?:(?:https?://)?(?:(?:dx|www)\.)?doi\.org/|info:doi/|urn:doi:)?"
    r"10\.\d{4,9}/\S",
    re.IGNORECASE,
)
ARXIV_ID = r"(?:\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]{2,12}(?:\.[a-z]{2})?/\d{7})"
ARXIV = re.compile(
    rf"(?:arxiv:?\s*|(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf|html)/)?({ARXIV_ID})(?:v\d+)?"
    r"(?:\.pdf)?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
SSRN = re.compile(
    r"(?:SSRN:?\s*|https?://(?:papers\.)?ssrn\.com/\S*?(?:abstract(?:_id)?=|abstract/))(\d{5,8})\b\S*",
    re.IGNORECASE,
)
ISBN = re.compile(
    r"(?:urn:isbn:|(?:e-?|p-?)?ISBN(?:[- ]?1[03])?\s*:?\s*)?(?P<number>(?:\d[\s-]?){9,12}[\dX])"
    r"(?:\s*[(\[][^()\[\]]{1,40}[)\]]|[\s:;,]*(?:pbk|hbk|paperback|hardcover|hardback|cloth|e-?book|"
    r"electronic|print|epub|pdf)\b.{0,30})?(?:\s*[:,;]?\s*(?:[£€$¥]|USD|EUR|GBP)\s?\d+(?:[.,]\d\d)?)?",
    re.IGNORECASE,
)
DOI_INSIDE = re.compile(r"(?<![\w.])10\.\d{4,9}/[^\s<>\"]{1,300}")
ISBN_INSIDE = re.compile(r"\bISBN(?:[- ]?1[03])?\s?:?\s?((?:\d[ -]?){9,12}[\dX])", re.IGNORECASE)
MAX_WORDS_CHARS = 4_000
NUMBERS = (
    ("PubMed", re.compile(r"(?:PMID|PubMed(?: ID)?)\s*:?\s*\d{1,9}", re.I)),
    ("PubMed Central", re.compile(r"(?:PMCID\s*:?\s*)?PMC\s?\d{3,9}(?:\.\d)?", re.I)),
    ("ISSN", re.compile(r"(?:(?:[ep]-?)?ISSN(?:-L)?\s*:?\s*)?\d{4}-\d{3}[\dX]", re.I)),
    ("ERIC", re.compile(r"(?:ERIC(?: Number)?\s*:?\s*)?(?:ED|EJ)\d{6,7}", re.I)),
    (
        "OCLC",
        re.compile(r"(?:OCLC(?: (?:No|Number))?\.?|\(OCoLC\))\s*:?\s*(?:oc[mn])?\d{5,12}", re.I),
    ),
    ("LCCN", re.compile(r"LCCN\s*:?\s*[\w-]{6,12}", re.I)),
    ("Semantic Scholar", re.compile(r"(?:S2CID|CorpusID)\s*:?\s*\d{4,12}", re.I)),
    ("Scopus", re.compile(r"2-s2\.0-\d{8,12}")),
    ("Web of Science", re.compile(r"(?:WOS|UT)\s*:\s*\w{10,20}", re.I)),
    ("HAL", re.compile(r"(?:hal|halshs|tel|inria)-\d{6,9}(?:v\d+)?", re.I)),
    ("JSTOR", re.compile(r"JSTOR\s*:?\s*\d{4,12}", re.I)),
    ("ADS", re.compile(r"(?:1[89]|20)\d\d[A-Za-z&.]{5}[\w.]{9}[A-Z]")),
)


class Kind(Enum):
    """A kind of pasted text."""

    DOI = "doi"
    ADDRESS = "address"
    ISBN = "isbn"
    BIBLIOGRAPHY = "bibliography"
    LINES = "lines"
    SEVERAL = "several"


@dataclass(frozen=True)
class Identifier:
    """A DOI, an ISBN of ten or thirteen digits, or an address with its scheme."""

    kind: Kind
    value: str


def read_identifier(text: str) -> Identifier | None:
    """Return the identifier that a text is, None if it is something else.

    Raises ``ReadError`` for an ISBN with a wrong digit, and for numbers that cannot be looked up.
    """
    if len(text) > MAX_IDENTIFIER_CHARS:
        return None
    bare = _unwrapped(NO_WIDTH.sub("", text))
    if " " not in bare and has_shortened_address(bare):
        raise ReadError(
            _("This address is cut off. Copy all of it, without the dots, and try again.")
        )
    plain = " ".join(plain_identifier(bare).split())
    if NEXT_DOI.search(plain):
        return None
    if found := ARXIV.fullmatch(plain):
        return Identifier(Kind.DOI, f"10.48550/arxiv.{found[1].lower()}")
    if found := SSRN.fullmatch(plain):
        return Identifier(Kind.DOI, f"10.2139/ssrn.{found[1]}")
    if (found := BARE_DOI.fullmatch(plain)) and (doi := _whole_doi(found["doi"], plain)):
        return Identifier(Kind.DOI, doi)
    if ADDRESS.fullmatch(bare) and ("/" in bare or not FILE.fullmatch(bare)):
        return _address(bare)
    if found := ISBN.fullmatch(plain):
        return Identifier(Kind.ISBN, _isbn(found["number"]))
    for name, pattern in NUMBERS:
        if pattern.fullmatch(plain):
            raise ReadError(_advice_on_number() % {"name": name, "number": plain})
    return None


def identifiers_inside(words: str) -> list[Identifier]:
    """Return the DOIs in a line of other words, or else the ISBNs after that word, each once."""
    plain = NO_WIDTH.sub("", words[:MAX_WORDS_CHARS])
    found = (one[0] for one in DOI_INSIDE.finditer(plain) if not has_shortened_address(one[0]))
    dois = (normalise_doi(doi.rstrip(".,;:)]>”\"'")) for doi in found)
    named = [Identifier(Kind.DOI, doi) for doi in dois if doi]
    if not named:
        digits = (re.sub(r"[^\dX]", "", found[1].upper()) for found in ISBN_INSIDE.finditer(plain))
        named = [Identifier(Kind.ISBN, isbn) for isbn in digits if is_isbn(isbn)]
    return list(dict.fromkeys(named))


def is_isbn(digits: str) -> bool:
    """Return whether ten or thirteen characters are an ISBN by its check digit (ISO 2108)."""
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if sign == "X" else int(sign) for sign in digits]
        return sum(v * weight for v, weight in zip(values, range(10, 0, -1), strict=True)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(sign) * (3 if n % 2 else 1) for n, sign in enumerate(digits)) % 10 == 0
    return False


def same_book(isbn: str) -> str:
    """Return the twelve digits by which the old and the new ISBN of a book are one (ISO 2108).

    Hyphens do not matter. An old one begins with 978; another book may have its digits behind 979.
    Returns "" for a text that is no ISBN by its length.
    """
    digits = re.sub(r"[^\dX]", "", isbn.upper(), flags=re.ASCII)
    if len(digits) == OLD_ISBN_CHARS:
        return f"978{digits[:-1]}"
    return digits[:-1] if len(digits) == ISBN_CHARS else ""


def _unwrapped(text: str) -> str:
    """Return a text without the bullet, label, link, brackets and quotation marks around it."""
    text = text.strip()
    for _count in range(MAX_WRAPPERS):
        before = text
        link = MARKDOWN.fullmatch(text) or ANCHOR.fullmatch(text)
        if link and not _is_reference(link["words"]):
            text = link["address"]
        text = LABEL.sub("", BULLET.sub("", text)).strip()
        for pair in PAIRS:
            if len(text) > 2 and text[0] + text[-1] == pair:
                text = text[1:-1].strip()
        if text[-1:] in {".", ",", ";"} and not text.endswith("..."):
            text = text[:-1].rstrip()
        if text == before:
            break
    return text


def _is_reference(words: str) -> bool:
    """Return whether the words of a link say more of a work than the address it leads to."""
    dated = DATED.search(words)
    if dated and len(words[dated.end() :].split()) >= MIN_TITLE_WORDS:
        return True
    return bool(read_reference(words))


def _whole_doi(text: str, pasted: str) -> str:
    """Return a DOI, also one that is broken over lines; "" for a DOI with other words behind it.

    ``10.1016/j.chb. 2019.07.016`` breaks beside a sign of its own.
    """
    pieces = text.split()
    if len(pieces) == 1:
        return normalise_doi(pieces[0] if " " in pasted else pasted)
    joined = pieces[0]
    for piece in pieces[1:]:
        is_broken = joined[-1] in "-./_:(" or piece[0] in "-./_:)"
        if re.match(r"10\.\d{4,9}/|https?:", piece) or not (is_broken and len(pieces) <= 3):
            return ""
        joined += piece
    return normalise_doi(joined)


def _address(address: str) -> Identifier:
    for opening, closing in ("()", "[]"):
        while address.endswith(closing) and address.count(closing) > address.count(opening):
            address = address[:-1].rstrip(".,;")
    if doi := normalise_doi(address):
        return Identifier(Kind.DOI, doi)
    return Identifier(Kind.ADDRESS, address if "://" in address else f"https://{address}")


def _advice_on_number() -> str:
    if is_on():
        return _(
            "This site can’t look up %(name)s numbers, such as “%(number)s”. Paste the DOI of the "
            "work, or type it in."
        )
    return _("This site can’t look up %(name)s numbers, such as “%(number)s”. Type the work in.")


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
