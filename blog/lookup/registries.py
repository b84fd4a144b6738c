"""
Ask Crossref and doi.org about works. Both are off until the settings name them.

Crossref has most articles and can search; doi.org leads to the agency of any DOI and is the one
place that can say that a DOI does not exist.
"""

import hashlib
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.core.cache import cache

from blog.citations.csl.fields import folded, text_of
from blog.citations.csl.names import read_names
from blog.citations.parsers import clean_csl, normalise_doi
from blog.lookup import http_client
from blog.lookup.http_client import REDIRECTS, Answer, Unavailable, get_json, is_loopback, origin_of
from blog.lookup.throttle import pause, record_limits, take_turn

CROSSREF = "Crossref"
DOI_ORG = "doi.org"
JSON = "application/json"
CSL_JSON = "application/vnd.citationstyles.csl+json"
# The services of the agencies, to which doi.org redirects requests for data.
AGENCIES = (
    *("https://doi.org:443", "https://www.doi.org:443", "https://dx.doi.org:443"),
    *("https://api.crossref.org:443", "https://data.crossref.org:443"),
    *("https://data.crosscite.org:443", "https://api.datacite.org:443"),
    *("https://data.datacite.org:443", "https://data.medra.org:443"),
)
FOUND_SECONDS = 24 * 3600
NOT_FOUND_SECONDS = 3600
DATES = ("issued", "published", "published-print", "published-online")
RETRACTION_TYPES = {"retraction", "withdrawal", "removal", "partial_retraction"}
RETRACTED_TITLE = re.compile(
    r"^\W{0,3}(?:retracted|withdrawn)(?: article| paper)?\s*[:\]]", re.IGNORECASE
)
BOOK_TYPES = {"book", "collection", "report", "thesis"}
MIN_WAIT_SECONDS = 0.3
MIN_TITLE_CHARS = 12  # folded; shorter ones are found in any text


@dataclass(frozen=True)
class Found:
    """A registry's record of a work.

    ``csl`` is {} where the registry has the DOI and no data. ``years``: all years of publication,
    in print and online. ``notices``: the retractions, as ``{"kind", "doi", "date"}``.
    """

    csl: dict
    source: str
    years: list[int] = field(default_factory=list)
    notices: list[dict] = field(default_factory=list)


def is_on() -> bool:
    """Return whether this site looks up works at all."""
    return bool(settings.CROSSREF_URL or settings.DOI_URL)


def can_find(csl: Mapping) -> bool:
    """Return whether a registry of this site can be asked about a record: by DOI, or by words."""
    return is_on() if normalise_doi(text_of(csl.get("DOI"))) else bool(settings.CROSSREF_URL)


def find_doi(doi: str) -> Found | None:
    """Return the record of a DOI, None if it is not registered; raise ``Unavailable``.

    Somebody may be waiting, so both services share the time that one would have.
    """
    end = time.monotonic() + http_client.TIMEOUT_SECONDS
    if settings.CROSSREF_URL:
        try:
            found = _cached(f"doi {doi}", lambda: _at_crossref(doi))
        except Unavailable:
            if not settings.DOI_URL:
                raise
        else:
            if found is not None or not settings.DOI_URL:
                return found
    if settings.DOI_URL:
        return _cached(f"agency {doi}", lambda: _at_agency(doi, end - time.monotonic()))
    raise Unavailable("no service is set")


def find_isbn(isbn: str) -> Found | None:
    """Return the book with an ISBN, None if Crossref lacks it; raise ``Unavailable``."""
    return _cached(f"isbn {isbn}", lambda: _search(filter=f"isbn:{isbn}", rows="5"), _a_book)


def find_words(reference: str) -> Found | None:
    """Return the work of a formatted reference, None if it is not certain; raise ``Unavailable``.

    A search always finds something. So the best hit counts only if it is better than the second,
    and its title and one of its authors are in the reference.
    """
    words = " ".join(reference.split())[:600]
    return _cached(
        f"words {words}",
        lambda: _search(**{"query.bibliographic": words, "rows": "2"}),
        lambda hits: _meant(hits, words),
    )


def _at_crossref(doi: str) -> Found | None:
    answer = _ask(settings.CROSSREF_URL, f"works/{quote(doi, safe='')}", JSON)
    if answer.status in (404, 400):
        return None
    return _found(_message(answer), CROSSREF)


