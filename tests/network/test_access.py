"""Who may change what is a person's own in their network."""

from datetime import date

import pytest

from blog.models import User
from network.access import can_change_question, can_decline_question, can_look_back
from network.models import Intention, Question, QuestionOffer
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(course, ada):
    post = factories.make_post(ada, course, "Half-open windows")
    return Question.objects.create(course=course, author=ada, post=post, text="Why?")


@pytest.fixture
def people(ada, bob, eve, instructor):
    named = {"ada": ada, "bob": bob, "eve": eve, "instructor": instructor}
    return {name: User.objects.get(pk=person.pk) for name, person in named.items()}


def test_a_question_is_its_authors_to_change(question, people):
    allowed = {name for name, one in people.items() if can_change_question(one, question)}

    assert allowed == {"ada"}


def test_an_offer_is_declined_by_whoever_got_it(question, bob, people):
    offer = QuestionOffer.objects.create(question=question, person=bob)

    allowed = {name for name, one in people.items() if can_decline_question(one, offer)}

    assert allowed == {"bob"}


def test_an_intention_is_looked_back_on_by_whoever_had_it(course, ada, people):
    intention = Intention.objects.create(
        course=course, person=ada, week=date(2026, 9, 7), text="Write to Bob"
    )

    allowed = {name for name, one in people.items() if can_look_back(one, intention)}

    assert allowed == {"ada"}
