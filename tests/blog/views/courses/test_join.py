import pytest
from django.core.cache import cache

from blog.actions.courses import rotate_join_code
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
    response = client.get("/join/", {"code": course.join_code.lower()}, follow=True)

    way = [f"/join/{course.join_code}/", f"/accounts/login/?next=/join/{course.join_code}/"]
    assert response.redirect_chain == [(address, 302) for address in way]
    assert f"Sign in to join <strong>{course.title}</strong>" in response.content.decode()
    sign_up = client.get(f"/accounts/signup/?next=/join/{course.join_code}/").content.decode()
    assert f"You can join <strong>{course.title}</strong>" in sign_up


@pytest.mark.parametrize("address", ["/join/?code=K7QM-2PXR-9TBWA", "/join/K7QM-2PXR-9TBWA/"])
def test_a_dead_code_is_refused_before_a_visitor_signs_up(client, db, address):
    page = client.get(address).content.decode()

    assert "No course has this code. Ask your instructor: the code may have changed." in page


def test_a_code_that_was_replaced_is_dead_for_visitors_too(client, course, instructor):
    old = course.join_code
    rotate_join_code(course, by=instructor)

    assert client.get(f"/join/{old}/").status_code == 404


@pytest.mark.parametrize("page", ["/accounts/login/", "/accounts/signup/"])
def test_a_dead_code_in_the_next_page_promises_no_course(client, db, page):
    answer = client.get(page, {"next": "/join/K7QM-2PXR-9TBWA/"})

    assert "You don’t have to enter the code again" not in answer.content.decode()
    assert "You can join" not in answer.content.decode()


@pytest.mark.parametrize("page", ["/accounts/login/", "/accounts/signup/"])
def test_signing_in_names_the_course_also_when_the_form_comes_back(client, course, page):
    way = {"next": f"/join/{course.join_code}/"}

    answers = [client.get(page, way), client.post(page, way), client.get(page)]

    assert [answer.context["joining"] for answer in answers] == [course, course, None]
    assert [course.title in answer.content.decode() for answer in answers] == [True, True, False]


@pytest.mark.parametrize(
    "address",
    [
        "/join/?code=K7QM-{}",
        "/join/K7QM-2PXR-{}/",
        "/accounts/login/?next=/join/K7QM-2PXR-{}/",
    ],
)
def test_wrong_codes_of_visitors_are_limited_on_every_way(client, db, address):
    statuses = [client.get(address.format(number)).status_code for number in range(61)]

    assert 429 not in statuses[:60]
    assert statuses[60] == 429


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

    assert "You are not in this course any more." in response.content.decode()
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
