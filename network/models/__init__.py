"""Models of network, one module per noun."""

from network.models.choices import NetworkChoices
from network.models.figures import FigurePeer, NetworkFigure, peer_label
from network.models.follows import Follow
from network.models.intentions import Intention
from network.models.mutes import Mute
from network.models.questions import QUESTIONS_ARE_OPEN_FOR, Question, QuestionOffer, is_open
from network.models.tie_clocks import TieClock, TieDay, new_export_key
from network.models.ties import TieArc, TieUnit
from network.models.weekly_choices import WeeklyChoice

__all__ = [
    "FigurePeer",
    "Follow",
    "Intention",
    "Mute",
    "NetworkChoices",
    "NetworkFigure",
    "QUESTIONS_ARE_OPEN_FOR",
    "Question",
    "QuestionOffer",
    "TieArc",
    "TieClock",
    "TieDay",
    "TieUnit",
    "WeeklyChoice",
    "is_open",
    "new_export_key",
    "peer_label",
]
