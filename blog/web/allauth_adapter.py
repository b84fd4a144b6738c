"""Where allauth asks this site: how an account is filled, and in which words it says no."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.utils.translation import gettext_lazy as _

logger = logging.getLogger(__name__)

# The mails somebody sits waiting for. The others only tell of what has happened already.
AWAITED = {
    "account/email/account_already_exists",
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
    "account/email/password_reset_key",
    "account/email/unknown_account",
}
LINK_SENT = "account/messages/email_confirmation_sent.txt"


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

    def send_mail(self, template_prefix, email, context):
        """Send a mail; if the mail server does not take it, the deed stands and the page says so.

        The words are the same whether an account has the address or not, as the mails are sent in
        both cases. The session remembers, because the page that tells of the mail comes after a
        redirect; the next mail that is taken clears it.
        """
        is_awaited = template_prefix in AWAITED
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, UnicodeError) as error:
            logger.warning("Mail %s was not sent: %r", template_prefix, error)
            if is_awaited:
                self.request.session["mail_failed"] = True
                messages.error(
                    self.request,
                    _(
                        "The mail could not be sent just now. Nothing you entered is lost; wait a "
                        "few minutes and ask for it again."
                    ),
                )
        else:
            if is_awaited:
                self.request.session.pop("mail_failed", None)

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Never say that a link is on its way when it is not."""
        if message_template == LINK_SENT and request.session.get("mail_failed"):
            return
        super().add_message(request, level, message_template, *args, **kwargs)
