"""The class bibliography: every work that a post cites which the reader may see.

The list is made in memory, once: its order is that of a reference list, which no database knows,
and a search must find “Désirée” by “desiree” on both of ours. A course has some hundred works.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from blog.citations.apa.works import Work as Record
from blog.citations.csl.fields import folded, text_of, unmarked
from blog.citations.matching import likely_duplicates
from blog.citations.parsers import suggest_key
from blog.models import Course, Draft, Post, Reference, User, Work

SORTS = {
    "author": _("Author"),
    "year": _("Newest work first"),
    "title": _("Title"),
    "cited": _("Most recently cited first"),
}
USES_IN_LIST = 5
ARTICLE = re.compile(r"^(a|an|the)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Listed:
    """A work in the list with the posts that cite it, the newest first; ``more`` says: not all."""

    work: Work
    posts: list[Post] = field(default_factory=list)
    more: bool = False


def cited_works(reader: User, course: Course) -> QuerySet[Work]:
    """Return the works that are listed for this reader, in no order."""
    return Work.objects.in_course(course).cited_in(_posts(reader, course))


def bibliography_of(
    reader: User, course: Course, *, query: str = "", sort: str = "author"
) -> list[Work]:
    """Return the works in which all words of the query occur, in the order asked for."""
    last = _last_cited(reader, course) if sort == "cited" else {}
    works = [work for work in cited_works(reader, course) if _has(work, query)]
    return sorted(works, key=lambda work: _place(work, sort, last.get(work.pk)))


def with_posts(
    works: list[Work], reader: User, course: Course, *, most: int = USES_IN_LIST
) -> list[Listed]:
    """Return these works with the posts that cite them, at most ``most`` each; one query."""
    place = Window(
        RowNumber(), partition_by=F("canonical_work"), order_by=F("post__published_at").desc()
    )
    uses = (
        Reference.objects.cited_in(_posts(reader, course))
        .filter(canonical_work__in=[work.pk for work in works])
        .annotate(place=place)
        .filter(place__lte=most + 1)
        .select_related("post__author")
        .order_by("-post__published_at", "-post")
    )
    posts: dict[int, dict[int, Post]] = defaultdict(dict)
    for use in uses:
        posts[use.canonical_work].setdefault(use.post_id, use.post)
    found = {work.pk: list(posts[work.pk].values()) for work in works}
    return [Listed(work, found[work.pk][:most], more=len(found[work.pk]) > most) for work in works]


def look_like_one(works: list[Work]) -> list[list[Work]]:
    """Group works that an instructor may want to merge."""
    by_key = {work.pk: work for work in works}
    groups = likely_duplicates((work.pk, work.csl) for work in works)
    return [[by_key[key] for key in group] for group in groups]


def records_of(works: list[Work]) -> list[dict]:
    """Return the works' records, each under a key that is its own in this list."""
    records: list[dict] = []
    taken: set[str] = set()
    for work in works:
        key = suggest_key(work.csl, taken)
        taken.add(key)
        records.append(work.csl | {"id": key})
    return records


def own_posts(writer: User, course: Course) -> QuerySet[Post]:
    """Return the posts a writer can fill the shelf of; what they type at now comes first."""
    typed = Max("drafts__updated_at", filter=Q(drafts__user=writer, drafts__kind=Draft.Kind.POST))
    return (
        Post.objects.in_course(course)
        .by(writer)
        .active()
        .annotate(typed_at=typed)
        .order_by(F("typed_at").desc(nulls_last=True), "-created_at", "-pk")
    )


def _posts(reader: User, course: Course) -> QuerySet[Post]:
    return Post.objects.in_course(course).published().visible_to(reader)


def _last_cited(reader: User, course: Course) -> dict[int, datetime]:
    uses = Reference.objects.cited_in(_posts(reader, course)).order_by()
    return dict(uses.values_list("canonical_work").annotate(last=Max("post__published_at")))


def _has(work: Work, query: str) -> bool:
    words = [word for word in map(folded, query.split()) if word]
    if not words:
        return True
    said = f"{work.label} {strip_tags(work.html)} {text_of(work.csl.get('title'))}"
    said = " ".join(map(folded, said.split()))
    return all(word in said for word in words)


def _place(work: Work, sort: str, last: datetime | None) -> tuple:
    """Return what the list is sorted by; equal ones stand as in a reference list."""
    record = Record(str(work.pk), work.csl)
    if sort == "year":
        start = record.issued.start
        return (
            start is None,
            tuple(-part for part in start.parts) if start else (),
            record.sort_key,
        )
    if sort == "title":
        return (folded(ARTICLE.sub("", unmarked(record.name))), record.sort_key)
    if sort == "cited":
        return (-last.timestamp() if last else 0.0, record.sort_key)
    return record.sort_key
