"""The form of a person's own profile."""

from django.utils.translation import gettext_lazy as _

from blog.forms.accounts.accounts import NAME_REQUIRED
from blog.forms.accounts.fields import NameField
from blog.forms.languages import LanguageField
from blog.forms.textarea import Textarea
from blog.forms.time_zones import TimeZoneField
from blog.forms.versions import VersionedForm
from blog.models import User


class ProfileForm(VersionedForm):
    """Names, zone, language and a few words. Email and password are changed on allauth's pages."""

    time_zone = TimeZoneField(
        label=_("Time zone"),
        help_text=_(
            "Due dates are always shown in the course’s time zone, and in yours if it differs."
        ),
    )

    language = LanguageField(
        label=_("Language"),
        nobody=_("The course’s language, or else my browser’s"),
        help_text=_("For pages and emails. What people write stays as they wrote it."),
    )

    class Meta:
        model = User
        fields = ["display_name", "public_name", "course_name", "time_zone", "language", "about"]
        field_classes = {
            "display_name": NameField,
            "public_name": NameField,
            "course_name": NameField,
        }
        error_messages = {"display_name": {"required": NAME_REQUIRED}}
        widgets = {"about": Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].offer(self.instance.time_zone)
        self.fields["language"].offer()
        self.fields["display_name"].widget.attrs["autocomplete"] = "name"
