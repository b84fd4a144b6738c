"""Questions to one's network: who can be asked about a post, and the questions to a reader.

**Whom a question is offered to.** Students of the course who see the post and published a post of
their own, visible to whoever asks, that cites a work which the post cites. At most
``MAX_RECIPIENTS`` of them: first those whom its author has a tie to, the strongest leading, then
others by chance (``network.discovery.recipients``). Nobody is asked who wants no suggestions or
not to be suggested, whom its author has muted or who has muted its author, who left this post or
the works both cite, or who has ``MAX_OPEN_OFFERS`` open questions already; what they did with
earlier ones plays no part, for its author would learn of it.

**When.** One question is open for an author in a course, and the next begins a week after the last
began. It closes when its author closes it, after two weeks, or when nobody comments any more.

**Who sees it.** They are stored; whether they see it is judged here each time they look: they are
students of the course, want suggestions, see the post, still share a work with it, have not
declined, and have not commented on the post since.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from blog import access
from blog.models import Audience, Course, Post, Prompt, Reference, User, Work
from blog.models.post_visibility import of_post, visibility_rules
from blog.models.prepared_queries import prepared
from blog.queries.comments import members_who_see
from network.discovery import choose_recipients
from network.models import (
    QUESTIONS_ARE_OPEN_FOR,
    Mute,
    NetworkChoices,
    Question,
    QuestionOffer,
)
from network.queries.suggestion_choices import suggestion_choices
from network.ties import TieClass, ties_of

MAX_RECIPIENTS = 5
MAX_OPEN_OFFERS = 3
MAX_POSTS = 3
NEXT_QUESTION_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class PersonToAsk:
    """Somebody who can be asked about a post, and the work that both cite."""

    person: User
    work: Work
    tie_class: TieClass


@dataclass(frozen=True)
class OfferedQuestion:
    """A question to a reader, on a post that they see, and the work that both cite."""

    question: Question
    work: Work

    @property
    def post(self) -> Post:
        return self.question.post

    @property
    def comment_address(self) -> str:
        """Return the address to comment on the post, with the question in sight."""
        return f"{self.post.get_absolute_url()}?question={self.question.pk}#say"

    @property
    def decline_address(self) -> str:
        """Return the address to decline it."""
        address = reverse("ego_network", args=[self.post.course.slug])
        return f"{address}#q{self.question.pk}"


@dataclass(frozen=True)
class OwnQuestion:
    """An author's open question in a course with its last day, or when they can ask the next.

    ``latest`` is the question after which they wait.
    """

    open: Question | None
    latest: Question | None
    again_at: datetime | None
    last_day: date | None

    @property
    def can_ask(self) -> bool:
        return self.open is None and self.again_at is None


def ends_at(question: Question) -> datetime:
    """Return the time at which a question closes by itself, unless its course ends before."""
    return question.created_at + QUESTIONS_ARE_OPEN_FOR


def own_question(author: User, course: Course) -> OwnQuestion:
    """Return the open ones of an author's questions in a course, by one query."""
    now = timezone.now()
    since = now - QUESTIONS_ARE_OPEN_FOR
    has_asked = _any_question.rows(None, author=author.pk, course=course.pk, since=since)
    found = _questions_since(author, course, since) if has_asked else []
    for question in found:
        question.post.course = course
    current = next((one for one in found if one.is_open), None)
    if current and not access.can_ask_network(author, current.post):
        current = None
    latest = found[0] if found else None
    again_at = latest.created_at + NEXT_QUESTION_AFTER if latest else now
    last_day = min(course.day_of(ends_at(current)), course.ends_on) if current else None
    return OwnQuestion(current, latest, again_at if again_at > now else None, last_day)


def _questions_since(author: User, course: Course, since: datetime) -> list[Any]:
    """Return an author's questions since a time, the newest first, each with ``is_open``."""
    recent = Question.objects.of(author, course).filter(created_at__gt=since)
    is_open = Exists(Question.objects.open().filter(pk=OuterRef("pk")))
    found = recent.annotate(is_open=is_open).select_related("post")
    return list(found.order_by("-created_at"))


