"""One's own choices: no suggestions, not be suggested, mute; nobody is told."""

import pytest
from django.urls import reverse

from network.actions import mute, save_choices, unmute
from network.models import Mute, NetworkChoices
from network.queries.offered_posts import offer_of
from network.queries.suggestion_choices import suggestion_choices
from tests import factories

PATH = "/c/networks/network/choices/"
NETWORK = "/c/networks/network/"


@pytest.fixture
def citing(course, ada, bob):
    """Cite one work by Ada and Bob, so that each is suggested to the other."""
    work = factories.make_work(course)
    for author in (ada, bob):
        factories.make_reference(factories.make_post(author, course), work, cited=True)


def suggested(client, reader):
    client.force_login(reader)
    return [one.person for one in client.get(NETWORK).context.get("build", [])]


def test_who_wants_no_suggestions_gets_none(client, course, ada, bob, citing):
    assert suggested(client, ada) == [bob]
    client.post(PATH, {"may_be_suggested": "on"})

    assert suggested(client, ada) == []
    assert offer_of(ada, course).posts == []
    assert suggested(client, bob) == [ada]
    client.force_login(ada)
    assert "You have turned suggestions off." in client.get(NETWORK).content.decode()


def test_who_does_not_want_to_be_suggested_is_not(client, course, ada, bob, citing):
    save_choices(course, by=bob, wants_suggestions=True, may_be_suggested=False)

    assert suggested(client, ada) == []
    assert offer_of(ada, course).posts == []
    assert suggested(client, bob) == [ada]


def test_muted_people_are_not_suggested_and_their_comments_are_folded(
    client, course, ada, bob, citing
):
    post = factories.make_post(ada, course)
    factories.make_comment(bob, post, "Loud words")
    client.force_login(ada)
    client.post(reverse("mute", args=[course.slug, bob.username]))

    page = " ".join(client.get(post.get_absolute_url()).content.decode().split())

    assert "Folded, because you muted this person" in page
    assert "Loud words" in page
    assert suggested(client, ada) == []
    client.force_login(bob)
    assert "Folded, because" not in client.get(post.get_absolute_url()).content.decode()
    assert "Folded, because" not in client.get(NETWORK).content.decode()


def test_unmuting_is_on_the_page_with_muted_people(client, course, ada, bob):
    mute(course, by=ada, person=bob)
    client.force_login(ada)

    assert "Unmute" in client.get(PATH).content.decode()
    page = client.post(reverse("unmute", args=[course.slug, bob.username]), follow=True)

    assert "You have not muted anyone." in page.content.decode()
    assert not Mute.objects.exists()


def test_muting_twice_is_once_and_unmuting_leaves_nothing(course, ada, bob):
    assert mute(course, by=ada, person=bob) == mute(course, by=ada, person=bob)
    unmute(course, by=ada, person=bob)
    unmute(course, by=ada, person=bob)

    assert not Mute.objects.exists()


def test_choices_are_kept_apart_for_people_and_read_by_one_query(
    course, ada, bob, instructor, django_assert_num_queries
):
    save_choices(course, by=bob, wants_suggestions=False, may_be_suggested=False)
    save_choices(course, by=ada, wants_suggestions=True, may_be_suggested=True)
    mute(course, by=ada, person=instructor)

    with django_assert_num_queries(1):
        mine = suggestion_choices(ada, course)

    assert (mine.wants_suggestions, mine.may_be_suggested) == (True, True)
    assert (mine.muted, mine.not_to_suggest) == ({instructor.pk}, {instructor.pk, bob.pk})
    theirs = suggestion_choices(bob, course)
    assert (theirs.wants_suggestions, theirs.may_be_suggested) == (False, False)
    assert theirs.muted == frozenset()


def test_saving_twice_keeps_one_row(client, ada):
    client.force_login(ada)
    for sent in ({}, {"wants_suggestions": "on"}):
        client.post(PATH, sent)

    assert list(NetworkChoices.objects.values_list("wants_suggestions", "may_be_suggested")) == [
        (True, False)
    ]


def test_a_person_page_offers_to_mute(client, course, ada, bob):
    client.force_login(ada)

    page = client.get(reverse("person_page", args=[course.slug, bob.username])).content.decode()

    assert reverse("mute", args=[course.slug, bob.username]) in page
