"""Release the grades of a prompt: a last look, the release, its date, and taking it back."""

from collections.abc import Collection
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.actions.releases import move_release, release_prompt, take_back_release
from blog.exceptions import Refused
from blog.forms.grading.release import ReleaseDateForm, ReleaseForm
from blog.models import Grading, Prompt, Section
from blog.queries.graded_names import GradedNames, graded_names
from blog.queries.grading_queue import grading_queue, next_to_grade
from blog.queries.memberships import students_by_name
from blog.queries.platform_scores import told_to_lms
from blog.queries.release_page import (
    Release,
    ReleaseRow,
    not_graded,
    preview,
    release_tables,
    releases_of,
    sections_of,
    with_comments_to_grade,
)
from blog.text.lists import comma_list, isolated
from blog.views.grading.queue import find_prompt
from blog.web.decorators import in_course, only_if
from blog.web.forms import status_of
from blog.web.keys import read_key
from blog.web.times import read_moment


@in_course
@only_if(access.can_release)
@require_http_methods(["GET", "HEAD", "POST"])
def grading_release(request, course, number):
    """Show whose grades would be released; on a POST release the ticked ones as they were shown."""
    prompt = find_prompt(course, number)
    if request.method != "POST":
        return _show(request, prompt, ReleaseForm(course=course))
    form = ReleaseForm(request.POST, course=course)
    ticked = set(request.POST.getlist("grading")) - {""}
    if not ticked:
        form.add_error(None, _("Tick the students whose grades you want to release."))
    if form.is_valid():
        try:
            released = release_prompt(prompt, by=request.user, shown=ticked, at=form.moment)
        except Refused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            _warn_of_changes(request, prompt, released, ticked)
            return redirect(_address(request, prompt, released))
    return _show(request, prompt, form, status=status_of(form))


@in_course
@only_if(access.can_release)
@require_http_methods(["GET", "HEAD", "POST"])
def grading_release_look(request, course, number):
    """Show what one student would see, and keep the ticks. Nothing is released.

    Whoever comes back to the address without them begins again.
    """
    prompt = find_prompt(course, number)
    if request.method != "POST":
        return redirect(_address(request, prompt, []))
    form = ReleaseForm(course=course, initial=request.POST.dict())
    return _show(request, prompt, form)


@in_course
@only_if(access.can_release)
@require_POST
def grading_release_date(request, course, number):
    """Give another date to a release that is dated ahead, or release its grades now."""
    prompt = find_prompt(course, number)
    planned_at = read_moment(request.POST.get("released_at", ""))
    is_now = "now" in request.POST
    form = ReleaseDateForm(request.POST, course=course)
    if planned_at is None:
        raise Http404
    if is_now or form.is_valid():
        at = None if is_now else form.cleaned_data["at"]
        try:
            moved = move_release(prompt, planned_at, by=request.user, at=at)
        except Refused as refusal:
            messages.error(request, str(refusal))
            moved = []
        return redirect(_address(request, prompt, moved))
    context = {"moving": planned_at, "date_form": form}
    return _show(request, prompt, ReleaseForm(course=course), status=422, **context)


