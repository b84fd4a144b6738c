"""The form of what a person wants by mail, and when."""

from datetime import time

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from blog.models import MailChoices, Notification
from blog.models.digest_schedules import FIRST_HOUR, LAST_HOUR

Kind = Notification.Kind

# Kinds that have a mail of their own at once, and are in no digest.
NOT_IN_DIGEST = {Kind.FEEDBACK, Kind.ANNOUNCEMENT, Kind.EXTENSION}
NEVER = "never"


def hours() -> list[tuple[int, str]]:
    """Return the hours to choose from, in words."""
    words = pgettext("time format", "H:i")
    return [(hour, date_format(time(hour), words)) for hour in range(FIRST_HOUR, LAST_HOUR + 1)]


class MailChoicesForm(forms.ModelForm):
    """The schedule and the contents of the digest, and the kinds of mail that come at once."""

    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=[*MailChoices.Rhythm.choices, (NEVER, pgettext_lazy("how often", "Never"))],
        widget=forms.RadioSelect,
    )
    hour = forms.TypedChoiceField(label=_("Time of day"), coerce=int, choices=hours)
    weekday = forms.TypedChoiceField(
        label=_("Day of the week"),
        coerce=int,
        choices=MailChoices.Weekday.choices,
        help_text=_("If it comes once a week."),
    )
    in_digest = forms.MultipleChoiceField(
        label=_("In the digest"),
        required=False,
        choices=[choice for choice in Kind.choices if choice[0] not in NOT_IN_DIGEST],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = MailChoices
        fields = [
            "hour",
            "weekday",
            "in_digest",
            "has_replies_at_once",
            "has_announcements",
            "has_feedback",
            "has_extensions",
        ]
        labels = {
            "has_replies_at_once": _("Each reply to my comments"),
            "has_announcements": _("Announcements from the instructors"),
            "has_feedback": _("Feedback on my work is ready, or was changed"),
            "has_extensions": _("I get more time for a post, or lose it again"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["rhythm"] = self.instance.rhythm if self.instance.has_digest else NEVER
        if not any(m.teaches for m in self.instance.user.memberships_now):
            field = self.fields["in_digest"]
            field.choices = [each for each in field.choices if each[0] != Kind.WAITING]
        self.initial["in_digest"] = [
            kind for kind in self._offered() if kind not in self.instance.left_out
        ]

    def _offered(self) -> list[str]:
        return [value for value, _label in self.fields["in_digest"].choices]

    def clean(self):
        data = super().clean()
        chosen = data.get("in_digest", [])
        rhythm = data.get("rhythm")
        self.instance.has_digest = rhythm != NEVER
        if rhythm in MailChoices.Rhythm:
            self.instance.rhythm = rhythm
        offered = self._offered()
        kept = [kind for kind in self.instance.left_out if kind not in offered]
        self.instance.left_out = [*kept, *(kind for kind in offered if kind not in chosen)]
        return data
