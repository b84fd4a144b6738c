"""Give feedback, choose the grade of record, and release grades."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import (
    AuditEvent,
    Criterion,
    Grading,
    Level,
    Membership,
    Post,
    Prompt,
    Revision,
    Score,
    User,
    queue_mail,
)
from blog.queries.grading_queue import ready_for_release
from blog.text import render_comment


class StaleGrading(Refused):
    """The feedback was saved in another window meanwhile."""


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
) -> Grading:
    """Store a grader's levels and feedback for a student, bound to the revision that was read.

    ``version`` is the one the grader saw (None for a first save). If a later one is stored,
    nothing is written and StaleGrading is raised. The first grading of a student becomes the grade
    of record; their membership is locked, so that of two first gradings at the same moment one is
    first.
    """
    access.require(
        access.can_grade(by, prompt.course), _("Only the teaching team can give feedback.")
    )
    if student.pk == by.pk:
        raise Refused(_("You cannot grade yourself."))
    if post is not None and (post.author_id, post.prompt_id) != (student.pk, prompt.pk):
        raise Refused(_("This post is not the student’s post on this prompt."))
    html = render_comment(words).html if words.strip() else ""
    with transaction.atomic():
        Membership.objects.select_for_update().get(course=prompt.course, user=student)
        gradings = Grading.objects.of_posts().answering(prompt).filter(student=student)
        grading = gradings.filter(grader=by).first()
        if (grading.version if grading else None) != version:
            raise StaleGrading(
                _("You saved this feedback in another window. Both versions are saved: choose one.")
            )
        if grading is None:
            grading = Grading(
                prompt=prompt,
                student=student,
                grader=by,
                version=0,
                of_record=not gradings.of_record().exists(),
            )
        grading.post, grading.revision = post, revision
        grading.text, grading.html = words, html
        grading.version += 1
        grading.updated_at = timezone.now()
        grading.save()
        _store_levels(grading, levels)
        AuditEvent.record(
            "feedback_given", grading, by=by, course=prompt.course, version=grading.version
        )
    return grading


def choose_grade_of_record(grading: Grading, *, by: User) -> None:
    """Make another grader's grading the grade of record, released if the old one was."""
    access.require(
        access.can_release(by, grading.prompt.course),
        _("Only instructors can choose which grade counts."),
    )
    with transaction.atomic():
        Membership.objects.select_for_update().get(
            course=grading.prompt.course, user=grading.student
        )
        old = (
            Grading.objects.answering(grading.prompt)
            .of_record()
            .filter(student=grading.student, kind=grading.kind)
            .first()
        )
        if old is not None:
            grading.released_at = old.released_at
            old.of_record, old.released_at = False, None
            old.save(update_fields=["of_record", "released_at"])
        grading.of_record = True
        grading.save(update_fields=["of_record", "released_at"])
        AuditEvent.record("grade_chosen", grading, by=by, course=grading.prompt.course)


def release_prompt(prompt: Prompt, *, by: User) -> list[Grading]:
    """Release all complete grades of a prompt to their students, with one mail each."""
    access.require(access.can_release(by, prompt.course), _("Only instructors can release grades."))
    with transaction.atomic():
        Prompt.objects.select_for_update().get(pk=prompt.pk)
        released = ready_for_release(prompt)
        now = timezone.now()
        for grading in released:
            grading.released_at = now
            grading.save(update_fields=["released_at"])
            queue_mail(
                grading.student,
                "feedback_released",
                key=f"release:{grading.pk}",
                course=prompt.course.title,
                prompt=prompt.title,
                address=_address(grading),
            )
        AuditEvent.record("grades_released", prompt, by=by, course=prompt.course, n=len(released))
    return released


def _address(grading: Grading) -> str:
    slug = grading.prompt.course.slug
    if grading.post:
        path = reverse("post_page", args=[slug, grading.post.slug])
    else:
        path = reverse("prompt_page", args=[slug, grading.prompt.number])
    return f"{settings.SITE_URL}{path}"


def _store_levels(grading: Grading, levels: dict[Criterion, Level]) -> None:
    """Store the levels that changed; a criterion without a level loses its score."""
    stored = {score.criterion_id: score for score in grading.scores.all()}
    for criterion, level in levels.items():
        score = stored.pop(criterion.pk, None)
        if score is None:
            Score.objects.create(grading=grading, criterion=criterion, level=level)
        elif score.level_id != level.pk:
            score.level, score.version = level, score.version + 1
            score.save()
    Score.objects.filter(pk__in=[score.pk for score in stored.values()]).delete()