@in_course
@only_if(access.can_release)
@require_http_methods(["GET", "HEAD", "POST"])
def grading_release_back(request, course, number):
    """Ask before a release is taken back, naming who had a mail; on a POST take it back."""
    prompt = find_prompt(course, number)
    sent = request.POST if request.method == "POST" else request.GET
    moment = read_moment(sent.get("released_at", ""))
    if moment is None:
        raise Http404
    if request.method == "POST":
        release = _release_at(prompt, moment)
        try:
            take_back_release(prompt, moment, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            _say_what_is_taken_back(request, prompt, release)
        return redirect("grading_release", course.slug, number)
    release = _release_at(prompt, moment)
    if release is None:
        messages.info(request, _("These grades were already taken back. No student sees them."))
        return redirect("grading_release", course.slug, number)
    names = graded_names(prompt, request.user)
    context = {
        "prompt": prompt,
        "release": release,
        "names": names,
        "told_to_lms": told_to_lms(prompt, release.students),
    }
    return render(request, "blog/grading/grading_release_back.html", context)


def _show(
    request, prompt: Prompt, form: ReleaseForm, *, status: int = 200, **context
) -> HttpResponse:
    queue = grading_queue(prompt, request.user)
    names = graded_names(prompt, request.user)
    # A small section would say who is who, as a pod would in the queue.
    sections = [] if names.is_anonymous else sections_of(prompt.course)
    section = _asked_section(request, sections)
    tables = release_tables(prompt, queue, section=section)
    members = students_by_name(prompt.course, request.user)  # as on the roster
    places = {member.user_id: place for place, member in enumerate(members)}
    for table in tables:
        table.rows.sort(
            key=lambda row: (
                row.is_unsettled,
                names.numbers.get(row.student.pk, 0),
                places[row.student.pk],
            )
        )
    rows = [row for table in tables for row in table.rows]
    ready = [row for row in rows if not row.is_unsettled]
    releases = releases_of(prompt)
    context |= {
        "prompt": prompt,
        "names": names,
        "form": form,
        "sections": sections,
        "section": section,
        "tables": tables,
        "ready": ready,
        "ticked": _ticked(request, ready),
        "shows_names": with_comments_to_grade(prompt, ready, request.user),
        "not_graded": not_graded(queue, section=section),
        "next_item": next_to_grade(queue),
        "releases": releases,
        "just_released": _asked_release(request, releases),
        "release_labels": _labels(len(ready)),
        **_preview_context(request, rows, names),
    }
    return render(request, "blog/grading/grading_release.html", context, status=status)


def _asked_section(request, sections: list[Section]) -> Section | None:
    key = read_key(request.GET.get("section", ""))
    return next((each for each in sections if each.pk == key), None)


def _ticked(request, ready: list[ReleaseRow]) -> Collection[str]:
    """Return which grades are ticked: all at first, later those that were left ticked."""
    keys = {row.grading.state_key for row in ready}
    if request.method != "POST":
        return keys
    listed, ticked = (set(request.POST.getlist(name)) for name in ("listed", "grading"))
    return {key for key in keys if key in ticked or (listed and key not in listed)}


def _preview_context(request, rows: list[ReleaseRow], names: GradedNames) -> dict:
    """Return what the student who is asked for will see, else the first, and the ones beside."""
    places = list(dict.fromkeys(row.number for row in rows))
    if not places:
        return {}
    asked = read_key(request.POST.get("student") or request.GET.get("student", ""))
    here = places.index(asked) if asked in places else 0
    shown = [row for row in rows if row.number == places[here]]
    now = timezone.now()
    return {
        "shown": shown[0],
        "grades": [preview(row, now, is_hidden=names.hides(row.student)) for row in shown],
        "previous_place": places[here - 1] if here else None,
        "next_place": places[here + 1] if here + 1 < len(places) else None,
    }


def _asked_release(request, releases: list[Release]) -> Release | None:
    moment = read_moment(request.GET.get("released", ""))
    return next((each for each in releases if each.at == moment), None) if moment else None


def _release_at(prompt: Prompt, moment: datetime) -> Release | None:
    return next((each for each in releases_of(prompt) if each.at == moment), None)


def _labels(most: int) -> list[str]:
    """Return the words of the button by how many are ticked, for the script that counts them."""
    return [
        ngettext("Release %(n)d grade", "Release %(n)d grades", n) % {"n": n}
        for n in range(most + 1)
    ]


def _address(request, prompt: Prompt, released: list[Grading]) -> str:
    """Return the page with what was just released, if anything was."""
    query = {"section": request.GET["section"]} if request.GET.get("section") else {}
    if released and released[0].released_at:
        query["released"] = released[0].released_at.isoformat()
    args = [prompt.course.slug, prompt.number]
    return reverse("grading_release", args=args, query=query or None)


def _warn_of_changes(request, prompt: Prompt, released: list[Grading], ticked: set[str]) -> None:
    """Name the students whose ticked grades were not released, and who is new on the list."""
    keys = {read_key(key.partition(":")[0]) for key in ticked} - {None}
    left = Grading.objects.answering(prompt).filter(pk__in=keys).select_related("student")
    left = list(left.exclude(pk__in=[each.pk for each in released]).order_by("student", "pk"))
    changed = [each for each in left if each.released_at is None]
    gone = [each for each in left if each.released_at is not None]
    if changed:
        names = _names(request, changed)
        text = ngettext(
            "Not released, because it changed since you opened the page: %(names)s. Check it.",
            "Not released, because they changed since you opened the page: %(names)s. Check them.",
            len(changed),
        )
        messages.warning(request, text % {"names": isolated(names)})
    if gone:
        text = _("Already released by someone else: %(names)s.")
        messages.info(request, text % {"names": isolated(_names(request, gone))})
    if not released and not left:
        messages.info(request, _("Nothing was left to release."))


def _names(request, gradings: list[Grading]) -> str:
    names = graded_names(gradings[0].prompt, request.user)
    return comma_list(names.of(each.student) for each in gradings)


def _say_what_is_taken_back(request, prompt: Prompt, release: Release | None) -> None:
    if release is None:
        return
    names = graded_names(prompt, request.user)
    n, mailed = len(release.students), len(release.mailed)
    text = ngettext(
        "Taken back. %(n)d student can no longer see their grade.",
        "Taken back. %(n)d students can no longer see their grades.",
        n,
    ) % {"n": n}
    if release.is_planned:
        text = _("The release is cancelled. No student has seen anything, and no email was sent.")
    elif mailed:
        text += " " + ngettext(
            "%(n)d student had an email already: %(names)s.",
            "%(n)d students had an email already: %(names)s.",
            mailed,
        ) % {"n": mailed, "names": comma_list(names.of(user) for user in release.mailed)}
    else:
        text += " " + _("No email was sent.")
    messages.success(request, text)
