"""What is wrong with a record, by itself and beside what a registry says: pure.

A discrepancy names one thing, shows what stands here and what stands there, and carries the change
that one click makes. Nobody is accused: a record differs, or was not found, and that is all.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from typing import cast
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from blog.citations import normalise_doi
from blog.citations.csl.dates import read_issued
from blog.citations.csl.doi import doi_address
from blog.citations.csl.fields import folded, text_of, unmarked
from blog.citations.csl.names import Name, read_names

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
TITLE_TRACES = {"view-of", "site-tail"}
NAME_TRACES = {"lost-hyphen", "turned-name"}
REGISTERED_TYPES = {
    "article-journal",
    "book",
    "chapter",
    "report",
    "thesis",
    "paper-conference",
    "dataset",
}
MIN_TITLE_SIMILARITY = 0.55  # titles less alike than this, and no author in common, are two works


class VerificationResult(StrEnum):
    CHECKED = "checked"
    DIFFERS = "differs"
    NOT_FOUND = "not found"
    RETRACTED = "retracted"


@dataclass(frozen=True)
class Discrepancy:
    """``change``: CSL fields to set, None to take one away; {} where no click can fix it."""

    name: str
    ours: str = ""
    theirs: str = ""
    change: Mapping[str, object] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """Name the discrepancy in a sentence: what stands nowhere is missing, the rest differs."""
        missing = {} if self.ours else _missing()
        return missing.get(self.name) or _words()[self.name]

    @property
    def sentence(self) -> str:
        """Say it with both values; a title with something stuck to it needs no showing."""
        values = {"words": self.words, "ours": self.ours, "theirs": self.theirs}
        if self.name in TITLE_TRACES or not (self.ours or self.theirs):
            return _("%(words)s.") % values
        if not self.theirs:
            return _("%(words)s: here “%(ours)s”.") % values
        if not self.ours:
            return _("%(words)s: “%(theirs)s”.") % values
        return _("%(words)s: here “%(ours)s”, there “%(theirs)s”.") % values


def verification_result(csl: Mapping, found: Mapping | None) -> VerificationResult:
    """Judge a record by a registry's answer (``lookup.Found`` as a dict), None for no record."""
    if found is None:
        return VerificationResult.NOT_FOUND
    if found["notices"]:
        return VerificationResult.RETRACTED
    differs = found["csl"] and discrepancies_between(csl, found)
    return VerificationResult.DIFFERS if differs else VerificationResult.CHECKED


def own_discrepancies(csl: Mapping) -> list[Discrepancy]:
    """Find what can be seen without asking anybody: traces of how a record was made."""
    return [*_title_traces(csl), *_name_traces(csl), *_journal_page(csl), *_no_place(csl)]


def discrepancies_between(csl: Mapping, found: Mapping) -> list[Discrepancy]:
    """Compare a record with a found one; what the record shows by itself is in here too.

    Traces are mended before comparing, so that one fault is named once and by its cause.
    """
    theirs = found["csl"]
    if not theirs:
        return own_discrepancies(csl)
    if _is_other_work(csl, theirs):
        return [Discrepancy("other-work", _title(csl), _title(theirs))]
    traces = [*_title_traces(csl), *_name_traces(csl, theirs), *_journal_page(csl, theirs)]
    mended = apply_fix(csl, traces)
    return [*traces, *_fields(mended, theirs, found["years"])]


def apply_fix(csl: Mapping, discrepancies: list[Discrepancy]) -> dict:
    """Return the record with these changes made.

    Two traces may sit in one title or one list of names; each then mends its own part.
    """
    record = dict(csl)
    for discrepancy in discrepancies:
        change = dict(discrepancy.change)
        if discrepancy.name in TITLE_TRACES:
            again = (d for d in _title_traces(record) if d.name == discrepancy.name)
            change = dict(next(again).change)
        elif discrepancy.name in NAME_TRACES:
            was, now, better = csl["author"], record["author"], discrepancy.change["author"]
            names = zip(was, now, cast(list, better), strict=True)
            change["author"] = [new if new != old else kept for old, kept, new in names]
        record |= change
    return {name: value for name, value in record.items() if value is not None}


