"""People that a reader follows and has muted: one query for a page."""

from dataclasses import dataclass

from django.db import connections, router

from blog.models import User
from network.models import Follow

Pairs = frozenset[tuple[int, int]]

# Written as SQL because every page with comments asks it, and Django takes longer to write a union
# than a database to answer it.
RELATIONS = """
    SELECT course_id, muted_id, 0 FROM network_mute WHERE by_id = %s
    UNION ALL
    SELECT course_id, followed_id, 1 FROM network_follow WHERE follower_id = %s
"""


@dataclass(frozen=True)
class Relations:
    """The people one person follows and has muted, as keys of course and person."""

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
    with connections[router.db_for_read(Follow)].cursor() as cursor:
        cursor.execute(RELATIONS, [person.pk, person.pk])
        found = cursor.fetchall()
    return Relations(
        follows=frozenset((course, other) for course, other, is_followed in found if is_followed),
        mutes=frozenset((course, other) for course, other, is_followed in found if not is_followed),
    )
