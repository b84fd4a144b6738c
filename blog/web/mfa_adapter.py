"""The adapter through which allauth keeps and names passkeys and the codes of apps."""

import base64
import hashlib
import secrets

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.admin import site
from django.utils.encoding import force_bytes
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.web.two_step import SECOND_STEPS, needs_two_steps


class MFAAdapter(DefaultMFAAdapter):
    """The second step of this site: our words, encrypted secrets, and who has to keep one."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "You have to sign in in two steps here. Add another way first, then remove this one."
        ),
        "cannot_generate_recovery_codes": _(
            "Add a passkey or an app first. Recovery codes replace them."
        ),
        "incorrect_code": _("This code is not right, or too old. Try again with a new one."),
    }

    def encrypt(self, text):
        """Return the secret as the database keeps it: whoever has a copy of it has no codes."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """Return the secret, or one that nobody knows if the site's own key is another now."""
        try:
            return _fernet().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator):
        """Let nobody who needs two steps take away the last second one."""
        if not needs_two_steps(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=SECOND_STEPS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user, type):
        """Return a first name for a passkey, which its owner can change."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def get_totp_issuer(self):
        """Return the name under which an app lists the account."""
        return site.site_title

    def build_totp_svg(self, url):
        """Return the picture that an app scans, on white: in the dark too it has to be read."""
        drawing = segno.make(url, micro=False).svg_inline(scale=4, light="white")
        return drawing.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)

    def _get_site_name(self):
        return site.site_title


def _fernet() -> MultiFernet:
    """Return the cipher of the site's secret key, which also reads texts of older keys."""
    ours = map(force_bytes, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])
    keys = [hashlib.sha256(b"two-step:" + key).digest() for key in ours]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
