"""The adapter through which allauth fills in accounts, sends mail and shows messages."""

import logging
import re
from ipaddress import IPv6Address
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from blog.actions.accounts import record_email_change_asked
from blog.models import User
from blog.models.languages import language_for, offered
from blog.queries.sessions import browser_and_system
from blog.queries.sign_in_methods import other_ways_in
from blog.web.known_devices import known_device, remember_device
from blog.web.languages import chosen_in_browser
from blog.web.launches import connect_by_email
from blog.web.logs import told
from blog.web.pending_join import INVITED_EMAIL
from blog.web.rate_limits import HOUR, TooManyRequests, enforce_rate_limit_of, mailbox_of
from blog.web.reauthentication import ASKED_BY_UNIVERSITY, was_confirmed_lately
from blog.web.university_login import (
    is_signed_in_by_university,
    university_accounts,
    university_name,
)

logger = logging.getLogger(__name__)

# The mails that people wait for. The others only report what has happened already.
AWAITED_MAILS = {
    "account/email/account_already_exists",
    "account/email/email_confirmation",
    "account/email/email_confirmation_signup",
    "account/email/password_reset_key",
    "account/email/unknown_account",
}
# The mails about a new password, which name what it does not end.
PASSWORD_MAILS = frozenset(
    {"account/email/password_changed", "account/email/password_reset", "account/email/password_set"}
)
MAILS_AN_HOUR = 5  # of each kind to a mailbox: anybody can have them sent to any
LINK_SENT_MESSAGE = "account/messages/email_confirmation_sent.txt"
NEW_CODES_MESSAGE = "mfa/messages/recovery_codes_generated.txt"
SIGNED_OUT_MESSAGE = "account/messages/logged_out.txt"
NOT_SENT = _(
    "We could not send the email. Nothing you entered is lost. Wait a few minutes, then ask for "
    "the email again."
)
# What a mail server says of a mailbox that does not exist, or not any more (RFC 3463). One that is
# disabled (5.2.1) may be so for a while, and be read.
NO_MAILBOX = re.compile(rb"5\.1\.(?:1|2|6|10)\b")


def at_home(context: dict) -> dict:
    """Return the addresses of a mail's context, as allauth names them, at the site's own."""
    links = {
        name: settings.SITE_URL + urlsplit(value)._replace(scheme="", netloc="").geturl()
        for name, value in context.items()
        if name.endswith("_url") and isinstance(value, str)
    }
    host = urlsplit(settings.SITE_URL).netloc
    return links | {"current_site": {"domain": host, "name": host}}


