"""Give feedback: a grader's levels and words for a student."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import EmptyGrading, Refused, StaleGrading, StaleLevel, StaleRubric
from blog.models import (
    AuditEvent,
    Criterion,
    Grading,
    GradingEvent,
    Level,
    Post,
    Prompt,
    Revision,
    Score,
    SecondGrading,
    User,
    announce_edit,
    render_feedback,
)
from blog.models.grading import GradingQuerySet

Levels = dict[Criterion, Level | None]


@dataclass(frozen=True)
class GradeRecord:
    """What a grade records beside levels and words; its names are those of the Grading."""

    status: str = Grading.Status.GRADED
    override_hundredths: int | None = None
    override_reason: str = ""
    private_note: str = ""

    @classmethod
    def of(cls, grading: Grading | None) -> "GradeRecord":
        if grading is None:
            return cls()
        return cls(**{name: getattr(grading, name) for name in cls.__dataclass_fields__})

    @property
    def is_empty(self) -> bool:
        return self == GradeRecord()


def give_feedback(
    prompt: Prompt,
    student: User,
    *,
    by: User,
    kind: str = Grading.Kind.POST,
    post: Post | None = None,
    revision: Revision | None = None,
    levels: Levels,
    words: str,
    record: GradeRecord | None = None,
    version: int | None = None,
) -> Grading | None:
    """Store a grader's levels and feedback for a student, bound to the revision that was read.

    ``kind`` says what is graded: the post, or the comments, which come without post and revision.
    ``levels`` has the criteria that the grader was shown, each with its level or None; scores of
    other criteria stay as they are, as does what is recorded besides where ``record`` is None.
    ``version`` is the one the grader saw (None for a first save). If a later one is stored, nothing
    is written and StaleGrading is raised, unless it is the same: a second click is no conflict.
    Raises StaleRubric for criteria that the prompt's rubric no longer has, and EmptyGrading for a
    first save of nothing. A grading that has nothing any more is deleted and None returned, unless
    its student could read it once or others graded with it.

    The first grading of a student becomes the grade of record, and a complete one takes over from
    an incomplete one. An edit that the student sees is dated, and they get a mail about it.
    """
    access.require(
        access.can_grade(by, prompt.course), _("Only the teaching team can give feedback.")
    )
    _refuse_unfit(prompt, student, kind, post, by)
    html = render_feedback(words)
    with transaction.atomic():
        prompt.lock()
        gradings = Grading.objects.of_kind(kind).answering(prompt).filter(student=student)
        grading = gradings.filter(grader=by).first()
        record = record or GradeRecord.of(grading)
        fields = {"post": post, "revision": revision, "text": words, **asdict(record)}
        if grading and _is_saved(grading, levels, fields):
            return grading
        is_empty = not html and record.is_empty and not _keeps_levels(grading, levels)
        if grading is None and is_empty:
            raise EmptyGrading(_("Nothing was saved: no level is chosen, no feedback typed."))
        _refuse_stale(grading, version)
        _refuse_old_criteria(prompt, kind, levels)
        _refuse_points_without_reason(record)
        if grading and is_empty and not _is_kept(grading):
            _delete(grading, gradings, by=by)
            return None
        if grading is None:
            grading = _begin(prompt, student, kind, gradings, by=by)
        _save(grading, levels, by=by, html=html, **fields)
        _let_complete_grades_count(gradings, by=by)
        AuditEvent.record(
            "feedback_given", grading, by=by, course=prompt.course, version=grading.version
        )
    grading.refresh_from_db(fields=["of_record"])
    return grading


@dataclass(frozen=True)
class ChosenLevel:
    """A stored score, and the version that its grading had before; None if it was the first."""

    score: Score
    version_before: int | None


def choose_level(
    prompt: Prompt,
    student: User,
    level: Level,
    *,
    by: User,
    version: int,
    kind: str = Grading.Kind.POST,
    post: Post | None = None,
    revision: Revision | None = None,
) -> ChosenLevel:
    """Store one level as soon as its grader has chosen it, and nothing else.

    ``version`` is that of the score which the grader saw, 0 for none. If another window has stored
    another level since, nothing is written and StaleLevel is raised, with its score. Raises
    StaleRubric for a criterion that the prompt's rubric no longer has. What the student can read
    already is changed as a whole, by ``give_feedback``: Refused.
    """
    access.require(
        access.can_grade(by, prompt.course), _("Only the teaching team can give feedback.")
    )
    _refuse_unfit(prompt, student, kind, post, by)
    criterion = level.criterion
    with transaction.atomic():
        prompt.lock()
        gradings = Grading.objects.of_kind(kind).answering(prompt).filter(student=student)
        grading = gradings.filter(grader=by).first()
        _refuse_old_criteria(prompt, kind, {criterion: level})
        score = grading and grading.scores.filter(criterion=criterion).first()
        version_before = grading.version if grading else None
        if score and score.level_id == level.pk:
            return ChosenLevel(score, version_before)
        _refuse_stale_level(grading, score, version)
        if grading is None:
            grading = _begin(prompt, student, kind, gradings, by=by)
        fields = {"html": grading.html, "post": post, "revision": revision}
        _save(grading, {criterion: level}, by=by, **fields)
        _let_complete_grades_count(gradings, by=by)
        AuditEvent.record(
            "feedback_given", grading, by=by, course=prompt.course, version=grading.version
        )
        score = grading.scores.select_related("level").get(criterion=criterion)
    return ChosenLevel(score, version_before)


def _refuse_stale_level(grading: Grading | None, score: Score | None, version: int) -> None:
    if grading and grading.released_at:
        raise Refused(_("The student can read this grade already. Save it with the button."))
    if score and score.version != version:
        raise StaleLevel(_("You chose another level here in another window."), score=score)


def _refuse_unfit(prompt: Prompt, student: User, kind: str, post: Post | None, by: User) -> None:
    if student.pk == by.pk:
        raise Refused(_("You cannot grade yourself."))
    if post is not None and kind == Grading.Kind.COMMENTS:
        raise Refused(_("A grade of comments has no post."))
    if post is not None and (post.author_id, post.prompt_id) != (student.pk, prompt.pk):
        raise Refused(_("This post is not the student’s post on this prompt."))


def _refuse_points_without_reason(record: GradeRecord) -> None:
    if record.override_hundredths is not None and not record.override_reason.strip():
        raise Refused(_("Say why other points count."), field="override_reason")


def _begin(
    prompt: Prompt, student: User, kind: str, gradings: GradingQuerySet, *, by: User
) -> Grading:
    """Return a new grading that is not saved yet: the grade of record if it is the first one."""
    of_record = not gradings.of_record().exists()
    return Grading(
        prompt=prompt, student=student, kind=kind, grader=by, version=0, of_record=of_record
    )


def _keeps_levels(grading: Grading | None, levels: Levels) -> bool:
    """Return whether any level is chosen, also of criteria that the grader was not shown."""
    if any(levels.values()):
        return True
    return grading is not None and grading.scores.exclude(criterion__in=levels).exists()


def _is_kept(grading: Grading) -> bool:
    """Return whether others know of a grading: its student once read it, or a grader grades too."""
    was_released = grading.events.filter(kind=GradingEvent.Kind.RELEASED).exists()
    is_compared = SecondGrading.objects.filter(first=grading).exists()
    return bool(grading.released_at) or was_released or is_compared or grading.settlements.exists()


def _delete(grading: Grading, gradings: GradingQuerySet, *, by: User) -> None:
    """Delete a grading that was emptied; the grade of record becomes the first of the others."""
    course, first = grading.prompt.course, gradings.exclude(pk=grading.pk).order_by("pk").first()
    AuditEvent.record("feedback_removed", grading, by=by, course=course, version=grading.version)
    if grading.of_record and first:
        _take_over(first, grading, by=by)
    grading.delete()
    _let_complete_grades_count(gradings, by=by)


def _is_saved(grading: Grading, levels: Levels, fields: dict) -> bool:
    """Return whether a grading holds all this already, and its student sees what they can."""
    if _can_show_new_levels(grading):
        return False
    stored = dict(grading.scores.values_list("criterion", "level"))
    sent = {criterion.pk: level and level.pk for criterion, level in levels.items()}
    return all(getattr(grading, name) == value for name, value in fields.items()) and all(
        stored.get(criterion) == level for criterion, level in sent.items()
    )


def _refuse_stale(grading: Grading | None, version: int | None) -> None:
    if grading is None and version is not None:
        raise StaleGrading(
            _("This feedback is not stored any more. Yours is on this page: save it again.")
        )
    if grading and grading.version != version:
        raise StaleGrading(
            _(
                "You saved this feedback in another window. "
                "Both versions are on this page: choose one."
            )
        )


def _refuse_old_criteria(prompt: Prompt, kind: str, levels: Levels) -> None:
    """Refuse criteria that are not the rubric's; lock those, so that none is deleted meanwhile."""
    rubric = prompt.rubric_for(kind)
    present = Criterion.objects.select_for_update().filter(rubric=rubric).order_by("pk")
    if set(levels) - set(present):
        raise StaleRubric(_("The rubric was changed meanwhile. Choose the levels again."))


