"""
Parse entries of Harvard, Chicago, MLA and IEEE where their form is sure, and books of Vancouver.

Each reader takes the line without its address and returns {} for a line that is not wholly of its
form, so what is ambiguous is left to people.
"""

import re

from blog.citations.csl.names import PARTICLE
from blog.citations.parsers.reference_line import words
from blog.citations.parsers.reference_line.chapters import book
from blog.citations.parsers.reference_line.dates import year_of
from blog.citations.parsers.reference_line.links import split_links
from blog.citations.parsers.reference_line.names import (
    ET_AL,
    SEPARATOR,
    SUFFIX,
    direct_names,
    read_names,
    unended,
    vancouver_names,
)
from blog.citations.parsers.reference_line.sources import CITY, serial
from blog.citations.parsers.reference_line.titles import ended, pages
from blog.citations.parsers.reference_line.vancouver import read_vancouver, split_online

YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)[a-z]?"
QUOTED = r"[“\"‘'](?P<title>[^“”\"]{3,400}?)[.,]?[”\"’'][,.]?"
NUMBERS = (
    r"(?:,? vol(?:ume)?\.? ?| )(?P<volume>\d{1,5}(?:[-–]\d{1,5})?)"
    r"(?:,? (?:no|nr|issue|iss)\.? ?(?P<no>[\w–-]{1,12})| ?\((?P<issue>[^()]{1,20})\))?"
)
PAGES = r"(?P<page>[A-Za-z]{0,3}\d[\w.]*(?: ?[-–] ?[A-Za-z]{0,3}\d\w*)?)"
MONTH = r"[^\W\d_]{3,12}\.?"
MONTHS = rf"(?:(?P<day>\d{{1,2}} {MONTH}|{MONTH}(?: \d{{1,2}}|[-–/]{MONTH})?) )?"

AUTHOR_DATE = re.compile(
    rf"(?P<names>[^\d“\"()]{{2,400}}?)[,.:]? (?P<bracket>\()?{YEAR}(?(bracket)\))[,.:]? "
    r"(?P<rest>\S.*)"
)
HARVARD_QUOTED = re.compile(rf"{QUOTED} (?P<source>[^“”\"]+)")
QUOTED_CHAPTER = re.compile(
    rf"{QUOTED} [Ii]n:? (?P<editors>[^()]{{3,200}}?),? \((?:[Ee]ds?|[Ee]ditors?)\.?\),? "
    r"(?P<book>\S.{3,400})"
)
CHICAGO_SERIAL = re.compile(rf"{QUOTED} (?P<container>\S[^“”\"]{{2,150}}?){NUMBERS}: ?{PAGES}\.?")
CHICAGO_NOTE = re.compile(
    rf"(?P<names>[^\d“\"]{{2,400}}?)\. {QUOTED} (?P<container>\S[^“”\"]{{2,150}}?){NUMBERS} "
    rf"\({MONTHS}{YEAR}\)(?:: ?{PAGES})?\.?"
)
MLA_SERIAL = re.compile(
    rf"(?P<names>[^\d“\"]{{2,400}}?)\. {QUOTED} (?P<container>\S[^“”\"]{{2,150}}?),{NUMBERS}, "
    rf"{MONTHS}{YEAR}(?:, pp?\. ?{PAGES})?\.?"
)
MLA_SITE = re.compile(
    rf"(?P<names>[^\d“\"]{{2,400}}?)\. {QUOTED} (?P<container>[^“”\",]{{2,150}}), "
    rf"{MONTHS}{YEAR}[.,]?"
)
BOOK_LAST_YEAR = re.compile(
    rf"(?P<names>[^\d“\"]{{2,400}}?)\. (?P<title>[^“”\"]{{3,300}}?)\.(?: (?P<edition>\d{{1,2}})"
    rf"(?:st|nd|rd|th) edn?\.[,]?)? (?:(?P<city>[^:.\d]{{2,40}}): )?"
    rf"(?P<publisher>[^:.,\d]{{2,80}})[,;] "
    rf"{YEAR}(?:\. (?P<count>\d{{1,5}}) p)?\.?"
)
IEEE = re.compile(
    rf"(?P<names>[^\d“\"]{{2,400}}?), {QUOTED} (?P<container>[^“”\"]{{2,150}}?),{NUMBERS}"
    rf"(?:, pp?\. ?{PAGES})?, {MONTHS}{YEAR}[.,]?"
)
BOOK_DETAILS = re.compile(
    r"(?P<title>.{3,300}?)\.(?: (?P<edition>\d{1,2})(?:st|nd|rd|th) edn?\.?,?)? "
    r"(?P<source>[^.]{2,40}: .{2,80}?)\.?"
)
# “JSTOR, ” before the address of MLA’s second container, which the address says as well.
DATABASE = re.compile(
    r"(?<=[\d.”\"])\s+(?P<name>(?:JSTOR|ProQuest|EBSCOhost|Project MUSE|Gale[\w ]{0,30}|PubMed|"
    r"ScienceDirect|SAGE Journals|Google Scholar|Academic Search[\w ]{0,20}))[,.]*$"
)
GERMAN_SERIAL = re.compile(
    rf"(?P<title>[^“”\"]{{3,300}}?)\. In: (?P<container>[^“”\":().\d][^“”\":()\d]{{2,150}}?),? "
    r"(?:(?:Jg|Bd)\. ?)?(?P<volume>\d{1,5})"
    r"(?: ?\((?P<issue>\d{1,4}(?:[-–/]\d{1,4})?)\)|, (?:H|Heft|Nr)\.? ?(?P<no>\d{1,4}))?"
    rf", S\. ?{PAGES}\.?"
)
GERMAN_NOTE = re.compile(
    r"(?P<names>[^\d“\":]{2,400}?): (?P<title>[^“”\"]{3,300}?)\. "
    r"In: (?P<container>[^“”\":().\d][^“”\":()\d]{2,150}?),? (?:(?:Jg|Bd)\. ?)?(?P<volume>\d{1,5}) "
    rf"\({YEAR}\)(?:, (?:H|Heft|Nr)\.? ?(?P<no>\d{{1,4}}))?, S\. ?{PAGES}\.?"
)
MAX_NAMES = 60
MAX_LINE_CHARS = 1_200