def is_listed(csl: Mapping) -> bool:
    """Say whether registries list works of this kind, so that not finding one says something."""
    if normalise_doi(text_of(csl.get("DOI"))):
        return True
    kind = text_of(csl.get("type"))
    return bool(text_of(csl.get("title"))) and (kind in REGISTERED_TYPES or any(_journal_page(csl)))


def question_of(csl: Mapping) -> str:
    """Write a record as the words of a search, with what was scraped along left out."""
    csl = apply_fix(csl, [*_title_traces(csl), *_name_traces(csl)])
    names, _more = read_names(csl.get("author") or csl.get("editor"))
    start = read_issued(csl).start
    words = [name.family for name in names[:8]] + [str(start.year) if start else ""]
    words += [_title(csl), text_of(csl.get("container-title"))]
    return " ".join(filter(None, words))


# Traces


def _title_traces(csl: Mapping) -> Iterator[Discrepancy]:
    title = text_of(csl.get("title"))
    if VIEW_OF.match(title):
        clean = VIEW_OF.sub("", title)
        yield Discrepancy("view-of", title, clean, {"title": clean})
    tail = SITE_TAIL.search(title)
    if tail and _is_site(tail["sign"], tail["site"], csl):
        clean = title[: tail.start()]
        yield Discrepancy("site-tail", title, clean, {"title": clean})


def _is_site(sign: str, site: str, csl: Mapping) -> bool:
    """Say whether a title ends with the name of its site, as the tab of a browser does.

    A bar is never part of a title; a dash may be, so there the site must be known by its name.
    """
    if sign == "|":
        return True
    host = urlsplit(text_of(csl.get("URL"))).hostname or ""
    known = {folded(text_of(csl.get("container-title"))), folded(host.removeprefix("www."))}
    known |= {folded(part) for part in host.split(".")[:-1]}
    return folded(site) in known - {""}


def _name_traces(csl: Mapping, theirs: Mapping | None = None) -> Iterator[Discrepancy]:
    """Find “B. Sloep, P.” and “Joostenāten Brinke”; names with one fault are one."""
    people, found = _list(csl.get("author")), _list((theirs or {}).get("author"))
    known: list = found if len(found) == len(people) else [None] * len(people)
    for name, straighten in (("lost-hyphen", _rejoined), ("turned-name", _turned)):
        better = [straighten(person) or person for person in people]
        wrong = [n for n, person in enumerate(people) if better[n] != person]
        for n in wrong:
            if known[n] is not None and _same_person(better[n], known[n]):
                better[n] = known[n]
        if wrong:
            ours, right = ("; ".join(_shown(p[n]) for n in wrong) for p in (people, better))
            yield Discrepancy(name, ours, right, {"author": better})


def _rejoined(person: Mapping) -> dict | None:
    family = text_of(person.get("family"))
    if not LOST_HYPHEN.search(family):
        return None
    return {**person, "family": LOST_HYPHEN.sub("-", family)}


def _turned(person: Mapping) -> dict | None:
    found = INITIALS_FIRST.fullmatch(text_of(person.get("family")))
    given = text_of(person.get("given"))
    if not found or not given:
        return None
    initials = found["initials"].strip()
    return {**person, "family": found["family"], "given": f"{given} {initials}"}


def _journal_page(csl: Mapping, theirs: Mapping | None = None) -> Iterator[Discrepancy]:
    """Find an article whose record says that it is a page of the web."""
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
        yield Discrepancy("journal-page", site, place_of(theirs), change | {"accessed": None})


def _no_place(csl: Mapping) -> Iterator[Discrepancy]:
    """Find an article of which only the volume is known: somebody could not look it up."""
    has = {name for name in ("issue", "page", "number") if text_of(csl.get(name))}
    if text_of(csl.get("type")) == "article-journal" and text_of(csl.get("volume")) and not has:
        yield Discrepancy("place")


