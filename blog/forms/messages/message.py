"""The form of a message to students: whom, a subject, and plain text."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.textarea import Textarea
from blog.models import Message
from blog.queries.students_who import ListedStudent
from blog.web.idempotency import IdempotencyKeyField


class MessageForm(forms.ModelForm):
    """Sent once however often it arrives. Whoever was written to already is not ticked."""

    key = IdempotencyKeyField()
    students = forms.TypedMultipleChoiceField(
        label=_("Students"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
        error_messages={
            "required": _("Choose at least one student."),
            "invalid_choice": _("Someone you chose is no longer in this list. Check your choice."),
        },
    )

    class Meta:
        model = Message
        fields = ["title", "text"]
        labels = {"title": _("Subject")}
        help_texts = {"text": _("Plain text. Web addresses become links.")}
        widgets = {"text": Textarea(attrs={"rows": 10})}

    def __init__(self, *args, listed: list[ListedStudent], **kwargs):
        super().__init__(*args, **kwargs)
        self.listed = listed
        self.fields["students"].choices = [(each.user.pk, each.name) for each in listed]
        self.initial["students"] = [each.user.pk for each in listed if each.last is None]

    def rows(self):
        """Return each tick with the student it is for."""
        return list(zip(self["students"], self.listed, strict=True))

    def chosen(self) -> list[ListedStudent]:
        keys = set(self.cleaned_data.get("students", []))
        return [each for each in self.listed if each.user.pk in keys]

    def content(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("title", "text")}