def _at_agency(doi: str, seconds: float) -> Found | None:
    """Return doi.org's record; without data for a DOI that redirects to a page and exists."""
    if seconds < MIN_WAIT_SECONDS:
        raise Unavailable("no time is left")
    answer = _ask(settings.DOI_URL, quote(doi, safe="/:;()._-"), CSL_JSON, seconds=seconds)
    if answer.status == 404:
        return None
    if answer.status in REDIRECTS or answer.status in (204, 406):
        return Found({}, DOI_ORG)
    if answer.status != 200 or not isinstance(answer.document, dict):
        raise Unavailable(f"doi.org answered {answer.status}")
    return _found(answer.document, DOI_ORG)


def _search(**query: str) -> list[dict]:
    if not settings.CROSSREF_URL:
        raise Unavailable("no service is set")
    message = _message(_ask(settings.CROSSREF_URL, "works", JSON, query))
    items = message.get("items")
    return [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []


def _a_book(hits: list[dict]) -> Found | None:
    found = (_found(hit, CROSSREF) for hit in hits)
    return next((book for book in found if book.csl["type"] in BOOK_TYPES), None)


def _meant(hits: list[dict], words: str) -> Found | None:
    if not hits or (len(hits) > 1 and hits[0].get("score") == hits[1].get("score")):
        return None
    found = _found(hits[0], CROSSREF)
    title, text = folded(text_of(found.csl.get("title"))), folded(words)
    authors, _more = read_names(found.csl.get("author") or found.csl.get("editor"))
    if len(title) < MIN_TITLE_CHARS or title not in text:
        return None
    named = any(folded(name.family) in text for name in authors)
    return found if named or not authors else None


def _found(message: dict, source: str) -> Found:
    csl = clean_csl(message)
    if short := text_of(message.get("short-container-title")):
        csl.setdefault("container-title-short", short)
    years = {y for name in DATES if (y := _year(message.get(name))) is not None}
    return Found(csl, source, sorted(years), _notices(message))


def _notices(message: dict) -> list[dict]:
    updates = message.get("updated-by")
    notices = [
        {"kind": kind, "doi": normalise_doi(text_of(one.get("DOI"))), "date": _day(one)}
        for one in (updates if isinstance(updates, list) else [])
        if isinstance(one, dict) and (kind := text_of(one.get("type")).lower()) in RETRACTION_TYPES
    ]
    if not notices and RETRACTED_TITLE.match(text_of(message.get("title"))):
        notices = [{"kind": "retraction", "doi": "", "date": ""}]
    return notices


def _year(date: object) -> int | None:
    parts = clean_csl({"issued": date}).get("issued", {}).get("date-parts")
    return parts[0][0] if parts else None


def _day(update: dict) -> str:
    parts = clean_csl({"issued": update.get("updated")}).get("issued", {}).get("date-parts")
    return "-".join(f"{part:02}" for part in parts[0]) if parts else ""


def _message(answer: Answer) -> dict:
    document = answer.document
    message = document.get("message") if isinstance(document, dict) else None
    if answer.status != 200 or not isinstance(message, dict):
        raise Unavailable(f"Crossref answered {answer.status}")
    return message


def _ask(
    base: str,
    path: str,
    accept: str,
    query: dict[str, str] | None = None,
    *,
    seconds: float | None = None,
) -> Answer:
    """Return the answer of a service within its rate limits, with an address for complaints."""
    mailto = settings.LOOKUP_MAILTO
    query = dict(query or {})
    if mailto and accept == JSON:
        query["mailto"] = mailto
    base = base.rstrip("/")
    url = f"{base}/{path}{'?' + urlencode(query) if query else ''}"
    origin = origin_of(base)
    ours = {origin_of(one) for one in (settings.CROSSREF_URL, settings.DOI_URL) if one}
    # A site that is tested against this machine stays on this machine.
    home = is_loopback(origin.split("://")[-1].rsplit(":", 1)[0])
    take_turn(origin)
    try:
        allowed = ours if home else {*ours, *AGENCIES}
        answer = get_json(url, accept=accept, mailto=mailto, allowed=allowed, seconds=seconds)
    except Unavailable:
        pause(origin)
        raise
    record_limits(origin, answer.status, answer.headers)
    if answer.status == 429 or answer.status >= 500:
        raise Unavailable(f"the service answered {answer.status}")
    return answer


def _cached(
    question: str, ask: Callable[[], Any], read: Callable[[Any], Found | None] | None = None
) -> Found | None:
    """Return an answer from the shared cache, or ask; a found work stays a day, none an hour."""
    key = f"lookup_{hashlib.sha256(question.encode()).hexdigest()}"
    cached = cache.get(key)
    if cached is not None:
        return Found(**cached["found"]) if cached["found"] else None
    found = ask() if read is None else read(ask())
    cache.set(
        key,
        {"found": found and asdict(found)},
        timeout=FOUND_SECONDS if found else NOT_FOUND_SECONDS,
    )
    return found
