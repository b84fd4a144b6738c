import pytest
from django.core.cache import cache

from blog.models import Membership
from tests import factories


def test_join_with_a_known_code_redirects_to_its_page(client, course, eve):
    client.force_login(eve)

    response = client.get("/join/", {"code": course.join_code.lower().replace("-", " ")})

    assert response.status_code == 302
    assert response.url == f"/join/{course.join_code}/"


def test_join_with_an_unknown_code_says_what_may_be_wrong(client, course, eve):
    client.force_login(eve)

    response = client.get("/join/", {"code": "K7QM-2PXR-9TBO0"})

    assert response.status_code == 200
    assert "Codes never contain 0, O, 1, I or L" in response.content.decode()
    assert 'value="K7QM-2PXR-9TBO0"' in response.content.decode()


def test_visitor_keeps_the_code_through_signing_in(client, course):
    response = client.get("/join/", {"code": course.join_code})

    assert response.status_code == 302
    assert response.url == f"/accounts/login/?next=/join/%3Fcode%3D{course.join_code}"


def test_join_course_is_a_post(client, course, eve):
    client.force_login(eve)

    shown = client.get(f"/join/{course.join_code}/")

    assert shown.status_code == 200
    assert not Membership.objects.filter(course=course, user=eve).exists()

    joined = client.post(f"/join/{course.join_code}/")

    assert joined.url == "/c/networks/"
    assert Membership.objects.get(course=course, user=eve).role == "student"


def test_join_course_with_a_dead_code_is_not_found(client, course, eve):
    client.force_login(eve)

    response = client.post("/join/AAAA-BBBB-CCCCC/")

    assert response.status_code == 404
    assert "No course has this code." in response.content.decode()


def test_eleventh_wrong_code_in_an_hour_is_too_many(client, eve):
    client.force_login(eve)
    statuses = [client.get("/join/", {"code": f"K7QM-{n}"}).status_code for n in range(11)]

    assert statuses == [200] * 10 + [429]


def test_removed_member_cannot_come_back_by_code(client, course, ada, instructor):
    Membership.objects.filter(user=ada).update(ended_at=course.created_at)
    client.force_login(ada)

    response = client.post(f"/join/{course.join_code}/", follow=True)

    assert "removed from this course" in response.content.decode()
    assert client.get("/c/networks/").status_code == 404


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def test_member_who_follows_the_link_again_lands_in_the_course(client, course, ada):
    client.force_login(ada)

    assert client.get(f"/join/{course.join_code}/").url == "/c/networks/"


def test_two_courses_may_have_each_their_code(course):
    other = factories.make_course()

    assert other.join_code != course.join_code
