"""Addresses by their first word: a page is looked for among those that begin as its address does.

Django tries one pattern after the other, and a course has three hundred of them.
"""

from collections.abc import Iterable
from itertools import groupby

from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern

Pattern = URLPattern | URLResolver


def by_first_word(patterns: Iterable[Pattern]) -> list[Pattern]:
    """Return patterns with those that begin with the same word, such as ``posts/``, below it.

    They keep their order, and lead where they led. A pattern that begins with a value keeps its
    place among words, since it may match any of them: what stood before it still does.
    """
    found: list[Pattern] = []
    for has_word, row in groupby(patterns, lambda pattern: bool(_first_word(pattern))):
        if not has_word:
            found += row
            continue
        by_word: dict[str, list[Pattern]] = {}
        for pattern in row:
            by_word.setdefault(_first_word(pattern), []).append(pattern)
        for word, same in by_word.items():
            below = [_without(word, pattern) for pattern in same]
            found += same if len(same) == 1 else [path(word, include(below))]
    return found


def _first_word(pattern: Pattern) -> str:
    """Return the part of a route up to its first slash, "" where that is a value or all of it."""
    word, stroke, _rest = str(pattern.pattern).partition("/")
    return f"{word}/" if stroke and word and "<" not in word else ""


def _without(word: str, pattern: Pattern) -> Pattern:
    route = str(pattern.pattern).removeprefix(word)
    if isinstance(pattern, URLResolver):
        return path(route, include(pattern.url_patterns), pattern.default_kwargs)
    named = RoutePattern(route, name=pattern.name, is_endpoint=True)
    return URLPattern(named, pattern.callback, pattern.default_args, pattern.name)