@prepared
def _any_question(_shape: None, author: int, course: int, since: datetime) -> QuerySet:
    questions = Question.objects.filter(author=author, course=course, created_at__gt=since)
    return questions.values_list("pk", flat=True)[:1]


def posts_to_ask_about(author: User, course: Course) -> list[Post]:
    """Return the newest few posts of an author that classmates see and that cite something."""
    return _to_ask_about.rows(None, author=author.pk, course=course.pk)


@prepared
def _to_ask_about(_shape: None, author: int, course: int) -> QuerySet:
    cites = Reference.objects.filter(post=OuterRef("pk"), cited=True)
    posts = Post.objects.in_course(course).published().by(author)
    visible = posts.filter(Exists(cites), hidden_at=None, audience__gte=Audience.POD)
    return visible.order_by("-published_at", "-pk")[:MAX_POSTS]


def people_to_ask(post: Post, author: User) -> list[PersonToAsk]:
    """Return whom a question of its author on a post is offered to, in their order, with reasons.

    In a number of queries that does not grow with the course, but for the pod of a post that only
    a pod sees: the rule is asked about each of its members.
    """
    course = post.course
    own = works_of([post])
    if not own:
        return []
    people = _who_can_be_asked(post, author)
    cited = _cited_by(people, author, course, own)
    ties = [tie for tie in ties_of(author, course) if tie.peer.pk in cited] if cited else []
    chosen = choose_recipients(
        cited,
        own=own,
        ties=[tie.peer.pk for tie in ties],
        required=_required(course),
        salt=f"{post.pk}",
        limit=MAX_RECIPIENTS,
    )
    works = Work.objects.in_bulk({one.work for one in chosen})
    classes = {tie.peer.pk: tie.tie_class for tie in ties}
    return [
        PersonToAsk(people[one.person], works[one.work], classes.get(one.person, TieClass.NONE))
        for one in chosen
    ]


def works_of(posts: Iterable[Post]) -> set[int]:
    """Return the keys of the works that the published texts of posts cite."""
    cited = Reference.objects.cited_in([post.pk for post in posts])
    return set(cited.order_by().values_list("canonical_work", flat=True))


def _who_can_be_asked(post: Post, author: User) -> dict[int, User]:
    """Return by their keys the students who see a post and want to be asked."""
    course = post.course
    choices = NetworkChoices.objects.in_course(course)
    mutes = Mute.objects.in_course(course)
    unwilling = {
        *choices.filter(wants_suggestions=False).values_list("person", flat=True),
        *choices.filter(may_be_suggested=False).values_list("person", flat=True),
        *choices.filter(left_posts=post).values_list("person", flat=True),
        *mutes.filter(by=author).values_list("muted", flat=True),
        *mutes.filter(muted=author).values_list("by", flat=True),
        *_with_enough_questions(course),
    }
    return {
        member.user_id: member.user
        for member in members_who_see(post)
        if member.is_student
        and member.user.is_active
        and member.user_id not in {author.pk, *unwilling}
    }


def _with_enough_questions(course: Course) -> QuerySet:
    """Return the keys of those who have as many open questions as anybody gets at a time.

    Those that they declined or commented on are counted too: else its author could learn of it.
    """
    offers = QuestionOffer.objects.open().filter(question__course=course)
    counted = offers.order_by().values("person").annotate(count=Count("pk"))
    return counted.filter(count__gte=MAX_OPEN_OFFERS).values_list("person", flat=True)


def _cited_by(
    people: dict[int, User], reader: User, course: Course, works: set[int]
) -> dict[int, set[int]]:
    """Return which of some works people cite in posts that a reader sees, but what they left."""
    posts = Post.objects.published_for(reader, course).filter(author__in=people)
    rows = Reference.objects.cited_in(posts.values("pk")).filter(canonical_work__in=works)
    left = set(_left_works(course).values_list("networkchoices__person", "work"))
    cited: dict[int, set[int]] = defaultdict(set)
    for person, work in rows.order_by().values_list("post__author", "canonical_work").distinct():
        if (person, work) not in left:
            cited[person].add(work)
    return cited


