"""The figure of a class on a day, as a file holds it: in the places of the page."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from blog.exceptions import Refused
from blog.models import Course
from network.export.figure import Figure, FigurePerson, FigureTie
from network.force_layout import NAME_ROOM, bent_line, force_layout, shapes
from network.queries.class_figure import DOT_ROOM, DRAWN_CLASSES, MAX_NAMED, NO_GROUP
from network.queries.class_figures import MIN_STUDENTS, ClassRecord
from network.ties.pairs import classes_on


def drawn_class(course: Course, labels: Mapping[int, str], day: date) -> Figure:
    """Return the active students and their ties on a day; ``labels`` is what each is called.

    Places come from all ties up to today, as on the page. Refused in a class that is too small:
    there everybody would know who is meant.
    """
    record = ClassRecord(course)
    if record.is_small:
        raise Refused(
            _("There is no figure of a class of fewer than %(n)d students.") % {"n": MIN_STUDENTS}
        )
    people = sorted(record.students)
    latest = classes_on(record.clock, record.peer_units, record.day)
    is_named = len(people) <= MAX_NAMED
    layout = force_layout(
        people,
        {pair: float(kind) for pair, kind in latest.items()},
        salt=str(course.pk),
        room=NAME_ROOM if is_named else DOT_ROOM,
    )
    pod_of = {pk: member.pod_id or NO_GROUP for pk, member in record.students.items()}
    outlines = shapes(set(pod_of.values()))
    drawn = classes_on(record.clock, record.peer_units, min(day, record.day))
    return Figure(
        title=_("Class network of %(course)s, %(day)s")
        % {"course": course.title, "day": day.isoformat()},
        height=layout.height,
        rule=layout.rule,
        people=tuple(
            FigurePerson(
                labels[pk] if is_named else "",
                layout.places[pk].x,
                layout.places[pk].y,
                *outlines[pod_of[pk]],
            )
            for pk in people
        ),
        ties=tuple(
            FigureTie(
                bent_line(layout.places[one], layout.places[other]),
                kind.name.lower().replace("_", " "),
            )
            for kind in DRAWN_CLASSES
            for (one, other), each in drawn.items()
            if each == kind
        ),
    )
