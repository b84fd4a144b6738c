"""Saving of gradings: the row, its levels, its history, and which one counts.

Actions call this within their transaction, once they have checked who may and what is stale.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.exceptions import Refused, StaleRubric
from blog.models.audit import AuditEvent
from blog.models.grading import Grading, GradingQuerySet
from blog.models.grading_events import GradingEvent, titles_of, with_titles
from blog.models.grading_mails import announce_edit
from blog.models.grading_parts import GradingPart
from blog.models.held_changes import held_of, typed_in
from blog.models.people import User
from blog.models.point_limits import highest_points_for, most_other_points
from blog.models.posts import Post
from blog.models.prompts import Prompt
from blog.models.rubrics import Criterion, Level
from blog.models.scores import Score
from blog.models.second_gradings import SecondGrading

Levels = dict[Criterion, Level | None]

# So often the history of a grade has typed text: each few letters are saved.
TYPED_RECORDED_EVERY = timedelta(minutes=10)
RECORDED = (GradingPart.WORDS, GradingPart.RECORD)


def refuse_unfit(prompt: Prompt, student: User, kind: str, post: Post | None, by: User) -> None:
    if student.pk == by.pk:
        raise Refused(_("You cannot grade yourself."))
    if post is not None and kind == Grading.Kind.COMMENTS:
        raise Refused(_("A grade of comments has no post."))
    if post is not None and (post.author_id, post.prompt_id) != (student.pk, prompt.pk):
        raise Refused(_("This post is not the student’s post on this prompt."))


def refuse_unfit_points(prompt: Prompt, kind: str, grading: Grading | None, fields: dict) -> None:
    """Refuse other points without a reason, and more than the grade can have.

    Points that are stored already stay: its rubric may have had more when somebody gave them.
    """
    hundredths = fields.get("override_hundredths")
    if hundredths is None:
        return
    if not fields["override_reason"].strip():
        raise Refused(_("Say why other points count."), field="override_reason")
    stored = typed_in(grading, GradingPart.RECORD) if grading else {}
    if hundredths == stored.get("override_hundredths"):
        return
    most = most_other_points(highest_points_for(prompt, kind, grading))
    if hundredths > most * 100:
        raise Refused(
            _("This grade can have at most %(points)s points.") % {"points": floatformat(most, -2)},
            field="override_points",
        )


def refuse_old_criteria(prompt: Prompt, kind: str, levels: Levels) -> None:
    """Refuse criteria that are not the rubric's; lock those, so that none is deleted meanwhile."""
    rubric = prompt.rubric_for(kind)
    present = Criterion.objects.select_for_update().filter(rubric=rubric).order_by("pk")
    if set(levels) - set(present):
        raise StaleRubric(_("The rubric was changed in the meantime. Choose the levels again."))


def is_kept(grading: Grading) -> bool:
    """Return whether others know of a grading: its student once read it, or a grader grades too."""
    was_released = grading.events.filter(kind=GradingEvent.Kind.RELEASED).exists()
    is_compared = SecondGrading.objects.filter(first=grading).exists()
    return bool(grading.released_at) or was_released or is_compared or grading.settlements.exists()


def lock_gradings(
    prompt: Prompt, student: User, kind: str, grader: User
) -> tuple[GradingQuerySet, Grading | None]:
    """Lock a prompt; return a student's gradings of a kind, and the one by this grader."""
    prompt.lock()
    gradings = Grading.objects.of_kind(kind).answering(prompt).filter(student=student)
    own = gradings.filter(grader=grader).select_related("held").first()
    if own is not None:
        own.prompt, own.student = prompt, student
    return gradings, own


def begin_grading(
    prompt: Prompt, student: User, kind: str, gradings: GradingQuerySet, *, by: User
) -> Grading:
    """Return a new grading that is not saved yet: the grade of record if it is the first one."""
    of_record = not gradings.of_record().exists()
    return Grading(
        prompt=prompt, student=student, kind=kind, grader=by, version=0, of_record=of_record
    )


