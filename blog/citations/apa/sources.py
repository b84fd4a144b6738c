"""Sources in an entry: the journal, the book that has the part, the publisher or the site."""

import re

from blog.citations.apa.numbers import edition, pages, ranged, volume
from blog.citations.apa.works import Work
from blog.citations.csl.fields import folded, marked
from blog.citations.runs import Run, joined

ARCHIVED = {"graphic", "figure", "manuscript", "personal_communication", "interview"}
UNPUBLISHED_PAPERS = {"manuscript", "personal_communication"}
ADVANCE = re.compile(r"advance\w*[ -]online|online first|ahead of print", re.IGNORECASE)
OFFICE = re.compile(r"\boffice|organi[sz]ation", re.IGNORECASE)


def source(work: Work, *, address: bool) -> list[tuple[Run, ...]]:
    """Return the sentences between title and address; ``address`` says that one follows."""
    if work.kind.form == "serial":
        return [_serial(work), _advance(work)]
    if work.kind.form == "part":
        publisher = work.plain("publisher")
        is_named = folded(publisher) == folded(work.container)
        return [_within(work), () if is_named else _publisher(work, publisher)]
    return _published(work, address=address)


def _serial(work: Work) -> tuple[Run, ...]:
    """Return *Journal*, *12*(3), 1–10; or an article number in place of the pages."""
    volume_number, issue = ranged(work["volume"]), ranged(work["issue"])
    numbers = [Run(volume_number, italic=True)] if volume_number else []
    if issue:
        numbers.append(Run(f"({issue})"))
    return joined([marked(work.container, italic=True), numbers, [Run(_place(work))]], ", ")


def _advance(work: Work) -> tuple[Run, ...]:
    """Return that an article is online before it has its place in an issue."""
    is_advance = ADVANCE.search(work["status"]) and not ADVANCE.search(work.issued.words)
    return (Run("Advance online publication"),) if is_advance else ()


def _place(work: Work) -> str:
    number = work.plain("number", "article-number")
    if number and not work["page"] and work.type not in {"post-weblog", "interview"}:
        return number if number.lower().startswith("art") else f"Article {number}"
    return ranged(work["page"])


def _within(work: Work) -> tuple[Run, ...]:
    """Return In A. Luna (Ed.), *Book* (2nd ed., Vol. 1, pp. 1–20)."""
    makers = _makers(work)
    word = "On" if work.type == "song" else "In"
    runs = [Run(f"{word} {makers}, " if makers else f"{word} ")]
    runs.extend(marked(work.container, italic=True))
    parts = [edition(work["edition"]), volume(work["volume"]), pages(work["page"])]
    if details := ", ".join(filter(None, parts)):
        runs.append(Run(f" ({details})"))
    return tuple(runs)


def _makers(work: Work) -> str:
    for role, one, several in (
        ("editor", *work.editor_words),
        ("executive-producer", "Executive Producer", "Executive Producers"),
        ("container-author", "", ""),
    ):
        people = work.names(role)
        if people and (role == "editor" or people != work.authors):
            credit = work.credit(role, one, several)
            name, _, word = credit.rpartition(", ")
            return f"{name} ({word})" if word else name
    return ""


def _published(work: Work, *, address: bool) -> list[tuple[Run, ...]]:
    """Return the publisher, school, site, archive or meeting, whichever the kind of work has."""
    publisher, site = work.plain("publisher"), work.plain("container-title")
    if work.type in {"speech", "event", "performance"} or (work["event-title"] and not publisher):
        return [_meeting(work)]
    if work.type == "thesis":
        archive = work.plain("archive", "container-title")
        return [_publisher(work, archive if address or archive else publisher)]
    if work.type in {"webpage", "post", "motion_picture", "broadcast", "article"}:
        return [_publisher(work, site or publisher)]
    if work.type in ARCHIVED:
        return [_archive(work)]
    if work.type == "patent" and not publisher and OFFICE.search(work["authority"]):
        publisher = work.plain("authority")
    return [_publisher(work, publisher or site)]


def _meeting(work: Work) -> tuple[Run, ...]:
    event = work.plain("event-title", "event", "container-title", "publisher")
    if folded(event) in {folded(name.family) for name in work.authors}:
        event = ""
    places = ", ".join(filter(None, (event, work.plain("event-place"))))
    return (Run(places),) if places else ()


def _archive(work: Work) -> tuple[Run, ...]:
    """Return the museum or archive with its place, or the publisher, who has none."""
    keeper = work.plain("publisher", "archive", "container-title")
    name = _publisher(work, keeper)
    if not name:
        return ()
    if (
        work["archive_location"]
        and work.type in UNPUBLISHED_PAPERS
        and keeper == work.plain("archive")
    ):
        name = (*name, Run(f" ({work.plain('archive_location')})"))
    place = work.plain("archive-place", "publisher-place")
    return joined([name, [Run(place)]], ", ") if place else name


def _publisher(work: Work, publisher: str) -> tuple[Run, ...]:
    """Return the publisher, unless it is the author."""
    if not publisher or folded(publisher) in {folded(name.family) for name in work.authors}:
        return ()
    return (Run(re.sub(r"\s*;\s*", "; ", publisher)),)
