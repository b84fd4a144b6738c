"""Meanings of the words of a line, in the lists that `restore` writes and `catch_up` applies."""

from collections.abc import Callable


class NoLine(ValueError):
    """The text is no line of such a list."""


def read(meaning: Callable, *words):
    """Return the meaning of words; raise NoLine for some that no such line has."""
    try:
        return meaning(*words)
    except (TypeError, ValueError) as error:
        raise NoLine from error
