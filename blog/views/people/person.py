"""The people of a course, and each person's page: their blog."""

from datetime import date, datetime, time

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from blog.models import Membership, Pod, Post
from blog.web.decorators import in_course

PAGE_SIZE = 10


@in_course
@require_safe
def person_list(request, course):
    """Who is here: the teaching team, the pods, then everybody else. No numbers, no ranks."""
    members = list(Membership.objects.in_course(course).active().for_list())
    students = [m for m in members if m.is_student]
    pods: dict[Pod, list[Membership]] = {}
    for member in students:
        if member.pod:
            pods.setdefault(member.pod, []).append(member)
    return render(
        request,
        "blog/people/person_list.html",
        {
            "teaching": [m for m in members if m.teaches],
            "pods": sorted(pods.items(), key=lambda pod: (pod[0].name, pod[0].pk)),
            "others": [m for m in students if not m.pod],
            "observers": [m for m in members if m.role == Membership.Role.OBSERVER],
        },
    )


@in_course
@require_safe
def person_page(request, course, username):
    """A person's blog in this course, newest first; ``?month=2026-10`` opens the archive."""
    # Somebody who has left keeps their page: what they wrote is part of the course.
    member = get_object_or_404(
        Membership.objects.in_course(course).select_related("user", "pod"),
        user__username=username,
    )
    posts = Post.objects.in_course(course).published().visible_to(request.user).by(member.user)
    months = list(posts.datetimes("published_at", "month", order="DESC", tzinfo=course.zone))
    month = _month(request.GET.get("month"), months)
    if month:
        posts = posts.filter(published_at__gte=month, published_at__lt=_after(month))
    page = Paginator(posts.for_list(), PAGE_SIZE).get_page(request.GET.get("page"))
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
        },
    )


def _month(asked: str | None, months: list[datetime]) -> datetime | None:
    """Return the month that was asked for; one without posts does not exist."""
    if not asked:
        return None
    for month in months:
        if month.strftime("%Y-%m") == asked:
            return month
    raise Http404


def _after(month: datetime) -> datetime:
    """Return the first moment of the next month in the course's zone, whatever its clocks do."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return datetime.combine(following, time.min, tzinfo=month.tzinfo)
