"""Where allauth asks this site: how an account is filled, and in which words it says no."""

from allauth.account.adapter import DefaultAccountAdapter
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is the address you have already."),
        "email_password_mismatch": _("That email and password do not match. Check both."),
        "email_taken": _("There is an account with this email already."),
        "enter_current_password": _("That is not your password. Type it again."),
        "incorrect_password": _("That is not your password. Type it again."),
        "invalid_password_reset": _("This link no longer works. Ask for a new one."),
        "rate_limited": _("That was too often in a short time. Wait a few minutes."),
        "too_many_login_attempts": _(
            "There were too many tries. Wait five minutes, or reset your password."
        ),
    }

    def save_user(self, request, user, form, commit=True):
        """Take over the name and zone in the same write as the rest of the account."""
        user.display_name = form.cleaned_data["display_name"]
        user.time_zone = form.cleaned_data["time_zone"]
        return super().save_user(request, user, form, commit=commit)
