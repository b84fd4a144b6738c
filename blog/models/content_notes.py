"""Content notes: what a writer says of a text that stays folded until its reader opens it."""

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MAX_CONTENT_NOTE_CHARS = 120


def content_note_field() -> models.CharField:
    """Return the column of a plain text such as “mentions self-harm”; "" for a text in view."""
    return models.CharField(
        gettext_lazy("content note"),
        max_length=MAX_CONTENT_NOTE_CHARS,
        blank=True,
        default="",
        db_default="",
    )


def noted(note: str, excerpt: str) -> str:
    """Return a text's excerpt for lists, feeds and mails: its content note if it has one."""
    return _("Content note: %(note)s") % {"note": note} if note else excerpt
