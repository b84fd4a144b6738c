"""Works of a course: those that a pasted text names, and the references that a merge would move."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import reduce
from itertools import islice
from operator import or_
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from blog.citations.csl.fields import folded, text_of, unmarked
from blog.citations.csl.names import read_names
from blog.citations.matching import TITLE_CHARS, doi_of, is_same_work
from blog.lookup import Kind, Pasted
from blog.lookup.identifiers import same_book
from blog.models import Course, Post, Prompt, Reference, User, Work
from blog.models.member_keys import MAY_MISS, member_key_of, stand_in
from blog.models.prepared_queries import prepared
from blog.queries.bibliography import cited_works, has_words

MAX_KNOWN_WORKS = 5
MIN_TITLE_CHARS = 12  # folded; a shorter one is in many lines
MAX_CONDITIONS = 20  # of one query; databases limit these
NOTHING = Q(pk__in=())


def known_works(reader: User, course: Course, pasted: Pasted) -> list[Work]:
    """Return the works that a pasted text names, of those that this person can find.

    These are their own, those of posts that they see, and required reading. At most
    ``MAX_KNOWN_WORKS``; none for a list of several, which are compared when they are added, but
    those of several identifiers.
    """
    is_list = pasted.kind is Kind.BIBLIOGRAPHY or len(pasted.lines) > 1
    if is_list:
        return []
    parts = [one for part in pasted.parts or (pasted,) for one in (part, *part.named)]
    works = _works_like(parts, findable_works(reader, course))
    named = (work for work in works if any(names_work(part, work) for part in parts))
    return list(named if pasted.kind is Kind.SEVERAL else islice(named, MAX_KNOWN_WORKS))


def matching_works(reader: User, course: Course, post: Post, words: str) -> list[Work]:
    """Return works that have all of the words, of those that this person can find and add.

    Those of the post's references are left out. Without words they are those that the course met
    last, without the person's own. At most ``MAX_KNOWN_WORKS``.
    """
    if not words.strip():
        member = member_key_of(reader, course)
        of_post = {"post": post.pk} if post.pk else {}
        values = of_post | (member.values if member else {})
        return _met_last.rows(member.role, now=timezone.now(), **values) if member else []
    works = _shared_last_first(findable_works(reader, course), post.pk)
    return list(islice((work for work in works if has_words(work, words)), MAX_KNOWN_WORKS))


@prepared(may_miss=["post", "now", *MAY_MISS])
def _met_last(role: str, now: datetime, post: int | None = None, **member: Any) -> QuerySet:
    works = met_works(*stand_in(role, **member), now)
    return _shared_last_first(works, post)[:MAX_KNOWN_WORKS]


def _shared_last_first(works: QuerySet[Work], post: int | None) -> QuerySet[Work]:
    """Return works without those of a post's references, those the course met last first."""
    if post:
        works = works.exclude(pk__in=Reference.objects.filter(post=post).values("work"))
    return works.order_by(F("shared_at").desc(nulls_last=True), "-pk")


def works_cited_as(reader: User, course: Course, citations: Collection[str]) -> dict[str, Work]:
    """Return the work that each citation names, as “Bui & Lee, 2014” does, by the citation.

    Only of those that this person can find, and none where several have that name and year.
    """
    labels = {citation: citation.replace(" and ", " & ") for citation in citations}
    if not labels:
        return {}
    found = defaultdict(list)
    for work in findable_works(reader, course).filter(label__in=labels.values()):
        found[work.label].append(work)
    return {
        citation: found[label][0] for citation, label in labels.items() if len(found[label]) == 1
    }


def references_to_move(duplicate: Work, *, into: Work) -> tuple[list[Reference], list[Reference]]:
    """Return the references that a merge moves, and those of posts that have both works."""
    with_both = Reference.objects.filter(work=into).values("post")
    references = duplicate.references.select_related("post").order_by("pk")
    return list(references.exclude(post__in=with_both)), list(references.filter(post__in=with_both))


def findable_works(reader: User, course: Course) -> QuerySet[Work]:
    """Return the works that this person can find and add: their own, and those that they meet."""
    met = met_works(reader, course).order_by().values("pk")
    works = Work.objects.in_course(course).canonical()
    return works.filter(Q(added_by=reader) | Q(pk__in=met)).order_by("pk")


