"""One thing after another about the same: the last line of the log, or of a list, is enough."""

import logging
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from blog.actions import accounts, comments, courses, invitations, moderation, post_states
from blog.actions.course_dates import change_course_dates
from blog.actions.erasure import erase_account
from blog.actions.posts import publish_post
from blog.actions.withheld_names import print_name
from blog.management.backups import decisions
from blog.management.backups.decisions import SUBJECT_OF, DecisionsSince, in_order, lines_of
from blog.management.backups.replay import replay_line
from blog.models import (
    Audience,
    Comment,
    Course,
    Invitation,
    Membership,
    ModerationCase,
    Platform,
    Post,
    User,
    revocations,
)
from blog.models.audit import DECIDED
from blog.models.courses import DATES_AHEAD
from tests.blog.management.closed import DEEDS, HIDE, make_world, read
from tests.written import undone

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(course, instructor, ada, bob, eve, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_world(course, instructor, ada, bob, eve)


UNTIL = timezone.now() + timedelta(days=2)
# Which fields of which rows say how far something is open.
LOOK = [
    (
        "posts",
        Post,
        ("pk", "status", "audience", "public_until", "deleted_at", "hidden_at"),
    ),
    ("comments", Comment, ("pk", "state", "audience", "deleted_at")),
    ("cases", ModerationCase, ("post", "comment", "state")),
    ("members", Membership, ("pk", "role", "ended_at", "is_confidential")),
    ("people", User, ("pk", *revocations.FLAGS, "erased_at")),
    ("invitations", Invitation, ("pk", "withdrawn_at")),
    ("courses", Course, ("pk", "can_be_joined", *DATES_AHEAD)),
]
UNCHANGED = {"hidden, undone", "opens courses again"}


def publish(w, audience, **fields):
    post = now(w["public"])
    said = {"title": post.title, "text": post.revision.text, "audience": audience}
    publish_post(post, by=w["ada"], **said, **fields)


def now(row):
    return type(row)._base_manager.get(pk=row.pk)


def delete(w):
    post_states.delete_post(now(w["public"]), by=w["ada"])


def restore(w):
    post_states.restore_post(now(w["public"]), by=w["ada"])


def withdraw(w):
    post_states.withdraw_post(now(w["public"]), by=w["ada"])


def hide(w, name):
    moderation.decide(now(w[name]), by=w["instructor"], **HIDE)


def ask(w, name):
    said = {"decision": "ask", "reason": "Mind the tone."}
    moderation.decide(now(w[name]), by=w["instructor"], **said)


def undo(w, name):
    moderation.undo_decision(now(w[name]), by=w["instructor"])


def delete_comment(w):
    comments.delete_comment(now(w["rude"]), by=w["bob"])


def print_again(w):
    print_name(now(w["withheld"]), by=w["instructor"])


def erase(w):
    person = now(w["withheld"].user)
    erase_account(person, by=person)


def appoint(w):
    courses.appoint_instructor(w["course"], w["bob"], by=w["root"])


def let_open(w):
    accounts.allow_opening_courses(w["helper"], by=w["root"], allowed=True)


def correct(w, email="", name=""):
    found = now(w["invitation"])
    said = {"email": email or found.email, "name": name or found.name}
    invitations.change_invitation(found, by=w["instructor"], **said)


def choose_days(w):
    for days in ({"read_only_on": 40, "closes_on": 50}, {"read_only_on": None, "closes_on": 60}):
        course = now(w["course"])
        for field, ahead in days.items():
            setattr(course, field, ahead and course.today() + timedelta(days=ahead))
        change_course_dates(course, by=w["instructor"])


# What was done one after the other about one thing.
CHAINS = {
    "narrowed, deleted, restored": lambda w: (publish(w, Audience.COURSE), delete(w), restore(w)),
    "withdrawn, deleted": lambda w: (withdraw(w), delete(w)),
    "withdrawn, deleted, restored": lambda w: (withdraw(w), delete(w), restore(w)),
    "narrowed, withdrawn": lambda w: (publish(w, Audience.COURSE), withdraw(w)),
    "narrowed, deleted": lambda w: (publish(w, Audience.INSTRUCTORS), delete(w)),
    "public for some days": lambda w: publish(w, Audience.PUBLIC, public_until=UNTIL),
    "hidden, asked, undone": lambda w: (hide(w, "public"), ask(w, "public"), undo(w, "public")),
    "comment hidden, asked, undone": lambda w: (hide(w, "rude"), ask(w, "rude"), undo(w, "rude")),
    "hidden, undone": lambda w: (hide(w, "rude"), undo(w, "rude")),
    "hidden, deleted": lambda w: (hide(w, "public"), delete(w)),
    "comment hidden, deleted": lambda w: (hide(w, "rude"), delete_comment(w)),
    "comment of a guest hidden, withdrawn": lambda w: (
        hide(w, "guest"),
        DEEDS["withdraw comment of a guest"](w),
    ),
    "comment narrowed": DEEDS["narrow comment"],
    "withheld, erased": lambda w: (DEEDS["withhold name"](w), erase(w)),
    "withheld, printed, erased": lambda w: (DEEDS["withhold name"](w), print_again(w), erase(w)),
    "removed, appointed": lambda w: (DEEDS["remove member"](w), appoint(w)),
    "account closed": DEEDS["take rights"],
    "opens no courses": DEEDS["take opening courses"],
    "opens courses again": lambda w: (DEEDS["take opening courses"](w), let_open(w)),
    "LMS turned off": DEEDS["turn off LMS"],
    "LMS trusted less": DEEDS["trust an LMS less"],
    "day taken back, another chosen": choose_days,
}


def stand(w):
    """Return what of the rows is open, and to whom; of most moments only that they are there."""
    values = {
        name: [
            {field: bool(value) if field.endswith("_at") else value for field, value in row.items()}
            for row in model._base_manager.order_by("pk").values(*fields)
        ]
        for name, model, fields in LOOK
    }
    rights = now(w["helper"]).user_permissions.filter(codename="open_course")
    platforms = [platform.openness for platform in Platform.objects.order_by("pk")]
    return values | {"rights": rights.exists(), "platforms": platforms}


def follow(text):
    for line in in_order(lines_of(text)[1]):
        replay_line(line, "a")


@pytest.mark.parametrize("name", CHAINS)
def test_the_last_lines_are_enough(world, name, caplog, django_capture_on_commit_callbacks):
    """Those of the log, where the database is lost, and those of the list that is made of it."""
    caplog.set_level(logging.INFO, logger="blog.models.audit")
    moment, before = timezone.now(), stand(world)
    with undone():
        with django_capture_on_commit_callbacks(execute=True):
            CHAINS[name](read(world))
        after = stand(world)
        listed = "\n".join(sorted(filter(None, dict(DecisionsSince(moment).found()).values())))
    logged = "\n".join(message.removeprefix("Decided: ") for message in caplog.messages)

    for text in (logged, listed):
        with undone():
            follow(text)
            assert stand(world) == after, text
    assert (before == after) == (name in UNCHANGED)


@pytest.mark.parametrize("then", ["Nia", ""])
def test_the_link_that_went_to_another_email_works_no_more(
    world, then, caplog, django_capture_on_commit_callbacks
):
    """What was corrected after it says nothing of that."""
    caplog.set_level(logging.INFO, logger="blog.models.audit")
    with undone(), django_capture_on_commit_callbacks(execute=True):
        correct(world, "n@example.edu")
        correct(world, "", then)

    follow("\n".join(message.removeprefix("Decided: ") for message in caplog.messages))

    assert now(world["invitation"]).withdrawn_at is not None


def test_the_log_has_all_that_a_list_has():
    """Else the README would name it, beside what the log cannot tell."""
    assert SUBJECT_OF.keys() == DECIDED.keys()
    said = " ".join((settings.BASE_DIR / "README.md").read_text().split())
    assert "have a line for each of them, without names" in said
    assert (
        said.count("What the log cannot tell: whether a course was opened again after its day") == 1
    )


def test_a_list_of_an_earlier_release_is_read_as_well(world):
    """Its lines about the readers of a post were beside those about the post itself."""
    post = world["public"]

    follow(f"post_narrowed post:{post.pk} 30\npost_withdrawn post:{post.pk}")

    post.refresh_from_db()
    assert (post.audience, post.status) == (Audience.COURSE, Post.Status.WITHDRAWN)


def test_a_day_that_comes_again_changes_its_course_alone(world):
    """In the backup another course has a day that its instructor took back afterwards."""
    dated, course = world["dated"], world["course"]
    Course.objects.filter(pk=dated.pk).update(public_ends_on=dated.today())

    follow(f"course_date_came course:{course.pk} closes_on {course.today()}")

    dated.refresh_from_db()
    assert (dated.widest_audience, dated.public_ends_on) == (Audience.PUBLIC, dated.today())


def test_nobody_who_is_erased_in_the_backup_gets_a_name(world):
    erase(world)

    follow(f"name_withheld membership:{world['withheld'].pk}")

    assert not Membership.objects.get(pk=world["withheld"].pk).is_confidential


def test_a_list_that_cannot_be_written_leaves_the_one_before(tmp_path, monkeypatch):
    listed = decisions.keep(tmp_path / "today", {("erased", "user:1"): "account_erased user:1"})
    before = listed.read_text()

    def no_space(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(decisions.os, "fsync", no_space)
    with pytest.raises(OSError, match="No space"):
        decisions.keep(tmp_path / "today", {("erased", "user:2"): "account_erased user:2"})

    assert listed.read_text() == before
