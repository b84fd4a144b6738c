"""The form of a rubric: a table of criteria and levels."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.forms.versions import VersionedForm
from blog.models import Rubric
from blog.queries.rubric_words import (
    CriterionContent,
    LevelContent,
    is_used,
    released_with_new_words,
)
from blog.web.idempotency import IdempotencyKeyField

DEFAULT_LEVELS = [
    (gettext_lazy("Not yet"), 1),
    (gettext_lazy("Partly"), 2),
    (gettext_lazy("Well"), 3),
    (gettext_lazy("Beyond"), 4),
]
LEVEL_NUMBERS = range(1, len(DEFAULT_LEVELS) + 1)
CRITERION_NUMBERS = range(1, 7)


class RubricForm(VersionedForm):
    """Up to six criteria, each with the same four levels and its own descriptions of them.

    Once the rubric has been used for grading, only its words can change. ``refused`` has what was
    typed into fields that the page had before that, each as a name and a text. New words that
    students read in released grades are asked for first: ``released`` is the number of those.
    """

    class Meta:
        model = Rubric
        fields = ["title"]

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.course = course
        self.criteria = list(self._stored())
        self.is_used = is_used(self.instance)
        self.refused: list[tuple[str, str]] = []
        self.released = 0
        for number in LEVEL_NUMBERS:
            self._add_level(number)
        for place in CRITERION_NUMBERS:
            self._add_criterion(place)

    def _stored(self):
        if self.instance.pk is None:
            return []
        return self.instance.criteria.prefetch_related("levels")

    def _add_level(self, number):
        stored = self.criteria[0].levels.all()[number - 1] if self.criteria else None
        title, points = DEFAULT_LEVELS[number - 1]
        self.fields[f"level-{number}"] = forms.CharField(
            label=_("Level %(number)d") % {"number": number},
            max_length=60,
            initial=stored.title if stored else title,
        )
        self.fields[f"points-{number}"] = forms.DecimalField(
            label=_("Points"),
            min_value=0,
            max_value=1000,
            decimal_places=2,
            initial=stored.points.normalize() if stored else Decimal(points),
            disabled=self.is_used,
        )

    def _add_criterion(self, place):
        stored = self.criteria[place - 1] if place <= len(self.criteria) else None
        self.fields[f"criterion-{place}"] = forms.CharField(
            label=_("What you look for"),
            max_length=120,
            required=bool(stored and self.is_used),
            disabled=bool(self.is_used and not stored),
            initial=stored.title if stored else "",
        )
        for number in LEVEL_NUMBERS:
            level = stored.levels.all()[number - 1] if stored else None
            self.fields[f"text-{place}-{number}"] = forms.CharField(
                label=_("What level %(number)d means") % {"number": number},
                max_length=600,
                required=False,
                disabled=bool(self.is_used and not stored),
                initial=level.description if level else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def _get_validation_exclusions(self):
        # The form sets the course, and the title must be unique in it.
        return super()._get_validation_exclusions() - {"course"}

    def levels(self):
        """Yield the fields of each level: its name and its points."""
        for number in LEVEL_NUMBERS:
            yield self[f"level-{number}"], self[f"points-{number}"]

    def rows(self):
        """Yield the fields of each criterion: its name and what its levels mean."""
        for place in CRITERION_NUMBERS:
            texts = [self[f"text-{place}-{number}"] for number in LEVEL_NUMBERS]
            yield place, self[f"criterion-{place}"], texts

    def clean(self):
        data = super().clean()
        self._check_fixed()
        if not any(data.get(f"criterion-{n}") for n in CRITERION_NUMBERS):
            self.add_error("criterion-1", _("Add at least one criterion."))
        points = [data.get(f"points-{number}") for number in LEVEL_NUMBERS]
        if None not in points and points != sorted(points):
            self.add_error("points-1", _("Points must not go down from one level to the next."))
        if self.is_used and not self.errors:
            self.released = released_with_new_words(self.instance, self.contents()).count()
        return data

    @property
    def asks(self) -> bool:
        """Whether the person has yet to hear how many released grades show the new words."""
        is_sound = self.is_bound and not self.errors and not self.is_stale
        return is_sound and self.released > 0 and self.data.get("asked") != str(self.released)

    def is_valid(self) -> bool:
        return super().is_valid() and not self.asks

    def contents(self) -> list[CriterionContent]:
        """Return what a valid form says of the criteria; blank ones are left out."""
        return [
            CriterionContent(self.cleaned_data[f"criterion-{place}"], tuple(self._levels_of(place)))
            for place in CRITERION_NUMBERS
            if self.cleaned_data[f"criterion-{place}"]
        ]

    def _levels_of(self, place):
        for number in LEVEL_NUMBERS:
            yield LevelContent(
                title=self.cleaned_data[f"level-{number}"],
                description=self.cleaned_data[f"text-{place}-{number}"],
                hundredths=int(self.cleaned_data[f"points-{number}"] * 100),
            )

    def _check_fixed(self):
        """Refuse criteria and points that were typed before the first grade was given."""
        self.refused = [
            (self._name_of(bound.name), bound.data)
            for bound in self.visible_fields()
            if bound.field.disabled and _differs(bound)
        ]
        if self.refused:
            message = _(
                "Somebody has graded with this rubric while this page was open, so criteria and "
                "points can no longer change. What you typed for them is below, to copy. Save "
                "again to save the words."
            )
            self.add_error(None, message)

    def _name_of(self, name):
        """Return what to call a field that can be fixed, outside its place in the table."""
        kind, *numbers = name.split("-")
        if kind == "points":
            return _("Points of level %(level)s") % {"level": numbers[0]}
        if kind == "criterion":
            return _("Criterion %(place)s") % {"place": numbers[0]}
        return _("Criterion %(place)s, level %(level)s") % {
            "place": numbers[0],
            "level": numbers[1],
        }


def _differs(bound):
    """Return whether a form was sent with another value for a fixed field than the stored one."""
    if bound.data is None:  # a page with the fixed field sends nothing
        return False
    try:
        value = bound.field.to_python(bound.data)
    except forms.ValidationError:
        return True
    return value != bound.initial


class NewRubricForm(RubricForm):
    key = IdempotencyKeyField()
