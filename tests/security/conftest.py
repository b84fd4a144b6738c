"""Whoever may do everything: what holds for them holds for all."""

import pytest
from django.core.cache import cache

from blog.models import User


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def root(instructor):
    """Return somebody who may do everything: an instructor who runs the site as well."""
    User.objects.filter(pk=instructor.pk).update(is_staff=True, is_superuser=True)
    return User.objects.get(pk=instructor.pk)
