"""The class bibliography: search it, add from it to a post, download it, find duplicates."""

from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog import access
from blog.citations.exporters import FORMATS
from blog.forms.references.bibliography import PostChoiceForm, SearchForm
from blog.models import Course
from blog.queries.bibliography import (
    bibliography_of,
    duplicate_groups,
    own_posts,
    records_of,
    with_posts,
)
from blog.web.decorators import in_course
from blog.web.downloads import as_file

PAGE_SIZE = 20
MAX_PAIRS = 5


@in_course
@require_safe
def bibliography(request, course):
    """List the works that posts cite which the reader sees, each with its posts."""
    search = SearchForm(request.GET)
    criteria = search.criteria()
    works = bibliography_of(request.user, course, **criteria)
    page = Paginator(works, PAGE_SIZE).get_page(request.GET.get("page"))
    can_merge = access.can_merge_works(request.user, course)
    is_start = not criteria["query"] and page.number == 1
    groups = duplicate_groups(works) if can_merge and is_start else []
    return render(
        request,
        "blog/references/bibliography.html",
        {
            "search": SearchForm(initial={"q": criteria["query"], "sort": criteria["sort"]}),
            "searched": criteria["query"],
            "page": page,
            "listed": with_posts(page.object_list, request.user, course),
            "query": _query(criteria),
            "back": _query(criteria) + f"page={page.number}",
            "formats": FORMATS,
            "pairs": [group[:2] for group in groups][:MAX_PAIRS],
            **post_choice(request, course),
        },
    )


@in_course
@require_safe
def bibliography_export(request, course, ending):
    """Download the list with its search and order, all pages of it."""
    works = bibliography_of(request.user, course, **SearchForm(request.GET).criteria())
    return as_file(records_of(works), ending, f"{course.slug}-references")


def post_choice(request, course: Course) -> dict:
    """Return the context for adding a work to one of the reader's own posts."""
    if not access.can_write_post(request.user, course):
        return {"can_add": False}
    posts = own_posts(request.user, course)
    form = PostChoiceForm(posts=posts, initial={"post": request.GET.get("for")})
    return {"can_add": True, "post_form": form}


def _query(criteria: dict[str, str]) -> str:
    """Return the search as the beginning of a query string, ready for another field."""
    query = QueryDict(mutable=True)
    if criteria["query"]:
        query["q"] = criteria["query"]
    if criteria["sort"] != "author":
        query["sort"] = criteria["sort"]
    return query.urlencode() + "&" if query else ""
