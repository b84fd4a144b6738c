"""The demo course as rows: whole, dated, graded and tied, and loaded once however often.

The reasons that it gives are computed again from plain rows. All is in one file, since loading the
course is most of what this takes.
"""

from collections import Counter
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test import Client, override_settings
from django.utils import timezone

from blog.models import AuditEvent, Comment, Course, Grading, OutboxMessage, Post, Revision, User
from network import ties
from network.demo.comments import COMMENTS, FOLLOWS
from network.demo.grades import GRADES
from network.demo.guests import GUEST_COMMENTS
from network.demo.people import PEOPLE, STUDENTS
from network.demo.posts import DRAFTS, POSTS
from network.discovery import Reason
from network.management.commands.demo import CAST, PASSWORD
from network.models import Follow
from network.queries.ego_network import load_ego_network
from network.queries.offered_posts import offer_of
from network.ties import TieClass
from tests.browser.places import places
from tests.browser.visits import expected_status, open_in
from tests.network.plain_rows import Rows
from tests.written import kept

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

EMAILS = {person.key: person.email for person in PEOPLE}


# On SQLite a browser opens each of the pages too (tests/browser/test_axe.py).
ELSEWHERE = pytest.mark.long if connection.vendor == "sqlite" else pytest.mark.slow


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Load the course once for this module; every test rolls back to it, the last one all of it."""
    with kept(django_db_blocker):
        with override_settings(DEBUG=True):
            call_command("demo", verbosity=0)
        yield Course.objects.get(slug="edci338")


def person(key):
    return User.objects.get(email=EMAILS[key])


def rows():
    """Count the rows of every table that is ours or allauth's."""
    labels = ("blog", "network", "account", "auth")
    models = (model for model in apps.get_models() if model._meta.app_label in labels)
    return {model._meta.label: model._default_manager.count() for model in models}


def test_demo_loads_everything_that_is_written(demo):
    authors = Counter(Post.objects.filter(course=demo).values_list("author__email", flat=True))

    assert demo.memberships.students().count() == len(STUDENTS) == 24
    assert sorted(pod.memberships.count() for pod in demo.pods.all()) == [4] * 6
    assert authors == Counter(EMAILS[post.author] for post in (*POSTS, *DRAFTS))
    assert Post.objects.published().count() == len([post for post in POSTS if not post.withdrawn])
    assert Post.objects.filter(status=Post.Status.DRAFT).count() == len(DRAFTS)
    assert Post.objects.filter(status=Post.Status.WITHDRAWN).count() == 1
    assert Revision.objects.count() == sum(1 + len(post.revisions) for post in POSTS)
    assert Comment.objects.count() == len(COMMENTS) + len(GUEST_COMMENTS)
    assert Comment.objects.filter(deleted_at__isnull=False, replies__deleted_at=None).count() == 1
    assert Comment.objects.filter(audience=Comment.Audience.TEAM).exists()
    assert Follow.objects.in_course(demo).count() == len(FOLLOWS)


def test_demo_has_at_least_22_students_who_post_and_comment(demo):
    students = User.objects.filter(memberships__in=demo.memberships.students())
    active = students.filter(
        posts__in=Post.objects.published(), comments__in=Comment.objects.open()
    )

    assert active.distinct().count() >= 22


def test_demo_is_in_its_eighth_week_today(demo):
    days = (demo.today() - demo.starts_on).days

    assert days // 7 + 1 == 8
    assert (demo.ends_on - demo.starts_on).days + 1 == 12 * 7


def test_demo_happened_before_today_and_after_everybody_joined(demo):
    today = timezone.now().astimezone(demo.zone).replace(hour=0, minute=0, second=0)
    moments = [
        *Comment.objects.exclude(author=None).values_list("author", "created_at"),
        *Revision.objects.values_list("created_by", "created_at"),
        *Grading.objects.values_list("grader", "updated_at"),
        *Follow.objects.values_list("follower", "created_at"),
        *AuditEvent.objects.filter(course=demo).exclude(actor=None).values_list("actor", "at"),
    ]
    joined = dict(demo.memberships.values_list("user", "joined_at"))
    opened = AuditEvent.objects.get(action="course_opened").at

    assert opened == demo.created_at
    assert [at for _, at in moments if at >= today] == []
    assert [by for by, at in moments if at < joined[by] and at != opened] == []
    assert {c.day for c in Comment.objects.all()} == {
        demo.starts_on + timedelta(days=comment.day) for comment in (*COMMENTS, *GUEST_COMMENTS)
    }


def test_cast_can_log_in_and_nobody_is_a_superuser(demo):
    roles = {key: demo.memberships.get(user=person(key)).role for key in CAST}
    confirmed = EmailAddress.objects.filter(verified=True, primary=True)

    assert roles == {
        "ines": "instructor",
        "kwabena": "assistant",
        "harriet": "observer",
        "noor": "student",
        "tomasz": "student",
    }
    for key in CAST:
        assert authenticate(username=EMAILS[key], password=PASSWORD) == person(key)
    assert set(confirmed.values_list("email", flat=True)) == set(EMAILS.values())
    assert not User.objects.filter(is_superuser=True).exists()
    assert [k for k in CAST if person(k).has_perm("blog.open_course")] == ["ines"]