def _save(grading: Grading, levels: Levels, *, by: User, **fields) -> None:
    """Save what a grader sent, and announce it to a student who can read this grade."""
    with _announcing_edit(grading), _recording(grading, by):
        for name, value in fields.items():
            setattr(grading, name, value)
        _save_with_levels(grading, levels)


@contextmanager
def _recording(grading: Grading, by: User) -> Iterator[None]:
    """Add what the block changes of a grading to its history."""
    before = _content_of(grading) if grading.pk else {}
    yield
    after = _content_of(grading)
    changes = {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value
    }
    GradingEvent.objects.create(
        grading=grading, actor=by, kind=GradingEvent.Kind.SAVED, changes=changes
    )


def _content_of(grading: Grading) -> dict[str, object]:
    """Return what the history keeps of a grading: its levels by criterion, its words, its record.

    The private note is its grader's alone.
    """
    stored = Grading.objects.filter(pk=grading.pk)
    [fields] = stored.values("text", "status", "override_hundredths", "override_reason")
    levels = grading.scores.order_by("criterion").values_list("criterion", "level")
    return {"levels": {str(criterion): level for criterion, level in levels}, **fields}


def _save_with_levels(grading: Grading, levels: Levels) -> None:
    """Save a grading with its levels. A released one shows them once they are complete.

    Until then it shows what was released, which never becomes incomplete again.
    """
    was_whole = Grading.objects.complete_as_released().contains(grading) if grading.pk else False
    grading.version += 1
    grading.updated_at = timezone.now()
    grading.save()
    _store_levels(grading, levels)
    if _can_show_new_levels(grading):
        grading.released_rubric = grading.rubric
        grading.save(update_fields=["released_rubric"])
    is_whole = Grading.objects.complete_as_released().contains(grading)
    if grading.released_at and was_whole and not is_whole:
        raise Refused(
            _("The student can read this grade already, so it needs a level for each criterion.")
            if grading.released_rubric
            else _("The student can read this feedback already, so it cannot be empty.")
        )


def _can_show_new_levels(grading: Grading) -> bool:
    """Return whether a grade is complete by a rubric by which its student does not see it yet."""
    return grading.needs_new_levels and Grading.objects.complete().contains(grading)


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
        _take_over(Grading.objects.get(pk=old.successor), old, by=by)


def _take_over(new: Grading, old: Grading, *, by: User) -> None:
    new.take_over_from(old)
    GradingEvent.objects.create(grading=new, actor=by, kind=GradingEvent.Kind.COUNTS)
    AuditEvent.record("grade_taken_over", new, by=by, course=old.prompt.course, old=old.pk)


@contextmanager
def _announcing_edit(grading: Grading) -> Iterator[None]:
    """Announce to the student what the block changes of a grade that they can read."""
    before = grading.seen_by_student()
    yield
    if grading.is_released and before != grading.seen_by_student():
        announce_edit([grading])
