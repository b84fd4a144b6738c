"""Look up a pasted text: the records found, and the values for the form that is left to fill."""

import time
from dataclasses import dataclass, field

from blog.citations.csl.doi import normalise_doi
from blog.lookup.http_client import Unavailable
from blog.lookup.identify import Kind, Pasted, identify, main_part
from blog.lookup.registries import Found, can_find, find_doi, find_isbn, find_words

NOT_COPIED = {"abstract", "container-title-short"}
MAX_QUESTIONS = 12  # about the identifiers of one paste
MAX_WAIT_SECONDS = 12.0  # for all of them


@dataclass(frozen=True)
class Choice:
    """Records to add together; ``source`` is the registry, "" for records in the pasted text."""

    records: list[dict]
    source: str = ""
    notices: list[dict] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    """The result of looking up a pasted text.

    ``start`` has the initial CSL values of the form; ``is_later`` says that a registry did not
    answer now and will be asked again, ``is_known`` is False where none has the work. ``unread``
    are the parts of the text that no record was made of: lines that could not be read, identifiers
    that were not found.
    """

    kind: Kind
    choices: list[Choice]
    start: dict
    is_later: bool = False
    is_known: bool = True
    unread: list[str] = field(default_factory=list)


def look_up(text: str) -> Outcome:
    """Look up a pasted text. Raises ``ReadError`` for a text that cannot be parsed.

    A bibliography and a list of several lines are taken as they are: their works are looked up
    one by one in the background, since nobody waits for fifty answers.
    """
    pasted = identify(text)
    if pasted.kind is Kind.SEVERAL:
        return _look_up_several(pasted)
    own = [Choice(list(pasted.records))] if pasted.records else []
    unread = list(pasted.unread)
    if pasted.kind is Kind.BIBLIOGRAPHY or len(pasted.lines) > 1:
        start = pasted.records[0] if len(pasted.records) == 1 and not unread else {}
        return Outcome(pasted.kind, own, start, unread=unread)
    start = start_of(pasted)
    if pasted.kind is Kind.ADDRESS or not can_find(start):
        return Outcome(pasted.kind, own, start, unread=unread)
    try:
        found = _ask(pasted)
    except Unavailable:
        return Outcome(pasted.kind, own, start, is_later=True, unread=unread)
    if found is None or not found.csl:
        return Outcome(pasted.kind, own, start, is_known=found is not None, unread=unread)
    csl = _copied(found)
    return Outcome(pasted.kind, [Choice([csl], found.source, found.notices), *own], csl)


def start_of(pasted: Pasted) -> dict:
    """Return the CSL values that one pasted thing has by itself."""
    if pasted.kind is Kind.DOI:
        return {"type": "article-journal", "DOI": pasted.value}
    if pasted.kind is Kind.ISBN:
        return {"type": "book", "ISBN": pasted.value}
    if pasted.kind is Kind.ADDRESS:
        return {"type": "webpage", "URL": pasted.value}
    if pasted.records:
        return pasted.records[0]
    line = pasted.lines[0]
    doi = normalise_doi(line)
    if doi:
        return {"type": "article-journal", "title": line, "DOI": doi}
    return (start_of(pasted.named[0]) if pasted.named else {}) | {"title": line}


def _look_up_several(pasted: Pasted) -> Outcome:
    """Look up the parts of a text in turn, as long as somebody can be let wait."""
    own: list[dict] = []
    found: dict[str, Choice] = {}
    unread: list[str] = []
    is_later, end = False, time.monotonic() + MAX_WAIT_SECONDS
    questions = 0
    for part in pasted.parts:
        own += part.records
        answer = None
        if not is_later and _is_askable(part):
            questions += 1
            try:
                answer = _ask(part)
            except Unavailable:
                is_later = True
            is_later |= questions >= MAX_QUESTIONS or time.monotonic() > end
        if answer and answer.csl:
            choice = found.setdefault(answer.source, Choice([], answer.source))
            choice.records.append(_copied(answer))
            choice.notices.extend(answer.notices)
        elif not part.records:
            unread.append(part.value or part.lines[0])
    choices = [*found.values(), *([Choice(own)] if own else [])]
    start = {} if choices else start_of(main_part(pasted))
    return Outcome(pasted.kind, choices, start, is_later=is_later, unread=unread)


def _is_askable(part: Pasted) -> bool:
    """Return whether a registry may know what a part names and does not say itself."""
    if part.records or part.unread or part.kind is Kind.ADDRESS:
        return False
    return can_find(start_of(part))


def _copied(found: Found) -> dict:
    return {name: value for name, value in found.csl.items() if name not in NOT_COPIED}


def _ask(pasted: Pasted) -> Found | None:
    if pasted.kind is Kind.DOI:
        return find_doi(pasted.value)
    if pasted.kind is Kind.ISBN:
        return find_isbn(pasted.value)
    start = start_of(pasted)
    if start.get("DOI"):
        return find_doi(start["DOI"])
    if pasted.named:
        return find_isbn(start["ISBN"])
    return find_words(pasted.lines[0])
