"""The search of a course."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.views.decorators.http import require_safe

from blog.forms.search.search import CourseSearchForm
from blog.queries.search import SearchCriteria, search_course
from blog.queries.visible_prompts import visible_prompts
from blog.web.decorators import in_course


@in_course
@require_safe
def search(request, course):
    """Show the results of each kind, or a page of one kind with ``?kind=post``.

    ``?q=`` are the words, ``?by=pod`` and ``?prompt=2`` narrow it down, and ``?after=`` is the key
    of the last one on the page before.
    """
    prompts = visible_prompts(request.user, course)[::-1]
    form = CourseSearchForm(request.GET, prompts=prompts, has_pod=bool(request.membership.pod))
    criteria = form.criteria()
    after = form.cleaned_data.get("after")
    result = search_course(request.user, course, criteria, after=after)
    return render(
        request,
        "blog/search/search.html",
        {
            "form": form,
            "criteria": criteria,
            "result": result,
            "is_later_page": after is not None,
            "filters": _address(criteria, but="kind"),
            "page_query": _address(criteria),
        },
    )


def _address(criteria: SearchCriteria, *, but: str = "") -> str:
    """Return the search as the beginning of a query string, ready for another field."""
    fields = {
        "q": criteria.query,
        "kind": criteria.kind,
        "by": criteria.by,
        "prompt": criteria.prompt.number if criteria.prompt else "",
    }
    chosen = {name: value for name, value in fields.items() if value and name != but}
    return f"{urlencode(chosen)}&" if chosen else ""
