"""The field of a content note, for posts and comments alike."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.models.content_notes import MAX_CONTENT_NOTE_CHARS


class ContentNoteField(forms.CharField):
    """A writer's note on a text that stays folded until somebody opens it, on one line."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("What is in the text"),
            required=False,
            max_length=MAX_CONTENT_NOTE_CHARS,
            help_text=_(
                "For example: mentions self-harm. Readers see this first, and open the text "
                "if they want to read it. Lists and emails show only this."
            ),
            widget=forms.TextInput(attrs={"class": "form-control"}),
            **kwargs,
        )

    def to_python(self, value):
        return re.sub(r"\s+", " ", super().to_python(value))
