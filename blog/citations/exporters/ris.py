"""Write RIS: one tag a line, nothing to escape; a note carries the fields that have no tag."""

import re
from collections.abc import Iterator, Mapping, Sequence

from blog.citations.csl.dates import read_date
from blog.citations.csl.fields import MARKUP, text_of, unmarked
from blog.citations.csl.note_lines import DATES, ROLES, TEXTS, note_lines, whole_name
from blog.citations.csl.types import known_type
from blog.citations.exporters.dates import slashed, year_of

TYPES = {
    **{"article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS"},
    **{"article": "GEN", "book": "BOOK", "chapter": "CHAP", "paper-conference": "CPAPER"},
    **{"report": "RPRT", "webpage": "ELEC", "post-weblog": "BLOG", "post": "ELEC"},
    **{"motion_picture": "VIDEO", "broadcast": "VIDEO", "dataset": "DATA", "thesis": "THES"},
    **{"graphic": "ART", "figure": "FIGURE", "map": "MAP", "software": "COMP", "patent": "PAT"},
    **{"entry-encyclopedia": "ENCYC", "entry-dictionary": "DICT", "manuscript": "MANSCPT"},
    **{"musical_score": "MUSIC", "pamphlet": "PAMP", "personal_communication": "PCOMM"},
    **{"speech": "SLIDE", "song": "SOUND", "standard": "STAND", "legislation": "STAT"},
    **{"bill": "BILL", "legal_case": "CASE", "hearing": "HEAR"},
}
# Types that a reader takes for another one by their tag; a note names them.
UNNAMED = {"article", "post", "broadcast"}
BY_NUMBER = {"report", "patent", "standard"}
WITH_GENRE = {"thesis", "report"}
WITH_EDITORS = {"chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"} | {
    *("book", "article-journal")
}
WITH_ISBN = {"book", "chapter"}
PLAIN = {
    **{"collection-title": "T3", "title-short": "ST", "volume": "VL", "edition": "ET"},
    **{"publisher": "PB", "publisher-place": "CY", "DOI": "DO", "URL": "UR", "language": "LA"},
    **{"abstract": "AB", "keyword": "KW", "note": "N1"},
}
TAGGED = {"author", "translator", "number", "container-title", *PLAIN}


def write_ris(records: Sequence[dict]) -> str:
    """Return CSL-JSON records as RIS, with the line ends that the format asks for."""
    return "".join(_record(record) for record in records)


def _record(record: Mapping) -> str:
    type_ = known_type(record)
    lines = [("TY", _type_tag(record, type_))]
    lines += [(tag, value) for tag, value in _tags(record, type_) if value]
    lines += [("N1", line) for line in note_lines({**record, "type": type_}, _noted(record, type_))]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in [*lines, ("ER", "")])


def _type_tag(record: Mapping, type_: str) -> str:
    """Return the tag of a type; that of a film where its director stands for an author."""
    return "MPCT" if _is_directed(record, type_) else TYPES.get(type_, "GEN")


def _is_directed(record: Mapping, type_: str) -> bool:
    return type_ == "motion_picture" and bool(record.get("director")) and not record.get("author")


def _noted(record: Mapping, type_: str) -> list[str]:
    """Return the fields of a record that have no tag, which a note carries."""
    tagged = TAGGED | {"genre"} if type_ in WITH_GENRE else set(TAGGED)
    tagged |= {"editor"} if type_ in WITH_EDITORS else set()
    tagged |= {"director"} if _is_directed(record, type_) else set()
    tagged |= {"ISBN"} if type_ in WITH_ISBN else {"ISSN"}
    tagged |= set() if type_ in BY_NUMBER else {"issue"}
    if type_ == "book":
        tagged.discard("container-title")
    if type_ == "software" and not record.get("edition"):
        tagged.add("version")
    fields = ["type"] if type_ in UNNAMED or type_ not in {*TYPES, "document"} else []
    fields += [field for field in (*TEXTS, *ROLES) if field not in tagged]
    fields += [role for role in ROLES if role in tagged and _has_comma(record, role)]
    return fields + [field for field in DATES if not _is_day(record, field)]


def _has_comma(record: Mapping, role: str) -> bool:
    """Return whether a tag would split the name of a group, as RIS parts names by commas."""
    return any("," in whole_name(person) for person in _people(record, role))


def _is_day(record: Mapping, field: str) -> bool:
    """Return whether a date is one day of those that have tags."""
    when = read_date(record.get(field))
    if field not in {"issued", "accessed"}:
        return False
    if not when.start:
        return field == "issued"  # words have the place of the year
    return not (when.end or when.circa or when.ongoing or when.start.season)


def _tags(record: Mapping, type_: str) -> Iterator[tuple[str, str]]:
    def text(field: str) -> str:
        return unmarked(text_of(record.get(field)))

    yield "ID", text("id")
    authors = "director" if _is_directed(record, type_) else "author"
    for tag, role in (("AU", authors), ("A2", "editor"), ("A4", "translator")):
        if role != "editor" or type_ in WITH_EDITORS:
            yield from ((tag, _person(person)) for person in _people(record, role))
    yield "TI", _title(text_of(record.get("title")))
    yield "T2", _title(text_of(record.get("container-title")))
    yield "PY", year_of(record.get("issued"))
    yield "DA", slashed(record.get("issued"))
    yield "Y2", slashed(record.get("accessed"))
    start, _hyphen, end = text("page").partition("-")
    yield from (("SP", start), ("EP", end))
    yield from ((tag, text(field)) for field, tag in PLAIN.items())
    if type_ == "software" and not text("edition"):
        yield "ET", text("version")
    yield "IS", text("number" if type_ in BY_NUMBER else "issue")
    yield "C7", "" if type_ in BY_NUMBER else text("number")
    yield "SN", text("ISBN" if type_ in WITH_ISBN else "ISSN")
    yield "M3", text("genre") if type_ in WITH_GENRE else ""


def _title(text: str) -> str:
    """Return a title with the markup that Zotero reads and writes in RIS: <i>, <sub>, <sup>."""
    return MARKUP.sub(_simple_tag, text)


def _simple_tag(tag: re.Match) -> str:
    name = {"em": "i", "italic": "i", "jats:italic": "i"}.get(tag["name"].lower(), tag["name"])
    return f"<{tag['close']}{name}>" if name in {"i", "sub", "sup"} else ""


def _people(record: Mapping, role: str) -> list[Mapping]:
    people = record.get(role)
    return [one for one in people if isinstance(one, Mapping)] if isinstance(people, list) else []


def _person(person: Mapping) -> str:
    """Return ``Family, Given, Suffix``: the comma is the only separator of names in RIS."""
    if whole := whole_name(person):
        return whole
    family, given = (
        " ".join(filter(None, (text_of(person.get(part)) for part in parts)))
        for parts in (("non-dropping-particle", "family"), ("given", "dropping-particle"))
    )
    return ", ".join(filter(None, (family, given, text_of(person.get("suffix")))))
