"""The class bibliography: search it, add from it to a post, download it, find duplicates."""

from html import unescape
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.html import strip_tags
from django.views.decorators.http import require_safe

from blog import access
from blog.citations.exporters import FORMATS
from blog.forms.references.bibliography import PostChoiceForm, SearchForm
from blog.models import Course
from blog.queries.bibliography import (
    bibliography_keys,
    bibliography_of,
    duplicate_groups,
    posts_to_add_to,
    records_of,
)
from blog.queries.bibliography_page import bibliography_entries, by_initial
from blog.queries.in_bulk import works_by_key
from blog.queries.visible_prompts import visible_prompts
from blog.web.decorators import in_course
from blog.web.downloads import as_file, as_text

PAGE_SIZE = 20
MAX_PAIRS = 5


@in_course
@require_safe
def bibliography(request, course):
    """List the works that posts cite which the reader sees, by letter where authors sort them."""
    form = _search_form(request, course)
    criteria = form.criteria()
    keys = bibliography_keys(request.user, course, criteria)
    page = Paginator(keys, PAGE_SIZE).get_page(request.GET.get("page"))
    can_merge = access.can_merge_works(request.user, course)
    is_start = not criteria.is_filtered and page.number == 1
    compares = can_merge and is_start
    works = list(works_by_key(keys if compares else page.object_list).values())
    groups = duplicate_groups(works) if compares else []
    choice = post_choice(request, course)
    entries = bibliography_entries(
        works[: len(page.object_list)], request.user, course, choice.get("add_to")
    )
    return render(
        request,
        "blog/references/bibliography.html",
        {
            "search": form,
            "criteria": criteria,
            "page": page,
            "letters": by_initial(entries) if criteria.sort == "author" else [("", entries)],
            "query": _query(form),
            "back": _query(form) + f"page={page.number}",
            "formats": FORMATS,
            "pairs": [group[:2] for group in groups][:MAX_PAIRS],
            **choice,
        },
    )


@in_course
@require_safe
def bibliography_export(request, course, ending):
    """Download the list with its search, filters and order, all pages of it."""
    works = bibliography_of(request.user, course, _search_form(request, course).criteria())
    stem = f"{course.slug}-references"
    if ending == "txt":
        return as_text([unescape(strip_tags(work.html)) for work in works], stem)
    return as_file(records_of(works), ending, stem)


def _search_form(request, course: Course) -> SearchForm:
    prompts = visible_prompts(request.user, course)
    return SearchForm(request.GET, prompts=prompts, has_pod=bool(request.membership.pod))


def post_choice(request, course: Course) -> dict:
    """Return the context for adding a work to one of the reader's own posts."""
    if not access.can_write_post(request.user, course):
        return {"can_add": False}
    posts = posts_to_add_to(request.user, course)
    form = PostChoiceForm(posts=posts, initial={"post": request.GET.get("for")})
    asked = form.posts.get(request.GET.get("for", ""))
    return {"can_add": True, "post_form": form, "add_to": asked or next(iter(posts), None)}


def _query(form: SearchForm) -> str:
    """Return the search as the beginning of a query string, ready for another field."""
    address = urlencode(form.address())
    return f"{address}&" if address else ""
