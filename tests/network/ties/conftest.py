"""A course that is over, two of its students, and a post that one of them wrote."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.network.ties.support import make_student, make_term


@pytest.fixture
def term(instructor):
    return make_term(instructor)


@pytest.fixture
def mina(term):
    return make_student(term, "Mina")


@pytest.fixture
def ravi(term):
    return make_student(term, "Ravi")


@pytest.fixture
def post(mina, term):
    return factories.make_post(mina, term, at=timezone.now() - timedelta(days=1000))
