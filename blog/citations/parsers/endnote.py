"""
Parse EndNote's tagged export (``.enw``, the Refer format).

A record is lines ``%A Luna, Ada``: a percent sign, one sign that names the field, a space. A line
without a percent sign goes on with the field before it; ``%0`` begins a record.
"""

import re
from collections.abc import Iterator

from blog.citations.csl.dates import YEAR_INSIDE, read_date
from blog.citations.parsers.csl_json import clean_csl, date_csl, issued_csl, republished_of
from blog.citations.parsers.ris import read_person
from blog.citations.parsers.tagged_lines import Fields, first_of, tagged_records

LINE = re.compile(r"%(?P<tag>[\w@+!?\[&(#$*<>^~=])(?: (?P<text>.*))?$")
TYPES = {
    **dict.fromkeys(("journal article", "electronic article"), "article-journal"),
    **dict.fromkeys(("book", "edited book", "electronic book", "classical work"), "book"),
    **dict.fromkeys(("book section", "electronic book section"), "chapter"),
    **dict.fromkeys(("conference paper", "conference proceedings"), "paper-conference"),
    **dict.fromkeys(("report", "government document", "grant"), "report"),
    **dict.fromkeys(("web page", "online multimedia", "online database"), "webpage"),
    **dict.fromkeys(
        ("film or broadcast", "audiovisual material", "video recording"), "motion_picture"
    ),
    **dict.fromkeys(("artwork", "figure", "chart or table"), "graphic"),
    **dict.fromkeys(("manuscript", "unpublished work"), "manuscript"),
    **dict.fromkeys(("statute", "legal rule or regulation"), "legislation"),
    **{"magazine article": "article-magazine", "newspaper article": "article-newspaper"},
    **{"thesis": "thesis", "blog": "post-weblog", "dataset": "dataset", "patent": "patent"},
    **{"computer program": "software", "encyclopedia": "entry-encyclopedia", "map": "map"},
    **{"dictionary": "entry-dictionary", "music": "song", "standard": "standard", "bill": "bill"},
    **{"pamphlet": "pamphlet", "personal communication": "personal_communication"},
    **{"case": "legal_case", "hearing": "hearing", "podcast": "broadcast", "generic": "document"},
}
FIELDS = {
    "title": "T",
    "title-short": "!",
    "volume": "V",
    "page": "P",
    "edition": "7",
    "publisher-place": "C",
    "collection-title": "S",
    "DOI": "R",
    "language": "G",
    "abstract": "X",
    "keyword": "K",
    "note": "Z",
    "URL": "U",
    "id": "F",
}
PARTS = {"chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"}
NUMBERED = {"report", "patent", "standard"}


def read_endnote(text: str) -> Iterator[dict]:
    """Yield the records of a file as CSL-JSON; never raises."""
    for fields in tagged_records(text, first="0", read=_read_line, goes_on=_has_words):
        yield _record(fields)


def _has_words(line: str) -> bool:
    return bool(line.strip())


def _read_line(line: str) -> tuple[str, str] | None:
    found = LINE.match(line.strip()) if line.lstrip().startswith("%") else None
    return (found["tag"], found["text"] or "") if found else None


def _record(fields: Fields) -> dict:
    kind = TYPES.get(first_of(fields, "0").lower(), "")
    record: dict = {"type": kind}
    record |= {name: first_of(fields, tag) for name, tag in FIELDS.items()}
    record["container-title"] = first_of(fields, "J") or (
        first_of(fields, "B") if kind != "book" else ""
    )
    if kind == "book" and not record["collection-title"]:
        record["collection-title"] = first_of(fields, "B")
    record["number" if kind in NUMBERED else "issue"] = first_of(fields, "N")
    record["ISBN" if kind in PARTS | {"book"} else "ISSN"] = first_of(fields, "@")
    record["publisher"] = first_of(fields, "I")
    record["genre"] = first_of(fields, "9") if kind in {"thesis", "report"} else ""
    record["author"] = [person for name in fields["A"] for person in read_person(name)]
    record["editor"] = [person for name in fields["E"] for person in read_person(name)]
    record["translator"] = [person for name in fields["?"] for person in read_person(name)]
    tags = "D" if republished_of(first_of(fields, "D")) else "D8"
    days = (issued_csl(_dated(fields, tag)) for tag in tags)
    record["issued"] = max(days, key=_precision)
    record["accessed"] = date_csl(read_date(first_of(fields, "[")))
    return clean_csl({name: value for name, value in record.items() if value})


def _dated(fields: Fields, tag: str) -> str:
    """Return the words of a date, with the year where the day stands alone: “March 3”."""
    words, year = first_of(fields, tag), first_of(fields, "D")
    is_day_alone = tag != "D" and words and not YEAR_INSIDE.search(words)
    if not is_day_alone:
        return words
    found = YEAR_INSIDE.search(year)
    return f"{words} {found[0]}" if found else ""


def _precision(date: dict) -> int:
    return len((date.get("date-parts") or [[]])[0])
