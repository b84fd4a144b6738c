"""Reasons for other points: a grader's words, or a code for words in each reader's language."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog.models.participation import MAX_PEOPLE

# As they are stored; nobody types them.
IMPORTED_REASON = "=imported"
PARTICIPATION = re.compile(r"=participation (\d{1,2})( post)?")


def participation_reason(people: int, *, has_post: bool) -> str:
    """Return the stored form of the participation on time: comments on so many, and a post."""
    return f"=participation {people}" + (" post" if has_post else "")


def reason_in_words(reason: str) -> str:
    """Return a stored reason as people read it."""
    if reason == IMPORTED_REASON:
        return _("Entered by your instructor.")
    if found := PARTICIPATION.fullmatch(reason):
        return _participation_in_words(int(found[1]), has_post=bool(found[2]))
    return reason


def stored_reason(words: str) -> str:
    """Return the stored form of a reason that a form has shown in words, or that was typed."""
    return next((code for code in CODES if words == reason_in_words(code)), words)


def _participation_in_words(people: int, *, has_post: bool) -> str:
    comments = ngettext(
        "You commented on the post of %(people)d person on time.",
        "You commented on the posts of %(people)d people on time.",
        people,
    )
    parts = [comments % {"people": people}]
    if has_post:
        parts.append(_("Your post was on time."))
    return " ".join(parts)


CODES = [
    IMPORTED_REASON,
    *(
        participation_reason(people, has_post=has_post)
        for people in range(MAX_PEOPLE + 1)
        for has_post in (False, True)
    ),
]
