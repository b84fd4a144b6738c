"""The people of a course as a list shows them: by name, in groups, each with their last post."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import get_language

from blog.citations.csl.fields import folded
from blog.models import Course, Membership, Pod, Post, User, name_for
from blog.models.member_keys import MAY_MISS, member_key_of, stand_in
from blog.models.people import UNPRINTED_FIELDS
from blog.models.prepared_queries import prepared
from blog.text.names import sort_key

MAX_QUERY_CHARS = 200
PEOPLE_PER_PAGE = 120


class ListedPerson(NamedTuple):
    """A member under the name that the reader knows, with the last post the reader can see."""

    member: Membership
    name: str
    last_post: Post | None = None

    @property
    def user(self) -> User:
        return self.member.user


def listed_people(reader: User, course: Course, *, query: str = "") -> list[ListedPerson]:
    """Return the members of a course whose names have all words of the query, in one query.

    They are sorted by the family name that is printed, so that the place of somebody whose name is
    withheld does not give it away. ``with_last_posts`` adds what those wrote who are shown.
    """
    members = _members_of.rows(None, course=course.pk)
    people = [ListedPerson(member, name_for(member.user, reader)) for member in members]
    language = get_language() or "en"
    found = [one for one in people if _matches(one.name, query)] if query else people
    return sorted(found, key=lambda person: (sort_key(person.name, language), person.member.id))


@prepared
def _members_of(_shape: None, course: int) -> QuerySet:
    members = Membership.objects.in_course(course).active().select_related("user", "pod")
    of_people = (f"user__{name}" for name in UNPRINTED_FIELDS if name != "about")
    return members.defer("listed_name", "family_name", *of_people)


def with_last_posts(
    people: Sequence[ListedPerson], reader: User, course: Course
) -> list[ListedPerson]:
    """Return people with the last published post of each that the reader sees, in one query."""
    posts = _last_posts(reader, course, [person.member.user_id for person in people])
    return [ListedPerson(member, name, posts.get(member.user_id)) for member, name, _post in people]


def in_order_of_groups(
    people: Sequence[ListedPerson], own_pod: Pod | None = None
) -> list[ListedPerson]:
    """Return people as they follow each other on the page of ``people_in_groups``."""
    groups = people_in_groups(people, own_pod)
    of_pods = (person for _pod, members in groups["pods"] for person in members)
    return [*groups["own_pod"], *of_pods, *groups["without_pod"], *groups["team"]]


def people_in_groups(people: Sequence[ListedPerson], own_pod: Pod | None = None) -> dict:
    """Return people by group: one's own pod, other pods, students in none, the team.

    Observers are listed with the teaching team, each with their role.
    """
    pods = defaultdict(list)
    for person in people:
        if person.member.is_student:
            pods[person.member.pod_id].append(person)
    without_pod = pods.pop(None, [])
    of_own_pod = pods.pop(own_pod.pk, []) if own_pod else []
    groups = [(members[0].member.pod, members) for members in pods.values()]
    return {
        "own_pod": of_own_pod,
        "pods": sorted(groups, key=lambda group: (group[0].name, group[0].pk)),
        "without_pod": without_pod,
        "team": [person for person in people if not person.member.is_student],
    }


def _last_posts(reader: User, course: Course, authors: Sequence[int]) -> dict[int, Post]:
    """Return for each of some authors the last published post that the reader can see."""
    member = member_key_of(reader, course)
    if member is None or not authors:
        return {}
    newest = _newest_of.rows(member.role, authors=tuple(authors), **member.values)
    return {post.author_id: post for post in newest}


@prepared(may_miss=MAY_MISS)
def _newest_of(role: str, authors: tuple, **member: Any) -> QuerySet:
    place = Window(
        RowNumber(),
        partition_by=F("author"),
        order_by=[F("published_at").desc(), F("pk").desc()],
    )
    posts = Post.objects.published_for(*stand_in(role, **member)).filter(author__in=authors)
    return posts.annotate(place=place).filter(place=1).only("author", "slug", "title")


def _matches(name: str, query: str) -> bool:
    return all(word in folded(name) for word in map(folded, query.split()))
