"""Rows of ``tests/test_actions.py`` about LMSs: who keeps them, who comes in, who connects."""

from blog.actions import launches, platform_courses, platforms
from blog.lti.services import Registration
from blog.models import Launch, Platform, new_secret
from tests.action_rows_of_guests import EVERYBODY

STAFF = "staff superuser"
INSTRUCTOR = "instructor"
NEW = Registration("https://new.example.edu", "c", *(f"https://new.example.edu/{n}" for n in "abc"))
PEOPLE = [{"user_id": "s-9", "name": "Nia New", "email": "nia@example.edu", "roles": ["Learner"]}]


def new_platform():
    fields = ("issuer", "client_id", "auth_url", "token_url", "jwks_url")
    return Platform(name="New", **{name: getattr(NEW, name) for name in fields})


def new_launch(w):
    return Launch(
        deployment=w.launch.deployment, subject="s-0", nonce=new_secret(), token=new_secret()
    )


LTI_ROWS = {
    "platforms.save_platform": (
        STAFF,
        lambda w, by: platforms.save_platform(new_platform(), ["1"], by=by),
    ),
    "platforms.create_registration_link": (
        STAFF,
        lambda w, by: platforms.create_registration_link(by=by),
    ),
    "platforms.register_platform": (
        EVERYBODY,
        lambda w, by: platforms.register_platform(
            w.registration_link, lambda: platforms.Registered(NEW, "moodle", "1"), by=by
        ),
    ),
    "platforms.renew_tool_key": (STAFF, lambda w, by: platforms.renew_tool_key(by=by)),
    "launches.accept_launch": (
        EVERYBODY,
        lambda w, by: launches.accept_launch(new_launch(w), by=by),
    ),
    "launches.open_window": (
        EVERYBODY,
        lambda w, by: launches.open_window(w.launch, by=by, browser="b"),
    ),
    "launches.ask_once": (EVERYBODY, lambda w, by: launches.ask_once(w.launch, by=by)),
    "launches.open_account": (EVERYBODY, lambda w, by: launches.open_account(w.launch, by=by)),
    "launches.connect_account": (
        "peer",
        lambda w, by: launches.connect_account(w.peers_launch, by=by),
    ),
    "launches.disconnect_account": (
        "peer",
        lambda w, by: launches.disconnect_account(w.platform_account, by=by),
    ),
    "launches.enter_course": (
        INSTRUCTOR,
        lambda w, by: launches.enter_course(w.own_launch, by=by),
    ),
    "platform_courses.connect_course": (
        INSTRUCTOR,
        lambda w, by: platform_courses.connect_course(w.own_launch, w.course, by=by),
    ),
    "platform_courses.disconnect_course": (
        INSTRUCTOR,
        lambda w, by: platform_courses.disconnect_course(w.connected, by=by),
    ),
    "platform_courses.start_lms_roster": (
        INSTRUCTOR,
        lambda w, by: platform_courses.start_lms_roster(w.connected, PEOPLE, by=by),
    ),
    "platform_courses.start_sending_grades": (
        INSTRUCTOR,
        lambda w, by: platform_courses.start_sending_grades(w.connected, by=by),
    ),
    "platform_courses.stop_sending_grades": (
        INSTRUCTOR,
        lambda w, by: platform_courses.stop_sending_grades(w.connected, by=by),
    ),
    "platform_courses.retry_scores": (
        INSTRUCTOR,
        lambda w, by: platform_courses.retry_scores(w.connected, by=by),
    ),
}
