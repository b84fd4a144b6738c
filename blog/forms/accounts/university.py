"""Forms of the institution's account: allauth's rules, our words."""

from allauth.socialaccount import forms as allauth
from django.utils.translation import gettext_lazy as _

from blog.forms.accounts.accounts import NAME_REQUIRED, WHO_SEES_EMAIL, OwnedEmailMixin, reword
from blog.forms.accounts.fields import NameField
from blog.models import User


class UniversitySignupForm(OwnedEmailMixin, allauth.SignupForm):
    """The fields that the institution left empty: the name classmates see, perhaps an email.

    The email that it has said stays: the account would count as confirmed by that one.
    """

    field_order = ["display_name", "email"]
    display_name = User._meta.get_field("display_name").formfield(
        form_class=NameField,
        label=_("Name your course will see"),
        error_messages={"required": NAME_REQUIRED},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(
            self,
            display_name=(_("Name your course will see"), _("You can use the name you go by.")),
            email=(_("Email"), WHO_SEES_EMAIL),
        )
        self.fields["email"].disabled = bool(self.sociallogin.email_addresses)
        self.fields["display_name"].widget.attrs["autocomplete"] = "name"

    def clean(self) -> dict:
        """Add the zone that the browser named on the way out."""
        return super().clean() | {"time_zone": self.sociallogin.user.time_zone}


class DisconnectForm(allauth.DisconnectForm):
    """The account of the institution that shall no longer sign in to this one."""
