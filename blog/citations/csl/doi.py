"""Digital object identifiers, however they are written."""

import html
import re
import unicodedata
from urllib.parse import unquote

# Registrants may use brackets < > in the oldest ones, in pairs around a number, so that a tag in
# pasted HTML ends the identifier.
PATTERN = re.compile(
    r"10\.\d{4,9}/(?:[^\s\"<>“”„«»‹›「」『』、。|`]|<\d[^\s\"<>]{0,80}>(?=\d))+", re.ASCII
)
# What PDF files and pages put in the place of a hyphen or a slash, and what has no width.
HYPHENS = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
SLASHES = re.compile("[\u2044\u2215\u29f8]")
NO_WIDTH = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufe0f]")
PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
ADDRESS = re.compile(r"\b(?:https?://|www\.|doi\.org/)\S*", re.IGNORECASE)
# A link in Markdown, or an address that is glued to a DOI: neither is in one.
BEHIND = re.compile(r"\]\(|https?:/", re.IGNORECASE)
QUERY = re.compile(r"[?#].*$|&[A-Za-z_]{2,20}=.*$")
# The pages of a work on the site of its publisher.
VIEW = re.compile(
    r"/(?:e?pdf|pdfdirect|full|full-text|fulltext|abstract|epub|html|meta|summary|references|"
    r"citations|download)$",
    re.IGNORECASE,
)
FILE = re.compile(
    r"(?:\.(?:full|abstract|long|short|full-text)(?:\.pdf)?(?:\+html)?|\.pdf|\.html?)$",
    re.IGNORECASE,
)
# bioRxiv and medRxiv number the versions of a preprint, which all have one DOI.
VERSION = re.compile(r"(10\.(?:1101|64898)/.+)v\d{1,2}")
MAX_TEXT_CHARS = 2_000
UNSAFE = str.maketrans({"#": "%23", "%": "%25", "<": "%3C", ">": "%3E", "?": "%3F"})


def normalise_doi(text: str) -> str:
    """Return the DOI in a text, a ``doi:`` or an address; "" if there is none.

    In lower case, as DOIs are compared without case, and without the punctuation of the sentence
    around it. An address loses its percent signs and what a publisher's page adds to the DOI.
    """
    text = plain_identifier(html.unescape(text[:MAX_TEXT_CHARS]))
    address = ADDRESS.search(text)
    if address:
        text = _addressed(address[0])
    elif "%2f" in text.lower():
        text = unquote(text)
    match = PATTERN.search(text)
    if not match:
        return ""
    doi = _ended(BEHIND.split(match[0], maxsplit=1)[0])
    if address:
        doi = _without_view(doi, is_resolver="doi.org/" in address[0].lower())
    version = VERSION.fullmatch(doi.lower())
    return version[1] if version else doi.lower()


def plain_identifier(text: str) -> str:
    """Return a text with plain signs in place of those that only look like them.

    Digits and letters of full width, hyphens and slashes of typesetting, ligatures; signs without
    width go.
    """
    text = NO_WIDTH.sub("", unicodedata.normalize("NFKC", text))
    return SLASHES.sub("/", HYPHENS.sub("-", text))


def doi_address(doi: str) -> str:
    """Return the doi.org address of a DOI, with the characters escaped that would end it."""
    return f"https://doi.org/{doi.translate(UNSAFE)}"


def _addressed(address: str) -> str:
    """Return an address without what follows its DOI as a query, and without percent signs."""
    is_cut = False
    for _ in range(3):  # an address that was pasted into an address is escaped twice
        found = PATTERN.search(address)
        if found and not is_cut:
            address = address[: found.start()] + QUERY.sub("", address[found.start() :])
            is_cut = True
        if not PERCENT.search(address):
            break
        address = unquote(address)
    return address


def _ended(doi: str) -> str:
    """Return a DOI without the punctuation after it, and brackets that it does not open."""
    signs = ".,;:'’‘”]}*_~\\"
    doi = doi.rstrip(signs)
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(signs)
    return doi


def _without_view(doi: str, *, is_resolver: bool) -> str:
    """Return a DOI without the end of a page’s address; doi.org adds no names of files."""
    doi = VIEW.sub("", VIEW.sub("", doi))  # /full/html
    return doi if is_resolver else FILE.sub("", doi)
