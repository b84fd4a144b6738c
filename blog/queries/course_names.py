"""Course names that would give away whose they are, or that somebody could be taken for."""

from collections.abc import Collection, Iterable

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from blog.models import Course, Membership, User
from blog.models.people import USERNAME_FIRST, USERNAME_SECOND
from blog.queries.memberships import withheld_from
from blog.text.lookalikes import has_part_of, passes_for, skeleton

HAS_OWN_NAME = _(
    "A part of your name is in this course name. Choose one that does not tell who you are."
)
LOOKS_LIKE_MEMBER = _(
    "Someone in one of your courses has a name that looks the same. Choose another course name."
)
MOST_TRIES = 100  # a name has few words, and few classes have so many names


def has_own_name(name: str, real_name: str) -> bool:
    """Return whether a course name looks like the real name, or has a part of it."""
    return bool(real_name) and (
        skeleton(name) == skeleton(real_name) or has_part_of(name, real_name)
    )


def looks_like_member(person: User, name: str, courses: Iterable[Course]) -> bool:
    """Return whether a name could be taken for the real or course name of somebody else there.

    Those who have left count: what they wrote is still read. Of whom ``person`` reads a course name
    alone, that alone counts: the answer would tell who is here under it.
    """
    courses = list(courses)
    return _could_be_taken_for(
        name, _names_of_others(person, courses, withheld_from(person, courses))
    )


def needs_another_course_name(member: Membership) -> bool:
    """Return whether the course name that a member chose would not do in this course.

    It is for instructors, who know whose names are withheld, and how the university lists them.
    """
    person, name = member.user, member.user.course_name
    return bool(name) and (
        any(has_own_name(name, real) for real in (person.display_name, *listed_names(person)))
        or _could_be_taken_for(name, _names_of_others(person, [member.course_id]))
    )


def listed_names(person: User) -> set[str]:
    """Return the names of somebody on the lists of their university, which count as real ones."""
    return set().union(*person.memberships.values_list("listed_name", "family_name")) - {""}


def name_to_give(person: User) -> str:
    """Return the course name of somebody who has chosen none, or lost the one they chose.

    Two words of their username; where these tell who they are, or could be taken for the name of
    somebody else in a course of theirs, the first two others that would do, of a row of their own.
    Whoever knows the username cannot tell that these are not chosen.
    """
    rows = person.memberships.values_list("course", "listed_name", "family_name")
    courses, *listed = zip(*rows, strict=True) if rows else ((),)
    real_names = {person.display_name}.union(*listed)
    others = _names_of_others(person, courses)
    name = person.given_name
    for number in range(MOST_TRIES):
        is_own = any(has_own_name(name, real) for real in real_names)
        if not is_own and not _could_be_taken_for(name, others):
            break
        name = _drawn(person, number)
    return name


def _drawn(person: User, number: int) -> str:
    """Return two words of usernames that are somebody's own in this place of a row."""
    first, second = USERNAME_FIRST.split(), USERNAME_SECOND.split()
    digest = salted_hmac("blog.course_name", f"{person.pk}:{number}").digest()
    words = first[digest[0] % len(first)], second[digest[1] % len(second)]
    return " ".join(word.capitalize() for word in words)


def _names_of_others(
    person: User, courses: Iterable[Course | int], withheld: Collection[int] = ()
) -> set[str]:
    """Return the names of the others in courses: of ``withheld`` their course names alone."""
    others = User.objects.filter(memberships__course__in=courses).exclude(pk=person.pk)
    found = others.only("username", "display_name", "course_name").distinct()
    return {
        name
        for other in found
        for name in (other.neutral_name, "" if other.pk in withheld else other.display_name)
        if name
    }


def _could_be_taken_for(name: str, others: Iterable[str]) -> bool:
    shape = skeleton(name)
    return any(shape == skeleton(other) or passes_for(name, other) for other in others)


def name_to_read(person: User) -> str:
    """Return somebody's name as it would read if it were withheld."""
    return person.course_name or name_to_give(person)


def names_of(member: Membership) -> dict:
    """Return the printed name of a withheld member, and whether it is given by us."""
    gives_name = not member.is_confidential and needs_another_course_name(member)
    person = member.user
    given = name_to_give(person)
    read = person.neutral_name if member.is_confidential else name_to_read(person)
    return {
        "gives_name": gives_name,
        "given_name": given,
        "read_name": given if gives_name else read,
    }
