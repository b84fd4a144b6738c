"""The README.txt of an export: what a tie is, what the files hold and what they leave out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.export.graph import Network


@dataclass(frozen=True)
class LeftOut:
    """The numbers of comments and people not in an export, by the reason."""

    to_oneself: int = 0
    by_guests: int = 0
    deleted: int = 0
    hidden_or_waiting: int = 0
    on_unpublished_posts: int = 0
    later: int = 0
    people_who_left: int = 0


@dataclass(frozen=True)
class Facts:
    """The facts that a reader of the files needs and cannot see in them."""

    course: str
    title: str
    zone: str
    first_day: date
    as_of: date
    landmark: date
    half_life: int
    explanation: str
    has_names: bool
    version: str
    left_out: LeftOut


def read_me(network: Network, facts: Facts, files: Sequence[str]) -> str:
    """Return the text that goes with these files."""
    parts = [
        [_("The network of the course %s") % facts.course, facts.title],
        _period(facts),
        _definition(facts),
        _people(network, facts),
        _left_out(facts.left_out),
        [_("Files"), *(f"- {name}: {_about(name, facts)}" for name in files)],
        [
            _("Made by Commonplace, version %s. Two exports of the same day differ only in what "
              "was written, deleted or followed in between.") % facts.version
        ],
    ]  # fmt: skip
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _period(facts: Facts) -> list[str]:
    values = {
        "day": facts.as_of.isoformat(),
        "first": facts.first_day.isoformat(),
        "zone": facts.zone,
    }
    return [
        _("Period"),
        _("As of: %(day)s, read at the start of that day. Comments of that day count fully.")
        % values,
        _("Period: from %(first)s, the first day of the course, to %(day)s.") % values,
        _("Days are in the time zone %(zone)s.") % values,
    ]


def _definition(facts: Facts) -> list[str]:
    return [
        _("What a tie is"),
        facts.explanation,
        _(
            "A comment from A, for B, is an event from A to B. All events from A to B on one post "
            "and one day are one unit. The weight of an arc from A to B is s = sum of "
            "2^(-(t - day of the unit) / half-life) over its units."
        ),
        _("Half-life: %d days.") % facts.half_life,
        _("Landmark: %s. Stored sums are counted from this day; it changes no weight.")
        % facts.landmark.isoformat(),
        _("Strong: s is at least 0.75 in both directions, and units on at least three days."),
        _("Weak: both directions together are at least 0.5, with at least two units."),
        _("Very weak: at least one unit. A follow makes a very weak tie, but no arc in a file."),
        _("It measures what two people exchanged, never how close they are."),
    ]


def _people(network: Network, facts: Facts) -> list[str]:
    tied = {end for edge in network.edges for end in (edge.source, edge.target)}
    alone = sum(node.id not in tied for node in network.nodes)
    if facts.has_names:
        who = _("Filters: none. People have their usernames and names.")
    else:
        who = _(
            "Filters: none. People have codes instead of names. A person has the same "
            "code in all exports of this course. Keep the key apart from these files. "
            "Anyone who can read the course can tell from roles, pods, days and numbers "
            "of comments who someone is: share these files with care."
        )
    return [
        _("Who is in it"),
        who,
        _("Staff are included; the role says who they are. So are people who left the course, if "
          "they have an arc."),
        ngettext("%d person.", "%d people.", len(network.nodes)) % len(network.nodes),
        ngettext("%d of them without an arc.", "%d of them without an arc.", alone) % alone,
        ngettext("%d arc.", "%d arcs.", len(network.edges)) % len(network.edges),
        ngettext("%d unit.", "%d units.", units := sum(e.units for e in network.edges)) % units,
        ngettext("Based on %d comment.", "Based on %d comments.",
                 events := sum(e.events for e in network.edges)) % events,
    ]  # fmt: skip


def _left_out(left: LeftOut) -> list[str]:
    """Return a line for each reason; a comment is counted at the first one that it has."""
    return [
        _("Left out"),
        ngettext("%d comment later than the day of the export.",
                 "%d comments later than the day of the export.", left.later) % left.later,
        ngettext("%d deleted comment.", "%d deleted comments.", left.deleted) % left.deleted,
        ngettext("%d comment that is hidden or waits for a decision.",
                 "%d comments that are hidden or wait for a decision.", left.hidden_or_waiting)
        % left.hidden_or_waiting,
        ngettext("%d comment on a post that is not published or is hidden.",
                 "%d comments on posts that are not published or are hidden.",
                 left.on_unpublished_posts) % left.on_unpublished_posts,
        ngettext("%d comment by a guest, or for nobody.",
                 "%d comments by guests, or for nobody.", left.by_guests) % left.by_guests,
        ngettext("%d reply to oneself.", "%d replies to oneself.", left.to_oneself)
        % left.to_oneself,
        ngettext("%d person who left the course and has no arc.",
                 "%d people who left the course and have no arc.", left.people_who_left)
        % left.people_who_left,
    ]  # fmt: skip


def _about(name: str, facts: Facts) -> str:
    """Return the description of a file, and how to use it."""
    return {
        "nodes.csv": _("the people, for Gephi and spreadsheets"),
        "edges.csv": _("the arcs, one row for each ordered pair that has units"),
        "network.graphml": _("the network as GraphML, for Gephi, Cytoscape and igraph"),
        "network.gexf": _("the network as GEXF 1.3, for Gephi"),
        "network.net": _("the network for Pajek"),
        "network.dl": _("the network for UCINET"),
        "network.vna": _("the network for NetDraw"),
        "events.csv": _(
            "every counting comment with its time in Unix seconds. Load it with "
            "manage.py load_events events.csv --course NEW --zone %s. Follows are not in "
            "it. Anyone who can read the course can tell from the times who is who: "
            "share it with care."
        )
        % facts.zone,
        "statements.jsonl": _(
            "who wrote a post, commented or replied, as statements of xAPI 1.0.3, one in "
            "a line. Posts that only their authors can read are not in it. Anyone who "
            "can read the course can tell from the times who is who: share it with care."
        ),
        "class.svg": _(
            "the figure of the students, for slides; staff and people who left are not in it"
        ),
        "key.csv": _("which person each code is. Keep it to yourself."),
    }[name]
