"""Audience of a post, and the paragraphs that cite a reference."""

import pytest

from blog.models import Audience, Post
from blog.templatetags.posts import cited_in, paragraph_list, restricted_readers


def test_paragraph_list_joins_numbers():
    assert paragraph_list([1, 4]) == "¶1, ¶4"


def test_where_a_work_is_cited_leads_to_the_paragraphs():
    link = '<a href="#p{0}"><span class="visually-hidden">paragraph </span>¶{0}</a>'

    assert cited_in([1, 4]) == f"Cited in {link.format(1)}, {link.format(4)}"


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (Audience.ONLY_ME, "Visible only to you"),
        (Audience.INSTRUCTORS, "Visible to the teaching team"),
        (Audience.POD, "Visible to the pod"),
    ],
)
def test_restricted_readers_are_named(audience, readers):
    assert restricted_readers(Post(audience=audience)) == readers
