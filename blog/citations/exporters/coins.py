"""Write COinS: a record in the title of an empty element, for reference managers. Pure."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from blog.citations import normalise_doi
from blog.citations.csl.dates import read_issued
from blog.citations.csl.fields import text_of, unmarked
from blog.citations.csl.names import read_names
from blog.citations.csl.types import known_type
from blog.citations.exporters.meta_tags import inverted

JOURNAL, BOOK = "article-journal", {"book", "chapter"}
# The names of the other kinds in COinS, as Zotero has them.
KINDS = {
    **{"post-weblog": "blogPost", "post": "forumPost", "webpage": "webpage", "thesis": "thesis"},
    **{"report": "report", "motion_picture": "film", "broadcast": "tvBroadcast"},
    **{"paper-conference": "conferencePaper", "article": "preprint", "speech": "presentation"},
    **{"article-newspaper": "newspaperArticle", "article-magazine": "magazineArticle"},
    **{"entry-encyclopedia": "encyclopediaArticle", "software": "computerProgram"},
}


def coins(record: Mapping) -> str:
    """Return a record as COinS: an OpenURL query for the title of an element."""
    type_ = known_type(record)
    pairs = [("ctx_ver", "Z39.88-2004"), *_described(record, type_)]
    people, _more = read_names(record.get("author"))
    if people and people[0].given:
        pairs += [("rft.aulast", people[0].family), ("rft.aufirst", people[0].given)]
    elif people:
        pairs.append(("rft.au", people[0].family))
    pairs += [("rft.au", inverted(name)) for name in people[1:]]
    start = read_issued(record).start
    if start:
        pairs.append(("rft.date", "-".join(f"{part:02}" for part in start.parts if part)))
    if doi := normalise_doi(text_of(record.get("DOI"))):
        pairs.append(("rft_id", f"info:doi/{doi}"))
    if url := text_of(record.get("URL")):
        pairs.append(("rft_id" if type_ in BOOK | {JOURNAL} else "rft.identifier", url))
    return urlencode([(name, text) for name, text in pairs if text])


def _described(record: Mapping, type_: str) -> Iterator[tuple[str, str]]:
    """Yield title, container and place in the words of OpenURL's three vocabularies."""

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
