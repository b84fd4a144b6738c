"""The accounts in LMSs of a person, and with what an LMS can open one here."""

from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from blog.models import Launch, Platform, PlatformAccount, User
from blog.text.email_domains import is_of_domain
from blog.text.invisible import visible_name

MAX_NAME_CHARS = 80


@dataclass(frozen=True)
class OwnAccount:
    """An account in an LMS, with what that is called here."""

    account: PlatformAccount
    name: str


def own_accounts(person: User) -> list[OwnAccount]:
    """Return the accounts in LMSs that lead to somebody's, the newest first; two queries."""
    accounts = list(PlatformAccount.objects.proven().filter(user=person).order_by("-pk"))
    issuers = {account.issuer for account in accounts}
    named = Platform.objects.filter(issuer__in=issuers).order_by("-pk")
    names = dict(named.values_list("issuer", "name"))
    return [OwnAccount(one, names.get(one.issuer, one.issuer)) for one in accounts]


def email_is_taken(email: str) -> bool:
    """Return whether an email belongs to an account here, confirmed or not."""
    return User.objects.owning_email(email).exists()


def usable_name(launch: Launch) -> str:
    """Return the name that an account has at first; "" if the LMS names none."""
    return visible_name(launch.name)[:MAX_NAME_CHARS].strip()


def usable_email(launch: Launch) -> str:
    """Return the email with which an account can be opened; "" if the LMS names none, or no name.

    One that anybody could have typed in the LMS has to be of a domain with which people sign up.
    """
    email = User.objects.normalize_email(launch.email)
    try:
        validate_email(email)
    except ValidationError:
        return ""
    is_ours = launch.platform.trusts_email or is_of_domain(email, settings.SIGNUP_EMAIL_DOMAINS)
    return email if is_ours and usable_name(launch) else ""
