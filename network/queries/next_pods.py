"""The next pods of a class, drawn from its ties and its gaps, for an instructor to adjust."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import get_language

from blog.models import Membership, User, name_for
from blog.text.names import sort_key
from network.pod_draw import draw_next_pods
from network.queries.class_figures import ClassRecord
from network.ties.pairs import classes_on


@dataclass(frozen=True)
class DrawnStudent:
    """A student, and the number of the pod they are drawn into, from 1.

    ``ties`` and ``gaps`` count those in that pod with whom they have exchanged comments or not.
    """

    member: Membership
    name: str
    pod: int
    ties: int
    gaps: int


def drawn_students(
    record: ClassRecord, reader: User, *, size: int, by_section: bool = False
) -> list[DrawnStudent]:
    """Return all students by pod and name; with ``by_section`` no pod has people of two sections.

    The same class on the same day gives the same pods.
    """
    ties = {
        pair: int(kind)
        for pair, kind in classes_on(record.clock, record.peer_units, record.day).items()
    }
    now = record.groups(by_section=False)
    parts: dict[int | None, list[int]] = defaultdict(list)
    for key, member in record.students.items():
        parts[member.section_id if by_section else None].append(key)
    pods = [
        pod
        for section in sorted(parts, key=lambda key: (key is None, key))
        for pod in draw_next_pods(parts[section], ties, now, size=size)
    ]
    tied = {person: set() for person in record.students}  # type: dict[int, set[int]]
    for one, other in ties:
        tied[one].add(other)
        tied[other].add(one)
    language = get_language() or "en"
    rows = []
    for number, pod in enumerate(pods, start=1):
        drawn = [
            DrawnStudent(
                record.students[key],
                name_for(record.students[key].user, reader),
                number,
                ties=len(tied[key] & set(pod)),
                gaps=len(set(pod) - tied[key]) - 1,
            )
            for key in pod
        ]
        rows += sorted(drawn, key=lambda row: (sort_key(row.name, language), row.member.pk))
    return rows
