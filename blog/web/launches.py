"""Launches as requests: the way to the LMS and back, in the same browser and once.

The way there is signed and nothing is stored for it. The way back stores a row, whose unique nonce
lets each message in once.
"""

import time
from contextlib import suppress
from dataclasses import dataclass
from secrets import token_urlsafe
from urllib.parse import urlencode, urlsplit

from allauth.account.internal.stagekit import unstash_login
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from blog.actions.launches import accept_launch, connect_account, enter_course
from blog.exceptions import Refused
from blog.lookup.http_client import origin_of
from blog.lti.claims import BadLaunch, LaunchClaims, read_launch
from blog.lti.registration import tool_addresses
from blog.lti.tokens import read_token
from blog.models import Deployment, Launch, Platform, User, new_secret, secret_digest

SALT = "blog.lti.state"
STATE_LASTS = 10 * 60  # seconds
COOKIE_LASTS = 2 * 60 * 60  # as long as somebody may pick prompts, or think about which course
MAX_HINT_CHARS = 3_000
SELF, PARTITIONED = "'self'", "; Partitioned"
HINTS = ("login_hint", "lti_message_hint", "target_link_uri")
FRAMES = ("iframe", "frame")
MAX_TARGET_CHARS = 255


@dataclass(frozen=True, slots=True)
class Storage:
    """An LMS's storage for a launch, while no cookie works inside its page (ADR 0079).

    ``target`` is the frame of the LMS that keeps it; ``key`` finds it there, and is its digest.
    """

    target: str = ""
    key: str = ""

    def __bool__(self) -> bool:
        return bool(self.key)


@dataclass(frozen=True, slots=True)
class Returned:
    """The data that comes back from an LMS with its message: its origin, and the request.

    ``storage`` is false where the LMS was not asked to keep anything.
    """

    platform: Platform
    nonce: str
    browser: str
    hints: dict[str, str]
    storage: Storage

    @property
    def again(self) -> str:
        """Return the query that begins the way to the LMS again, in another window."""
        named = {"iss": self.platform.issuer, "client_id": self.platform.client_id}
        return urlencode(named | {name: value for name, value in self.hints.items() if value})


@dataclass(frozen=True, slots=True)
class Received:
    """A launch that was let in, with the secret that names it in addresses and forms.

    ``return_url`` is a page of the LMS; ``is_framed``: ours is shown inside one.
    """

    launch: Launch
    secret: str
    is_framed: bool
    return_url: str


def cookie_name() -> str:
    return "__Host-lti" if settings.HTTPS else "lti"


def browser_secret(request: HttpRequest) -> str:
    """Return the secret that this browser has from an earlier launch, or a new one."""
    return request.COOKIES.get(cookie_name()) or new_secret()


def keep_browser(response: HttpResponseBase, secret: str) -> None:
    """Give a browser its secret, also inside the frame of an LMS where the browser lets us.

    Partitioned, it is of the LMS and us alone, and follows nobody elsewhere. Python writes that
    word from 3.14 on; until then it goes with the attribute before it.
    """
    response.set_cookie(
        cookie_name(), secret, max_age=COOKIE_LASTS, secure=True, httponly=True, samesite="None"
    )
    cookie = response.cookies[cookie_name()]
    cookie["samesite"] += PARTITIONED


def is_of_this_browser(request: HttpRequest, digest: str) -> bool:
    """Return whether a browser has the secret of which we keep a digest."""
    secret = request.COOKIES.get(cookie_name(), "")
    return bool(secret) and secret_digest(secret) == digest


def brings_kept_secret(request: HttpRequest, digest: str) -> bool:
    """Return whether a page of ours brings the secret that the LMS has kept in this browser.

    A form of any other page could bring one that its own maker knows.
    """
    secret = request.POST.get("kept", "")
    return bool(secret) and comes_from_here(request) and secret_digest(secret) == digest


def storage_target(request: HttpRequest, target: str) -> str:
    """Return the frame that an LMS offers for what we want kept, "" where our cookie will do.

    It will in a window, and where the browser has sent it already.
    """
    is_framed = request.headers.get("Sec-Fetch-Dest", FRAMES[0]) in FRAMES
    is_needed = is_framed and cookie_name() not in request.COOKIES
    return target[:MAX_TARGET_CHARS] if is_needed else ""


def way_to(
    platform: Platform, hints: dict[str, str], *, browser: str, storage: Storage | None = None
) -> str:
    """Return the address in the LMS that asks who somebody is, and sends them back."""
    nonce = token_urlsafe(24)
    state = {"p": platform.pk, "n": nonce, "b": secret_digest(browser)}
    if storage:
        state |= {"k": storage.key, "t": storage.target}
    state |= {name: hints.get(name, "")[:MAX_HINT_CHARS] for name in HINTS}
    query = {
        "scope": "openid",
        "response_type": "id_token",
        "response_mode": "form_post",
        "prompt": "none",
        "client_id": platform.client_id,
        "redirect_uri": tool_addresses(settings.SITE_URL)["launch"],
        "login_hint": hints["login_hint"],
        "state": signing.dumps(state, salt=SALT, compress=True),
        "nonce": nonce,
    }
    if hints.get("lti_message_hint"):
        query["lti_message_hint"] = hints["lti_message_hint"]
    joint = "&" if urlsplit(platform.auth_url).query else "?"
    return f"{platform.auth_url}{joint}{urlencode(query)}"


