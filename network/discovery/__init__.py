"""Choose whom a learner could meet and what they could read, and why. Pure: plain data in and out.

====================  ==========================================================================
``people``            whom to meet, for “My network”
``ranking``           how much a post could give a reader whose usual reading it is not
``selection``         the five posts of a week, one of them by chance
====================  ==========================================================================
"""

from network.discovery.people import Suggestion, suggest_people
from network.discovery.ranking import Candidate, Reading, Scope, Score, Standing, score
from network.discovery.selection import Pick, Reason, choose

__all__ = [
    "Candidate",
    "Pick",
    "Reading",
    "Reason",
    "Scope",
    "Score",
    "Standing",
    "Suggestion",
    "choose",
    "score",
    "suggest_people",
]
