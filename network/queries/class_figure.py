"""The figure of a class: its students as shapes and their ties as lines, and the same as a table.

Up to ``MAX_NAMED`` students each has a place and a name. Of more, pods are in their place, and
one of them is opened at a time. Where there is neither pod nor section the figure has dots, and
the names are in the table. Everybody has the same size. Places come from all ties up to today, so
nobody moves from week to week.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from blog.models import Membership, User, name_for
from blog.text.names import initials, numbered_key, sort_key
from network.force_layout import NAME_ROOM, Layout, Shape, bent_line, force_layout, shapes
from network.metrics.units import Pair, pair_of
from network.queries.class_figures import ClassFigures, ClassRecord
from network.ties import TieClass
from network.ties.pairs import classes_on

MAX_NAMED = 60
DOT_ROOM = (18.0, 16.0)
GROUP_ROOM = (150.0, 90.0)
# A course of 500 has over a hundred pods: they stand closer, and the thin lines are left out.
MANY_GROUPS = 18
ROOM_OF_MANY = (66.0, 58.0)
MAX_LINES_OF_MANY = 250
MAX_LABEL_CHARS = 10
CHARS_IN_ROOM = 7
NO_GROUP = 0
DRAWN_CLASSES = (TieClass.VERY_WEAK, TieClass.WEAK, TieClass.STRONG)  # the strongest on top


@dataclass(frozen=True)
class FigureNode:
    """A student or a group in its place; ``shape`` is that of its group."""

    key: int
    name: str
    label: str
    short: str
    x: float
    y: float
    shape: Shape
    is_waiting: bool = False


@dataclass(frozen=True)
class FigureLine:
    """A line between two nodes: a tie in its class, or ``ties`` between two groups."""

    one: int
    other: int
    path: str
    tie_class: TieClass | None = None
    ties: int = 1


@dataclass
class StudentRow:
    """A student's ties in words; ``outside`` are those to people who are not in the figure."""

    person: User
    name: str
    group: str
    is_waiting: bool
    peers: dict[TieClass, list[str]] = field(default_factory=lambda: defaultdict(list))
    outside: int = 0
    last_day: date | None = None

    @property
    def ties(self) -> list[tuple[TieClass, list[str]]]:
        """Return the names by class, the strongest first."""
        return [(kind, self.peers[kind]) for kind in reversed(DRAWN_CLASSES) if self.peers[kind]]


@dataclass
class GroupRow:
    """A group's ties, those inside it, and those with each other group by its name."""

    key: int
    name: str
    students: int
    inside: int = 0
    others: list[tuple[str, int]] = field(default_factory=list)


@dataclass(frozen=True)
class ClassFigure:
    """The drawing, and the rows with the same facts. ``kind``: “people”, “dots” or “groups”."""

    kind: str
    height: int
    rule: int | None
    nodes: list[FigureNode]
    lines: list[FigureLine]
    student_rows: list[StudentRow] = field(default_factory=list)
    group_rows: list[GroupRow] = field(default_factory=list)
    least_ties: int = 1  # of a line between groups
    legend: list[tuple[Shape, str]] = field(default_factory=list)
    opened: str = ""

    @property
    def is_of_many(self) -> bool:
        """Return whether it has more groups than there is room for their names."""
        return self.kind == "groups" and len(self.nodes) > MANY_GROUPS

    @property
    def paths(self) -> list[tuple[str, str]]:
        """Return the lines as the class of the stylesheet and the path of each.

        Among dots all ties of a class are one path: a browser draws three sooner than thousands.
        """
        found = [
            (f"tie-{line.tie_class.css}" if line.tie_class else "tie-groups", line.path)
            for line in self.lines
        ]
        if self.kind != "dots":
            return found
        joined: dict[str, list[str]] = defaultdict(list)
        for css, path in found:
            joined[css].append(path)
        return [(css, "".join(some)) for css, some in joined.items()]


