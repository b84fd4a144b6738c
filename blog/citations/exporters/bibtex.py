"""
Write BibTeX, with the fields of BibLaTeX where the old ones are too few.

Old styles find the fields they look for (``year``, ``journal``, ``number``), new ones those they
prefer (``date``, ``urldate``, ``@online``). A kind of work that neither has is named in
``entrysubtype``, as Better BibTeX does. Files are UTF-8; only characters that LaTeX would take for
its own are escaped.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from blog.citations.csl.biblatex import DATES, FIELDS, ROLES
from blog.citations.csl.dates import read_date
from blog.citations.csl.fields import MARKUP, text_of
from blog.citations.csl.note_lines import edtf, whole_name
from blog.citations.csl.types import known_type
from blog.citations.exporters.dates import year_of

KINDS = {
    **{"article-journal": "article", "article-magazine": "article", "article-newspaper": "article"},
    **{"book": "book", "chapter": "incollection", "paper-conference": "inproceedings"},
    **{"thesis": "thesis", "report": "techreport", "webpage": "online", "dataset": "dataset"},
    **{"motion_picture": "video", "song": "audio", "graphic": "image", "manuscript": "unpublished"},
    **{"entry-encyclopedia": "inreference", "pamphlet": "booklet", "software": "software"},
    **{"patent": "patent", "periodical": "periodical", "standard": "standard", "map": "map"},
    **{"performance": "performance", "legislation": "legislation", "legal_case": "jurisdiction"},
    **{"personal_communication": "letter", "review": "review"},
    # These have no kind of their own; the nearest one, and the type beside it.
    **{"post-weblog": "online", "post": "online"},
}
SUBTYPES = {"article-magazine": "magazine", "article-newspaper": "newspaper"}
OWN_KIND = KINDS.keys() - {"post-weblog", "post", *SUBTYPES}
THESES = {"Doctoral dissertation": "phdthesis", "Master's thesis": "mastersthesis"}
PLAIN = {
    **{"container-title": "journal", "collection-title": "series", "volume": "volume"},
    **{"page": "pages", "edition": "edition", "version": "version", "publisher": "publisher"},
    **{"publisher-place": "address", "chapter-number": "chapter", "title-short": "shorttitle"},
    **{"event-title": "eventtitle", "event-place": "venue", "language": "language"},
    **{"genre": "type", "status": "pubstate", "ISBN": "isbn", "ISSN": "issn", "DOI": "doi"},
    **{"note": "note", "abstract": "abstract", "keyword": "keywords"},
    **FIELDS,
}
CONTAINERS = {
    **dict.fromkeys(("incollection", "inproceedings", "inreference"), "booktitle"),
    **{"book": "maintitle"},
}
PUBLISHERS = {
    **{"techreport": "institution", "online": "organization", "thesis": "school"},
    **{"phdthesis": "school", "mastersthesis": "school"},
}
# What “number” means differs by type; elsewhere it is the issue, and an article's number is “eid”.
BY_NUMBER = {
    *("report", "patent", "standard", "manuscript", "dataset", "thesis", "legislation"),
}
IN_SERIES = {"book", "chapter", "pamphlet"}

SIGNS = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {sign: "\\" + sign for sign in "$&%#_"}
)
# Two of these in a row would become a dash or a quotation mark, and ?` the Spanish signs.
PAIRS = re.compile(r"(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')|(?<=[?!])(?=`)|(?<=,)(?=,)")
COMMANDS = {"i": "textit", "em": "textit", "italic": "textit", "jats:italic": "textit"} | {
    **{"sup": "textsuperscript", "jats:sup": "textsuperscript"},
    **{"sub": "textsubscript", "jats:sub": "textsubscript"},
}
SAFE_NAME = re.compile(r"[^\W\d_a-z](?:[^\W_]|[.'’-](?=[^\W_]|$))*")
KEY_SIGNS = re.compile(r"[^\w:./+-]")


def write_bibtex(records: Sequence[dict]) -> str:
    """Return CSL-JSON records as BibTeX entries, each under its ``id``."""
    keys: set[str] = set()
    return "\n".join(_entry(record, _key(record, keys)) for record in records)


def escape(text: str) -> str:
    """Return a text escaped so that LaTeX prints it as it is."""
    return "{}".join(part.translate(SIGNS) for part in PAIRS.split(text))


def _entry(record: Mapping, key: str) -> str:
    type_ = known_type(record)
    kind = _kind(type_, record)
    lines = [f"  {name} = {{{value}}}" for name, value in _fields(record, type_, kind) if value]
    return "@" + ",\n".join([f"{kind}{{{key}", *lines]) + "\n}\n"


def _kind(type_: str, record: Mapping) -> str:
    kind = KINDS.get(type_, "misc")
    return THESES.get(text_of(record.get("genre")), kind) if kind == "thesis" else kind


def _fields(record: Mapping, type_: str, kind: str) -> Iterator[tuple[str, str]]:
    if type_ not in OWN_KIND:
        yield "entrysubtype", SUBTYPES.get(type_, type_)
    for role, name in ROLES.items():
        people = record.get(role)
        yield name, " and ".join(map(_person, people)) if isinstance(people, list) else ""
    yield "title", _title(text_of(record.get("title")))
    yield from _dates(record)
    for field, name in PLAIN.items():
        if field == "genre" and kind in THESES.values():
            continue
        name = {"journal": CONTAINERS, "publisher": PUBLISHERS}.get(name, {}).get(kind, name)
        write = _verbatim if field == "DOI" else _marked
        yield name, write(text_of(record.get(field)))
    yield from _numbers(record, type_)
    yield "url", _address(text_of(record.get("URL")))


def _dates(record: Mapping) -> Iterator[tuple[str, str]]:
    issued = record.get("issued")
    yield "year", escape(year_of(issued))
    if read_date(issued).start:
        yield "date", edtf(issued)
    yield "urldate", escape(edtf(record.get("accessed")))
    yield from ((name, escape(edtf(record.get(field)))) for field, name in DATES.items())


def _numbers(record: Mapping, type_: str) -> Iterator[tuple[str, str]]:
    number, issue, place = (
        escape(text_of(record.get(field))) for field in ("number", "issue", "collection-number")
    )
    if type_ in BY_NUMBER:
        yield from (("number", number), ("issue", issue))
    elif type_ in IN_SERIES:
        yield from (("number", place), ("issue", issue), ("eid", number))
    else:
        # An article in a journal is found by its pages, or else by its number.
        has_pages = all(text_of(record.get(field)) for field in ("page", "container-title"))
        is_found = type_ == "article-journal" and has_pages
        yield from (("number", issue), ("eid", "" if is_found else number))


def _person(person: object) -> str:
    """Return ``von Family, Suffix, Given``; braces keep a group's name together."""
    if not isinstance(person, Mapping):
        return ""
    family, given, suffix = (text_of(person.get(part)) for part in ("family", "given", "suffix"))
    if whole := whole_name(person):
        return whole if whole == "others" else f"{{{escape(whole)}}}"
    particle = text_of(person.get("non-dropping-particle"))
    if particle and not all(word.isalpha() and word.islower() for word in particle.split()):
        family, particle = f"{particle} {family}", ""
    dropping = text_of(person.get("dropping-particle"))
    last = " ".join(filter(None, (particle, _braced(family))))
    first = " ".join(_braced(word) for word in f"{given} {dropping}".split())
    return ", ".join(filter(None, (last, suffix and f"{{{escape(suffix)}}}", first)))


