"""Course names that would give away whose they are, or that somebody could be taken for."""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from blog.models import Course, Membership, User
from blog.models.people import USERNAME_FIRST, USERNAME_SECOND
from blog.queries.memberships import withheld_from
from blog.text.lookalikes import skeleton

HAS_OWN_NAME = _(
    "A part of your name is in this course name. Choose one that does not tell who you are."
)
LOOKS_LIKE_MEMBER = _(
    "Somebody in a course of yours has a name that looks the same. Choose another course name."
)
MOST_TRIES = 100  # a name has few words
MIN_CHARS_THAT_TELL = 3  # a word of two letters is an initial or a particle


def has_own_name(name: str, real_name: str) -> bool:
    """Return whether a course name looks like the real name, or has a word of it."""
    shape, real = skeleton(name), skeleton(real_name)
    shared = set(shape.split()) & set(real.split())
    return shape == real or any(len(word) >= MIN_CHARS_THAT_TELL for word in shared)


def looks_like_member(
    person: User, name: str, courses: Iterable[Course], *, knows_withheld: bool = False
) -> bool:
    """Return whether a name could be taken for the real or course name of somebody else there.

    Those who have left count: what they wrote is still read. Of whom ``person`` reads a course name
    alone, that alone counts: the answer would tell who is here under it. Instructors are told by
    ``knows_withheld``.
    """
    shape, courses = skeleton(name), list(courses)
    others = User.objects.filter(memberships__course__in=courses).exclude(pk=person.pk)
    withheld = set() if knows_withheld else withheld_from(person, courses)
    found = others.only("username", "display_name", "course_name").distinct()
    return any(
        shape == skeleton(other.neutral_name)
        or (other.pk not in withheld and shape == skeleton(other.display_name))
        for other in found
    )


def needs_another_course_name(member: Membership) -> bool:
    """Return whether the course name that a member chose would not do in this course.

    It is for instructors, who know whose names are withheld.
    """
    person = member.user
    name = person.course_name
    return bool(name) and (
        has_own_name(name, person.display_name)
        or looks_like_member(person, name, [member.course], knows_withheld=True)
    )


def name_to_give(person: User) -> str:
    """Return the course name of somebody who has chosen none, or lost the one they chose.

    Two words of their username; where one of these is in their own name too, two others, always the
    same. Whoever knows the username cannot tell that these are not chosen.
    """
    if not has_own_name(person.given_name, person.display_name):
        return person.given_name
    first, second = USERNAME_FIRST.split(), USERNAME_SECOND.split()
    name = ""
    for number in range(MOST_TRIES):
        digest = salted_hmac("blog.course_name", f"{person.pk}:{number}").digest()
        words = first[digest[0] % len(first)], second[digest[1] % len(second)]
        name = " ".join(word.capitalize() for word in words)
        if not has_own_name(name, person.display_name):
            break
    return name


def name_to_read(person: User) -> str:
    """Return what would be read of somebody if their name were withheld."""
    return person.course_name or name_to_give(person)


def names_of(member: Membership) -> dict:
    """Return what is read of a member whose name is withheld, and whether we give that name."""
    gives_name = not member.is_confidential and needs_another_course_name(member)
    person = member.user
    given = name_to_give(person)
    read = person.neutral_name if member.is_confidential else name_to_read(person)
    return {
        "gives_name": gives_name,
        "given_name": given,
        "read_name": given if gives_name else read,
    }
