"""The grading queue: the requested part of it, and the facts of each row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet

from blog.models import Comment, Grading, Prompt, Revision, Rubric, Score, User
from blog.models.member_keys import MAY_MISS, member_key_of, stand_in
from blog.models.prepared_queries import prepared
from blog.queries.grading_queue import QueueItem
from blog.queries.in_bulk import people_by_key

ROWS_BESIDE_A_POST = 40
ROWS_BEFORE_THE_POST = 10
NO_POST = (None, None)


@dataclass(frozen=True)
class QueueRow:
    """An item of the queue with its facts; ``references`` and ``words`` only of a post.

    ``comments`` are those that the student wrote on the posts of so many ``peers``.

    The grader and the points of a grade are hidden from whoever is to grade it once more unseen.
    """

    item: QueueItem
    words: int | None
    references: int | None
    comments: int
    peers: int
    grader: User | None
    points: Decimal | None


@dataclass(frozen=True)
class QueuePart:
    """A part of the queue that can be shown alone: its key in addresses, and its items."""

    key: str
    items: list[QueueItem]

    @property
    def is_chosen(self) -> bool:
        return self.key != "all"


def queue_parts(queue: Sequence[QueueItem], reader: User) -> list[QueuePart]:
    """Return the parts of a queue by task, all first.

    No pod where the reader has none, or where pods would say who somebody is.
    """
    is_anonymous = any(item.by_number for item in queue)
    pods = {m.pod_id for m in reader.memberships_now if not is_anonymous} - {None}
    conditions: dict[str, Callable[[QueueItem], bool]] = {
        "all": lambda item: True,
        "ungraded": lambda item: item.needs_grade and item.state == "ungraded",
        "due": lambda item: item.is_due,
        "in_progress": lambda item: item.state == "in_progress",
        "graded": lambda item: item.state == "graded",
        "differs": lambda item: item.differs,
        "changed": lambda item: item.changed_since_grading,
        "late": lambda item: item.is_published and item.is_late,
        "no_post": lambda item: item.state == "no_post",
        "pod": lambda item: item.member.pod_id in pods,
        "mine": lambda item: reader.pk in item.grader_ids,
    }
    if not pods:
        del conditions["pod"]
    return [
        QueuePart(key, [item for item in queue if condition(item)])
        for key, condition in conditions.items()
    ]


def rows_beside(items: Sequence[QueueItem], student: User) -> Sequence[QueueItem]:
    """Return the items around that of a student, some before it; all of them if they are few."""
    places = [index for index, item in enumerate(items) if item.member.user_id == student.pk]
    here = places[0] if places else 0
    start = max(0, here - ROWS_BEFORE_THE_POST) if len(items) > ROWS_BESIDE_A_POST else 0
    return items[start : start + ROWS_BESIDE_A_POST]


def queue_rows(
    items: Sequence[QueueItem], prompt: Prompt, reader: User, kind: str = Grading.Kind.POST
) -> list[QueueRow]:
    """Return items with their facts, in four queries however many they are; three for comments."""
    written = _comments_and_peers(prompt, reader) if items else {}
    revisions = _words_and_references(items)
    graders = {item.grading.grader_id for item in items if item.grading}
    keys = graders | {item.member.user_id for item in items}
    people = people_by_key(keys)
    for item in items:
        item.member.user = people[item.member.user_id]
    scores = _scores_by_grading(items, prompt.rubric_for(kind))
    return [
        QueueRow(
            item,
            *revisions.get(item.post.revision_id if item.post else None, NO_POST),
            *written.get(item.member.user_id, (0, 0)),
            people.get(item.grading.grader_id) if item.grading and not item.is_due else None,
            None if item.is_due else _points_of(item.grading, scores),
        )
        for item in items
    ]


def _comments_and_peers(prompt: Prompt, reader: User) -> dict[int, tuple[int, int]]:
    """Return by person, as a key, how many comments they wrote on how many others' posts.

    Of everybody: asked for some people, SQLite would go through all their comments in all courses.
    """
    member = member_key_of(reader, prompt.course)
    if member is None:
        return {}
    counted = _counted_in.rows(member.role, prompt=prompt.pk, **member.values)
    return {author: (comments, peers) for author, comments, peers in counted}


@prepared(may_miss=MAY_MISS)
def _counted_in(role: str, prompt: int, **member: Any) -> QuerySet:
    comments = Comment.objects.open().visible_in(*stand_in(role, **member)).from_others()
    return (
        comments.filter(post__prompt=prompt)
        .order_by()
        .values_list("author")
        .annotate(comments=Count("pk"), peers=Count("post__author", distinct=True))
    )


@prepared
def _revisions_of(_shape: None, keys: tuple) -> QuerySet:
    return Revision.objects.filter(pk__in=keys).values_list("pk", "words", "references")


def _words_and_references(
    items: Sequence[QueueItem],
) -> dict[int | None, tuple[int | None, int | None]]:
    """Return by revision its words and the entries of its list; personal messages have none."""
    posts = [item.post for item in items if item.post and item.is_published]
    shown = [post.revision_id for post in posts if post.revision_id]
    rows = _revisions_of.rows(None, keys=tuple(shown)) if shown else []
    return {
        pk: (words, sum(bool(reference["html"]) for reference in references))
        for pk, words, references in rows
    }


def _scores_by_grading(items: Sequence[QueueItem], rubric: Rubric | None) -> dict[int, list[Score]]:
    gradings = tuple(item.grading.pk for item in items if item.grading)
    by_grading: dict[int, list[Score]] = {}
    if not gradings or rubric is None:
        return by_grading
    for score in _scores_of.rows(None, gradings=gradings, rubric=rubric.pk):
        by_grading.setdefault(score.grading_id, []).append(score)
    return by_grading


@prepared
def _scores_of(_shape: None, gradings: tuple, rubric: int) -> QuerySet:
    scores = Score.objects.filter(grading__in=gradings, criterion__rubric=rubric)
    return scores.select_related("criterion", "level")


def _points_of(grading: Grading | None, scores: dict[int, list[Score]]) -> Decimal | None:
    if grading is None or not (scores.get(grading.pk) or grading.override_points is not None):
        return None
    return grading.points_by(scores.get(grading.pk, []))
