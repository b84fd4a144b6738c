"""The demo course as rows: whole, dated, graded and tied, and loaded once however often."""

from collections import Counter
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction
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
from network.management.commands.demo import CAST, PASSWORD
from network.models import Follow
from network.ties import TieClass
from tests.browser.places import places

EMAILS = {person.key: person.email for person in PEOPLE}


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Load the course once for this module; every test rolls back to it, the last one all of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEBUG=True):
            call_command("demo", verbosity=0)
        yield Course.objects.get(slug="edci338")
        transaction.set_rollback(True)


def person(key):
    return User.objects.get(email=EMAILS[key])


def rows():
    """Count the rows of every table that is ours or allauth's."""
    labels = ("blog", "network", "account", "auth")
    models = (model for model in apps.get_models() if model._meta.app_label in labels)
    return {model._meta.label: model._default_manager.count() for model in models}


@pytest.mark.django_db
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


@pytest.mark.django_db
def test_demo_has_at_least_22_students_who_post_and_comment(demo):
    students = User.objects.filter(memberships__in=demo.memberships.students())
    active = students.filter(
        posts__in=Post.objects.published(), comments__in=Comment.objects.open()
    )

    assert active.distinct().count() >= 22


@pytest.mark.django_db
def test_demo_is_in_its_eighth_week_today(demo):
    days = (demo.today() - demo.starts_on).days

    assert days // 7 + 1 == 8
    assert (demo.ends_on - demo.starts_on).days + 1 == 12 * 7


@pytest.mark.django_db
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


@pytest.mark.django_db
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


@pytest.mark.django_db
def test_every_post_of_the_demo_renders_as_stored_with_no_unknown_key(demo):
    for post in Post.objects.published().select_related("revision", "prompt"):
        rendered = post.render(post.revision.text).rendered
        keys = set(post.references.values_list("key", flat=True))

        assert rendered.unknown == ()
        assert rendered.html == post.revision.html
        assert {entry["key"] for entry in post.revision.references} <= keys
    for draft in Post.objects.filter(status=Post.Status.DRAFT).select_related("prompt"):
        assert draft.render(draft.drafts.get().text).rendered.unknown == ()


@pytest.mark.django_db
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


@pytest.mark.django_db
def test_one_guest_waits_and_one_is_published(demo):
    guests = Comment.objects.filter(author=None).order_by("created_at")

    assert [guest.state for guest in guests] == [Comment.State.OPEN, Comment.State.WAITING]
    assert all(guest.post.is_public for guest in guests)


@pytest.mark.django_db
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


@pytest.mark.django_db
def test_every_page_of_the_demo_answers(demo):
    """A browser looks at the pages too, but on one database only."""
    wrong = []

    for user, paths in places(demo).items():
        client = Client()
        if user is not None:
            client.force_login(user)
        for name, path in paths.items():
            expected = int(name) if name.isdecimal() else 200
            if (status := client.get(path, follow=True).status_code) != expected:
                wrong.append(f"{name}: {status}")

    assert wrong == []


@pytest.mark.django_db
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


@pytest.mark.django_db
def test_second_load_does_not_print_a_password_that_was_changed(demo, settings, capsys):
    settings.DEBUG = True
    noor = person("noor")
    noor.set_password("a word of her own")
    noor.save()

    call_command("demo")

    out = capsys.readouterr().out
    assert f"{noor.email:<36}  (a password of their own)" in out
    assert out.count(PASSWORD) == len(CAST) - 1
