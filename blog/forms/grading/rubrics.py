"""The form of a rubric: a small table of criteria and levels."""

from decimal import Decimal

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.models import Criterion, Level, Rubric, Score
from blog.web.idempotency import IdempotencyKeyField

MOST_CRITERIA = 6
LEVELS = 4

USUAL_LEVELS = [
    (gettext_lazy("Not yet"), 1),
    (gettext_lazy("Partly"), 2),
    (gettext_lazy("Well"), 3),
    (gettext_lazy("Beyond"), 4),
]


class RubricForm(forms.ModelForm):
    """Up to six criteria, each with the same four steps and its own description of them.

    Once somebody was graded by a rubric its criteria and points stand: only words may change.
    """

    class Meta:
        model = Rubric
        fields = ["title"]

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.course = course
        self.criteria = list(self._stored())
        self.is_used = Score.objects.filter(criterion__rubric=self.instance.pk).exists()
        for step in range(1, LEVELS + 1):
            self._add_step(step)
        for place in range(1, MOST_CRITERIA + 1):
            self._add_criterion(place)

    def _stored(self):
        if self.instance.pk is None:
            return []
        return self.instance.criteria.prefetch_related("levels")

    def _add_step(self, step):
        stored = self.criteria[0].levels.all()[step - 1] if self.criteria else None
        title, points = USUAL_LEVELS[step - 1]
        self.fields[f"level-{step}"] = forms.CharField(
            label=_("Level %(step)d") % {"step": step},
            max_length=60,
            initial=stored.title if stored else title,
        )
        self.fields[f"points-{step}"] = forms.DecimalField(
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
        for step in range(1, LEVELS + 1):
            level = stored.levels.all()[step - 1] if stored else None
            self.fields[f"text-{place}-{step}"] = forms.CharField(
                label=_("What level %(step)d means") % {"step": step},
                max_length=600,
                required=False,
                disabled=bool(self.is_used and not stored),
                initial=level.description if level else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def _get_validation_exclusions(self):
        # The course is set by us, and the title must be unique in it.
        return super()._get_validation_exclusions() - {"course"}

    def steps(self):
        """Yield the fields of each level: its name and its points."""
        for step in range(1, LEVELS + 1):
            yield self[f"level-{step}"], self[f"points-{step}"]

    def rows(self):
        """Yield the fields of each criterion: its name and what its levels mean."""
        for place in range(1, MOST_CRITERIA + 1):
            texts = [self[f"text-{place}-{step}"] for step in range(1, LEVELS + 1)]
            yield place, self[f"criterion-{place}"], texts

    def clean(self):
        data = super().clean()
        if not any(data.get(f"criterion-{n}") for n in range(1, MOST_CRITERIA + 1)):
            self.add_error("criterion-1", _("A rubric needs a criterion."))
        points = [data.get(f"points-{step}") for step in range(1, LEVELS + 1)]
        if None not in points and points != sorted(points):
            self.add_error("points-1", _("Points grow from the first level to the last."))
        return data

    @transaction.atomic
    def save(self, commit=True):
        """Store the rubric with its criteria and levels; blank criteria fall away."""
        rubric = super().save()
        places = [n for n in range(1, MOST_CRITERIA + 1) if self.cleaned_data[f"criterion-{n}"]]
        kept = self.criteria[: len(places)]
        for criterion in self.criteria[len(places) :]:
            criterion.delete()
        for position, place in enumerate(places, start=1):
            criterion = kept[position - 1] if position <= len(kept) else Criterion(rubric=rubric)
            criterion.position = position
            criterion.title = self.cleaned_data[f"criterion-{place}"]
            criterion.save()
            self._store_levels(criterion, place)
        return rubric

    def _store_levels(self, criterion, place):
        for step in range(1, LEVELS + 1):
            Level.objects.update_or_create(
                criterion=criterion,
                position=step,
                defaults={
                    "title": self.cleaned_data[f"level-{step}"],
                    "description": self.cleaned_data[f"text-{place}-{step}"],
                    "hundredths": int(self.cleaned_data[f"points-{step}"] * 100),
                },
            )


class NewRubricForm(RubricForm):
    key = IdempotencyKeyField()
