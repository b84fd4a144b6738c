"""The form of an announcement."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.textarea import Textarea
from blog.models import Announcement
from blog.web.idempotency import IdempotencyKeyField


class AnnouncementForm(forms.ModelForm):
    """A title and plain text, sent once however often the form arrives."""

    key = IdempotencyKeyField()

    class Meta:
        model = Announcement
        fields = ["title", "text"]
        help_texts = {"text": _("Plain text. Web addresses become links.")}
        widgets = {"text": Textarea(attrs={"rows": 8})}
