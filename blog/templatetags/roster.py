"""Lists of people in words, and the code to scan that leads to a page."""

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.forms.roster.words import (
    INACTIVE_IN_LMS,
    PROBLEMS,
    REMARKS,
    ROLES,
    SHORT_STATES,
    SKIPPED,
    STATES,
    STATUSES,
)
from blog.queries.known_members import BY_ALIKE, BY_NAME
from blog.queries.roster_preview import ADDED, PreviewRow, RosterPreview
from blog.roster_files import Roster
from blog.text.lists import comma_list, isolated

register = template.Library()


@register.simple_tag
def qr_code(address: str, title: str) -> SafeString:
    """Return a drawing of an address to scan, on white in the dark theme too."""
    drawing = segno.make(address, micro=False, error="m").svg_inline(
        border=3, light="#fff", svgclass="qr-code", lineclass="", omitsize=True, title=title
    )
    return mark_safe(drawing.replace("<svg ", '<svg role="img" ', 1))


@register.filter
def state_words(row: PreviewRow) -> str:
    return str(STATES[row.state])


@register.filter
def state_counts(preview: RosterPreview) -> list[str]:
    """Return the number of a preview's rows in each state: “Changed: 3”."""
    counts = preview.counts
    words = _("%(state)s: %(count)d")
    return [
        words % {"state": SHORT_STATES[state], "count": counts[state]}
        for state in SHORT_STATES
        if counts[state]
    ]


@register.filter
def role_name(role: str) -> str:
    return str(ROLES[role])


@register.filter
def skipped_words(reason: str) -> str:
    return str(SKIPPED.get(reason, reason))


@register.filter
def notes_on(row: PreviewRow, is_from_lms: bool = False) -> list[str]:
    """Return the notes on a row of a preview, in sentences."""
    notes = [str(PROBLEMS[row.problem])] if row.problem else []
    if row.state in ("left_out", "former") and row.row.status in STATUSES:
        notes.append(str(INACTIVE_IN_LMS if is_from_lms else STATUSES[row.row.status]))
    if row.state == "left_out" and row.member is not None:
        notes.append(_("They are in the course and stay in it."))
    if row.found_by == BY_NAME:
        notes.append(_("Matched by name only. Check that it is the same person."))
    if row.found_by == BY_ALIKE:
        notes.append(
            _("Matched by number, but the leading zeros differ. Check that it is the same person.")
        )
    if row.suggested is not None:
        name = isolated(row.suggested.user.display_name)
        notes.append(_("%(name)s, with another email, is already in the course.") % {"name": name})
    if row.has_other_role:
        role = role_name(row.row.role)
        notes.append(_("The list says: %(role)s. Imports never change roles.") % {"role": role})
    return notes + _changes(row) + _groups_left_out(row)


def _changes(row: PreviewRow) -> list[str]:
    """Return a list's changes of a member or an invitation, each in a sentence."""
    known = row.member or row.invitation
    if row.state != "changed" or known is None:
        return []
    changes, said = row.changes, []
    if "listed_name" in changes:
        said.append(_("Name on the list: %(new)s") % {"new": isolated(str(changes["listed_name"]))})
    elif "family_name" in changes:
        said.append(_("Family name: %(new)s") % {"new": isolated(str(changes["family_name"]))})
    if "section" in changes:
        words = _("Section: %(new)s instead of %(old)s") if known.section else _("Section: %(new)s")
        said.append(
            words % {"new": isolated(str(changes["section"])), "old": isolated(str(known.section))}
        )
    if "pod" in changes:
        words = _("Pod: %(new)s instead of %(old)s") if known.pod else _("Pod: %(new)s")
        said.append(words % {"new": isolated(str(changes["pod"])), "old": isolated(str(known.pod))})
    if "identifiers" in changes:
        numbers = comma_list(changes["identifiers"].values())
        said.append(_("Student number or username: %(new)s") % {"new": numbers})
    return said


def _groups_left_out(row: PreviewRow) -> list[str]:
    """Name the one of several sections or pods that is taken: a member has one of each."""
    if row.state not in ADDED:
        return []
    notes, person = [], row.row
    if len(person.sections) > 1:
        words = _("The first of several sections is used: %(name)s")
        notes.append(words % {"name": isolated(str(person.section))})
    if len(person.pods) > 1:
        notes.append(
            _("The first of several pods is used: %(name)s") % {"name": isolated(str(person.pod))}
        )
    return notes


@register.filter
def remark_words(roster: Roster) -> list[str]:
    """Return the warnings about a list, each kind once."""
    kinds = dict.fromkeys(remark.kind for remark in roster.remarks)
    return [str(REMARKS[kind]) for kind in kinds if kind in REMARKS]


@register.filter
def lines_of(row: PreviewRow) -> str:
    """Return the lines that a row of a preview stands in."""
    lines = row.row.lines
    return ngettext("Line %(lines)s", "Lines %(lines)s", len(lines)) % {"lines": comma_list(lines)}
