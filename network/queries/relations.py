"""Whom a reader follows and whom they have muted: asked together, once for a page."""

from dataclasses import dataclass

from django.db.models import Value

from blog.models import User
from network.models import Follow, Mute

Pairs = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Relations:
    """Whom one person follows and has muted, as keys of course and person."""

    follows: Pairs
    mutes: Pairs


def relations_of(person: User) -> Relations:
    """Return a person's relations in all courses, in one query for as long as ``person`` is there.

    A request has a ``user`` of its own. Whoever changes something asks ``Follow`` and ``Mute``.
    """
    if not hasattr(person, "_relations"):
        person._relations = _relations_of(person)  # type: ignore[attr-defined]
    return person._relations  # type: ignore[attr-defined]


def _relations_of(person: User) -> Relations:
    mutes = Mute.objects.filter(by=person).values_list("course", "muted", Value(False))
    follows = Follow.objects.filter(follower=person).values_list("course", "followed", Value(True))
    found = list(mutes.union(follows, all=True))
    return Relations(
        follows=frozenset((course, other) for course, other, is_followed in found if is_followed),
        mutes=frozenset((course, other) for course, other, is_followed in found if not is_followed),
    )
