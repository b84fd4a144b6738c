"""A post as something to cite, and what reference managers read from its page."""

from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.citations import format_entry
from blog.citations.csl.post_record import person, record_of_post
from blog.citations.exporters.coins import coins
from blog.citations.exporters.meta_tags import meta_tags
from tests.blog.citations.factories import article, book
from tests.factories import ARTICLE

POST = {
    "title": "Of ties & <b>knots</b>",
    "name": "Ada Byron",
    "day": date(2026, 10, 3),
    "site": "Learning in networks",
    "url": "https://example.org/c/networks/posts/of-ties/",
}


def test_a_post_is_cited_as_a_blog_post():
    assert format_entry(record_of_post(**POST)) == (
        "Byron, A. (2026, October 3). Of ties &amp; knots. <i>Learning in networks</i>. "
        '<a href="https://example.org/c/networks/posts/of-ties/" rel="nofollow noopener">'
        "https://example.org/c/networks/posts/of-ties/</a>"
    )


def test_a_post_without_a_name_begins_with_its_title():
    assert format_entry(record_of_post(**POST | {"name": ""})).startswith(
        "Of ties &amp; knots. (2026, October 3)."
    )


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Ada Byron", {"family": "Byron", "given": "Ada"}),
        ("Ada de la Cruz", {"family": "de la Cruz", "given": "Ada"}),
        ("Jean-Luc van den Berg", {"family": "van den Berg", "given": "Jean-Luc"}),
        ("Mina", {"literal": "Mina"}),
        ("Bui Phu Hung", {"literal": "Bui Phu Hung"}),
        ("Byron, Ada", {"literal": "Byron, Ada"}),
        ("لينا الخطيب", {"family": "الخطيب", "given": "لينا"}),
    ],
)
def test_names_are_split_only_where_that_is_no_guess(name, read):
    assert person(name) == read


def test_tags():
    assert meta_tags(record_of_post(**POST)) == [
        ("citation_title", "Of ties & <b>knots</b>"),
        ("citation_author", "Byron, Ada"),
        ("citation_publication_date", "2026/10/03"),
        ("citation_public_url", POST["url"]),
        ("dc.title", "Of ties & <b>knots</b>"),
        ("dc.creator", "Byron, Ada"),
        ("dc.date", "2026-10-03"),
        ("dc.type", "blogPost"),
        ("dc.source", "Learning in networks"),
        ("dc.identifier", POST["url"]),
    ]


def test_coins_of_an_article():
    assert parse_qsl(coins(ARTICLE)) == [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:journal"),
        ("rft.genre", "article"),
        ("rft.atitle", "The strength of weak ties"),
        ("rft.jtitle", "American Journal of Sociology"),
        ("rft.volume", "78"),
        ("rft.issue", "6"),
        ("rft.pages", "1360-1380"),
        ("rft.aulast", "Granovetter"),
        ("rft.aufirst", "Mark S."),
        ("rft.date", "1973"),
        ("rft_id", "info:doi/10.1086/225469"),
    ]


def test_coins_of_a_chapter_a_book_and_a_post():
    chapter = article(
        "Luna, A.", "Sol, B.", title="Part", type="chapter", container_title="Whole", ISBN="9"
    )

    assert parse_qsl(coins(chapter))[1:] == [
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "bookitem"),
        ("rft.atitle", "Part"),
        ("rft.btitle", "Whole"),
        ("rft.isbn", "9"),
        ("rft.aulast", "Luna"),
        ("rft.aufirst", "A."),
        ("rft.au", "Sol, B."),
        ("rft.date", "2020"),
    ]
    assert parse_qsl(coins(book("The Ministry", title="Whole")))[2:5] == [
        ("rft.genre", "book"),
        ("rft.btitle", "Whole"),
        ("rft.au", "The Ministry"),
    ]
    assert parse_qsl(coins(record_of_post(**POST | {"title": "Of ties"})))[1:] == [
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "blogPost"),
        ("rft.title", "Of ties"),
        ("rft.source", "Learning in networks"),
        ("rft.aulast", "Byron"),
        ("rft.aufirst", "Ada"),
        ("rft.date", "2026-10-03"),
        ("rft.identifier", POST["url"]),
    ]


@given(st.dictionaries(st.sampled_from(["type", "title", "author", "issued", "URL"]), st.text()))
def test_nothing_a_record_holds_raises(record):
    assert parse_qsl(coins(record))[0] == ("ctx_ver", "Z39.88-2004")
    assert isinstance(meta_tags(record), list)
