"""Follow and unfollow a person: one click each, and nobody is told; and the people followed."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from blog import access
from blog.queries.people import MAX_QUERY_CHARS, PEOPLE_PER_PAGE, listed_people, with_last_posts
from blog.web.decorators import in_course
from blog.web.pages import filters_of, page_of
from network import actions
from network.queries.relations import relations_of
from network.views.people import person_of


@in_course
@require_safe
def person_list_followed(request, course):
    """List the people whom the reader follows, by name; a tab of the list of people."""
    query = request.GET.get("q", "").strip()[:MAX_QUERY_CHARS]
    follows = relations_of(request.user).follows
    people = [
        person
        for person in listed_people(request.user, course, query=query)
        if (course.pk, person.user.pk) in follows
    ]
    page = page_of(people, request.GET.get("page"), PEOPLE_PER_PAGE)
    return render(
        request,
        "network/person_list_followed.html",
        {
            "tab": "followed",
            "query": query,
            "page": page,
            "page_query": filters_of(request),
            "people": with_last_posts(page.object_list, request.user, course),
        },
    )


@in_course
@require_POST
def follow(request, course, username):
    """Follow a person. No message says so: the button does."""
    person = person_of(course, username)
    if not access.can_follow(request.user, person, course):
        raise PermissionDenied
    actions.follow(course, by=request.user, person=person)
    return redirect(_next_page(request, course, person))


@in_course
@require_POST
def unfollow(request, course, username):
    """Unfollow a person, also one who has left the course."""
    person = person_of(course, username)
    if not access.can_unfollow(request.user, course):
        raise PermissionDenied
    actions.unfollow(course, by=request.user, person=person)
    return redirect(_next_page(request, course, person))


def _next_page(request, course, person) -> str:
    """Return the page with the button; never another site, whatever the form says.

    It must begin as a path does: ``redirect`` takes anything else for the name of a view.
    """
    target = request.POST.get("next", "")
    if target.startswith("/") and url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return target
    return reverse("person_page", args=[course.slug, person.username])
