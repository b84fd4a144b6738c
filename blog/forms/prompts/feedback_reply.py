"""The form of a student's reply to feedback."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.key_field import KeyField
from blog.forms.textarea import Textarea
from blog.models import FeedbackReply
from blog.models.feedback_replies import MAX_REPLY_CHARS


class FeedbackReplyForm(forms.Form):
    """The words, and the version that the page showed; no version is a first save."""

    text = forms.CharField(
        label=_("What I will change"),
        required=False,
        max_length=MAX_REPLY_CHARS,
        strip=False,
        widget=Textarea(attrs={"rows": 6}),
        help_text=_("Bold, italics, links and lists work here. Leave it empty to delete it."),
    )
    version = KeyField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, reply: FeedbackReply | None, **kwargs):
        initial = {"text": reply.text, "version": reply.version} if reply else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.is_stale = False
        self.stored: FeedbackReply | None = None

    def show_stale(self, message: str, stored: FeedbackReply | None) -> None:
        """Show the values another window saved; the next save here replaces them."""
        self.is_stale, self.stored = True, stored
        self.data = self.data.copy()
        self.data["version"] = stored.version if stored else ""
        self.add_error(None, message)