def _braced(name: str) -> str:
    return name if SAFE_NAME.fullmatch(name) else f"{{{escape(name)}}}"


def _title(title: str) -> str:
    """Return a title with its capitals in braces, for styles that write titles in lower case."""
    return _marked(title, shield=True)


def _marked(text: str, *, shield: bool = False) -> str:
    """Return a CSL text with its markup as LaTeX commands; other tags leave their text."""
    pieces, place, is_open = [], 0, []
    for tag in MARKUP.finditer(text):
        pieces.append(_shielded(text[place : tag.start()], shield, first=place == 0))
        place = tag.end()
        command = COMMANDS.get(tag["name"].lower())
        if command and not tag["close"]:
            is_open.append(command)
            pieces.append(f"\\{command}{{")
        elif command and command in is_open[-1:]:
            is_open.pop()
            pieces.append("}")
    pieces.append(_shielded(text[place:], shield, first=place == 0))
    return "".join(pieces) + "}" * len(is_open)


def _shielded(text: str, shield: bool, *, first: bool) -> str:
    if not shield:
        return escape(text)
    words = re.split(r"(\s+)", text)
    return "".join(
        f"{{{escape(word)}}}"
        if any(character.isupper() for character in (word[1:] if first and place == 0 else word))
        else escape(word)
        for place, word in enumerate(words)
    )


def _verbatim(text: str) -> str:
    """Return a DOI as it is, as BibLaTeX expects, unless LaTeX would change it."""
    return escape(text) if re.search(r"[\\{}$~]|--|``|''", text) else text


def _address(url: str) -> str:
    """Return an address with the characters escaped that would end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C").replace(" ", "%20")


def _key(record: Mapping, taken: set[str]) -> str:
    """Return the record's id with the characters that BibTeX allows, made unique."""
    stem = KEY_SIGNS.sub("", text_of(record.get("id"))) or "work"
    key = next(key for n in count(1) if (key := stem if n == 1 else f"{stem}-{n}") not in taken)
    taken.add(key)
    return key