# Fields


def _fields(csl: Mapping, theirs: Mapping, years: list[int]) -> Iterator[Discrepancy]:
    if not same_title(csl, theirs):
        yield Discrepancy("title", _title(csl), _title(theirs), {"title": theirs.get("title")})
    if not _same_people(csl, theirs):
        yield Discrepancy("author", _people(csl), _people(theirs), {"author": theirs["author"]})
    yield from _year(csl, theirs, years)
    if text_of(theirs.get("type")) == "article-journal":
        yield from _serial(csl, theirs)
    doi = text_of(theirs.get("DOI"))
    if doi and normalise_doi(text_of(csl.get("DOI"))) != doi:
        yield Discrepancy("doi", text_of(csl.get("DOI")), doi_address(doi), {"DOI": doi})


def _year(csl: Mapping, theirs: Mapping, years: list[int]) -> Iterator[Discrepancy]:
    start, known = read_issued(csl).start, read_issued(theirs).start
    if known is None or (start is not None and start.year in {*years, known.year}):
        return
    ours = str(start.year) if start else ""
    yield Discrepancy("year", ours, str(known.year), {"issued": theirs["issued"]})


def _serial(csl: Mapping, theirs: Mapping) -> Iterator[Discrepancy]:
    journal = text_of(theirs.get("container-title"))
    ours = text_of(csl.get("container-title"))
    if journal and not _same_journal(ours, journal, text_of(theirs.get("container-title-short"))):
        yield Discrepancy("journal", ours, journal, {"container-title": journal})
    for name in ("volume", "issue"):
        here, there = text_of(csl.get(name)), text_of(theirs.get(name))
        if there and folded(here) != folded(there):
            yield Discrepancy(name, here, there, {name: there})
    here, there = _place(csl), _place(theirs)
    if there and not _same_place(here, there):
        change = {name: theirs.get(name) for name in ("page", "number")}
        yield Discrepancy("place", here, there, change)


# Comparing


def same_title(csl: Mapping, theirs: Mapping) -> bool:
    """Compare titles by their letters; a subtitle may be missing where the main title is long."""
    ours, found = folded(_title(csl)), folded(_title(theirs))
    if not found or ours == found:
        return True
    main = folded(re.split(r"[:?!]\s", _title(theirs))[0])
    return ours == main and len(main) > 30


def _is_other_work(csl: Mapping, theirs: Mapping) -> bool:
    ours, found = folded(_title(csl)), folded(_title(theirs))
    if not ours or not found or ours in found or found in ours:
        return False
    here = {folded(name.family) for name in read_names(csl.get("author"))[0]}
    there = {folded(name.family) for name in read_names(theirs.get("author"))[0]}
    return (
        not here & there
        and SequenceMatcher(None, ours, found, False).ratio() < MIN_TITLE_SIMILARITY
    )


def _same_people(csl: Mapping, theirs: Mapping) -> bool:
    """Compare authors in order; of a list that ends in “et al.” only those that are named."""
    ours, is_open = read_names(csl.get("author"))
    found, _more = read_names(theirs.get("author"))
    if not found or (is_open and len(ours) < len(found)):
        found = found[: len(ours)]
        return all(_same_name(a, b) for a, b in zip(ours, found, strict=False))
    return len(ours) == len(found) and all(map(_same_name, ours, found))


def _same_person(person: Mapping, other: Mapping) -> bool:
    ours, theirs = read_names(person)[0], read_names(other)[0]
    return bool(ours and theirs) and _same_name(ours[0], theirs[0])


