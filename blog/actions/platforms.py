"""Keep the registrations of LMSs, as site staff; let an LMS register itself by a link."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog import access, lms_access
from blog.exceptions import Refused
from blog.lti.services import Registration, is_service_address
from blog.models import (
    AuditEvent,
    Deployment,
    Platform,
    RegistrationLink,
    ToolKey,
    User,
    claim_version,
    lock_writer,
    new_secret,
    secret_digest,
)
from blog.models.revocations import keep_deployments
from blog.models.uniqueness import unless_taken
from blog.text.lists import isolated

FIELDS = (
    *("name", "kind", "issuer", "client_id", "auth_url", "token_url", "jwks_url", "audience"),
    *("trusts_email", "is_on"),
)
# A key that is asked for again so soon is the second of two clicks.
SECOND_CLICK = timedelta(minutes=1)
USED_UP = gettext_lazy("This link does not work any more.")


@dataclass(frozen=True, slots=True)
class Registered:
    """An LMS's answer to a registration of this site; ``deployment`` is "" if it names none."""

    registration: Registration
    kind: str
    deployment: str = ""


def save_platform(platform: Platform, deployments: Collection[str], *, by: User) -> None:
    """Save a registration, new or changed, with the ids of its deployments.

    Raises StaleVersion if somebody else saved it since it was loaded, Taken if there is another one
    with its issuer and client, and Refused for an address that is never asked, for an issuer that
    is here with other keys, or if a deployment is left out whose courses are connected.
    """
    access.require(lms_access.can_keep_platforms(by), _("Only site staff can manage LMSs."))
    _refuse_addresses(platform)
    is_new = platform.pk is None
    with unless_taken(platform, "client_id"), transaction.atomic():
        _lock_platforms()
        if not is_new:
            claim_version(platform)
        _refuse_other_keys(platform)
        if is_new:
            platform.save()
        else:
            platform.denied_at = None  # it is asked again, as it is registered now
            platform.save(update_fields=[*FIELDS, "denied_at"])
        _save_deployments(platform, deployments)
        if not ToolKey.objects.shown().exists():
            ToolKey.make()
        action, told = "platform_added" if is_new else "platform_changed", platform.openness
        AuditEvent.record(action, platform, by=by, openness=told)


def create_registration_link(*, by: User) -> tuple[RegistrationLink, str]:
    """Return a new link with which an LMS registers itself once, and its secret."""
    access.require(lms_access.can_keep_platforms(by), _("Only site staff can manage LMSs."))
    secret = new_secret()
    with transaction.atomic():
        link = RegistrationLink.objects.create(token=secret_digest(secret), created_by=by)
        AuditEvent.record("registration_link_created", link, by=by)
    return link, secret


def register_platform(
    link: RegistrationLink, ask: Callable[[], Registered], *, by: User
) -> Platform:
    """Register this site at an LMS by a link, and store it; it is off until staff turn it on.

    ``ask`` registers it there. The link is used up before, so that of several who send it at once
    one asks, and works again if the LMS refuses. ``by`` is whoever sends it, mostly nobody who is
    signed in: the link says who let it in. Raises Refused if the link was used meanwhile, or the
    LMS is here already, and whatever ``ask`` raises.
    """
    access.require(lms_access.can_register_platform(by, link), str(USED_UP))
    if not RegistrationLink.objects.usable().filter(pk=link.pk).update(used_at=timezone.now()):
        raise Refused(USED_UP)
    try:
        return _store_registered(ask(), link)
    except Exception:  # whatever it is, the link has to work again
        RegistrationLink.objects.filter(pk=link.pk).update(used_at=None)
        raise


def _store_registered(told: Registered, link: RegistrationLink) -> Platform:
    registration = told.registration
    platform = Platform(
        name=str(Platform.Kind(told.kind).label),
        kind=told.kind,
        is_on=False,
        issuer=registration.issuer,
        client_id=registration.client_id,
        auth_url=registration.auth_url,
        token_url=registration.token_url,
        jwks_url=registration.jwks_url,
        audience=registration.audience,
    )
    _refuse_addresses(platform)
    with unless_taken(platform, "client_id"), transaction.atomic():
        platform.save()
        _save_deployments(platform, {told.deployment} - {""})
        if not ToolKey.objects.shown().exists():
            ToolKey.make()
        AuditEvent.record("platform_registered", platform, by=link.created_by, link=link.pk)
    return platform


def renew_tool_key(*, by: User) -> ToolKey:
    """Make a new key; it signs from tomorrow on, and the one before it is shown for a week."""
    access.require(lms_access.can_keep_platforms(by), _("Only site staff can manage LMSs."))
    with transaction.atomic():
        lock_writer(by)
        just_made = ToolKey.objects.filter(created_at__gt=timezone.now() - SECOND_CLICK).first()
        if just_made is not None:
            return just_made
        key = ToolKey.make()
        AuditEvent.record("tool_key_made", key, by=by)
    return key


def _refuse_addresses(platform: Platform) -> None:
    """Refuse addresses that are not HTTPS, or that lead into the machine itself."""
    for field in ("auth_url", "token_url", "jwks_url"):
        if not is_service_address(getattr(platform, field), site=settings.SITE_URL):
            raise Refused(_("Type an address that begins with https://."), field=field)


def _lock_platforms() -> None:
    """Let one registration be saved at a time: each is compared with the others of its issuer.

    The row that Django keeps of the model is there before the first registration.
    """
    kept = {"app_label": Platform._meta.app_label, "model": Platform._meta.model_name}
    ContentType.objects.select_for_update(no_key=True).get(**kept)


def _refuse_other_keys(platform: Platform) -> None:
    """Refuse an issuer of which people come from a registration that has other keys.

    Accounts are connected by the issuer: whoever signs by the one keys could send anybody of the
    other. Of registrations that are off nobody comes, so the keys of several can be changed.
    """
    if not platform.is_on:
        return
    others = Platform.objects.on().of(platform.issuer).exclude(pk=platform.pk)
    other = others.exclude(jwks_url=platform.jwks_url).first()
    if other is not None:
        message = _(
            "“%(name)s” has the same issuer, but a different address for its keys. If "
            "both are one LMS, type the same address of the keys for both: turn one off "
            "while you change the other. If they are two, one of them needs its own "
            "issuer. Otherwise it could let anyone in as someone from the other."
        )
        raise Refused(message % {"name": isolated(other.name)}, field="jwks_url")


def _save_deployments(platform: Platform, wanted: Collection[str]) -> None:
    keep_deployments(platform, wanted)
    known = set(platform.deployments.values_list("deployment_id", flat=True))
    new = [name for name in dict.fromkeys(wanted) if name not in known]
    Deployment.objects.bulk_create(Deployment(platform=platform, deployment_id=n) for n in new)
