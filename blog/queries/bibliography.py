"""The class bibliography: every work that a post cites which the reader may see.

The list is made in memory, once: its order is that of a reference list, which no database knows,
and a search must find “Désirée” by “desiree” on both of ours. A course has some hundred works.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import F, Max, Q, QuerySet, TextField, Window
from django.db.models.functions import Cast, RowNumber
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from blog.citations.apa.works import Work as Record
from blog.citations.csl.fields import folded, text_of, unmarked
from blog.citations.matching import likely_duplicates
from blog.citations.parsers import suggest_key
from blog.models import Course, Draft, Membership, Post, Prompt, Reference, User, Work
from blog.models.member_keys import MAY_MISS, member_key_of, stand_in
from blog.models.posts import PostQuerySet
from blog.models.prepared_queries import prepared
from blog.queries.in_bulk import works_by_key

SORTS = {
    "author": _("Author"),
    "year": _("Newest first"),
    "title": _("Title"),
    "cited": _("Recently cited first"),
}
CITED_BY = {"": _("The whole course"), "pod": _("My pod"), "me": _("Me")}
POSTS_PER_WORK = 5
CITING_FIELDS = (
    "post__course", "post__slug", "post__title", "post__published_at", "post__author__username",
    "post__author__display_name", "post__author__course_name", "post__author__portrait",
)  # fmt: skip
MAX_RECORDS_KEPT = 5000
ARTICLE = re.compile(r"^(a|an|the)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class ListedWork:
    """A work with the posts that cite it, newest first; ``has_more_posts`` if not all are here."""

    work: Work
    posts: list[Post] = field(default_factory=list)
    has_more_posts: bool = False

    @property
    def authors(self) -> list[User]:
        """Return the authors of the posts, each once."""
        return list(dict.fromkeys(post.author for post in self.posts))


def cited_works(reader: User, course: Course) -> QuerySet[Work]:
    """Return the works that are listed for this reader, in no order."""
    return Work.objects.visible_in(reader, course)


@dataclass(frozen=True)
class BibliographyCriteria:
    """The filters and the order of a reader; ``cited_by`` is a key of CITED_BY."""

    query: str = ""
    sort: str = "author"
    cited_by: str = ""
    prompt: Prompt | None = None
    required: bool = False
    not_cited: bool = False

    @property
    def is_filtered(self) -> bool:
        return self != BibliographyCriteria(sort=self.sort)

    @property
    def is_narrow(self) -> bool:
        """Return whether the database narrows the works; words are looked for afterwards."""
        return self != BibliographyCriteria(query=self.query, sort=self.sort)


def bibliography_keys(
    reader: User, course: Course, criteria: BibliographyCriteria | None = None
) -> list[int]:
    """Return the keys of the works that fit the criteria, sorted.

    All words of a query occur in each. Records are read as the database has them, and what follows
    from one is kept while this process runs: a page shows a few of them and sorts them all.
    """
    criteria = criteria or BibliographyCriteria()
    last_cited = _last_cited(reader, course) if criteria.sort == "cited" else {}
    rows = _rows_that_fit(reader, course, criteria)
    found = [
        (pk, csl) for pk, csl, *texts in rows if not texts or _fits(criteria.query, csl, *texts)
    ]
    return [
        pk for pk, _csl in sorted(found, key=lambda row: _sort_key(row, criteria.sort, last_cited))
    ]


def _rows_that_fit(reader: User, course: Course, criteria: BibliographyCriteria) -> Iterable:
    """Return keys and records of works and, for a search, their texts; it looks into these."""
    has_words, member = bool(criteria.query.split()), member_key_of(reader, course)
    if criteria.is_narrow or member is None:
        works = _narrowed(cited_works(reader, course), reader, course, criteria)
        return _rows(works, has_words)
    return _cited_for.rows((member.role, has_words), **member.values)


@prepared(may_miss=MAY_MISS)
def _cited_for(shape: tuple[str, bool], **member: Any) -> QuerySet:
    role, with_texts = shape
    return _rows(cited_works(*stand_in(role, **member)), with_texts)


def _rows(works: QuerySet[Work], with_texts: bool) -> QuerySet:
    texts = ("label", "html") if with_texts else ()
    return works.order_by().values_list("pk", Cast("csl", TextField()), *texts)


def bibliography_of(
    reader: User, course: Course, criteria: BibliographyCriteria | None = None
) -> list[Work]:
    """Return the works that fit the criteria, sorted, all of them."""
    return list(works_by_key(bibliography_keys(reader, course, criteria)).values())


def _narrowed(
    works: QuerySet[Work], reader: User, course: Course, criteria: BibliographyCriteria
) -> QuerySet[Work]:
    """Return the works that posts of certain people or on a prompt cite, or that are required."""
    posts = visible = _visible_posts(reader, course)
    if criteria.cited_by == "me":
        posts = posts.by(reader)
    elif criteria.cited_by == "pod":
        posts = posts.filter(author__in=_people_of_own_pod(reader, course))
    if criteria.prompt:
        posts = posts.answering(criteria.prompt)
    if posts is not visible:
        works = works.filter(pk__in=_works_cited_in(posts))
    if criteria.required:
        prompts = Prompt.objects.in_course(course).visible_to(reader).opened()
        works = works.filter(pk__in=prompts.values("required_works"))
    if criteria.not_cited:
        works = works.exclude(pk__in=_works_cited_in(visible.by(reader)))
    return works


def _people_of_own_pod(reader: User, course: Course) -> QuerySet:
    membership = reader.membership_in(course)
    pod = membership.pod_id if membership else None
    return Membership.objects.in_course(course).filter(pod=pod, pod__isnull=False).values("user")


def _works_cited_in(posts: QuerySet[Post]) -> QuerySet:
    return Reference.objects.cited_in(posts).order_by().values("canonical_work")


def with_posts(
    works: list[Work], reader: User, course: Course, *, max_posts: int = POSTS_PER_WORK
) -> list[ListedWork]:
    """Return these works with the posts that cite them, at most ``max_posts`` each; one query."""
    keys, member = tuple(work.pk for work in works), member_key_of(reader, course)
    if not keys:
        return []
    references: list[Any]
    if member is None:
        references = list(_references_to(reader, course, keys, max_posts + 1))
    else:
        references = _citing_for.rows((member.role, max_posts + 1), works=keys, **member.values)
    posts: dict[int, dict[int, Post]] = defaultdict(dict)
    for reference in references:
        posts[reference.canonical_work].setdefault(reference.post_id, reference.post)
    found = {work.pk: list(posts[work.pk].values()) for work in works}
    return [
        ListedWork(work, found[work.pk][:max_posts], len(found[work.pk]) > max_posts)
        for work in works
    ]


@prepared(may_miss=MAY_MISS)
def _citing_for(shape: tuple[str, int], works: tuple, **member: Any) -> QuerySet:
    role, most = shape
    return _references_to(*stand_in(role, **member), works, most)


def _references_to(reader: User, course: Course, works: tuple, most: int) -> QuerySet[Reference]:
    """Return the newest references to each work in posts that the reader sees."""
    place = Window(
        RowNumber(), partition_by=F("canonical_work"), order_by=F("post__published_at").desc()
    )
    cited = Reference.objects.cited_in(_visible_posts(reader, course))
    places = cited.filter(canonical_work__in=works).order_by().annotate(place=place)
    # Their keys alone: a database sorts all of these by work, and prints a few.
    newest = places.filter(place__lte=most).values("pk")
    return (
        Reference.objects.filter(pk__in=newest)
        .with_canonical_work()
        .select_related("post__author")
        .only("work", *CITING_FIELDS)
        .order_by("-post__published_at", "-post")
    )


def duplicate_groups(works: list[Work]) -> list[list[Work]]:
    """Group the works that look like one, for an instructor to merge."""
    by_key = {work.pk: work for work in works}
    groups = likely_duplicates((work.pk, work.csl) for work in works)
    return [[by_key[key] for key in group] for group in groups]


def records_of(works: list[Work]) -> list[dict]:
    """Return the works' CSL-JSON records, each under a key of its own."""
    records: list[dict] = []
    taken: set[str] = set()
    for work in works:
        key = suggest_key(work.csl, taken)
        taken.add(key)
        records.append(work.csl | {"id": key})
    return records


