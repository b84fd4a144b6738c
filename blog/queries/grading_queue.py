"""The grading queues of a prompt, one of posts and one of comments, and what to release."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.utils import timezone

from blog.models import (
    Comment,
    Course,
    Grading,
    Membership,
    Post,
    Prompt,
    QueuePlace,
    User,
    shown_name,
)
from blog.models.member_keys import MAY_MISS, member_key_of, stand_in
from blog.models.prepared_queries import prepared
from blog.queries.grading_conflicts import unsettled
from blog.queries.prompt_use import count_by_prompt, prompts_with_work
from blog.queries.second_gradings import students_due_from

# The largest number that a prompt can have; an address may have any.
MAX_NUMBER = 2**15 - 1

# The states in the order of the queue, and those that still need a grade. ``former`` is the state
# of whoever was graded and is no longer a student of the course.
# The grades of ``planned`` have a date ahead on which they are released.
ORDER = {
    "in_progress": 0, "ungraded": 1, "no_post": 2, "graded": 3, "planned": 4, "released": 5,
    "former": 6,
}  # fmt: skip
UNGRADED = ("in_progress", "ungraded")

# The columns that the queue reads: of thousands of rows, each further one would be felt.
MEMBER_FIELDS = (
    "course", "user", "role", "pod", "section", "is_confidential", "joined_at", "ended_at",
)  # fmt: skip
POST_FIELDS = (
    "author", "revision", "slug", "title", "status", "audience", "published_at", "deleted_at",
    "prompt",
)  # fmt: skip
GRADING_FIELDS = (
    "prompt", "student", "grader", "kind", "revision", "html", "status", "override_hundredths",
    "released_rubric", "of_record", "version", "released_at", "post",
)  # fmt: skip


@dataclass(frozen=True)
class QueueItem:
    """A student in a queue of a prompt; ``grading`` is the grade of record.

    ``number`` is the student's address. ``post`` is the published one or else the one that was
    graded: ``is_published`` tells; its author is ``member.user``. In the queue of comments there is
    none. ``has_work`` says whether there is something to grade. ``grader_ids`` are the keys of all
    who have begun to grade. ``is_due``: the reader of the queue is asked for a grading of their
    own, and sees no other until it is complete. ``is_unsettled``: graders differ, and the grade
    cannot be released before somebody settles that. ``by_number``: the queue has the order of the
    numbers, which says nothing of anybody.
    """

    number: int
    member: Membership
    post: Post | None
    is_published: bool
    has_work: bool
    grading: Grading | None
    grader_ids: frozenset[int]
    state: str  # a key of ORDER
    is_due: bool
    is_unsettled: bool = False
    by_number: bool = False

    @property
    def grading_count(self) -> int:
        return len(self.grader_ids)

    @property
    def is_hidden(self) -> bool:
        """Return whether graders do not know the author, as far as this kind of grade tells."""
        return self.by_number and not (self.grading and self.grading.is_released)

    @property
    def is_late(self) -> bool:
        """Return whether the post is late; by the due date of all while names are hidden.

        An extension is known of one person by name, so it must not be told of a number.
        """
        post = self.post
        if not self.is_hidden or post is None or post.prompt is None or post.published_at is None:
            return bool(post and post.is_late)
        return post.prompt.is_late(post.published_at)

    @property
    def is_on_time(self) -> bool:
        """Return whether the post came by its own due date, also where late ones are accepted."""
        post = self.post
        if not self.is_published or post is None or post.prompt is None or not post.published_at:
            return False
        return not post.prompt.is_after_due(post.published_at, post.extended_until)

    @property
    def is_closed(self) -> bool:
        """Return whether the graded post is not published any more."""
        return self.post is not None and not self.is_published

    @property
    def days_late(self) -> int:
        """Return the days from the due date's day on, in the course's zone; 0 is the same day."""
        post, zone = self.post, timezone.get_current_timezone()
        if post is None or post.due_at is None or post.published_at is None:
            return 0
        due = post.due_at.astimezone(zone).date()
        return (post.published_at.astimezone(zone).date() - due).days

    @property
    def needs_grade(self) -> bool:
        return self.has_work and (self.is_due or self.state in UNGRADED)

    @property
    def differs(self) -> bool:
        """Return whether the reader is told that graders differ on a grade ready for release."""
        return self.is_unsettled and self.state == "graded" and not self.is_due

    @property
    def can_go(self) -> bool:
        """Return whether its grade can be released."""
        return self.state == "graded" and not self.is_unsettled

    @property
    def needs_new_levels(self) -> bool:
        """Return whether it is released, but not by the rubric that the prompt has now."""
        return bool(self.grading and self.state == "released" and self.grading.needs_new_levels)

    @property
    def changed_since_grading(self) -> bool:
        return bool(
            self.is_published
            and self.post
            and self.grading
            and self.grading.revision_id
            and self.grading.revision_id != self.post.revision_id
        )

    @property
    def has_notes(self) -> bool:
        """Return whether there is more to show than its state."""
        return (
            self.is_due
            or self.is_late
            or self.grading_count > 1
            or self.is_closed
            or self.needs_new_levels
            or self.changed_since_grading
        )

    @property
    def since(self) -> datetime:
        """Return the time since when the student waits, by which items of one state are sorted."""
        published_at = self.post.published_at if self.post else None
        return published_at or self.member.joined_at

    @property
    def place(self) -> tuple:
        return (self.number,) if self.by_number else (self.since, self.member.pk)


def prompt_to_grade(course: Course, number: int) -> Prompt | None:
    """Return a prompt of a course by its number, with its rubrics, or None."""
    if number > MAX_NUMBER:
        return None
    prompt = _prompt_by_number.first(None, course=course.pk, number=number)
    if prompt is not None:
        prompt.course = course
    return prompt


@prepared
def _prompt_by_number(_shape: None, course: int, number: int) -> QuerySet:
    prompts = Prompt.objects.filter(course=course, number=number)
    return prompts.select_related("rubric", "comments_rubric")[:1]


def grading_queue(prompt: Prompt, reader: User, kind: str = Grading.Kind.POST) -> list[QueueItem]:
    """Return an item for each student; five queries for posts, four for comments.

    Two more where somebody has graded what has a grade of record, and so may differ.

    First come those whom the reader is asked to grade, then the ungraded ones; the oldest first, or
    by number if the prompt is graded anonymously. A course may have thousands, so no texts are
    loaded, and the people only of the rows that are shown: ``queue_rows``, ``attach_students``. A
    graded post that is closed is one query more.
    """
    numbers = dict(_numbers_of.rows(None, prompt=prompt.pk))
    members = _members_of.rows(kind, course=prompt.course_id, prompt=prompt.pk)
    is_of_posts = kind == Grading.Kind.POST
    posts = _published_posts(prompt, reader) if is_of_posts else {}
    with_work = posts.keys() if is_of_posts else commenters(prompt, reader)
    gradings = _gradings_by_student(prompt, kind)
    graded_posts = _graded_posts(gradings, posts.keys()) if is_of_posts else {}
    due = students_due_from(prompt, reader) if is_of_posts else frozenset()
    is_graded_again = any(not one.of_record for given in gradings.values() for one in given)
    differing = {one.grading.pk for one in unsettled(prompt)} if is_graded_again else set()
    items = [
        queue_item(
            numbers[member.user_id],
            member,
            posts.get(member.user_id),
            gradings.get(member.user_id, []),
            graded_posts,
            prompt,
            has_work=member.user_id in with_work,
            is_due=member.user_id in due,
            unsettled_keys=differing,
        )
        for member in members
        if member.user_id in numbers
    ]
    return sorted(items, key=lambda item: (not item.is_due, ORDER[item.state], item.place))


@prepared
def _numbers_of(_shape: None, prompt: int) -> QuerySet:
    return QueuePlace.objects.filter(prompt=prompt).values_list("student", "number")


@prepared
def _members_of(kind: str, course: int, prompt: int) -> QuerySet:
    """Ask for the students of a course, and for whoever has a grade for the prompt."""
    graded = Grading.objects.of_kind(kind).filter(prompt=prompt).values("student")
    members = Membership.objects.filter(course=course)
    is_listed = Q(ended_at=None, role=Membership.Role.STUDENT) | Q(user__in=graded)
    return members.filter(is_listed).only(*MEMBER_FIELDS)


def attach_students(items: Iterable[QueueItem]) -> None:
    """Load the students of some items, in one query."""
    members = {item.member.user_id: item.member for item in items}
    for user in User.objects.filter(pk__in=members):
        members[user.pk].user = user


def _published_posts(prompt: Prompt, reader: User) -> dict[int, Post]:
    """Return the published posts for a prompt by the keys of their authors."""
    member = member_key_of(reader, prompt.course)
    if member is None:
        return {}
    published = _published_for.rows(member.role, prompt=prompt.pk, **member.values)
    return {post.author_id: post for post in published}


@prepared(may_miss=MAY_MISS)
def _published_for(role: str, prompt: int, **member: Any) -> QuerySet:
    published = Post.objects.published_for(*stand_in(role, **member)).filter(prompt=prompt)
    return published.with_extensions().only(*POST_FIELDS)


def commenters(prompt: Prompt, reader: User) -> frozenset[int]:
    """Return the keys of all who have commented on the posts of others for a prompt; one query."""
    comments = Comment.objects.open().visible_in(reader, prompt.course)
    comments = comments.filter(post__prompt=prompt).from_others()
    return frozenset(comments.order_by().values_list("author", flat=True).distinct()) - {None}


def _gradings_by_student(prompt: Prompt, kind: str) -> dict[int, list[Grading]]:
    """Return the gradings of a kind by the key of their student, the grade of record first."""
    gradings: dict[int, list[Grading]] = {}
    for grading in _gradings_of.rows(kind, prompt=prompt.pk):
        grading.prompt = prompt
        gradings.setdefault(grading.student_id, []).append(grading)
    return gradings


@prepared
def _gradings_of(kind: str, prompt: int) -> QuerySet:
    gradings = Grading.objects.of_kind(kind).filter(prompt=prompt).with_progress()
    return gradings.only(*GRADING_FIELDS).order_by("-of_record", "pk")


def _graded_posts(
    gradings: dict[int, list[Grading]], published: Collection[int]
) -> dict[int, Post]:
    """Return by key the posts that were graded, of students who have none published now."""
    closed = [
        grading.post_id
        for student, given in gradings.items()
        if student not in published
        for grading in given
        if grading.post_id
    ]
    if not closed:
        return {}
    return Post.objects.with_extensions().only(*POST_FIELDS).in_bulk(closed)


def queue_item(
    number: int,
    member: Membership,
    published: Post | None,
    gradings: list[Grading],
    graded_posts: dict[int, Post],
    prompt: Prompt,
    *,
    has_work: bool | None = None,
    is_due: bool,
    unsettled_keys: Collection[int] = (),
) -> QueueItem:
    """Return a student's item; their ``gradings`` have the grade of record first.

    There is something to grade if there is a published post, unless ``has_work`` says.
    """
    graded = (graded_posts.get(grading.post_id or 0) for grading in gradings)
    post = published or next(filter(None, graded), None)
    if post is not None:
        post.prompt = prompt
    grading = gradings[0] if gradings and gradings[0].of_record else None
    graders = frozenset(each.grader_id for each in gradings if each.is_begun)
    is_published = published is not None
    has_work = is_published if has_work is None else has_work
    state = _state(member, has_work, grading)
    return QueueItem(
        number,
        member,
        post,
        is_published,
        has_work,
        grading,
        graders,
        state,
        is_due,
        is_unsettled=grading is not None and grading.pk in unsettled_keys,
        by_number=prompt.is_anonymous,
    )


def _state(member: Membership, has_work: bool, grading: Grading | None) -> str:
    if member.ended_at or not member.is_student:
        return "former"
    if grading and grading.released_at:
        return "released" if grading.is_released else "planned"
    if grading and grading.is_complete:
        return "graded"
    if grading and grading.is_begun:
        return "in_progress"
    return "ungraded" if has_work else "no_post"


def next_to_grade(queue: Iterable[QueueItem], after: User | None = None) -> QueueItem | None:
    """Return the next item with a post to grade that is not the one of student ``after``.

    It is the one behind ``after``, so that whoever passes over some posts still meets all; behind
    the last comes the first. While any are due from the reader, it is one of those.
    """
    ungraded = [item for item in queue if item.needs_grade]
    if after is None:
        return ungraded[0] if ungraded else None
    here = next((item.place for item in queue if item.member.user_id == after.pk), None)
    others = [item for item in ungraded if item.member.user_id != after.pk]
    first = [item for item in others if item.is_due] or others
    behind = [item for item in first if here is not None and item.place > here]
    return next(iter(sorted(behind, key=lambda item: item.place) or first), None)


def next_behind(items: Iterable[QueueItem], student: User) -> QueueItem | None:
    """Return the item that follows a student in the order of waiting, graded or not; None at last.

    That order stays as it is while grades are saved.
    """
    in_order = sorted(items, key=lambda item: item.place)
    places = [item.place for item in in_order if item.member.user_id == student.pk]
    return next((item for item in in_order if places and item.place > places[0]), None)


def ready_for_release(prompt: Prompt) -> list[Grading]:
    """Return the grades of record that are complete, not released, and settled; three queries.

    Those of posts and those of comments.
    """
    students = _students(prompt.course)
    open_conflicts = {conflict.grading.pk for conflict in unsettled(prompt)}
    return list(
        Grading.objects.answering(prompt)
        .of_record()
        .complete()
        .exclude(pk__in=open_conflicts)
        .filter(released_at=None, student__memberships__in=students)
        .select_related("student", "post", "prompt__course")
        .order_by(shown_name("student__"), "student", "-kind", "pk")
    )


def posts_to_grade(prompt: Prompt | OuterRef, course: Course, reader: User) -> QuerySet[Post]:
    """Return the published posts of a course's students for a prompt that have no grade yet.

    A grade counts if it is of record, and complete or released.
    """
    students = _students(course)
    grades = Grading.objects.of_posts().of_record().done()
    graded = grades.filter(prompt=OuterRef("prompt"), student=OuterRef("author"))
    return (
        Post.objects.published_for(reader, course)
        .answering(prompt)
        .filter(author__in=students.values("user"))
        .exclude(Exists(graded))
    )


def prompts_to_grade(course: Course, reader: User) -> QuerySet[Prompt]:
    """Return the open prompts, the last first, with their numbers of posts and of grades.

    Each number has a subquery of its own: joined, posts and grades would multiply.
    """
    prompt = OuterRef("pk")
    posts = Post.objects.published_for(reader, course).answering(prompt)
    released = Grading.objects.answering(prompt).of_posts().of_record().released()
    return (
        prompts_with_work(course)
        .annotate(
            post_count=count_by_prompt(posts),
            ungraded_count=count_by_prompt(posts_to_grade(prompt, course, reader)),
            released_count=count_by_prompt(released),
            **_not_released(course),
        )
        .reverse()
    )


def prompts_to_read(course: Course, reader: User) -> list[Prompt]:
    """Return the open prompts with posts that have no grade yet, whatever was due first; one query.

    Each has its number of them as ``ungraded_count``.
    """
    ungraded = count_by_prompt(posts_to_grade(OuterRef("pk"), course, reader))
    found = Prompt.objects.in_course(course).opened().annotate(ungraded_count=ungraded)
    return list(found.filter(ungraded_count__gt=0).order_by("due_at", "number"))


def still_to_read(prompts: Iterable[Prompt]) -> list[Prompt]:
    """Return the result of ``prompts_to_read`` for prompts that ``prompts_to_grade`` found."""
    found = [prompt for prompt in prompts if prompt.ungraded_count]  # type: ignore[attr-defined]
    return sorted(found, key=lambda prompt: (prompt.due_at, prompt.number))


def prompts_to_release(course: Course) -> list[Prompt]:
    """Return the prompts with complete grades that no student sees yet, the last first.

    ``to_release_count`` has those without a date, ``planned_count`` those with one ahead, of which
    the first is ``next_release_at``.
    """
    found = Prompt.objects.in_course(course).annotate(**_not_released(course))
    some = Q(to_release_count__gt=0) | Q(planned_count__gt=0)
    return list(found.filter(some).reverse())


def _not_released(course: Course) -> dict[str, Combinable]:
    """Return annotations of prompts: how many grades of students wait, and how many have a date."""
    students = _students(course).values("user")
    grades = Grading.objects.answering(OuterRef("pk")).of_record().filter(student__in=students)
    planned = grades.planned().order_by("released_at")
    return {
        "to_release_count": count_by_prompt(grades.complete().filter(released_at=None)),
        "planned_count": count_by_prompt(planned),
        "next_release_at": Subquery(planned.values("released_at")[:1]),
    }


def _students(course: Course) -> QuerySet[Membership]:
    return Membership.objects.in_course(course).active().students()
