"""The released feedback of a student, and what of it they have not seen yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from blog.models import (
    Course,
    GradeAdoption,
    Grading,
    Post,
    Prompt,
    Score,
    User,
    is_unread,
)
from blog.models.grading import GradingQuerySet
from blog.models.participation import Worth
from blog.models.prepared_queries import prepared
from blog.text.feedback_notes import FeedbackNote, link_paragraphs, split_feedback

# What pages read of a grading that they only lead to.
ANNOUNCED_FIELDS = (
    "prompt", "student", "grader", "kind", "post", "status", "released_at", "edited_at",
    "grader__username", "grader__display_name", "post__slug", "post__title", "post__deleted_at",
    "prompt__course", "prompt__number", "prompt__title",
)  # fmt: skip


@dataclass(frozen=True)
class ReadableScore:
    """A level as its student reads it, with its points of so many."""

    score: Score
    points: Decimal
    highest_points: Decimal


@dataclass(frozen=True)
class ReadableGrade:
    """A grading as its student reads it: its points (None for no grade), of so many.

    ``notes`` are its words on single paragraphs of the post and on the whole, in their order;
    ``rule`` is the one for taking part that it was made by, if it was.
    """

    grading: Grading
    scores: list[ReadableScore]
    points: Decimal | None
    highest_points: Decimal
    notes: list[FeedbackNote] = field(default_factory=list)
    rule: Worth | None = None

    @property
    def notes_on_paragraphs(self) -> list[FeedbackNote]:
        return [note for note in self.notes if note.paragraph]


def readable_grade(
    grading: Grading, scores: Iterable[Score] | None = None, *, has_links: bool = True
) -> ReadableGrade:
    """Return a grading as its student reads it; ``scores`` if it shall be by others than those.

    Numbers of paragraphs in its words lead to those of the version that was graded, unless nobody
    is to find the post from there.
    """
    scores = list(grading.scores.all() if scores is None else scores)
    shown = [
        ReadableScore(score, score.points, score.criterion.highest_points)
        for score in (scores if grading.status == Grading.Status.GRADED else [])
    ]
    last, address = _paragraphs_of(grading)
    return ReadableGrade(
        grading,
        shown,
        grading.points_by(scores) if shown or grading.override_points is not None else None,
        sum((one.highest_points for one in shown), start=Decimal(0)),
        [
            FeedbackNote(
                link_paragraphs(note.html, last, address) if has_links else note.html,
                note.paragraph,
            )
            for note in split_feedback(grading.html, last)
        ],
    )


def _paragraphs_of(grading: Grading) -> tuple[int, str]:
    """Return the number of paragraphs that were graded, and the page that shows them."""
    post, revision = grading.post, grading.revision
    if post is None or revision is None or not grading.has_open_post:
        return 0, ""
    course = grading.prompt.course.slug
    if revision.pk == post.revision_id:
        address = reverse("post_page", args=[course, post.slug])
    else:
        address = reverse("revision_page", args=[course, post.slug, revision.number])
    return len(revision.paragraphs), address


def own_released_grades(student: User) -> GradingQuerySet:
    """Return the grades that a student can read as theirs, in all their courses."""
    return Grading.objects.visible_to(student).of_record().released().filter(student=student)


def own_feedback(student: User, course: Course) -> GradingQuerySet:
    """Return a student's released grades in a course, the newest first, with ``is_unread``.

    Each has what the student may read of it, and no other levels.
    """
    return (
        own_released_grades(student)
        .filter(prompt__course=course)
        .annotate(is_unread=is_unread())
        .for_student()
        .select_related("prompt__course")
        .order_by("-released_at", "-kind", "-pk")
    )


def announced_feedback(student: User, course: Course) -> list[Grading]:
    """Return the gradings of ``own_feedback`` for pages that only lead to them; one query.

    Without their words, levels and versions.
    """
    if student.membership_in(course) is None:
        return []
    now = timezone.now()
    gradings = _announced.rows(None, student=student.pk, course=course.pk, now=now)
    for grading in gradings:
        grading.prompt.course = course
    return gradings


@prepared
def _announced(_shape: None, student: int, course: int, now: datetime) -> QuerySet:
    """Ask for what ``own_released_grades`` finds in a course of a member."""
    own = Grading.objects.of_record().filter(student=student, released_at__lte=now)
    return (
        own.filter(prompt__course=course)
        .annotate(is_unread=is_unread())
        .select_related("grader", "post", "prompt")
        .only(*ANNOUNCED_FIELDS)
        .order_by("-released_at", "-kind", "-pk")
    )


def readable_feedback(student: User, course: Course) -> list[ReadableGrade]:
    """Return a student's released grades in a course, the newest first, in three queries.

    One more where points were given for comments, which may be by a rule for taking part.
    """
    gradings = own_feedback(student, course).prefetch_related("scores__criterion__levels")
    return _with_rules([readable_grade(one) for one in gradings])


def _with_rules(grades: list[ReadableGrade]) -> list[ReadableGrade]:
    """Return grades with the rules that they were made by; a query where there may be any."""
    possible = [
        grade.grading.prompt_id
        for grade in grades
        if grade.grading.kind == Grading.Kind.COMMENTS and grade.grading.override_points is not None
    ]
    if not possible:
        return grades
    adoptions = list(GradeAdoption.objects.filter(prompt__in=possible))
    return [replace(grade, rule=_rule_of(grade.grading, adoptions)) for grade in grades]


def _rule_of(grading: Grading, adoptions: Iterable[GradeAdoption]) -> Worth | None:
    made = (one for one in adoptions if one.made(grading.pk, grading.version))
    return next(made, None)


def feedback_on(student: User, course: Course, number: int) -> list[Grading]:
    """Return a student's released grades for the prompt of a number."""
    return list(own_feedback(student, course).filter(prompt__number=number))


def feedback_on_post(reader: User, post: Post) -> ReadableGrade | None:
    """Return the feedback on a post for its author; None before the release."""
    if post.author_id != reader.pk or post.prompt_id is None:
        return None
    gradings = own_feedback(reader, post.course).prefetch_related("scores__criterion__levels")
    grading = gradings.filter(post=post).order_by("-kind").first()
    if grading is None:
        return None
    grading.post, grading.prompt = post, post.prompt
    return readable_grade(grading)


def feedback_apart(student: User, prompt: Prompt) -> list[ReadableGrade]:
    """Return the released grades for a prompt that no open post of the student's shows."""
    gradings = own_feedback(student, prompt.course).filter(prompt=prompt).order_by("-kind", "pk")
    found = gradings.prefetch_related("scores__criterion__levels")
    return _with_rules([readable_grade(one) for one in found if not one.has_open_post])
