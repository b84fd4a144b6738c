"""The form of one invitation: the email and the name of somebody who has not joined yet."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.models import Invitation, User
from blog.models.invitations import MAX_LISTED_NAME_CHARS


class InvitationForm(forms.Form):
    """An invitation; its stored values are in the form, so that a change by others is seen."""

    is_stale = False

    name = forms.CharField(
        label=gettext_lazy("Name"), required=False, max_length=MAX_LISTED_NAME_CHARS
    )
    email = forms.EmailField(
        label=gettext_lazy("Email"),
        help_text=gettext_lazy(
            "If you change the email, a new invitation is sent at once. The old link stops working."
        ),
    )
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, invitation: Invitation, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = f"{invitation.sendings} {invitation.email} {invitation.name}"
        self.initial = {"name": invitation.name, "email": invitation.email, "was": self.now}

    def clean_email(self) -> str:
        return User.objects.normalize_email(self.cleaned_data["email"])

    def clean(self):
        data = super().clean()
        if data.get("was", "") != self.now:
            self.is_stale = True
            raise forms.ValidationError(
                _(
                    "Someone changed this invitation, or sent it again, while this page was "
                    "open. Check the roster, then try again."
                )
            )
        return data

    def content(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("name", "email")}
