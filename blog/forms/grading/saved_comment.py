"""The form of a comment that a grader keeps."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.textarea import Textarea
from blog.models import SavedComment
from blog.web.idempotency import IdempotencyKeyField


class SavedCommentForm(forms.ModelForm):
    """Words without line ends: they go into the middle of a text."""

    class Meta:
        model = SavedComment
        fields = ["text"]
        labels = {"text": _("Text")}
        widgets = {"text": Textarea(attrs={"rows": 2})}

    def __init__(self, *args, owner=None, **kwargs):
        super().__init__(*args, **kwargs)
        if owner is not None:
            self.instance.owner = owner

    def clean_text(self):
        return " ".join(self.cleaned_data["text"].split())


class NewSavedCommentForm(SavedCommentForm):
    key = IdempotencyKeyField()
