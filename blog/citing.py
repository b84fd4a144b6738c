"""A post as something to cite: its record, and what reference managers read from its page. Pure.

Zotero and its like read two things: ``meta`` elements about the page itself, and COinS, a record
written into the title of an empty element, for it and for everything it lists.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import urlencode

from blog.citations import Cluster, format_citations, normalise_doi
from blog.citations.clusters import CiteItem
from blog.citations.dates import read_issued
from blog.citations.fields import text_of, unmarked
from blog.citations.kinds import known_type
from blog.citations.names import PARTICLE, read_names

JOURNAL, BOOK = "article-journal", {"book", "chapter"}
# What COinS calls the kinds that are neither: Zotero's names.
KINDS = {
    **{"post-weblog": "blogPost", "post": "forumPost", "webpage": "webpage", "thesis": "thesis"},
    **{"report": "report", "motion_picture": "film", "broadcast": "tvBroadcast"},
    **{"paper-conference": "conferencePaper", "article": "preprint", "speech": "presentation"},
    **{"article-newspaper": "newspaperArticle", "article-magazine": "magazineArticle"},
    **{"entry-encyclopedia": "encyclopediaArticle", "software": "computerProgram"},
}


def record_of_post(*, title: str, name: str, day: date, site: str, url: str) -> dict:
    """Return the CSL record of a post; without a name the title leads, as for any work."""
    record = {
        "type": "post-weblog",
        "title": title,
        "container-title": site,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": url,
    }
    return record | ({"author": [person(name)]} if name else {})


def person(name: str) -> dict:
    """Read a name as people sign: “Ada Byron” and “Ada de la Cruz” have a family name.

    A single name, or one of three words and more, is not split: which of “Bui Phu Hung” is the
    family name no program knows.
    """
    words = name.split()
    particles = [word for word in words[1:-1] if PARTICLE.fullmatch(word)]
    if len(words) - len(particles) != 2 or any("," in word for word in words):
        return {"literal": name}
    return {"family": " ".join(words[1:]), "given": words[0]}


def entry_of(record: Mapping) -> str:
    """Return the record's entry in a reference list, as HTML."""
    works = {"work": dict(record)}
    return format_citations(works, [Cluster((CiteItem("work"),))]).entries[0].html


def tags_of(record: Mapping) -> list[tuple[str, str]]:
    """Return names and contents of ``meta`` elements for a page that is this record."""
    names = [line_of(name) for name in read_names(record.get("author"))[0]]
    start = read_issued(record).start
    parts = [f"{part:02}" for part in start.parts] if start else []
    tags = [("citation_title", text_of(record.get("title")))]
    tags += [("citation_author", name) for name in names]
    tags += [
        ("citation_publication_date", "/".join(parts)),
        ("citation_public_url", text_of(record.get("URL"))),
        ("dc.title", text_of(record.get("title"))),
        *(("dc.creator", name) for name in names),
        ("dc.date", "-".join(parts)),
        ("dc.type", "blogPost"),
        ("dc.source", text_of(record.get("container-title"))),
        ("dc.identifier", text_of(record.get("URL"))),
    ]
    return [(name, content) for name, content in tags if content]


def coins(record: Mapping) -> str:
    """Write a record as COinS: a query of OpenURL, to stand in the title of an element."""
    type_ = known_type(record)
    pairs = [("ctx_ver", "Z39.88-2004"), *_described(record, type_)]
    people, _more = read_names(record.get("author"))
    if people and people[0].given:
        pairs += [("rft.aulast", people[0].family), ("rft.aufirst", people[0].given)]
    elif people:
        pairs.append(("rft.au", people[0].family))
    pairs += [("rft.au", line_of(name)) for name in people[1:]]
    start = read_issued(record).start
    if start:
        pairs.append(("rft.date", "-".join(f"{part:02}" for part in start.parts if part)))
    if doi := normalise_doi(text_of(record.get("DOI"))):
        pairs.append(("rft_id", f"info:doi/{doi}"))
    if url := text_of(record.get("URL")):
        pairs.append(("rft_id" if type_ in BOOK | {JOURNAL} else "rft.identifier", url))
    return urlencode([(name, text) for name, text in pairs if text])


def _described(record: Mapping, type_: str) -> Iterator[tuple[str, str]]:
    """Yield what the three vocabularies of OpenURL call title, container and place."""

    def text(field: str) -> str:
        return unmarked(text_of(record.get(field)))

    if type_ == JOURNAL:
        yield from _vocabulary("journal", genre="article", atitle=text("title"))
        yield from _fields(jtitle=text("container-title"), issn=text("ISSN"))
        yield from _fields(volume=text("volume"), issue=text("issue"), pages=text("page"))
    elif type_ in BOOK:
        is_part = type_ == "chapter"
        yield from _vocabulary("book", genre="bookitem" if is_part else "book")
        if is_part:
            yield "rft.atitle", text("title")
        yield "rft.btitle", text("container-title" if is_part else "title")
        yield from _fields(pub=text("publisher"), place=text("publisher-place"))
        yield from _fields(edition=text("edition"), isbn=text("ISBN"), pages=text("page"))
    else:
        yield from _vocabulary("dc", type=KINDS.get(type_, "document"), title=text("title"))
        yield from _fields(source=text("container-title"), publisher=text("publisher"))


def _vocabulary(name: str, **fields: str) -> Iterator[tuple[str, str]]:
    yield "rft_val_fmt", f"info:ofi/fmt:kev:mtx:{name}"
    yield from _fields(**fields)


def _fields(**fields: str) -> Iterator[tuple[str, str]]:
    yield from ((f"rft.{field}", text) for field, text in fields.items())


def line_of(name) -> str:
    """Write a name as “Family, Given”; one that is not split as it is."""
    given = " ".join(filter(None, (name.given, name.dropping)))
    return ", ".join(filter(None, (name.family, given, name.suffix)))
