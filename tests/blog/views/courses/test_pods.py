"""The pods of a course, for its instructors."""

import pytest
from django.utils import timezone

from blog.actions.courses import change_member
from blog.actions.pods import delete_pod, save_pod
from blog.exceptions import StaleVersion
from blog.models import AuditEvent, Pod
from tests import factories
from tests.submitted import fields_of


@pytest.fixture
def larks(course, ada):
    return factories.make_pod(course, "Larks", ada)


@pytest.fixture
def edit(client, instructor, larks):
    """Return a function that sends what a browser sends from an open page, with changes."""
    client.force_login(instructor)
    path = f"/c/networks/settings/pods/{larks.pk}/"

    def send(page, **changes):
        return client.post(path, fields_of(page, "name") | changes)

    send.open = lambda: client.get(path)
    return send


def names_in(pod):
    return sorted(str(member.user) for member in pod.memberships.all())


def test_list_shows_members_of_today(client, course, instructor, ada, bob):
    factories.make_pod(course, "Larks", ada, bob)
    course.memberships.filter(user=bob).update(ended_at=timezone.now())
    client.force_login(instructor)

    page = client.get("/c/networks/settings/pods/").content.decode()

    assert "Ada Student" in page
    assert "Bob Student" not in page


def test_a_page_from_before_drops_nobody_who_was_added_meanwhile(
    edit, course, larks, bob, instructor
):
    page = edit.open()
    change_member(bob.membership_in(course), by=instructor, role="student", pod=larks)

    assert edit(page).status_code == 302

    assert names_in(larks) == ["Ada Student", "Bob Student"]


def test_a_page_from_before_brings_nobody_back_who_was_moved_meanwhile(
    edit, course, larks, ada, bob, instructor
):
    page = edit.open()
    wrens = factories.make_pod(course, "Wrens")
    change_member(ada.membership_in(course), by=instructor, role="student", pod=wrens)

    edit(page, members=[ada.membership_in(course).pk, bob.membership_in(course).pk])

    assert (names_in(larks), names_in(wrens)) == (["Bob Student"], ["Ada Student"])


def test_a_page_from_before_takes_nobody_out_of_another_pod(edit, course, larks, ada, instructor):
    page = edit.open()
    wrens = factories.make_pod(course, "Wrens")
    change_member(ada.membership_in(course), by=instructor, role="student", pod=wrens)

    edit(page, members=[])

    assert (names_in(larks), names_in(wrens)) == ([], ["Ada Student"])


def test_a_former_member_keeps_the_pod(edit, course, larks, ada):
    page = edit.open()
    course.memberships.filter(user=ada).update(ended_at=timezone.now())

    edit(page, members=[])

    assert names_in(larks) == ["Ada Student"]


def test_a_name_that_was_changed_meanwhile_is_shown_beside_the_typed_one(edit, larks):
    page = edit.open()
    Pod.objects.update(name="Wrens")

    response = edit(page, name="Herons")

    assert response.status_code == 409
    assert "Wrens" in response.content.decode()
    assert Pod.objects.get().name == "Wrens"
    assert edit(response, **{"keep-name": "submitted"}).status_code == 302
    assert Pod.objects.get().name == "Herons"


def test_members_wait_for_the_choice_of_a_name(edit, course, larks, bob):
    page = edit.open()
    Pod.objects.update(name="Wrens")

    response = edit(page, members=[bob.membership_in(course).pk])

    assert (response.status_code, names_in(larks)) == (409, ["Ada Student"])
    assert edit(response).status_code == 302
    assert (Pod.objects.get().name, names_in(larks)) == ("Wrens", ["Bob Student"])


@pytest.mark.parametrize("name", ["Wrens", None])
def test_a_pod_that_was_renamed_or_deleted_since_it_was_loaded_is_not_saved(
    course, larks, instructor, bob, name
):
    pods = Pod.objects.filter(pk=larks.pk)
    pods.update(name=name) if name else pods.delete()

    with pytest.raises(StaleVersion):
        save_pod(larks, by=instructor, added=[bob.membership_in(course)], instead_of="Larks")

    assert bob.memberships.get().pod is None


def test_what_is_done_to_a_pod_is_recorded(course, instructor, ada, bob):
    ada_in, bob_in = ada.membership_in(course), bob.membership_in(course)

    pod = save_pod(Pod(course=course, name="Larks"), by=instructor, added=[ada_in])
    save_pod(pod, by=instructor, added=[bob_in], removed=[ada_in], instead_of="Larks")
    target = f"pod:{pod.pk}"
    delete_pod(pod, by=instructor)

    events = AuditEvent.objects.filter(actor=instructor, course=course, target=target)
    assert list(events.order_by("pk").values_list("action", "data")) == [
        ("pod_created", {"added": [ada_in.pk], "removed": []}),
        ("pod_changed", {"added": [bob_in.pk], "removed": [ada_in.pk]}),
        ("pod_deleted", {}),
    ]


def test_members_of_another_course_are_not_moved(course, larks, instructor):
    elsewhere = factories.add_member(factories.make_course(), factories.make_user())

    save_pod(larks, by=instructor, added=[elsewhere], instead_of="Larks")

    elsewhere.refresh_from_db()
    assert elsewhere.pod is None
