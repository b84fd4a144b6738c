"""Staff of the admin site."""

import pytest
from django.test import Client

from tests import factories
from tests.blog.admin.support import grant


@pytest.fixture
def root(db):
    return factories.make_user("Rosa Root", is_staff=True, is_superuser=True)


@pytest.fixture
def clerk(db):
    """Return staff who may look at people and change accounts, and nothing more."""
    user = factories.make_user("Carl Clerk", is_staff=True)
    grant(user, "view_user", "change_user")
    return user


@pytest.fixture
def site(root):
    client = Client()
    client.force_login(root)
    return client
