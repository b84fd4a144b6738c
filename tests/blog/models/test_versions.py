"""Of two who take the same row, one has it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import OwnBlog, claim_row
from tests import factories
from tests.threads import on_postgresql, queueing

NOW = timezone.now()
LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def blog(ada, course):
    return factories.make_own_blog(ada, course, due_at=NOW)


def test_a_row_is_taken_once(blog):
    read_too = OwnBlog.objects.get()

    assert claim_row(blog, "due_at", due_at=LATER)
    assert not claim_row(read_too, "due_at", due_at=LATER)
    assert OwnBlog.objects.get().due_at == LATER


def test_a_row_that_has_gone_is_not_taken(blog):
    OwnBlog.objects.all().delete()

    assert not claim_row(blog, "due_at", due_at=LATER)


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_who_waited_looks_again(ada, course):
    blog = factories.make_own_blog(ada, course, due_at=NOW)
    read_too, taken = OwnBlog.objects.get(), []

    with queueing(lambda: taken.append(claim_row(read_too, "due_at", due_at=LATER))):
        assert claim_row(blog, "due_at", due_at=LATER)

    assert taken == [False]
