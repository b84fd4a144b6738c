"""LMSs of the demo course, which has none of its own."""

from datetime import timedelta

from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from blog.models import (
    MAX_ATTEMPTS,
    Course,
    Deployment,
    Launch,
    LineItem,
    Platform,
    PlatformAccount,
    PlatformCourse,
    PlatformMember,
    PlatformScore,
    ToolKey,
    User,
    new_secret,
    notice_version,
    secret_digest,
)
from blog.tasks.retries import NEVER
from tests.browser.launches import connecting, launch_places, new_registration_link

TOKEN = "the-token-of-a-launch"


def campus_lms() -> Deployment:
    """Return where this site was put in an LMS, which nobody asks."""
    host = "https://moodle.example.edu"
    platform, is_new = Platform.objects.get_or_create(
        issuer=host,
        client_id="h7Kq2mVxR9bTw3L",
        defaults={
            "name": "Moodle",
            "kind": Platform.Kind.MOODLE,
            "auth_url": f"{host}/mod/lti/auth.php",
            "token_url": f"{host}/mod/lti/token.php",
            "jwks_url": f"{host}/mod/lti/certs.php",
        },
    )
    if is_new:
        ToolKey.make()
    return platform.deployments.get_or_create(deployment_id="3")[0]


def lms_that_is_off() -> Deployment:
    """Return where this site was put in an LMS that lets nobody in now."""
    platform, _is_new = Platform.objects.get_or_create(
        issuer="https://canvas.example.edu", defaults={"name": "Canvas", "is_on": False}
    )
    return platform.deployments.get_or_create(deployment_id="1")[0]


def connected_course(course: Course, by: User) -> PlatformCourse:
    """Return a course of the LMS that was told of some grades, and of others not."""
    connected, is_new = PlatformCourse.objects.get_or_create(
        deployment=campus_lms(),
        context_id="42",
        defaults={
            "course": course,
            "title": "EDCI 338 (A01 and A02)",
            "memberships_url": "https://moodle.example.edu/members",
            "lineitems_url": "https://moodle.example.edu/lineitems",
            "sends_grades": True,
            "connected_by": by,
        },
    )
    if is_new:
        tell_of_some(connected)
        connect_while_off(course, by)
    return connected


def connect_while_off(course: Course, by: User) -> None:
    """Connect a course of the LMS that is off: it keeps points that are not those of here."""
    connected = PlatformCourse.objects.create(
        deployment=lms_that_is_off(),
        context_id="9",
        course=course,
        title="EDCI 338 (online)",
        lineitems_url="https://canvas.example.edu/lineitems",
        sends_grades=True,
        connected_by=by,
    )
    students = connected.course.memberships.students().active().order_by("pk")
    prompts = course.prompts.order_by("number")
    long_ago = timezone.now() - timedelta(days=900)
    states = [
        {"sent_at": long_ago, "sent_hundredths": 125},
        {"sent_at": long_ago, "sent_hundredths": 850},
        {"due_at": timezone.now()},
    ]
    for prompt, member, state in zip(
        (prompts.first(), prompts.last(), prompts.last()), students[2:], states, strict=False
    ):
        item, _is_new = LineItem.objects.get_or_create(
            platform_course=connected, prompt=prompt, kind="post"
        )
        PlatformScore.objects.create(line_item=item, student=member.user, **state)


def tell_of_some(connected: PlatformCourse) -> None:
    prompt, now = connected.course.prompts.earliest("number"), timezone.now()
    item = LineItem.objects.create(platform_course=connected, prompt=prompt, kind="post")
    states = [
        {"sent_at": now, "sent_hundredths": 850},
        {"sent_at": now},
        {"refused_status": 422},
        {"due_at": now, "attempts": 1},
        {"due_at": now + NEVER, "attempts": MAX_ATTEMPTS},
    ]
    students = connected.course.memberships.students().active().order_by("pk")
    for member, state in zip(students, states, strict=False):
        PlatformMember.objects.create(
            platform_course=connected, user=member.user, subject=str(member.pk)
        )
        PlatformScore.objects.create(line_item=item, student=member.user, **state)


def launched(person: User, role: str = "instructor") -> str:
    """Return the token of a launch of somebody from a course that is not connected."""
    token = f"{TOKEN}-{role}"
    fields = {"nonce": new_secret(), "browser": "", "subject": "7", "role": role, "user": person}
    fields |= {"context_id": "77", "context_title": "EDCI 339", "deployment": campus_lms()}
    Launch.objects.update_or_create(token=secret_digest(token), defaults=fields)
    return token


def lms_places(course: Course, by: User) -> dict[str, str]:
    """Return the places of LMSs that an instructor sees."""
    connected = connected_course(course, by)
    issuer = connected.platform.issuer
    PlatformAccount.objects.get_or_create(issuer=issuer, subject="7", defaults={"user": by})
    return {
        "connected_course_list": reverse("connected_course_list", args=[course.slug]),
        "connected_course_disconnect": reverse(
            "connected_course_disconnect", args=[course.slug, connected.pk]
        ),
        "own_platforms": reverse("own_platforms"),
        "lti_course": reverse("lti_course", args=[launched(by)]),
        "lti_course too early": reverse("lti_course", args=[launched(by, "student")]),
        "lti_connect": connecting(by, connected.deployment),
        "lti_who": connecting(by, connected.deployment, "lti_who"),
    }


def lms_visitor_places(course: Course, teacher: User) -> dict[str, str]:
    """Return the places of whoever the LMS sends, who is nobody here yet."""
    connected = connected_course(course, teacher)
    own = {"issuer": connected.platform.issuer, "subject": "7"}
    PlatformAccount.objects.get_or_create(**own, defaults={"user": teacher})
    return launch_places(course, teacher, connected.deployment)


def keeper() -> User:
    """Return somebody of the site’s staff who keeps LMSs."""
    email = "olga.novak@example.edu"
    found = User.objects.filter(email=email).first()
    if found is None:
        found = User.objects.create_user(
            email=email,
            display_name="Olga Novak",
            notice_version=notice_version(),
            is_staff=True,
        )
        found.confirm_email()
        found.user_permissions.add(Permission.objects.get(codename="change_platform"))
    return found


def staff_places() -> dict[str, str]:
    """Return the places where site staff keep LMSs."""
    lms_that_is_off()
    return {
        "platform_list": reverse("platform_list"),
        "platform_new": reverse("platform_new"),
        "platform_edit": reverse("platform_edit", args=[campus_lms().platform_id]),
        "registration_link_create": new_registration_link(),
    }
