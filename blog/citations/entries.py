"""Entries of the reference list: author. (date). Title. Source. Address."""

from .dates import read_date
from .doi import doi_address
from .fields import folded, marked
from .labels import Label
from .names import listed
from .runs import Entry, Run, joined, sentences
from .sources import source
from .titles import described
from .works import Work


def write_entry(work: Work, label: Label) -> Entry:
    """Write a work's entry; ``label`` brings the letter of its year."""
    if work.kind.form == "law":
        return Entry(work.key, _law(work, label))
    title, date = described(work), _date(work, label)
    head = [_author(work), date, title] if work.authors else [title, date]
    parts = [*head, *source(work, address=bool(_address(work))), _link(work)]
    return Entry(work.key, sentences(parts) + _first_published(work))


def _author(work: Work) -> tuple[Run, ...]:
    people, role = work.lead
    text = listed(people, more=work.unlisted_authors)
    if role:
        several = f"{role[:-1]}s." if role.endswith(".") else f"{role}s"
        text += f" ({several if len(people) > 1 else role})"
    return (Run(text),)


def _date(work: Work, label: Label) -> tuple[Run, ...]:
    year = work.issued.with_suffix(label.letter)
    detail = work.issued.detail() if work.kind.dated or _is_online_video(work) else ""
    return (Run(f"({', '.join(filter(None, (year, detail)))})"),)


def _is_online_video(work: Work) -> bool:
    return work.type == "motion_picture" and bool(work["URL"])


def _address(work: Work) -> str:
    return doi_address(work.doi) if work.doi else work["URL"].replace(" ", "%20")


def _link(work: Work) -> tuple[Run, ...]:
    """Give the address, and the day it was read where nothing else dates a page that changes."""
    address = _address(work)
    if not address:
        return ()
    read = read_date(work.csl.get("accessed"))
    if read.start and not work.doi and not work.issued.start:
        return Run(f"Retrieved {read.in_full}, from "), Run(address)
    return (Run(address),)


def _first_published(work: Work) -> tuple[Run, ...]:
    return (Run(f" (Original work published {work.original})"),) if work.original else ()


def _law(work: Work, label: Label) -> tuple[Run, ...]:
    """Cite a law or a case as lawyers do: Name, volume source page (year)."""
    where = " ".join(filter(None, (work["volume"], work["container-title"])))
    section = work["section"]
    place = work["number"] or work["page-first"] or work["page"]
    where = " ".join(filter(None, (where, f"§ {section}" if section else place)))
    authority = work.plain("authority") if folded(work["authority"]) not in folded(where) else ""
    year = " ".join(filter(None, (authority, work.issued.with_suffix(label.letter))))
    name = joined([marked(work.name), [Run(where)] if where else []], ", ")
    return sentences([(*name, Run(f" ({year})")), _link(work)])
