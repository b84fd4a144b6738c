"""Appointments of instructors, assistants and openers of courses: people who can sign in.

Each way to do so: the action, the admin site and the roster.
"""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.actions.accounts import allow_opening_courses
from blog.actions.courses import appoint_instructor, change_member, remove_member, restore_member
from blog.exceptions import Refused
from blog.models import AuditEvent, Membership, User
from tests import factories

Role = Membership.Role
CLOSED, UNCONFIRMED = "is closed", "has not confirmed their email"


def close(person):
    User.objects.filter(pk=person.pk).update(is_active=False)


def take_back_confirmation(person):
    person.emailaddress_set.update(verified=False)


def change_email_alone(person):
    """Leave a confirmed address that is not the account's any more."""
    User.objects.filter(pk=person.pk).update(email="other@example.edu")


SHUT_OUT = {close: CLOSED, take_back_confirmation: UNCONFIRMED, change_email_alone: UNCONFIRMED}
shut_out = pytest.mark.parametrize(("shut", "message"), SHUT_OUT.items())


@pytest.fixture
def root(db):
    return factories.make_user("Rosa Root", is_staff=True, is_superuser=True)


@pytest.fixture
def site(root):
    client = Client()
    client.force_login(root)
    return client


def stored(person):
    return User.objects.get(pk=person.pk)


@shut_out
def test_appoint_instructor_of_somebody_who_cannot_sign_in(course, ada, root, shut, message):
    shut(ada)

    with pytest.raises(Refused, match=message):
        appoint_instructor(course, stored(ada), by=root)

    assert course.memberships.get(user=ada).role == Role.STUDENT


@shut_out
def test_right_to_open_courses_of_somebody_who_cannot_sign_in(ada, root, shut, message):
    shut(ada)

    with pytest.raises(Refused, match=message):
        allow_opening_courses(stored(ada), by=root, allowed=True)
    allow_opening_courses(stored(ada), by=root, allowed=False)

    assert not ada.user_permissions.exists()


@shut_out
@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.ASSISTANT])
def test_change_member_to_a_role_that_they_could_not_use(
    course, ada, instructor, role, shut, message
):
    shut(ada)
    membership = course.memberships.get(user=ada)

    with pytest.raises(Refused, match=message):
        change_member(membership, by=instructor, role=role, pod=None)
    change_member(membership, by=instructor, role=Role.OBSERVER, pod=None)

    assert course.memberships.get(user=ada).role == Role.OBSERVER


def test_change_member_who_teaches_already(course, assistant, instructor):
    close(assistant)
    pod = factories.make_pod(course)

    change_member(
        course.memberships.get(user=assistant), by=instructor, role=Role.ASSISTANT, pod=pod
    )

    assert course.memberships.get(user=assistant).pod == pod


@shut_out
def test_restore_member_who_taught(course, assistant, ada, instructor, shut, message):
    course.memberships.filter(user__in=[assistant, ada]).update(ended_at=timezone.now())
    for person in (assistant, ada):
        shut(person) if person is assistant else close(person)

    with pytest.raises(Refused, match=message):
        restore_member(course.memberships.get(user=assistant), by=instructor)
    restore_member(course.memberships.get(user=ada), by=instructor)

    assert course.memberships.get(user=assistant).ended_at is not None
    assert course.memberships.get(user=ada).ended_at is None


@shut_out
def test_an_instructor_who_cannot_sign_in_is_none_to_keep(course, instructor, eve, shut, message):
    factories.add_member(course, eve, Role.INSTRUCTOR)
    shut(eve)
    own = course.memberships.get(user=instructor)

    with pytest.raises(Refused, match="needs an instructor"):
        remove_member(own, by=instructor)
    with pytest.raises(Refused, match="needs an instructor"):
        change_member(own, by=instructor, role=Role.STUDENT, pod=None)
    remove_member(course.memberships.get(user=eve), by=instructor)

    assert list(course.memberships.active().instructors()) == [own]


def test_an_instructor_leaves_another_who_can_sign_in(course, instructor, eve):
    factories.add_member(course, eve, Role.INSTRUCTOR)

    remove_member(course.memberships.get(user=instructor), by=instructor)

    assert [m.user for m in course.memberships.active().instructors()] == [eve]


@shut_out
def test_the_admin_site_says_whom_it_cannot_appoint(site, course, ada, shut, message):
    shut(ada)
    form = {"action": "appoint_instructor", "_selected_action": [course.pk]}

    page = site.post(
        reverse("admin:blog_course_changelist"), form | {"person": stored(ada).email}, follow=True
    )

    assert message in page.content.decode()
    assert "is an instructor of" not in page.content.decode()
    assert not AuditEvent.objects.filter(action="instructor_appointed").exists()


@shut_out
def test_the_admin_site_says_who_cannot_open_courses(site, ada, bob, shut, message):
    shut(ada)
    form = {"action": "give_right_to_open_courses", "_selected_action": [ada.pk, bob.pk]}

    page = site.post(reverse("admin:blog_user_changelist"), form, follow=True)

    messages = [str(one) for one in page.context["messages"]]
    assert [message in messages[0], messages[1:]] == [True, ["1 person can open courses now."]]
    assert list(User.objects.filter(user_permissions__codename="open_course")) == [bob]


@pytest.mark.parametrize("others", ["none", "closed", "open"])
def test_closing_the_account_of_the_only_instructor_is_said(site, course, instructor, eve, others):
    if others != "none":
        factories.add_member(course, eve, Role.INSTRUCTOR)
    if others == "closed":
        close(eve)

    page = site.post(reverse("admin:blog_user_change", args=[instructor.pk]), {}, follow=True)

    assert not stored(instructor).is_active
    is_said = "Learning in networks has no instructor now who can sign in." in page.content.decode()
    assert is_said is (others != "open")


@shut_out
def test_the_roster_says_it_at_the_role(client, course, ada, instructor, shut, message):
    shut(ada)
    client.force_login(instructor)

    page = client.post(f"/c/networks/roster/{ada.username}/", {"role": "instructor"})

    assert message in str(page.context["form"].errors["role"])
    assert course.memberships.get(user=ada).role == Role.STUDENT


def test_the_roster_says_whom_it_cannot_let_back_in(client, course, assistant, instructor):
    course.memberships.filter(user=assistant).update(ended_at=timezone.now())
    close(assistant)
    client.force_login(instructor)

    page = client.post(f"/c/networks/roster/{assistant.username}/restore/", follow=True)

    assert CLOSED in page.content.decode()
    assert course.memberships.get(user=assistant).ended_at is not None
