"""The follow button, and the two addresses it leads to."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from blog.models import Membership, User
from blog.queries.people import listed_people
from network.models import Follow
from tests import factories


@pytest.fixture
def following(course, ada):
    return reverse("follow", args=[course.slug, ada.username])


@pytest.fixture
def unfollowing(course, ada):
    return reverse("unfollow", args=[course.slug, ada.username])


def follows(course):
    return list(Follow.objects.in_course(course).values_list("follower", "followed"))


# Four questions


@pytest.mark.parametrize("address", ["following", "unfollowing"])
def test_strangers_are_asked_to_sign_in(client, request, course, address):
    response = client.post(request.getfixturevalue(address))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))
    assert follows(course) == []


@pytest.mark.parametrize("address", ["following", "unfollowing"])
def test_outsiders_find_nothing(client, request, course, address, eve):
    client.force_login(eve)

    assert client.post(request.getfixturevalue(address)).status_code == 404
    assert follows(course) == []


def test_nobody_follows_themselves(client, course, following, ada):
    client.force_login(ada)

    assert client.post(following).status_code == 403
    assert follows(course) == []


@pytest.mark.parametrize("reader", ["bob", "instructor", "assistant", "observer"])
def test_members_follow_and_unfollow(client, request, course, following, unfollowing, ada, reader):
    reader = request.getfixturevalue(reader)
    client.force_login(reader)

    response = client.post(following)
    assert response.status_code == 302
    assert response.url == reverse("person_page", args=[course.slug, ada.username])
    assert follows(course) == [(reader.pk, ada.pk)]

    response = client.post(unfollowing)
    assert response.status_code == 302
    assert response.url == reverse("person_page", args=[course.slug, ada.username])
    assert follows(course) == []


# The actions


@pytest.mark.parametrize(("address", "expected"), [("following", 1), ("unfollowing", 0)])
def test_twice_is_once(client, request, course, bob, address, expected):
    client.force_login(bob)

    for _ in range(2):
        assert client.post(request.getfixturevalue(address)).status_code == 302

    assert len(follows(course)) == expected


@pytest.mark.parametrize("address", ["following", "unfollowing"])
def test_a_get_changes_nothing(client, request, course, ada, bob, address):
    Follow.objects.create(course=course, follower=bob, followed=ada)
    client.force_login(bob)

    assert client.get(request.getfixturevalue(address)).status_code == 405
    assert follows(course) == [(bob.pk, ada.pk)]


def test_following_is_silent(client, following, bob):
    client.force_login(bob)

    response = client.post(following)

    assert "messages" not in response.cookies


@pytest.mark.parametrize("name", ["follow", "unfollow"])
def test_somebody_of_another_course_is_not_found(client, course, bob, eve, name):
    client.force_login(bob)

    response = client.post(reverse(name, args=[course.slug, eve.username]))

    assert response.status_code == 404


def test_who_has_left_can_be_unfollowed_but_not_followed(
    client, course, following, unfollowing, ada, bob
):
    Follow.objects.create(course=course, follower=bob, followed=ada)
    Membership.objects.filter(user=ada).update(ended_at=timezone.now())
    client.force_login(bob)

    assert client.post(following).status_code == 403
    assert client.post(unfollowing).status_code == 302
    assert follows(course) == []


@pytest.mark.parametrize("address", ["following", "unfollowing"])
@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("/c/networks/posts/?page=2", "/c/networks/posts/?page=2"),
        ("http://testserver/c/networks/", None),
        ("https://evil.example/", None),
        ("//evil.example/", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_the_next_page_is_on_this_site(client, request, course, ada, bob, address, target, leads):
    client.force_login(bob)

    response = client.post(request.getfixturevalue(address), {"next": target})

    assert response.url == (leads or reverse("person_page", args=[course.slug, ada.username]))


# The button


def button(reader, person, course, method="get", known=""):
    request = getattr(RequestFactory(), method)("/c/networks/people/?a=1&b=2")
    request.user = reader
    context = Context(
        {"request": request, "person": person, "course": course, "people": {person and person.pk}}
    )
    tag = f"{{% load network %}}{{% follow_button person course {known} %}}"
    return Template(tag).render(context)


def test_the_button_offers_to_follow(course, ada, bob, following):
    html = button(bob, ada, course)

    assert f'action="{following}"' in html
    assert 'aria-pressed="false"' in html
    assert 'Follow<span class="visually-hidden"> Ada Student</span>' in html
    assert 'name="next" value="/c/networks/people/?a=1&amp;b=2"' in html


def test_the_button_says_that_one_follows(course, ada, bob, unfollowing):
    Follow.objects.create(course=course, follower=bob, followed=ada)

    html = button(bob, ada, course)

    assert f'action="{unfollowing}"' in html
    assert 'aria-pressed="true"' in html
    assert 'Following<span class="visually-hidden"> Ada Student</span>' in html


def test_a_follow_the_other_way_round_is_not_one_own(course, ada, bob, following):
    Follow.objects.create(course=course, follower=ada, followed=bob)

    assert f'action="{following}"' in button(bob, ada, course)


def test_a_page_that_answers_a_form_is_no_next_page(course, ada, bob):
    assert 'name="next"' not in button(bob, ada, course, method="post")


@pytest.mark.parametrize("reader", ["ada", "eve"])
def test_no_button_for_oneself_and_outsiders(request, course, ada, reader):
    assert button(request.getfixturevalue(reader), ada, course).strip() == ""


def test_no_button_for_strangers_guests_and_leavers(course, ada, bob):
    assert button(AnonymousUser(), ada, course).strip() == ""
    assert button(bob, None, course).strip() == ""
    Membership.objects.filter(user=ada).update(ended_at=timezone.now())
    assert button(bob, ada, course).strip() == ""


def test_the_button_costs_one_query_or_none(
    course, ada, bob, unfollowing, django_assert_num_queries
):
    bob = User.objects.get(pk=bob.pk)
    _ = bob.memberships_now

    with django_assert_num_queries(1):
        button(bob, ada, course)
    with django_assert_num_queries(0):
        html = button(bob, ada, course, known="followed=people")

    assert f'action="{unfollowing}"' in html


def test_a_name_is_escaped(course, bob):
    mallory = factories.make_user("<script>")
    factories.add_member(course, mallory)

    assert "<script>" not in button(bob, mallory, course)


def test_a_list_has_the_buttons_of_single_people(course, ada, bob, instructor):
    Follow.objects.create(course=course, follower=bob, followed=ada)
    people = listed_people(bob, course)
    request = RequestFactory().get("/c/networks/people/?a=1&b=2")
    request.user = bob
    context = Context({"request": request, "people": people, "course": course})

    Template("{% load network %}{% follow_buttons people course as buttons %}").render(context)

    alone = {one.user.pk: button(bob, one.user, course) for one in people}
    rows = {one.user.pk: f"b=2#person-{one.user.username}" for one in people}
    assert context["buttons"] == {
        key: html.replace("b=2", rows[key]) for key, html in alone.items() if html
    }


def test_a_list_has_no_buttons_for_outsiders(course, ada, eve):
    page = RequestFactory().get("/")
    page.user = eve
    context = Context({"request": page, "people": listed_people(ada, course), "course": course})

    html = Template("{% load network %}{% follow_buttons people course %}").render(context)

    assert html == "{}"


# The people I follow


def followed_page(client, course, reader, **query):
    client.force_login(reader)
    return client.get(reverse("person_list_followed", args=[course.slug]), query)


def test_people_i_follow_are_listed_by_family_name(client, course, ada, bob, instructor):
    zoe = factories.make_user("Zoe Abara")
    factories.add_member(course, zoe)
    for followed in (ada, zoe):
        Follow.objects.create(course=course, follower=bob, followed=followed)
    Follow.objects.create(course=course, follower=ada, followed=instructor)

    response = followed_page(client, course, bob)

    assert [person.user for person in response.context["people"]] == [zoe, ada]
    assert "That’s everyone you follow." in response.content.decode()
    assert [p.user for p in followed_page(client, course, bob, q="zoe").context["people"]] == [zoe]
    assert "No name matches “x”" in followed_page(client, course, bob, q="x").content.decode()


def test_who_follows_nobody_is_told_how(client, course, bob):
    html = followed_page(client, course, bob).content.decode()

    assert "You do not follow anyone yet" in html
    assert reverse("person_list", args=[course.slug]) in html


def test_people_i_follow_cost_the_same_at_one_and_three(
    client, course, ada, bob, django_assert_num_queries
):
    client.force_login(bob)
    url = reverse("person_list_followed", args=[course.slug])
    Follow.objects.create(course=course, follower=bob, followed=ada)

    # session, user with memberships, follows, members, last posts
    with django_assert_num_queries(5):
        client.get(url)
    for _ in range(2):
        person = factories.make_user()
        factories.add_member(course, person)
        Follow.objects.create(course=course, follower=bob, followed=person)
    with django_assert_num_queries(5):
        client.get(url)


def test_button_in_a_list_comes_back_to_its_row(client, course, ada, bob):
    client.force_login(bob)

    html = client.get(reverse("person_list", args=[course.slug])).content.decode()

    assert f'name="next" value="/c/networks/people/#person-{ada.username}"' in html
    assert f'id="person-{ada.username}"' in html