def save_grading(grading: Grading, levels: Levels, *, by: User, **fields) -> None:
    """Save what a grader sent, and announce it to a student who can read this grade."""
    with _announcing_edit(grading), _recording(grading, by):
        before = {part: grading.values_of(part) for part in GradingPart}
        for name, value in fields.items():
            setattr(grading, name, value)
        for part, values in before.items():
            if values != grading.values_of(part):
                grading.count_typed(part)
        _save_with_levels(grading, levels)
        _release_held(grading)


def save_typed(grading: Grading, part: GradingPart, *, by: User, **fields) -> bool:
    """Save a part while it is typed; return whether the history has it now.

    It has it every ten minutes at most, and whatever the next act on the grade finds. It never has
    the private note, which no student sees: that is saved alone, also in a released grade.
    """
    grading.count_typed(part)
    for name, value in fields.items():
        setattr(grading, name, value)
    if part == GradingPart.NOTE and grading.pk:
        grading.version += 1
        grading.save(update_fields=["version", part.version_field, *part.fields])
        return False
    _save_with_levels(grading, {})
    if part == GradingPart.NOTE:
        return False
    recorded, at = _recorded(grading, part)
    is_time = at is None or timezone.now() - at >= TYPED_RECORDED_EVERY
    if is_time:
        _record_typed(grading, recorded, part, by=by)
    return is_time


def record_typed(grading: Grading, *, by: User) -> None:
    """Add the autosaved state to the history, unless it is there."""
    for part in RECORDED:
        recorded, at = _recorded(grading, part)
        if at is not None and recorded != _stored(grading, part):
            _record_typed(grading, recorded, part, by=by)


def drop_held(grading: Grading) -> None:
    """Delete the held changes of a grade that stays as it is; other windows look again."""
    _release_held(grading)
    grading.version += 1
    for part in RECORDED:
        grading.count_typed(part)
    grading.save(update_fields=["version", *(part.version_field for part in RECORDED)])


def delete_grading(grading: Grading, *, by: User) -> None:
    """Delete a grading that was emptied or undone; its history stays, with its words.

    The audit log has its grade. Another one of the same student becomes the grade of record in its
    place, the first there is.
    """
    prompt = grading.prompt
    gradings = Grading.objects.answering(prompt).filter(
        student=grading.student_id, kind=grading.kind
    )
    first = gradings.exclude(pk=grading.pk).order_by("pk").first()
    content, titles = _content_of(grading)
    nothing = {"levels": {}} | GradingPart.WORDS.empty | GradingPart.RECORD.empty
    changes = {
        name: [value, nothing[name]] for name, value in content.items() if value != nothing[name]
    }
    changes = with_titles(changes, titles)
    GradingEvent.of(grading, by=by, kind=GradingEvent.Kind.REMOVED, changes=changes).save()
    del content["text"], content["override_reason"]  # the log holds no private text
    AuditEvent.record(
        "feedback_removed",
        grading,
        by=by,
        course=prompt.course,
        version=grading.version,
        student=grading.student_id,
        kind=grading.kind,
        **content,
    )
    if grading.of_record and first:
        _take_over(first, grading, by=by)
    grading.delete()
    let_complete_grades_count(gradings, by=by)


def let_complete_grades_count(gradings: GradingQuerySet, *, by: User) -> None:
    """Let each complete grading count that has an incomplete grade of record before it."""
    for old in gradings.replaceable().select_related("prompt__course"):
        _take_over(Grading.objects.get(pk=old.successor), old, by=by)


def can_show_new_levels(grading: Grading) -> bool:
    """Return whether a grade is complete by a rubric by which its student does not see it yet."""
    return grading.needs_new_levels and Grading.objects.complete().contains(grading)


@contextmanager
def _recording(grading: Grading, by: User) -> Iterator[None]:
    """Add what the block changes of a grading to its history."""
    before: dict[str, object] = {}
    former_titles: dict[str, str] = {}
    if grading.pk:
        record_typed(grading, by=by)
        before, former_titles = _content_of(grading)
    yield
    after, titles = _content_of(grading)
    changes = {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value
    }
    changes = with_titles(changes, former_titles | titles)
    GradingEvent.of(grading, by=by, kind=GradingEvent.Kind.SAVED, changes=changes).save()


