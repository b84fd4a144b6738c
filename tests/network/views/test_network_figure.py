"""A figure of one's own network, put into a post: what it shows, to whom, and once."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from blog.actions.posts import publish_post
from blog.models import Audience, Draft, Picture
from network import ties
from network.models import Follow, NetworkFigure
from network.queries.network_figure import figures_in, network_figure
from tests import factories

PATH = "/c/networks/network/figure/"


def ago(days):
    return timezone.now() - timedelta(days=days)


@pytest.fixture
def cyn(course):
    person = factories.make_user("Cyn")
    factories.add_member(course, person)
    return person


@pytest.fixture
def draft(course, ada):
    return factories.make_draft_post(ada, course, "My year", "I met people.")


@pytest.fixture
def _met(course, ada, bob, cyn):
    """Write comments between Ada and Bob lately, and one by Cyn three weeks ago."""
    for day in (9, 5, 1):
        for one, other in ((ada, bob), (bob, ada)):
            post = factories.make_post(one, course, f"Day {day}", at=ago(day))
            factories.make_comment(other, post, at=ago(day))
    mine = factories.make_post(ada, course, "Long ago", at=ago(21))
    factories.make_comment(cyn, mine, at=ago(21))
    ties.rebuild(course)


def stored_pictures(course):
    folder = f"pictures/{course.pk}"
    return set(default_storage.listdir(folder)[1]) if default_storage.exists(folder) else set()


def put(client, post, day, **data):
    return client.post(PATH, {"post": post.pk, "day": day, "key": str(uuid4()), **data})


@pytest.mark.usefixtures("_met")
def test_the_figure_goes_to_the_end_of_the_draft_with_a_table_and_no_name(
    client, course, ada, draft
):
    client.force_login(ada)

    answer = put(client, draft, course.today())

    assert answer.url == f"/c/networks/posts/{draft.slug}/edit/"
    picture = Picture.objects.get(post=draft)
    text = Draft.objects.current().get(post=draft).text
    assert text.startswith("I met people.\n\n![My network on ")
    assert f"](picture:{picture.token})" in text
    assert "1 strong tie, 1 very weak tie" in picture.alternative
    assert text.endswith(
        "| Peer | Tie |\n| --- | --- |\n| Peer 1 | strong |\n| Peer 2 | very weak |\n"
    )
    assert not {"Bob", "Cyn"} & set(re.findall(r"\w+", text))


@pytest.mark.usefixtures("_met")
def test_the_figure_is_of_its_day(client, course, ada, draft):
    client.force_login(ada)

    put(client, draft, course.today() - timedelta(days=12))

    figure = NetworkFigure.objects.get()
    assert [(one.number, one.peer.display_name) for one in figure.peers.all()] == [(1, "Cyn")]
    assert "1 very weak tie." in Draft.objects.current().get(post=draft).text


@pytest.mark.usefixtures("_met")
def test_only_the_owner_reads_who_the_numbers_are(client, course, ada, bob, instructor, draft):
    client.force_login(ada)
    put(client, draft, course.today())
    text = Draft.objects.current().get(post=draft).text
    publish_post(draft, by=ada, title="My year", text=text, audience=Audience.COURSE)
    draft.refresh_from_db()
    address = draft.get_absolute_url()

    own = client.get(address).content.decode()
    assert "Who is who in your network of" in own
    assert re.search(r"Peer 1: \s*Bob", own)
    for reader in (bob, instructor):
        client.force_login(reader)
        page = client.get(address).content.decode()
        assert "Peer 1" in page
        assert "Who is who" not in page
        assert "Peer 1:" not in page


@pytest.mark.usefixtures("_met")
def test_a_figure_that_the_text_shows_no_more_names_nobody(client, course, ada, draft):
    client.force_login(ada)
    put(client, draft, course.today() - timedelta(days=2))
    put(client, draft, course.today())
    text = Draft.objects.current().get(post=draft).text
    first, second = NetworkFigure.objects.order_by("pk")
    without = text.replace(f"picture:{first.picture.token}", "picture:none")
    publish_post(draft, by=ada, title="My year", text=without, audience=Audience.COURSE)

    shown = client.get(draft.get_absolute_url())

    assert shown.content.decode().count("Who is who in your network of") == 1
    draft.refresh_from_db()
    assert figures_in(draft, ada) == [second]


def test_numbers_cannot_be_computed_by_who_knows_the_keys(course, ada, settings):
    """The keys of people are in forms, and with whom she exchanges comments is on every page."""
    for _n in range(6):
        peer = factories.make_user()
        factories.add_member(course, peer)
        Follow.objects.create(course=course, follower=ada, followed=peer)

    def numbers(secret):
        settings.SECRET_KEY = secret
        drawn = network_figure(ada, course, course.today()).drawn
        return [one.tie.peer.pk for one in drawn]

    orders = [numbers(f"secret {n}") for n in range(5)]

    assert numbers("secret 0") == orders[0]
    assert len({tuple(order) for order in orders}) > 1
    assert {tuple(sorted(order)) for order in orders} == {tuple(sorted(orders[0]))}


@pytest.mark.usefixtures("_met")
def test_a_form_sent_twice_puts_one_figure(client, course, ada, draft):
    client.force_login(ada)
    key, before = str(uuid4()), stored_pictures(course)

    answers = [put(client, draft, course.today(), key=key) for _ in range(2)]

    assert answers[0].url == answers[1].url
    assert NetworkFigure.objects.count() == Picture.objects.count() == 1
    assert len(stored_pictures(course) - before) == 2


@pytest.mark.usefixtures("_met")
@pytest.mark.parametrize("day", ["yesterday", "", "1999-01-01", "9999-12-31", "0001-01-01"])
def test_what_is_no_day_of_the_course_is_refused_in_place(client, ada, draft, day):
    client.force_login(ada)

    answer = put(client, draft, day)

    assert answer.status_code == 422
    assert answer.context["form"].errors["day"]
    assert client.get(PATH, {"day": day}).status_code == 200
    assert not Picture.objects.exists()


@pytest.mark.usefixtures("_met")
def test_a_post_of_somebody_else_or_of_another_course_is_no_choice(client, course, ada, bob, draft):
    elsewhere = factories.make_course("elsewhere")
    factories.add_member(elsewhere, ada)
    client.force_login(ada)

    for post in (
        factories.make_post(bob, course, "Not mine"),
        factories.make_post(ada, elsewhere, "Not here"),
        factories.make_withdrawn_post(ada, course, "Withdrawn"),
    ):
        assert put(client, post, course.today()).context["form"].errors["post"]
    assert not Picture.objects.exists()


def test_without_ties_or_posts_the_page_says_what_to_do(client, course, ada, bob):
    client.force_login(ada)
    page = client.get(PATH).content.decode()
    assert "You have no ties yet." in page
    assert "You had no ties on this day." not in page
    earlier = client.get(PATH, {"day": course.starts_on}).content.decode()
    assert "You had no ties on this day. Choose a later one." in earlier

    Follow.objects.create(course=course, follower=ada, followed=bob)
    page = client.get(PATH).content.decode()
    assert "You have no post yet." in page
    assert "/c/networks/posts/new/" in page


def test_before_the_course_starts_its_only_day_is_today(client, course, ada, bob):
    course.starts_on = course.today() + timedelta(days=30)
    course.ends_on = course.starts_on + timedelta(days=60)
    course.save()
    Follow.objects.create(course=course, follower=ada, followed=bob)
    client.force_login(ada)

    page = client.get(PATH)

    assert not page.context["day_form"].errors
    assert page.context["figure"].counts == "1 very weak tie"


def test_a_day_without_ties_makes_no_figure(client, course, ada, draft):
    client.force_login(ada)

    answer = put(client, draft, course.today())

    assert answer.status_code == 422
    assert "You have no ties yet." in answer.content.decode()
    assert not Picture.objects.exists()
    assert Draft.objects.current().get(post=draft).text == "I met people."


@pytest.mark.parametrize("count", [1, 3])
def test_queries(client, course, ada, draft, count, django_assert_num_queries):
    for number in range(count):
        peer = factories.make_user(f"Peer {number}")
        factories.add_member(course, peer)
        factories.make_draft_post(ada, course, f"Draft {number}")
        factories.make_comment(peer, factories.make_post(ada, course, f"Post {number}"))
    client.force_login(ada)
    client.get(PATH)

    with django_assert_num_queries(8):
        assert client.get(PATH).status_code == 200
