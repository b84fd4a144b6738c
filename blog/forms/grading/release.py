"""The form of a release: now, or on a date."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.forms.prompts.dates import MinuteField
from blog.models import Course

MAX_AHEAD = timedelta(days=366)


class ReleaseDateForm(forms.Form):
    """A date and a minute ahead, typed in the zone of the course."""

    at = MinuteField(label=_("Date and time"))
    zone = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, course: Course, **kwargs):
        super().__init__(*args, **kwargs)
        self.course = course
        self.fields["zone"].initial = course.time_zone

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at is not None and at <= timezone.now():
            raise forms.ValidationError(
                _("This time has passed. Choose a later one, or release now."), code="past"
            )
        if at is not None and at > timezone.now() + MAX_AHEAD:
            raise forms.ValidationError(_("Choose a date within a year."), code="far")
        return at

    def clean(self):
        """Ask for another look at a time submitted before the course's zone was changed."""
        data = super().clean()
        zone = self.course.time_zone
        if data.get("at") and (data.get("zone") or zone) != zone:
            self.data = self.data.copy()
            self.data["zone"] = zone
            self.add_error(
                "at",
                _("The time zone of the course is now %(zone)s. Check the time, then try again.")
                % {"zone": zone},
            )
        return data


class ReleaseForm(ReleaseDateForm):
    """The submission of the last look besides the ticks: the time of the release."""

    NOW, DATE = "now", "date"

    when = forms.ChoiceField(
        choices=[(NOW, _("Now")), (DATE, _("On a date"))],
        initial=NOW,
        required=False,
        widget=forms.RadioSelect,
    )

    field_order = ("when", "at", "zone")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at"].required = False

    def clean(self):
        data = super().clean()
        is_dated = data.get("when") == self.DATE
        if is_dated and not data.get("at") and "at" not in self.errors:
            self.add_error("at", _("Choose the date and the time of the release."))
        if not is_dated and (data.get("at") or "at" in self.errors):
            self.add_error(
                "when", _("You chose a date and “Now”. Choose “On a date”, or clear the date.")
            )
        return data

    @property
    def moment(self):
        """Return the time of the release, once the form is valid; None is now."""
        return self.cleaned_data["at"] if self.cleaned_data["when"] == self.DATE else None
