"""Forms for moderation: report something, decide about it, reply to a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.key_field import KeyField
from blog.forms.textarea import Textarea
from blog.models import ModerationCase, Norm
from blog.models.moderation import MAX_REASON_CHARS, MAX_REPORT_CHARS
from blog.web.idempotency import IdempotencyKeyField

SOMETHING_ELSE = "else"
NO_VERSION = -1  # of no case, so older than whatever it is compared with


class ReportForm(forms.Form):
    """The norm that a report is about, or something else, and a sentence if one likes."""

    norm = forms.ChoiceField(
        label=_("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these.")},
    )
    sentence = forms.CharField(
        label=_("In your own words (optional)"),
        required=False,
        max_length=MAX_REPORT_CHARS,
        widget=Textarea(attrs={"rows": 2}),
        help_text=_("Only the teaching team reads this."),
    )
    key = IdempotencyKeyField()

    def __init__(self, *args, course, **kwargs):
        super().__init__(*args, **kwargs)
        self.norms = {str(norm.pk): norm for norm in Norm.objects.in_course(course).current()}
        self.fields["norm"].choices = [
            *((key, norm.name) for key, norm in self.norms.items()),
            (SOMETHING_ELSE, _("Something else")),
        ]

    @property
    def content(self) -> dict:
        """Return the content for the action: the chosen norm, or None, and the sentence."""
        return {
            "norm": self.norms.get(self.cleaned_data["norm"]),
            "sentence": self.cleaned_data["sentence"],
        }


class CaseVersionField(KeyField):
    """The hidden version of the case that a page showed, 0 before anything happened.

    What is no version is that of a page which nobody saw: NO_VERSION.
    """

    def __init__(self):
        super().__init__(widget=forms.HiddenInput, min_value=0, required=False)

    def clean(self, value) -> int:
        try:
            version = super().clean(value)
        except forms.ValidationError:
            return NO_VERSION
        return NO_VERSION if version is None else version


class CaseForm(forms.Form):
    """The submission of a button about a case: the ``version`` of it which the page showed."""

    version = CaseVersionField()

    @property
    def version_seen(self) -> int:
        self.is_valid()
        return self.cleaned_data["version"]

    def show_version(self, version: int) -> None:
        """Name the version that the page shows now, after it was refused for another one."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(version)


class DecisionForm(CaseForm):
    """The reason of a decision."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=MAX_REASON_CHARS,
        widget=Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why. Its author reads this.")},
    )
    key = IdempotencyKeyField()

    def __init__(self, *args, case: ModerationCase, decision: str, **kwargs):
        self.decision = decision
        auto_id = f"id_{case.target._meta.model_name}{case.target.pk}_{decision}_%s"
        super().__init__(*args, auto_id=auto_id, initial={"version": case.version}, **kwargs)


class ReplyToDecisionForm(forms.Form):
    """One sentence of an author to the teaching team."""

    text = forms.CharField(
        label=_("Your sentence to the teaching team"),
        max_length=MAX_REPORT_CHARS,
        widget=Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write a sentence first.")},
    )
    key = IdempotencyKeyField()
