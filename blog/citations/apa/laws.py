"""Entries of laws, cases, bills, hearings and treaties, which begin with their name."""

import re

from blog.citations.apa.labels import Label
from blog.citations.apa.numbers import is_worded, ordinal
from blog.citations.apa.works import Work
from blog.citations.csl.fields import folded, marked, unmarked
from blog.citations.csl.names import Name
from blog.citations.runs import Run, joined

CONGRESS = re.compile(
    r"congress|\bsenate\b|house of representatives|^(?:H\.\s?R|S)\.", re.IGNORECASE
)


def law(work: Work, label: Label) -> tuple[Run, ...]:
    """Return the name, source, court and year of a law: Name, volume source page (court year)."""
    year = work.issued.with_year_suffix(label.year_suffix) if _is_dated(work, label) else ""
    if work.type == "treaty":
        return joined([marked(work.name), [Run(work.issued.in_full or year)]], ", ")
    if work.type == "hearing":
        return _hearing(work, year)
    if work.type == "legal_case":
        return _case(work, year)
    where, authority = _source(work), work.plain("authority")
    if work.type == "bill":  # the Congress is part of the source, the year alone
        session = _session(work)
        where, authority = ", ".join(filter(None, (where, session or authority))), ""
    return _cited(work, where, authority, year)


def _is_dated(work: Work, label: Label) -> bool:
    """Return whether a year is printed: an undated law has none, unless it tells two apart."""
    return bool(work.issued.start or work.issued.words or label.year_suffix)


def _cited(work: Work, where: str, authority: str, year: str) -> tuple[Run, ...]:
    if folded(authority) in folded(where):
        authority = ""
    name = joined([marked(work.name), [Run(where)] if where else []], ", ")
    bracket = " ".join(filter(None, (authority, year)))
    return (*name, Run(f" ({bracket})")) if bracket else name


def _source(work: Work) -> str:
    """Return the place of a law: Pub. L. No. 90-148, 81 Stat. 485; 20 U.S.C. § 6301."""
    source = " ".join(filter(None, (work["volume"], work["container-title"])))
    section, page, number = (
        work.plain("section"),
        work["page-first"] or work["page"],
        work["number"],
    )
    if section:
        section = section if section.startswith(("§", "Sec")) else f"§ {section}"
    place = section or page
    if source and place and (work.type == "bill" or not re.fullmatch(r"\d+", number)):
        return ", ".join(filter(None, (unmarked(number), f"{source} {unmarked(place)}")))
    return unmarked(" ".join(filter(None, (source, section or number or page))))


def _case(work: Work, year: str) -> tuple[Run, ...]:
    """Return a case by its reporter; an unreported one by its docket number and day."""
    volume, reporter, number = work["volume"], work.plain("container-title"), work.plain("number")
    page = work["page-first"] or work["page"]
    authority = work.plain("authority")
    if reporter and (volume or page):
        where = " ".join(filter(None, (volume, reporter, page or number)))
        return _cited(work, unmarked(where), authority, year)
    docket = number if not number or is_worded(number) or reporter else f"No. {number}"
    where = " ".join(filter(None, (reporter, docket, work.plain("page"))))
    day = work.issued.in_full if work.issued.start and not reporter else ""
    return _cited(work, where, authority, day if year == work.issued.year and day else year)


def _hearing(work: Work, year: str) -> tuple[Run, ...]:
    """Return *Title: Hearing before the Committee*, 113th Cong. (2013) (testimony of …)."""
    committee = re.sub(r"^the\s+", "", work.plain("section"), flags=re.IGNORECASE)
    title = list(marked(work.name, italic=True))
    if committee and folded(committee) not in folded(work.name):
        is_whole = re.match(r"hearings?\b", committee, re.IGNORECASE)
        before = committee if is_whole else f"Hearing before the {committee}"
        stop = "" if work.name.endswith((":", "?", "!")) else ":"
        title.append(Run(f"{stop} {before}", italic=True))
    number, body = work.plain("number"), _session(work) or work.plain("authority")
    where = ", ".join(filter(None, (number, body if folded(body) not in folded(number) else "")))
    speakers = [_whole_name(name) for name in work.names("author") if name.given]
    said = f" (testimony of {', '.join(speakers)})" if speakers else ""
    entry = joined([title, [Run(where)] if where else []], ", ")
    return (*entry, Run((f" ({year})" if year else "") + said))


def _session(work: Work) -> str:
    """Return the session as its country counts it: 113 → 113th Cong."""
    session = work.plain("chapter-number")
    about = (work.plain("authority"), work.plain("number"))
    if re.fullmatch(r"\d{1,3}(?:st|nd|rd|th)?", session) and any(map(CONGRESS.search, about)):
        return f"{ordinal(int(re.sub(r'[a-z]+', '', session)))} Cong."
    return session


def _whole_name(name: Name) -> str:
    return " ".join(filter(None, (name.given, name.dropping, name.family)))
