"""Give feedback, choose the grade of record, and release grades."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import EmptyGrading, Refused, StaleGrading, StaleRubric
from blog.models import (
    AuditEvent,
    Criterion,
    Grading,
    Level,
    Post,
    Prompt,
    Revision,
    Rubric,
    Score,
    User,
    queue_mail,
    render_feedback,
)
from blog.models.grading import GradingQuerySet
from blog.models.outbox import next_daytime
from blog.queries.grading_queue import ready_for_release
from blog.queries.rubric_words import released_with

Levels = dict[Criterion, Level | None]


def give_feedback(
    prompt: Prompt,
    student: User,
    *,
    by: User,
    post: Post | None = None,
    revision: Revision | None = None,
    levels: Levels,
    words: str,
    version: int | None = None,
) -> Grading:
    """Store a grader's levels and feedback for a student, bound to the revision that was read.

    ``levels`` has the criteria that the grader was shown, each with its level or None; scores of
    other criteria stay as they are. ``version`` is the one the grader saw (None for a first save).
    If a later one is stored, nothing is written and StaleGrading is raised, unless it is the same:
    a second click is no conflict. Raises StaleRubric for criteria that the prompt's rubric no
    longer has, and EmptyGrading for a first save of nothing.

    The first grading of a student becomes the grade of record, and a complete one takes over from
    an incomplete one. An edit that the student sees is dated, and they get a mail about it.
    """
    access.require(
        access.can_grade(by, prompt.course), _("Only the teaching team can give feedback.")
    )
    _refuse_unfit(prompt, student, post, by)
    html = render_feedback(words)
    with transaction.atomic():
        prompt.lock()
        gradings = Grading.objects.of_posts().answering(prompt).filter(student=student)
        grading = gradings.filter(grader=by).first()
        if grading and _is_saved(grading, post, revision, levels, words):
            return grading
        _refuse_stale(grading, version)
        _refuse_old_criteria(prompt, levels)
        if grading is None:
            grading = _begin(prompt, student, gradings, html, levels, by=by)
        _save(grading, levels, post=post, revision=revision, text=words, html=html)
        _let_complete_grades_count(gradings, by=by)
        AuditEvent.record(
            "feedback_given", grading, by=by, course=prompt.course, version=grading.version
        )
    grading.refresh_from_db(fields=["of_record"])
    return grading


def choose_grade_of_record(grading: Grading, *, by: User) -> None:
    """Make a grading the grade of record, released if the old one was.

    No other grading takes over from it later. What a student can read already is never replaced by
    an incomplete grade.
    """
    access.require(
        access.can_release(by, grading.prompt.course),
        _("Only instructors can choose which grade counts."),
    )
    with transaction.atomic():
        prompt = grading.prompt
        prompt.lock()
        grading.refresh_from_db()
        gradings = Grading.objects.answering(prompt).filter(student=grading.student)
        old = gradings.of_record().filter(kind=grading.kind).exclude(pk=grading.pk).first()
        if old is not None:
            if old.released_at and not gradings.complete().contains(grading):
                raise Refused(
                    _("The student can read the other grade already, and this one is not complete.")
                )
            grading.take_over_from(old)
            if grading.is_released:
                _announce_edit(grading)
        grading.of_record = grading.is_chosen = True
        grading.save(update_fields=["of_record", "is_chosen", "edited_at"])
        AuditEvent.record("grade_chosen", grading, by=by, course=prompt.course)


def release_prompt(
    prompt: Prompt, *, by: User, shown: Collection[str] | None = None
) -> list[Grading]:
    """Release the complete grades of a prompt to their students, with one mail each.

    ``shown`` has the keys of the grades that the page listed: those that became complete since
    then wait. Without it all are released.
    """
    access.require(access.can_release(by, prompt.course), _("Only instructors can release grades."))
    with transaction.atomic():
        prompt.lock()
        ready = ready_for_release(prompt)
        released = [each for each in ready if shown is None or str(each.pk) in shown]
        now = timezone.now()
        for grading in released:
            grading.released_at = now
            grading.save(update_fields=["released_at"])
            _queue_note(grading, "feedback_released", key=f"release:{grading.pk}")
        AuditEvent.record("grades_released", prompt, by=by, course=prompt.course, n=len(released))
    return released


def change_rubric(
    prompt: Prompt, rubric: Rubric | None, *, by: User, instead_of: Rubric | None
) -> None:
    """Give a prompt another rubric, or none; every level stays stored.

    From now on a grade is complete or not by the new rubric. Released grades stay as their students
    see them, and no other grade becomes the grade of record. Raises StaleRubric if the prompt's
    rubric is no longer ``instead_of``.
    """
    access.require(
        access.can_edit_course(by, prompt.course), _("Only instructors can change the rubric.")
    )
    if rubric is not None and rubric.course_id != prompt.course_id:
        raise Refused(_("This rubric is not from this course."))
    with transaction.atomic():
        prompt.lock()
        if prompt.rubric_id == (rubric and rubric.pk):  # a second click
            return
        if prompt.rubric_id != (instead_of and instead_of.pk):
            raise StaleRubric(_("Somebody else has changed the rubric. Nothing was changed now."))
        gradings = Grading.objects.answering(prompt)
        released = gradings.filter(released_at__isnull=False)
        released.filter(earlier_rubric=None).update(earlier_rubric=instead_of)
        released.filter(earlier_rubric=rubric).update(earlier_rubric=None)
        prompt.rubric = rubric
        prompt.version += 1
        prompt.save(update_fields=["rubric", "version"])
        AuditEvent.record(
            "rubric_changed",
            prompt,
            by=by,
            course=prompt.course,
            old=instead_of and instead_of.pk,
            new=rubric and rubric.pk,
        )


def announce_new_words(
    rubric: Rubric, *, by: User, criteria: list[Criterion], levels: list[Level], asked: int
) -> None:
    """Date the released grades that show new words of a rubric, and mail their students.

    Goes into the transaction that stores the words, which holds the prompts' locks. Raises Refused
    unless ``asked``, the number of such grades of which the page told, is still right.
    """
    access.require(
        access.can_edit_course(by, rubric.course), _("Only instructors can change a rubric.")
    )
    with transaction.atomic():
        shown = released_with(criteria, levels)
        gradings = list(shown.select_related("student", "post", "prompt__course").order_by("pk"))
        if len(gradings) != asked:
            raise Refused(
                _("Grades were released meanwhile. Nothing is saved yet: save again to go on.")
            )
        for grading in gradings:
            _announce_edit(grading)
            grading.save(update_fields=["edited_at"])
        AuditEvent.record("rubric_reworded", rubric, by=by, course=rubric.course, n=asked)


def _refuse_unfit(prompt: Prompt, student: User, post: Post | None, by: User) -> None:
    if student.pk == by.pk:
        raise Refused(_("You cannot grade yourself."))
    if post is not None and (post.author_id, post.prompt_id) != (student.pk, prompt.pk):
        raise Refused(_("This post is not the student’s post on this prompt."))


def _begin(
    prompt: Prompt,
    student: User,
    gradings: GradingQuerySet,
    html: str,
    levels: Levels,
    *,
    by: User,
) -> Grading:
    """Return a new grading that is not saved yet: the grade of record if it is the first one."""
    if not html and not any(levels.values()):
        raise EmptyGrading(_("Nothing was saved: no level is chosen, no feedback typed."))
    of_record = not gradings.of_record().exists()
    return Grading(prompt=prompt, student=student, grader=by, version=0, of_record=of_record)


def _is_saved(
    grading: Grading, post: Post | None, revision: Revision | None, levels: Levels, words: str
) -> bool:
    """Return whether a grading holds all this already."""
    stored = dict(grading.scores.values_list("criterion", "level"))
    sent = {criterion.pk: level and level.pk for criterion, level in levels.items()}
    return (grading.post, grading.revision, grading.text) == (post, revision, words) and all(
        stored.get(criterion) == level for criterion, level in sent.items()
    )


def _refuse_stale(grading: Grading | None, version: int | None) -> None:
    if (grading.version if grading else None) != version:
        raise StaleGrading(
            _(
                "You saved this feedback in another window. "
                "Both versions are on this page: choose one."
            )
        )


def _refuse_old_criteria(prompt: Prompt, levels: Levels) -> None:
    """Refuse criteria that are not the rubric's; lock those, so that none is deleted meanwhile."""
    present = Criterion.objects.select_for_update().filter(rubric=prompt.rubric_id).order_by("pk")
    if set(levels) - set(present):
        raise StaleRubric(_("The rubric was changed meanwhile. Choose the levels again."))


