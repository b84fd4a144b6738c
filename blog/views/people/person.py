"""The people of a course, and each person's page with their posts."""

from datetime import date, datetime, time

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from blog import access
from blog.models import Course, Membership, Post
from blog.queries.people import (
    MAX_QUERY_CHARS,
    PEOPLE_PER_PAGE,
    in_order_of_groups,
    listed_people,
    people_in_groups,
    with_last_posts,
)
from blog.queries.post_list import posts_for_list
from blog.queries.student_record import student_record
from blog.web.decorators import in_course
from blog.web.pages import filters_of, page_of

PAGE_SIZE = 10


@in_course
@require_safe
def person_list(request, course):
    """List the reader's pod, the other pods, and the team; ``?q=`` finds names, ``?show=pod``.

    No numbers, no ranks.
    """
    query = request.GET.get("q", "").strip()[:MAX_QUERY_CHARS]
    own_pod = request.membership.pod if request.membership else None
    people = listed_people(request.user, course, query=query)
    tab = "pod" if own_pod and request.GET.get("show") == "pod" else ""
    if tab:
        people = [person for person in people if person.member.pod_id == own_pod.pk]
        people = [person for person in people if person.member.is_student]
    in_order = in_order_of_groups(people, own_pod)
    page = page_of(in_order, request.GET.get("page"), PEOPLE_PER_PAGE)
    shown = with_last_posts(page.object_list, request.user, course)
    context = {"tab": tab, "query": query, "page": page, "page_query": filters_of(request)}
    context |= people_in_groups(shown, own_pod)
    return render(request, "blog/people/person_list.html", context)


@in_course
@require_safe
def person_page(request, course, username):
    """Show a person's posts in this course, newest first; ``?month=2026-10`` shows one month.

    The teaching team sees above them what a student has done.
    """
    # People who have left keep their page: what they wrote is part of the course.
    member = get_object_or_404(
        Membership.objects.in_course(course).select_related("user", "pod", "section"),
        user__username=username,
    )
    posts = Post.objects.published_for(request.user, course).by(member.user)
    months = list(posts.datetimes("published_at", "month", order="DESC", tzinfo=course.zone))
    month = _requested_month(request.GET.get("month"), months)
    if month:
        posts = posts.filter(published_at__gte=month, published_at__lt=_next_month(month))
    keys = posts.order_by("-published_at", "-pk").values_list("pk", flat=True)
    page = page_of(keys, request.GET.get("page"), PAGE_SIZE)
    listed = posts_for_list(page.object_list, request.user, course, with_pods=False)
    page.object_list = [listed[key] for key in page if key in listed]
    return render(
        request,
        "blog/people/person_page.html",
        {
            "member": member,
            "person": member.user,
            "page": page,
            "months": months,
            "month": month,
            "query": f"month={month:%Y-%m}&" if month else "",
            "is_own": member.user == request.user,
            **_record_of(request, member, course),
        },
    )


def _record_of(request, member: Membership, course: Course) -> dict:
    """Return a student's record for the teaching team alone."""
    if not member.is_student or not access.can_grade(request.user, course):
        return {}
    member.course = course
    with_identifiers = access.can_edit_course(request.user, course)
    record = student_record(member, request.user, with_identifiers=with_identifiers)
    return {"shows_record": True, **record}


def _requested_month(value: str | None, months: list[datetime]) -> datetime | None:
    """Return the month of the address, or None without one; a month without posts is a 404."""
    if not value:
        return None
    for month in months:
        if month.strftime("%Y-%m") == value:
            return month
    raise Http404


def _next_month(month: datetime) -> datetime:
    """Return the first moment of the next month in the course's zone, whatever its clocks do."""
    first_day = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return datetime.combine(first_day, time.min, tzinfo=month.tzinfo)
