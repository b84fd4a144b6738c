"""What blog refuses, in sentences a reader can act on."""


class Refused(Exception):
    """Say no to a deed that the rules of the course forbid.

    ``str(error)`` is a whole sentence for the person who tried; the view shows it in place and
    changes nothing.
    """


class TextRefused(Refused):
    """Say no to a text that cannot be rendered within its bounds of size or time."""


class ReadError(Refused):
    """Say no to a reference file that cannot be read; ``line`` counts from 1 where it is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line
