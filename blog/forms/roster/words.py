"""Findings of the readers of lists, in words: they give keys."""

from collections.abc import Mapping

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from blog.models import Membership
from blog.spreadsheets import TableRefused

REFUSALS = {
    "empty": _("This list is empty."),
    "no_people": _("There are no people in this list. It needs names or emails."),
    "too_large": _("This file is larger than 5 MB. Upload a list of one course."),
    "too_many_rows": _("This list has too many rows. Upload a list of one course."),
    "too_many_columns": _("This list has too many columns. Upload a list of one course."),
    "too_many_cells": _("This list is too large. Upload a list of one course."),
    "cell_too_long": _("A cell of this list is too long. Is a quotation mark missing?"),
    "undecodable": _("We cannot read this file. Save it as CSV UTF-8 and upload that."),
    "binary": _("This file is not a list. Upload a CSV or XLSX file."),
    "pdf": _("This is a PDF. Upload a CSV or XLSX file, or paste the names and emails."),
    "picture": _("This is a picture. Upload a CSV or XLSX file."),
    "rich_text": _("This is a text document. Paste the names and emails instead."),
    "document": _("This is a text document. Paste the names and emails instead."),
    "archive": _("This is an archive. Take the list out of it and upload that."),
    "old_workbook": _("This is an old Excel file. Save it as XLSX or CSV and upload that."),
    "open_document": _("This is an OpenDocument file. Save it as XLSX or CSV and upload that."),
    "broken_workbook": _("This XLSX file is damaged. Save it again, or save it as CSV."),
    "passwords": _(
        "This file has a column of passwords. Delete that column, then upload it again."
    ),
    "no_table": _("There is no table on this page. Upload a CSV or XLSX file."),
    "xml": _("This is an XML file. Upload a CSV or XLSX file."),
}
REFUSED = _("We cannot read this file. Upload a CSV or XLSX file.")

STATES = {
    "new": _("New: gets an invitation"),
    "known": _("Already in the course"),
    "invited": _("Already invited"),
    "changed": pgettext_lazy("one person of a list", "Changed"),
    "former": _("Left the course: stays out"),
    "left_out": pgettext_lazy("one person of a list", "Not added"),
    "problem": _("Problem: not added"),
}

SHORT_STATES = {
    "problem": _("Problems"),
    "new": pgettext_lazy("people of a list", "New"),
    "changed": pgettext_lazy("people of a list", "Changed"),
    "known": _("Already in the course"),
    "invited": _("Already invited"),
    "former": _("Left the course"),
    "left_out": pgettext_lazy("people of a list", "Not added"),
}

PROBLEMS = {
    "no_email": _("No email, and nobody in the course has this name or number."),
    "bad_email": _("This is not an email."),
    "several_emails": _("There are several emails in one cell."),
    "mangled_id": _(
        "A spreadsheet has changed the number. Format the column as text and save the list again."
    ),
    "shared_email": _("People with different names have this email."),
    "shared_id": _("People with different emails have this number."),
    "same_member": _("An earlier line is about the same person."),
    "nobody": _("There is no name, email or number in this line."),
    "broken_row": _("The cells of this line are not under their headings."),
}

STATUSES = {
    "dropped": _("The list says: dropped the course."),
    "suspended": _("The list says: suspended."),
    "waiting": _("The list says: on the waiting list."),
    "unavailable": _("The list says: not available."),
    "test_student": _("This is a test student."),
}

INACTIVE_IN_LMS = _("Inactive in the LMS")

SKIPPED = {
    "blank": _("empty"),
    "separator": _("names the separator"),
    "title": _("above the headings"),
    "heading": _("headings"),
    "points": _("points possible"),
    "posting": _("grade posting"),
    "summary": _("a total or a mean"),
}

REMARKS = {
    "mixed_encodings": _("Parts of this file have different encodings. Check the names."),
    "one_of_sheets": _(
        "This workbook has several sheets. We read the one that looks most like a list."
    ),
    "nul_characters": _("There are invisible characters in this file. Check the names."),
    "unclosed_quote": _("A quotation mark is missing. Check the lines after it."),
    "name_not_read": _(
        "There are words beside an email that do not look like a name. Check the names."
    ),
    "same_name": _(
        "A name is in this list with different emails. Is it one person? Then delete a line first."
    ),
    "no_email_column": _("There are no emails in this list, so it can only change members."),
}

MEANINGS = {
    "": _("Something else"),
    "email": _("Emails"),
    "name": _("Names"),
    "sortable_name": _("Names, family name first"),
    "short_name": _("Short names"),
    "family_name": _("Family names"),
    "given_name": _("Given names"),
    "student_id": _("Student numbers"),
    "username": _("Usernames"),
    "login": _("Usernames"),
    "section": _("Sections"),
    "pod": _("Pods"),
    "role": _("Roles"),
    "status": _("Enrolment status"),
}

ROLES = {role.value: role.label for role in Membership.Role}


def refusal_words(
    refusal: TableRefused, words: Mapping[str, object] = REFUSALS, otherwise: object = REFUSED
) -> str:
    """Return why a list is not read, with the line if it is known; ``words`` are by reason."""
    said = str(words.get(refusal.reason, otherwise))
    if refusal.line is None:
        return said
    return gettext("Line %(line)d: %(words)s") % {"line": refusal.line, "words": said}
