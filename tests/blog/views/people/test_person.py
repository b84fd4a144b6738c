"""The people of a course and their pages."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import Audience, Membership
from tests import factories


def address(course, user=None):
    if user is None:
        return reverse("person_list", args=[course.slug])
    return reverse("person_page", args=[course.slug, user.username])


@pytest.fixture
def urls(course, ada):
    return [address(course), address(course, ada)]


def test_people_pages_are_for_members_of_the_course(client, urls, eve, observer):
    for url in urls:
        client.logout()
        assert client.get(url).url == f"{reverse('account_login')}?next={url}"
        client.force_login(eve)
        assert client.get(url).status_code == 404
        client.force_login(observer)
        assert client.get(url).status_code == 200


def names(people):
    return [person.name for person in people]


def test_person_list_has_my_pod_first_and_the_team_last(
    client, course, instructor, assistant, observer, ada, bob
):
    mine, other = factories.make_pod(course, "Wrens", ada), factories.make_pod(course, "Herons")
    for name, pod in (("Zoë Abara", mine), ("Al Zander", mine), ("Cy Moss", other)):
        factories.add_member(course, factories.make_user(name), pod=pod)
    gone = factories.make_user("Gone")
    factories.add_member(course, gone, ended_at=timezone.now())
    client.force_login(ada)

    response = client.get(address(course))

    context = response.context
    assert names(context["own_pod"]) == ["Zoë Abara", "Ada Student", "Al Zander"]
    assert [(pod, names(people)) for pod, people in context["pods"]] == [(other, ["Cy Moss"])]
    assert names(context["without_pod"]) == ["Bob Student"]
    assert names(context["team"]) == ["Asa Assistant", "Ines Instructor", "Oda Observer"]
    html = response.content.decode()
    assert html.index("Wrens") < html.index("Herons") < html.index("Teaching team")
    assert "That’s everyone in this course." in html


def test_person_list_says_what_everybody_wrote_last(client, course, ada, bob):
    factories.make_post(ada, course, "Old", at=datetime(2026, 3, 1, tzinfo=UTC))
    new = factories.make_post(ada, course, "New", at=datetime(2026, 4, 1, tzinfo=UTC))
    factories.make_post(ada, course, "Private", audience=Audience.INSTRUCTORS)
    client.force_login(bob)

    people = {p.user: p.last_post for p in client.get(address(course)).context["without_pod"]}

    assert people == {ada: new, bob: None}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ada", ["Ada Student"]),
        ("STUD", ["Ada Student", "Bob Student"]),
        ("student bob", ["Bob Student"]),
        ("elodie", ["Élodie Nuñez"]),
        ("nun", ["Élodie Nuñez"]),
        ("  ", ["Élodie Nuñez", "Ada Student", "Bob Student"]),
        ("zzz", []),
    ],
)
def test_person_list_is_searched_by_name(client, course, ada, bob, query, found):
    factories.add_member(course, factories.make_user("Élodie Nuñez"))
    client.force_login(ada)

    response = client.get(address(course), {"q": query})

    assert names(response.context["without_pod"]) == found
    assert ("No name matches “zzz”" in response.content.decode()) == (found == [])


def test_withheld_name_is_neither_found_nor_given_away_by_its_place(client, course, ada, bob):
    hidden = factories.make_user("Aaron Aardvark", username="quiet-wren-1234")
    factories.add_member(course, hidden, is_confidential=True)
    client.force_login(ada)

    people = client.get(address(course)).context["without_pod"]
    html = client.get(address(course), {"q": "aardvark"}).content.decode()

    assert names(people) == ["Ada Student", "Bob Student", "Quiet Wren"]
    assert "No name matches" in html


def test_my_pod_has_a_tab_of_its_own(client, course, ada, bob):
    factories.make_pod(course, "Wrens", ada)
    client.force_login(ada)

    response = client.get(address(course), {"show": "pod"})

    assert names(response.context["own_pod"]) == ["Ada Student"]
    html = response.content.decode()
    assert "Bob Student" not in html
    assert "That’s everyone in your pod." in html


def test_who_has_no_pod_has_no_tab_for_it(client, course, bob):
    client.force_login(bob)

    html = client.get(address(course), {"show": "pod"}).content.decode()

    assert "My pod" not in html
    assert "Bob Student" in html


def test_person_list_without_students_links_to_the_course_code(client, course, instructor):
    client.force_login(instructor)

    html = client.get(address(course)).content.decode()

    assert "No students yet" in html
    assert reverse("roster", args=[course.slug]) in html


def test_person_list_costs_the_same_at_one_and_three(
    client, django_assert_num_queries, course, ada
):
    client.force_login(ada)

    # session, user with memberships, members, last posts, follows
    with django_assert_num_queries(5):
        client.get(address(course))
    for _ in range(2):
        [member] = _members(course)
        factories.make_pod(course, None, member)
        factories.make_post(member, course)
        factories.make_portrait(member)
    with django_assert_num_queries(5):
        client.get(address(course))


def _members(course):
    user = factories.make_user()
    factories.add_member(course, user)
    return [user]


def test_person_page_lists_posts_newest_first(client, course, ada, bob):
    old = factories.make_post(ada, course, "Old", at=datetime(2026, 3, 1, tzinfo=UTC))
    new = factories.make_post(ada, course, "New", at=datetime(2026, 4, 1, tzinfo=UTC))
    factories.make_post(ada, course, "Private", audience=Audience.ONLY_ME)
    factories.make_post(bob, course, "Bob’s")
    factories.make_draft_post(ada, course)
    client.force_login(bob)

    response = client.get(address(course, ada))

    assert list(response.context["page"]) == [new, old]
    assert response.context["months"] == [new.published_at, old.published_at]
    assert "That’s all for now." in response.content.decode()


def test_the_archive_opens_by_month_where_the_course_is(client, ada, instructor):
    course = factories.make_course(time_zone="Pacific/Auckland", instructor=instructor)
    factories.add_member(course, ada)
    march = factories.make_post(ada, course, "March", at=datetime(2026, 2, 28, 12, 0, tzinfo=UTC))
    factories.make_post(ada, course, "April", at=datetime(2026, 3, 31, 12, 0, tzinfo=UTC))
    december = factories.make_post(ada, course, "Dec", at=datetime(2025, 12, 31, 10, tzinfo=UTC))
    client.force_login(ada)
    url = address(course, ada)

    assert list(client.get(url, {"month": "2026-03"}).context["page"]) == [march]
    assert list(client.get(url, {"month": "2025-12"}).context["page"]) == [december]
    assert client.get(url, {"month": "2026-02"}).status_code == 404
    assert client.get(url, {"month": "nonsense"}).status_code == 404


def test_person_page_keeps_those_who_left(client, course, ada, bob):
    post = factories.make_post(ada, course)
    Membership.objects.filter(user=ada).update(ended_at=timezone.now())
    client.force_login(bob)

    response = client.get(address(course, ada))

    assert list(response.context["page"]) == [post]
    assert b"in this course until" in response.content


def test_person_page_of_a_stranger_does_not_exist(client, course, bob, eve):
    client.force_login(bob)

    assert client.get(address(course, eve)).status_code == 404


def test_own_page_links_to_my_work_and_profile(client, course, ada, bob):
    for reader, shown in ((ada, True), (bob, False)):
        client.force_login(reader)
        html = client.get(address(course, ada)).content.decode()
        work = f'<a href="{reverse("course_work", args=[course.slug])}">My work</a>'
        in_page = html.split("<main")[1]
        assert (work in in_page) == shown


def test_person_page_without_posts(client, course, ada, bob):
    client.force_login(ada)
    assert b"You have no posts yet" in client.get(address(course, ada)).content
    client.force_login(bob)
    assert b"Ada Student has not published" in client.get(address(course, ada)).content


def test_about_is_plain_text(client, course, ada, bob):
    ada.about = "<b>I</b>\nwrite"
    ada.save()
    client.force_login(bob)

    assert b"&lt;b&gt;I&lt;/b&gt;<br>write" in client.get(address(course, ada)).content


@pytest.mark.parametrize(("who", "cost"), [("ada", 8), ("bob", 9)])
def test_person_page_costs_the_same_at_one_and_three_posts(
    request, client, django_assert_num_queries, course, ada, who, cost
):
    # session, reader with memberships, person, months; keys, posts, comments, visits; for others
    # the follow

    client.force_login(request.getfixturevalue(who))
    prompt = factories.make_prompt(course)
    factories.make_post(ada, course, prompt=prompt)

    with django_assert_num_queries(cost):
        client.get(address(course, ada))
    for _ in range(2):
        factories.make_post(ada, course, at=datetime(2026, 1, 1, tzinfo=UTC))
    with django_assert_num_queries(cost):
        client.get(address(course, ada))


def test_people_of_a_large_course_have_pages(client, course, instructor, ada, bob, monkeypatch):
    monkeypatch.setattr("blog.views.people.person.PEOPLE_PER_PAGE", 2)
    own, other = factories.make_pod(course, "Wrens", ada), factories.make_pod(course, "Herons", bob)
    factories.add_member(course, factories.make_user("Cy Moss"), pod=other)
    client.force_login(ada)

    pages = [client.get(address(course), {"page": number, "q": ""}) for number in (1, 2)]

    first, last = (page.context for page in pages)
    assert (names(first["own_pod"]), first["pods"][0][0]) == (["Ada Student"], other)
    assert [names(people) for _pod, people in first["pods"]] == [["Cy Moss"]]
    assert [names(people) for _pod, people in last["pods"]] == [["Bob Student"]]
    assert (own, names(last["team"])) == (ada.membership_in(course).pod, ["Ines Instructor"])
    html = [page.content.decode() for page in pages]
    assert ["That’s everyone in this course." in one for one in html] == [False, True]
    assert ["More people" in one for one in html] == [True, False]


def test_posts_of_a_person_have_pages(client, course, ada, bob, monkeypatch):
    monkeypatch.setattr("blog.views.people.person.PAGE_SIZE", 2)
    for n in range(3):
        factories.make_post(bob, course, f"Post {n}")
    client.force_login(ada)

    pages = [client.get(address(course, bob), {"page": number}) for number in ("1", "2", "9")]

    titles = [[post.title for post in page.context["page"]] for page in pages]
    assert titles == [["Post 2", "Post 1"], ["Post 0"], ["Post 2", "Post 1"]]


def test_whose_name_is_withheld_reads_what_others_read(client, course, ada, bob):
    course.memberships.filter(user=ada).update(is_confidential=True)
    post = factories.make_post(ada, course)
    factories.make_comment(ada, post)
    words = f"Others see {ada.neutral_name}"
    pages = [post.get_absolute_url(), address(course, ada)]

    def counts(reader):
        client.force_login(reader)
        return [client.get(page).text.replace("\u2068", "").count(words) for page in pages]

    assert counts(ada) == [2, 1]  # beside the post and the comment
    assert counts(bob) == [0, 0]
