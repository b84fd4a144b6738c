"""Write RIS: one tag a line, nothing to escape, and no tag for many fields of CSL."""

from collections.abc import Iterator, Mapping, Sequence

from blog.citations.csl.fields import text_of, unmarked
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
BY_NUMBER = {"report", "patent", "standard"}
WITH_EDITORS = {"chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"} | {
    *("book", "article-journal")
}
WITH_ISBN = {"book", "chapter"}
PLAIN = {
    **{"collection-title": "T3", "title-short": "ST", "volume": "VL", "edition": "ET"},
    **{"publisher": "PB", "publisher-place": "CY", "DOI": "DO", "URL": "UR", "language": "LA"},
    **{"abstract": "AB", "keyword": "KW", "note": "N1"},
}


def write_ris(records: Sequence[dict]) -> str:
    """Return CSL-JSON records as RIS, with the line ends that the format asks for."""
    return "".join(_record(record) for record in records)


def _record(record: Mapping) -> str:
    type_ = known_type(record)
    lines = [("TY", TYPES.get(type_, "GEN"))]
    lines += [(tag, value) for tag, value in _tags(record, type_) if value]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in [*lines, ("ER", "")])


def _tags(record: Mapping, type_: str) -> Iterator[tuple[str, str]]:
    def text(field: str) -> str:
        return unmarked(text_of(record.get(field)))

    yield "ID", text("id")
    for tag, role in (("AU", "author"), ("A2", "editor"), ("A4", "translator")):
        if role != "editor" or type_ in WITH_EDITORS:
            yield from ((tag, _person(person)) for person in _people(record, role))
    yield "TI", text("title")
    yield "T2", text("container-title")
    yield "PY", year_of(record.get("issued"))
    yield "DA", slashed(record.get("issued"))
    yield "Y2", slashed(record.get("accessed"))
    start, _hyphen, end = text("page").partition("-")
    yield from (("SP", start), ("EP", end))
    yield from ((tag, text(field)) for field, tag in PLAIN.items())
    yield "IS", text("number" if type_ in BY_NUMBER else "issue")
    yield "C7", "" if type_ in BY_NUMBER else text("number")
    yield "SN", text("ISBN" if type_ in WITH_ISBN else "ISSN")
    yield "M3", text("genre")


def _people(record: Mapping, role: str) -> list[Mapping]:
    people = record.get(role)
    return [one for one in people if isinstance(one, Mapping)] if isinstance(people, list) else []


def _person(person: Mapping) -> str:
    """Return ``Family, Given, Suffix``: the comma is the only separator of names in RIS."""
    if literal := text_of(person.get("literal")):
        return literal
    family, given = (
        " ".join(filter(None, (text_of(person.get(part)) for part in parts)))
        for parts in (("non-dropping-particle", "family"), ("given", "dropping-particle"))
    )
    return ", ".join(filter(None, (family, given, text_of(person.get("suffix")))))