def _left_works(course: Course) -> QuerySet:
    through = NetworkChoices.left_works.through
    return through.objects.filter(networkchoices__course=course)


def _required(course: Course) -> set[int]:
    required = Prompt.required_works.through.objects.filter(prompt__course=course)
    return set(required.values_list("work", flat=True))


def questions_to(
    reader: User, course: Course, *, mail_key: str | None = None
) -> list[OfferedQuestion]:
    """Return the questions to a reader in a course, the oldest first; none to who cannot comment.

    With ``mail_key`` those that one digest tells of.
    """
    membership = reader.membership_in(course)
    if membership is None or not membership.is_student or not access.can_comment_in(reader, course):
        return []
    if not _any_offer.rows(None, person=reader.pk, course=course.pk):
        return []
    offers = _offers_to(reader, course)
    if mail_key is not None:
        offers = offers.filter(mail_key=mail_key)
    questions = [offer.question for offer in offers]
    if not questions or not suggestion_choices(reader, course).wants_suggestions:
        return []
    works = _shared_works(reader, course, [question.post_id for question in questions])
    for question in questions:
        question.post.course = course
    return [
        OfferedQuestion(question, works[question.post_id])
        for question in questions
        if question.post_id in works
    ]


@prepared
def _any_offer(_shape: None, person: int, course: int) -> QuerySet:
    """Ask whether anything was ever offered to somebody: to most nothing was."""
    offers = QuestionOffer.objects.filter(person=person, question__course=course)
    return offers.values_list("pk", flat=True)[:1]


def _offers_to(reader: User, course: Course) -> QuerySet:
    """Return the offers in a course whose post a reader sees and has not put away."""
    left = NetworkChoices.left_posts.through.objects.filter(
        networkchoices__course=course, networkchoices__person=reader
    )
    offers = QuestionOffer.objects.waiting().filter(person=reader, question__course=course)
    visible = offers.filter(of_post(visibility_rules(reader), "question__post"))
    return (
        visible.exclude(question__post__in=left.values("post"))
        .select_related("question__post__author")
        .order_by("question__created_at", "pk")
    )


def _shared_works(reader: User, course: Course, posts: list[int]) -> dict[int, Work]:
    """Return for posts a work that a published post of the reader cites too: no required one
    where there is another, and none of which the reader wants nothing.
    """
    own = Reference.objects.cited_in(
        Post.objects.in_course(course).published().by(reader).values("pk")
    )
    left = _left_works(course).filter(networkchoices__person=reader)
    rows = (
        Reference.objects.cited_in(posts)
        .filter(canonical_work__in=own.order_by().values("canonical_work"))
        .exclude(canonical_work__in=left.values("work"))
    )
    shared = set(rows.order_by().values_list("post", "canonical_work"))
    required = _required(course)
    works = Work.objects.in_bulk({work for _post, work in shared})
    chosen: dict[int, Work] = {}
    for post, work in sorted(shared, key=lambda pair: (pair[1] in required, pair[1])):
        chosen.setdefault(post, works[work])
    return chosen


def questions_in_digest(reader: User, mail_key: str) -> dict[int, list[OfferedQuestion]]:
    """Return the questions of a digest that its reader sees now, by the key of their course."""
    offers = QuestionOffer.objects.filter(person=reader, mail_key=mail_key)
    keys = set(offers.values_list("question__course", flat=True))
    courses = [m.course for m in reader.memberships_now if m.course_id in keys]
    found = {course.pk: questions_to(reader, course, mail_key=mail_key) for course in courses}
    return {key: questions for key, questions in found.items() if questions}


def questions_waiting_since() -> dict[int, datetime]:
    """Return by the keys of people since when a question waits for their next digest."""
    waiting = QuestionOffer.objects.waiting().not_mailed().order_by()
    return dict(waiting.values_list("person").annotate(Min("question__created_at")))
