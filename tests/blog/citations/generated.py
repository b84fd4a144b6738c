"""Records of every type with any of its fields missing, and those of the files people have."""

import json
import os
from pathlib import Path

from hypothesis import strategies as st

from blog.citations.csl.types import KINDS
from blog.citations.parsers import clean_csl, read_references
from blog.exceptions import ReadError

REFERENCES = Path(os.environ.get("PLN_TEST_DATA") or "/nowhere") / "references"

SAMPLE = (
    "nets weirs of the moor and how people share learn trust in small groups with others why "
    "Brook Éva réseaux der Netze 2020 H.R. U.S. a to for"
)
WORDS = st.lists(
    st.sampled_from(SAMPLE.split()),
    min_size=1,
    max_size=14,
).map(" ".join)
MARKS = st.sampled_from(
    ["{}", "{}", "{}", "{}?", "{}!", "{}.", "{}:", "{},", "{}…", "“{}”", "({})"]
)
PHRASE = st.builds(str.format, MARKS, WORDS).filter(lambda text: not text.endswith(".."))
TITLE = (
    PHRASE | st.builds("{}: {}".format, WORDS, PHRASE) | st.builds("{} {}".format, PHRASE, WORDS)
)
NUMBER = st.sampled_from(
    ["3", "12-14", "IV", "AB-12", "e77", "H.R. 12", "No. 7", "2nd", "Report 9"]
)
FAMILY = st.sampled_from(["Quill", "Bell", "Dell'Orto", "Müller", "כהן", "محمود", "王", "Иванов"])
GIVEN = st.fixed_dictionaries(
    {"family": FAMILY, "given": st.sampled_from(["Ana", "B. C.", "גילי", "小明", "Jean-Paul"])},
    optional={
        "suffix": st.just("Jr."),
        "non-dropping-particle": st.just("van"),
        "dropping-particle": st.just("de"),
    },
)
BARE = st.fixed_dictionaries({"family": FAMILY}, optional={"non-dropping-particle": st.just("van")})
GROUP = st.builds(lambda text: {"literal": text}, WORDS | st.just("Moor Press, Books and Sons"))
NAME = GIVEN | BARE | GROUP
PEOPLE = st.lists(NAME, min_size=1, max_size=4)
ROLES = (
    *("author", "editor", "translator", "director", "host", "guest", "producer", "composer"),
    *("script-writer", "executive-producer", "interviewer", "recipient", "container-author"),
)
TITLES = ("container-title", "collection-title", "event-title", "title-short", "reviewed-title")
NAMED = (
    "publisher",
    "publisher-place",
    "authority",
    "section",
    "archive",
    "archive-place",
    "genre",
)
NUMBERS = ("volume", "issue", "page", "number", "edition", "version", "chapter-number", "season")
DATE = st.sampled_from(
    [
        {"date-parts": [[2020]]},
        {"date-parts": [[2020, 5, 4]]},
        {"date-parts": [[2019], [2021]]},
        {"literal": "in press"},
        {"date-parts": [[2020]], "circa": True},
    ]
)
FIELDS = {
    **dict.fromkeys(ROLES, PEOPLE),
    **dict.fromkeys(TITLES, TITLE),
    **dict.fromkeys(NAMED, PHRASE),
    **dict.fromkeys(NUMBERS, NUMBER),
    "title": TITLE,
    "issued": DATE,
    "accessed": DATE,
    "original-date": DATE,
    "medium": st.sampled_from(["audio/mpeg", "video/mp4", "CD", "Lithograph"]),
    "language": st.sampled_from(["en", "es", "de-AT"]),
    "URL": st.just("https://example.org/w"),
    "DOI": st.just("10.5555/12"),
}


@st.composite
def records(draw):
    fields = draw(st.lists(st.sampled_from(sorted(FIELDS)), unique=True, max_size=9))
    record = {field: draw(FIELDS[field]) for field in fields}
    return record | {"type": draw(st.sampled_from(sorted(KINDS)))}


def real_records():
    for name, field in (("crossref-works.json", None), ("apa7-gold-citeproc-js.json", "csl")):
        for item in json.loads((REFERENCES / name).read_text()):
            yield clean_csl(item[field] if field else item.get("message", item))
    for path in sorted(REFERENCES.glob("[bpr]*-*/*")) + sorted(REFERENCES.glob("[pr][yi]*/*")):
        try:
            yield from read_references(path.read_text(encoding="utf-8", errors="replace"))
        except ReadError:
            continue