def met_works(reader: User, course: Course, now: datetime | None = None) -> QuerySet[Work]:
    """Return the works of posts that this person sees, and required reading."""
    now = now or timezone.now()
    prompts = Prompt.objects.visible_in(reader, course, now).opened(now)
    return (
        Work.objects.in_course(course)
        .canonical()
        .filter(
            Q(pk__in=cited_works(reader, course).values("pk"))
            | Q(pk__in=prompts.values("required_works"))
        )
        .order_by("pk")
    )


def _works_like(parts: Sequence[Pasted], works: QuerySet[Work]) -> QuerySet[Work]:
    """Return the works that these parts may name, for ``names_work`` to decide."""
    values = defaultdict(list)
    for part in parts:
        values[part.kind].append(part.value)
    dois = [*values[Kind.DOI], *(doi_of(record) for part in parts for record in part.records)]
    condition = (
        Q(doi__in=set(filter(None, dois)))
        | _any_of("csl__ISBN", map(_isbn_pattern, values[Kind.ISBN]), "regex")
        | _any_of("csl__URL", map(_plain_part, values[Kind.ADDRESS]), "icontains")
    )
    if Kind.LINES in values:
        condition |= Q(pk__in=_with_title_in(parts, works))
    return works.filter(condition)


def _any_of(field: str, values: Iterable[str], lookup: str) -> Q:
    """Return the condition that a field of a record has one of these values in it."""
    values = set(values)
    if len(values) > MAX_CONDITIONS:
        return Q(**{f"{field}__isnull": False})
    return reduce(or_, (Q(**{f"{field}__{lookup}": value}) for value in values), NOTHING)


def _isbn_pattern(isbn: str) -> str:
    """Return a pattern of the digits that the old and the new ISBN of a book have in common."""
    return "[^0-9]?".join(same_book(isbn)[3:])


def _plain_part(url: str) -> str:
    """Return the longest part of an address that every database compares without case."""
    return max(re.findall(r"[!-~]*", _address(url)), key=len)


def _with_title_in(parts: Sequence[Pasted], works: QuerySet[Work]) -> list[int]:
    """Return the keys of the works whose title is in one of the lines, or begins as a record's.

    Titles are compared folded, which no database does: they are read, and nothing else is.
    """
    lines = "\n".join(folded(line) for part in parts for line in part.lines)
    records = [record for part in parts for record in part.records]
    beginnings = {_folded_title(record.get("title"))[:TITLE_CHARS] for record in records}
    titles = ((pk, _folded_title(title)) for pk, title in works.values_list("pk", "csl__title"))
    return [
        pk
        for pk, title in titles
        if title and (title in lines or title[:TITLE_CHARS] in beginnings)
    ]


def _folded_title(title: object) -> str:
    return folded(unmarked(text_of(title)))


def names_work(pasted: Pasted, work: Work) -> bool:
    """Return whether a pasted identifier, or the one line of a pasted text, names a work."""
    csl = work.csl
    if pasted.kind is Kind.DOI:
        return pasted.value == work.doi
    if pasted.kind is Kind.ISBN:
        isbns = re.split(r"[\s,;]+", text_of(csl.get("ISBN")))
        return same_book(pasted.value) in map(same_book, isbns)
    if pasted.kind is Kind.ADDRESS:
        return _address(pasted.value) == _address(text_of(csl.get("URL")))
    if any(names_work(one, work) for one in pasted.named):
        return True
    if any(is_same_work(csl, record) for record in pasted.records):
        return True
    return any(_is_in_line(csl, line) for line in pasted.lines)


def _is_in_line(csl: Mapping, line: str) -> bool:
    """Return whether a line is the title of a record, or has it beside one of the authors."""
    title, text = _folded_title(csl.get("title")), folded(line)
    if not title or title == text:
        return bool(title)
    authors, _more = read_names(csl.get("author") or csl.get("editor"))
    return (
        len(title) >= MIN_TITLE_CHARS
        and title in text
        and any(folded(name.family) in text for name in authors)
    )


def _address(url: str) -> str:
    """Return an address as it is compared: without scheme, www. and what follows a #."""
    return (
        re.sub(r"^(?:https?://)?(?:www\.)?", "", url.partition("#")[0].lower()).rstrip("/") or "-"
    )
