"""Claims of a launch by an LMS → the person, the course, the purpose. Pure.

The signature is checked before (``tokens``), and whether the deployment is known and the nonce was
used after that, where the rows are.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from blog.lookup.http_client import origin_of
from blog.lti.names import (
    AGS_ENDPOINT,
    CLAIM,
    DEEP_LINKING,
    DL_CLAIM,
    NRPS_ENDPOINT,
    RESOURCE_LINK,
    VERSION,
)
from blog.lti.roles import course_role

CLOCKS_DIFFER = 300  # seconds that the clock of an LMS may be off
OLDEST = 3600  # seconds; whatever an LMS says, a launch is for now
MAX_KEY_CHARS = 255  # of what names somebody or something there
MAX_TEXT_CHARS = 150
MAX_URL_CHARS = 2000
MAX_DATA_CHARS = 20_000


class BadLaunch(Exception):
    """A launch that is not let in; ``reason`` is a key, for which the page has the words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class DeepLinking:
    """The address for an instructor's picks, and the kinds that it takes."""

    return_url: str
    data: str | None = None
    is_multiple: bool = False
    takes_line_items: bool = True


@dataclass(frozen=True, slots=True)
class LaunchClaims:
    """The person whom an LMS sends, the course there, and the purpose.

    ``subject`` is its key of the person. ``role`` is one of ours, "" for none in that course.
    ``prompt`` is what a link of ours names, as it stands there. The addresses are of services of
    the course there, "" where it offers none.
    """

    deployment: str
    subject: str
    role: str = ""
    name: str = ""
    family_name: str = ""
    email: str = ""
    context_id: str = ""
    context_title: str = ""
    prompt: str = ""
    memberships_url: str = ""
    lineitems_url: str = ""
    is_framed: bool = False
    return_url: str = ""
    deep_linking: DeepLinking | None = None


def read_launch(
    claims: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str, host: str, now: float
) -> LaunchClaims:
    """Return the content of a launch's claims; raise BadLaunch for one that is not for us.

    ``host`` is ours, with its port; ``now`` is in seconds since 1970.
    """
    _check_token(claims, issuer=issuer, client_id=client_id, nonce=nonce, now=now)
    kind = claims.get(f"{CLAIM}message_type")
    if claims.get(f"{CLAIM}version") != VERSION or kind not in (RESOURCE_LINK, DEEP_LINKING):
        raise BadLaunch("message")
    if _host(claims.get(f"{CLAIM}target_link_uri")) != host:
        raise BadLaunch("target")
    context, ags = _object(claims, f"{CLAIM}context"), _object(claims, AGS_ENDPOINT)
    shown = _object(claims, f"{CLAIM}launch_presentation")
    return LaunchClaims(
        deployment=_key(claims.get(f"{CLAIM}deployment_id"), "deployment"),
        subject=_key(claims.get("sub"), "subject"),
        role=course_role(_list(claims.get(f"{CLAIM}roles"))),
        name=_name(claims),
        family_name=_text(claims.get("family_name"), MAX_TEXT_CHARS),
        email=_text(claims.get("email"), MAX_KEY_CHARS),
        context_id=read_identifier(context.get("id")),
        context_title=_text(context.get("title") or context.get("label"), MAX_TEXT_CHARS),
        prompt=_text(_object(claims, f"{CLAIM}custom").get("prompt"), MAX_TEXT_CHARS),
        memberships_url=_url(_object(claims, NRPS_ENDPOINT).get("context_memberships_url")),
        lineitems_url=_url(ags.get("lineitems")),
        is_framed=shown.get("document_target") in ("iframe", "frame"),
        return_url=_url(shown.get("return_url")),
        deep_linking=_deep_linking(claims) if kind == DEEP_LINKING else None,
    )


def _check_token(
    claims: Mapping[str, Any], *, issuer: str, client_id: str, nonce: str, now: float
) -> None:
    if claims.get("iss") != issuer:
        raise BadLaunch("issuer")
    audience = claims.get("aud")
    several = audience if isinstance(audience, list) else [audience]
    party = claims.get("azp", client_id if len(several) == 1 else None)
    if client_id not in several or party != client_id:
        raise BadLaunch("audience")
    issued, expires = _moment(claims.get("iat")), _moment(claims.get("exp"))
    if expires < now - CLOCKS_DIFFER or issued < now - OLDEST:
        raise BadLaunch("expired")
    if issued > now + CLOCKS_DIFFER or expires < issued:
        raise BadLaunch("clock")
    if not nonce or claims.get("nonce") != nonce:
        raise BadLaunch("nonce")


def _moment(value: object) -> float:
    """Return seconds since 1970; what is no number, or one without end, was never valid."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadLaunch("expired")
    try:
        seconds = float(value)
    except OverflowError:
        raise BadLaunch("expired") from None
    if not math.isfinite(seconds):
        raise BadLaunch("expired")
    return seconds


def _deep_linking(claims: Mapping[str, Any]) -> DeepLinking:
    settings = _object(claims, f"{DL_CLAIM}deep_linking_settings")
    return_url, data = _url(settings.get("deep_link_return_url")), settings.get("data")
    if not return_url or "ltiResourceLink" not in _list(settings.get("accept_types")):
        raise BadLaunch("links")
    if data is not None and not _is_kept(data):
        raise BadLaunch("links")
    return DeepLinking(
        return_url,
        data,
        is_multiple=settings.get("accept_multiple") in (True, "true"),
        takes_line_items=settings.get("accept_lineitem") not in (False, "false"),
    )


def _is_kept(data: object) -> bool:
    """Return whether what an LMS wants back can be stored as it is: no NUL, no half of a sign."""
    if not isinstance(data, str) or len(data) > MAX_DATA_CHARS or "\0" in data:
        return False
    return data.encode("utf-8", "ignore").decode() == data


def _name(claims: Mapping[str, Any]) -> str:
    name = _text(claims.get("name"), MAX_TEXT_CHARS)
    parts = (_text(claims.get(part), MAX_TEXT_CHARS) for part in ("given_name", "family_name"))
    return name or " ".join(part for part in parts if part)[:MAX_TEXT_CHARS]


def read_identifier(value: object) -> str:
    """Return an LMS's key of somebody or something, "" for a value that is no key.

    It is as it stands there: cut or cleaned it would be another one.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)  # as some LMSs write a number
    is_key = isinstance(value, str) and len(value) <= MAX_KEY_CHARS and plain_text(value) == value
    return str(value) if is_key else ""


def plain_text(value: str) -> str:
    """Return a text without what no database stores: NUL, and halves of a sign."""
    return value.replace("\0", "").encode("utf-8", "ignore").decode()


def _key(value: object, reason: str) -> str:
    key = read_identifier(value)
    if not key:
        raise BadLaunch(reason)
    return key


def _text(value: object, longest: int) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return " ".join(plain_text(value).split())[:longest] if isinstance(value, str) else ""


def _url(value: object) -> str:
    """Return an address of the web, "" for anything else."""
    if not isinstance(value, str) or len(value) > MAX_URL_CHARS or not value.isprintable():
        return ""
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    is_web = parts.scheme in ("http", "https") and origin_of(value)
    return value if is_web and " " not in value else ""


def _host(value: object) -> str:
    """Return the host of an address, with its port."""
    url = _url(value)
    return urlsplit(url).netloc if url else ""


def _object(claims: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = claims.get(name)
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