def _save(grading: Grading, levels: Levels, **fields) -> None:
    """Save what a grader sent, and announce it to a student who can read this grade."""
    with _announcing_edit(grading):
        for name, value in fields.items():
            setattr(grading, name, value)
        _save_with_levels(grading, levels)


def _save_with_levels(grading: Grading, levels: Levels) -> None:
    """Save a grading with its levels; what is released never becomes incomplete again."""
    has_rubric, was_complete = grading.prompt.rubric is not None, _is_complete(grading)
    grading.version += 1
    grading.updated_at = timezone.now()
    grading.save()
    _store_levels(grading, levels)
    is_complete = _is_complete(grading)
    if grading.released_at and was_complete and not is_complete:
        raise Refused(
            _("The student can read this grade already, so it needs a level for each criterion.")
            if has_rubric
            else _("The student can read this feedback already, so it cannot be empty.")
        )
    if grading.earlier_rubric and is_complete and has_rubric:
        grading.earlier_rubric = None
        grading.save(update_fields=["earlier_rubric"])


def _is_complete(grading: Grading) -> bool:
    return Grading.objects.complete().filter(pk=grading.pk).exists()


def _store_levels(grading: Grading, levels: Levels) -> None:
    """Store the levels that changed. Only a criterion in ``levels`` can lose its score."""
    stored = {score.criterion_id: score for score in grading.scores.all()}
    for criterion, level in levels.items():
        score = stored.get(criterion.pk)
        if level is None:
            if score is not None:
                score.delete()
        elif score is None:
            Score.objects.create(grading=grading, criterion=criterion, level=level)
        elif score.level_id != level.pk:
            score.level, score.version = level, score.version + 1
            score.save()


