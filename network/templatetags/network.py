"""What blog's pages show of networks. Every tag costs at most one query."""

from django import template
from django.db.models import Exists

from blog.models import Membership, name_for
from network.models import Follow

register = template.Library()


@register.inclusion_tag("network/_follow.html", takes_context=True)
def follow_button(context, person, course, following=None):
    """Offer to follow ``person`` in ``course``, or to undo it; nothing where neither is possible.

    A list that knows whom its reader follows says so by ``following``, which saves the query.
    """
    request = context["request"]
    if not _may_meet(request.user, person, course):
        return {}
    if following is None:
        following = _follows(request.user, person, course)
    if following is None:
        return {}
    return {
        "person": person,
        "name": name_for(person, request.user),
        "course": course,
        "following": following,
        "back": request.get_full_path() if request.method == "GET" else "",
    }


def _may_meet(reader, person, course) -> bool:
    return (
        person is not None
        and reader.is_authenticated
        and reader.pk != person.pk
        and reader.membership_in(course) is not None
    )


def _follows(reader, person, course) -> bool | None:
    """Say whether the reader follows the person; None if the person is not in the course now."""
    followed = Follow.objects.in_course(course).filter(follower=reader, followed=person)
    return (
        Membership.objects.in_course(course)
        .active()
        .filter(user=person)
        .values_list(Exists(followed), flat=True)
        .first()
    )
