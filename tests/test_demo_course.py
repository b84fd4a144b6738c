"""The demo course that tests with a server share: loaded once, and whole where it is copied."""

import pytest
from django.core.management import call_command
from django.db import connection

from blog.models import Comment, Post
from tests import demo_course
from tests.demo_course import load_demo

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]


def rows():
    return [
        sorted(Comment.objects.values_list("pk", "text")),
        sorted(Post.objects.values_list("pk", "slug", "status")),
    ]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="elsewhere it is loaded each time")
def test_a_second_test_gets_the_rows_of_the_first(tmp_path, monkeypatch):
    first = load_demo(tmp_path)
    before = rows()
    call_command("flush", verbosity=0, interactive=False)
    monkeypatch.setattr(demo_course, "call_command", None)  # which would fail

    second = load_demo(tmp_path)

    assert (second, second.title) == (first, first.title)
    assert rows() == before
