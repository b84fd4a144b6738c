"""Titles of entries, with the parentheses and brackets after them."""

import re

from blog.citations.apa.descriptions import bracketed
from blog.citations.apa.numbers import edition, is_worded, numbered, pages, ranged, volume
from blog.citations.apa.works import PLURALS, Work
from blog.citations.csl.fields import folded, marked, unmarked
from blog.citations.csl.types import KINDS
from blog.citations.runs import Run

EPISODE = re.compile(r"S(?:eason)?\s*(\d+)[\s,:.]*E(?:p(?:isode)?)?\.?\s*(\d+)", re.IGNORECASE)
# The offices of patents as APA names them, by their words and by the letters of their numbers.
OFFICES = (
    (r"united states|u\.?\s?s\.?(?:\s?a\.?|pto)?\b|america", "U.S."),
    (r"europe|epo?\b", "European"),
    (r"canad|ca\b", "Canadian"),
    (r"german|deutsch|de\b", "German"),
    (r"japan|jp\b", "Japanese"),
    (r"chin|cn\b", "Chinese"),
    (r"korea|kr\b", "Korean"),
    (r"franc|french|fr\b", "French"),
    (r"austral|au\b", "Australian"),
    (r"united kingdom|great britain|u\.?\s?k\.?\b|gb\b", "U.K."),
    (r"world intellectual|wipo|wo\b|pct\b", "International"),
)
PATENT_LETTERS = re.compile(r"([A-Z]{2})\s?\d")


def described(work: Work) -> tuple[Run, ...]:
    """Return a title with its parentheses and brackets: Title (B. Sol, Trans.; 2nd ed.) [Film]."""
    whole, in_brackets = work.kind.form == "whole", bracketed(work)
    if in_brackets and work.authors and not work["title"]:  # the description is its title (9.22)
        first, *rest = in_brackets
        return (Run(first.text.lstrip()), *rest)
    runs = list(marked(work.shown, italic=whole and bool(work["title"])))
    if details := "; ".join(filter(None, (_contributors(work), _details(work)))):
        runs.append(Run(f" ({details})"))
    runs.extend(in_brackets)
    return tuple(runs)


def _contributors(work: Work) -> str:
    credits = [
        "" if work.are_editors_translators else work.credit("translator", "Trans.", "Trans."),
        work.credit("narrator", "Narr.", "Narrs."),
        work.credit("interviewer", "Interviewer", "Interviewers"),
    ]
    if work.kind.form == "whole" and work.lead[1] not in PLURALS:
        credits.insert(0, work.credit("editor", *work.editor_words))
    return "; ".join(filter(None, credits))


def _details(work: Work) -> str:
    """Return the number, version, edition, volume, and the pages of a part of an unknown whole."""
    if work.kind.form != "whole":
        return _episode(work) if work.type == "broadcast" else ""
    version, is_part = work["version"], KINDS[work.type].form in {"serial", "part", "proceedings"}
    issue = ranged(work["issue"]) if KINDS[work.type].form == "serial" else ""
    parts = [
        _number(work) if work["number"] else "",
        f"Version {version}" if version[:1].isdigit() else version,
        edition(work["edition"]),
        volume(work["volume"]),
        numbered(issue, ""),
        pages(work["page"]) if is_part else "",
    ]
    return ", ".join(filter(None, map(unmarked, parts)))


def _number(work: Work) -> str:
    """Return the number of a whole work, with what it numbers: Report No. 12."""
    number, genre = work["number"], work.in_title_case(work.plain("genre"))
    if work.type == "broadcast":
        return _episode(work)
    if work.type == "standard":
        return number
    if work.type == "manuscript":
        return ""
    if work.type == "thesis":
        return numbered(number, "Publication")
    if work.type == "patent":
        noun = work.plain("genre") or f"{_office(work)} Patent".strip()
        return number if is_worded(number) else f"{noun} No. {number}"
    if not genre:
        return numbered(number, "Report" if work.type == "report" else "")
    if folded(genre) in folded(number) or is_worded(number):
        return number
    return f"{genre} No. {number}"


def _office(work: Work) -> str:
    """Return the office of a patent as an adjective: U.S.; European."""
    named = work.plain("authority", "jurisdiction", "publisher-place")
    letters = PATENT_LETTERS.match(work.plain("number"))
    for text in (named, letters[1] if letters else "", work.plain("publisher")):
        for pattern, office in OFFICES:
            if text and re.match(pattern, text, re.IGNORECASE):
                return office
    return "" if re.search(r"office|organi[sz]ation", named, re.IGNORECASE) else named


def _episode(work: Work) -> str:
    """Return Season 3, Episode 12; or No. 12."""
    season, number = work.plain("season"), work.plain("number")
    if match := EPISODE.fullmatch(number):
        season, number = match.groups()
    if season and number:
        return f"Season {season}, Episode {number}"
    return numbered(number, "") if number else ""
