"""The accounts in LMSs of a person."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from blog.models import Platform, PlatformAccount, User


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
    known = EmailAddress.objects.filter(email__iexact=email)
    return User.objects.filter(email__iexact=email).exists() or known.exists()
