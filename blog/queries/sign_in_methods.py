"""Ways into an account besides its password, for whoever changes that because of somebody else."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.utils.translation import gettext as _

from blog.models import User
from blog.queries.platform_accounts import own_accounts
from blog.text.lists import isolated


def other_ways_in(person: User) -> list[str]:
    """Return the names of what a new password does not end; four queries.

    Accounts in LMSs, that of the institution, and passkeys, as the pages call them that end them.
    """
    ways = [account.name for account in own_accounts(person)]
    if settings.UNIVERSITY_LOGIN:
        provider = settings.UNIVERSITY_LOGIN["provider_id"]
        if SocialAccount.objects.filter(user=person, provider=provider).exists():
            ways.append(settings.UNIVERSITY_LOGIN["name"])
    keys = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    names = [key.data.get("name", "") for key in keys.order_by("pk")]
    return ways + [_("Passkey “%(name)s”") % {"name": isolated(str(name))} for name in names]
