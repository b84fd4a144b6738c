"""Mail and files are made in the language of who reads them, whoever made them due."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone, translation

from blog.actions.announcements import send_announcement
from blog.actions.comments import add_comment
from blog.models import Announcement, Course, Notification, OutboxMessage, Takeout
from blog.models.outbox import queue_mail
from blog.tasks import send_due_mail
from blog.tasks.takeouts import make_takeouts
from tests import factories
from tests.blog.admin.support import grant, list_url
from tests.made_languages import ARABIC, FRENCH, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("languages")]


def speak(language, *rows):
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(language=language)


def send_all():
    """Send what waits, in a process that speaks another language."""
    OutboxMessage.objects.update(due_at=timezone.now())
    with translation.override(ARABIC):
        send_due_mail()
    return mail.outbox


def greeting(language, person):
    return said(language, "Hello %(name)s,", name=person.get_short_name())


@pytest.mark.parametrize(
    ("person", "course_s", "expected"),
    [(FRENCH, ARABIC, FRENCH), ("", FRENCH, FRENCH), ("", "", "en"), ("tlh", "tlh", "en")],
)
def test_a_mail_of_a_course_speaks(ada, course, person, course_s, expected):
    speak(person, ada)
    speak(course_s, course)
    day = timezone.localdate() + timedelta(days=30)
    Course.objects.filter(pk=course.pk).update(read_only_on=day)
    queue_mail(
        ada, "course_date", key="k", course=course.pk, field="read_only_on", day=day.isoformat()
    )

    [sent] = send_all()

    assert greeting(expected, ada) in sent.body


@pytest.mark.parametrize(
    ("other_course_s", "expected"), [(FRENCH, FRENCH), (ARABIC, "en")], ids=["one", "two"]
)
def test_a_digest_speaks_the_language_of_its_courses(ada, bob, course, other_course_s, expected):
    other = factories.make_course("other", instructor=factories.make_user())
    factories.add_member(other, ada)
    speak(FRENCH, course)
    speak(other_course_s, other)
    for each in (course, other):
        if each == other:
            factories.add_member(other, bob)
        add_comment(factories.make_post(ada, each), by=bob, text="And why?")
    Notification.objects.filter(reader=ada).update(mail_key="digest")
    queue_mail(ada, "digest", key="digest")

    [sent] = send_all()

    assert greeting(expected, ada) in sent.body


def test_the_page_of_a_mail_says_its_language_and_direction(instructor, ada, course):
    speak(ARABIC, ada)
    speak(FRENCH, instructor)
    send_announcement(course, by=instructor, title="Room", text="We meet in room 5.")

    Announcement.objects.update(sends_at=timezone.now() - timedelta(minutes=1))
    [sent] = [one for one in send_all() if one.recipients() == [ada.email]]

    page = str(sent.alternatives[0].content)
    assert '<html lang="ar" dir="rtl">' in page
    assert greeting(ARABIC, ada) in sent.body


def test_one_invited_is_written_to_in_the_language_of_the_course(instructor, course):
    speak(FRENCH, course)
    invitation = factories.make_invitation(
        Course.objects.get(pk=course.pk), instructor, name="Nour Said"
    )
    OutboxMessage.objects.bulk_create([invitation.mail()])

    [sent] = send_all()

    assert said(FRENCH, "Hello %(name)s,", name="Nour Said") in sent.body


@pytest.mark.parametrize(
    ("guest_s", "course_s", "expected"), [(FRENCH, ARABIC, FRENCH), ("", FRENCH, FRENCH)]
)
def test_a_guest_is_written_to_in_the_language_of_a_page(ada, course, guest_s, course_s, expected):
    speak(course_s, course)
    post = factories.make_post(ada, Course.objects.get(pk=course.pk))
    comment = factories.make_guest_comment(post, email="gil@example.org", language=guest_s)

    message = OutboxMessage(guest=comment.guest, template="guest_comment_received", key="k")

    assert message.language == expected


@pytest.mark.parametrize(
    ("person", "course_s", "expected"), [(ARABIC, FRENCH, "ar"), ("", ARABIC, "ar"), ("", "", "en")]
)
def test_everything_of_mine_speaks_to_its_person(ada, course, person, course_s, expected):
    speak(person, ada)
    speak(course_s, course)
    factories.make_post(ada, course)
    Takeout.objects.create(person=ada, course=course)

    with translation.override(FRENCH):
        make_takeouts()

    with Takeout.objects.get().file.open("rb") as file:
        pages = zipfile.ZipFile(io.BytesIO(file.read()))
    first = pages.read("index.html").decode()
    direction = ' dir="rtl"' if expected == "ar" else ""
    assert re.search(r"<html[^>]*>", first)[0].replace(" >", ">") == (
        f'<html lang="{expected}"{direction}>'
    )
    assert said(expected, "Everything of mine") in first


def test_a_confirmation_that_staff_send_is_in_the_language_of_its_reader(client, ada):
    speak(FRENCH, ada)
    ada.emailaddress_set.update(verified=False)
    clerk = factories.make_user(is_staff=True)
    grant(clerk, "view_user", "change_user")
    client.force_login(clerk)

    client.post(
        list_url("blog_user"),
        {"action": "send_confirmations_again", "_selected_action": [ada.pk]},
        headers={"Accept-Language": "ar"},
    )

    [sent] = mail.outbox
    assert sent.body.startswith(said(FRENCH, "Hello,"))
