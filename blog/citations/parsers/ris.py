"""Parse RIS with rispy, after a pass that ends the records that programs leave open."""

import re
from collections.abc import Iterator

import rispy
from django.utils.translation import gettext as _

from blog.citations.csl.dates import read_date
from blog.citations.csl.doi import normalise_doi
from blog.citations.csl.note_lines import read_note_lines
from blog.citations.parsers.csl_json import DATES, clean_csl, date_csl, issued_csl
from blog.citations.parsers.name_lists import (
    begins_with_initials,
    inverted_name,
    separate_names,
)
from blog.citations.parsers.reference_line.names import direct_names
from blog.exceptions import ReadError

MAX_FIELD_CHARS = 10_000  # of a field that goes on over many lines
TAG = re.compile(r"[A-Z][A-Z0-9]  -(?: |$)")
LOOSE_TAG = re.compile(r"\s{0,3}(?P<tag>[A-Z][A-Z0-9]) {1,4}- ?")
KNOWN_TAGS = {*rispy.TAG_KEY_MAPPING, "BT", "ED"}
OTHER_TAGS = {"ED": "A2", "A1": "AU"}  # of old files; some have one of the names in each
START, END = "TY  -", "ER  -"

TYPES = {
    **dict.fromkeys(("JOUR", "EJOUR", "INPR", "ABST", "JFULL", "SER"), "article-journal"),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK", "CLSWK", "ANCIENT", "CTLG"), "book"),
    **dict.fromkeys(("CHAP", "ECHAP"), "chapter"),
    **dict.fromkeys(("CONF", "CPAPER"), "paper-conference"),
    **dict.fromkeys(("RPRT", "GOVDOC", "GRANT"), "report"),
    **dict.fromkeys(("ELEC", "ICOMM", "WEB"), "webpage"),
    **dict.fromkeys(("VIDEO", "MPCT", "ADVS", "MULTI"), "motion_picture"),
    **dict.fromkeys(("DATA", "DBASE", "AGGR"), "dataset"),
    **dict.fromkeys(("ART", "CHART", "EQUA"), "graphic"),
    **dict.fromkeys(("STAT", "LEGAL"), "legislation"),
    **dict.fromkeys(("MANSCPT", "UNPB"), "manuscript"),
    **{"MGZN": "article-magazine", "NEWS": "article-newspaper", "BLOG": "post-weblog"},
    **{"THES": "thesis", "COMP": "software", "MAP": "map", "FIGURE": "figure", "PAT": "patent"},
    **{"ENCYC": "entry-encyclopedia", "DICT": "entry-dictionary", "MUSIC": "musical_score"},
    **{"PAMP": "pamphlet", "PCOMM": "personal_communication", "SLIDE": "speech"},
    **{"SOUND": "song", "STAND": "standard", "BILL": "bill", "CASE": "legal_case"},
    **{"HEAR": "hearing", "GEN": "document"},
}
# CSL field ← the first of rispy's names that the record has.
FIELDS = {
    "id": ("id", "label"),
    "title": ("title", "primary_title"),
    "title-short": ("short_title",),
    "volume": ("volume",),
    "edition": ("edition",),
    "publisher": ("publisher",),
    "publisher-place": ("place_published",),
    "collection-title": ("tertiary_title",),
    "language": ("language",),
    "abstract": ("abstract", "notes_abstract"),
    "keyword": ("keywords",),
}
CONTAINERS = ("journal_name", "alternate_title3", "secondary_title", "alternate_title2")
ISSUED = ("date", "year", "publication_year")
# “M3  - doi: 10.1234/abc”; a note is none unless it is all that the note says.
DOIS = ("doi", "type_of_work", "file_attachments2")
ADDRESSES = re.compile(r";\s*(?=https?://|www\.|$)|;\s+", re.IGNORECASE)
PART_OF_A_BOOK = {"chapter", "paper-conference", "entry-encyclopedia", "entry-dictionary"}


def read_ris(text: str, unread: list[str] | None = None) -> Iterator[dict]:
    """Yield the records of a file as CSL-JSON.

    A record that cannot be read goes into ``unread``; where there is no such list it raises
    ``ReadError``.
    """
    for lines in _records(text):
        record = _read(lines)
        if record.keys() - {"type", "id"}:
            yield record
        elif unread is not None:
            unread.append(" ".join(lines[:-1]))
        else:
            raise ReadError(
                _("This is not valid RIS. Export your references again and paste all of the file.")
            )


def _read(lines: list[str]) -> dict:
    """Return one record, {} if it is none, as one with all of its fields on one line."""
    try:
        # An address may hold the sign that parts several.
        found = rispy.loads("\n".join(lines), delimiter_tags_mapping={})
    except (rispy.parser.ParseError, KeyError, TypeError, AttributeError, ValueError):
        return {}
    return _record(found[0]) if found else {}


