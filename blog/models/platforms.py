"""Platforms: the LMSs that send people here, our keys, and who is who there."""

import base64
import hashlib
from datetime import datetime, timedelta
from secrets import token_urlsafe
from urllib.parse import quote

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

from blog.lti.claims import MAX_KEY_CHARS
from blog.lti.services import Registration
from blog.lti.tokens import SigningKey, new_key, public_jwk

MAX_URL_CHARS = 500
# What a registration lets in: people, and the emails that the LMS names.
OPENING_FLAGS = ("is_on", "trusts_email")
LINK_DAYS = 2  # that a link lasts with which an LMS registers itself
# An LMS keeps our keys for a while: a new one is shown before it signs, an old one after.
SHOWN_BEFORE = timedelta(days=1)
SHOWN_AFTER = timedelta(days=8)
ASKED_AGAIN_AFTER = timedelta(minutes=10)  # an LMS that did not let this site in


def denied_since() -> datetime:
    """Return since when an LMS has to have denied a token for that to be so still."""
    return timezone.now() - 2 * ASKED_AGAIN_AFTER


class PlatformQuerySet(models.QuerySet):
    def on(self):
        """Return those that people can come from."""
        return self.filter(is_on=True)

    def of(self, issuer: str, client_id: str = ""):
        """Return the registrations of an issuer, or the one that is called so there."""
        found = self.filter(issuer=issuer)
        return found.filter(client_id=client_id) if client_id else found


class Platform(models.Model):
    """An LMS as this site is registered there, by site staff or by itself.

    One that registered itself is off until site staff have looked at it. With ``trusts_email`` an
    email that the LMS names counts as confirmed: nobody there can choose theirs. ``denied_at`` is
    when it last gave this site no token, None once it has given one since. While anything waits for
    it, it is asked again every ten minutes; so after a while, nothing does.
    """

    class Kind(models.TextChoices):
        CANVAS = "canvas", _("Canvas")
        MOODLE = "moodle", _("Moodle")
        BRIGHTSPACE = "brightspace", _("Brightspace")
        BLACKBOARD = "blackboard", _("Blackboard")
        OTHER = "other", _("another LMS")

    name = models.CharField(
        _("name"), max_length=80, help_text=_("What people call it. For example: Moodle.")
    )
    kind = models.CharField(_("LMS"), max_length=11, choices=Kind, default=Kind.OTHER)
    issuer = models.CharField(_("issuer"), max_length=MAX_KEY_CHARS)
    client_id = models.CharField(_("client ID"), max_length=MAX_KEY_CHARS)
    auth_url = models.CharField(_("authentication address"), max_length=MAX_URL_CHARS)
    token_url = models.CharField(_("token address"), max_length=MAX_URL_CHARS)
    jwks_url = models.CharField(_("address of the keys"), max_length=MAX_URL_CHARS)
    audience = models.CharField(
        _("audience of the token"),
        max_length=MAX_URL_CHARS,
        blank=True,
        help_text=_(
            "Only if the LMS names one that is not the token address, as Brightspace does."
        ),
    )
    trusts_email = models.BooleanField(
        _("emails from this LMS are confirmed"),
        default=False,
        help_text=_("Only if nobody can change their own email there."),
    )
    is_on = models.BooleanField(_("people can come from this LMS"), default=True)
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)
    denied_at = models.DateTimeField(_("did not let us in"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlatformQuerySet.as_manager()

    class Meta:
        verbose_name = _("LMS")
        verbose_name_plural = _("LMSs")
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "client_id"],
                name="one_platform_per_issuer_and_client",
                violation_error_message=_("This LMS is here already, with this client ID."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["canvas", "moodle", "brightspace", "blackboard", "other"]),
                name="platforms_have_a_known_kind",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_denied(self) -> bool:
        """Return whether the LMS does not let this site in now, as far as anybody has asked."""
        return self.denied_at is not None and self.denied_at > denied_since()

    @property
    def openness(self) -> str:
        """Return the open ways in by it, as the lists of `catch_up` have it."""
        flags = ",".join(name for name in OPENING_FLAGS if getattr(self, name)) or "-"
        names = self.deployments.values_list("deployment_id", flat=True)
        return f"{flags} {','.join(quote(name, safe='') for name in names) or '-'}"

    @property
    def registration(self) -> Registration:
        """Return its registration for the protocol."""
        return Registration(
            self.issuer,
            self.client_id,
            self.auth_url,
            self.token_url,
            self.jwks_url,
            self.audience,
        )


class Deployment(models.Model):
    """A place in an LMS where this site was put; launches from any other are refused."""

    platform = models.ForeignKey(Platform, models.CASCADE, related_name="deployments")
    deployment_id = models.CharField(_("deployment ID"), max_length=MAX_KEY_CHARS)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("deployment")
        verbose_name_plural = _("deployments")
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "deployment_id"], name="one_deployment_per_platform_and_id"
            ),
        ]

    def __str__(self):
        return self.deployment_id


