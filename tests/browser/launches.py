"""Launches from the LMS of the demo course: the pages that a message of an LMS leads to."""

import hashlib
from dataclasses import asdict
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse

from blog.lti.claims import DeepLinking
from blog.lti.names import CLAIM
from blog.lti.tokens import public_jwk
from blog.models import (
    Course,
    Deployment,
    Launch,
    RegistrationLink,
    User,
    new_secret,
    secret_digest,
)
from blog.web.launches import HINTS, Storage, way_to
from tests.browser.visits import LTI_COOKIE, Visit
from tests.lms import Lms

FRAMED = {"sec-fetch-dest": "iframe"}
IN_WINDOW = {"sec-fetch-dest": "document"}
ANSWERED_AT = "https://moodle.example.edu/picked"  # where a form of ours sends what was picked
TEACHER = "7"  # as the LMS names the instructor
HERE = {f"{CLAIM}context": {"id": "42", "title": "EDCI 338 (A01 and A02)"}}
ELSEWHERE = {f"{CLAIM}context": {"id": "77", "title": "EDCI 339"}}
NAMELESS = {"name": None, "family_name": None, "email": None}
REGISTRATION = "the-token-of-a-registration"
CONFIGURATION = "openid_configuration"
TOKEN = "0123456789abcdefghijklmnopqrstuv"  # against forms of others, as Django writes one


def launching(deployment: Deployment, *, headers=FRAMED, keeps=True, status=200, **changes):
    """Return the visit of a message of the LMS.

    It keeps a secret, and brings it if it ``keeps`` it; with None it keeps none.
    """

    def fields():
        platform = deployment.platform
        platform.refresh_from_db()
        deployment.refresh_from_db()
        lms = Lms(platform.issuer)
        lms.client_id, lms.deployment_id = platform.client_id, deployment.deployment_id
        name = hashlib.sha256(platform.jwks_url.encode()).hexdigest()
        cache.set(f"lti-keys:{name}", [public_jwk(lms.key)])
        secret = new_secret()
        storage = Storage("_parent", secret_digest(secret)) if keeps is not None else None
        hints = dict.fromkeys(HINTS, "hint")
        way = way_to(platform, hints, browser=new_secret(), storage=storage)
        asked = dict(parse_qsl(urlsplit(way).query))
        target = {f"{CLAIM}target_link_uri": f"{settings.SITE_URL}/lti/launch/"}
        claims = lms.claims(asked["nonce"], **(target | HERE | changes))
        kept = {"kept": secret} if keeps else {}
        return {"state": asked["state"], "id_token": lms.sign(claims), **kept}

    return Visit(reverse("lti_launch"), fields, headers=headers, status=status)


def picking(deployment: Deployment, teacher: User, prompts: list[int], *, status=200) -> Visit:
    """Return the visit of the form with which prompts are picked."""
    linking = DeepLinking(ANSWERED_AT, is_multiple=True)

    def fields():
        token, secret = new_secret(), new_secret()
        Launch.objects.create(
            nonce=new_secret(),
            token=secret_digest(token),
            browser=secret_digest(secret),
            deployment=deployment,
            subject=TEACHER,
            user=teacher,
            role="instructor",
            context_id="42",
            deep_linking=asdict(linking),
        )
        return {"launch": token, "kept": secret, "prompts": prompts}

    return Visit(reverse("lti_pick"), fields, headers=FRAMED, status=status)


def launch_places(course: Course, teacher: User, deployment: Deployment) -> dict[str, str]:
    """Return what people see whom the LMS sends, and what it sees that registers itself."""
    platform = deployment.platform
    linking = Lms(platform.issuer).deep_linking()
    teaching = linking | {"sub": TEACHER}
    learning = linking | {f"{CLAIM}roles": []}
    new = linking | {"sub": "new"}
    email = {"email": teacher.email}
    link, _is_new = RegistrationLink.objects.get_or_create(
        token=secret_digest(REGISTRATION), defaults={"created_by": teacher}
    )
    register = reverse("lti_register", args=[REGISTRATION])
    theirs = urlencode({CONFIGURATION: f"{platform.issuer}/openid-configuration"})
    foreign = urlencode({CONFIGURATION: "ftp://moodle.example.edu/"})
    login = {"iss": platform.issuer, "client_id": platform.client_id, "login_hint": "7"}
    offered = urlencode(login | {"lti_storage_target": "_parent"})
    return {
        "lti_login": Visit(f"{reverse('lti_login')}?{offered}", headers=FRAMED),
        "lti_login of nobody": Visit(f"{reverse('lti_login')}?iss=unknown", status=403),
        "lti_launch in a frame": launching(deployment),
        "lti_launch to pick": launching(deployment, **teaching),
        "lti_launch to pick too early": launching(deployment, **(teaching | ELSEWHERE)),
        "lti_launch to pick as a student": launching(deployment, **learning),
        "lti_launch to pick for the first time": launching(deployment, **new),
        "lti_launch without a name": launching(deployment, headers=IN_WINDOW, **NAMELESS),
        "lti_launch with an email": launching(deployment, headers=IN_WINDOW, **email),
        "lti_launch with a new email": launching(deployment, headers=IN_WINDOW, sub="new"),
        "lti_who of somebody new": connecting(teacher, deployment, "lti_who"),
        "lti_launch refused": launching(deployment, aud="another", status=403),
        "lti_launch without a cookie": launching(deployment, keeps=None, status=403),
        "lti_launch that is kept": launching(deployment, keeps=False, status=403),
        "lti_enter twice": Visit(reverse("lti_enter"), dict, status=403),
        "lti_pick": picking(deployment, teacher, list(course.prompts.values_list("pk", flat=True))),
        "lti_pick none": picking(deployment, teacher, [], status=422),
        "lti_register": f"{register}?{theirs}",
        "lti_register by hand": register,
        "lti_register refused": Visit(
            f"{register}?{foreign}", lambda: {"token": ""}, headers=FRAMED, status=422
        ),
    }


def connecting(person: User, deployment: Deployment, page: str = "lti_connect") -> Visit:
    """Return a page that asks whether an account of the LMS is that of somebody here."""
    token, secret = "the-token-of-a-connection", "the-secret-of-a-browser"
    fields = {"browser": secret_digest(secret), "subject": "8", "name": "Prof. I. Duarte"}
    fields |= {"deployment": deployment, "context_id": "77", "role": "instructor"}
    named = {"nonce": token, "token": secret_digest(token)}
    Launch.objects.get_or_create(**named, defaults=fields)
    return Visit(reverse(page, args=[token]), cookies={LTI_COOKIE: secret})


def new_registration_link() -> Visit:
    """Return the page with a new link, which is shown once."""
    return Visit(
        reverse("registration_link_create"),
        lambda: {"csrfmiddlewaretoken": TOKEN},
        cookies={settings.CSRF_COOKIE_NAME: TOKEN},
    )
