"""Traces in a record of how it was made: scraped titles, broken names, a page for an article."""

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlsplit

from blog.citations import normalise_doi
from blog.citations.comparison.discrepancies import Discrepancy
from blog.citations.comparison.equality import pages_of, same_person
from blog.citations.csl.fields import folded, text_of
from blog.citations.csl.names import read_names

VIEW_OF = re.compile(r"^View of (?=\w)")
SITE_TAIL = re.compile(r"\s+(?P<sign>[|–—-])\s+(?P<site>[^|]{2,60})$")
INITIALS_FIRST = re.compile(r"(?P<initials>(?:[^\W\d_]\.[\s-]?){1,4})\s*(?P<family>[^\W\d_]{2}.*)")
# A hyphen that went through two wrong encodings before a particle: “Joostenāten Brinke”.
LOST_HYPHEN = re.compile(
    r"(?<=[^\W\d_]{3})[āâ]€?(?=(?:ten|ter|van|von|de|der|den|el|al|la|le) ?\w)"
)
JOURNAL_PAGE = re.compile(
    r"/article/view/\d|/doi/(?:full/|abs/|pdf/)?10\.|/stable/\d|/articles?/10\."
)
WEB_PAGE_TYPES = {"webpage", "post-weblog", "document"}


def title_traces(csl: Mapping) -> Iterator[Discrepancy]:
    """Find “View of” before a title, and the name of a website after it."""
    title = text_of(csl.get("title"))
    if VIEW_OF.match(title):
        clean = VIEW_OF.sub("", title)
        yield Discrepancy("view-of", title, clean, {"title": clean})
    tail = SITE_TAIL.search(title)
    if tail and _is_site(tail["sign"], tail["site"], csl):
        clean = title[: tail.start()]
        yield Discrepancy("site-tail", title, clean, {"title": clean})


def name_traces(csl: Mapping, theirs: Mapping | None = None) -> Iterator[Discrepancy]:
    """Find “B. Sloep, P.” and “Joostenāten Brinke”; all names with one fault are one discrepancy.

    A registry's name of the same person replaces the repaired one.
    """
    people, found = _list(csl.get("author")), _list((theirs or {}).get("author"))
    known: list = found if len(found) == len(people) else [None] * len(people)
    for name, repaired in REPAIRS:
        better = [repaired(person) or person for person in people]
        wrong = [n for n, person in enumerate(people) if better[n] != person]
        for n in wrong:
            if known[n] is not None and same_person(better[n], known[n]):
                better[n] = known[n]
        if wrong:
            ours, right = ("; ".join(_inverted(p[n]) for n in wrong) for p in (people, better))
            yield Discrepancy(name, ours, right, {"author": better})


def journal_page(csl: Mapping, theirs: Mapping | None = None) -> Iterator[Discrepancy]:
    """Find a journal article that is recorded as a web page."""
    if text_of(csl.get("type")) not in WEB_PAGE_TYPES:
        return
    site = text_of(csl.get("container-title"))
    if theirs is None:
        path = urlsplit(text_of(csl.get("URL"))).path
        if JOURNAL_PAGE.search(path) or normalise_doi(text_of(csl.get("DOI"))):
            tail = SITE_TAIL.search(text_of(csl.get("title")))
            change: dict = {"type": "article-journal"}
            if tail and tail["sign"] == "|":
                change["container-title"] = tail["site"]
            yield Discrepancy("journal-page", site, change.get("container-title", ""), change)
        return
    if text_of(theirs.get("type")) == "article-journal":
        names = ("type", "container-title", "volume", "issue", "page", "number", "DOI")
        change = {name: theirs[name] for name in names if name in theirs} | {"URL": None}
        yield Discrepancy("journal-page", site, _source_of(theirs), change | {"accessed": None})


def missing_pages(csl: Mapping) -> Iterator[Discrepancy]:
    """Find an article that has a volume, but no issue, pages or number to look it up by."""
    has = {name for name in ("issue", "page", "number") if text_of(csl.get(name))}
    if text_of(csl.get("type")) == "article-journal" and text_of(csl.get("volume")) and not has:
        yield Discrepancy("place")


def _is_site(sign: str, site: str, csl: Mapping) -> bool:
    """Return whether a title ends with the name of its site, as the tab of a browser does.

    A bar is never part of a title; a dash may be, so there the site must be known by its name.
    """
    if sign == "|":
        return True
    host = urlsplit(text_of(csl.get("URL"))).hostname or ""
    known = {folded(text_of(csl.get("container-title"))), folded(host.removeprefix("www."))}
    known |= {folded(part) for part in host.split(".")[:-1]}
    return folded(site) in known - {""}


def _with_hyphen(person: Mapping) -> dict | None:
    family = text_of(person.get("family"))
    if not LOST_HYPHEN.search(family):
        return None
    return {**person, "family": LOST_HYPHEN.sub("-", family)}


def _in_order(person: Mapping) -> dict | None:
    found = INITIALS_FIRST.fullmatch(text_of(person.get("family")))
    given = text_of(person.get("given"))
    if not found or not given:
        return None
    initials = found["initials"].strip()
    return {**person, "family": found["family"], "given": f"{given} {initials}"}


REPAIRS: tuple[tuple[str, Callable[[Mapping], dict | None]], ...] = (
    ("lost-hyphen", _with_hyphen),
    ("turned-name", _in_order),
)


def _source_of(csl: Mapping) -> str:
    """Return the place of an article's publication: “First Monday, 17(1)”."""
    issue = text_of(csl.get("issue"))
    volume = text_of(csl.get("volume")) + (f"({issue})" if issue else "")
    return ", ".join(filter(None, (text_of(csl.get("container-title")), volume, pages_of(csl))))


def _inverted(person: Mapping) -> str:
    names = read_names(person)[0]
    return names[0].inverted if names else ""


def _list(value: object) -> list:
    return value if isinstance(value, list) else []
