"""Deeds of marking: read, give feedback, choose the grade of record, release."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access, text
from blog.actions.letters import write_letter
from blog.exceptions import Refused
from blog.models import (
    Criterion,
    Feedback,
    Level,
    LogEntry,
    Membership,
    Post,
    Prompt,
    Revision,
    Score,
    User,
)


class StaleFeedback(Refused):
    """Say no to a save that has not seen what was saved meanwhile."""


def give_feedback(
    prompt: Prompt,
    student: User,
    *,
    by: User,
    post: Post | None = None,
    revision: Revision | None = None,
    levels: dict[Criterion, Level],
    words: str,
    version: int | None = None,
) -> Feedback:
    """Store a marker's reading of a student's answer, bound to the revision that was read.

    ``version`` is the one the marker saw (None for a first save). If the row has moved on since,
    nothing is written and StaleFeedback is raised. The first reading of an answer becomes the
    grade of record; the student's membership is locked, so that of two first readings at the same
    moment one is first.
    """
    if not access.can_grade(by, prompt.course):
        raise Refused(_("Only the teaching team gives feedback."))
    html = text.render_comment(words).html if words.strip() else ""
    with transaction.atomic():
        Membership.objects.select_for_update().get(course=prompt.course, user=student)
        feedback = Feedback.objects.filter(prompt=prompt, student=student, marker=by).first()
        if (feedback.version if feedback else None) != version:
            raise StaleFeedback(
                _("This feedback was saved in another window meanwhile. Nothing is lost yet.")
            )
        if feedback is None:
            recorded = Feedback.objects.filter(prompt=prompt, student=student, of_record=True)
            feedback = Feedback(
                prompt=prompt,
                student=student,
                marker=by,
                version=0,
                of_record=not recorded.exists(),
            )
        feedback.post, feedback.revision = post, revision
        feedback.text, feedback.html = words, html
        feedback.version += 1
        feedback.updated_at = timezone.now()
        feedback.save()
        _store_levels(feedback, levels)
        LogEntry.record(
            "feedback_given", feedback, by=by, course=prompt.course, version=feedback.version
        )
    return feedback


def make_of_record(feedback: Feedback, *, by: User) -> None:
    """Let another marker's reading be the grade. A released grade keeps its release."""
    if not access.can_release(by, feedback.prompt.course):
        raise Refused(_("Only instructors choose which reading is the grade."))
    with transaction.atomic():
        Membership.objects.select_for_update().get(
            course=feedback.prompt.course, user=feedback.student
        )
        old = Feedback.objects.filter(
            prompt=feedback.prompt, student=feedback.student, of_record=True
        ).first()
        if old is not None:
            feedback.released_at = old.released_at
            old.of_record, old.released_at = False, None
            old.save(update_fields=["of_record", "released_at"])
        feedback.of_record = True
        feedback.save(update_fields=["of_record", "released_at"])
        LogEntry.record("grade_chosen", feedback, by=by, course=feedback.prompt.course)


def ready_for_release(prompt: Prompt) -> list[Feedback]:
    """Return the grades of record that are complete and no student has seen yet.

    Complete means a level for every criterion or, without a rubric, some words.
    """
    criteria = prompt.rubric.criteria.count() if prompt.rubric else 0
    waiting = (
        Feedback.objects.answering(prompt)
        .of_record()
        .filter(released_at=None, student__memberships__in=_students(prompt))
        .select_related("student", "post")
        .prefetch_related("scores")
        .order_by("student__display_name", "pk")
    )
    return [f for f in waiting if f.is_complete(criteria)]


def release_prompt(prompt: Prompt, *, by: User) -> list[Feedback]:
    """Show all complete grades of a prompt to their students, in one act, with one note each."""
    if not access.can_release(by, prompt.course):
        raise Refused(_("Only instructors release grades."))
    with transaction.atomic():
        Prompt.objects.select_for_update().get(pk=prompt.pk)
        released = ready_for_release(prompt)
        now = timezone.now()
        for feedback in released:
            feedback.released_at = now
            feedback.save(update_fields=["released_at"])
            write_letter(
                feedback.student,
                "feedback_released",
                key=f"release:{feedback.pk}",
                course=prompt.course.title,
                prompt=prompt.title,
                address=_address(feedback),
            )
        LogEntry.record("grades_released", prompt, by=by, course=prompt.course, n=len(released))
    return released


def _students(prompt: Prompt):
    return Membership.objects.in_course(prompt.course).in_force().students()


def _address(feedback: Feedback) -> str:
    slug = feedback.prompt.course.slug
    if feedback.post:
        path = reverse("post_page", args=[slug, feedback.post.slug])
    else:
        path = reverse("prompt_page", args=[slug, feedback.prompt.number])
    return f"{settings.SITE_URL}{path}"


def _store_levels(feedback: Feedback, levels: dict[Criterion, Level]) -> None:
    """Write the levels that changed; a criterion left open loses its score."""
    stored = {score.criterion_id: score for score in feedback.scores.all()}
    for criterion, level in levels.items():
        score = stored.pop(criterion.pk, None)
        if score is None:
            Score.objects.create(feedback=feedback, criterion=criterion, level=level)
        elif score.level_id != level.pk:
            score.level, score.version = level, score.version + 1
            score.save()
    Score.objects.filter(pk__in=[score.pk for score in stored.values()]).delete()