def read_state(text: str) -> Returned:
    """Return the content of a state that we signed; raise BadLaunch for an old or another one."""
    try:
        state = signing.loads(text, salt=SALT, max_age=STATE_LASTS)
    except signing.SignatureExpired:
        raise BadLaunch("expired") from None
    except signing.BadSignature:
        raise BadLaunch("state") from None
    platform = Platform.objects.filter(pk=state["p"]).first()
    if platform is None or not platform.is_on:
        raise BadLaunch("platform" if platform is None else "off")
    storage = Storage(state.get("t", ""), state.get("k", ""))
    hints = {name: state[name] for name in HINTS}
    return Returned(platform, state["n"], state["b"], hints, storage)


def browser_of(request: HttpRequest, returned: Returned) -> str:
    """Return the digest of the secret that shows in which browser a launch began, "" in others.

    It is our cookie, or what the LMS has kept in its place.
    """
    if is_of_this_browser(request, returned.browser):
        return returned.browser
    return returned.storage.key if brings_kept_secret(request, returned.storage.key) else ""


def receive(request: HttpRequest, returned: Returned, id_token: str, *, browser: str) -> Received:
    """Check the message of an LMS and use it up; from now on it belongs to that browser.

    Raises BadLaunch for one that is not for us or was used, and Unavailable if the keys of the
    LMS cannot be read.
    """
    platform = returned.platform
    claims = read_launch(
        read_token(id_token, platform.jwks_url),
        issuer=platform.issuer,
        client_id=platform.client_id,
        nonce=returned.nonce,
        host=urlsplit(settings.SITE_URL).netloc,
        now=time.time(),
    )
    known = Deployment.objects.filter(platform=platform, deployment_id=claims.deployment)
    deployment = known.select_related("platform").first()
    if deployment is None:
        raise BadLaunch("deployment")
    secret, is_framed = new_secret(), is_in_frame(request, claims)
    launch = Launch.of(
        claims,
        deployment,
        nonce=returned.nonce,
        token=secret_digest(secret),
        browser=browser,
    )
    launch.entered_at = None if is_framed or launch.deep_linking else launch.created_at
    accept_launch(launch, by=request.user)  # type: ignore[arg-type]
    return Received(launch, secret, is_framed, claims.return_url)


def find_launch(token: str) -> Launch | None:
    """Return the recent launch of a secret, or None."""
    recent = Launch.objects.recent().select_related("deployment__platform", "user")
    return recent.filter(token=secret_digest(token)).first()


def reason_without(token: str) -> str:
    """Return why ``find_launch`` finds none: its LMS is off, or it was used, or is too old."""
    launches = Launch.objects.filter(token=secret_digest(token))
    return "off" if launches.filter(deployment__platform__is_on=False).exists() else "used"


def connect_by_email(request: HttpRequest, person: User) -> None:
    """Connect whom an LMS has sent with the account whose first email was just confirmed.

    It was confirmed in the browser that came from there: the two are the same person. In any other
    browser nothing is connected, since in an LMS anybody may have typed that email.
    """
    secret = request.COOKIES.get(cookie_name(), "")
    sent_here = Launch.objects.recent().filter(browser=secret_digest(secret)) if secret else ()
    waiting = {
        (one.issuer, one.subject) for one in person.platform_accounts.filter(is_waiting=True)
    }
    for launch in sent_here:
        if launch.user_id is None and (launch.platform.issuer, launch.subject) in waiting:
            with suppress(Refused):  # they are told when they come from the LMS again
                connect_account(launch, by=person)
                enter_course(launch, by=person)


def lms_of_pending_email(request: HttpRequest) -> str:
    """Return the LMS that has named the email which somebody is to confirm first, "" for none."""
    login = unstash_login(request, peek=True)
    secret = request.COOKIES.get(cookie_name(), "")
    if login is None or login.user is None or not secret:
        return ""
    launches = Launch.objects.recent().filter(browser=secret_digest(secret))
    launches = launches.filter(email__iexact=login.user.email)
    launch = launches.select_related("deployment__platform").order_by("-pk").first()
    return launch.platform.name if launch else ""


def is_in_frame(request: HttpRequest, claims: LaunchClaims) -> bool:
    """Return whether a page is shown inside one of the LMS: the browser says so, else the LMS."""
    destination = request.headers.get("Sec-Fetch-Dest", "")
    return destination in FRAMES if destination else claims.is_framed


def comes_from_here(request: HttpRequest) -> bool:
    """Return whether a form was sent by a page of this site: inside a frame no cookie can say so.

    Its page has no other secret that a browser would send along, so its origin has to do.
    """
    origin = request.headers.get("Origin", "")
    return origin == f"{request.scheme}://{request.get_host()}"


def pages_of(platform: Platform, *addresses: str) -> list[str]:
    """Return the origins of an LMS: those of its own addresses, and of others that it names."""
    own = (platform.issuer, platform.auth_url, platform.token_url, *addresses)
    return sorted({origin_of(address) for address in own} - {""})


def open_to_frames(response: HttpResponseBase, ancestors: list[str], leads_to: str = "") -> None:
    """Let a page be shown inside those of an LMS, and its form lead there."""
    policy = {"frame-ancestors": ancestors}
    if leads_to:
        policy["form-action"] = [SELF, origin_of(leads_to)]
    response._csp_replace = policy  # type: ignore[attr-defined]
    response.xframe_options_exempt = True  # type: ignore[attr-defined]
