"""Works of a course: those that a pasted text names, and the references that a merge would move."""

import re
from collections.abc import Mapping

from django.db.models import Q, QuerySet

from blog.citations.csl.fields import folded, text_of, unmarked
from blog.citations.csl.names import read_names
from blog.citations.matching import is_same_work
from blog.lookup import Kind, Pasted
from blog.models import Course, Prompt, Reference, User, Work
from blog.queries.bibliography import cited_works

MAX_KNOWN_WORKS = 5
MIN_TITLE_CHARS = 12  # folded; a shorter one is in many lines


def known_works(reader: User, course: Course, pasted: Pasted) -> list[Work]:
    """Return the works that a pasted text names, of those that this person can find.

    These are their own, those of posts that they see, and required reading. At most
    ``MAX_KNOWN_WORKS``; none for a list of several, which are compared when they are added, but
    those of several identifiers.
    """
    works = _findable_works(reader, course)
    if pasted.kind is Kind.DOI:
        return list(works.filter(doi=pasted.value)[:1])
    if pasted.kind is Kind.SEVERAL:
        return [work for work in works if any(names_work(part, work) for part in pasted.parts)]
    if pasted.kind is Kind.BIBLIOGRAPHY or len(pasted.lines) > 1:
        return []
    named = (work for work in works if names_work(pasted, work))
    return [work for work, _place in zip(named, range(MAX_KNOWN_WORKS), strict=False)]


def references_to_move(duplicate: Work, *, into: Work) -> tuple[list[Reference], list[Reference]]:
    """Return the references that a merge moves, and those of posts that have both works."""
    with_both = Reference.objects.filter(work=into).values("post")
    references = duplicate.references.select_related("post").order_by("pk")
    return list(references.exclude(post__in=with_both)), list(references.filter(post__in=with_both))


def _findable_works(reader: User, course: Course) -> QuerySet[Work]:
    prompts = Prompt.objects.in_course(course).visible_to(reader).opened()
    return (
        Work.objects.in_course(course)
        .canonical()
        .filter(
            Q(added_by=reader)
            | Q(pk__in=cited_works(reader, course).values("pk"))
            | Q(pk__in=prompts.values("required_works"))
        )
        .order_by("pk")
    )


def names_work(pasted: Pasted, work: Work) -> bool:
    """Return whether a pasted identifier, or the one line of a pasted text, names a work."""
    csl = work.csl
    if pasted.kind is Kind.DOI:
        return pasted.value == work.doi
    if pasted.kind is Kind.ISBN:
        return _isbn13(pasted.value) in map(_isbn13, re.split(r"[\s,;]+", text_of(csl.get("ISBN"))))
    if pasted.kind is Kind.ADDRESS:
        return _address(pasted.value) == _address(text_of(csl.get("URL")))
    if any(is_same_work(csl, record) for record in pasted.records):
        return True
    return any(_is_in_line(csl, line) for line in pasted.lines)


def _is_in_line(csl: Mapping, line: str) -> bool:
    """Return whether a line is the title of a record, or has it beside one of the authors."""
    title, text = folded(unmarked(text_of(csl.get("title")))), folded(line)
    if not title or title == text:
        return bool(title)
    authors, _more = read_names(csl.get("author") or csl.get("editor"))
    return (
        len(title) >= MIN_TITLE_CHARS
        and title in text
        and any(folded(name.family) in text for name in authors)
    )


def _isbn13(isbn: str) -> str:
    """Return an ISBN of 10 digits as one of 13, without its hyphens (ISO 2108)."""
    digits = re.sub(r"[^\dX]", "", isbn.upper())
    if len(digits) != 10:
        return digits or "none"
    body = f"978{digits[:9]}"
    total = sum(int(sign) * (3 if place % 2 else 1) for place, sign in enumerate(body))
    return f"{body}{-total % 10}"


def _address(url: str) -> str:
    """Return an address as it is compared: without scheme, www. and what follows a #."""
    return (
        re.sub(r"^(?:https?://)?(?:www\.)?", "", url.partition("#")[0].lower()).rstrip("/") or "-"
    )
