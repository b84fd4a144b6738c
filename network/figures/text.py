"""What a figure says in words: its description, its caption and its table, as Markdown.

Whoever cannot see the picture, and every other program that reads the text, gets the same.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models import Course
from blog.templatetags.dates import on_day
from network.queries.network_figure import FigureOfNetwork


def alternative_of(figure: FigureOfNetwork, course: Course) -> str:
    """Return what the picture shows, in one sentence."""
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
