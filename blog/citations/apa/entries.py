"""Reference-list entries in APA style: author. (date). Title. Source. Address."""

import re

from blog.citations.apa.labels import Label
from blog.citations.apa.laws import law
from blog.citations.apa.sources import source
from blog.citations.apa.titles import described
from blog.citations.apa.works import PLURALS, Work
from blog.citations.csl.dates import read_date
from blog.citations.csl.doi import doi_address
from blog.citations.csl.names import Name, listed
from blog.citations.runs import Entry, Run, joined, sentences

ARCHIVED = re.compile(r"\boldid=|//web\.archive\.org/|//archive\.|//perma\.cc/")
WRITTEN_ON = re.compile(r"\bwiki|wikt|\bUpToDate\b", re.IGNORECASE)


def write_entry(work: Work, label: Label) -> Entry:
    """Return the entry of a work; ``label`` has the suffix of its year."""
    if work.kind.form == "law":
        name = law(work, label)
        if work.type == "treaty":
            return Entry(work.key, sentences([joined([name, _link(work)], ", ")]))
        return Entry(work.key, sentences([name, _link(work)]))
    title, date = described(work), _date(work, label)
    head = [_author(work), date, title] if work.authors else [title, date]
    parts = [*head, *source(work, address=bool(_address(work))), _link(work)]
    return Entry(work.key, sentences(parts) + _first_published(work))


def _author(work: Work) -> tuple[Run, ...]:
    """Return the people in the author's place: Luna, A. (Writer), & Sol, B. (Director)."""
    more = work.unlisted_authors
    return (Run(", & ".join(_credit(people, role, more=more) for people, role in work.credits)),)


def _credit(people: tuple[Name, ...], role: str, *, more: bool) -> str:
    text = listed(people, more=more)
    if role:
        several = PLURALS.get(role, f"{role}s")
        text += f" ({several if len(people) > 1 else role})"
    return text


def _date(work: Work, label: Label) -> tuple[Run, ...]:
    year = work.issued.with_year_suffix(label.year_suffix)
    dated = work.kind.dated or _is_online_video(work) or _is_page_of_a_day(work)
    detail = work.issued.detail() if dated else ""
    return (Run(f"({', '.join(filter(None, (year, detail)))})"),)


def _is_online_video(work: Work) -> bool:
    return work.type == "motion_picture" and bool(work["URL"])


def _is_page_of_a_day(work: Work) -> bool:
    """Return whether an entry is from a work that changes online, such as Wikipedia."""
    return work.type.startswith("entry") and bool(work["URL"]) and not work.doi


def _address(work: Work) -> str:
    return doi_address(work.doi) if work.doi else work["URL"].replace(" ", "%20")


def _link(work: Work) -> tuple[Run, ...]:
    """Return the address, after the day of retrieval where readers may find another text by now."""
    address = _address(work)
    if not address:
        return ()
    read = read_date(work.csl.get("accessed"))
    if read.start and not work.doi and _is_meant_to_change(work):
        return Run(f"Retrieved {read.in_full}, from "), Run(address)
    return (Run(address),)


def _is_meant_to_change(work: Work) -> bool:
    """Return whether a work online is changed without a new date or a version that stays.

    Such are pages without a date, works that go on, and works that are written on by many or all
    the time. An archived version stays as it was.
    """
    if ARCHIVED.search(work["URL"]):
        return False
    is_undated = not work.issued.start and not work.issued.words
    return is_undated or work.issued.ongoing or bool(WRITTEN_ON.search(work["container-title"]))


def _first_published(work: Work) -> tuple[Run, ...]:
    return (Run(f" (Original work published {work.original})"),) if work.original else ()
