"""What a script sends as soon as it is chosen or typed: one level, or the words of feedback."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.key_field import KeyField
from blog.text import MAX_COMMENT_CHARS


class LevelForm(forms.Form):
    """A level of a criterion by its position, and what the page has shown.

    ``seen`` is the version of the score, 0 for none; ``version`` that of the grading.
    """

    criterion = KeyField()
    level = KeyField()
    seen = KeyField(min_value=0)
    version = forms.CharField(required=False, max_length=30)
    revision = KeyField(required=False)


class WordsForm(forms.Form):
    """The words of feedback, and what the page has shown: ``seen`` is the version of the words."""

    text = forms.CharField(label=_("Feedback"), required=False, max_length=MAX_COMMENT_CHARS)
    seen = forms.CharField(required=False, max_length=30)
    version = forms.CharField(required=False, max_length=30)
    revision = KeyField(required=False)
