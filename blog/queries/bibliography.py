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
from blog.models import Course, Draft, Membership, Post, Prompt, Reference, User, Work
from blog.models.posts import PostQuerySet

SORTS = {
    "author": _("Author"),
    "year": _("Newest first"),
    "title": _("Title"),
    "cited": _("Recently cited first"),
}
CITED_BY = {"": _("The whole course"), "pod": _("My pod"), "me": _("Me")}
POSTS_PER_WORK = 5
ARTICLE = re.compile(r"^(a|an|the)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class ListedWork:
    """A work with the posts that cite it, newest first; ``has_more_posts`` if not all are here."""

    work: Work
    posts: list[Post] = field(default_factory=list)
    has_more_posts: bool = False

    @property
    def authors(self) -> list[User]:
        """Who wrote the posts, each once."""
        return list(dict.fromkeys(post.author for post in self.posts))


def cited_works(reader: User, course: Course) -> QuerySet[Work]:
    """Return the works that are listed for this reader, in no order."""
    return Work.objects.in_course(course).visible_to(reader)


@dataclass(frozen=True)
class BibliographyCriteria:
    """What a reader searches and filters by, and the order; ``cited_by`` is a key of CITED_BY."""

    query: str = ""
    sort: str = "author"
    cited_by: str = ""
    prompt: Prompt | None = None
    required: bool = False
    not_cited: bool = False

    @property
    def is_filtered(self) -> bool:
        return self != BibliographyCriteria(sort=self.sort)


def bibliography_of(
    reader: User, course: Course, criteria: BibliographyCriteria | None = None
) -> list[Work]:
    """Return the works that fit the criteria, sorted; all words of a query occur in each."""
    criteria = criteria or BibliographyCriteria()
    last_cited = _last_cited(reader, course) if criteria.sort == "cited" else {}
    works = _narrowed(cited_works(reader, course), reader, course, criteria)
    found = [work for work in works if has_words(work, criteria.query)]
    return sorted(found, key=lambda work: _sort_key(work, criteria.sort, last_cited.get(work.pk)))


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
    place = Window(
        RowNumber(), partition_by=F("canonical_work"), order_by=F("post__published_at").desc()
    )
    references = (
        Reference.objects.cited_in(_visible_posts(reader, course))
        .filter(canonical_work__in=[work.pk for work in works])
        .annotate(place=place)
        .filter(place__lte=max_posts + 1)
        .select_related("post__author")
        .order_by("-post__published_at", "-post")
    )
    posts: dict[int, dict[int, Post]] = defaultdict(dict)
    for reference in references:
        posts[reference.canonical_work].setdefault(reference.post_id, reference.post)
    found = {work.pk: list(posts[work.pk].values()) for work in works}
    return [
        ListedWork(work, found[work.pk][:max_posts], len(found[work.pk]) > max_posts)
        for work in works
    ]


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


def _visible_posts(reader: User, course: Course) -> PostQuerySet:
    return Post.objects.in_course(course).published().visible_to(reader)


def _last_cited(reader: User, course: Course) -> dict[int, datetime]:
    references = Reference.objects.cited_in(_visible_posts(reader, course)).order_by()
    return dict(references.values_list("canonical_work").annotate(last=Max("post__published_at")))


def has_words(work: Work, query: str) -> bool:
    """Return whether a work has all words of a query in its entry, in any form of its letters."""
    words = [word for word in map(folded, query.split()) if word]
    if not words:
        return True
    text = f"{work.label} {strip_tags(work.html)} {text_of(work.csl.get('title'))}"
    text = " ".join(map(folded, text.split()))
    return all(word in text for word in words)


def _sort_key(work: Work, sort: str, last_cited: datetime | None) -> tuple:
    """Return the key for sorting; works that are equal by it come in reference-list order."""
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
        return (-last_cited.timestamp() if last_cited else 0.0, record.sort_key)
    return record.sort_key
