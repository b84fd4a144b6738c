import pytest
from django.test import Client

from blog.actions.courses import join_course
from blog.exceptions import Refused
from blog.models import Membership, Pod, User
from tests import factories
from tests.submitted import fields_of

PAGES = ["/c/networks/roster/", "/c/networks/settings/pods/", "/c/networks/settings/sections/"]


@pytest.mark.parametrize("path", PAGES)
def test_access(client, course, ada, assistant, observer, eve, instructor, path):
    assert client.get(path).status_code == 302
    for user, status in [(eve, 404), (ada, 403), (assistant, 403), (observer, 403)]:
        client.force_login(user)
        assert client.get(path).status_code == status
    client.force_login(instructor)
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("members", [1, 3])
def test_roster_query_count(client, course, instructor, members, django_assert_num_queries):
    for _n in range(members):
        factories.add_member(course, factories.make_user())
    client.force_login(instructor)

    factories.make_invitation(course, instructor)

    # session, user with memberships; pods and sections of the filters; members, invitations
    with django_assert_num_queries(6):
        response = client.get("/c/networks/roster/")

    assert len(response.context["page"].entries) == members + 2


def names(client, query=""):
    entries = client.get(f"/c/networks/roster/{query}").context["page"].entries
    return [entry.name for entry in entries]


def test_team_stands_first_then_students_by_family_name(client, course, instructor):
    for name in ("Zeynep Aydın", "Élodie Brun", "Ota Černý", "Chen Wei"):
        factories.add_member(course, factories.make_user(name))
    Membership.objects.filter(user__display_name="Chen Wei").update(family_name="Chen")
    factories.make_invitation(course, instructor, name="Ivy Adams", family_name="Adams")
    observer = factories.make_user("Ada Aaa")
    factories.add_member(course, observer, "observer")
    client.force_login(instructor)

    assert names(client) == [
        "Ines Instructor",
        "Ivy Adams",
        "Zeynep Aydın",
        "Élodie Brun",
        "Ota Černý",
        "Chen Wei",
        "Ada Aaa",
    ]


def test_filters_leave_whom_they_name(client, course, ada, bob, instructor):
    pod, section = factories.make_pod(course, "Alder", ada), factories.make_section(course, "A01")
    bob.memberships.update(section=section, listed_name="Robert Registrar")
    factories.make_invitation(course, instructor, name="Ivy Invited")
    client.force_login(instructor)

    assert names(client, f"?q={ada.email.upper()}") == [str(ada)]
    assert names(client, "?q=registrar") == [str(bob)]
    assert names(client, "?role=team") == [str(instructor)]
    assert names(client, f"?pod={pod.pk}") == [str(ada)]
    assert names(client, "?pod=none&role=students") == ["Ivy Invited", str(bob)]
    assert names(client, f"?section={section.pk}") == [str(bob)]
    assert names(client, "?state=invited") == ["Ivy Invited"]
    assert len(names(client, "?state=nowhere")) == 4


def test_roster_shows_emails_and_the_name_on_the_list(client, course, ada, instructor):
    ada.memberships.update(listed_name="Adelaide Luna")
    client.force_login(instructor)

    page = client.get("/c/networks/roster/").content.decode()

    assert ada.email in page
    assert "Adelaide Luna" in page
    assert '<svg role="img"' in page


@pytest.mark.parametrize("pods", [1, 3])
def test_pod_list_query_count(client, course, instructor, ada, pods, django_assert_num_queries):
    for n in range(pods):
        factories.make_pod(course, f"Pod {n}", ada)
    client.force_login(instructor)

    # session, user with memberships; the form's students; sections; pods, their members
    with django_assert_num_queries(6):
        client.get("/c/networks/settings/pods/")


def test_member_edit_changes_role_pod_and_section(client, course, ada, instructor):
    pod, section = factories.make_pod(course, "Pod 1"), factories.make_section(course, "A01")
    client.force_login(instructor)

    response = client.post(
        f"/c/networks/roster/{ada.username}/",
        {"role": "assistant", "pod": pod.pk, "section": section.pk},
    )

    membership = Membership.objects.get(course=course, user=ada)
    assert response.url == "/c/networks/roster/"
    assert (membership.role, membership.pod, membership.section) == ("assistant", pod, section)


def test_member_edit_refuses_a_pod_of_another_course(client, course, ada, instructor):
    foreign = factories.make_pod(factories.make_course(), "Foreign")
    client.force_login(instructor)

    response = client.post(
        f"/c/networks/roster/{ada.username}/", {"role": "student", "pod": foreign.pk}
    )

    assert response.status_code == 422
    assert Membership.objects.get(course=course, user=ada).pod is None


def test_member_edit_keeps_the_last_instructor(client, course, instructor):
    client.force_login(instructor)

    response = client.post(f"/c/networks/roster/{instructor.username}/", {"role": "student"})

    assert "A course needs an instructor." in response.content.decode()
    assert instructor.memberships.get().role == "instructor"


def test_removed_member_loses_access_in_an_open_session(client, course, ada, instructor):
    ada_client = Client()
    ada_client.force_login(ada)
    assert ada_client.get("/c/networks/").status_code == 200
    client.force_login(instructor)

    client.post(f"/c/networks/roster/{ada.username}/remove/")

    assert ada_client.get("/c/networks/").status_code == 404
    client.post(f"/c/networks/roster/{ada.username}/restore/")
    assert ada_client.get("/c/networks/").status_code == 200


