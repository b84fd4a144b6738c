"""One's own network at the end of a day, as a figure whose peers are numbers, and in words.

Whoever cannot see the picture, and every other program that reads the text, gets the same.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import Course, Post, User
from blog.queries.own_posts import own_posts
from blog.templatetags.dates import on_day
from blog.text.lists import comma_list
from network import layout
from network.layout import Node, stable_order
from network.models import NetworkFigure, peer_label
from network.queries.ego_network import MAX_DRAWN_TIES, RINGS
from network.ties import Tie, TieClass, ties_of

MAX_DIGITS = 2  # of a number in the figure


@dataclass(frozen=True)
class NumberedTie:
    """A tie under the number that readers of the figure see, and its place."""

    number: int
    tie: Tie
    node: Node

    @property
    def label(self) -> str:
        return peer_label(self.number)


@dataclass(frozen=True)
class FigureOfNetwork:
    """The contents of a figure: ``not_drawn`` ties are counted only."""

    day: date
    drawn: list[NumberedTie]
    not_drawn: int

    def in_class(self, tie_class: TieClass) -> list[NumberedTie]:
        return [one for one in self.drawn if one.tie.tie_class == tie_class]

    @property
    def counts(self) -> str:
        """Count the drawn ties of each class, the strong ones first."""
        said = {
            TieClass.STRONG: lambda n: ngettext("%d strong tie", "%d strong ties", n),
            TieClass.WEAK: lambda n: ngettext("%d weak tie", "%d weak ties", n),
            TieClass.VERY_WEAK: lambda n: ngettext("%d very weak tie", "%d very weak ties", n),
        }
        numbers = {ring: len(self.in_class(ring)) for ring in RINGS}
        return comma_list(said[ring](number) % number for ring, number in numbers.items() if number)


def network_figure(owner: User, course: Course, day: date) -> FigureOfNetwork:
    """Return the owner's network as it stood at a day: classes as of then, and no names.

    The numbers follow no alphabet and no order of time: the strong ties come first, those of a
    class in an order that is random and the same for each day. It comes from the secret of the
    site: whoever sees the figure often knows with whom its owner exchanges comments, and could
    else find the order of their keys again, and so who each number is.
    """
    ties = [tie for tie in ties_of(owner, course, day) if tie.tie_class != TieClass.NONE]
    salt = salted_hmac("figure of a network", f"{course.pk}:{owner.pk}:{day}").hexdigest()
    by_peer = {tie.peer.pk: tie for tie in ties[:MAX_DRAWN_TIES]}
    rings = [[pk for pk, tie in by_peer.items() if tie.tie_class == ring] for ring in RINGS]
    nodes = layout.ego_rings(rings, salt, dict.fromkeys(by_peer, MAX_DIGITS))
    places = {node.key: (node, by_peer[node.key]) for node in nodes}
    shuffled = stable_order(places, salt)
    ordered = sorted(shuffled, key=lambda pk: -places[pk][1].tie_class)
    drawn = [
        NumberedTie(number, places[pk][1], places[pk][0])
        for number, pk in enumerate(ordered, start=1)
    ]
    return FigureOfNetwork(day, drawn, len(ties) - len(drawn))


def alternative_of(figure: FigureOfNetwork, course: Course) -> str:
    """Return the description of the picture, in one sentence."""
    return _("My network on %(day)s as three rings: %(counts)s. The table below says the same.") % {
        "day": on_day(figure.day, course),
        "counts": figure.counts,
    }


def text_below(figure: FigureOfNetwork, course: Course) -> str:
    """Return the caption of a figure and its table, as Markdown without a name."""
    caption = [
        _("My network in this course on %(day)s: %(counts)s.")
        % {"day": on_day(figure.day, course), "counts": figure.counts},
        _(
            "It is made from comments and follows. The inner ring holds strong ties, the middle "
            "ring weak ties, the outer ring very weak ties."
        ),
    ]
    if figure.not_drawn:
        caption.append(
            ngettext("%d more tie is not shown.", "%d more ties are not shown.", figure.not_drawn)
            % figure.not_drawn
        )
    rows = [(_("Peer"), _("Tie")), ("---", "---")]
    rows += [(one.label, str(one.tie.tie_class.label)) for one in figure.drawn]
    table = "\n".join(f"| {peer} | {tie} |" for peer, tie in rows)
    return f"*{' '.join(caption)}*\n\n{table}"


def posts_for_figure(owner: User, course: Course) -> list[Post]:
    """Return the posts that the owner can put a figure into: drafts first, then published ones."""
    posts = own_posts(owner, course)
    return [*posts.drafts, *posts.published]


def figures_in(post: Post, reader: User) -> list[NetworkFigure]:
    """Return the reader's own figures that a post shows, each with its peers; nobody else gets any.

    One that its author has taken out of the text is not among them.
    """
    figures = NetworkFigure.objects.filter(picture__post=post, owner=reader)
    shown = figures.select_related("picture").prefetch_related("peers__peer")
    html = post.revision.html if post.revision else ""
    return [one for one in shown.order_by("day", "pk") if one.picture.token in html]