def _content_of(grading: Grading) -> tuple[dict[str, object], dict[str, str]]:
    """Return the values of a grading for its history, and the titles of its criteria and levels.

    It keeps the levels by criterion, the words and the record. The private note is its grader's
    alone.
    """
    stored = Grading.objects.filter(pk=grading.pk)
    [fields] = stored.values("text", "status", "override_hundredths", "override_reason")
    scores = list(grading.scores.select_related("criterion", "level").order_by("criterion_id"))
    levels = {str(score.criterion_id): score.level_id for score in scores}
    titles: dict[str, str] = {}
    for score in scores:
        titles |= titles_of(score.criterion, score.level)
    return {"levels": levels, **fields}, titles


def _recorded(grading: Grading, part: GradingPart) -> tuple[dict[str, object], datetime | None]:
    """Return the last value of a part in a grading's history, and its time; None for never."""
    recorded, at = part.empty, None
    events = grading.events.filter(changes__has_any_keys=part.fields).order_by("pk")
    for changes, moment in events.values_list("changes", "at"):
        recorded |= {name: changes[name][1] for name in part.fields if name in changes}
        at = moment
    return recorded, at


def _record_typed(
    grading: Grading, recorded: dict[str, object], part: GradingPart, *, by: User
) -> None:
    stored = _stored(grading, part)
    changes = {
        name: [recorded[name], value] for name, value in stored.items() if recorded[name] != value
    }
    GradingEvent.of(grading, by=by, kind=GradingEvent.Kind.SAVED, changes=changes).save()


def _stored(grading: Grading, part: GradingPart) -> dict[str, object]:
    return Grading.objects.values(*part.fields).get(pk=grading.pk)


def _save_with_levels(grading: Grading, levels: Levels) -> None:
    """Save a grading with its levels. A released one shows them once they are complete.

    Until then it shows what was released, which never becomes incomplete again.
    """
    was_whole = Grading.objects.complete_as_released().contains(grading) if grading.pk else False
    grading.version += 1
    grading.updated_at = timezone.now()
    grading.save()
    _store_levels(grading, levels)
    if can_show_new_levels(grading):
        grading.released_rubric = grading.rubric
        grading.save(update_fields=["released_rubric"])
    is_whole = Grading.objects.complete_as_released().contains(grading)
    if grading.released_at and was_whole and not is_whole:
        raise Refused(_why_it_stays_whole(grading))


def _why_it_stays_whole(grading: Grading) -> str:
    if grading.is_planned:
        return _(
            "The release of this grade has a date already, so the grade cannot be incomplete. "
            "Complete it, or ask an instructor to cancel the release first."
        )
    if grading.released_rubric:
        return _("The student can read this grade already, so it needs a level for each criterion.")
    return _("The student can read this feedback already, so it cannot be empty.")


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


def _release_held(grading: Grading) -> None:
    """Delete what was held. A version that a window knows from there never comes again."""
    held = held_of(grading)
    if held is None:
        return
    for criterion, (_level, version) in held.levels.items():
        scores = grading.scores.filter(criterion=criterion, version__lte=version)
        scores.update(version=version + 1)
    held.delete()


def _take_over(new: Grading, old: Grading, *, by: User) -> None:
    new.take_over_from(old)
    GradingEvent.of(new, by=by, kind=GradingEvent.Kind.COUNTS).save()
    AuditEvent.record("grade_taken_over", new, by=by, course=old.prompt.course, old=old.pk)


@contextmanager
def _announcing_edit(grading: Grading) -> Iterator[None]:
    """Announce to the student what the block changes of a grade that they can read."""
    before = grading.seen_by_student()
    yield
    if grading.is_released and before != grading.seen_by_student():
        announce_edit([grading])
