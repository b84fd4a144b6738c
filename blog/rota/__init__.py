"""The reply rota: which posts each student is given to comment on. Pure: keys in, pairs out.

Everybody who has published a post for a prompt reads some others. ``draw`` is the assignment, and
repairs it: it takes what was given so far and changes as little as it can. ``offer`` finds somebody
for the posts that still have no comment shortly before the comments are due. ``draw_groups`` draws
the pods themselves.
"""

from blog.rota.assignment import draw
from blog.rota.facts import Pair, RotaFacts
from blog.rota.groups import draw_groups
from blog.rota.offers import OFFERS_PER_POST, offer

__all__ = ["OFFERS_PER_POST", "Pair", "RotaFacts", "draw", "draw_groups", "offer"]
