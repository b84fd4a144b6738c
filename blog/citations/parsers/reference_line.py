"""
Parse a line of a reference list in APA style to a CSL record, as far as that is possible.

A printed list has less than a record (no italics, for one), so this guesses, and people see the
guess before it is saved. Nothing here raises: at worst a line is a title.
"""

import re

from blog.citations.csl.dates import read_date
from blog.citations.csl.fields import tidy
from blog.citations.parsers.csl_json import clean_csl, date_csl

MAX_LINE_CHARS = 4_000

BULLET = re.compile(r"^(?:\[\d{1,3}\]|\d{1,3}[.)](?=\s+\D)|[-*•–·])\s+")
EMPHASIS = re.compile(r"\*+(?=\S)|(?<=\S)\*+|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)")
HEADING = re.compile(r"^\W*(?:references?|reference list|bibliography|works cited)\W*$", re.I)
DATED = re.compile(
    r"\((?P<date>(?:c(?:a|irca)?\.\s*)?\d{4}(?!\d)[^()]{0,40}|n\.\s?d\.[^()]{0,20}|in press|"
    r"forthcoming|in preparation|submitted)\)\s*[.,:]?\s*",
    re.IGNORECASE,
)
DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|\bdoi:?\s*)?\b(10\.\d{4,9}/\S+)\s*$", re.I)
URL = re.compile(r"(https?://\S+|www\.\S+)\s*$", re.I)
RETRIEVED = re.compile(
    r"\b(?:Retrieved|Accessed)(?:\s+(?:on\s+)?(?P<date>[\w ,]{4,30}?))?(?:,?\s+from)?:?\s*$"
)
ORIGINAL = re.compile(r"\(Original work published (\d{4})\)\.?\s*$", re.I)

INITIALS = re.compile(r"(?:[^\W\d_]{1,3}\.[\s-]?){1,6}")
SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
NAMES_APART = re.compile(r",\s*(?:&\s*)?|\s*&\s*")
ROLE = re.compile(r"\s*\((?P<role>[^()]{2,60})\)\.?")
ROLES = (
    (re.compile(r"\beds?\b|editor", re.I), "editor"),
    (re.compile(r"director", re.I), "director"),
    (re.compile(r"\bhost", re.I), "host"),
    (re.compile(r"\btrans\b|translator", re.I), "translator"),
    (re.compile(r"producer", re.I), "producer"),
)

# “, 17(1), 33–49” ends the entry of an article; its journal comes after the last sentence.
IN_A_SERIAL = re.compile(
    r",\s*(?:vol(?:ume)?\.?\s*)?(?P<volume>\d{1,5}[A-Za-z]?(?:[-–]\d{1,5})?)"
    r"(?:\s*\((?P<issue>[^()]{1,40})\))?"
    r"(?:\s*[,:]\s*(?P<place>[^,]{1,60}))?\.?$"
)
ENDS = re.compile(r"[.?!][\"”’)\]]?\s+(?=[^\W\d_])")
IN_A_BOOK = re.compile(r"[.?!]\s+In:?\s+")
EDITED = re.compile(r"\s*\(Eds?\.\),?\s+")
PARTS_PLACE = re.compile(r"\s*\((?P<inside>[^()]*(?:pp?\.|Vol\.|ed\.|chap\.)[^()]*)\)", re.I)
PAGES = re.compile(r"\bpp?\.\s*([\w\s–-]{1,30})", re.I)
VOLUME = re.compile(r"\bVol\.\s*([\w–-]{1,12})", re.I)
EDITION = re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\s+ed\b|\b(Rev\.|revised)\s+ed\b", re.I)
ARTICLE = re.compile(r"(?:Article|Art\.)\s*(?:No\.\s*)?(?P<named>\S+)|(?P<bare>e\d{3,})", re.I)
FORM = re.compile(r"\s*\[(?P<form>[^\[\]]{2,80})\]")
FORMS = (
    (re.compile(r"dissertation|thesis", re.I), "thesis"),
    (re.compile(r"video|film|television|tv ", re.I), "motion_picture"),
    (re.compile(r"data set|dataset", re.I), "dataset"),
    (re.compile(r"software|mobile app", re.I), "software"),
    (re.compile(r"podcast|audio", re.I), "song"),
    (re.compile(r"tweet|post|status update|photograph", re.I), "post"),
    (re.compile(r"conference|paper presentation|poster", re.I), "speech"),
)
SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[^\W\d_a-z]|[\"“‘(\[])")
ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[A-Z]|vs|vol|no|st|dr|mr|mrs|ms|prof|e\.g|i\.e)\.$", re.I)


