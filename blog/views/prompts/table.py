"""The table of prompts: many of them changed, moved, copied, archived and deleted at once.

All buttons send the whole table, so that typed values are never lost: one that acts at once
is refused while there are changes that are not saved.
"""

from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from blog.actions.prompts import (
    archive_prompts,
    change_prompts,
    copy_prompts,
    delete_prompts,
    move_prompt,
    order_prompts_by_due_date,
    restore_prompts,
)
from blog.exceptions import Refused
from blog.forms.prompts.table import CopyForm, DaysForm, PromptTable
from blog.models import Course
from blog.queries.prompt_table import prompt_table
from blog.text.lists import isolated
from blog.views.prompts.finding import find_prompt
from blog.web.decorators import in_course, instructors_only, reload_if_stale
from blog.web.forms import CONFLICT, UNPROCESSABLE
from blog.web.idempotency import idempotent

USUAL_DAYS = 7


def show_table(
    request, course: Course, table: PromptTable | None = None, *, status: int = 200
) -> HttpResponse:
    """Render the table as it is saved, or as it was sent."""
    if table is None:
        table = PromptTable(course, prompt_table(request.user, course))
    context = {
        "table": table,
        "archived": prompt_table(request.user, course, archived=True),
        "days": request.POST.get("days", USUAL_DAYS),
        "form": CopyForm(auto_id=False),
    }
    return render(request, "blog/prompts/prompt_table.html", context, status=status)


@reload_if_stale
@in_course
@instructors_only
@require_POST
def prompts_save(request, course):
    """Save all changed rows, or none."""
    table = _sent(request, course)
    if not table.is_valid():
        status = CONFLICT if table.clash_count else UNPROCESSABLE
        return show_table(request, course, table, status=status)
    changed = [row.result() for row in table.changed]
    try:
        change_prompts(changed, by=request.user)
    except Refused as refusal:
        table.refused = str(refusal)
        return show_table(request, course, table, status=UNPROCESSABLE)
    if changed:
        words = ngettext("%(n)d prompt changed.", "%(n)d prompts changed.", len(changed))
        messages.success(request, words % {"n": len(changed)})
    return redirect("prompt_list", course.slug)


@in_course
@instructors_only
@require_POST
def prompts_shift(request, course):
    """Show the table with the dates of the chosen rows moved by some days; nothing is saved."""
    table, form = _sent(request, course), DaysForm(request.POST)
    if not form.is_valid():
        table.refused = _("Enter how many days to move the dates, such as 7 or -7.")
    elif not table.chosen:
        table.refused = _("Choose at least one prompt first.")
    else:
        for row in table.chosen:
            row.shift(form.cleaned_data["days"])
        table.is_valid()
    return show_table(request, course, table, status=UNPROCESSABLE if table.refused else 200)


def _on_chosen(view):
    """Pass a view the chosen prompts, unless none are chosen or some rows are not saved."""

    @in_course
    @instructors_only
    @require_POST
    @wraps(view)
    def wrapped(request, course):
        table = _sent(request, course)
        prompts = [row.prompt for row in table.chosen]
        if table.changed:
            table.refused = _("Save your changes first, or undo them. Nothing was done yet.")
        elif not prompts:
            table.refused = _("Choose at least one prompt first.")
        else:
            try:
                return view(request, course, prompts)
            except Refused as refusal:
                table.refused = str(refusal)
        return show_table(request, course, table, status=UNPROCESSABLE)

    return wrapped


@_on_chosen
def prompts_copy(request, course, prompts):
    """Copy the chosen prompts as drafts, once for each page."""
    form = CopyForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Reload this page, then copy."))
    key = form.cleaned_data["key"]
    with idempotent(request.user, key, f"prompts_copy {course.pk}") as outcome:
        if outcome.result is None:
            copy_prompts(prompts, by=request.user)
            outcome.result = str(len(prompts))
    words = ngettext(
        "%(n)d prompt copied. The copy is a draft.",
        "%(n)d prompts copied. The copies are drafts.",
        len(prompts),
    )
    messages.success(request, words % {"n": len(prompts)})
    return redirect("prompt_list", course.slug)


@_on_chosen
def prompts_archive(request, course, prompts):
    """Archive the chosen prompts."""
    archive_prompts(prompts, by=request.user)
    words = ngettext(
        "%(n)d prompt archived. You can restore it below the table.",
        "%(n)d prompts archived. You can restore them below the table.",
        len(prompts),
    )
    messages.success(request, words % {"n": len(prompts)})
    return redirect("prompt_list", course.slug)


@_on_chosen
def prompts_delete(request, course, prompts):
    """Ask whether the chosen prompts are to be deleted, then delete them if they are unused."""
    if "confirm" not in request.POST:
        return render(request, "blog/prompts/prompts_delete.html", {"prompts": prompts})
    delete_prompts(prompts, by=request.user)
    words = ngettext("%(n)d prompt deleted.", "%(n)d prompts deleted.", len(prompts))
    messages.success(request, words % {"n": len(prompts)})
    return redirect("prompt_list", course.slug)


@in_course
@instructors_only
@require_POST
def prompt_restore(request, course, number):
    """Restore an archived prompt."""
    prompt = find_prompt(course, number)
    restore_prompts([prompt], by=request.user)
    messages.success(request, _("“%(title)s” restored.") % {"title": isolated(prompt.title)})
    return redirect("prompt_list", course.slug)


@in_course
@instructors_only
@require_POST
def prompt_up(request, course, number):
    return _move(request, course, number, up=True)


@in_course
@instructors_only
@require_POST
def prompt_down(request, course, number):
    return _move(request, course, number, up=False)


@in_course
@instructors_only
@require_POST
def prompts_by_due_date(request, course):
    """Sort the prompts by their due dates."""
    table = _sent(request, course)
    if table.changed:
        return _refuse_unsaved(request, course, table)
    order_prompts_by_due_date(course, by=request.user)
    messages.success(request, _("Prompts ordered by due date."))
    return redirect("prompt_list", course.slug)


def _move(request, course: Course, number: int, *, up: bool) -> HttpResponse:
    table = _sent(request, course)
    if table.changed:
        return _refuse_unsaved(request, course, table)
    try:
        move_prompt(find_prompt(course, number), by=request.user, up=up)
    except Refused as refusal:  # archived in another window
        messages.error(request, str(refusal))
    return redirect("prompt_list", course.slug)


def _refuse_unsaved(request, course: Course, table: PromptTable) -> HttpResponse:
    table.refused = _("Save your changes first, or undo them. Nothing was done yet.")
    return show_table(request, course, table, status=UNPROCESSABLE)


def _sent(request, course: Course) -> PromptTable:
    return PromptTable(course, prompt_table(request.user, course), request.POST)
