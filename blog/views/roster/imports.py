"""Lists of people: upload or paste one, answer its questions, look at what it does, add, undo."""

from django.contrib import messages
from django.forms import Form
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from blog.actions.roster_imports import (
    add_listed_people,
    answer_roster_import,
    start_roster_import,
    undo_roster_import,
)
from blog.exceptions import Refused
from blog.forms.roster.imports import (
    RosterQuestionsForm,
    RosterReadingForm,
    RosterUploadForm,
    refusal_words,
)
from blog.models import Membership, RosterImport
from blog.queries.roster_imports import finished_imports, import_result
from blog.queries.roster_preview import roster_preview
from blog.queries.roster_reading import open_import, read_import
from blog.roster_files import Roster
from blog.spreadsheets import TableRefused
from blog.web.decorators import in_course, instructors_only
from blog.web.forms import status_of
from blog.web.rate_limits import HOUR, enforce_rate_limit
from blog.web.reauthentication import ask_who_it_is, was_confirmed_lately
from blog.web.uploads import READINGS, start_upload

ADDITIONS = 20  # an hour; each may send many invitations


@in_course
@instructors_only
def roster_import_new(request, course):
    """Take a list of people, as a file or pasted, and lead to its preview."""
    form = RosterUploadForm(request.POST or None, request.FILES or None)
    address = start_upload(
        request,
        form,
        f"roster_import_new {course.pk}",
        scope="roster import",
        start=lambda: _start(request, course, form),
    )
    if address is not None:
        return redirect(address)
    context = {"form": form, "imports": finished_imports(course)}
    return render(request, "blog/roster/roster_import_new.html", context, status=status_of(form))


def _start(request, course, form) -> str:
    started = start_roster_import(course, by=request.user, **form.content)
    return reverse("roster_import", args=[course.slug, started.pk])


@in_course
@instructors_only
def roster_import(request, course, pk):
    """Show what a list does, or did; on a POST take answers to the questions about it."""
    found = _find(course, pk)
    if found.added_at is not None:
        context = {"roster_import": found, "result": import_result(found)}
        return render(request, "blog/roster/roster_import_added.html", context)
    roster = read_import(found)
    questions = roster.open_questions or roster.questions
    form = RosterQuestionsForm(request.POST or None, roster=roster, questions=questions)
    if form.is_valid() and _answer(request, found, form, form.cleaned_data):
        return redirect("roster_import", course.slug, found.pk)
    return _show_preview(request, found, roster, form)


@in_course
@require_POST
@instructors_only
def roster_import_read(request, course, pk):
    """Read a list again, cut by the separator and the heading row that somebody names."""
    found = _find(course, pk)
    if found.added_at is not None:
        return redirect("roster_import", course.slug, found.pk)
    roster = read_import(found)
    cut = RosterReadingForm(request.POST, roster=roster, table=open_import(found))
    if cut.is_valid() and _answer(request, found, cut, cut.answers()):
        return redirect("roster_import", course.slug, found.pk)
    questions = roster.open_questions or roster.questions
    form = RosterQuestionsForm(roster=roster, questions=questions)
    return _show_preview(request, found, roster, form, cut)


def _answer(request, found: RosterImport, form: Form, answers: dict[str, str]) -> bool:
    """Keep what somebody says of a list, or say in the form why it cannot be read like that."""
    enforce_rate_limit(request, "roster import", READINGS, per=HOUR)
    try:
        answer_roster_import(found, by=request.user, answers=answers)
    except TableRefused as refusal:
        form.add_error(None, refusal_words(refusal))
        found.refresh_from_db(fields=["answers"])
        return False
    return True


def _show_preview(
    request, found: RosterImport, roster: Roster, form: Form, cut: Form | None = None
):
    cut = cut or RosterReadingForm(roster=roster, table=open_import(found))
    preview = None
    if not roster.open_questions:
        preview = roster_preview(found.course, roster, connected=found.connected_key)
    context = {
        "roster_import": found,
        "roster": roster,
        "form": form,
        "cut": cut,
        "preview": preview,
    }
    status = status_of(form, cut)
    return render(request, "blog/roster/roster_import.html", context, status=status)


@in_course
@require_POST
@instructors_only
def roster_import_add(request, course, pk):
    """Add the people of a list; a second click is answered as the first one."""
    found = _find(course, pk)
    if found.added_at is None and _names_team(found) and not was_confirmed_lately(request):
        return ask_who_it_is(reverse("roster_import", args=[course.slug, found.pk]))
    if found.added_at is None:
        enforce_rate_limit(request, "roster import add", ADDITIONS, per=HOUR)
    try:
        added = add_listed_people(found, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        invited = added.invitations.count()
        message = ngettext(
            "List imported. %(count)d person gets an invitation.",
            "List imported. %(count)d people get an invitation.",
            invited,
        )
        messages.success(request, message % {"count": invited})
    return redirect("roster_import", course.slug, found.pk)


def _names_team(found: RosterImport) -> bool:
    """Return whether a list names anybody as a member of the teaching team."""
    return any(row.role in Membership.TEACHING for row in read_import(found).rows)


@in_course
@require_POST
@instructors_only
def roster_import_undo(request, course, pk):
    """Undo what adding a list did, but for those who have joined meanwhile."""
    undone = undo_roster_import(_find(course, pk), by=request.user)
    if undone.undone_at is not None:
        messages.success(request, _("Import undone. Its invitations no longer work."))
    return redirect("roster_import", course.slug, undone.pk)


def _find(course, pk: int) -> RosterImport:
    return get_object_or_404(RosterImport.objects.in_course(course), pk=pk)
