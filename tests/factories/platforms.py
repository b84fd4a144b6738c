"""Rows about LMSs, as the factories beside this make others."""

from itertools import count

from blog.models import (
    Deployment,
    Launch,
    Platform,
    PlatformAccount,
    PlatformCourse,
    PlatformMember,
    RegistrationLink,
    new_secret,
    secret_digest,
)

serial = count(1)


def make_platform(**fields):
    """Make an LMS that nobody asks, with one deployment."""
    issuer = f"https://lms-{next(serial)}.example.edu"
    fields = {
        "name": "Campus LMS",
        "issuer": issuer,
        "client_id": "client-7",
        "auth_url": f"{issuer}/auth",
        "token_url": f"{issuer}/token",
        "jwks_url": f"{issuer}/jwks",
    } | fields
    platform = Platform.objects.create(**fields)
    Deployment.objects.create(platform=platform, deployment_id="deployment-1")
    return platform


def make_platform_course(course, by, platform=None, **fields):
    """Make a course of an LMS that is connected with one here."""
    platform = platform or make_platform()
    fields = {
        "context_id": f"context-{next(serial)}",
        "title": "Networks there",
        "lineitems_url": f"{platform.issuer}/lineitems",
    } | fields
    return PlatformCourse.objects.create(
        deployment=platform.deployments.get(), course=course, connected_by=by, **fields
    )


def make_platform_account(person, platform=None):
    """Connect somebody with an account in an LMS."""
    issuer = (platform or make_platform()).issuer
    return PlatformAccount.objects.create(issuer=issuer, subject=f"s-{next(serial)}", user=person)


def make_platform_member(connected, person, subject=None):
    """Let somebody have come from a course of an LMS."""
    subject = subject or f"s-{next(serial)}"
    return PlatformMember.objects.create(platform_course=connected, user=person, subject=subject)


def make_launch(person=None, platform=None, *, secret=None, **fields):
    """Make a launch of somebody, or of nobody who is known here, from a course of its own."""
    deployment = (platform or make_platform()).deployments.get()
    fields = {
        "subject": f"s-{next(serial)}",
        "name": "Lena Launched",
        "email": f"lena-{next(serial)}@example.edu",
        "role": "student",
        "context_id": f"context-{next(serial)}",
        "context_title": "Networks there",
    } | fields
    return Launch.objects.create(
        deployment=deployment,
        user=person,
        nonce=new_secret(),
        token=secret_digest(secret or new_secret()),
        browser=secret_digest("this browser"),
        **fields,
    )


def make_registration_link(by):
    return RegistrationLink.objects.create(token=secret_digest(new_secret()), created_by=by)
