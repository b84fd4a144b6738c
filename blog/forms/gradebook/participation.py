"""The rule for participation grades, and whom it is used for."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.forms.grading.points_field import PointsField
from blog.forms.versions import VersionedForm
from blog.models import ParticipationRule
from blog.queries.adoption import AdoptionRow
from blog.web.idempotency import IdempotencyKeyField

MAX_POINTS = 1000
POINTS = ("comment_points", "post_points")


class ParticipationRuleForm(VersionedForm):
    """Points for comments and posts on time. Nothing else can be put into the rule."""

    comment_points = PointsField(
        label=gettext_lazy("Points per person they commented on"),
        max_value=MAX_POINTS,
        help_text=gettext_lazy("Comments on time; each person counts once. For example 1 or 0.5."),
    )
    post_points = PointsField(
        label=gettext_lazy("Points for a post on time"),
        max_value=MAX_POINTS,
        required=False,
        help_text=gettext_lazy("Leave it empty to count comments only."),
    )

    class Meta:
        model = ParticipationRule
        fields = ["comment_points", "most_people", "post_points"]
        field_classes = {}
        labels = {"most_people": gettext_lazy("Maximum number of people")}
        # A number field drops the comma of "1,5" in some browsers, and sends 15.
        widgets = {"most_people": forms.TextInput(attrs={"inputmode": "numeric"})}

    field_order = ["comment_points", "most_people", "post_points"]

    def __init__(self, *args, instance: ParticipationRule, **kwargs):
        stored = instance.pk is not None
        initial = {name: getattr(instance, name) for name in POINTS} if stored else {}
        super().__init__(*args, instance=instance, initial=initial, **kwargs)

    def clean(self):
        data = super().clean()
        if data.get("comment_points") == 0 and not data.get("post_points"):
            self.add_error("comment_points", _("Give points for comments, for posts, or both."))
        return data

    def save(self, commit=True):
        rule = super().save(commit=False)
        rule.comment_hundredths = int(self.cleaned_data["comment_points"] * 100)
        rule.post_hundredths = int((self.cleaned_data["post_points"] or 0) * 100)
        return rule


class AdoptionForm(forms.Form):
    """The choice of students to grade: a row is named with the points that the page showed."""

    student = forms.MultipleChoiceField(
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("Someone’s points have changed. Check them again.")
        },
    )
    key = IdempotencyKeyField()

    def __init__(self, *args, rows: Sequence[AdoptionRow], **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.fields["student"].choices = [(row.token, row.token) for row in rows]

    @property
    def ticked(self) -> set[str]:
        """Return the tokens of the ticked rows: those submitted, else those offered."""
        if self.is_bound:
            return set(self["student"].data or [])
        return {row.token for row in self.rows if row.is_offered}
