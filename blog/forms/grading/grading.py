"""The form of a grading: a level for each criterion, and feedback in words."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from blog.actions.grading import GradeRecord, SeenParts
from blog.forms.grading.level import TypedForm
from blog.forms.grading.record_fields import (
    MAX_NOTE_CHARS,
    MAX_REASON_CHARS,
    hundredths,
    points_field,
)
from blog.forms.textarea import Textarea
from blog.models import (
    Course,
    Criterion,
    Grading,
    GradingPart,
    Level,
    Rubric,
    held_of,
    highest_points_of,
    reason_in_words,
    stored_reason,
    typed_in,
    version_of,
)
from blog.queries.grading_conflicts import Conflict
from blog.queries.other_graders import OthersLevel
from blog.text import MAX_COMMENT_CHARS
from blog.web.resubmission import CHOICES_FIELD, submitted_choices

PREFIX = "criterion-"
NO_VERSION = 0
NOTHING_YET = ""
# What to record, with and without a post: value, label and what it means.
WITH_POST = (
    (Grading.Status.GRADED, _("Grade"), ""),
    (Grading.Status.FEEDBACK, _("Feedback without a grade"), ""),
    (Grading.Status.NOT_SUBMITTED, _("Not submitted"), ""),
    (Grading.Status.EXCUSED, _("Excused"), ""),
)
WITHOUT_POST = (
    (NOTHING_YET, _("Nothing yet"), _("The student stays in the queue.")),
    (
        Grading.Status.NOT_SUBMITTED,
        _("Not submitted"),
        _("No points, with your feedback if you write any."),
    ),
    (
        Grading.Status.EXCUSED,
        _("Excused"),
        _("No grade for this prompt. The student sees “Excused” and your feedback."),
    ),
    (
        Grading.Status.FEEDBACK,
        _("Feedback without a grade"),
        _("The student sees your feedback and no grade."),
    ),
    (
        Grading.Status.GRADED,
        _("Grade without a post"),
        _("For a talk, a paper or other work. Choose the levels in the rubric."),
    ),
)


@dataclass(frozen=True)
class CriterionRow:
    """A criterion with its field, each level with its radio and points, and the chosen one.

    ``is_open``: its levels are in view. ``version`` is that of the stored score, 0 for none.
    ``others`` has what other graders chose, ``conflict`` what somebody has to settle.
    """

    criterion: Criterion
    field: BoundField
    levels: list[tuple[BoundWidget, Level, Decimal]]
    chosen: Level | None
    is_open: bool
    version: int
    others: list[OthersLevel]
    conflict: Conflict | None

    @property
    def points(self) -> Decimal | None:
        return self.criterion.points_for(self.chosen) if self.chosen else None

    @property
    def highest_points(self) -> Decimal:
        return self.criterion.highest_points


class GradingForm(forms.Form):
    """The levels and the feedback of one grader, and what is recorded besides.

    A level is chosen by its position, so that the digit on the keyboard is the value. Criteria may
    be left without a level while grading is in progress; only a complete grading is released. A
    level that was chosen can be changed, but not taken back. What is held for a released grade is
    in the form, and in the grade once it is saved. A form whose rubric was changed since
    it was rendered, or that names none, is refused: ``has_old_rubric`` tells. The view sets
    ``is_stale`` where another window has saved meanwhile, and by criterion ``others`` and
    ``conflicts``.
    """

    is_stale = False
    has_saved_comments = True

    text = forms.CharField(
        label=_("Feedback"),
        required=False,
        max_length=MAX_COMMENT_CHARS,
        widget=Textarea(attrs={"rows": 6, "class": "form-control"}),
        help_text=_("Bold, italics, links and lists work here."),
    )
    status = forms.ChoiceField(
        label=_("What do you want to record?"), required=False, widget=forms.RadioSelect
    )
    override_points = points_field()
    override_reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=MAX_REASON_CHARS,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )
    private_note = forms.CharField(
        label=_("My private note"),
        required=False,
        max_length=MAX_NOTE_CHARS,
        widget=Textarea(attrs={"rows": 4, "class": "form-control"}),
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    rubric = forms.CharField(required=False, widget=forms.HiddenInput)
    seconds = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def __init__(
        self,
        *args,
        course: Course,
        rubric: Rubric | None,
        criteria: list[Criterion],
        grading: Grading | None,
        has_post: bool,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.statuses = WITH_POST if has_post else WITHOUT_POST
        self.fields["status"].choices = [(value, label) for value, label, _help in self.statuses]
        self.course, self.criteria, self.grading = course, criteria, grading
        self.rubric_version = version_of(rubric) if rubric else ""
        self.has_old_rubric = False
        self.choices_field = CHOICES_FIELD
        self.choices = json.dumps(self.choices_in_words(), ensure_ascii=False)
        scores = grading.scores.all() if grading else []
        chosen = {score.criterion_id: score.level.position for score in scores}
        self.score_versions = {score.criterion_id: score.version for score in scores}
        self.held = held_of(grading)
        self.others: dict[int, list[OthersLevel]] = {}
        self.conflicts: dict[int, Conflict] = {}
        for criterion in criteria:
            held = self.held.level_of(criterion.pk) if self.held else None
            if held:
                levels = {level.pk: level.position for level in criterion.levels.all()}
                chosen[criterion.pk] = levels.get(held[0], chosen.get(criterion.pk))
                self.score_versions[criterion.pk] = held[1]
            self.fields[f"{PREFIX}{criterion.pk}"] = forms.TypedChoiceField(
                label=criterion.title,
                choices=[(level.position, level.title) for level in criterion.levels.all()],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                initial=chosen.get(criterion.pk),
            )
        self.fields["override_points"].widget.attrs["class"] = "form-control"
        self.initial["status"] = self.statuses[0][0]
        if grading:
            self.initial |= self._stored(grading, is_graded=has_post or bool(chosen))

    def _stored(self, grading: Grading, *, is_graded: bool) -> dict[str, object]:
        values = {part: typed_in(grading, part) for part in GradingPart}
        record = values[GradingPart.RECORD]
        is_recorded = is_graded or record != GradingPart.RECORD.empty
        points = record["override_hundredths"]
        return {
            **values[GradingPart.WORDS],
            **values[GradingPart.NOTE],
            "version": version_of(grading),
            "status": record["status"] if is_recorded else NOTHING_YET,
            "override_points": None if points is None else Decimal(points) / 100,
            "override_reason": reason_in_words(str(record["override_reason"])),
        }

    def clean_override_reason(self) -> str:
        return stored_reason(self.cleaned_data["override_reason"])

    def clean_version(self) -> int | None:
        """Return the version of the grader's own grading that the page had; None for none.

        What the page of another grader had is a version that no stored grading has.
        """
        sent = self.cleaned_data["version"]
        if not sent:
            return None
        row, _dot, number = sent.partition(".")
        is_own = self.grading is not None and row == str(self.grading.pk)
        return int(number) if is_own and re.fullmatch("[0-9]{1,9}", number) else NO_VERSION

    def clean_seconds(self) -> int:
        """Return the grader's time; 0 if it is no number: no grade fails for that."""
        sent = self.cleaned_data["seconds"]
        return int(sent) if re.fullmatch("[0-9]{1,9}", sent) else 0

    def clean(self):
        data = super().clean()
        self.has_old_rubric = self.data.get("rubric") != self.rubric_version
        if self.has_old_rubric:
            raise forms.ValidationError(
                _(
                    "The rubric of this prompt was changed while this page was open. Nothing is "
                    "saved yet. Your feedback is below: check the levels, then save again."
                )
            )
        return data

    def record(self) -> GradeRecord | None:
        """Return the grade's values beside levels and words; None where the form did not ask."""
        if "status" not in self.data:
            return None
        data = self.cleaned_data
        points: Decimal | None = data["override_points"]
        return GradeRecord(
            status=data["status"] or Grading.Status.GRADED,
            override_hundredths=hundredths(points),
            override_reason=data["override_reason"] if points is not None else "",
            private_note=data["private_note"],
        )

    def seen_parts(self) -> SeenParts | None:
        """Return the page's copy of the stored grading; None where no script says it."""
        if "seen-words" not in self.data:
            return None
        sent = {
            criterion.pk: _level_at(criterion, self._number(f"sent-{criterion.pk}"))
            for criterion in self.criteria
        }
        return SeenParts(
            versions={each.pk: self._number(f"seen-{each.pk}") or 0 for each in self.criteria},
            levels={key: level.pk for key, level in sent.items() if level},
            part_keys={part: self.data.get(f"seen-{part}", "") for part in GradingPart},
            parts={part: sent for part in GradingPart if (sent := self._sent(part))},
        )

    def _sent(self, part: GradingPart) -> dict[str, object] | None:
        """Return the last submission of a part; None where it sent nothing, or nothing fits."""
        try:
            sent = json.loads(self.data.get(f"sent-{part}") or "{}")
        except (ValueError, RecursionError):
            return None
        form = TypedForm(sent | {"part": part}) if isinstance(sent, dict) else None
        return form.values_of_part()[1] if form and form.is_valid() else None

    def _number(self, name: str) -> int | None:
        sent = self.data.get(name, "")
        return int(sent) if re.fullmatch("[0-9]{1,9}", sent) else None

    def record_fields(self) -> list[BoundField]:
        return [self["override_points"], self["override_reason"]]

    def status_rows(self):
        """Yield each choice of what to record, with the sentence that says what it means."""
        for radio, (_value, _label, meaning) in zip(self["status"], self.statuses, strict=True):
            yield radio, meaning

    def rows(self) -> Iterator[CriterionRow]:
        """Yield each criterion; the first one without a level is open, and any with an error.

        Where graders differ it is the first one to settle.
        """
        to_settle = next((each.pk for each in self.criteria if each.pk in self.conflicts), None)
        is_open_yet = to_settle is not None
        for criterion in self.criteria:
            field = self[f"{PREFIX}{criterion.pk}"]
            levels = list(criterion.levels.all())
            chosen = next((lv for lv in levels if str(lv.position) == str(field.value())), None)
            is_open = bool(field.errors) or (chosen is None and not is_open_yet)
            is_open |= criterion.pk == to_settle
            is_open_yet |= is_open
            points = map(criterion.points_for, levels)
            radios = list(zip(field, levels, points, strict=True))
            version = self.score_versions.get(criterion.pk, 0)
            others = self.others.get(criterion.pk, [])
            conflict = self.conflicts.get(criterion.pk)
            yield CriterionRow(criterion, field, radios, chosen, is_open, version, others, conflict)

    @property
    def highest_points(self) -> Decimal:
        """Return the points of the highest levels of all criteria."""
        return highest_points_of(self.criteria)

    def progress_labels(self) -> list[str]:
        """Return the page's words while no, one, two… criteria are without a level."""
        counts = range(1, len(self.criteria) + 1)
        return [
            gettext("All levels chosen"),
            *(
                ngettext("%(n)d level not chosen", "%(n)d levels not chosen", n) % {"n": n}
                for n in counts
            ),
        ]

    def levels(self) -> dict[Criterion, Level | None]:
        """Return the criteria that were sent with a level, each with it.

        A criterion that was not sent keeps the level that it has: a browser sends none for it
        where none is chosen, and there is no way to choose that again.
        """
        chosen = {
            criterion: _level_at(criterion, self.cleaned_data[f"{PREFIX}{criterion.pk}"])
            for criterion in self.criteria
        }
        return {criterion: level for criterion, level in chosen.items() if level is not None}

    def choices_in_words(self) -> dict[str, dict[str, str]]:
        """Return by field and value what the form's levels say, such as “Uses evidence: Well”."""
        return {
            f"{PREFIX}{criterion.pk}": {
                str(level.position): f"{criterion.title}: {level.title}"
                for level in criterion.levels.all()
            }
            for criterion in self.criteria
        }

    def held_levels(self) -> list[str]:
        """Return in words the levels that are held for a released grade."""
        held = [(criterion, self.held.level_of(criterion.pk)) for criterion in self.criteria]
        return [
            f"{criterion.title}: {level.title}"
            for criterion, known in held
            for level in criterion.levels.all()
            if known and level.pk == known[0]
        ]

    def old_choices(self) -> list[str]:
        """Return in words the levels that were chosen and that the form no longer has."""
        present = self.choices_in_words()
        return [
            words
            for name, value, words in submitted_choices(self.data)
            if self.has_old_rubric and present.get(name, {}).get(value) != words
        ]


def _level_at(criterion: Criterion, position: int | None) -> Level | None:
    return next((level for level in criterion.levels.all() if level.position == position), None)
