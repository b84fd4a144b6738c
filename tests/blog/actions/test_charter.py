"""The charter: what members propose, and what an instructor makes of it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from blog.actions.charter import (
    accept_proposal,
    decline_proposal,
    propose_change,
    propose_drop,
    propose_norm,
    start_charter,
    take_back_proposal,
)
from blog.exceptions import Refused, StaleVersion, Taken
from blog.models import AuditEvent, Norm, NormProposal
from blog.queries.notifications import notifications_of
from blog.templatetags.notifications import in_words
from tests import factories


@pytest.fixture
def norm(course):
    return factories.make_norm(course, "Discuss the text", "Quote it.")


def charter(course):
    norms = Norm.objects.in_course(course).current()
    return list(norms.values_list("name", "sentence"))


def accept(proposal, by, *, reason="Good.", norm_version=None):
    accept_proposal(proposal, by=by, reason=reason, norm_version=norm_version)


def test_an_accepted_norm_is_in_the_charter(course, bob, instructor):
    proposal = propose_norm(
        course, by=bob, name="Ask first", sentence="They are not here.", why="W"
    )
    assert charter(course) == []

    accept(proposal, instructor)

    proposal.refresh_from_db()
    assert charter(course) == [("Ask first", "They are not here.")]
    assert (proposal.state, proposal.decided_by, proposal.reason) == (
        "accepted",
        instructor,
        "Good.",
    )
    actions = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["norm_proposed", "norm_accepted"]


@pytest.mark.parametrize("is_accepted", [True, False])
def test_a_proposer_is_told_of_the_decision(course, bob, instructor, is_accepted):
    proposal = propose_norm(course, by=bob, name="Ask first", sentence="They are away.", why="W")
    own = propose_norm(course, by=instructor, name="Quote", sentence="What you mean.", why="W")

    for each in (proposal, own):
        if is_accepted:
            accept(each, instructor)
        else:
            decline_proposal(each, by=instructor, reason="No.")

    [told] = notifications_of(bob).new
    assert told.get_absolute_url() == f"/c/networks/charter/proposals/{proposal.pk}/"
    assert in_words(told, bob) == ("An instructor has decided about your proposal for the charter")
    assert notifications_of(instructor).new == []


def test_a_declined_proposal_changes_nothing_and_says_why(course, bob, instructor, norm):
    proposal = propose_drop(norm, by=bob, why="Nobody needs it.")

    decline_proposal(proposal, by=instructor, reason="I do.")

    proposal.refresh_from_db()
    assert charter(course) == [("Discuss the text", "Quote it.")]
    assert (proposal.state, proposal.reason) == ("declined", "I do.")


def test_an_accepted_change_says_what_the_norm_was_before(course, bob, instructor, norm):
    proposal = propose_change(norm, by=bob, name="The text", sentence="Quote.", why="Short.")

    accept(proposal, instructor, norm_version=1)

    proposal.refresh_from_db()
    norm.refresh_from_db()
    assert charter(course) == [("The text", "Quote.")]
    assert (proposal.former_name, proposal.former_sentence) == ("Discuss the text", "Quote it.")
    assert norm.version == 2


def test_a_dropped_norm_is_in_the_history_alone(course, bob, instructor, norm):
    accept(propose_drop(norm, by=bob, why="W"), instructor, norm_version=1)

    assert charter(course) == []
    assert [str(one) for one in NormProposal.objects.decided()] == ["Discuss the text"]


def test_a_norm_that_was_changed_meanwhile_is_not_overwritten(course, ada, bob, instructor, norm):
    first = propose_change(norm, by=ada, name="A", sentence="A.", why="W")
    second = propose_change(norm, by=bob, name="B", sentence="B.", why="W")
    accept(first, instructor, norm_version=1)

    with pytest.raises(StaleVersion):
        accept(second, instructor, norm_version=1)

    second.refresh_from_db()
    assert charter(course) == [("A", "A.")]
    assert (second.state, second.is_outdated) == ("open", True)


def test_a_proposal_for_an_older_norm_is_not_made(bob, instructor, norm):
    stale = Norm.objects.get(pk=norm.pk)
    change = propose_change(norm, by=instructor, name="A", sentence="A.", why="W")
    accept(change, instructor, norm_version=1)

    with pytest.raises(StaleVersion):
        propose_change(stale, by=bob, name="B", sentence="B.", why="W")


def test_a_person_has_one_open_proposal_about_a_norm(bob, norm):
    proposal = propose_drop(norm, by=bob, why="W")

    with pytest.raises(Refused, match="already"):
        propose_change(norm, by=bob, name="B", sentence="B.", why="W")
    take_back_proposal(proposal, by=bob)
    propose_change(norm, by=bob, name="B", sentence="B.", why="W")


def test_a_proposal_is_decided_on_once(bob, course, instructor):
    proposal = propose_norm(course, by=bob, name="A", sentence="A.", why="W")
    accept(proposal, instructor)

    with pytest.raises(Refused, match="not open any more"):
        decline_proposal(proposal, by=instructor, reason="No.")
    take_back_proposal(proposal, by=bob)

    proposal.refresh_from_db()
    assert proposal.state == "accepted"


def test_a_charter_has_each_name_once_in_any_case(bob, course, instructor, norm):
    proposal = propose_norm(course, by=bob, name="discuss THE text", sentence="A.", why="W")

    with pytest.raises(Taken, match="already has a norm"):
        accept(proposal, instructor)

    proposal.refresh_from_db()
    assert proposal.is_open


def test_a_charter_starts_with_norms_and_their_history(course, instructor):
    start_charter(course, [("A", "A."), ("B", "B.")], by=instructor, why="From the template.")

    assert charter(course) == [("A", "A."), ("B", "B.")]
    assert {one.why for one in NormProposal.objects.decided()} == {"From the template."}


@pytest.mark.django_db(transaction=True)
def test_a_member_has_so_many_open_proposals_however_fast_they_come(course, bob, monkeypatch):
    monkeypatch.setattr("blog.actions.charter.MAX_OPEN", 2)

    def propose(number):
        try:
            propose_norm(course, by=bob, name=f"Norm {number}", sentence="S", why="W")
        except Refused as refused:
            return refused.field
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(propose, range(8)))

    assert (answers.count(None), answers.count("why")) == (2, 6)
    assert NormProposal.objects.count() == 2
