"""The account forms: allauth's rules, our words.

Labels are above their fields, so placeholders that repeat them are removed. A new password is
asked for once: people who mistype it can reset it, and everybody else types less.
"""

from allauth.account import forms as allauth
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.core import context
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from blog.actions.accounts import record_email_change_asked
from blog.forms.accounts.fields import EmailField, NameField
from blog.forms.time_zones import present_zone
from blog.models import User
from blog.models.people import validate_time_zone
from blog.text.email_domains import is_of_domain
from blog.text.lists import comma_list
from blog.web.pending_join import CONFIRMED_EMAIL, INVITED_EMAIL

PASSWORD_HINT = _(
    "At least ten characters. Three or four words that have nothing to do with each other are "
    "easy to remember."
)

NAME_REQUIRED = _("Enter the name your courses will see.")

# One sentence for every page that tells it: blog/accounts/_who_sees_email.html has it too.
WHO_SEES_EMAIL = _(
    "Only you, the teaching teams of your courses and the people who run this site can see your "
    "email."
)


def reword(form: forms.Form, **words: tuple[str, str]) -> None:
    """Set the label and help text of each named field; remove all others and placeholders.

    Fields for an email become ours, which take off invisible signs.
    """
    form.fields.pop("password2", None)
    for name, given in form.fields.items():
        field = given
        if isinstance(given, forms.EmailField):
            field = EmailField(widget=given.widget, max_length=given.max_length)
            form.fields[name] = field
        field.widget.attrs.pop("placeholder", None)
        field.label, field.help_text = words.get(name, (field.label, ""))


class LoginForm(allauth.LoginForm):
    """Email and password; the session ends with the browser unless they say otherwise."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(
            self,
            login=(_("Email"), ""),
            password=(_("Password"), ""),
            remember=(_("Stay signed in on this device"), ""),
        )
        self.fields["login"].widget.attrs["autocomplete"] = "username"


def known_zone(name: str) -> str:
    """Return the zone of a browser; UTC if it names none that there is.

    A zone only decides when mail may come; due dates are in their course's zone. So one that is
    missing or unknown is no reason to refuse anybody.
    """
    zone = present_zone(name)
    try:
        validate_time_zone(zone)
    except ValidationError:
        return User._meta.get_field("time_zone").default
    return zone


class OwnedEmailMixin:
    """A form that asks for the email of a new account."""

    def validate_unique_email(self, value: str) -> str:
        """Find whether this is somebody's email; one that an account waits for is nobody's."""
        email = super().validate_unique_email(value)
        self.account_already_exists = User.objects.owning_email(email).exists()
        return email


class SignupForm(OwnedEmailMixin, allauth.SignupForm):
    """The fields of a new account: the name classmates see, an email, a password.

    A script fills in the zone.
    """

    field_order = ["display_name", "email", "password1", "time_zone"]
    display_name = User._meta.get_field("display_name").formfield(
        form_class=NameField,
        label=_("Name your course will see"),
        error_messages={"required": NAME_REQUIRED},
    )
    time_zone = forms.CharField(
        required=False, widget=forms.HiddenInput(attrs={"data-time-zone": True})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(
            self,
            display_name=(_("Name your course will see"), _("You can use the name you go by.")),
            email=(
                _("Email"),
                WHO_SEES_EMAIL,
            ),
            password1=(_("Password"), PASSWORD_HINT),
        )
        self.fields["display_name"].widget.attrs["autocomplete"] = "name"

    def try_save(self, request):
        """Save the account; of two sign-ups with one address at once, the second gets its mail.

        That is what allauth answers where it has found the account before. An email that an
        invitation has confirmed counts for an account with that email alone. Where there is an
        account, a password is hashed all the same: its time would tell who has one.
        """
        if request.session.get(CONFIRMED_EMAIL) != self.cleaned_data["email"].lower():
            request.session.pop(CONFIRMED_EMAIL, None)
        else:
            User.objects.drop_claims(self.cleaned_data["email"])
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
            return super().try_save(request)
        try:
            with transaction.atomic():
                return super().try_save(request)
        except IntegrityError:
            if not User.objects.filter(email__iexact=self.cleaned_data["email"]).exists():
                raise
            self.account_already_exists = True
            return super().try_save(request)

    def clean_email(self) -> str:
        """Refuse an email of another domain, unless an invitation came to it that led here.

        Where only the institution's accounts are wanted, refuse any but that of an invitation.
        """
        email = super().clean_email()
        session = getattr(context.request, "session", {})
        invited = session.get(INVITED_EMAIL, "")
        if email.lower() != invited.lower():
            if not settings.PASSWORD_SIGNUP:
                raise ValidationError(
                    _("Use the email that your invitation came to: %(email)s"),
                    code="not_invited",
                    params={"email": invited},
                )
            refuse_other_domain(email)
        return email

    def clean_time_zone(self) -> str:
        return known_zone(self.cleaned_data["time_zone"])

    def clean(self) -> dict:
        """Check that the password is not like the display name, which allauth does not know."""
        data = super().clean()
        if data.get("password1") and "password1" not in self.errors:
            try:
                validate_password(
                    data["password1"], User(display_name=data.get("display_name", ""))
                )
            except ValidationError as error:
                self.add_error("password1", error)
        return data


def refuse_other_domain(email: str) -> None:
    """Refuse an email whose domain this site has not named; known or not, in the same words."""
    if not is_of_domain(email, settings.SIGNUP_EMAIL_DOMAINS):
        domains = comma_list(settings.SIGNUP_EMAIL_DOMAINS)
        raise ValidationError(
            _("Use an email that ends in one of these: %(domains)s"),
            code="other_domain",
            params={"domains": domains},
        )


class AddEmailForm(allauth.AddEmailForm):
    def clean_email(self) -> str:
        refuse_other_domain(self.cleaned_data["email"])
        return super().clean_email()

    def save(self, request):
        """Store the email and when it was asked for as one, and send its link after that.

        The mail may take its time, or fail: the email waits all the same, for another try.
        """
        with transaction.atomic():
            address = EmailAddress.objects.add_new_email(
                request, self.user, self.cleaned_data["email"], send_verification=False
            )
            record_email_change_asked(self.user, by=request.user)
        send_verification_email_to_address(request, address)
        return address

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(self, email=(_("New email"), ""))


class ChangePasswordForm(allauth.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(
            self,
            oldpassword=(_("Current password"), ""),
            password1=(_("New password"), PASSWORD_HINT),
        )


class SetPasswordForm(allauth.SetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(self, password1=(_("Password"), PASSWORD_HINT))


class ResetPasswordForm(allauth.ResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(self, email=(_("Email"), ""))
        request = context.request
        if request is not None and request.user.is_authenticated:
            self.fields["email"].initial = request.user.email

    def clean_email(self) -> str:
        """Find whose email this is; one that waits to be confirmed opens no account."""
        email = super().clean_email()
        self.users = [user for user in self.users if email.lower() in user.emails_of_owner]
        return email


class ResetPasswordKeyForm(allauth.ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(self, password1=(_("New password"), PASSWORD_HINT))


class ReauthenticateForm(allauth.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        reword(self, password=(_("Password"), ""))
