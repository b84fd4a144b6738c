"""Why other points count: what a grader typed, or a code for words in each reader's language."""

from django.utils.translation import gettext as _

IMPORTED_REASON = "=imported"  # as is stored; nobody types it


def reason_in_words(reason: str) -> str:
    """Return a stored reason as people read it."""
    return _("Entered by your instructor.") if reason == IMPORTED_REASON else reason


def stored_reason(words: str) -> str:
    """Return how a reason is stored that a form has shown in words, or that somebody typed."""
    return IMPORTED_REASON if words == reason_in_words(IMPORTED_REASON) else words
