"""The people of a course as a list shows them: by name, in groups, each with their last post."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.translation import get_language

from blog.citations.csl.fields import folded
from blog.models import Course, Membership, Pod, Post, User, name_for
from blog.text.names import sort_key

MAX_QUERY_CHARS = 200


@dataclass(frozen=True)
class ListedPerson:
    """A member under the name that the reader knows, with the last post the reader can see."""

    member: Membership
    name: str
    last_post: Post | None

    @property
    def user(self) -> User:
        return self.member.user


def listed_people(
    reader: User, course: Course, *, query: str = "", with_posts: bool = True
) -> list[ListedPerson]:
    """Return the members of a course whose names have all words of the query, in two queries.

    Without their posts it is one.

    They are sorted by the family name that is printed, so that the place of somebody whose name is
    withheld does not give it away.
    """
    members = Membership.objects.in_course(course).active().select_related("user", "pod")
    posts = _last_posts(reader, course) if with_posts else {}
    people = [
        ListedPerson(member, name_for(member.user, reader), posts.get(member.user_id))
        for member in members
    ]
    language = get_language() or "en"
    found = (person for person in people if _matches(person.name, query))
    return sorted(found, key=lambda person: (sort_key(person.name, language), person.member.pk))


def people_in_groups(people: Sequence[ListedPerson], own_pod: Pod | None = None) -> dict:
    """Return people by group: one's own pod, other pods, students in none, the team.

    Observers are listed with the teaching team, each with their role.
    """
    pods = defaultdict(list)
    for person in people:
        if person.member.is_student:
            pods[person.member.pod].append(person)
    without_pod = pods.pop(None, [])
    return {
        "own_pod": pods.pop(own_pod, []),
        "pods": sorted(pods.items(), key=lambda group: (group[0].name, group[0].pk)),
        "without_pod": without_pod,
        "team": [person for person in people if not person.member.is_student],
    }


def _last_posts(reader: User, course: Course) -> dict[int, Post]:
    """Return for each author the last published post that the reader can see."""
    place = Window(
        RowNumber(),
        partition_by=F("author"),
        order_by=[F("published_at").desc(), F("pk").desc()],
    )
    posts = Post.objects.in_course(course).published().visible_to(reader)
    newest = posts.annotate(place=place).filter(place=1).only("author", "slug", "title")
    return {post.author_id: post for post in newest}


def _matches(name: str, query: str) -> bool:
    return all(word in folded(name) for word in map(folded, query.split()))
