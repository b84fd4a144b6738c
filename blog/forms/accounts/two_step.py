"""The forms of the second step of signing in: allauth's rules, our words."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from allauth.mfa.webauthn.internal import auth as passkeys
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from blog.forms.accounts.accounts import reword
from blog.web.second_step_limits import limit_second_step

MAX_NAME = 60
CODE_HINT = _("Six digits from your app, or one of your recovery codes.")
RECOVERY_HINT = _("One of the codes that you got with your passkey. Each works once.")


class CodeField(forms.CharField):
    """A code in whichever digits somebody types; allauth takes spaces and dashes out."""

    def to_python(self, value):
        return "".join(
            str(unicodedata.decimal(sign, sign)) for sign in super().to_python(value) or ""
        )


def ask_for_code(form: forms.Form, label, hint) -> None:
    """Let a form ask for a code, with the keyboard of digits on a phone."""
    reword(form, code=(label, hint))
    widget = form.fields["code"].widget
    widget.attrs |= {"inputmode": "numeric", "autocomplete": "one-time-code"}
    form.fields["code"] = CodeField(
        label=label,
        help_text=hint,
        widget=widget,
        max_length=20,
        error_messages={"required": _("Enter the code.")},
    )


def ask_for_step(form: forms.Form, user) -> None:
    """Let a form ask for the codes that its person has: no app, no six digits."""
    app = Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP)
    form.has_app = app.exists()  # type: ignore[attr-defined]
    if form.has_app:  # type: ignore[attr-defined]
        ask_for_code(form, _("Code"), CODE_HINT)
    else:
        ask_for_code(form, _("Recovery code"), RECOVERY_HINT)


class CodeForm(codes.AuthenticateForm):
    """The second step of signing in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask_for_step(self, self.user)
        if self.has_app:
            self.fields["code"].widget.attrs["autofocus"] = True

    def clean_code(self) -> str:
        """Find what made the code, as allauth does, but for its limit (``limit_second_step``)."""
        take_back = limit_second_step(context.request, self.user)
        code = self.cleaned_data["code"]
        made = Authenticator.objects.filter(user=self.user)
        for authenticator in made.exclude(type=Authenticator.Type.WEBAUTHN).order_by("pk"):
            if authenticator.wrap().validate_code(code):
                take_back()
                authenticator.user = self.user
                self.authenticator = authenticator
                return code
        if authenticator := made.exclude(type=Authenticator.Type.WEBAUTHN).first():
            self._emit_authentication_failed(authenticator)
        raise get_adapter().validation_error("incorrect_code")


class ConfirmByCodeForm(codes.ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask_for_step(self, self.user)


class StartAppForm(totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask_for_code(
            self, _("Code from the app"), _("Six digits. A new one appears every 30 seconds.")
        )


class _Named:
    """A passkey has a name that its owner knows it by."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("Name"),
            help_text=_("Such as “My phone”, so that you recognise it later."),
            max_length=MAX_NAME,
            required=False,
        )


class CredentialField(forms.JSONField):
    """A passkey's data from a browser's script: an object, nested no deeper than one is."""

    def to_python(self, value):
        try:
            credential = super().to_python(value)
        except RecursionError:
            credential = None
        if credential is not None and not isinstance(credential, dict):
            credential = None
        if credential is None and value not in self.empty_values:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return credential

    def bound_data(self, data, initial):
        """Show nothing again: the script asks the browser for another."""
        return None

    def prepare_value(self, value):
        return ""


class _Checked:
    """A passkey that is not right is told apart from a code that is not."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField(widget=forms.HiddenInput)

    def clean_credential(self):
        with _in_words_for_passkeys():
            checked = getattr(super(), "clean_credential", None)
            return checked() if checked else self.cleaned_data["credential"]


@contextmanager
def _in_words_for_passkeys() -> Iterator[None]:
    try:
        yield
    except ValidationError as error:
        if error.code != "incorrect_code":
            raise
        raise _no_passkey() from error
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        # What no browser sends fails in all these ways where allauth reads it.
        raise _no_passkey() from error


def _no_passkey() -> ValidationError:
    return ValidationError(
        _("This passkey could not be checked. Load the page again, then try once more.")
    )


class AddPasskeyForm(_Checked, _Named, webauthn.AddWebAuthnForm):
    """A passkey that signs in by itself: its device checks who holds it, so it is both steps."""

    passwordless = None

    def clean(self):
        self.cleaned_data["passwordless"] = True
        with _in_words_for_passkeys():
            return super().clean()


class RenamePasskeyForm(_Named, webauthn.EditWebAuthnForm):
    def clean_name(self):
        name = self.cleaned_data["name"].strip()
        if not name:
            raise ValidationError(_("Enter a name."))
        return name


class SignInByPasskeyForm(_Checked, webauthn.LoginWebAuthnForm):
    """Both steps at once."""


class PasskeyForm(_Checked, webauthn.AuthenticateWebAuthnForm):
    """A passkey as the second step, with the limit of codes in place of allauth's."""

    def clean_credential(self) -> Authenticator:
        credential = self.cleaned_data["credential"]
        with _in_words_for_passkeys():
            passkeys.parse_authentication_response(credential)
            take_back = limit_second_step(context.request, self.user)
            found = passkeys.complete_authentication(self.user, credential)
        take_back()
        return found


class ConfirmByPasskeyForm(_Checked, webauthn.ReauthenticateWebAuthnForm):
    """A confirmation before an export or an act that cannot be undone."""