def split_references(text: str) -> list[str]:
    """Return the entries of a pasted list, each on one line and without the list's heading.

    Blank lines separate entries where there are any; else a line without a date belongs to the
    entry before it.
    """
    blocks = [" ".join(block.split()) for block in re.split(r"\n[ \t]*\n", text)]
    if len([block for block in blocks if block]) < 2:
        blocks = _joined([" ".join(line.split()) for line in text.splitlines()])
    return [block for block in blocks if block and not HEADING.match(block)]


def read_apa(line: str) -> dict:
    """Parse one entry to a CSL record; parts that cannot be told apart are in the title."""
    record = _read(line)
    return record if len(record) > 1 else record | {"title": tidy(line[:MAX_LINE_CHARS])}


def _read(line: str) -> dict:
    text = BULLET.sub("", tidy(EMPHASIS.sub("", line[:MAX_LINE_CHARS])))
    text, record = _links(text)
    dated = DATED.search(text)
    if dated is None:
        return clean_csl(record | _work(text, record))
    record["issued"] = date_csl(read_date(_plain_date(dated["date"])))
    before, after = text[: dated.start()].strip(), text[dated.end() :].strip()
    if not after or re.match(r"In\s", after):
        # No title after the date: the title is in the author's place.
        after, before = f"{before} {after}".strip(), ""
    record |= _people(before)
    return clean_csl(record | _work(after, record))


def _joined(lines: list[str]) -> list[str]:
    entries: list[str] = []
    for line in lines:
        begins = DATED.search(line) or not entries or BULLET.match(line) or HEADING.match(line)
        if begins or HEADING.match(entries[-1]):
            entries.append(line)
        elif line:
            entries[-1] = f"{entries[-1]} {line}"
    return entries


def _links(text: str) -> tuple[str, dict]:
    """Return the line without the address at its end, and the record of that address."""
    record: dict = {}
    if original := ORIGINAL.search(text):
        record["original-date"] = date_csl(read_date(original[1]))
        text = text[: original.start()].rstrip()
    text = text.rstrip(". ")
    if found := DOI.search(text):
        record["DOI"] = found[1]
    elif found := URL.search(text):
        record["URL"] = found[1] if "://" in found[1] else f"https://{found[1]}"
    if found:
        text = text[: found.start()].rstrip()
        text = re.sub(r"\b(?:Available (?:at|from)):?$", "", text).rstrip()
    if retrieved := RETRIEVED.search(text):
        record["accessed"] = date_csl(read_date(retrieved["date"] or ""))
        text = text[: retrieved.start()].rstrip()
    return text, record


def _plain_date(words: str) -> str:
    """Return “2012, January 12” and “2012a” as ``read_date`` takes them; “n.d.” is ""."""
    if re.match(r"n\.\s?d", words, re.I):
        return ""
    found = re.fullmatch(r"(\d{4})[a-z]?(?:,\s*(?P<day>.+))?", words.strip())
    if found is None:
        return words
    return f"{found['day']}, {found[1]}" if found["day"] else found[1]


def _people(text: str) -> dict:
    """Return the names before the date, under the role in brackets after them."""
    role = "author"
    if found := list(ROLE.finditer(text)):
        role = next((name for sign, name in ROLES if sign.search(found[-1]["role"])), role)
        text = ROLE.sub("", text)
    names = _names(text)
    return {role: names} if names else {}


def _names(text: str) -> list[dict]:
    """Parse “Ulla, M. B., & Pham Chien Thang”: a name without initials is not split."""
    text = re.sub(r"\s*(?:\.{3}|…|\. \. \.)\s*", ", ", text.strip())
    text = re.sub(r",?\s+(?:&|and|und|y)\s+", " & ", text)
    has_last = " & " in text
    parts = [part.strip() for part in re.split(r",| & ", text) if part.strip(" .")]
    if len(parts) == 2 and not has_last and _is_given(parts[0], parts[1]):
        return [{"family": parts[0], "given": parts[1].rstrip(".")}]
    people: list[dict] = []
    for part in parts:
        last = people[-1] if people else {}
        if INITIALS.fullmatch(f"{part.rstrip('.')}.") and "literal" in last:
            given = part if part.endswith(".") else f"{part}."
            people[-1] = {"family": last["literal"], "given": given}
        elif SUFFIX.fullmatch(part) and "given" in last:
            last["suffix"] = part
        else:
            people.append({"literal": _unended(part)})
    return people