def read_other_style(line: str) -> dict:
    """Return the CSL fields of an entry; {} where its style is not sure."""
    text, record = split_links(line)
    if len(text) > MAX_LINE_CHARS:
        return {}
    text, seen = split_online(text)
    record |= seen
    text = text.rstrip("., ")
    if "URL" in record and (database := DATABASE.search(text)):
        text, record["source"] = text[: database.start()].rstrip("., "), database["name"]
    text += "."
    for read in (_author_date, _notes, _ieee, read_vancouver, _book_last):
        if found := read(text):
            if found["type"] == "webpage" and "URL" not in record:
                return {}
            return record | {name: value for name, value in found.items() if value}
    return {}


def _author_date(text: str) -> dict:
    """Parse Harvard and Chicago: Luna, A. and Sol, B., 2012. Ties. Journal, 17(1), pp.33-49."""
    found = AUTHOR_DATE.fullmatch(text)
    if found is None:
        return {}
    # The full stop after an initial belongs to it.
    names = re.sub(r"(?<![^\W\d_])([A-Z])$", r"\1.", found["names"])
    people, fields = _inverted(names), _rest(found["rest"])
    return {"author": people, **year_of(found), **fields} if people and fields else {}


def _rest(rest: str) -> dict:
    """Parse what follows author and year in Harvard and in Chicago’s author-date form."""
    for pattern in (CHICAGO_SERIAL, GERMAN_SERIAL):
        if found := pattern.fullmatch(rest):
            return _article(found)
    if chapter := QUOTED_CHAPTER.fullmatch(rest):
        return _chapter(chapter)
    if quoted := HARVARD_QUOTED.fullmatch(rest):
        whole = serial(quoted["source"])
        if whole and not whole[0]:
            return {"type": "article-journal", "title": quoted["title"], **whole[1]}
        return {}
    whole = serial(rest)
    if whole and whole[0]:
        return {"type": "article-journal", "title": ended(whole[0]), **whole[1]}
    book = BOOK_DETAILS.fullmatch(rest)
    city = CITY.fullmatch(book["source"]) if book else None
    if not book or not city:
        return {}
    return {
        "type": "book",
        "title": book["title"],
        "edition": book["edition"],
        "publisher-place": city["place"],
        "publisher": city["name"],
    }


def _chapter(found: re.Match) -> dict:
    editors = _inverted(found["editors"]) or _direct_people(found["editors"])
    source = book(found["book"])
    if not editors or "page" not in source or "editor" in source:
        return {}
    return {"type": "chapter", "title": found["title"], "editor": editors, **source}


