"""
Parse PubMed's export (``.nbib``, the MEDLINE format).

A record is lines ``FAU - Luna, Ada``: a tag of up to four letters, padded to four, a hyphen and a
space. A line that begins with six spaces goes on with the field before it; a blank line or a new
``PMID-`` ends a record. https://www.nlm.nih.gov/bsd/mms/medlineelements.html has the tags.
"""

import re
from collections.abc import Iterator

from blog.citations.parsers.csl_json import clean_csl, issued_csl
from blog.citations.parsers.name_lists import inverted_name
from blog.citations.parsers.tagged_lines import Fields, first_of, tagged_records

LINE = re.compile(r"(?P<tag>[A-Z]{2,4}) *- (?P<text>.*)")
DOI = re.compile(r"(10\.\S+)\s*\[doi\]", re.IGNORECASE)
PAGES = re.compile(r"(?P<first>[A-Za-z]*)(?P<start>\d+)-(?P<end>\d+)")
# CSL field ← the first of these tags that the record has.
FIELDS = {
    "PMID": ("PMID",),
    "PMCID": ("PMC",),
    "container-title": ("JT", "TA"),
    "container-title-short": ("TA",),
    "volume": ("VI",),
    "issue": ("IP",),
    "publisher": ("PB",),
    "publisher-place": ("PL",),
    "edition": ("EN",),
    "language": ("LA",),
    "abstract": ("AB",),
    "ISBN": ("ISBN",),
    "ISSN": ("IS",),
}
PREPRINT = "Preprint"


def read_nbib(text: str) -> Iterator[dict]:
    """Yield the records of a file as CSL-JSON; never raises."""
    for fields in tagged_records(text, first="PMID", read=_read_line, goes_on=_is_indented):
        yield _record(fields)


def _read_line(line: str) -> tuple[str, str] | None:
    found = LINE.match(line)
    return (found["tag"], found["text"]) if found else None


def _is_indented(line: str) -> bool:
    return line.startswith("      ")


def _record(fields: Fields) -> dict:
    record: dict = {
        name: next((fields[tag][0] for tag in tags if fields[tag]), "")
        for name, tags in FIELDS.items()
    }
    title = first_of(fields, "TI")
    record |= {"type": "article-journal", "title": title.removesuffix(".")}
    if first_of(fields, "BTI"):
        is_part = bool(title)
        record |= {"type": "chapter" if is_part else "book"}
        record["container-title" if is_part else "title"] = first_of(fields, "BTI").removesuffix(
            "."
        )
    elif PREPRINT in fields["PT"]:
        record["type"] = "article"
    record["author"] = _people(fields["FAU"] or fields["AU"]) + [
        {"literal": group} for group in fields["CN"]
    ]
    record["editor"] = _people(fields["FED"] or fields["ED"])
    record["issued"] = _date(first_of(fields, "DP") or first_of(fields, "DEP"))
    record["page"] = _pages(first_of(fields, "PG"))
    found = next(filter(None, (DOI.search(one) for one in fields["LID"] + fields["AID"])), None)
    record["DOI"] = found[1] if found else ""
    return clean_csl({name: value for name, value in record.items() if value})


def _people(names: list[str]) -> list[dict]:
    people = []
    for name in names:
        if short := re.fullmatch(r"([^,]+) ([A-Z]{1,4})", name):
            given = " ".join(f"{letter}." for letter in short[2])
            people.append({"family": short[1], "given": given})
        else:
            people.append(inverted_name(name))
    return people


def _date(text: str) -> dict:
    """Parse “2012 Mar 3”, and “20120303” of a date of electronic publication."""
    if compact := re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text):
        text = "-".join(compact.groups())
    return issued_csl(text)


def _pages(text: str) -> str:
    """Return pages with the last number in full: 433-49 → 433-449."""
    found = PAGES.fullmatch(text)
    if found is None or len(found["end"]) >= len(found["start"]):
        return text
    whole = found["start"][: -len(found["end"])] + found["end"]
    return f"{found['first']}{found['start']}-{found['first']}{whole}"
