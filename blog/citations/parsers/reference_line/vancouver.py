"""Parse articles and chapters in Vancouver style, where their form is sure."""

import re

from blog.citations.csl.dates import read_date
from blog.citations.csl.months import month_of
from blog.citations.parsers.csl_json import date_csl
from blog.citations.parsers.reference_line import words
from blog.citations.parsers.reference_line.dates import year_of
from blog.citations.parsers.reference_line.names import vancouver_names
from blog.citations.parsers.reference_line.titles import ended, pages

YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)(?: (?P<day>[A-Z][a-z]{2}(?: \d{1,2})?))?"
PAGES = r"(?P<page>[A-Za-z]{0,3}\d[\w.]*(?: ?[-–] ?[A-Za-z]{0,3}\d\w*)?)"
SUPPLEMENT = r"(?: (?P<supplement>(?:Suppl|Pt|Spec)\.?(?: \w{1,5})?))?"
HEAD = r"(?P<names>[^\d“\".]{2,400}(?:et al)?)\. (?P<title>[^“”\"]{3,400}?[.?!])"
ARTICLE = re.compile(
    rf"{HEAD} (?P<container>[^\d;]{{2,120}}?)\.? {YEAR}; ?(?P<volume>\d{{1,5}}){SUPPLEMENT}"
    rf"(?:\((?P<issue>[^()]{{1,20}})\))?(?::{PAGES})?\.?"
)
CHAPTER_HEAD = re.compile(HEAD)
IN = re.compile(r"(?<=[.?!]) In:? (?=[^\W\d_])")
EDITORS = re.compile(
    r"(?P<names>[^.\d():]{3,300}?(?: et al)?)\.?,? \(?(?:editors?|eds?)(?:\.|(?=[,):]))\)?[.,:]? ",
    re.IGNORECASE,
)
BOOK = re.compile(
    r"(?P<book>[^\Wa-z_][^;]{2,300}?)[.,?!]"
    r"(?: (?P<edition>\d{1,2})(?:st|nd|rd|th) ed(?:n|ition)?\.)?"
    r"(?: [Vv]ol(?:ume)?\.? (?P<volume>\w{1,5})[.,:])?"
    rf" (?P<place>[A-Z][^:;\d]{{1,60}}): ?(?P<publisher>[^:;]{{2,100}}); ?{YEAR}"
    rf"(?:[.;:,]? ?(?:pp?\.? ?|pages )|: ?){PAGES}\.?"
)
# Only where a title or a source ends: “The [Internet] of things” is a title.
ONLINE = re.compile(
    r"(?:(?<=[^\W\d_]{2}[.,;:?!]) \[(?:Internet|online)\]"
    r"| \[(?:Internet|online)\](?=\s*(?:[.,;:(\[\d]|$|(?:pp?\.|vol\b|no\.|available\b))))",
    re.IGNORECASE,
)
CITED = re.compile(r" \[(?:cited|accessed) (?:on )?(?P<day>[\w ,./-]{4,20})\]", re.IGNORECASE)


def split_online(text: str) -> tuple[str, dict]:
    """Return an entry without “[Internet]” and “[cited 2020 Mar 3]”, and the day as CSL.

    Both stay in words that are neither the end of a title or source nor a date.
    """
    cited = CITED.search(text)
    if cited is None or not _is_day(cited["day"]):
        return ONLINE.sub("", text), {}
    day = date_csl(read_date(cited["day"]))
    rest = text[: cited.start()] + text[cited.end() :]
    return ONLINE.sub("", rest), {"accessed": day} if day else {}


def _is_day(text: str) -> bool:
    """Return whether a text is a date and nothing else."""
    rest = [
        word for word in re.findall(r"\w+", text) if not re.fullmatch(r"\d+(?:st|nd|rd|th)?", word)
    ]
    return read_date(text).start is not None and all(map(month_of, rest))


def read_vancouver(text: str) -> dict:
    """Return the CSL fields of an article or a chapter; {} where it is neither for sure."""
    return _article(text) or _chapter(text)


def _article(text: str) -> dict:
    """Parse “Luna A, Sol B. Ties. J Ties. 2012 Mar;17(1):33-49.”"""
    found = ARTICLE.fullmatch(text)
    people = vancouver_names(found["names"]) if found else []
    if not found or not people:
        return {}
    return {
        "type": "article-journal",
        "author": people,
        **year_of(found),
        "title": ended(found["title"]),
        "container-title": found["container"].strip(" ,"),
        "volume": found["volume"],
        "issue": ", ".join(filter(None, (found["issue"], found["supplement"]))),
        "page": pages(found["page"]) if found["page"] else "",
    }


def _chapter(text: str) -> dict:
    """Parse “Luna A. Ties. In: Sol B, editor. Nets. 2nd ed. London: Sage; 2012. p. 3-9.”"""
    for start in IN.finditer(text):
        head, rest = CHAPTER_HEAD.fullmatch(text[: start.start()]), text[start.end() :]
        edited = EDITORS.match(rest)
        editors = vancouver_names(edited["names"]) if edited else []
        book = BOOK.fullmatch(rest[edited.end() :] if edited and editors else rest)
        people = vancouver_names(head["names"]) if head else []
        if head and people and book and not words.has_small_words(book["place"]):
            return {
                "type": "chapter",
                "author": people,
                **year_of(book),
                "title": ended(head["title"]),
                "editor": editors,
                "container-title": book["book"],
                "edition": book["edition"],
                "volume": book["volume"],
                "publisher-place": book["place"],
                "publisher": book["publisher"],
                "page": pages(book["page"]),
            }
    return {}