def _notes(text: str) -> dict:
    """Parse Chicago’s notes and MLA: Luna, Ada, and Bo Sol. “Ties.” Journal …"""
    for pattern in (CHICAGO_NOTE, MLA_SERIAL, MLA_SITE, GERMAN_NOTE):
        if found := pattern.fullmatch(text):
            people = _first_inverted(found["names"])
            if not people:
                continue
            fields = _article(found) if pattern is not MLA_SITE else _site(found)
            return {"author": people, **year_of(found), **fields}
    return {}


def _ieee(text: str) -> dict:
    found = IEEE.fullmatch(text)
    people = direct_names(ET_AL.sub("", found["names"])) if found else []
    if not found or not all("family" in person for person in people):
        return {}
    more = [{"literal": "others"}] if ET_AL.search(found["names"]) else []
    return {"author": people + more, **year_of(found), **_article(found)}


def _book_last(text: str) -> dict:
    """Parse a book whose year is at the end: Luna, Ada. Ties. Moor Press, 2012."""
    found = BOOK_LAST_YEAR.fullmatch(text)
    if found is None:
        return {}
    people = vancouver_names(found["names"]) or _first_inverted(found["names"])
    if not people or not (found["city"] or words.PUBLISHER.search(found["publisher"])):
        return {}
    return {
        "type": "book",
        "author": people,
        "title": found["title"],
        "edition": found["edition"],
        "publisher-place": found["city"],
        "publisher": found["publisher"],
        "number-of-pages": found["count"],
        **year_of(found),
    }


def _article(found: re.Match) -> dict:
    parts = found.groupdict()
    return {
        "type": "article-journal",
        "title": ended(parts["title"]),
        "container-title": parts["container"].strip(" ,"),
        "volume": parts["volume"],
        "issue": parts.get("no") or parts.get("issue"),
        "page": pages(parts["page"]) if parts.get("page") else "",
    }


def _site(found: re.Match) -> dict:
    return {"type": "webpage", "title": found["title"], "container-title": found["container"]}


def _inverted(text: str) -> list[dict]:
    """Parse names of which each is inverted, or the first alone; [] if one of them is odd."""
    people = read_names(text)
    if people and all("given" in p or words.is_group(p["literal"]) for p in people[:-1]):
        last = people[-1]
        if "given" in last or last["literal"] == "others" or words.is_group(last["literal"]):
            return people
    return _first_inverted(text)


def _first_inverted(text: str) -> list[dict]:
    """Parse “Luna, Ada, Cy Mar, and Bo Sol”: the first name is inverted, the others are not."""
    text, has_more = ET_AL.subn("", text.strip())
    pieces = SEPARATOR.split(text)
    parts = [unended(part.strip()) for part in pieces[::2] if part.strip(" .")]
    if len(parts) == 1 and words.is_group(parts[0]):
        return [{"literal": parts[0]}]
    if len(parts) < 2 or "," not in pieces[1] or not all(map(_is_name, parts[:2])):
        return []
    people = [{"family": parts[0], "given": parts[1]}]
    for part in parts[2 : MAX_NAMES + 2]:
        if SUFFIX.fullmatch(part):
            people[-1]["suffix"] = part
        elif not _is_name(part) or " " not in part:
            return []
        else:
            people.append(_direct(part))
    return people + [{"literal": "others"}] * bool(has_more)


def _direct_people(text: str) -> list[dict]:
    """Parse “Cy Mar and B Sol”; [] if one of them is no person."""
    parts = [part.strip() for part in SEPARATOR.split(text)[::2] if part.strip()]
    if not all(_is_name(part) and " " in part and not words.is_group(part) for part in parts):
        return []
    return [_direct(part) for part in parts]


def _is_name(text: str) -> bool:
    pieces = text.split()
    return 0 < len(pieces) <= 5 and all(
        word[0].isupper() or PARTICLE.fullmatch(word) for word in pieces
    )


def _direct(name: str) -> dict:
    """Parse a whole name: its last word, with the particles before it, is the family’s."""
    pieces = name.split()
    start = len(pieces) - 1
    while start > 1 and PARTICLE.fullmatch(pieces[start - 1]):
        start -= 1
    return {"given": " ".join(pieces[:start]), "family": " ".join(pieces[start:])}
