"""The class bibliography: what the course cites, to find, to take, to take away, to tidy."""

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
    look_like_one,
    own_posts,
    records_of,
    with_posts,
)
from blog.web.decorators import in_course
from blog.web.downloads import as_file

PAGE_SIZE = 20
PAIRS = 5


@in_course
@require_safe
def bibliography(request, course):
    """Every work that a post cites which the reader sees, and which posts these are."""
    search = SearchForm(request.GET)
    wanted = search.wanted()
    works = bibliography_of(request.user, course, **wanted)
    page = Paginator(works, PAGE_SIZE).get_page(request.GET.get("page"))
    can_merge = access.can_merge_works(request.user, course)
    unasked = can_merge and not wanted["query"] and page.number == 1
    return render(
        request,
        "blog/references/bibliography.html",
        {
            "search": SearchForm(initial={"q": wanted["query"], "sort": wanted["sort"]}),
            "asked": wanted["query"],
            "page": page,
            "listed": with_posts(page.object_list, request.user, course),
            "query": _query(wanted),
            "back": _query(wanted) + f"page={page.number}",
            "formats": FORMATS,
            "pairs": [group[:2] for group in look_like_one(works)][:PAIRS] if unasked else [],
            **post_choice(request, course),
        },
    )


@in_course
@require_safe
def bibliography_export(request, course, ending):
    """The list as it is looked at, whole and not in pages."""
    works = bibliography_of(request.user, course, **SearchForm(request.GET).wanted())
    return as_file(records_of(works), ending, f"{course.slug}-references")


def post_choice(request, course: Course) -> dict:
    """Return what the page says about taking a work: which posts of one's own there are."""
    if not access.can_write_post(request.user, course):
        return {"can_take": False}
    posts = own_posts(request.user, course)
    form = PostChoiceForm(posts=posts, initial={"post": request.GET.get("for")})
    return {"can_take": True, "shelves": form}


def _query(wanted: dict[str, str]) -> str:
    """Write what was asked for as the beginning of a query, ready for another field."""
    query = QueryDict(mutable=True)
    if wanted["query"]:
        query["q"] = wanted["query"]
    if wanted["sort"] != "author":
        query["sort"] = wanted["sort"]
    return query.urlencode() + "&" if query else ""