def own_posts(author: User, course: Course) -> QuerySet[Post]:
    """Return the posts whose references this person can change, the latest draft first."""
    is_own = Q(drafts__user=author, drafts__kind=Draft.Kind.POST)
    return (
        Post.objects.in_course(course)
        .by(author)
        .active()
        .annotate(draft_saved_at=Max("drafts__updated_at", filter=is_own))
        .order_by(F("draft_saved_at").desc(nulls_last=True), "-created_at", "-pk")
    )


def posts_to_add_to(author: User, course: Course) -> list[Post]:
    """Return the posts of ``own_posts`` as a list to choose from, by a query that is kept."""
    return _own_posts.rows(None, author=author.pk, course=course.pk)


@prepared
def _own_posts(_shape: None, author: int, course: int) -> QuerySet:
    return own_posts(User(pk=author), Course(pk=course)).only("slug", "title", "status")


def _visible_posts(reader: User, course: Course) -> PostQuerySet:
    return Post.objects.published_for(reader, course)


def _last_cited(reader: User, course: Course) -> dict[int, datetime]:
    references = Reference.objects.cited_in(_visible_posts(reader, course)).order_by()
    return dict(references.values_list("canonical_work").annotate(last=Max("post__published_at")))


def has_words(work: Work, query: str) -> bool:
    """Return whether a work has all words of a query in its entry, in any form of its letters."""
    return _are_in(query, _words_of(work.label, work.html, text_of(work.csl.get("title"))))


def _fits(query: str, csl: str, label: str, html: str) -> bool:
    """Return the same for a work as the database has it."""
    return _are_in(query, _words_of(label, html, _order_of(csl).title))


def _are_in(query: str, text: str) -> bool:
    return all(word in text for word in map(folded, query.split()))


@lru_cache(MAX_RECORDS_KEPT)
def _words_of(label: str, html: str, title: str) -> str:
    text = f"{label} {strip_tags(html)} {title}"
    return " ".join(map(folded, text.split()))


class Order(NamedTuple):
    """Sort keys of a record: its place in a reference list, its year, its title; and the title."""

    in_list: tuple
    by_year: tuple
    by_title: str
    title: str


@lru_cache(MAX_RECORDS_KEPT)
def _order_of(csl: str) -> Order:
    """Return the sort key of a record, given as the text in its column."""
    fields = json.loads(csl)
    record = Record("", fields)
    start = record.issued.start
    return Order(
        record.sort_key,
        (start is None, tuple(-part for part in start.parts) if start else ()),
        folded(ARTICLE.sub("", unmarked(record.name))),
        text_of(fields.get("title")),
    )


def _sort_key(row: tuple[int, str], sort: str, last_cited: Mapping[int, datetime]) -> tuple:
    """Return the key for sorting; works that are equal by it come in reference-list order."""
    pk, csl = row
    order = _order_of(csl)
    in_list = (*order.in_list, str(pk))
    if sort == "year":
        return (*order.by_year, in_list)
    if sort == "title":
        return (order.by_title, in_list)
    if sort == "cited":
        cited = last_cited.get(pk)
        return (-cited.timestamp() if cited else 0.0, in_list)
    return in_list
