"""One's own network and the people one follows, as files to take away."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from blog import access
from blog.models import Course, User, name_for
from blog.takeout.course import Part
from blog.takeout.texts import moment
from blog.web.xml import TypedTextXMLGenerator
from network import ties
from network.drawing import draw_network
from network.export import FORMATS, NO_FIGURE, Edge, Export, Network, Node
from network.models import Follow, Question
from network.queries.network_figure import FigureOfNetwork, network_figure
from network.ties import Tie, TieClass, TieState

FOLDER = "network"


def own_files(person: User, course: Course) -> list[Part]:
    """Return the network of a member who has one, the people they follow, and their questions.

    People have the names by which its owner knows them.
    """
    parts = []
    states = [
        (tie, state)
        for tie, state in ties.states_of(person, course)
        if tie.tie_class != TieClass.NONE
    ]
    if states and access.can_see_own_work(person, course):
        parts.append(_network(person, course, states))
    followed = _followed(person, course)
    if followed:
        opml = _opml(person, course, followed)
        parts.append(Part(_("People I follow"), {"following.opml": [opml]}))
    questions = Question.objects.of(person, course).select_related("post").order_by("pk")
    if questions:
        asked = [_question(one, course) for one in questions]
        parts.append(Part(_("Questions to my network"), {f"{FOLDER}/questions.md": asked}))
    return parts


def _question(question: Question, course: Course) -> str:
    """Return an own question, open or closed. Who was asked and who declined is for nobody."""
    words = {"title": " ".join(question.post.title.split())}
    lines = [
        "## " + _("On my post “%(title)s”") % words,
        _("Asked %(at)s") % {"at": moment(question.created_at, course.zone)},
        question.text,
    ]
    if question.closed_at:
        closed = _("Closed %(at)s") % {"at": moment(question.closed_at, course.zone)}
        lines.insert(2, closed)
    return "\n\n".join(lines) + "\n\n"


def _network(person: User, course: Course, states: list[tuple[Tie, TieState]]) -> Part:
    export: Any = Export(network=_as_network(person, course, states), facts=None,  # type: ignore[arg-type]
                         figure=NO_FIGURE)  # fmt: skip
    figure = network_figure(person, course, ties.tie_date(course))
    files: dict[str, Iterable[bytes | str]] = {
        f"{FOLDER}/{name}": lines
        for one in ("csv", "graphml")
        for name, lines in FORMATS[one](export).items()
    }
    files[f"{FOLDER}/network.png"] = [_picture(figure)]
    return Part(_("My network"), files, f"{FOLDER}/index.html", _page(person, course, figure))


def _as_network(person: User, course: Course, states: list[tuple[Tie, TieState]]) -> Network:
    """Return the person, their ties, and an arc for each way that has units.

    Whether a peer follows them is not said, as nowhere: a follow is silent.
    """
    follows = sum(tie.follows for tie, _state in states)
    nodes = [Node(person.username, name_for(person, person), "", follows_out=follows)]
    edges = []
    for tie, state in states:
        peer = tie.peer.username
        nodes.append(Node(peer, name_for(tie.peer, person), tie.role, units=tie.units,
                          follows_in=int(tie.follows), first_day=tie.first_day,
                          last_day=tie.last_day))  # fmt: skip
        tie_class = tie.tie_class.name.lower().replace("_", " ")
        for source, target, strength, totals in (
            (person.username, peer, tie.s_out, state.out),
            (peer, person.username, tie.s_in, state.back),
        ):
            if totals.units:
                edges.append(Edge(source, target, strength, totals.units, totals.events, tie_class))
    clock = ties.clock_of(course)
    about: dict[str, str | int] = {
        "course": course.slug,
        "as_of": ties.tie_date(course).isoformat(),
        "half_life": clock.half_life,
        "ties": ties.explain(clock),
    }
    return Network(tuple(nodes), tuple(edges), about)


def _picture(figure: FigureOfNetwork) -> bytes:
    return draw_network((one.number, one.node) for one in figure.drawn)


def _page(person: User, course: Course, figure: FigureOfNetwork) -> str:
    named = [(one.number, name_for(one.tie.peer, person), one.tie) for one in figure.drawn]
    context = {"figure": figure, "named": named, "course": course}
    return render_to_string("network/_own_files.html", context)


def _followed(person: User, course: Course) -> list[User]:
    follows = Follow.objects.in_course(course).filter(follower=person)
    return [follow.followed for follow in follows.select_related("followed").order_by("pk")]


def _opml(person: User, course: Course, people: Sequence[User]) -> bytes:
    """Return one folder, named after the course, with a feed for each person."""
    body = BytesIO()
    opml = TypedTextXMLGenerator(body, "utf-8", short_empty_elements=True)
    opml.startDocument()
    opml.startElement("opml", {"version": "2.0"})
    opml.startElement("head", {})
    opml.addQuickElement("title", _("People I follow"))
    opml.endElement("head")
    opml.startElement("body", {})
    opml.startElement("outline", {"text": course.title})
    for one in people:
        name, keys = name_for(one, person), [course.slug, one.username]
        attributes = {
            "type": "rss",  # what OPML calls a feed of any format
            "text": name,
            "title": name,
            "xmlUrl": settings.SITE_URL + reverse("person_feed", args=keys),
            "htmlUrl": settings.SITE_URL + reverse("person_page", args=keys),
        }
        opml.addQuickElement("outline", None, attributes)
    for element in ("outline", "body", "opml"):
        opml.endElement(element)
    return body.getvalue()
