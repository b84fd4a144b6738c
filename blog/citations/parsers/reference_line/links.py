"""The end of a reference: its address, its DOI, its numbers, and the day somebody looked."""

import re

from blog.citations.csl.dates import read_date
from blog.citations.csl.doi import normalise_doi
from blog.citations.parsers.csl_json import date_csl

ANGLES = re.compile(r"<(?P<address>(?:https?://|www\.|doi:)[^<>\s]+)>", re.IGNORECASE)
BROKEN = re.compile(r"(https?://|\bdoi\.org/|\bdoi:|10\.\d{4,9}/)\s+(?=\S+\s*$)", re.IGNORECASE)
# A label, an address or both may stand before a DOI: “DOI: https://doi.org/10.1234/abc”.
HOST = r"(?:https?:\s*//\s*)?(?:(?:dx|www)\.)?doi\.org\s*[/:]\s*|info:doi/|urn:doi:"
LABELLED = re.compile(
    r"(?<![^\s\[(<])"
    r"(?:(?:doi|digital object identifier)(?: (?:link|url|number|no\.))?\s*[:=-]?\s*[<(\[]?"
    rf"(?:{HOST})?|{HOST})(?:doi:\s*)?(?=10\.\d{{4,9}}/)",
    re.IGNORECASE,
)
# In the languages whose manuals follow APA’s.
LOOKED = (
    r"(?:Retrieved|Accessed|Viewed|Abgerufen|Acesso|Consultado|Consulté|Récupéré|Recuperado"
    r"|Geraadpleegd|Hämtad)(?:\s+(?:on|am|el|em|il|le|op|den))?"
)
FROM = r"(?:from|von|sur|de|do|da|van|från)"
DAY = r"[\w ,./-]"
SEEN = re.compile(
    rf"\s*[\[(]?\b(?:Last\s+)?(?:{LOOKED}|on):?\s+(?P<day>{DAY}{{4,32}}\d)[\])]?\.?\s*$",
    re.IGNORECASE,
)
DOI = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:?)?(?P<doi>10\.\d{4,9}/\S+)", re.I)
URL = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
NUMBERS = re.compile(r"\s*\b(?P<name>PMID|PMCID):?\s*(?P<number>(?:PMC)?\d{1,9})\s*[.;]?$", re.I)
ISBN_LABEL = r"\b(?:[ep]-?)?ISBN(?:[- ]?1[03](?=[\s:]))?(?:\s*[:=])?\s*(?=\d)"
ISBN = re.compile(
    rf"[.,;]?\s*(?P<bracket>[(\[])?{ISBN_LABEL}(?P<number>[\d -]{{8,16}}[\dX])"
    r"(?(bracket)[)\]])\s*\.?$",
    re.IGNORECASE,
)
LEAD = re.compile(
    r"\s*(?:\[Online\]\.?\s*)?"
    r"\b(?:Available(?: online)?(?: (?:at|from))?|URL|Link|DOI|from|At)\s*:?$"
    r"|\s*\[Online\]\.?$",
    re.IGNORECASE,
)
RETRIEVED = re.compile(
    rf"[\[(]?\b{LOOKED}(?:\s+(?P<date>{DAY}{{4,32}}?))?(?:,?\s+{FROM})?"
    r"(?:\s+(?P<site>[A-Z][^.:]{1,80}?)(?:\s+web ?site)?(?=:))?[:.,]?[\])]?\s*$",
    re.IGNORECASE,
)
ORIGINAL = re.compile(r"\s*\(Original work published (?P<date>[^()]{4,20})\)\.?\s*$", re.IGNORECASE)
MAX_LINKS = 3


def split_links(text: str) -> tuple[str, dict]:
    """Return a line without the addresses at its end, and the CSL fields that they give."""
    record: dict = {}
    text = ANGLES.sub(lambda m: m["address"], text)
    if original := ORIGINAL.search(text):
        record["original-date"] = date_csl(read_date(original["date"]))
        text = text[: original.start()].rstrip()
    text = BROKEN.sub(r"\1", LABELLED.sub("https://doi.org/", text))
    for _ in range(MAX_LINKS):
        before, found = _last_link(text)
        if any(record.get(name, value) != value for name, value in found.items()):
            break  # an entry has one address; a second one stays with its words
        if not found:
            break
        record = found | record
        text = before
    if retrieved := RETRIEVED.search(text):
        if day := date_csl(read_date(retrieved["date"] or "")):
            record.setdefault("accessed", day)
        text = f"{text[: retrieved.start()].rstrip()} {retrieved['site'] or ''}".rstrip()
    return text, record


def _last_link(text: str) -> tuple[str, dict]:
    """Return a text without the address or number at its end, and what it was."""
    if number := NUMBERS.search(text):
        return text[: number.start()].rstrip(" ;,"), {number["name"].upper(): number["number"]}
    if isbn := ISBN.search(text):
        return text[: isbn.start()].rstrip(), {"ISBN": isbn["number"]}
    seen = SEEN.search(text)
    for end in [seen] * bool(seen) + [None]:
        line = text[: end.start()] if end else text
        before, _, token = line.rstrip(". ").rpartition(" ")
        link = _link(token.lstrip("[(<").rstrip(".,;>"))
        if link and end:
            link["accessed"] = date_csl(read_date(end["day"]))
        if link:
            return LEAD.sub("", before.rstrip()).rstrip(), link
    return text, {}


def _link(token: str) -> dict:
    """Return the DOI or the address that a word is; {} for any other word."""
    if (found := DOI.fullmatch(token)) and (doi := normalise_doi(found["doi"])):
        return {"DOI": doi}
    if not URL.fullmatch(token):
        return {}
    for opening, closing in ("()", "[]"):
        while token.endswith(closing) and token.count(closing) > token.count(opening):
            token = token[:-1].rstrip(".,;")
    return {"URL": token if "://" in token else f"https://{token}"}
