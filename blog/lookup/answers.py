"""Look up a pasted text: the records found, and the values for the form that is left to fill."""

from dataclasses import dataclass, field

from blog.lookup.http_client import Unavailable
from blog.lookup.identify import Kind, Pasted, identify
from blog.lookup.registries import Found, find_doi, find_isbn, find_words, is_on

NOT_COPIED = {"abstract", "container-title-short"}


@dataclass(frozen=True)
class Choice:
    """Records to add together; ``source`` is the registry, "" for records in the pasted text."""

    records: list[dict]
    source: str = ""
    notices: list[dict] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """The result of looking up a pasted text.

    ``start`` has the initial CSL values of the form; ``is_later`` says that no registry could be
    asked now, ``is_known`` is False where none has the work.
    """

    kind: Kind
    choices: list[Choice]
    start: dict
    is_later: bool = False
    is_known: bool = True


def look_up(text: str) -> Outcome:
    """Look up a pasted text. Raises ``ReadError`` for a text that cannot be parsed.

    A bibliography and a list of several lines are taken as they are: their works are looked up
    one by one in the background, since nobody waits for fifty answers.
    """
    pasted = identify(text)
    own = [Choice(list(pasted.records))] if pasted.records else []
    if pasted.kind is Kind.BIBLIOGRAPHY or len(pasted.lines) > 1:
        start = pasted.records[0] if len(pasted.records) == 1 else {}
        return Outcome(pasted.kind, own, start)
    start = _start(pasted)
    if pasted.kind is Kind.ADDRESS or not is_on():
        return Outcome(pasted.kind, own, start, is_later=pasted.kind is not Kind.ADDRESS)
    try:
        found = _ask(pasted)
    except Unavailable:
        return Outcome(pasted.kind, own, start, is_later=True)
    if found is None or not found.csl:
        return Outcome(pasted.kind, own, start, is_known=found is not None)
    csl = {name: value for name, value in found.csl.items() if name not in NOT_COPIED}
    return Outcome(pasted.kind, [Choice([csl], found.source, found.notices), *own], csl)


def _start(pasted: Pasted) -> dict:
    """Return the CSL values that a pasted text has by itself."""
    if pasted.kind is Kind.DOI:
        return {"type": "article-journal", "DOI": pasted.value}
    if pasted.kind is Kind.ISBN:
        return {"type": "book", "ISBN": pasted.value}
    if pasted.kind is Kind.ADDRESS:
        return {"type": "webpage", "URL": pasted.value}
    return pasted.records[0]


def _ask(pasted: Pasted) -> Found | None:
    if pasted.kind is Kind.DOI:
        return find_doi(pasted.value)
    if pasted.kind is Kind.ISBN:
        return find_isbn(pasted.value)
    doi = pasted.records[0].get("DOI", "")
    return find_doi(doi) if doi else find_words(pasted.lines[0])
