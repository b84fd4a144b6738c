"""The page where one student's post on a prompt is graded, or their comments."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from blog import access
from blog.actions.grading_autosave import drop_change
from blog.actions.releases import choose_grade_of_record
from blog.exceptions import Refused, StaleRubric
from blog.forms.grading.grading import GradingForm
from blog.models import Course, Grading, Post, Prompt, QueuePlace, held_of, name_for
from blog.queries.conversation import conversation_of
from blog.queries.graded_names import GradedNames, graded_names, names_around
from blog.queries.grading_page import comments_on_and_by, gradable_posts, places_to_grade
from blog.queries.grading_queue import grading_queue, next_behind, next_to_grade
from blog.queries.process_notes import process_of
from blog.queries.queue_rows import queue_parts, queue_rows, rows_beside
from blog.queries.reference_status import reference_list
from blog.queries.revisions import changed_since_grading, revision_at_due_date
from blog.text.lists import isolated
from blog.views.grading.pages import PAGES
from blog.views.grading.queue import asked_part, find_prompt, queue_context
from blog.views.grading.work import Work, find_work, form_of, save_work, work_context
from blog.web.decorators import in_course, only_if
from blog.web.forms import status_of


@in_course
@only_if(access.can_see_grading)
@require_http_methods(["GET", "HEAD", "POST"])
def grading_student(request, course, number, place, kind=Grading.Kind.POST):
    """Show a student's post, or comments, with the rubric, and save the reader's grading."""
    return _show_or_save(request, course, number, place, kind, then=_to_student)


@in_course
@only_if(access.can_see_grading)
@require_POST
def grading_student_next(request, course, number, place, kind=Grading.Kind.POST):
    """Save the grading, and go on to the next student in the queue."""
    return _show_or_save(request, course, number, place, kind, then=_to_next)


@in_course
@only_if(access.can_see_grading)
@require_http_methods(["GET", "HEAD", "POST"])
def grading_post(request, course, number, slug):
    """Redirect from where the desk was, by the post, to the number of its author."""
    return _lead_to_number(request, course, number, slug, page="grading_student")


@in_course
@only_if(access.can_see_grading)
@require_http_methods(["GET", "HEAD", "POST"])
def grading_post_next(request, course, number, slug):
    """Redirect from where the desk was, by the post, to who comes after its author."""
    return _lead_to_number(request, course, number, slug, page="grading_student_next")


def _lead_to_number(request, course, number: int, slug: str, *, page: str) -> HttpResponse:
    prompt = find_prompt(course, number)
    post = get_object_or_404(gradable_posts(prompt, request.user), slug=slug)
    if graded_names(prompt, request.user).hides(post.author):  # who wrote it is known from the post
        return redirect("grading_prompt", course.slug, number)
    place = get_object_or_404(places_to_grade(prompt), student=post.author)
    address = reverse(page, args=[course.slug, number, place.number])
    return redirect(address, preserve_request=True)


@in_course
@only_if(access.can_release)
@require_POST
def grading_choose(request, course, number, place, pk):
    """Make one of a student's gradings the grade of record."""
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
        messages.success(
            request, _("The grade by %(name)s now counts.") % {"name": isolated(str(grader))}
        )
    return _to_student(request, find_work(prompt, found, grading.kind, request.user))


@in_course
@only_if(access.can_see_grading)
@require_http_methods(["GET", "HEAD", "POST"])
def held_change_drop(request, course, number, place, kind=Grading.Kind.POST):
    """Show what the reader typed for a released grade and did not save; on a POST forget it."""
    prompt = find_prompt(course, number)
    work = find_work(prompt, _find_place(prompt, place), kind, request.user)
    own = Grading.objects.of_kind(kind).answering(prompt).filter(student=work.student)
    grading = own.filter(grader=request.user).select_related("prompt__course", "held").first()
    held = held_of(grading)
    if request.method == "POST" or held is None:
        if grading and held:
            drop_change(grading, by=request.user)
            messages.success(request, _("Your unsaved change was discarded."))
        return _to_student(request, work)
    context = {"held": held, "address": _address(request, work, PAGES[kind].student)}
    return render(request, "blog/grading/held_change_drop.html", context)


