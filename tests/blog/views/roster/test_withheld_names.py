"""Withholding of names by instructors: also after leaving, and in an archived course."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from blog.actions.withheld_names import ask_to_withhold_name
from blog.models import Course, OutboxMessage, User, name_for
from blog.tasks import send_due_mail
from tests import factories

pytestmark = pytest.mark.django_db


def address(name, course, person):
    return reverse(name, args=[course.slug, person.username])


@pytest.fixture
def former(course, ada):
    course.memberships.filter(user=ada).update(ended_at=timezone.now())
    return ada


def archive(course):
    Course.objects.filter(pk=course.pk).update(archived_at=timezone.now())


def press(client, course, person, label):
    page = client.get(address("member_name", course, person)).text
    assert label in page
    name = {"Withhold the name": "member_name_withhold", "Show the name again": "member_name_print"}
    answer = client.post(address(name[label], course, person))
    assert answer.url == address("member_name", course, person)
    return client.get(answer.url).text


@pytest.mark.parametrize("is_archived", [False, True])
def test_a_former_members_name_is_withheld_and_shown_again(
    client, course, instructor, former, bob, is_archived
):
    factories.make_post(former, course, "Open doors")
    if is_archived:
        archive(course)
    client.force_login(instructor)
    roster = client.get(reverse("roster", args=[course.slug])).text
    assert address("member_name", course, former) in roster

    page = press(client, course, former, "Withhold the name")

    assert "The name is withheld" in page
    reader = User.objects.get(pk=bob.pk)
    assert name_for(User.objects.get(pk=former.pk), reader) == former.neutral_name
    page = press(client, course, former, "Show the name again")
    assert "Withhold the name" in page
    reader = User.objects.get(pk=bob.pk)
    assert name_for(User.objects.get(pk=former.pk), reader) == former.display_name


def test_a_student_asks_in_an_archived_course_and_is_led_to(client, course, instructor, ada):
    archive(course)
    client.force_login(ada)
    ask = reverse("name_withhold_ask", args=[course.slug])
    assert ask in client.get(reverse("profile_edit")).text

    assert client.post(ask).status_code == 302

    OutboxMessage.objects.update(due_at="2026-01-01T12:00Z")
    send_due_mail()
    [sent] = mail.outbox
    assert address("member_name", course, ada) in sent.body


def test_who_asks_and_leaves_is_found_where_the_home_leads(client, course, instructor, ada, bob):
    ask_to_withhold_name(course.memberships.get(user=ada), by=ada)
    course.memberships.update_or_create(user=ada, defaults={"ended_at": timezone.now()})
    client.force_login(instructor)

    home = client.get(course.get_absolute_url()).text
    roster = client.get(reverse("roster", args=[course.slug])).text

    assert "1 student asks you to withhold their name." in home
    assert reverse("roster", args=[course.slug]) in home
    former = roster[roster.index('<details class="fold" open>') :]
    assert "Asks to have the name withheld" in former
    assert address("member_name", course, ada) in former
    course.memberships.filter(user=ada).update(confidentiality_asked_at=None)
    roster = client.get(reverse("roster", args=[course.slug])).text
    assert "Asks to have the name withheld" not in roster
    assert '<details class="fold" open>' not in roster


def test_an_erased_account_and_who_teaches_have_no_such_page(client, course, instructor, former):
    User.objects.filter(pk=former.pk).update(erased_at=timezone.now())
    client.force_login(instructor)

    roster = client.get(reverse("roster", args=[course.slug])).text
    pages = [client.get(address("member_name", course, who)) for who in (former, instructor)]

    assert [page.status_code for page in pages] == [404, 404]
    assert address("member_name", course, former) not in roster
    assert address("member_restore", course, former) not in roster


def test_showing_a_name_again_asks_first_and_tells_the_student(client, course, instructor, ada):
    course.memberships.filter(user=ada).update(is_confidential=True)
    client.force_login(instructor)
    ask = address("member_name_print", course, ada)
    assert ask in client.get(address("member_name", course, ada)).text

    page = client.get(ask).text

    assert "Ask the student first" in page
    assert course.memberships.get(user=ada).is_confidential
    client.post(ask)
    OutboxMessage.objects.exclude(template="name_decided").delete()
    send_due_mail()  # at any hour
    [sent] = mail.outbox
    assert sent.to == [ada.email]
    assert "shown again" in sent.subject
    assert instructor.display_name in sent.body
    client.force_login(ada)
    page = client.get(reverse("name_withhold_ask", args=[course.slug])).text
    assert f"{instructor.display_name} decided on" in page


def test_a_student_is_told_that_their_name_is_withheld_and_what_others_read(
    client, course, instructor, ada
):
    client.force_login(instructor)

    press(client, course, ada, "Withhold the name")

    send_due_mail()
    [sent] = mail.outbox
    assert "is withheld" in sent.subject
    assert f"Others see {ada.neutral_name}" in sent.body


@pytest.mark.parametrize("page", ["member_name", "member_edit"])
def test_a_course_name_that_tells_who_it_is_is_replaced(client, course, instructor, ada, bob, page):
    for name in ("The great ADA", bob.display_name.upper()):
        User.objects.filter(pk=ada.pk).update(course_name=name)
        course.memberships.filter(user=ada).update(is_confidential=False)
        client.force_login(instructor)
        text = client.get(address(page, course, ada)).text
        assert f"they are given <bdi>{ada.given_name}</bdi> instead" in text
        assert 'name="gives_name"' in text

        client.post(address("member_name_withhold", course, ada))
        assert not course.memberships.get(user=ada).is_confidential
        client.post(address("member_name_withhold", course, ada), {"gives_name": "1"})

        assert course.memberships.get(user=ada).is_confidential
        assert User.objects.get(pk=ada.pk).neutral_name == ada.given_name


def test_the_team_reads_on_the_home_that_somebody_asks_and_not_who(client, course, instructor, ada):
    client.force_login(ada)
    client.post(reverse("name_withhold_ask", args=[course.slug]))
    assert "to withhold their name" not in client.get(course.get_absolute_url()).text
    client.force_login(instructor)

    page = client.get(course.get_absolute_url()).text

    assert "1 student asks you to withhold their name." in page
    send_due_mail()  # at once, whatever the hour
    assert [each.to for each in mail.outbox] == [[instructor.email]]
    client.post(address("member_name_withhold", course, ada))
    assert "to withhold their name" not in client.get(course.get_absolute_url()).text
