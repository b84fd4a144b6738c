"""Works and people by their keys, of which another query has found the keys."""

from collections.abc import Iterable

from django.db.models import QuerySet

from blog.models import User, Work
from blog.models.people import UNPRINTED_FIELDS
from blog.models.prepared_queries import prepared


def works_by_key(keys: Iterable[int | None]) -> dict[int, Work]:
    """Return works by their keys, in the order of these; None is nobody's."""
    wanted = tuple(dict.fromkeys(key for key in keys if key))
    found = {work.pk: work for work in _works_of.rows(None, keys=wanted)} if wanted else {}
    return {key: found[key] for key in wanted if key in found}


def people_by_key(keys: Iterable[int | None]) -> dict[int, User]:
    """Return people by their keys, with what lists print of them."""
    wanted = tuple(sorted({key for key in keys if key}))
    return {person.pk: person for person in _people_of.rows(None, keys=wanted)} if wanted else {}


@prepared
def _works_of(_shape: None, keys: tuple) -> QuerySet:
    return Work.objects.filter(pk__in=keys)


@prepared
def _people_of(_shape: None, keys: tuple) -> QuerySet:
    return User.objects.filter(pk__in=keys).defer(*UNPRINTED_FIELDS)