def test_every_post_of_the_demo_renders_as_stored_with_no_unknown_key(demo):
    for post in Post.objects.published().select_related("revision", "prompt"):
        rendered = post.render(post.revision.text).rendered
        keys = set(post.references.values_list("key", flat=True))

        assert rendered.unknown == ()
        assert rendered.html == post.revision.html
        assert {entry["key"] for entry in post.revision.references} <= keys
    for draft in Post.objects.filter(status=Post.Status.DRAFT).select_related("prompt"):
        assert draft.render(draft.drafts.get().text).rendered.unknown == ()


def test_first_grades_are_released_and_no_mail_waits(demo):
    released = Grading.objects.released()
    revised_since = [f.post.slug for f in released if f.revision_id != f.post.revision_id]

    assert Grading.objects.count() == len(GRADES)
    assert {feedback.prompt.number for feedback in released} == {1}
    assert released.count() == len([grade for grade in GRADES if grade.prompt == 1])
    assert not released.filter(updated_at__gt=F("released_at")).exists()
    assert revised_since == ["what-the-fish-man-knows"]
    assert Grading.objects.complete().count() == len(GRADES)
    assert OutboxMessage.objects.filter(guest=None).count() == released.count()
    assert not OutboxMessage.objects.filter(sent_at=None).exists()


def test_one_guest_waits_and_one_is_published(demo):
    guests = Comment.objects.filter(author=None).order_by("created_at")

    assert [guest.state for guest in guests] == [Comment.State.OPEN, Comment.State.WAITING]
    assert all(guest.post.is_public for guest in guests)


def test_ties_are_in_step_and_of_every_class(demo):
    pairs = Counter(pair.tie_class for pair in ties.pairs_of(demo))

    assert ties.check(demo) == []
    assert sum(pair.dormant for pair in ties.pairs_of(demo)) >= 3
    assert set(pairs) == {TieClass.STRONG, TieClass.WEAK, TieClass.VERY_WEAK}
    for key in ("noor", "tomasz"):
        mine = ties.ties_of(person(key), demo)
        assert {tie.tie_class for tie in mine} == {
            TieClass.STRONG,
            TieClass.WEAK,
            TieClass.VERY_WEAK,
        }
        assert any(tie.follows for tie in mine)
        assert any(tie.followed_by for tie in mine)


@ELSEWHERE
def test_every_page_of_the_demo_answers(demo):
    wrong = []

    for user, paths in places(demo).items():
        client = Client()
        if user is not None:
            client.force_login(user)
        for name, path in paths.items():
            status = open_in(client, path, follow=True).status_code
            if status != expected_status(name, path):
                wrong.append(f"{name}: {status}")

    assert wrong == []


def test_demo_twice_is_once(demo, settings, capsys):
    settings.DEBUG = True
    before = rows()

    call_command("demo")

    out = capsys.readouterr().out
    assert rows() == before
    assert "exists already. Nothing was changed." in out
    assert [line.split() for line in out.splitlines()[1:]] == [
        [role, EMAILS[key], PASSWORD]
        for role, key in zip(
            ("instructor", "assistant", "observer", "student", "student"), CAST, strict=True
        )
    ]


def test_second_load_does_not_print_a_password_that_was_changed(demo, settings, capsys):
    settings.DEBUG = True
    noor = person("noor")
    noor.set_password("a word of her own")
    noor.save()

    call_command("demo")

    out = capsys.readouterr().out
    assert f"{noor.email:<36}  (a password of their own)" in out
    assert out.count(PASSWORD) == len(CAST) - 1


@pytest.fixture
def students(demo):
    return User.objects.filter(memberships__course=demo, memberships__role="student")


def test_every_reason_for_a_post_in_the_demo_course_is_true_of_its_rows(demo, students):
    rows = Rows(demo)

    offered = [(one, reader) for reader in students for one in offer_of(reader, demo).posts]

    assert len(offered) > len(students)
    assert {one.reason for one, _ in offered} >= {Reason.WORK, Reason.CITED_TOGETHER, Reason.CHANCE}
    assert [
        (str(one.post), one.reason)
        for one, reader in offered
        if not rows.is_true_of_offer(one, reader)
    ] == []


def test_every_reason_of_the_networks_in_the_demo_course_is_true_of_its_rows(demo, students):
    rows = Rows(demo)
    networks = [(reader, load_ego_network(reader, demo)) for reader in students]

    build = [(one, reader) for reader, network in networks for one in network.get("build", [])]
    quiet = [(one, reader) for reader, network in networks for one in network.get("maintain", [])]
    contacts = [
        (tie, post, reader)
        for reader, network in networks
        for tie, post in network.get("activate", [])
    ]

    assert len(build) > len(students)
    assert quiet
    assert contacts
    assert [one for one, reader in build if not rows.is_true_of_person(one, reader)] == []
    assert [one for one, reader in quiet if not rows.is_true_of_quiet(one, reader)] == []
    assert [row for row in contacts if not rows.is_true_of_contact(*row)] == []
