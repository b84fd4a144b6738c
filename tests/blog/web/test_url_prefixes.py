"""Addresses that are looked for by their first word lead where they led."""

import pytest
from django.urls import Resolver404, URLResolver, include, path, reverse
from django.urls.resolvers import RegexPattern, get_resolver

from blog.web.url_prefixes import by_first_word


def view(request, **values):
    return values


def other(request, **values):
    return values


FLAT = [
    path("", view, name="home"),
    path("posts/", view, name="post_list"),
    path("people/", other, name="person_list"),
    path("posts/new/", view, {"kind": "new"}, name="post_new"),
    path("posts/<slug:slug>/", other, name="post_page"),
    path("search", view, name="search"),
    path("<slug:word>/new/", other, name="any_new"),
    path("people/new/", view, name="hidden"),
    path("settings/", include([path("ties/", view, name="ties")]), {"more": 1}),
    path("settings/pods/", other, name="pods"),
]
PLACES = ["", "posts/", "people/", "posts/new/", "posts/a/", "search", "x/new/", "people/new/"]
PLACES += ["settings/ties/", "settings/pods/"]


def resolver_of(patterns):
    return URLResolver(RegexPattern(r"^/"), patterns)


@pytest.mark.parametrize("place", PLACES)
def test_each_address_leads_where_it_led(place):
    flat, by_word = (resolver_of(each).resolve(f"/{place}") for each in (FLAT, by_first_word(FLAT)))

    assert (by_word.func, by_word.kwargs, by_word.url_name) == (
        flat.func,
        flat.kwargs,
        flat.url_name,
    )
    assert by_word.route == flat.route


@pytest.mark.parametrize("place", ["posts", "posts/a/b/", "settings/", "x/", "people/newer/"])
def test_what_led_nowhere_leads_nowhere(place):
    with pytest.raises(Resolver404):
        resolver_of(by_first_word(FLAT)).resolve(f"/{place}")


def test_names_have_their_addresses():
    resolver = resolver_of(by_first_word(FLAT))

    found = [
        resolver.reverse("post_new"),
        resolver.reverse("post_page", slug="a"),
        resolver.reverse("any_new", word="a"),
        resolver.reverse("ties"),
    ]
    assert found == ["posts/new/", "posts/a/", "a/new/", "settings/ties/"]


def test_a_course_is_looked_through_by_words():
    """Few patterns are tried before that of a page: what is tried takes its time."""
    tried = []
    try:
        get_resolver().resolve(f"{reverse('course_home', args=['a'])}no-such-word/")
    except Resolver404 as error:
        tried = error.args[0]["tried"]

    assert 0 < len(tried) < 150
