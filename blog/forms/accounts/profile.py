"""The form of a person's own profile."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.courses.course import zone_choices
from blog.forms.versions import VersionedForm
from blog.models import User


class ProfileForm(VersionedForm):
    """Names, zone and a few words. Email and password are changed on allauth's pages."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_(
            "Due dates are always shown in the course’s time zone, and in yours if it differs."
        ),
    )

    class Meta:
        model = User
        fields = ["display_name", "public_name", "time_zone", "about"]
        widgets = {"about": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = zone_choices()
        if self.instance.time_zone not in dict(choices):
            choices.insert(0, (self.instance.time_zone, self.instance.time_zone))
        self.fields["time_zone"].choices = choices
        self.fields["display_name"].widget.attrs["autocomplete"] = "name"

    def clean_display_name(self):
        name = " ".join(self.cleaned_data["display_name"].split())
        if not name:
            raise forms.ValidationError(_("Enter the name your courses will see."))
        return name