def _is_given(family: str, given: str) -> bool:
    """Return whether two parts are one name with its given name written out."""
    words = given.rstrip(".").split()
    if not words or INITIALS.fullmatch(f"{' '.join(words)}."):
        return False
    return len(family.split()) <= 2 and len(words) <= 3 and all(w[0].isupper() for w in words)


def _unended(name: str) -> str:
    """Return names without the full stop after them, but with that of “et al.” or “Inc.”"""
    return name if re.search(r"\b(?:al|Inc|Ltd|Co|Jr|[A-Z])\.$", name) else name.rstrip(".")


def _work(text: str, record: dict) -> dict:
    """Parse the text after the date: title, container, volume and pages."""
    edited, part = EDITED.search(text), IN_A_BOOK.search(text)
    if edited and part and part.end() < edited.start():
        title, people = text[: part.start() + 1], text[part.end() : edited.start()]
        return _chapter(title, people, text[edited.end() :])
    if found := IN_A_SERIAL.search(text):
        ends = list(ENDS.finditer(text, 0, found.start()))
        if ends:
            title, container = text[: ends[-1].end()], text[ends[-1].end() : found.start()]
            return _article(title, container, found)
    return _whole(text, record)


def _article(title: str, container: str, found: re.Match) -> dict:
    place = (found["place"] or "").strip(" .")
    article = ARTICLE.fullmatch(place)
    return {
        "type": "article-journal",
        "title": _ended(title),
        "container-title": container.strip(),
        "volume": found["volume"],
        "issue": found["issue"] or "",
        "number": (article["named"] or article["bare"]) if article else "",
        "page": "" if article else _pages(place),
    }


def _chapter(title: str, people: str, rest: str) -> dict:
    details: dict = {}
    if place := PARTS_PLACE.search(rest):
        details = _details(place["inside"])
        container, publisher = rest[: place.start()], rest[place.end() :]
    else:
        container, _stop, publisher = rest.partition(". ")
    return {
        "type": "chapter",
        "title": _ended(title),
        "editor": [_direct_name(name) for name in NAMES_APART.split(people) if name.strip()],
        "container-title": container.strip(" ."),
        "publisher": publisher.strip(" ."),
        **details,
    }


def _direct_name(name: str) -> dict:
    """Parse a name in its natural order, as editors have it: “A. B. Luna”."""
    found = re.fullmatch(rf"(?P<given>{INITIALS.pattern})\s*(?P<family>\S.*)", name.strip())
    return found.groupdict() if found else {"literal": name.strip()}


def _details(inside: str) -> dict:
    """Parse “2nd ed., Vol. 3, pp. 4–9”."""
    details = {}
    if found := PAGES.search(inside):
        details["page"] = _pages(found[1])
    if found := VOLUME.search(inside):
        details["volume"] = found[1]
    if found := EDITION.search(inside):
        details["edition"] = found[1] or found[2]
    return details


def _whole(text: str, record: dict) -> dict:
    """Parse a book, a report or a page: its title and its publisher or site."""
    sentences = _sentences(text)
    title, others = sentences[0], sentences[1:]
    details: dict = {}
    if found := PARTS_PLACE.search(title):
        details = _details(found["inside"])
        title = PARTS_PLACE.sub("", title)
    kind = "webpage" if "URL" in record else "book"
    if found := FORM.search(title):
        kind = next((name for sign, name in FORMS if sign.search(found["form"])), kind)
        details["genre"] = found["form"]
        title = FORM.sub("", title)
    source = _unended(" ".join(others)).strip()
    if kind == "webpage" or (kind == "post" and source):
        details["container-title"] = re.sub(r"^In:?\s+", "", source)
    elif source:
        details["publisher"] = source
    elif kind == "book" and not {"DOI", "author", "editor"} & record.keys():
        kind = "document"
    return {"type": kind, "title": _ended(title) or text, **details}


def _sentences(text: str) -> list[str]:
    """Split a text into sentences, but not after an initial, “vs.” or “No.”"""
    sentences: list[str] = [""]
    for piece in SENTENCE.split(text):
        if sentences[-1] and not ABBREVIATED.search(sentences[-1][-8:]):
            sentences.append(piece)
        else:
            sentences[-1] = f"{sentences[-1]} {piece}".strip()
    return sentences


def _ended(title: str) -> str:
    """Return a title without the full stop of the entry; a question mark is the title’s own."""
    title = title.strip()
    return title[:-1].rstrip() if title.endswith(".") and not title.endswith("..") else title


def _pages(place: str) -> str:
    return re.sub(r"\s*[–—−]\s*", "-", re.sub(r"^pp?\.\s*", "", place.strip(" .")))
