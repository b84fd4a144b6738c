"""Choose the posts of a week for a reader, from what they could see of the course as it began.

Reads rows and hands plain data to ``network.discovery``. Nothing that the reader cannot see counts:
no comment for an author and the team alone, no post of a gate that is closed to them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Q

from blog.models import (
    Comment,
    Course,
    Membership,
    Post,
    Prompt,
    Reference,
    SearchEntry,
    SeenComments,
    User,
)
from network.discovery import Candidate, Interests, Pick, Relation, Scope, choose, turns
from network.models import NetworkChoices
from network.queries.suggestion_choices import suggestion_choices
from network.ties import Tie, TieClass, tie_date, ties_of

MAX_AGE_DAYS = 56
OWN_POSTS = 6
MAX_CANDIDATES = 500
UNANSWERED_AMONG_THEM = 20  # of posts without a comment, whatever else they lack
MAX_CITING_POSTS = 50  # a work that more posts cite is no reason to look at a post


def week_of(course: Course) -> date:
    """Return the Monday of this week in the course's zone; of its last week once it is over."""
    day = tie_date(course)
    return day - timedelta(days=day.weekday())


def choose_week(reader: User, course: Course, monday: date) -> list[Pick]:
    """Return the picks of a reader's week, in a number of queries that does not grow."""
    facts = Facts(reader, course, monday)
    week = "{}:{}".format(*monday.isocalendar()[:2])
    return choose(
        facts.candidates(),
        facts.interests(),
        facts.scope(),
        salt=f"{reader.pk}:{week}",
        turns=turns(facts.pods, reader.pk, salt=f"{course.pk}:{week}"),
    )


@dataclass(frozen=True)
class PostRow:
    """A post that the reader can see."""

    pk: int
    author: int
    published_at: datetime