class FigureMaker:
    """A maker of the figure of a class for one reader, who knows people by certain names."""

    def __init__(
        self, record: ClassRecord, figures: ClassFigures, reader: User, *, by_section: bool
    ) -> None:
        self.record, self.figures, self.reader = record, figures, reader
        self.by_section = by_section
        self.group_of = {
            pk: group or NO_GROUP
            for pk, group in (
                (pk, m.section_id if by_section else m.pod_id) for pk, m in record.students.items()
            )
        }
        self.group_names = self._group_names()
        self.shapes = shapes(self.group_names)

    def make(self, opened: int | None) -> ClassFigure:
        """Return the figure of everybody, or of the groups, or of one group that is opened."""
        everybody = sorted(self.record.students)
        if len(everybody) <= MAX_NAMED:
            return self._of_students(everybody, "")
        if len(self.group_names) < 2:
            return self._of_students(everybody, "")
        if opened in self.group_names:
            people = [pk for pk in everybody if self.group_of[pk] == opened]
            return self._of_students(people, self.group_names[opened])
        return self._of_groups()

    def _group_names(self) -> dict[int, str]:
        members: Iterable[Membership] = self.record.students.values()
        found = [m.section if self.by_section else m.pod for m in members]
        names = {group.pk: group.name for group in found if group is not None}
        if None in found:
            names[NO_GROUP] = _("No section") if self.by_section else _("No pod")
        return names

    def _latest_classes(self) -> dict[Pair, TieClass]:
        """Return the classes of all students' ties today, which the places come from."""

        def compute() -> dict[Pair, TieClass]:
            record = self.record
            return classes_on(record.clock, record.peer_units, record.day)

        return self.record.cached("classes", compute)

    def _of_students(self, people: list[int], opened: str) -> ClassFigure:
        present = set(people)
        is_named = len(people) <= MAX_NAMED
        waiting = self.figures.reach.not_answered
        layout = self._student_layout(people, is_named=is_named)
        names = {pk: name_for(m.user, self.reader) for pk, m in self.record.students.items()}
        first_names = Counter(names[pk].split(" ")[0] for pk in people)
        ties = {
            pair: kind for pair, kind in self.figures.classes.items() if present.issuperset(pair)
        }
        return ClassFigure(
            kind="people" if is_named else "dots",
            height=layout.height,
            rule=layout.rule,
            nodes=[
                FigureNode(
                    pk,
                    names[pk],
                    _label(names[pk], first_names) if is_named else "",
                    initials(names[pk]),
                    layout.places[pk].x,
                    layout.places[pk].y,
                    self.shapes[self.group_of[pk]],
                    pk in waiting,
                )
                for pk in people
            ],
            lines=[
                FigureLine(*pair, bent_line(*(layout.places[pk] for pk in pair)), kind)
                for kind in DRAWN_CLASSES
                for pair, each in sorted(ties.items())
                if each == kind
            ],
            student_rows=self._student_rows(people, ties, names),
            legend=self._legend(people),
            opened=opened,
        )

    def _student_layout(self, people: list[int], *, is_named: bool) -> Layout:
        def compute() -> Layout:
            present = set(people)
            ties = {
                pair: float(kind)
                for pair, kind in self._latest_classes().items()
                if present.issuperset(pair)
            }
            room = NAME_ROOM if is_named else DOT_ROOM
            return force_layout(people, ties, salt=str(self.record.course.pk), room=room)

        return self.record.cached("places", compute, people)

    def _student_rows(
        self, people: list[int], ties: Mapping[Pair, TieClass], names: Mapping[int, str]
    ) -> list[StudentRow]:
        rows = {
            pk: StudentRow(
                self.record.students[pk].user,
                names[pk],
                self.group_names[self.group_of[pk]],
                pk in self.figures.reach.not_answered,
                last_day=self.figures.last_days.get(pk),
            )
            for pk in people
        }
        for (one, other), kind in self.figures.classes.items():
            for person, peer in ((one, other), (other, one)):
                if person in rows and (one, other) in ties:
                    rows[person].peers[kind].append(names[peer])
                elif person in rows:
                    rows[person].outside += 1
        language = get_language() or "en"
        for row in rows.values():
            for found in row.peers.values():
                found.sort(key=lambda name: sort_key(name, language))
        return sorted(rows.values(), key=lambda row: (sort_key(row.name, language), row.person.pk))

    def _legend(self, people: list[int]) -> list[tuple[Shape, str]]:
        """Return the shapes of the groups that are in the figure, if there is more than one."""
        if len(self.group_names) < 2:
            return []
        drawn = {self.group_of[pk] for pk in people}
        return [(self.shapes[key], name) for key, name in self._by_name() if key in drawn]

    def _by_name(self) -> list[tuple[int, str]]:
        last = (NO_GROUP,)
        return sorted(
            self.group_names.items(), key=lambda item: (item[0] in last, numbered_key(item[1]))
        )

    def _of_groups(self) -> ClassFigure:
        counts = self._ties_of_groups(self.figures.classes)

        def compute() -> Layout:
            latest = self._ties_of_groups(self._latest_classes())
            ties = {pair: 1.0 + min(n, 9) / 5 for pair, n in latest.items() if pair[0] != pair[1]}
            salt = str(self.record.course.pk)
            return force_layout(list(self.group_names), ties, salt=salt, room=room)

        labels = group_labels(self.group_names)
        room = _group_room(labels)
        layout = self.record.cached("places of groups", compute, self.by_section, room)
        drawn = [(pair, ties) for pair, ties in sorted(counts.items()) if pair[0] != pair[1]]
        least = _least_ties([ties for _pair, ties in drawn], len(labels))
        sizes = Counter(self.group_of.values())
        rows = {key: GroupRow(key, name, sizes[key]) for key, name in self._by_name()}
        for key, row in rows.items():
            row.inside = counts[key, key]
            row.others = [
                (name, counts[pair_of(key, other)])
                for other, name in self._by_name()
                if other != key and counts[pair_of(key, other)]
            ]
        return ClassFigure(
            kind="groups",
            height=layout.height,
            rule=layout.rule,
            nodes=[
                FigureNode(
                    *(key, name, labels[key], labels[key][:3]),
                    *(*layout.places[key][:2], self.shapes[key]),
                )
                for key, name in self._by_name()
            ],
            lines=[
                FigureLine(*pair, bent_line(*(layout.places[key] for key in pair)), ties=ties)
                for pair, ties in drawn
                if ties >= least
            ],
            group_rows=list(rows.values()),
            least_ties=least,
        )

    def _ties_of_groups(self, classes: Iterable[Pair]) -> Counter[Pair]:
        return Counter(pair_of(self.group_of[one], self.group_of[other]) for one, other in classes)


