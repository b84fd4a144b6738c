"""Exceptions of blog: refusals, each with a sentence for the person who tried."""

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """The rules of the course forbid an action.

    ``str(error)`` is a whole sentence for the person who tried; the view shows it on the page, and
    nothing is changed. ``field`` names the field of a form that it is about, if it is about one.
    """

    field: str | None = None

    def __init__(self, message: object = "", *, field: str | None = None) -> None:
        super().__init__(message)
        if field is not None:
            self.field = field


class NotAllowed(Refused, PermissionDenied):
    """The actor is not allowed to do this; uncaught, Django answers 403."""


class TextRefused(Refused):
    """A text cannot be rendered within the limits of size and time, or is empty."""

    field = "text"


class ReadError(Refused):
    """A file of references cannot be read; ``line`` counts from 1 if it is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


class StaleDraft(Refused):
    """A save would overwrite a text that was saved elsewhere meanwhile.

    ``stored`` is that text (a Draft or a Revision), ``version`` its version: whoever has seen it
    can overwrite it by saving with that version. ``has_other_readers``: the post was also
    published to other people or withdrawn meanwhile, as the message says.
    """

    def __init__(
        self, message: str, *, stored, version: str, has_other_readers: bool = False
    ) -> None:
        super().__init__(message)
        self.stored = stored
        self.version = version
        self.has_other_readers = has_other_readers

    @property
    def readers(self) -> str:
        """Return who reads the post now, in words, if its writer knows of other readers."""
        return str(self) if self.has_other_readers else ""


class StalePublication(Refused):
    """A post was published, narrowed or withdrawn since the page was opened that acts on it."""


class StaleGrading(Refused):
    """The feedback was saved in another window meanwhile."""


class StaleReply(Refused):
    """The reply to feedback was saved in another window meanwhile: ``stored``, or None if gone."""

    def __init__(self, message: str, *, stored) -> None:
        super().__init__(message)
        self.stored = stored


class StaleExtension(Refused):
    """Somebody gave or took back this extension meanwhile: ``stored``."""

    def __init__(self, message: str, *, stored) -> None:
        super().__init__(message)
        self.stored = stored


class SavesTooOften(Exception):
    """A page saves by itself more often than a page does; it waits, and keeps its words."""


class StaleCase(Refused):
    """Something was decided or replied in a case of moderation since the page was opened."""


class StaleLevel(Refused):
    """Another window has chosen another level for a criterion meanwhile.

    ``level`` is its key, and ``version`` what a window names that has seen it.
    """

    def __init__(self, message: str, *, level: int, version: int) -> None:
        super().__init__(message)
        self.level = level
        self.version = version


class StaleTyped(Refused):
    """Another window has typed something else in the same part of a grading meanwhile.

    ``values`` is that, by field, and ``key`` is what a window names that has seen it.
    """

    def __init__(self, message: str, *, values: dict[str, object], key: str) -> None:
        super().__init__(message)
        self.values = values
        self.key = key


class StaleRubric(Refused):
    """The rubric of the prompt was changed meanwhile."""


class EmptyGrading(Refused):
    """A first grading has neither a level nor feedback, so there is nothing to save."""


class StaleVersion(Exception):
    """Somebody saved a row after it was loaded, so a save would overwrite what they wrote.

    No refusal to be shown: the form is read again and shows both (blog/forms/versions.py).
    """


class NoClockTime(Refused):
    """In another time zone, clock times of a prompt would not be in their order."""


class Taken(Refused):
    """Another row has the value of a ``field`` that only one may have: an address, a name."""

    def __init__(self, message: str, *, field: str) -> None:
        super().__init__(message)
        self.field = field


class DuplicatePost(Refused):
    """The author already has a post for the prompt: ``post``."""

    def __init__(self, message: str, *, post) -> None:
        super().__init__(message)
        self.post = post
