"""After sending: is this comment for whom it calls? And back again."""

import uuid

import pytest
from django.urls import reverse

from network import ties
from tests import factories


@pytest.fixture
def marisol(course):
    user = factories.make_user("Marisol Vega")
    factories.add_member(course, user)
    return user


@pytest.fixture
def post(ada, marisol, course):
    post = factories.make_post(ada, course)
    factories.make_comment(marisol, post)
    return post


def send(client, writer, post, text):
    client.force_login(writer)
    address = reverse("comment_new", args=[post.course.slug, post.slug])
    answer = client.post(
        address, {"text": text, "audience": 30, "key": str(uuid.uuid4())}, follow=True
    )
    return post.comments.latest("pk"), answer


def peers_of(person, course):
    return [tie.peer for tie in ties.ties_of(person, course)]


def test_a_call_is_offered_after_sending_and_nothing_is_assumed(
    client, ada, bob, marisol, course, post
):
    comment, answer = send(client, bob, post, "Thanks Marisol, that helped.")

    page = answer.content.decode()
    assert "Is this for Marisol Vega?" in page
    assert f'name="addressee" value="{marisol.pk}"' in " ".join(page.split())
    assert (comment.addressee, comment.addressee_corrected) == (ada, False)
    assert peers_of(bob, course) == [ada]


def test_yes_moves_the_comment_and_the_tie_and_can_be_undone(
    client, ada, bob, marisol, course, post
):
    comment, _answer = send(client, bob, post, "Thanks Marisol, that helped.")
    address = reverse("comment_addressee", args=[course.slug, comment.pk])

    page = client.post(address, {"addressee": marisol.pk}, follow=True).content.decode()

    assert peers_of(bob, course) == [marisol]
    assert "Undo: it is for Ada Student" in page

    page = client.post(address, {"addressee": ada.pk}, follow=True).content.decode()

    comment.refresh_from_db()
    assert (comment.addressee, comment.addressee_corrected) == (ada, False)
    assert peers_of(bob, course) == [ada]
    assert "Is this for Marisol Vega?" not in page


def test_no_leads_to_the_comment_and_changes_nothing(client, bob, post):
    comment, answer = send(client, bob, post, "Thanks Marisol, that helped.")

    assert f'href="{comment.get_absolute_url()}">No</a>' in " ".join(
        answer.content.decode().split()
    )
    page = client.get(comment.post.get_absolute_url()).content.decode()
    assert "Is this for" not in page


def test_nothing_is_offered_without_a_call(client, bob, post):
    comment, answer = send(client, bob, post, "I agree with Marisol on this.")

    assert answer.redirect_chain[-1][0] == comment.get_absolute_url()
    assert "Is this for" not in answer.content.decode()


def test_a_shared_name_offers_both(client, bob, course, post):
    other = factories.make_user("Marisol Ruiz")
    factories.add_member(course, other)
    factories.make_comment(other, post)

    page = send(client, bob, post, "Hi Marisol!")[1].content.decode()

    assert "Who is this for?" in page
    assert "None of them" in page
    assert page.count('name="addressee"') == 2


def test_others_are_offered_nothing_by_the_address(client, ada, bob, post):
    comment, _answer = send(client, bob, post, "Hi Marisol!")
    client.force_login(ada)

    for query in (f"?for={comment.pk}", f"?for={comment.pk}&was={bob.pk}", "?for=x", "?for=1&was="):
        page = client.get(post.get_absolute_url() + query).content.decode()
        assert 'class="addressee-offer"' not in page