class Facts:
    """The facts of a course that a reader could see when a week began."""

    def __init__(self, reader: User, course: Course, monday: date):
        self.reader, self.course, self.monday = reader, course, monday
        self.begins = datetime.combine(monday, time.min, tzinfo=course.zone)
        self.pods = dict(
            Membership.objects.in_course(course).active().students().values_list("user", "pod")
        )
        self.posts = self._posts()
        self.peers, self.peers_of = self._peers()
        self.own = [row for row in self.posts if row.author == reader.pk][:OWN_POSTS]
        self.recent = self._recent()
        self.cited, self.authors = self._cited()
        self.own_works = self._works_of(self.own)
        self.required = self._required()
        self.thread_mates = self._thread_mates()

    def interests(self) -> Interests:
        return Interests(self.own_works, self._words_of([row.pk for row in self.own]))

    def scope(self) -> Scope:
        degrees = {peer: len(self.peers_of[peer]) for peer in self.peers}
        return Scope(
            self.reader.pk, len(self.posts), self._citing_posts(), self._cited_together(), degrees
        )

    def candidates(self) -> list[Candidate]:
        """Return the posts that may be offered, at most ``MAX_CANDIDATES`` of them."""
        comments = self._comments_by_peers([row.pk for row in self.recent])
        rows = self._nearest(comments)
        ties = {tie.peer.pk: tie for tie in self._ties()}
        shared = [row.pk for row in rows if self.cited[row.pk] & self.own_works]
        words = self._words_by_post(shared)
        return [
            Candidate(
                row.pk,
                row.author,
                self._relation(ties.get(row.author), row),
                row.author in ties and ties[row.author].units > 0,
                self.pods[row.author],
                frozenset(self.cited[row.pk]),
                self._common_peers(row.author),
                comments.get(row.pk, 0),
                (self.monday - self.course.day_of(row.published_at)).days,
                words.get(row.pk, {}),
            )
            for row in rows
        ]

    def _posts(self) -> list[PostRow]:
        """Return the visible posts that were there when the week began, the newest first."""
        posts = Post.objects.published_for(self.reader, self.course)
        rows = posts.filter(published_at__lt=self.begins).order_by("-published_at", "-pk")
        return [PostRow(*row) for row in rows.values_list("pk", "author", "published_at")]

    def _recent(self) -> list[PostRow]:
        """Return the posts of eight weeks by other students that the reader has not read."""
        since = self.begins - timedelta(days=MAX_AGE_DAYS)
        read = set(
            SeenComments.objects.filter(user=self.reader, post__course=self.course)
            .values_list("post", flat=True)
            .union(
                Comment.objects.by(self.reader)
                .filter(post__course=self.course)
                .values_list("post", flat=True),
                NetworkChoices.left_posts.through.objects.filter(
                    networkchoices__person=self.reader, networkchoices__course=self.course
                ).values_list("post", flat=True),
            )
        )
        hidden = suggestion_choices(self.reader, self.course).not_to_suggest
        return [
            row
            for row in self.posts
            if row.published_at >= since
            and row.author in self.pods
            and row.author not in hidden
            and row.author != self.reader.pk
            and row.pk not in read
        ]

    def _cited(self) -> tuple[dict[int, set[int]], dict[int, int]]:
        """Return the works of the posts in question, and who wrote these.

        Those are the recent ones, the reader's own, and whatever cites a work of the reader's.
        """
        named = [row.pk for row in (*self.recent, *self.own)]
        visible = [row.pk for row in self.posts]
        own = Reference.objects.cited_in([row.pk for row in self.own])
        with_own = Reference.objects.cited_in(visible).filter(
            canonical_work__in=own.order_by().values("canonical_work")
        )
        rows = Reference.objects.cited_in(visible).filter(
            Q(post__in=named) | Q(post__in=with_own.order_by().values("post"))
        )
        left = set(
            NetworkChoices.left_works.through.objects.filter(
                networkchoices__person=self.reader, networkchoices__course=self.course
            ).values_list("work", flat=True)
        )
        cited: dict[int, set[int]] = defaultdict(set)
        authors = {}
        for post, author, work in rows.order_by().values_list(
            "post", "post__author", "canonical_work"
        ):
            authors[post] = author
            if work not in left:
                cited[post].add(work)
        return cited, authors

    def _works_of(self, rows: Iterable[PostRow]) -> frozenset[int]:
        return frozenset(work for row in rows for work in self.cited[row.pk])

    def _citing_posts(self) -> dict[int, int]:
        works = {work for works in self.cited.values() for work in works}
        rows = (
            Reference.objects.cited_in([row.pk for row in self.posts])
            .filter(canonical_work__in=works)
            .order_by()
            .values("canonical_work")
            .annotate(posts=Count("post", distinct=True))
        )
        return dict(rows.values_list("canonical_work", "posts"))

    def _cited_together(self) -> dict[int, dict[int, set[int]]]:
        together: dict[int, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
        for post, works in self.cited.items():
            for own in works & self.own_works:
                for work in works - self.own_works:
                    together[work][own].add(self.authors[post])
        return together

    def _visible_comments(self):
        comments = Comment.objects.counting().visible_in(self.reader, self.course)
        return comments.filter(created_at__lt=self.begins)

    def _peers(self) -> tuple[frozenset[int], dict[int, set[int]]]:
        """Return whom the reader exchanges comments with, and whom each of them does so with."""
        me = self.reader.pk
        visible = self._visible_comments().order_by()
        mine = visible.filter(Q(author=me) | Q(addressee=me)).values_list("author", "addressee")
        peers = frozenset(
            person for pair in mine.distinct() for person in pair if person in self.pods
        ) - {me}
        pairs = visible.filter(Q(author__in=peers) | Q(addressee__in=peers))
        peers_of: dict[int, set[int]] = defaultdict(set)
        for author, addressee in pairs.values_list("author", "addressee").distinct():
            if author in self.pods and addressee in self.pods:
                peers_of[author].add(addressee)
                peers_of[addressee].add(author)
        return peers, peers_of

    def _common_peers(self, author: int) -> frozenset[int]:
        return frozenset(peer for peer in self.peers if author in self.peers_of[peer])

    def _ties(self) -> list[Tie]:
        """Return the reader's ties on the day before the week."""
        return ties_of(self.reader, self.course, self.monday - timedelta(days=1))

    def _relation(self, tie: Tie | None, row: PostRow) -> Relation:
        if tie and tie.dormant:
            return Relation.DORMANT
        if tie and tie.tie_class != TieClass.NONE:
            return RELATIONS[tie.tie_class]
        pod = self.pods[row.author]
        is_latent = (
            (pod is not None and pod == self.pods.get(self.reader.pk))
            or self.cited[row.pk] & self.own_works - self.required
            or self._common_peers(row.author)
            or row.author in self.thread_mates
        )
        return Relation.LATENT if is_latent else Relation.NONE

    def _required(self) -> set[int]:
        """Return the keys of the works that prompts of the course ask everybody to read."""
        required = Prompt.required_works.through.objects.filter(prompt__course=self.course)
        return set(required.values_list("work", flat=True))

    def _thread_mates(self) -> set[int]:
        """Return who has commented on a post on which the reader has commented."""
        visible = self._visible_comments().order_by()
        talks = visible.filter(author=self.reader).values("post")
        return set(visible.filter(post__in=talks).values_list("author", flat=True).distinct())

    def _nearest(self, comments: Mapping[int, int]) -> list[PostRow]:
        """Return the recent posts, of very many those first that have a reason to be offered.

        A few without any comment by a peer are always among them.
        """
        if len(self.recent) <= MAX_CANDIDATES:
            return self.recent
        citing = Counter(work for works in self.cited.values() for work in works)
        rare = {work for work in self.own_works if citing[work] <= MAX_CITING_POSTS}

        def distance(row: PostRow) -> tuple[bool, bool, int]:
            far = not self._common_peers(row.author)
            return not self.cited[row.pk] & rare, far, -row.pk

        unanswered = [row for row in self.recent if not comments.get(row.pk)]
        kept = unanswered[:UNANSWERED_AMONG_THEM]
        others = [row for row in sorted(self.recent, key=distance) if row not in kept]
        return others[: MAX_CANDIDATES - len(kept)] + kept

    def _comments_by_peers(self, posts: list[int]) -> dict[int, int]:
        """Return on which posts other students have commented, and how often."""
        comments = (
            Comment.objects.open()
            .for_member(self.reader, self.course)  # on posts that they see
            .filter(post__in=posts, created_at__lt=self.begins, author__in=self.pods.keys())
            .exclude(author=F("post__author"))
        )
        rows = comments.order_by().values("post").annotate(count=Count("pk"))
        return dict(rows.values_list("post", "count"))

    def _words_of(self, posts: list[int]) -> Counter[str]:
        return sum(self._words_by_post(posts).values(), Counter())

    def _words_by_post(self, posts: list[int]) -> dict[int, Counter[str]]:
        """Return the folded words of posts, as the search has them, each with how often it is."""
        entries = SearchEntry.objects.filter(post__in=posts).values_list("post", "words")
        return {post: Counter(words.split()[1:]) for post, words in entries}


RELATIONS = {
    TieClass.STRONG: Relation.STRONG,
    TieClass.WEAK: Relation.WEAK,
    TieClass.VERY_WEAK: Relation.VERY_WEAK,
}
