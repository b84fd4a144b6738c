"""Cells of the gradebook in words."""

from decimal import Decimal

from django import template
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.forms.gradebook.words import CELL_STATES, COLUMN_REFUSALS, RESULTS, SYSTEMS
from blog.models import Grading
from blog.queries import gradebook
from blog.queries.grade_import import ImportCell, ImportPreview
from blog.queries.gradebook import GradeCell, PromptCells
from blog.queries.lms_files import Filling

register = template.Library()

WAITING = {gradebook.HIDDEN, gradebook.TO_READ, gradebook.CHANGED}
ICONS = {
    gradebook.ANONYMOUS: "hide",
    gradebook.HIDDEN: "eye",
    gradebook.TO_READ: "open",
    gradebook.CHANGED: "edit",
    gradebook.IN_PROGRESS: "half",
    gradebook.DIFFERS: "lock",
    gradebook.NOT_RELEASED: "lock",
}


@register.filter
def cell_icon(cell: GradeCell) -> str:
    """Return the name of the icon that goes with a cell's state, "" for none."""
    return ICONS.get(cell.state, "")


@register.filter
def cell_class(cell: GradeCell) -> str:
    """Return the class of a cell's state: what waits to be read, what only the team sees."""
    if cell.state in WAITING:
        return "is-wait"
    return "is-private" if ICONS.get(cell.state) == "lock" else ""


@register.filter
def cell_words(cell: GradeCell) -> str:
    """Return the state of a post or of comments in words: “14 of 16, not released”."""
    words = {
        gradebook.ANONYMOUS: _("Names hidden"),
        gradebook.HIDDEN: _("Waits for your grade"),
        gradebook.DIFFERS: _("Second grading differs"),
        gradebook.CHANGED: _("Changed since read"),
        gradebook.TO_READ: _("To read"),
        gradebook.IN_PROGRESS: _("In progress"),
        gradebook.NO_POST: _("No post"),
        gradebook.NO_POST_YET: _("No post yet"),
        gradebook.DRAFT: _("Draft"),
        gradebook.NO_GRADE: "",
    }
    if cell.state in words:
        return words[cell.state]
    if cell.is_released:
        return grade_words(cell)
    return _("%(grade)s, not released") % {"grade": grade_words(cell)}


def grade_words(cell: GradeCell) -> str:
    """Return a grade in words: its points, or that there are none."""
    others = {
        Grading.Status.EXCUSED: _("Excused"),
        Grading.Status.NOT_SUBMITTED: _("Not submitted"),
        Grading.Status.FEEDBACK: _("Feedback without a grade"),
    }
    if cell.status in others:
        return others[cell.status]
    if cell.points is None:
        return _("Graded")
    return points_words(cell.points, cell.highest_points)


@register.simple_tag
def points_words(points: Decimal, highest_points: Decimal | None) -> str:
    """Return points in words: “14 of 16”, or “14 points” where nobody knows of how many."""
    number = floatformat(points, -2)
    if highest_points:
        highest = floatformat(highest_points, -2)
        return _("%(points)s of %(most)s") % {"points": number, "most": highest}
    words = ngettext("%(points)s point", "%(points)s points", 1 if points == 1 else 2)
    return words % {"points": number}


@register.filter
def lateness(cells: PromptCells) -> str:
    """Return the lateness of a post, “2 days late”, "" for one on time."""
    item = cells.item
    if not (item.is_published and item.is_late):
        return ""
    if not item.days_late:
        return _("less than a day late")
    late = ngettext("%(days)d day late", "%(days)d days late", item.days_late)
    return late % {"days": item.days_late}


@register.filter
def peers_words(cells: PromptCells) -> str:
    """Return to how many people a student has written comments, of how many required."""
    peers, least = cells.participation.peers, cells.prompt.comments_min
    if peers < least:
        words = ngettext(
            "to %(peers)d of %(least)d person", "to %(peers)d of %(least)d people", least
        )
        return words % {"peers": peers, "least": least}
    if not peers:
        return _("no comments")
    return ngettext("to %(peers)d person", "to %(peers)d people", peers) % {"peers": peers}


@register.filter
def system_name(system: str) -> str:
    """Return the name of an LMS, "" for one that nobody can tell."""
    return SYSTEMS.get(system, "")


@register.filter
def column_refusal(reason: str) -> str:
    return str(COLUMN_REFUSALS[reason])


@register.filter
def result_words(result: str) -> str:
    """Return the result for a row of an LMS’s file."""
    return str(RESULTS[result])


@register.filter
def result_counts(filling: Filling) -> list[str]:
    """Return the number of rows of each result: “Written: 3”."""
    words = _("%(result)s: %(count)d")
    counts = filling.counts
    return [
        words % {"result": RESULTS[result], "count": counts[result]}
        for result in RESULTS
        if counts[result]
    ]


@register.filter
def import_counts(preview: ImportPreview) -> list[str]:
    """Return the number of a table's cells in each state: “Changed: 3”."""
    words = _("%(result)s: %(count)d")
    counts = preview.counts
    return [
        words % {"result": CELL_STATES[state], "count": counts[state]}
        for state in CELL_STATES
        if counts[state]
    ]


@register.filter
def cell_state(cell: ImportCell) -> str:
    return str(CELL_STATES[cell.state])


@register.filter
def stored_words(cell: ImportCell) -> str:
    """Return the stored grade of a cell in words."""
    if cell.before is None or cell.before.grading is None:
        return "–"
    if cell.before.state == gradebook.HIDDEN:
        return _("Waits for your grade")
    return grade_words(cell.before)


@register.filter
def kind_words(kind: str) -> str:
    """Return “post” or “comments”."""
    return str(Grading.Kind(kind).label)