def _show_or_save(request, course: Course, number: int, place: int, kind: str, *, then):
    prompt = find_prompt(course, number)
    found = _find_place(prompt, place)
    work = find_work(prompt, found, kind, request.user)
    form = form_of(request, work)
    try:
        if form.is_valid() and save_work(request, form, work):
            return then(request, work)
    except StaleRubric:  # changed between the form and the action: now the form itself says so
        return _show_or_save(request, course, number, place, kind, then=then)
    context = _page_context(request, work, form)
    return render(request, "blog/grading/grading_student.html", context, status=status_of(form))


def _page_context(request, work: Work, form: GradingForm) -> dict:
    prompt, student, reader = work.prompt, work.student, request.user
    queue = grading_queue(prompt, reader, work.kind)
    context = queue_context(request, prompt, queue, work.kind)
    beside = rows_beside(context["part"].items, student)
    item = next((item for item in queue if item.member.user_id == student.pk), None)
    is_due = item is not None and item.is_due
    context |= work_context(work, form, reader, is_due=is_due)
    context |= {
        "item": item,
        "rows": queue_rows(beside, prompt, reader, work.kind),
        "more_count": len(context["part"].items) - len(beside),
        "save_and_next": _address(request, work, PAGES[work.kind].next),
        "level_address": _address(request, work, PAGES[work.kind].level),
        "typed_address": _address(request, work, PAGES[work.kind].typed_parts),
        "drop_address": _address(request, work, PAGES[work.kind].drop),
    }
    peers = names_around(student, {prompt.pk: work.names}, [prompt])[prompt.pk]
    if work.kind == Grading.Kind.COMMENTS:
        [talk] = conversation_of(student, [prompt], reader)
        return context | {"talk": talk, "peers": peers}
    return context | {"peers": peers, **_post_context(request, work, peers)}


def _post_context(request, work: Work, peers: GradedNames) -> dict:
    post, own, reader = work.post, work.own, request.user
    graded = own.grading if own else work.of_record
    is_readable = post is not None and post.is_readable
    return {
        "changed": changed_since_grading(post, graded) if is_readable else None,
        **_texts(request, post if is_readable else None),
        "process": process_of(post, reader) if post else None,
        **comments_on_and_by(work.student, post, work.prompt, reader, peers),
    }


def _texts(request, post: Post | None) -> dict:
    """Return the version to show: with ``?text=due`` the one that stood at the due date."""
    at_due = revision_at_due_date(post) if post else None
    shows_due = at_due is not None and request.GET.get("text") == "due"
    shown = at_due if shows_due else post and post.revision
    return {
        "at_due": at_due,
        "shows_due": shows_due,
        "shown_revision": shown,
        "references": reference_list(shown),
    }


def _to_student(request, work: Work) -> HttpResponse:
    return redirect(_address(request, work, PAGES[work.kind].student))


def _to_next(request, work: Work) -> HttpResponse:
    """Redirect to the next student to grade, or to the queue if there is none.

    The student is looked for in the whole queue: saving may have taken them out of the part.
    Whoever looks at a part goes through it to its end, also where all of it is graded.
    """
    prompt, pages = work.prompt, PAGES[work.kind]
    queue = grading_queue(prompt, request.user, work.kind)
    part = asked_part(request, queue_parts(queue, request.user))
    shown = {item.number for item in part.items} | {work.place.number}
    items = [item for item in queue if item.number in shown]
    item = next_to_grade(items, after=work.student)
    if item is None and part.is_chosen:
        item = next_behind(items, work.student)
    if item is None:
        args = [prompt.course.slug, prompt.number]
        return redirect(reverse(pages.queue, args=args, query=request.GET or None))
    return redirect(_address(request, work, pages.student, item.number))


def _address(request, work: Work, page: str, number: int | None = None) -> str:
    """Return an address of the desk for a student, with the part of the queue that is shown."""
    return reverse(
        page,
        args=[work.prompt.course.slug, work.prompt.number, number or work.place.number],
        query=request.GET or None,
    )


def _find_place(prompt: Prompt, number: int) -> QueuePlace:
    return get_object_or_404(places_to_grade(prompt), number=number)
