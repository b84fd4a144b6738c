"""The pages of the charter."""

import pytest
from django.urls import reverse

from blog.models import Norm, NormProposal
from tests import factories
from tests.submitted import fields_of


def at(name, *args):
    return reverse(name, args=["networks", *args])


def page_of(client, reader, url):
    client.force_login(reader)
    return client.get(url)


def test_a_new_course_says_what_a_charter_is_for(client, course, ada, instructor):
    for reader, offer in ((ada, "Propose the first norm"), (instructor, "Start from a template")):
        html = page_of(client, reader, at("charter")).content.decode()
        assert "There are no norms yet" in html
        assert offer in html


def test_a_charter_starts_from_a_template(client, course, instructor):
    client.force_login(instructor)
    sent = fields_of(client.get(at("charter_start")), "key") | {"norms": ["0", "3"]}

    first, second = (client.post(at("charter_start"), sent) for _twice in range(2))

    assert (first.status_code, first.url, second.url) == (302, at("charter"), at("charter"))
    assert [norm.name for norm in Norm.objects.current()] == [
        "Discuss the text, not the person",
        "Say where it comes from",
    ]


def test_a_norm_is_proposed_and_accepted(client, course, bob, instructor):
    client.force_login(bob)
    words = {"name": "Ask first", "sentence": "They are not here.", "why": "My aunt."}
    response = client.post(at("norm_new"), fields_of(client.get(at("norm_new")), "why") | words)
    assert response.url == at("charter")
    proposal = NormProposal.objects.get()
    client.force_login(instructor)
    page = at("proposal_page", proposal.pk)

    sent = fields_of(client.get(page), "reason") | {"reason": "Yes, please."}
    response = client.post(at("proposal_accept", proposal.pk), sent)
    again = client.post(at("proposal_accept", proposal.pk), sent)

    assert (response.url, again.url) == (at("charter"), at("charter"))
    html = page_of(client, bob, at("charter")).content.decode()
    assert "They are not here." in html
    assert "Yes, please." in html
    assert "My aunt." in html


def test_a_proposal_without_a_change_or_a_why_comes_back(client, course, bob):
    norm = factories.make_norm(course, "Discuss the text")
    client.force_login(bob)
    sent = fields_of(client.get(at("norm_edit", norm.pk)), "why")

    without_why = client.post(at("norm_edit", norm.pk), sent | {"name": "The text"})
    unchanged = client.post(at("norm_edit", norm.pk), sent | {"why": "So."})

    assert (without_why.status_code, unchanged.status_code) == (422, 422)
    assert "You have not changed anything yet." in unchanged.content.decode()
    assert not NormProposal.objects.exists()


def test_a_norm_that_was_changed_meanwhile_is_shown_beside_the_proposal(client, course, bob):
    norm = factories.make_norm(course, "Discuss the text", "Quote it.")
    client.force_login(bob)
    sent = fields_of(client.get(at("norm_edit", norm.pk)), "why")
    Norm.objects.update(sentence="Quote a sentence.", version=2)

    response = client.post(at("norm_edit", norm.pk), sent | {"sentence": "Be kind.", "why": "So."})

    html = response.content.decode()
    assert response.status_code == 409
    assert "Quote a sentence." in html
    assert "Be kind." in html
    assert not NormProposal.objects.exists()


def test_a_decision_on_an_older_norm_shows_both_and_keeps_the_reason(
    client, course, bob, instructor
):
    proposal = factories.make_proposal(course, bob)
    client.force_login(instructor)
    page = at("proposal_page", proposal.pk)
    sent = fields_of(client.get(page), "reason") | {"reason": "It is short."}
    Norm.objects.update(sentence="Quote a sentence.", version=2)

    response = client.post(at("proposal_accept", proposal.pk), sent)
    again = client.post(at("proposal_accept", proposal.pk), fields_of(response, "reason"))

    html = response.content.decode()
    assert response.status_code == 409
    assert "The norm was changed after you opened this page." in html
    assert "Quote a sentence." in html
    assert "It is short." in html
    assert again.url == at("charter")
    assert Norm.objects.get().sentence == "Quote it."


@pytest.mark.parametrize("count", [1, 3])
def test_charter_costs_the_same_at_one_and_three_norms(
    client, django_assert_num_queries, course, bob, instructor, count
):
    for _each in range(count):
        factories.make_proposal(course, bob)
        factories.make_proposal(
            course, bob, state="accepted", decided_by=instructor, decided_at=course.created_at
        )
    client.force_login(bob)

    with django_assert_num_queries(5):
        # session, user with memberships; norms, open proposals, history
        client.get(at("charter"))


def test_a_proposal_too_many_comes_back_with_its_words(client, course, bob, monkeypatch):
    monkeypatch.setattr("blog.actions.charter.MAX_OPEN", 1)
    factories.make_proposal(course, bob)
    client.force_login(bob)
    page = reverse("norm_new", args=[course.slug])
    words = {"name": "Ask first", "sentence": "They are not here.", "why": "It is kind."}

    response = client.post(page, fields_of(client.get(page), "sentence") | words)

    assert response.status_code == 422
    assert "1 proposal of yours is open." in response.content.decode()
    assert fields_of(response, "sentence")["name"] == "Ask first"
