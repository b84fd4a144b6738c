"""Addresses of posts in a text."""

import pytest

from blog.text import render_post
from blog.text.post_addresses import post_addresses

HOST = "pln.example.edu"
NONE: tuple[set[str], set[int]] = (set(), set())


def found(text, course="networks"):
    return post_addresses(render_post(text).html, course, HOST.__eq__)


@pytest.mark.parametrize(
    "address",
    [
        "/c/networks/posts/of-ties/",
        "/c/networks/posts/of-ties",
        "/c/networks/posts/of-ties/#p3",
        "/c/networks/posts/of-ties/?undo=4#c4",
        f"https://{HOST}/c/networks/posts/of-ties/",
        f"http://{HOST}:8000/c/networks/posts/of-ties/#p1",
        f"HTTPS://{HOST.upper()}/c/networks/posts/of-ties/",
    ],
)
def test_the_address_of_a_post(address):
    assert found(f"Read [this]({address}).") == ({"of-ties"}, set())


def test_a_bare_address_is_a_link():
    assert found(f"See https://{HOST}/c/networks/posts/of-ties/.") == ({"of-ties"}, set())


@pytest.mark.parametrize("address", ["/p/12/of-ties/", "/p/12/", f"https://{HOST}/p/12/x/#p2"])
def test_the_address_of_a_public_page(address):
    assert found(f"Read [this]({address}).") == (set(), {12})


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://elsewhere.example/c/networks/posts/of-ties/)",
        "[x](//elsewhere.example/c/networks/posts/of-ties/)",
        "[x](/c/another/posts/of-ties/)",
        "[x](/c/networks/posts/)",
        "[x](/c/networks/posts/of-ties/history/)",
        "[x](/p/0/)",
        "[x](/p/99999999999999999999/)",
        "[x](http://[/c/networks/posts/of-ties/)",
        "[x](mailto:ada@example.edu)",
        "`/c/networks/posts/of-ties/`",
        "/c/networks/posts/of-ties/ as words",
        "[x](#p1)",
    ],
)
def test_what_is_no_address_of_a_post_here(text):
    assert found(f"Words, {text}.") == NONE


def test_each_post_is_found_once():
    text = "[a](/c/networks/posts/one/) [b](/c/networks/posts/one/#p2) [c](/c/networks/posts/two/)"

    assert found(text) == ({"one", "two"}, set())
