"""Keep what a grader chooses and types, as soon as it is there and before they save."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog import access
from blog.actions.releases import count_saved
from blog.exceptions import StaleLevel, StaleTyped
from blog.models import (
    AuditEvent,
    Grading,
    GradingPart,
    HeldChange,
    Level,
    Post,
    Prompt,
    Revision,
    User,
    held_of,
    known_level,
    render_feedback,
    typed_in,
)
from blog.models.grading_saves import (
    begin_grading,
    delete_grading,
    drop_held,
    is_kept,
    lock_gradings,
    refuse_old_criteria,
    refuse_unfit,
    refuse_unfit_points,
    save_grading,
    save_typed,
)

_STALE = {
    GradingPart.WORDS: gettext_lazy("You typed different feedback in another tab."),
    GradingPart.NOTE: gettext_lazy("You typed a different note in another tab."),
    GradingPart.RECORD: gettext_lazy("You recorded something different in another tab."),
}


@dataclass(frozen=True)
class Autosaved:
    """The state after a save: the grading, None for none, and the version it had before.

    ``seen`` is the version of the level that a window names from now on. ``is_held``: the student
    can read the grade already, or will on a date, and no change counts before it is saved.
    """

    grading: Grading | None
    version_before: int | None
    seen: int = 0
    is_held: bool = False


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
) -> Autosaved:
    """Store one level as soon as its grader has chosen it, and nothing else.

    ``version`` is that of the score which the grader saw, 0 for none. If another window has stored
    another level since, nothing is written and StaleLevel is raised, with that one. Raises
    StaleRubric for a criterion that the prompt's rubric no longer has. For what the student can
    read already the level is held until ``give_feedback`` saves it.
    """
    access.require(
        access.can_grade(by, prompt.course), _("Only the teaching team can give feedback.")
    )
    refuse_unfit(prompt, student, kind, post, by)
    criterion = level.criterion
    with transaction.atomic():
        gradings, grading = lock_gradings(prompt, student, kind, by)
        refuse_old_criteria(prompt, kind, {criterion: level})
        before = grading.version if grading else None
        stored, seen = known_level(grading, criterion.pk)
        is_held = bool(grading and (grading.released_at or held_of(grading)))
        if stored == level.pk:
            return Autosaved(grading, before, seen, is_held)
        if stored is not None and seen != version:
            raise StaleLevel(
                _("You chose a different level in another tab."), level=stored, version=seen
            )
        if grading and is_held:
            _hold(grading, levels={str(criterion.pk): [level.pk, seen + 1]})
            return Autosaved(grading, before, seen + 1, is_held=True)
        if grading is None:
            grading = begin_grading(prompt, student, kind, gradings, by=by)
        save_grading(
            grading, {criterion: level}, by=by, html=grading.html, post=post, revision=revision
        )
        count_saved(grading, gradings, by=by)
        score = grading.scores.get(criterion=criterion)
    return Autosaved(grading, before, score.version)


def keep_typed(
    prompt: Prompt,
    student: User,
    part: GradingPart,
    values: dict[str, object],
    *,
    by: User,
    seen: str,
    kind: str = Grading.Kind.POST,
    post: Post | None = None,
    revision: Revision | None = None,
) -> Autosaved:
    """Store one part of a grading while it is typed, by field, and nothing else.

    ``seen`` is the ``typed_key`` of what the grader saw, "" for none. If another window has stored
    something else since, nothing is written and StaleTyped is raised, with that. For what the
    student can read already words and record are held until ``give_feedback`` saves them. A grading
    that has nothing any more is deleted. Refused for other points that cannot count.
    """
    access.require(
        access.can_grade(by, prompt.course), _("Only the teaching team can give feedback.")
    )
    refuse_unfit(prompt, student, kind, post, by)
    html = {"html": render_feedback(str(values["text"]))} if part == GradingPart.WORDS else {}
    with transaction.atomic():
        gradings, grading = lock_gradings(prompt, student, kind, by)
        before = grading.version if grading else None
        is_read = bool(grading and (grading.released_at or held_of(grading)))
        is_held = is_read and part != GradingPart.NOTE
        if values == (stored := typed_in(grading, part)):
            return Autosaved(grading, before, is_held=is_held)
        key = grading.typed_key(part) if grading else ""
        if seen != key and stored != part.empty:
            raise StaleTyped(str(_STALE[part]), values=stored, key=key)
        refuse_unfit_points(prompt, kind, grading, values)
        if grading and is_held:
            _hold(grading, part=part, values=values)
            return Autosaved(grading, before, is_held=True)
        if grading is None:
            grading = begin_grading(prompt, student, kind, gradings, by=by)
        fields = {**values, **html, "post": post, "revision": revision}
        if grading.pk and _is_emptied(grading, fields):
            delete_grading(grading, by=by)
            return Autosaved(None, before)
        is_recorded = save_typed(grading, part, by=by, **fields)
        count_saved(grading, gradings, by=by, is_recorded=is_recorded)
    return Autosaved(grading, before)


def drop_change(grading: Grading, *, by: User) -> None:
    """Delete the held changes of a released grade; its student never saw them."""
    access.require(access.can_change_grading(by, grading))
    with transaction.atomic():
        grading.prompt.lock()
        grading = Grading.objects.select_related("prompt__course", "held").get(pk=grading.pk)
        if held_of(grading) is None:
            return  # a second click
        drop_held(grading)
        AuditEvent.record("held_change_dropped", grading, by=by, course=grading.prompt.course)


def _is_emptied(grading: Grading, fields: dict[str, object]) -> bool:
    """Return whether a grading has nothing any more once some fields are saved, and can go."""
    for name, value in fields.items():
        setattr(grading, name, value)
    return not grading.html and not grading.has_levels_or_record() and not is_kept(grading)


def _hold(
    grading: Grading,
    *,
    part: GradingPart | None = None,
    values: dict[str, object] | None = None,
    levels: dict | None = None,
) -> None:
    """Hold a part or levels for a grade that its student can read; other windows look again."""
    held = held_of(grading) or HeldChange(grading=grading, text=grading.text)
    if part == GradingPart.WORDS and values:
        held.text = str(values["text"])
    elif values:
        held.record = values
    held.levels = {**held.levels, **(levels or {})}
    held.held_at = timezone.now()
    held.save()
    if part:
        grading.count_typed(part)
    grading.version += 1
    versions = [each.version_field for each in GradingPart]
    grading.save(update_fields=["version", *versions])
