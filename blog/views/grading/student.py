"""The page where one student's work on a prompt is graded."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.actions.grading import give_feedback
from blog.actions.grading_autosave import drop_change
from blog.actions.grading_times import add_grading_time
from blog.actions.releases import choose_grade_of_record
from blog.exceptions import EmptyGrading, Refused, StaleGrading, StaleRubric
from blog.forms.grading.grading import GradingForm
from blog.models import Course, Grading, Post, Prompt, QueuePlace, Revision, held_of, name_for
from blog.queries.feedback_replies import reply_of
from blog.queries.grading_history import history_of
from blog.queries.grading_page import (
    GradingWithLevels,
    comments_on_and_by,
    criteria_of,
    gradable_posts,
    gradings_of,
    places_to_grade,
    post_to_grade,
)
from blog.queries.grading_queue import grading_queue, next_behind, next_to_grade
from blog.queries.others_levels import levels_by_criterion
from blog.queries.process_notes import process_of
from blog.queries.queue_rows import queue_parts, queue_rows, rows_beside
from blog.queries.revisions import changed_since_grading, revision_at_due_date
from blog.views.grading.open_places import open_too
from blog.views.grading.queue import asked_part, find_prompt, queue_context, require_grader
from blog.web.decorators import in_course
from blog.web.forms import status_of


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def grading_student(request, course, number, place):
    """Show a student's post with the rubric, and save the reader's grading of it."""
    return _show_or_save(request, course, number, place, then=_to_student)


@in_course
@require_POST
def grading_student_next(request, course, number, place):
    """Save the grading, and go on to the next post in the queue."""
    return _show_or_save(request, course, number, place, then=_to_next)


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def grading_post(request, course, number, slug):
    """Redirect from where the desk was, by the post, to the number of its author."""
    require_grader(request, course)
    prompt = find_prompt(course, number)
    post = get_object_or_404(gradable_posts(prompt, request.user), slug=slug)
    place = get_object_or_404(places_to_grade(prompt), student=post.author)
    name = request.resolver_match.url_name.replace("post", "student")
    address = reverse(name, args=[course.slug, number, place.number])
    return redirect(address, preserve_request=True)


@in_course
@require_POST
def grading_choose(request, course, number, place, pk):
    """Make one of a student's gradings the grade of record."""
    if not access.can_release(request.user, course):
        raise PermissionDenied
    prompt = find_prompt(course, number)
    found = _find_place(prompt, place)
    gradings = Grading.objects.answering(prompt).filter(student=found.student)
    grading = get_object_or_404(gradings.select_related("prompt__course", "grader"), pk=pk)
    try:
        choose_grade_of_record(grading, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        grader = name_for(grading.grader, request.user)
        messages.success(request, _("The grade by %(name)s now counts.") % {"name": grader})
    return _to_student(request, prompt, found)


@in_course
@require_http_methods(["GET", "HEAD", "POST"])
def held_change_drop(request, course, number, place):
    """Show what the reader typed for a released grade and did not save; on a POST forget it."""
    require_grader(request, course)
    prompt = find_prompt(course, number)
    found = _find_place(prompt, place)
    own = Grading.objects.of_posts().answering(prompt).filter(student=found.student)
    grading = own.filter(grader=request.user).select_related("prompt__course", "held").first()
    held = held_of(grading)
    if request.method == "POST" or held is None:
        if grading and held:
            drop_change(grading, by=request.user)
            messages.success(request, _("The grade is as the student sees it."))
        return _to_student(request, prompt, found)
    context = {"held": held, "address": _address(request, prompt, found.number)}
    return render(request, "blog/grading/held_change_drop.html", context)


def _show_or_save(request, course: Course, number: int, place: int, *, then) -> HttpResponse:
    require_grader(request, course)
    prompt = find_prompt(course, number)
    found = _find_place(prompt, place)
    post = post_to_grade(prompt, found.student, request.user)
    gradings = gradings_of(prompt, found.student)
    own = next((one for one in gradings if one.grading.grader_id == request.user.pk), None)
    form = GradingForm(
        request.POST or None,
        initial={"revision": post and post.revision_id},
        prompt=prompt,
        criteria=criteria_of(prompt.rubric),
        grading=own and own.grading,
        has_post=post is not None,
    )
    try:
        if form.is_valid() and _save(request, form, prompt, found, post):
            return then(request, prompt, found)
    except StaleRubric:  # changed between the form and the action: now the form itself says so
        return _show_or_save(request, course, number, place, then=then)
    context = _page_context(request, prompt, found, post, form, gradings, own)
    return render(request, "blog/grading/grading_student.html", context, status=status_of(form))


def _page_context(
    request,
    prompt: Prompt,
    place: QueuePlace,
    post: Post | None,
    form: GradingForm,
    gradings: list[GradingWithLevels],
    own: GradingWithLevels | None,
) -> dict:
    student = place.student
    queue = grading_queue(prompt, request.user)
    context = queue_context(request, prompt, queue)
    beside = rows_beside(context["part"].items, student)
    item = next((item for item in queue if item.member.user_id == student.pk), None)
    is_due = item is not None and item.is_due
    others = [] if is_due else [one for one in gradings if one is not own]
    form.others = levels_by_criterion(
        [score for one in others for score in one.scores], request.user
    )
    of_record = next((one.grading for one in gradings if one.grading.of_record), None)
    graded = own.grading if own else of_record
    is_readable = post is not None and post.is_readable
    return context | {
        "place": place,
        "student": student,
        "extended_until": place.extended_until,
        "own_due_at": prompt.due_with(place.extended_until),
        "post": post,
        "rows": queue_rows(beside, prompt, request.user),
        "more_count": len(context["part"].items) - len(beside),
        "item": item,
        "form": form,
        "own": own,
        "own_points": own and own.grading.points_by(own.scores),
        "others": others,
        "of_record": of_record,
        "history": history_of(one.grading for one in [*others, *([own] if own else [])]),
        "open_too": open_too(place, request.user),
        "reply": reply_of(student, prompt, request.user),
        "changed": changed_since_grading(post, graded) if is_readable else None,
        **_texts(request, post if is_readable else None),
        "process": process_of(post, request.user) if post else None,
        **comments_on_and_by(student, post, prompt, request.user),
    }


def _texts(request, post: Post | None) -> dict:
    """Return the version to show: with ``?text=due`` the one that stood at the due date."""
    at_due = revision_at_due_date(post) if post else None
    shows_due = at_due is not None and request.GET.get("text") == "due"
    return {
        "at_due": at_due,
        "shows_due": shows_due,
        "shown_revision": at_due if shows_due else post and post.revision,
    }


def _save(request, form: GradingForm, prompt: Prompt, place: QueuePlace, post: Post | None) -> bool:
    """Save what is in a valid form, or say in it why that was refused; return whether to go on.

    The grading is bound to the revision that was on the page.
    """
    data = form.cleaned_data
    student = name_for(place.student, request.user)
    read = Revision.objects.filter(post=post, pk=data["revision"]).first() if post else None
    try:
        grading = give_feedback(
            prompt,
            place.student,
            by=request.user,
            post=post,
            revision=read or (post and post.revision),
            levels=form.levels(),
            words=data["text"],
            record=form.record(),
            version=data["version"],
        )
    except StaleRubric:
        raise
    except EmptyGrading:
        nothing = (
            _("Nothing to save for %(name)s: you chose no level, and your feedback shows no words.")
            if data["text"].strip()
            else _("Nothing to save for %(name)s: you chose no level and typed no feedback.")
        )
        messages.info(request, nothing % {"name": student})
    except StaleGrading as refusal:
        form.is_stale = True
        form.add_error(None, str(refusal))
    except Refused as refusal:
        form.add_error(refusal.field or "text", str(refusal))
    else:
        add_grading_time(prompt, place.student, data["seconds"], by=request.user)
        done = _("Feedback for %(name)s saved.") if grading else _("Feedback for %(name)s removed.")
        messages.success(request, done % {"name": student})
    return not form.errors


def _to_student(request, prompt: Prompt, place: QueuePlace) -> HttpResponse:
    return redirect(_address(request, prompt, place.number))


def _to_next(request, prompt: Prompt, place: QueuePlace) -> HttpResponse:
    """Redirect to the next post to grade, or to the queue if there is none.

    The student is looked for in the whole queue: saving may have taken them out of the part.
    Whoever looks at a part goes through it to its end, also where all of it is graded.
    """
    queue = grading_queue(prompt, request.user)
    part = asked_part(request, queue_parts(queue, request.user))
    shown = {item.number for item in part.items} | {place.number}
    items = [item for item in queue if item.number in shown]
    item = next_to_grade(items, after=place.student)
    if item is None and part.is_chosen:
        item = next_behind(items, place.student)
    if item is None:
        address = reverse(
            "grading_prompt", args=[prompt.course.slug, prompt.number], query=request.GET or None
        )
        return redirect(address)
    return redirect(_address(request, prompt, item.number))


def _address(request, prompt: Prompt, number: int) -> str:
    """Return the address of a student on the desk, with the part of the queue that is shown."""
    return reverse(
        "grading_student",
        args=[prompt.course.slug, prompt.number, number],
        query=request.GET or None,
    )


def _find_place(prompt: Prompt, number: int) -> QueuePlace:
    return get_object_or_404(places_to_grade(prompt), number=number)