def test_member_remove_asks_first(client, course, ada, instructor):
    client.force_login(instructor)

    response = client.get(f"/c/networks/roster/{ada.username}/remove/")

    assert response.status_code == 200
    assert Membership.objects.get(course=course, user=ada).ended_at is None


def test_join_code_rotate_makes_a_new_code(client, course, instructor):
    client.force_login(instructor)

    client.post("/c/networks/roster/code/")

    old = course.join_code
    course.refresh_from_db()
    assert course.join_code != old


def test_pod_is_created_changed_and_deleted(client, course, ada, bob, instructor):
    client.force_login(instructor)
    ada_in, bob_in = ada.membership_in(course), bob.membership_in(course)
    key = "6a9f5b8e-3a53-4f0e-9f0c-2a3b1d7f9e10"

    for _twice in range(2):
        client.post(
            "/c/networks/settings/pods/", {"key": key, "name": "Pod 1", "members": [ada_in.pk]}
        )

    pod = Pod.objects.get()
    assert [m.user for m in pod.memberships.all()] == [ada]

    path = f"/c/networks/settings/pods/{pod.pk}/"
    page = fields_of(client.get(path), "name")
    client.post(path, page | {"name": "Pod A", "members": [bob_in.pk]})

    pod.refresh_from_db()
    assert pod.name == "Pod A"
    assert [m.user for m in pod.memberships.all()] == [bob]

    client.post(f"{path}delete/")

    assert not Pod.objects.exists()
    assert Membership.objects.get(pk=bob_in.pk).pod is None


def test_taken_pod_name_is_an_error_at_the_field(client, course, instructor):
    factories.make_pod(course, "Pod 1")
    client.force_login(instructor)

    response = client.post(
        "/c/networks/settings/pods/",
        {"key": "6a9f5b8e-3a53-4f0e-9f0c-2a3b1d7f9e10", "name": "Pod 1"},
    )

    assert response.status_code == 422
    assert "This course already has a pod with this name." in response.content.decode()
    assert Pod.objects.count() == 1


def test_pods_are_drawn_of_who_has_none(client, course, ada, bob, instructor):
    old = factories.make_pod(course, "Pod 1", bob)
    others = [factories.make_user() for _n in range(3)]
    for user in others:
        factories.add_member(course, user)
    invited = factories.make_invitation(course, instructor)
    client.force_login(instructor)
    page = fields_of(client.get("/c/networks/settings/pods/"), "size")

    for _twice in range(2):
        answer = client.post("/c/networks/settings/pods/draw/", page | {"size": 2, "seed": 7})

    assert answer.url == "/c/networks/settings/pods/"
    new = list(Pod.objects.exclude(pk=old.pk).order_by("pk"))
    assert [pod.name for pod in new] == ["Pod 2", "Pod 3", "Pod 4"]
    sizes = [pod.memberships.count() + pod.invitations.count() for pod in new]
    assert sorted(sizes) == [1, 2, 2]
    assert bob.memberships.get().pod == old
    invited.refresh_from_db()
    assert invited.pod in new


def test_pods_can_be_drawn_by_section(client, course, ada, bob, instructor):
    bob.memberships.update(section=factories.make_section(course, "A01"))
    client.force_login(instructor)
    page = fields_of(client.get("/c/networks/settings/pods/"), "size")

    client.post("/c/networks/settings/pods/draw/", page | {"size": 4, "by_section": "on"})

    assert ada.memberships.get().pod != bob.memberships.get().pod


def test_a_name_that_has_a_teachers_in_it_joins_and_is_shown(client, course, instructor, ada):
    User.objects.filter(pk=instructor.pk).update(display_name="Maria Garcia")
    student = factories.make_user("Maria Garcia Lopez")
    join_course(course, by=student)
    client.force_login(instructor)

    page = client.get("/c/networks/roster/").content.decode()

    shown = " ".join(page.split())
    assert shown.count("Has a name like <bdi>Maria Garcia</bdi>, who teaches here") == 1
    assert student.membership_in(course).is_student


@pytest.mark.parametrize("name", ["Maria Garcia", "Dr. Maria Garcia", "Maria Garcia (she/her)"])
def test_who_has_the_name_of_a_later_teacher_is_shown(client, course, instructor, ada, bob, name):
    User.objects.filter(pk=ada.pk).update(display_name="Maria Garcia")
    User.objects.filter(pk=instructor.pk).update(display_name=name)
    client.force_login(instructor)

    shown = " ".join(client.get("/c/networks/roster/").content.decode().split())

    assert shown.count(f"Has a name like <bdi>{name}</bdi>, who teaches here") == 1


@pytest.mark.parametrize("name", ["Prof. Maria Garcia", "Maria Garcia (instructor)"])
def test_a_teachers_name_with_a_title_does_not_join(course, instructor, name):
    User.objects.filter(pk=instructor.pk).update(display_name="Maria Garcia")
    student = factories.make_user(name)

    with pytest.raises(Refused, match="A title or a role is not enough"):
        join_course(course, by=student)
