"""The ties of my network, in the figure and in the table: dozens of each part, so stencils."""

from collections.abc import Iterable
from typing import NamedTuple

from django import template
from django.template.defaultfilters import truncatechars
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from blog.templatetags.dates import on_day
from blog.templatetags.names import first_name_for, isolated, known_to
from blog.templatetags.stencils import Stencil
from network.queries.ego_network import DrawnTie
from network.ties import Tie, TieClass

register = template.Library()


class ClassShape(NamedTuple):
    tie_class: TieClass


class NodeShape(NamedTuple):
    tie_class: TieClass
    anchor: str
    is_crowded: bool


class RowShape(NamedTuple):
    """The facts that decide about a row's words; in a past week its links lead to that week."""

    tie_class: TieClass
    has_comment: bool
    is_past: bool


WORDS = Stencil("network/_ring_words.html", "name")
PATH = Stencil("network/_ring_path.html", "x y")
NODE = Stencil(
    "network/_ring_node.html", "username full_name name initials x y r label_x label_y reach"
)
ROW = Stencil("network/_tie_row.html", "course_slug username full_name name day week")


@register.simple_tag(takes_context=True)
def ring_words(context, drawn: Iterable[DrawnTie]) -> SafeString:
    """Return the sentences of the figure’s description."""
    reader, language = context["user"], get_language()
    words = ((one.tie.tie_class, known_to(one.tie.peer, reader)) for one in drawn)
    return _joined(
        WORDS.fill(ClassShape(tie_class), {"name": name}, language) for tie_class, name in words
    )


@register.simple_tag
def ring_paths(drawn: Iterable[DrawnTie]) -> SafeString:
    """Return the lines of ties in the figure."""
    language = get_language()
    return _joined(
        PATH.fill(ClassShape(one.tie.tie_class), {"x": one.node.x, "y": one.node.y}, language)
        for one in drawn
    )


@register.simple_tag(takes_context=True)
def ring_nodes(context, drawn: Iterable[DrawnTie]) -> SafeString:
    """Return the peers in the figure."""
    reader, is_crowded, language = context["user"], context["is_crowded"], get_language()
    parts = []
    for one in drawn:
        node, label, peer = one.node, one.node.label, one.tie.peer
        values = {
            "username": peer.username,
            "full_name": known_to(peer, reader),
            "name": isolated(_shortened(one.name, context["name_chars"])),
            "initials": one.initials,
            "x": node.x,
            "y": node.y,
            "r": node.r,
            "label_x": label.x,
            "label_y": label.y,
            "reach": context["reach"],
        }
        shape = NodeShape(one.tie.tie_class, label.anchor, is_crowded)
        parts.append(NODE.fill(shape, values, language))
    return _joined(parts)


@register.simple_tag(takes_context=True)
def tie_rows(context, ties: Iterable[Tie]) -> SafeString:
    """Return the rows of the table of ties."""
    reader, course, week = context["user"], context["course"], context["week"]
    language = get_language()
    parts = []
    for tie in ties:
        values = {
            "course_slug": course.slug,
            "username": tie.peer.username,
            "full_name": known_to(tie.peer, reader),
            "name": first_name_for(tie.peer, reader),
            "day": on_day(tie.last_day, course),
            "week": week.number,
        }
        shape = RowShape(tie.tie_class, bool(tie.last_day), week.is_past)
        parts.append(ROW.fill(shape, values, language))
    return _joined(parts)


def _shortened(name: str, chars: int) -> str:
    """Return the result of ``truncatechars``; most names are short, and plain letters."""
    return name if name.isascii() and len(name) <= chars else truncatechars(name, chars)


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))
