"""The marking desk's queue: who has handed in, who was read, what waits for release."""

from dataclasses import dataclass

from django.utils import timezone

from blog.models import Feedback, Membership, Post, Prompt, User


@dataclass(frozen=True)
class QueueItem:
    """One student's line in a prompt's queue; ``feedback`` is the grade of record."""

    member: Membership
    post: Post | None
    feedback: Feedback | None
    state: str  # unread, begun, graded, released, none

    @property
    def is_late(self) -> bool:
        return self.post is not None and self.post.prompt.is_late(self.post.published_at)

    @property
    def days_late(self) -> int:
        """Whole days after the deadline's day, in the course's zone; 0 is the same day."""
        zone = timezone.get_current_timezone()
        due = self.post.prompt.due_at.astimezone(zone).date()
        return (self.post.published_at.astimezone(zone).date() - due).days

    @property
    def changed_since_read(self) -> bool:
        return (
            self.post is not None
            and self.feedback is not None
            and self.feedback.revision_id is not None
            and self.feedback.revision_id != self.post.revision_id
        )


ORDER = {"begun": 0, "unread": 1, "none": 2, "graded": 3, "released": 4}


def queue_of(prompt: Prompt, reader: User) -> list[QueueItem]:
    """Return a line per student of the course: to read first, oldest first; in four queries."""
    criteria = prompt.rubric.criteria.count() if prompt.rubric else 0
    members = Membership.objects.in_course(prompt.course).in_force().students().for_list()
    posts = {
        post.author_id: post
        for post in Post.objects.published().answering(prompt).visible_to(reader).for_list()
    }
    grades = {
        feedback.student_id: feedback
        for feedback in Feedback.objects.answering(prompt)
        .of_record()
        .select_related("marker")
        .prefetch_related("scores")
    }
    items = [
        _item(member, posts.get(member.user_id), grades.get(member.user_id), criteria)
        for member in members
    ]
    return sorted(items, key=_place)


def _place(item: QueueItem):
    handed_in = item.post.published_at if item.post else item.member.joined_at
    return (ORDER[item.state], handed_in, item.member.pk)


def _item(member, post, feedback, criteria) -> QueueItem:
    if feedback is None:
        state = "unread" if post else "none"
    elif feedback.released_at:
        state = "released"
    elif feedback.is_complete(criteria):
        state = "graded"
    else:
        state = "begun"
    return QueueItem(member, post, feedback, state)


def next_to_read(queue: list[QueueItem], after: User | None = None) -> QueueItem | None:
    """Return the next line with something to read that is not ``after``'s."""
    waiting = [i for i in queue if i.state in ("unread", "begun") and i.post]
    return next((i for i in waiting if after is None or i.member.user_id != after.pk), None)
