"""The pages of two-step sign-in, for somebody who has it."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from blog.models import User


def second_steps(owner: User) -> dict[str, str]:
    """Give somebody an app, codes and a passkey of no browser; return where they see them."""
    if not Authenticator.objects.filter(user=owner).exists():
        TOTP.activate(owner, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(owner)
        passkey = {"name": "My phone", "credential": {}}
        Authenticator.objects.create(user=owner, type=Authenticator.Type.WEBAUTHN, data=passkey)
    key = Authenticator.objects.get(user=owner, type=Authenticator.Type.WEBAUTHN).pk
    whole = ("mfa_index", "mfa_list_webauthn", "mfa_deactivate_totp", "mfa_view_recovery_codes")
    return {
        **{name: reverse(name) for name in (*whole, "mfa_reauthenticate")},
        **{
            name: reverse(name, args=[key]) for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")
        },
    }
