"""The grading queue of a prompt: its students, their posts and grades, and what to release."""

from dataclasses import dataclass

from django.utils import timezone

from blog.models import Grading, Membership, Post, Prompt, User


@dataclass(frozen=True)
class QueueItem:
    """A student in the queue of a prompt; ``grading`` is the grade of record."""

    member: Membership
    post: Post | None
    grading: Grading | None
    state: str  # ungraded, in_progress, graded, released, no_post

    @property
    def is_late(self) -> bool:
        post = self.post
        return bool(post and post.prompt and post.prompt.is_late(post.published_at))

    @property
    def days_late(self) -> int:
        """Return the days from the due date's day on, in the course's zone; 0 is the same day."""
        post, zone = self.post, timezone.get_current_timezone()
        if post is None or post.prompt is None or post.published_at is None:
            return 0
        due = post.prompt.due_at.astimezone(zone).date()
        return (post.published_at.astimezone(zone).date() - due).days

    @property
    def changed_since_grading(self) -> bool:
        return (
            self.post is not None
            and self.grading is not None
            and self.grading.revision_id is not None
            and self.grading.revision_id != self.post.revision_id
        )


# The states in the order of the queue, and those that still need a grade.
ORDER = {"in_progress": 0, "ungraded": 1, "no_post": 2, "graded": 3, "released": 4}
UNGRADED = ("in_progress", "ungraded")


def grading_queue(prompt: Prompt, reader: User) -> list[QueueItem]:
    """Return an item for each student, ungraded first, then the oldest first; four queries."""
    criteria = prompt.rubric.criteria.count() if prompt.rubric else 0
    members = Membership.objects.in_course(prompt.course).active().students().for_list()
    posts = {
        post.author_id: post
        for post in Post.objects.published().answering(prompt).visible_to(reader).for_list()
    }
    grades = {
        grading.student_id: grading
        for grading in Grading.objects.of_posts()
        .answering(prompt)
        .of_record()
        .select_related("grader")
        .prefetch_related("scores")
    }
    items = [
        _item(member, posts.get(member.user_id), grades.get(member.user_id), criteria)
        for member in members
    ]
    return sorted(items, key=_sort_key)


def ready_for_release(prompt: Prompt) -> list[Grading]:
    """Return the grades of record that are complete and not released.

    Complete means a level for every criterion or, without a rubric, feedback in words.
    """
    criteria = prompt.rubric.criteria.count() if prompt.rubric else 0
    students = Membership.objects.in_course(prompt.course).active().students()
    unreleased = (
        Grading.objects.of_posts()
        .answering(prompt)
        .of_record()
        .filter(released_at=None, student__memberships__in=students)
        .select_related("student", "post")
        .prefetch_related("scores")
        .order_by("student__display_name", "pk")
    )
    return [grading for grading in unreleased if grading.is_complete(criteria)]


def _sort_key(item: QueueItem):
    since = item.post.published_at if item.post else item.member.joined_at
    return (ORDER[item.state], since, item.member.pk)


def _item(member, post, grading, criteria) -> QueueItem:
    if grading is None:
        state = "ungraded" if post else "no_post"
    elif grading.released_at:
        state = "released"
    elif grading.is_complete(criteria):
        state = "graded"
    else:
        state = "in_progress"
    return QueueItem(member, post, grading, state)


def next_to_grade(queue: list[QueueItem], after: User | None = None) -> QueueItem | None:
    """Return the next item with a post to grade that is not the one of student ``after``."""
    ungraded = [item for item in queue if item.state in UNGRADED and item.post]
    return next((i for i in ungraded if after is None or i.member.user_id != after.pk), None)