class RegistrationLinkQuerySet(models.QuerySet):
    def usable(self):
        """Return the links that nobody has used yet, and that are not too old."""
        since = timezone.now() - timedelta(days=LINK_DAYS)
        return self.filter(used_at=None, created_at__gt=since)


class RegistrationLink(models.Model):
    """A secret address with which an LMS registers itself, once.

    ``token`` is a digest: whoever has a copy of the database has no link.
    """

    token = models.CharField(max_length=64, unique=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    used_at = models.DateTimeField(_("used"), null=True, blank=True, editable=False)

    objects = RegistrationLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration link")
        verbose_name_plural = _("registration links")

    def __str__(self):
        return f"{self._meta.model_name} {self.pk}"


class ToolKeyQuerySet(models.QuerySet):
    def shown(self):
        """Return the keys that an LMS may still ask for, the oldest first."""
        return self.filter(Q(retires_at=None) | Q(retires_at__gt=timezone.now())).order_by("pk")

    def outlived(self):
        return self.filter(retires_at__lte=timezone.now())


class ToolKey(models.Model):
    """A key of ours that signs what this site sends to LMSs; ``private`` is encrypted."""

    kid = models.CharField(_("name of the key"), max_length=64, unique=True)
    private = models.TextField(editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    retires_at = models.DateTimeField(_("shown until"), null=True, blank=True, editable=False)

    objects = ToolKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("key for LMSs")
        verbose_name_plural = _("keys for LMSs")

    def __str__(self):
        return self.kid

    @classmethod
    def make(cls) -> "ToolKey":
        """Store a new key; those before it are shown for a week."""
        key, now = new_key(), timezone.now()
        cls.objects.filter(retires_at=None).update(retires_at=now + SHOWN_AFTER)
        return cls.objects.create(kid=key.kid, private=_fernet().encrypt(key.pem.encode()).decode())

    def signing_key(self) -> SigningKey | None:
        """Return the key, or None if the site's own secret key is another now."""
        try:
            return SigningKey(self.kid, _fernet().decrypt(self.private.encode()).decode())
        except InvalidToken:
            return None


def public_keys() -> list[dict[str, str]]:
    """Return our public keys, for LMSs."""
    keys = [row.signing_key() for row in ToolKey.objects.shown()]
    return [public_jwk(key) for key in keys if key is not None]


def current_key() -> SigningKey:
    """Return the key that signs now: the newest that LMSs have had time to ask for."""
    rows = list(ToolKey.objects.shown())
    known = [row for row in rows if row.created_at < timezone.now() - SHOWN_BEFORE]
    for row in [*reversed(known), *rows]:
        if key := row.signing_key():
            return key
    key = ToolKey.make().signing_key()
    assert key is not None
    return key


def _fernet() -> MultiFernet:
    """Return the cipher of the site's secret key, which also reads texts of older keys."""
    ours = map(force_bytes, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])
    keys = [hashlib.sha256(b"lti:" + key).digest() for key in ours]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def secret_digest(secret: str) -> str:
    """Return the stored digest of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret() -> str:
    return token_urlsafe(32)


class PlatformAccountQuerySet(models.QuerySet):
    def naming(self, issuer: str, subject: str):
        """Return the account of a person whom an issuer names by a key."""
        return self.filter(issuer=issuer, subject=subject)

    def proven(self):
        """Return those whose owners have shown that both accounts are theirs."""
        return self.filter(is_waiting=False)

    def waiting(self):
        """Return those whose owners may still confirm the first email of their account here.

        If it was confirmed in any other way, the account is of whoever has that email.
        """
        waiting = self.filter(is_waiting=True)
        return waiting.exclude(user__emailaddress__verified=True)


class PlatformAccount(models.Model):
    """A person in an LMS: its key of them, and their account here.

    An issuer names a person by one key, however often this site is registered there. One that
    ``is_waiting`` lets nobody in: an LMS has named an email that anybody could have typed there.
    """

    issuer = models.CharField(_("issuer"), max_length=MAX_KEY_CHARS)
    subject = models.CharField(_("key in the LMS"), max_length=MAX_KEY_CHARS)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="platform_accounts"
    )
    is_waiting = models.BooleanField(
        _("waits for the email to be confirmed"), default=False, db_default=False, editable=False
    )
    created_at = models.DateTimeField(_("connected"), default=timezone.now, editable=False)

    objects = PlatformAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account in an LMS")
        verbose_name_plural = _("accounts in LMSs")
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"], name="one_account_per_issuer_and_subject"
            ),
        ]

    def __str__(self):
        return f"{self._meta.model_name} {self.pk}"
