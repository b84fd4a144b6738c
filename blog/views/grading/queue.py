"""The grading desk: the prompts of a course, and the queue of one."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog import access
from blog.models import Course, Grading, Prompt
from blog.queries.feedback_replies import replies_to_feedback
from blog.queries.graded_names import graded_names
from blog.queries.grading_pace import pace_of
from blog.queries.grading_queue import (
    QueueItem,
    grading_queue,
    next_to_grade,
    prompt_to_grade,
    prompts_to_grade,
    still_to_read,
)
from blog.queries.queue_rows import QueuePart, queue_parts, queue_rows
from blog.queries.rubric_points import highest_points_by_rubric
from blog.views.grading.pages import PAGES
from blog.web.decorators import in_course, only_if
from blog.web.pages import filters_of, page_of

ROWS_PER_PAGE = 50


@in_course
@only_if(access.can_see_grading)
@require_safe
def grading_overview(request, course):
    """List the prompts with their numbers of posts, of posts to grade and of released grades."""
    prompts = list(prompts_to_grade(course, request.user))
    to_read = still_to_read(prompts)
    context = {
        "prompts": prompts,
        "can_release": access.can_release(request.user, course),
        "to_read": to_read,
        "to_grade": sum(prompt.ungraded_count for prompt in to_read),
    }
    return render(request, "blog/grading/grading_overview.html", context)


@in_course
@only_if(access.can_see_grading)
@require_safe
def grading_prompt(request, course, number, kind=Grading.Kind.POST):
    """Show the queue of a prompt, of posts or of comments."""
    prompt = find_prompt(course, number)
    queue = grading_queue(prompt, request.user, kind)
    context = queue_context(request, prompt, queue, kind)
    page = page_of(context["part"].items, request.GET.get("page"), ROWS_PER_PAGE)
    context |= {
        "page": page,
        "query": filters_of(request),
        "rows": queue_rows(page.object_list, prompt, request.user, kind),
        "replies": replies_to_feedback(prompt, request.user),
    }
    return render(request, "blog/grading/grading_prompt.html", context)


def find_prompt(course: Course, number: int) -> Prompt:
    prompt = prompt_to_grade(course, number)
    if prompt is None:
        raise Http404
    return prompt


def asked_part(request, parts: list[QueuePart]) -> QueuePart:
    """Return the part of a queue that ``?show=`` names, else the first, all of it."""
    by_key = {part.key: part for part in parts}
    return by_key.get(request.GET.get("show", ""), parts[0])


def queue_context(request, prompt: Prompt, queue: list[QueueItem], kind: str) -> dict:
    """Return the context of the head of every page with a queue, and of its parts."""
    parts = queue_parts(queue, request.user)
    ungraded = sum(item.needs_grade for item in queue)
    rubric = prompt.rubric_for(kind)
    by_rubric = highest_points_by_rubric([rubric.pk]) if rubric else {}
    return {
        "prompt": prompt,
        "kind": kind,
        "names": graded_names(prompt, request.user),
        "pages": PAGES[kind],
        "queue": queue,
        "part": asked_part(request, parts),
        "parts": parts,
        "ungraded_count": ungraded,
        "highest_points": by_rubric.get(rubric.pk) if rubric else None,
        "pace": pace_of(request.user, prompt.course, left=ungraded, kind=kind),
        "ready_count": sum(item.can_go for item in queue),
        "differing_count": sum(item.is_unsettled for item in queue),
        "planned_count": sum(item.state == "planned" for item in queue),
        "released_count": sum(item.state == "released" for item in queue),
        "next_item": next_to_grade(queue),
        "can_release": access.can_release(request.user, prompt.course),
    }