def is_gone(error: Exception) -> bool:
    """Return whether a mail server says that there is no such mailbox."""
    refused = error.recipients.values() if isinstance(error, SMTPRecipientsRefused) else []
    return bool(refused) and all(NO_MAILBOX.match(words) for _code, words in refused)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of this site: their own fields, messages in our words, and mail that may fail."""

    _failure: Exception | None = None  # why the last mail did not go out
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is already your email."),
        "email_password_mismatch": _(
            "This email and password don’t match. Check both and try again."
        ),
        "email_taken": _("There is already an account with this email."),
        "enter_current_password": _("This is not your password. Try again."),
        "incorrect_password": _("This is not your password. Try again."),
        "invalid_password_reset": _("This link no longer works. Ask for a new one."),
        "rate_limited": _("Too many tries in a short time. Wait a few minutes, then try again."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, or reset your password."),
        "too_many_attempts_from_everywhere": _(
            "Someone has typed many wrong passwords for this email. Reset your password "
            "to sign in now, or use a device where you have signed in before."
        ),
    }

    def get_client_ip(self, request):
        """Return the address of a visitor; one of IPv4 as such, on whichever socket it came."""
        address = super().get_client_ip(request)
        try:
            mapped = IPv6Address(address).ipv4_mapped
        except ValueError:
            return address
        return str(mapped or address)

    def pre_authenticate(self, request, **credentials):
        """Limit wrong passwords: per account and address, and per account from everywhere.

        allauth takes back what a right password has used. A browser that has signed in before has
        a limit of its own, and passes the other: wrong passwords of others lock nobody out.
        """
        super().pre_authenticate(request, **credentials)
        email = credentials.get("email", "")
        if known_device(request, email):
            return
        everywhere = ratelimit.consume(
            request, app="allauth.account", action="login_failed_everywhere", key=email.lower()
        )
        if not everywhere:
            raise self.validation_error("too_many_attempts_from_everywhere")
        self._login_failed_rl_usage.usage.extend(everywhere.usage)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Count wrong passwords by account and known browser, or else address."""
        email = credentials.get("email", "")
        source = known_device(request, email) or ratelimit.get_ip(request)
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{source}"

    def is_open_for_signup(self, request):
        """Return whether signup is open; without passwords here a course can still invite others.

        The form then takes the email alone that the invitation came to.
        """
        return settings.PASSWORD_SIGNUP or INVITED_EMAIL in request.session

    def is_reauthentication_required(self, *, app, **kwargs):
        """Ask again only whoever has shown who they are a while ago; signing in shows it too.

        allauth would not ask people who have no way but the institution's: it does not know it.
        """
        if was_confirmed_lately(self.request):
            return False
        if not super().get_reauthentication_methods(self.request.user):
            raise ReauthenticationRequired
        return True

    def get_reauthentication_methods(self, user):
        """Return allauth's ways to show who one is, and that of the institution after them.

        An LMS asks nobody. Who comes from there alone, or has no way left, chooses a password by a
        link that goes to their email.
        """
        methods = super().get_reauthentication_methods(user)
        university = settings.UNIVERSITY_LOGIN
        if university and user.is_authenticated and university_accounts(user).exists():
            address = reverse("openid_connect_login", args=[university["provider_id"]])
            words = _("Sign in with %(name)s again") % {"name": university_name()}
            methods.append({"id": "university", "description": words, "url": address})
        if not methods and user.is_authenticated:
            by_mail, address = _("Choose a password"), reverse("account_reset_password")
            methods.append({"id": "password_by_mail", "description": by_mail, "url": address})
        return methods

    def set_password(self, user, password):
        """Set a password; a change of the email that somebody else asked for ends with the old."""
        super().set_password(user, password)
        user.drop_pending_emails()

    def confirm_email(self, request, email_address):
        """Confirm an email; if it replaces another one, sign out everywhere else.

        Nobody else waits for it from then on. The first one also proves who somebody is in the LMS
        that has sent this browser here.
        """
        person = email_address.user
        is_change = person.emailaddress_set.filter(verified=True).exists()
        try:
            with transaction.atomic():
                is_confirmed = super().confirm_email(request, email_address)
        except IntegrityError:  # somebody has signed up with it meanwhile
            self.add_message(
                request,
                messages.ERROR,
                "account/messages/email_confirmation_failed.txt",
                {"email": email_address.email},
            )
            return False
        if is_confirmed:
            User.objects.drop_claims(email_address.email)
        if is_confirmed and is_change:
            for session in person.usersession_set.exclude(session_key=request.session.session_key):
                session.end()
        elif is_confirmed:
            connect_by_email(request, person)
        return is_confirmed

    def send_confirmation_mail(self, request, emailconfirmation, signup):
        """Mail the old email, then send a link to a new one: somebody else may have asked for it.

        A link of which nobody is told could not be stopped. What the old one gets in an hour is
        limited, whatever new ones are named.
        """
        address = emailconfirmation.email_address
        if address.user.confirmed_emails:
            record_email_change_asked(address.user, by=address.user)
            if not self._tell_of_change(address):
                request.session["mail_failed"] = True
                return
        super().send_confirmation_mail(request, emailconfirmation, signup)

    def _tell_of_change(self, address):
        """Mail somebody that their email is to be changed; return whether nobody has to be told.

        Where the mail server says that the mailbox is gone, nobody reads it.
        """
        person, told_by = address.user, "account/email/email_change_asked"
        if not self._may_send(told_by, person.email):
            messages.error(self.request, self.error_messages["rate_limited"])
            return False
        self._failure = None
        self.send_notification_mail(told_by, person, {"new_email": address.email})
        if self._failure is None or is_gone(self._failure):
            return True
        messages.error(self.request, NOT_SENT)
        return False

    def post_login(self, request, user, **kwargs):
        """Remember the browser, also after a reset of the password, which signs in."""
        response = super().post_login(request, user, **kwargs)
        self._say_codes_left(request, user)
        remember_device(request, response, user.email)
        sociallogin = (kwargs.get("signal_kwargs") or {}).get("sociallogin")
        if sociallogin is not None and ASKED_BY_UNIVERSITY in sociallogin.state:
            request.session[ASKED_BY_UNIVERSITY] = sociallogin.state[ASKED_BY_UNIVERSITY]
        return response

    def _say_codes_left(self, request, user):
        """Show how many recovery codes are left to whoever has just used one."""
        records = get_authentication_records(request, user)
        kind = Authenticator.Type.RECOVERY_CODES
        if not records or records[-1].get("type") != kind:
            return
        stored = Authenticator.objects.filter(user=user, type=kind).first()
        left = len(stored.wrap().get_unused_codes()) if stored else 0
        words = ngettext(
            "You used a recovery code. %(left)d is left. Make new ones under Two-step sign-in.",
            "You used a recovery code. %(left)d are left. Make new ones under Two-step sign-in.",
            left,
        )
        messages.warning(request, words % {"left": left})

    def save_user(self, request, user, form, commit=True):
        """Save the name and zone in the same write as the rest of the account.

        A language chosen on the way here is a choice of this person.
        """
        user.display_name = form.cleaned_data["display_name"]
        user.time_zone = form.cleaned_data["time_zone"]
        user.language = chosen_in_browser(request)
        return super().save_user(request, user, form, commit=commit)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Mail somebody a change of their account, in their zone, with the browser by name.

        They are greeted, whoever did it. Where staff did, ``by_staff`` says so, and the mail has
        neither the address nor the browser of theirs.
        """
        browser, system = browser_and_system(self.get_http_user_agent(self.request))
        given = {"user": user, "browser": browser, "system": system, "zone": user.time_zone}
        if template_prefix in PASSWORD_MAILS:
            ways, page = other_ways_in(user), reverse("account_email")
            given |= {"other_ways": ways, "other_ways_url": settings.SITE_URL + page}
        with timezone.override(user.time_zone):
            super().send_notification_mail(template_prefix, user, given | (context or {}), email)

    def send_mail(self, template_prefix, email, context):
        """Send a mail; if the mail server fails, the action stays done and the page says so.

        The message is the same whether an account has the address or not, as a mail is sent in
        both cases. The session remembers the failure, because the page that speaks of the mail
        comes after a redirect; the next mail that is sent clears it. One mail too many to a mailbox
        is not sent, and the page does not say so: it is not for strangers to know. Links in it are
        to the site's own address, whatever host and port a request names.
        """
        is_awaited = template_prefix in AWAITED_MAILS
        context = {"lms": getattr(self.request, "lms_name", "")} | context
        if is_awaited and not self._may_send(template_prefix, email):
            return
        try:
            with translation.override(self._language_for(context.get("user"))):
                super().send_mail(template_prefix, email, context | at_home(context))
        except (OSError, UnicodeError) as error:
            logger.warning("Mail %s was not sent: %s", template_prefix, told(error))
            self._failure = error
            if is_awaited:
                self.request.session["mail_failed"] = True
                messages.error(self.request, NOT_SENT)
        else:
            if is_awaited:
                self.request.session.pop("mail_failed", None)

    def _language_for(self, reader) -> str:
        """Return the language of a mail: its reader's, else that of the page they ask from."""
        if not isinstance(reader, User):  # somebody unknown, or gone by now
            return translation.get_language()
        is_asking = not self.request.user.is_authenticated
        if is_asking or reader.pk == self.request.user.pk:
            return offered(reader.language) or translation.get_language()
        return language_for(reader)  # site staff ask for somebody else

    def _may_send(self, template_prefix: str, email: str) -> bool:
        """Use up one of the mails of a kind that a mailbox gets in an hour.

        A browser that has signed in to the account has its own: strangers cannot use them up.
        """
        source = known_device(self.request, email)
        who = f"{mailbox_of(email)} {source or ''}"
        try:
            enforce_rate_limit_of(who, template_prefix, MAILS_AN_HOUR, per=HOUR)
        except TooManyRequests:
            logger.warning("Mail %s was not sent: too many to one mailbox", template_prefix)
            return False
        return True

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        """Show a message, but never that a link is sent when it was not."""
        if message_template == LINK_SENT_MESSAGE and request.session.get("mail_failed"):
            return
        if message_template == NEW_CODES_MESSAGE and not _makes_codes_anew(request):
            message_template = "mfa/messages/recovery_codes_first.txt"
        if message_template == SIGNED_OUT_MESSAGE and is_signed_in_by_university(request):
            message_template = "socialaccount/messages/logged_out.txt"
        super().add_message(request, level, message_template, *args, **kwargs)


def _makes_codes_anew(request):
    """Return whether this page makes new recovery codes in the place of earlier ones."""
    match = request.resolver_match
    return match is not None and match.view_name == "mfa_generate_recovery_codes"
