"""Give feedback: a grader's levels and words for a student."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.actions.releases import count_saved
from blog.exceptions import EmptyGrading, StaleGrading
from blog.models import (
    Grading,
    GradingPart,
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
    Levels,
    begin_grading,
    can_show_new_levels,
    delete_grading,
    drop_held,
    is_kept,
    lock_gradings,
    record_typed,
    refuse_old_criteria,
    refuse_unfit,
    refuse_unfit_points,
    save_grading,
)


@dataclass(frozen=True)
class GradeRecord:
    """The contents of a grade beside levels and words, named as the fields of the Grading."""

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


@dataclass(frozen=True)
class SeenParts:
    """The parts of a stored grading that a page shows, as its script reports them.

    ``versions`` has by the key of a criterion the version of its score, and ``levels`` the key of
    the level that the page sent last: its answer may be under way. ``part_keys`` and ``parts``
    have the same of the typed parts, by part.
    """

    versions: dict[int, int]
    levels: dict[int, int]
    part_keys: dict[GradingPart, str]
    parts: dict[GradingPart, dict[str, object]]

    def covers(self, grading: Grading, levels: Levels, fields: dict[str, object]) -> bool:
        """Return whether the page knows all of a grading that its levels and fields overwrite."""
        return all(self._covers_part(grading, part, fields) for part in GradingPart) and all(
            self._covers_level(grading, criterion.pk, level.pk if level else None)
            for criterion, level in levels.items()
        )

    def _covers_part(self, grading: Grading, part: GradingPart, fields: dict[str, object]) -> bool:
        own = {name: fields[name] for name in part.fields}
        is_own = typed_in(grading, part) in (part.empty, own, self.parts.get(part))
        return is_own or self.part_keys.get(part) == grading.typed_key(part)

    def _covers_level(self, grading: Grading, criterion: int, chosen: int | None) -> bool:
        stored, version = known_level(grading, criterion)
        is_own = stored in (None, chosen, self.levels.get(criterion))
        return is_own or version == self.versions.get(criterion)


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
    seen: SeenParts | None = None,
) -> Grading | None:
    """Store a grader's levels and feedback for a student, bound to the revision that was read.

    ``kind`` says what is graded: the post, or the comments, which come without post and revision.
    ``levels`` has the criteria that the grader was shown, each with its level or None; scores of
    other criteria stay as they are, as does what is recorded besides where ``record`` is None.
    ``version`` is the one the grader saw (None for a first save). If a later one is stored, nothing
    is written and StaleGrading is raised, unless it is the same: a second click is no conflict; or
    unless ``seen`` covers each part of it that would be overwritten.
    Raises StaleRubric for criteria that the prompt's rubric no longer has, and EmptyGrading for a
    first save of nothing. A grading that has nothing any more is deleted and None returned, unless
    its student could read it once or others graded with it.

    The first grading of a student becomes the grade of record, and a complete one takes over from
    an incomplete one. An edit that the student sees is dated, and they get a mail about it.
    """
    access.require(
        access.can_grade(by, prompt.course), _("Only the teaching team can give feedback.")
    )
    refuse_unfit(prompt, student, kind, post, by)
    html = render_feedback(words)
    with transaction.atomic():
        gradings, grading = lock_gradings(prompt, student, kind, by)
        record = record or GradeRecord.of(grading)
        fields = {"post": post, "revision": revision, "text": words, **asdict(record)}
        if grading and seen and seen.covers(grading, levels, fields):
            version = grading.version
        if grading and _is_saved(grading, levels, fields):
            return _settle_saved(grading, version, by=by)
        is_empty = not html and record.is_empty and not _keeps_levels(grading, levels)
        if grading is None and is_empty:
            raise EmptyGrading(_("Nothing was saved: you chose no level and typed no feedback."))
        _refuse_stale(grading, version)
        refuse_old_criteria(prompt, kind, levels)
        refuse_unfit_points(prompt, kind, grading, asdict(record))
        if grading and is_empty and not is_kept(grading):
            delete_grading(grading, by=by)
            return None
        if grading is None:
            grading = begin_grading(prompt, student, kind, gradings, by=by)
        save_grading(grading, levels, by=by, html=html, **fields)
        count_saved(grading, gradings, by=by)
    grading.refresh_from_db(fields=["of_record"])
    return grading


def _keeps_levels(grading: Grading | None, levels: Levels) -> bool:
    """Return whether any level is chosen, also of criteria that the grader was not shown."""
    if any(levels.values()):
        return True
    return grading is not None and grading.scores.exclude(criterion__in=levels).exists()


def _settle_saved(grading: Grading, version: int | None, *, by: User) -> Grading:
    """Accept the stored values as this grader's own: nothing is held beside them any more."""
    if held_of(grading):
        _refuse_stale(grading, version)
        drop_held(grading)
    record_typed(grading, by=by)
    return grading


def _is_saved(grading: Grading, levels: Levels, fields: dict) -> bool:
    """Return whether a grading holds all this already, and its student sees what they can."""
    if can_show_new_levels(grading):
        return False
    stored = dict(grading.scores.values_list("criterion", "level"))
    sent = {criterion.pk: level and level.pk for criterion, level in levels.items()}
    return all(getattr(grading, name) == value for name, value in fields.items()) and all(
        stored.get(criterion) == level for criterion, level in sent.items()
    )


def _refuse_stale(grading: Grading | None, version: int | None) -> None:
    if grading is None and version is not None:
        raise StaleGrading(_("This feedback was deleted. Yours is on this page: save it again."))
    if grading and grading.version != version:
        raise StaleGrading(
            _("You saved this feedback in another tab. Both versions are on this page: choose one.")
        )
