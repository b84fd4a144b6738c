"""The gradebook of a course."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog import access
from blog.forms.gradebook.filters import GradebookFilterForm
from blog.queries.gradebook import gradebook as gradebook_of
from blog.queries.gradebook_page import gradebook_page
from blog.queries.roster import groups_of
from blog.web.decorators import in_course, only_if
from blog.web.pages import filters_of

# Students on one page: a class fits on one, and a large course has pages (ADR 0036).
PAGE_SIZE = 60


@in_course
@only_if(access.can_see_grading)
@require_safe
def gradebook(request, course):
    """Show students × prompts, as the filters of the address leave them, page by page."""
    book = gradebook_of(course, request.user)
    pods, sections = groups_of(course)
    prompts = [column.prompt for column in book.columns]
    is_instructor = access.can_see_settings(request.user, course)
    form = GradebookFilterForm(
        request.GET or None,
        pods=pods,
        sections=sections,
        prompts=prompts,
        by_listed_name=is_instructor,
    )
    chosen = gradebook_page(book, form.chosen)
    context = {
        "form": form,
        "book": chosen,
        "page": Paginator(chosen.rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "query": filters_of(request),
        "next_place": book.next_place,
        "sees_received": is_instructor,
    }
    return render(request, "blog/gradebook/gradebook.html", context)
