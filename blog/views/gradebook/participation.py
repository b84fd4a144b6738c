"""Participation grades: the rule of a course, whom it gives what, and making the grades."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from blog.actions.participation import adopt_grades, save_participation_rule, undo_adoption
from blog.exceptions import Refused, Taken
from blog.forms.gradebook.participation import AdoptionForm, ParticipationRuleForm
from blog.models import Course, GradeAdoption, ParticipationRule, Prompt
from blog.queries.adoption import adoption_places, adoption_rows
from blog.views.grading.queue import find_prompt
from blog.web.decorators import in_course, instructors_only, reload_if_stale
from blog.web.forms import status_of
from blog.web.idempotency import create_once


@reload_if_stale
@in_course
@instructors_only
def participation_rule(request, course):
    """Show the rule of a course with the prompts it can be used for; save it on a POST."""
    rule = _rule_of(course)
    form = ParticipationRuleForm(
        request.POST or None, instance=rule or ParticipationRule(course=course)
    )
    if form.is_valid():
        try:
            save_participation_rule(form.save(commit=False), by=request.user)
        except Taken as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Rule saved. It does not create grades by itself."))
            return redirect("participation_rule", course.slug)
    context = {"form": form, "rule": rule, "places": adoption_places(course)}
    return render(
        request, "blog/gradebook/participation_rule.html", context, status=status_of(form)
    )


@in_course
@instructors_only
def adoption_new(request, course, number):
    """Show what the rule gives each student for a prompt; on a POST make the chosen grades."""
    prompt, rule = find_prompt(course, number), _rule_of(course)
    obstacle = _obstacle(prompt, rule)
    if rule is None or obstacle:
        messages.info(request, obstacle)
        return redirect("participation_rule", course.slug)
    rows = adoption_rows(prompt, rule, request.user)
    form = AdoptionForm(request.POST or None, rows=rows)

    def create() -> str:
        shown = form.cleaned_data["student"]
        adoption = adopt_grades(prompt, rule, by=request.user, shown=shown)
        _say_what_is_made(request, len(adoption.gradings))
        return reverse("participation_rule", args=[course.slug])

    address = None
    try:
        address = create_once(form, f"adoption_new {prompt.pk}", by=request.user, create=create)
    except Refused as refusal:
        form.add_error("student", str(refusal))
    if address is not None:
        return redirect(address)
    context = {"prompt": prompt, "rule": rule, "rows": rows, "form": form}
    return render(request, "blog/gradebook/adoption_new.html", context, status=status_of(form))


@in_course
@require_POST
@instructors_only
def adoption_undo(request, course, pk):
    """Take back the grades that were made for taking part, but those changed or released since."""
    adoption = get_object_or_404(
        GradeAdoption.objects.select_related("prompt__course"), prompt__course=course, pk=pk
    )
    stays = undo_adoption(adoption, by=request.user)
    messages.success(request, _("Grades deleted."))
    if stays:
        words = ngettext(
            "%(n)d grade was not deleted: it is released or was changed since.",
            "%(n)d grades were not deleted: they are released or were changed since.",
            stays,
        )
        messages.info(request, words % {"n": stays})
    return redirect("participation_rule", course.slug)


def _obstacle(prompt: Prompt, rule: ParticipationRule | None) -> str:
    """Return why no points can be shown for a prompt now, "" if they can."""
    if prompt.comments_rubric_id:
        return _("Comments on this prompt are graded by a rubric, so no rule grades them.")
    if rule is None:
        return _("Save a rule first.")
    if not prompt.is_past_comments_due:
        return _("Comments can still be written on time. Come back after that.")
    return ""


def _rule_of(course: Course) -> ParticipationRule | None:
    return ParticipationRule.objects.filter(course=course).first()


def _say_what_is_made(request, count: int) -> None:
    words = ngettext(
        "%(n)d grade created. Its student sees it when you release it.",
        "%(n)d grades created. Their students see them when you release them.",
        count,
    )
    messages.success(request, words % {"n": count})
