"""Template tags with which blog's pages show networks."""

from django import template
from django.db.models import Exists
from django.urls import reverse

from blog.models import Membership, name_for
from network.models import Follow
from network.queries.citing_contacts import citing_posts_of_contacts
from network.queries.offered_posts import offer_of

register = template.Library()


@register.inclusion_tag("network/_outside.html", takes_context=True)
def outside_reading(context):
    """Show the posts of a student’s week; the number of queries never grows."""
    reader, course = context["user"], context["course"]
    return {"offer": offer_of(reader, course), "course": course, "user": reader}


@register.inclusion_tag("network/_citing_contacts.html", takes_context=True)
def work_in_network(context, work):
    """Show what those whom a student exchanges with say about a work; others: ``?from=others``."""
    reader, course, request = context["user"], context["course"], context["request"]
    outside = request.GET.get("from") == "others"
    found = citing_posts_of_contacts(reader, course, work, outside=outside)
    return {"found": found, "course": course, "user": reader, "path": request.path}


@register.inclusion_tag("network/_follow.html", takes_context=True)
def follow_button(context, person, course, followed=None, anchor=""):
    """Show a button that follows or unfollows ``person``; nothing where neither is possible.

    A list asks once whom its reader has ``followed``, which saves the query of each button, and
    says to which ``anchor`` of the page a browser without scripts comes back.
    """
    request = context["request"]
    if not _can_have_button(request.user, person, course):
        return {}
    if followed is None:
        following = _is_following(request.user, person, course)
    else:
        following = person.pk in followed
    if following is None:
        return {}
    return {
        "person": person,
        "name": name_for(person, request.user),
        "following": following,
        "action": reverse(
            "unfollow" if following else "follow", args=[course.slug, person.username]
        ),
        "next_page": request.get_full_path() + anchor if request.method == "GET" else "",
    }


@register.simple_tag(takes_context=True)
def people_followed(context, course) -> frozenset[int]:
    """Return the keys of the people whom this page's reader follows in the course."""
    return Follow.objects.in_course(course).people_followed_by(context["user"])


def _can_have_button(reader, person, course) -> bool:
    return (
        person is not None
        and reader.is_authenticated
        and reader.pk != person.pk
        and reader.membership_in(course) is not None
    )


def _is_following(reader, person, course) -> bool | None:
    """Return whether the reader follows the person, None if the person is not in the course now."""
    follows = Follow.objects.in_course(course).filter(follower=reader, followed=person)
    return (
        Membership.objects.in_course(course)
        .active()
        .filter(user=person)
        .values_list(Exists(follows), flat=True)
        .first()
    )
