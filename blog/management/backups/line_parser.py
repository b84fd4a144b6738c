"""What the words of a line mean, in the lists that `restore` writes and `catch_up` does."""

from collections.abc import Callable


class NoLine(ValueError):
    """What is read is no line of such a list."""


def read(meaning: Callable, *words):
    """Return what words mean; raise NoLine for some that no such line has."""
    try:
        return meaning(*words)
    except (TypeError, ValueError) as error:
        raise NoLine from error
