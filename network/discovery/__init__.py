"""Choose whom a learner could meet and what they could read, and why. Pure: plain data in and out.

====================  ==========================================================================
``people``            whom to meet, for “My network”
``ranking``           how much a post could give somebody who would not read it anyway
``selection``         the five posts of a week, one of them by chance
``recipients``        who is offered a question on a post
====================  ==========================================================================
"""

from network.discovery.people import Suggestion, suggest_people
from network.discovery.ranking import Candidate, Interests, Relation, Scope, Score, score
from network.discovery.recipients import Recipient, choose_recipients
from network.discovery.selection import Pick, Reason, choose, turns

__all__ = [
    "Candidate",
    "Pick",
    "Interests",
    "Reason",
    "Scope",
    "Score",
    "Recipient",
    "Relation",
    "Suggestion",
    "choose",
    "choose_recipients",
    "score",
    "suggest_people",
    "turns",
]