def _records(text: str) -> Iterator[list[str]]:
    """Yield the lines of each record with an end, and without text before its first tag.

    rispy drops a last record without ER, mixes two whose ER is missing, fails on text between TY
    and the first tag, and takes the tags of programs that write one space for text.
    """
    record: list[str] = []
    is_tight, fresh, length = False, False, 0
    for written in text.split("\n"):
        line = _spaced(written, any_tag=is_tight)
        tag = line.lstrip() if TAG.match(line.lstrip()[:6]) else ""
        for other, known in OTHER_TAGS.items():
            if tag.startswith(f"{other}  -"):
                tag = known + tag[2:]
        if tag.startswith((START, END)):
            if record:
                yield [*record, END]
            record = [tag] if tag.startswith(START) else []
            is_tight = bool(record) and line != written.lstrip()
        elif record and (tag or (not fresh and line.strip() and length <= MAX_FIELD_CHARS)):
            record.append(tag or line)
        length = len(line) + (0 if tag else length)
        fresh = tag.startswith(START) or (fresh and not tag)
    if record:
        yield [*record, END]


def _spaced(line: str, *, any_tag: bool) -> str:
    """Return a line whose tag has the two spaces of the format, if it is one that RIS knows."""
    found = LOOSE_TAG.match(line)
    if found and (any_tag or found["tag"] in KNOWN_TAGS):
        return f"{found['tag']}  - {line[found.end() :]}"
    return line


def _record(ris: dict) -> dict:
    noted, notes = read_note_lines(_list(ris.get("notes")))
    noted |= {name: date_csl(read_date(noted[name])) for name in DATES if name in noted}  # EDTF
    tag = str(ris.get("type_of_reference", "")).strip().upper()
    type_ = noted.get("type") or TYPES.get(tag, "")
    record: dict = {"type": type_, "note": " ".join(notes).strip()}
    record |= {field: _first(ris, *names) for field, names in FIELDS.items()}
    book_title = "; ".join((ris.get("unknown_tag") or {}).get("BT", [])[:1])
    if type_ != "book":
        record["container-title"] = _first(ris, *CONTAINERS) or book_title
    elif book_title and not record.get("title"):
        record["title"] = book_title
    if type_ == "software":
        record["version"] = record.pop("edition")
    record["issue" if type_ not in {"report", "patent", "standard"} else "number"] = _first(
        ris, "number"
    )
    record.setdefault("number", _first(ris, "custom7"))  # the number of an article
    record["page"] = _pages(_first(ris, "start_page"), _first(ris, "end_page"))
    record |= _identified(ris)
    record["ISBN" if type_ in {"book", "chapter"} else "ISSN"] = _first(ris, "issn")
    record["genre"] = _first(ris, "type_of_work") if type_ in {"thesis", "report"} else ""
    record |= _people(ris, type_, tag)
    dates = (issued_csl(_first(ris, name).rstrip("/")) for name in ISSUED)
    record["issued"] = next(filter(None, dates), {})
    record["accessed"] = date_csl(read_date(_first(ris, "access_date")))
    return clean_csl({field: value for field, value in (record | noted).items() if value})


def _people(ris: dict, type_: str, tag: str) -> dict[str, list[dict]]:
    """Return the names by role; what AU and A2 mean depends on the type of the record."""
    authors = list(dict.fromkeys(_list(ris.get("authors"))))
    second = _list(ris.get("secondary_authors"))
    editors = second if type_ in PART_OF_A_BOOK | {"book", "article-journal"} else []
    return {
        "director" if tag == "MPCT" else "author": [
            person for name in authors for person in read_person(name)
        ],
        "editor": [person for name in editors for person in read_person(name)],
        "translator": [
            person for name in _list(ris.get("subsidiary_authors")) for person in read_person(name)
        ],
    }


def read_person(text: str) -> list[dict]:
    """Parse ``Family, Given, Suffix``; a name without a comma is not split.

    Returns a list, as some programs put several names on one line.
    """
    return [_person(name) for name in separate_names(text) if name]


def _person(name: str) -> dict:
    if "." in name and begins_with_initials(name) and len(people := direct_names(name)) == 1:
        return people[0]
    return inverted_name(name)


def _pages(start: str, end: str) -> str:
    """Return the pages; some programs put the whole range where the first page belongs."""
    return (
        start
        if not end or re.search(r"\d\s*[-–]\s*\w*\d", start)
        else "-".join(filter(None, (start, end)))
    )


def _identified(ris: dict) -> dict[str, str]:
    """Return DOI and address, whichever of the neighbouring fields has them."""
    addresses = [one.strip() for text in _list(ris.get("urls")) for one in ADDRESSES.split(text)]
    doi = next(filter(None, (normalise_doi(_first(ris, name)) for name in DOIS)), "")
    if doi_address := next((one for one in addresses if "doi.org/10." in one), ""):
        addresses.remove(doi_address)
        doi = doi or normalise_doi(doi_address)
    return {"DOI": doi, "URL": next(filter(None, addresses), "")}


def _first(ris: dict, *names: str) -> str:
    found = (text for name in names for text in _list(ris.get(name)))
    return next((text.strip() for text in found if text.strip()), "")


def _list(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]
