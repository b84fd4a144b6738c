"""Use of the levels of a prompt's rubric, agreement of graders, and second grades."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from blog import access
from blog.actions.second_gradings import (
    draw_second_gradings,
    settle_criterion,
    take_back_second_gradings,
)
from blog.exceptions import Refused
from blog.forms.grading.second_gradings import SecondGradingsForm
from blog.models import Course, Criterion, Grading, Level, Prompt
from blog.queries.agreement import agreement_of
from blog.queries.graded_names import graded_names
from blog.queries.grading_conflicts import unsettled
from blog.queries.grading_page import criteria_of
from blog.queries.level_use import MIN_GRADES, level_use
from blog.queries.second_gradings import (
    drawable_grades,
    second_grading_progress,
    students_due_from,
)
from blog.views.grading.pages import PAGES
from blog.views.grading.queue import find_prompt
from blog.web.decorators import in_course, only_if
from blog.web.forms import status_of
from blog.web.idempotency import create_once
from blog.web.keys import read_key
from blog.web.replica import from_replica

Kind = Grading.Kind


@in_course
@only_if(access.can_see_grading)
@require_safe
@from_replica
def grading_agreement(request, course, number):
    """Show for each criterion how often each level was used and how far graders agree."""
    return _show(request, find_prompt(course, number), SecondGradingsForm())


@in_course
@only_if(access.can_compare_graders)
@require_POST
def grading_draw(request, course, number):
    """Draw a sample of grades for second gradings."""
    prompt = find_prompt(course, number)
    form = SecondGradingsForm(request.POST)

    def create() -> str:
        size = form.size_of(len(drawable_grades(prompt, request.user)))
        drawn = draw_second_gradings(prompt, by=request.user, size=size)
        text = ngettext(
            "%(n)d post now waits for a second grading.",
            "%(n)d posts now wait for a second grading.",
            len(drawn),
        )
        messages.success(request, text % {"n": len(drawn)})
        return reverse("grading_agreement", args=[course.slug, number])

    try:
        address = create_once(form, f"second_gradings {prompt.pk}", by=request.user, create=create)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        address = None
    return redirect(address) if address else _show(request, prompt, form)


@in_course
@only_if(access.can_compare_graders)
@require_POST
def grading_draw_undo(request, course, number):
    """Ask no more for the second grades that nobody has given yet."""
    n = take_back_second_gradings(find_prompt(course, number), by=request.user)
    text = ngettext(
        "%(n)d post no longer waits for a second grading.",
        "%(n)d posts no longer wait for a second grading.",
        n,
    )
    messages.success(request, text % {"n": n})
    return redirect("grading_agreement", course.slug, number)


@in_course
@only_if(access.can_compare_graders)
@require_POST
def grading_settle(request, course, number, pk, criterion):
    """Settle the level of one criterion that graders differ on."""
    _settle(request, course, number, pk, criterion)
    return redirect("grading_agreement", course.slug, number)


@in_course
@only_if(access.can_compare_graders)
@require_POST
def grading_student_settle(request, course, number, place, pk, criterion):
    """Settle it on the page of a student, and lead back there."""
    grading = _settle(request, course, number, pk, criterion)
    page, at = PAGES[grading.kind].student, [course.slug, number, place]
    return redirect(reverse(page, args=at, query=request.GET or None))


def _settle(request, course: Course, number: int, pk: int, criterion: int) -> Grading:
    """Settle a criterion by the level that a form names, and say how it went."""
    prompt = find_prompt(course, number)
    gradings = Grading.objects.answering(prompt).select_related("prompt__course")
    grading = get_object_or_404(gradings, pk=pk)
    settled = get_object_or_404(Criterion, pk=criterion, rubric__course=course)
    level = get_object_or_404(Level, pk=read_key(request.POST.get("level")), criterion=settled)
    try:
        shown = read_key(request.POST.get("instead_of")) or 0
        settle_criterion(grading, settled, level, by=request.user, instead_of=shown)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        names = {"criterion": settled.title, "level": level.title}
        messages.success(request, _("Settled: %(criterion)s, %(level)s.") % names)
    return grading


def _show(request, prompt: Prompt, form: SecondGradingsForm) -> HttpResponse:
    criteria = criteria_of(prompt.rubric)
    of_comments = criteria_of(prompt.comments_rubric)
    hidden = students_due_from(prompt, request.user)
    can_compare = access.can_compare_graders(request.user, prompt.course)
    progress = second_grading_progress(prompt)
    conflicts = [
        each
        for each in unsettled(prompt)
        if each.grading.is_of_comments or each.grading.student_id not in hidden
    ]
    names = graded_names(prompt, request.user)
    if names.is_anonymous:
        conflicts.sort(key=lambda each: names.order_of(each.grading.student))
    context = {
        "prompt": prompt,
        "names": names,
        "form": form,
        "can_compare": can_compare,
        "uses": level_use(prompt, Kind.POST, criteria, hidden=hidden),
        "uses_of_comments": level_use(prompt, Kind.COMMENTS, of_comments) if of_comments else [],
        "min_grades": MIN_GRADES,
        "agreement": agreement_of(prompt, criteria) if progress else [],
        "progress": progress,
        "due_count": sum(each.due for each in progress),
        "drawable_count": len(drawable_grades(prompt, request.user)) if can_compare else 0,
        "conflicts": conflicts,
    }
    return render(request, "blog/grading/grading_agreement.html", context, status=status_of(form))