def _same_name(ours: Name, theirs: Name) -> bool:
    """Compare two names however they were split: by all their words, or family and initials."""
    words, others = _name_words(ours), _name_words(theirs)
    if words == others:
        return True
    if folded(ours.family) != folded(theirs.family) and folded(f"{ours.dropping}{ours.family}") != (
        folded(f"{theirs.dropping}{theirs.family}")
    ):
        return False
    here, there = folded(ours.initials), folded(theirs.initials)
    return here.startswith(there) or there.startswith(here)


def _name_words(name: Name) -> list[str]:
    return sorted(folded(word) for word in f"{name.given} {name.dropping} {name.family}".split())


def _same_journal(ours: str, journal: str, short: str) -> bool:
    if _journal(ours) in {_journal(journal), _journal(short)}:
        return bool(ours)
    # “Am. J. Sociol.” for “American Journal of Sociology”: each word begins one of the title’s.
    words = [w for w in re.findall(r"\w+", journal.lower()) if w not in {"of", "the", "and", "in"}]
    parts = [w for w in re.findall(r"\w+", ours.lower()) if w not in {"of", "the", "and", "in"}]
    return (
        "." in ours
        and len(parts) == len(words)
        and all(word.startswith(part) for part, word in zip(parts, words, strict=True))
    )


def _journal(name: str) -> str:
    return folded(re.sub(r"^the\s+", "", name.lower()).replace("&", " and "))


def _place(csl: Mapping) -> str:
    return text_of(csl.get("page")) or text_of(csl.get("number"))


def _same_place(ours: str, theirs: str) -> bool:
    """Compare pages: 1360–80 is 1360–1380, and a first page alone is enough."""
    here, there = (re.findall(r"[A-Za-z]*\d+", place) for place in (ours, theirs))
    if not here or not there:
        return folded(ours) == folded(theirs)
    first = here[0].lower() == there[0].lower() or (
        len(here) == len(there) == 1 and re.sub(r"\D", "", here[0]) == re.sub(r"\D", "", there[0])
    )
    ends = (
        len(here) < 2 or len(there) < 2 or there[1].endswith(here[1]) or here[1].endswith(there[1])
    )
    return first and ends


# Showing


def place_of(csl: Mapping) -> str:
    """Write where an article stands: “First Monday, 17(1)”."""
    issue = text_of(csl.get("issue"))
    volume = text_of(csl.get("volume")) + (f"({issue})" if issue else "")
    return ", ".join(filter(None, (text_of(csl.get("container-title")), volume, _place(csl))))


def _title(csl: Mapping) -> str:
    return unmarked(text_of(csl.get("title")))


def _people(csl: Mapping) -> str:
    names, more = read_names(csl.get("author"))
    shown = [name.inverted for name in names[:8]] + ["…"] * (more or len(names) > 8)
    return ", ".join(shown)


def _shown(person: Mapping) -> str:
    names = read_names(person)[0]
    return names[0].inverted if names else ""


def _list(value: object) -> list:
    return value if isinstance(value, list) else []


def _words() -> dict[str, str]:
    return {
        "view-of": _("The title begins as the page of a viewer does, with “View of”"),
        "site-tail": _("The title ends with the name of its site, as a browser’s tab does"),
        "turned-name": _("A name stands the wrong way round"),
        "lost-hyphen": _("A hyphen in a name was lost to a wrong encoding"),
        "journal-page": _("An article of a journal is recorded as a web page"),
        "other-work": _("The DOI leads to another work"),
        "title": _("The title differs"),
        "author": _("The authors differ"),
        "year": _("The year differs"),
        "journal": _("The journal differs"),
        "volume": _("The volume differs"),
        "issue": _("The issue differs"),
        "place": _("The pages or the article number differ"),
        "doi": _("The DOI differs"),
    }


def _missing() -> dict[str, str]:
    return {
        "title": _("The title is missing"),
        "author": _("The authors are missing"),
        "year": _("The year is missing"),
        "journal": _("The journal is missing"),
        "volume": _("The volume is missing"),
        "issue": _("The issue is missing"),
        "place": _("The pages or the article number are missing"),
        "doi": _("The DOI is missing"),
    }
