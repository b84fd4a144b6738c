"""The field of a few plain words in one paragraph, such as a question or an intention."""

from django import forms

from blog.text.invisible import is_visible


class ParagraphField(forms.CharField):
    """Words with one space between them, however they were pasted; signs that nobody sees are none.

    They are counted as they are kept: a browser counts the end of a line once and sends two signs.
    """

    def to_python(self, value) -> str:
        text = " ".join(super().to_python(value).split())
        return text if is_visible(text) else ""