def _label(name: str, first_names: Counter[str]) -> str:
    """Return the first word of a name, or all of it where somebody else has the same."""
    first = name.split(" ")[0]
    return first if first_names[first] == 1 else name


def group_labels(names: Mapping[int, str]) -> dict[int, str]:
    """Return the label of each group: its name, or of many “12” where all are “Pod …”."""
    if len(names) <= MANY_GROUPS:
        return dict(names)
    named = [name.split(" ", 1) for key, name in names.items() if key != NO_GROUP]
    is_numbered = all(len(parts) == 2 for parts in named) and len({p[0] for p in named}) == 1
    return {
        key: name.split(" ", 1)[1] if is_numbered and key != NO_GROUP else name
        for key, name in names.items()
    }


def _group_room(labels: Mapping[int, str]) -> tuple[float, float]:
    if len(labels) <= MANY_GROUPS:
        return GROUP_ROOM
    chars = max(min(len(label), MAX_LABEL_CHARS) for label in labels.values())
    return ROOM_OF_MANY[0] * max(1.0, chars / CHARS_IN_ROOM), ROOM_OF_MANY[1]


def _least_ties(ties: list[int], groups: int) -> int:
    """Return the least number of ties for a line, so that there are not too many lines."""
    least = 1
    while groups > MANY_GROUPS and sum(n >= least for n in ties) > MAX_LINES_OF_MANY:
        least += 1
    return least
