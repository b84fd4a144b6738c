"""The language in which something speaks to a person who is not looking at a page just now."""

from contextlib import AbstractContextManager

from django.conf import settings
from django.utils import translation


def offered(language: str) -> str:
    """Return a language if the site has it, else "": one that was chosen may be gone again."""
    return language if language in dict(settings.LANGUAGES) else ""


def language_for(person, course=None) -> str:
    """Return the language of a mail, a feed or a file: a person's own, else a course's, else the
    site's.

    ``person`` is whoever has a ``language``, or None; ``course`` is what it is about, if that is
    one.
    """
    own = offered(person.language) if person else ""
    return own or (offered(course.language) if course else "") or settings.LANGUAGE_CODE


def words_to_keep(course=None) -> AbstractContextManager:
    """Activate the language of a course, else of the site, in a block whose words are stored.

    Whoever reads them later did not choose the language of whoever made them.
    """
    return translation.override(language_for(None, course))
