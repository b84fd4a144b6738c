"""Write ``meta`` elements for the head of a page, which Zotero and search engines read. Pure."""

from collections.abc import Mapping

from blog.citations.csl.dates import read_issued
from blog.citations.csl.fields import text_of
from blog.citations.csl.names import Name, read_names


def meta_tags(record: Mapping) -> list[tuple[str, str]]:
    """Return the names and contents of ``meta`` elements for the page of this record."""
    names = [inverted(name) for name in read_names(record.get("author"))[0]]
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


def inverted(name: Name) -> str:
    """Return a name as “Family, Given”; a name that is not split stays as it is."""
    given = " ".join(filter(None, (name.given, name.dropping)))
    return ", ".join(filter(None, (name.family, given, name.suffix)))
