"""What blog refuses, in sentences a reader can act on."""

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """Say no to a deed that the rules of the course forbid.

    ``str(error)`` is a whole sentence for the person who tried; the view shows it in place and
    changes nothing.
    """


class NotAllowed(Refused, PermissionDenied):
    """Say no to an actor who may not do this; uncaught, Django answers 403."""


class TextRefused(Refused):
    """Say no to a text that cannot be rendered within its bounds of size or time."""


class ReadError(Refused):
    """Say no to a reference file that cannot be read; ``line`` counts from 1 where it is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class StaleDraft(Refused):
    """Say no to a save that would overwrite words saved elsewhere meanwhile.

    ``stored`` is what stands there now (a Draft or a Revision), ``version`` names it: whoever has
    read it may save over it with that version.
    """

    def __init__(self, message: str, *, stored, version: str) -> None:
        super().__init__(message)
        self.stored = stored
        self.version = version


class DuplicatePost(Refused):
    """Say no to a second post for a prompt; ``post`` is the one there is."""

    def __init__(self, message: str, *, post) -> None:
        super().__init__(message)
        self.post = post


class UnknownKeys(Refused):
    """Say no to a text that cites no reference of its post; ``keys`` in order of first use."""

    def __init__(self, message: str, *, keys: tuple[str, ...]) -> None:
        super().__init__(message)
        self.keys = keys
