"""Search a course: its posts, comments, references and people, as far as the reader sees them.

The index says which texts have the words. What a reader may know of decides ``visible_to`` of each
model, in the same query, so nothing hidden is found, counted or left as a gap in a page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q, QuerySet

from blog.models import Comment, Course, Membership, Post, Prompt, SearchEntry, User, Work
from blog.models.search import allow_distance, can_resemble, texts_of_comment
from blog.queries.bibliography import ListedWork, with_posts
from blog.queries.people import ListedPerson, listed_people
from blog.text.search import Piece, Term, context_of, has_terms, terms_of, whole

PAGE_SIZE = 10
FIRST_OF_KIND = 5
POSTS_PER_WORK = 3
KINDS = ("post", "comment", "work", "person")
# The columns that put each kind in order; those with a minus begin with the greatest.
ORDERS = {
    "post": ("-published_at", "-pk"),
    "comment": ("-created_at", "-pk"),
    "work": ("label", "pk"),
}


@dataclass(frozen=True)
class SearchCriteria:
    """The criteria: a ``kind`` of KINDS or "" for all; ``by`` is "pod", "me" or ""."""

    query: str = ""
    kind: str = ""
    by: str = ""
    prompt: Prompt | None = None

    @property
    def is_narrowed(self) -> bool:
        """Return whether only posts and comments are searched: by author, or on which prompt."""
        return bool(self.by or self.prompt)

    @property
    def kinds(self) -> list[str]:
        kinds = [self.kind] if self.kind else list(KINDS)
        return [kind for kind in kinds if kind in ("post", "comment") or not self.is_narrowed]


@dataclass(frozen=True)
class Hit:
    """A post, comment, work or person that was found, as it is printed."""

    row: Post | Comment | ListedWork | ListedPerson
    title: list[Piece]
    context: list[Piece] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """The hits of one kind; ``next_key`` begins the page after these, if there is one."""

    kind: str
    hits: list[Hit] = field(default_factory=list)
    next_key: int | None = None


@dataclass(frozen=True)
class SearchResult:
    """The results, by kind; ``is_resembling`` if only words that are nearly the same are found."""

    kinds: list[Found]
    is_resembling: bool = False

    @property
    def has_hits(self) -> bool:
        return any(found.hits for found in self.kinds)

    @property
    def has_more(self) -> bool:
        return any(found.next_key for found in self.kinds)

    @property
    def of(self) -> dict[str, Found]:
        return {found.kind: found for found in self.kinds}


def search_course(
    reader: User, course: Course, criteria: SearchCriteria, *, after: int | None = None
) -> SearchResult:
    """Return a reader's results: the first of each kind, or a page of one kind, newest first.

    ``after`` is the key of the last one on the page before. Where nothing has the words, and the
    database can compare letters, those with nearly the same words are found.
    """
    terms = terms_of(criteria.query)
    if not terms:
        return SearchResult([])
    search = CourseSearch(reader, course, criteria, terms, after)
    exact = SearchResult([search.found(kind) for kind in criteria.kinds])
    if exact.has_hits or after or not can_resemble():
        return exact
    nearly = CourseSearch(reader, course, criteria, terms, None, is_resembling=True)
    with transaction.atomic():
        allow_distance()
        kinds = [nearly.found(kind) for kind in criteria.kinds if kind != "person"]
    return SearchResult(kinds, is_resembling=any(found.hits for found in kinds))


@dataclass(frozen=True)
class CourseSearch:
    """One question to one course, by one reader."""

    reader: User
    course: Course
    criteria: SearchCriteria
    terms: Sequence[Term]
    after: int | None
    is_resembling: bool = False

    def found(self, kind: str) -> Found:
        rows, next_key = self._people() if kind == "person" else self._page(kind)
        hits: dict = {
            "post": self._hits_of_posts,
            "comment": self._hits_of_comments,
            "work": self._hits_of_works,
            "person": self._hits_of_people,
        }
        return Found(kind, hits[kind](rows), next_key)

    @property
    def _size(self) -> int:
        return PAGE_SIZE if self.criteria.kind else FIRST_OF_KIND

    def _page(self, kind: str) -> tuple[list, int | None]:
        """Return the rows of a page, and the key of its last one if there are more."""
        rows = self._rows(kind).filter(pk__in=self._entries(kind).values(kind))
        order = ORDERS[kind]
        if self.after:
            column = order[0].lstrip("-")
            last = rows.filter(pk=self.after).values_list(column, flat=True).first()
            rows = rows if last is None else rows.filter(_comes_after(order, last, self.after))
        listed = list(rows.order_by(*order)[: self._size + 1])
        page = listed[: self._size]
        return page, page[-1].pk if len(listed) > self._size else None

    def _entries(self, kind: str) -> QuerySet:
        entries = SearchEntry.objects.all()
        ask = entries.resembling if self.is_resembling else entries.matching
        return ask(self.course, kind, self.terms)

    def _rows(self, kind: str) -> QuerySet:
        """Return all rows of a kind that this reader may find."""
        if kind == "work":
            return Work.objects.visible_in(self.reader, self.course)
        if kind == "comment":
            comments = Comment.objects.open().visible_in(self.reader, self.course)
            comments = comments.filter(post__status=Post.Status.PUBLISHED)
            return self._narrowed(comments, "post__prompt").select_related("author", "post")
        posts = Post.objects.published_for(self.reader, self.course)
        posts = self._narrowed(posts, "prompt").select_related("author", "prompt", "revision")
        return posts.defer("revision__text", "revision__html", "revision__references")

    def _narrowed(self, rows: QuerySet, prompt: str) -> QuerySet:
        if self.criteria.prompt:
            rows = rows.filter(**{prompt: self.criteria.prompt})
        if self.criteria.by == "me":
            rows = rows.filter(author=self.reader)
        elif self.criteria.by == "pod":
            membership = self.reader.membership_in(self.course)
            people = Membership.objects.in_course(self.course).filter(
                pod=membership and membership.pod_id, pod__isnull=False
            )
            rows = rows.filter(author__in=people.values("user"))
        return rows

    def _people(self) -> tuple[list[ListedPerson], int | None]:
        people = listed_people(self.reader, self.course)
        found = [one for one in people if has_terms(one.name, self.terms)]
        keys = [person.member.pk for person in found]
        begin = keys.index(self.after) + 1 if self.after in keys else 0
        page = found[begin : begin + self._size]
        return page, page[-1].member.pk if len(found) > begin + self._size else None

    def _hits_of_posts(self, posts: list[Post]) -> list[Hit]:
        return [Hit(post, self._whole(post.title), self._context_of_post(post)) for post in posts]

    def _context_of_post(self, post: Post) -> list[Piece]:
        revision = post.revision
        if revision is None or revision.content_note:
            return [Piece(revision.shown_excerpt, False)] if revision else []
        return self._context("\n".join(revision.paragraphs))

    def _hits_of_comments(self, comments: list[Comment]) -> list[Hit]:
        return [
            Hit(
                comment,
                self._whole(comment.post.title),
                [Piece(comment.shown_excerpt, False)]
                if comment.content_note
                else self._context(*texts_of_comment(comment)),
            )
            for comment in comments
        ]

    def _hits_of_works(self, works: list[Work]) -> list[Hit]:
        listed = with_posts(works, self.reader, self.course, max_posts=POSTS_PER_WORK)
        return [Hit(one, self._whole(one.work.label_with_title)) for one in listed]

    def _hits_of_people(self, people: list[ListedPerson]) -> list[Hit]:
        return [Hit(person, self._whole(person.name)) for person in people]

    def _whole(self, text: str) -> list[Piece]:
        return whole(text, self.terms, resembling=self.is_resembling)

    def _context(self, text: str) -> list[Piece]:
        return context_of(text, self.terms, resembling=self.is_resembling)


def _comes_after(order: tuple[str, str], value, key: int) -> Q:
    """Return the condition that a row comes after the one with this value and key."""
    column, is_falling = order[0].lstrip("-"), order[0].startswith("-")
    further = "lt" if is_falling else "gt"
    same = {f"{order[1].lstrip('-')}__{further}": key}
    return Q(**{f"{column}__{further}": value}) | Q(**{column: value}, **same)
