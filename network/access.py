"""Permissions on what is a person's own in their network; all others are in ``blog.access``.

Every function takes the person first and returns whether they can.
"""

from blog.access import can_keep_network
from blog.models import User
from network.models import Intention, Question, QuestionOffer


def can_change_question(user: User, question: Question) -> bool:
    """Return whether somebody can edit, close and open a question: its author, in the course."""
    return question.author_id == user.pk and can_keep_network(user, question.course)


def can_decline_question(user: User, offer: QuestionOffer) -> bool:
    """Return whether somebody can decline an offer of a question: whoever got it."""
    return offer.person_id == user.pk and can_keep_network(user, offer.question.course)


def can_look_back(user: User, intention: Intention) -> bool:
    """Return whether somebody can say how an intention went: whoever had it."""
    return intention.person_id == user.pk and can_keep_network(user, intention.course)