def _let_complete_grades_count(gradings: GradingQuerySet, *, by: User) -> None:
    """Let each complete grading count that has an incomplete grade of record before it."""
    for old in gradings.replaceable().select_related("prompt__course"):
        new = Grading.objects.get(pk=old.successor)
        new.take_over_from(old)
        AuditEvent.record("grade_taken_over", new, by=by, course=old.prompt.course, old=old.pk)


@contextmanager
def _announcing_edit(grading: Grading) -> Iterator[None]:
    """Announce to the student what the block changes of a grade that they can read."""
    before = grading.seen_by_student()
    yield
    if grading.is_released and before != grading.seen_by_student():
        _announce_edit(grading)
        grading.save(update_fields=["edited_at"])


def _announce_edit(grading: Grading) -> None:
    """Date an edit for the student, and mail them: one mail a day, however often it is edited."""
    grading.edited_at = timezone.now()
    if not Grading.objects.visible_to(grading.student).contains(grading):
        return  # they have left the course
    zone = ZoneInfo(grading.student.time_zone)
    day = next_daytime(grading.edited_at, zone).astimezone(zone).date()
    _queue_note(grading, "feedback_edited", key=f"edited:{grading.pk}:{day}")


def _queue_note(grading: Grading, template: str, *, key: str) -> None:
    """Queue a mail that says where the feedback is, and nothing of the grade."""
    queue_mail(
        grading.student,
        template,
        key=key,
        course=grading.prompt.course.title,
        prompt=grading.prompt.title,
        address=_address(grading),
    )


def _address(grading: Grading) -> str:
    slug = grading.prompt.course.slug
    if grading.post and grading.has_open_post:
        path = reverse("post_page", args=[slug, grading.post.slug])
    else:
        path = reverse("prompt_page", args=[slug, grading.prompt.number])
    return f"{settings.SITE_URL}{path}"
