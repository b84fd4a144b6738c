"""The preview of an import from WordPress: its first words are those of the import."""

import pytest

from blog.models import Audience
from blog.queries.wordpress_plan import excerpt_of, plan_import
from tests import factories


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>Some <b>bold</b> words &amp; a <a href='https://x.example'>link</a></p>",
         "Some bold words & a link"),
        ("<script>alert(1)</script><style>p {}</style>Words", "Words"),
        ("<script>if (x) {", ""),
        ('[caption id="a"]<img src="https://b.example/a.png" alt="A hill"> Seen[/caption] Words',
         "A hill Seen Words"),
        ("Words [embed]https://b.example/film[/embed]", "Words https://b.example/film"),
        ("<!-- wp:paragraph --><p>Words</p><!-- /wp:paragraph -->", "Words"),
    ],
)  # fmt: skip
def test_first_words_are_those_of_the_import(html, words):
    assert excerpt_of(html) == words


def test_first_words_of_our_own_text_have_no_signs_of_markdown():
    assert excerpt_of("<p>x</p>", "Some **bold** words") == "Some bold words"


def test_first_words_are_cut():
    words = excerpt_of("<p>" + "word " * 200 + "</p>")

    assert len(words) <= 140
    assert words.endswith("…")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("widest", "preset"),
    [
        (Audience.PUBLIC, Audience.INSTRUCTORS),
        (Audience.COURSE, Audience.INSTRUCTORS),
        (Audience.INSTRUCTORS, Audience.INSTRUCTORS),
        (Audience.ONLY_ME, Audience.ONLY_ME),
    ],
)
def test_posts_are_for_their_authors_and_the_team_unless_somebody_says_more(
    course, instructor, widest, preset
):
    course.widest_audience = widest

    assert plan_import(factories.make_wordpress_import(course, instructor)).audience == preset
