"""The command that rebuilds the search index, and checks it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests import factories


def run(*args):
    out = StringIO()
    call_command("rebuild_search", *args, stdout=out)
    return out.getvalue()


def test_a_text_that_is_not_in_the_index_is_found_by_the_check_and_mended(ada, course):
    post = factories.make_post(ada, course)

    with pytest.raises(CommandError, match="1 entry differs from its text"):
        run("--check")
    assert run("--course", course.slug) == "[1/1] networks: 1 entry\n"
    assert run("--check") == "[1/1] networks: the index matches the texts\n"
    assert post.search_entry.words.endswith("a post some words")


def test_a_course_that_does_not_exist_is_named(db):
    with pytest.raises(CommandError, match="nowhere"):
        run("--course", "nowhere")
