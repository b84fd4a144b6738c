"""The pods of a course, for its instructors."""

from django.utils import timezone

from tests import factories


def test_list_shows_members_of_today(client, course, instructor, ada, bob):
    factories.make_pod(course, "Larks", ada, bob)
    course.memberships.filter(user=bob).update(ended_at=timezone.now())
    client.force_login(instructor)

    page = client.get("/c/networks/settings/pods/").content.decode()

    assert "Ada Student" in page
    assert "Bob Student" not in page
