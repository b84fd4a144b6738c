"""Show a picture of oneself, and take it away again."""

from functools import partial

from django.db import transaction

from blog import access
from blog.models import AuditEvent, User


def write_portrait(person: User, square: bytes, *, by: User) -> str:
    """Write the file of a portrait, WebP of a few kilobytes; return its name, which no row has yet.

    Called outside any transaction, which must not wait for a disk.
    """
    access.require(access.can_change_profile(by, person))
    return User.write_portrait(square)


def change_portrait(person: User, name: str, *, by: User) -> None:
    """Give a person a portrait whose file is written; an earlier one is deleted after the commit.

    The caller deletes the file if this fails.
    """
    access.require(access.can_change_profile(by, person))
    with transaction.atomic():
        _replace(person, name)


def remove_portrait(person: User, *, by: User) -> None:
    """Remove a person's portrait, and its file; their initials are shown instead."""
    access.require(access.can_remove_portrait(by, person))
    with transaction.atomic():
        had_portrait = _replace(person, "")
        if had_portrait and by.pk != person.pk:
            AuditEvent.record("portrait_removed", person, by=by)


def _replace(person: User, name: str) -> bool:
    """Store the name of a portrait; delete the file before it once that is sure. Was there one?"""
    stored = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    earlier = str(stored.portrait)
    stored.portrait = person.portrait = name
    stored.save(update_fields=["portrait"])
    if earlier:
        transaction.on_commit(partial(User.delete_portrait_file, earlier), robust=True)
    return bool(earlier)
