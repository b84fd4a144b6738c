"""The comments of one person across prompts, and the form that grades those on one of them."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.exceptions import StaleRubric
from blog.models import Course, Grading, Membership, Prompt, User
from blog.queries.conversation import Talk, conversation_of, grades_of_comments
from blog.queries.graded_names import GradedNames, names_around, names_by_prompt
from blog.queries.grading_page import places_to_grade
from blog.queries.grading_queue import grading_queue
from blog.queries.memberships import students_by_name
from blog.queries.prompt_use import prompts_with_work
from blog.views.grading.pages import PAGES
from blog.views.grading.work import Work, find_work, form_of, save_work, work_context
from blog.web.decorators import in_course, only_if
from blog.web.forms import CONFLICT, status_of

COMMENTS = Grading.Kind.COMMENTS


@in_course
@only_if(access.can_see_grading)
@require_http_methods(["GET", "HEAD", "POST"])
def grading_person(request, course, username):
    """Show a student's comments in their threads, and save the grading of those on one prompt."""
    return _show_or_save(request, course, username, then=_to_person)


@in_course
@only_if(access.can_see_grading)
@require_POST
def grading_person_next(request, course, username):
    """Save the grading, and go on to the next student whose comments on the prompt have none."""
    return _show_or_save(request, course, username, then=_to_next)


def _show_or_save(request, course: Course, username: str, *, then) -> HttpResponse:
    students = Membership.objects.in_course(course).students().select_related("user")
    student = get_object_or_404(students, user__username=username).user
    in_order = prompts_with_work(course).select_related("course", "rubric", "comments_rubric")
    prompts = list(in_order.reverse())
    names = names_by_prompt(prompts, request.user)
    shown = [prompt for prompt in prompts if not names[prompt.pk].hides(student)]
    talks = conversation_of(student, shown, request.user)
    prompt = _sent_prompt(request, prompts) if request.POST else _asked_prompt(request, talks)
    is_refused = prompt is not None and prompt not in shown
    work = _work_on(prompt, student, request.user) if prompt and not is_refused else None
    if work is None and request.method == "POST" and not is_refused:
        raise Http404
    form = form_of(request, work) if work else None
    try:
        if form and work and form.is_valid() and save_work(request, form, work):
            return then(request, course, work)
    except StaleRubric:  # changed between the form and the action: now the form itself says so
        return _show_or_save(request, course, username, then=then)
    peers = names_around(student, names, shown)
    context = _page_context(request, course, student, talks, peers)
    context["left_out"] = len(prompts) - len(shown)
    if form and work:
        context |= work_context(work, form, request.user) | _form_context(request, course, work)
    status = status_of(form) if form else None
    if is_refused:  # a form from before names were hidden: to save it here would say whose it is
        context["not_saved"], status = request.POST.get("text", ""), CONFLICT
        context["is_refused"] = True
    return render(request, "blog/grading/grading_person.html", context, status=status)


def _asked_prompt(request, talks: list[Talk]) -> Prompt | None:
    """Return the prompt that ``?prompt=`` names, else the newest one with comments to grade."""
    asked = request.GET.get("prompt", "")
    with_work = [talk for talk in talks if talk.written]
    with_rubric = [talk for talk in with_work if talk.prompt.comments_rubric]
    named = [talk for talk in talks if str(talk.prompt.number) == asked]
    chosen = next(iter([*named, *with_rubric, *with_work, *talks]), None)
    return chosen and chosen.prompt


def _sent_prompt(request, prompts: list[Prompt]) -> Prompt | None:
    """Return the prompt that a form was for, which may be one whose names are hidden."""
    asked = request.GET.get("prompt", "")
    return next((prompt for prompt in prompts if str(prompt.number) == asked), None)


def _work_on(prompt: Prompt, student: User, reader: User) -> Work | None:
    place = places_to_grade(prompt).filter(student=student).first()
    work = find_work(prompt, place, COMMENTS, reader) if place else None
    return work and replace(work, names=GradedNames(reader))  # this page names the student


def _page_context(
    request, course: Course, student: User, talks: list[Talk], peers: dict[int, GradedNames]
) -> dict:
    students = [member.user for member in students_by_name(course, request.user)]
    here = next((index for index, one in enumerate(students) if one.pk == student.pk), None)
    grades = grades_of_comments(student, [talk.prompt for talk in talks])
    return {
        "student": student,
        "talks": [(talk, grades.get(talk.prompt.pk), peers[talk.prompt.pk]) for talk in talks],
        "previous": students[here - 1] if here else None,
        "next": students[here + 1] if here is not None and here + 1 < len(students) else None,
    }


def _form_context(request, course: Course, work: Work) -> dict:
    prompt = work.prompt
    at = [course.slug, prompt.number, work.place.number]
    return {
        "prompt": prompt,
        "save_address": _address("grading_person", course, work.student, prompt),
        "save_and_next": _address("grading_person_next", course, work.student, prompt),
        "level_address": reverse(PAGES[COMMENTS].level, args=at),
        "typed_address": reverse(PAGES[COMMENTS].typed_parts, args=at),
        "drop_address": reverse(PAGES[COMMENTS].drop, args=at),
    }


def _address(page: str, course: Course, student: User, prompt: Prompt) -> str:
    return reverse(page, args=[course.slug, student.username], query={"prompt": prompt.number})


def _to_person(request, course: Course, work: Work) -> HttpResponse:
    return redirect(_address("grading_person", course, work.student, work.prompt))


def _to_next(request, course: Course, work: Work) -> HttpResponse:
    """Redirect to the next student by name whose comments on the prompt wait for a grade."""
    queue = grading_queue(work.prompt, request.user, COMMENTS)
    waiting = {item.member.user_id for item in queue if item.needs_grade}
    students = [member.user for member in students_by_name(course, request.user)]
    here = next((i for i, one in enumerate(students) if one.pk == work.student.pk), -1)
    behind = [*students[here + 1 :], *students[: here + 1]]
    found = next((one for one in behind if one.pk in waiting and one != work.student), None)
    if found is None:
        messages.info(request, _("All other comments on this prompt are graded."))
    return redirect(_address("grading_person", course, found or work.student, work.prompt))
