"""The forms of a question to one's network."""

from django import forms

from blog.forms.textarea import Textarea
from blog.web.idempotency import IdempotencyKeyField
from network.forms.paragraph_field import ParagraphField
from network.models import Question


class QuestionForm(forms.ModelForm):
    """The words of a question, as plain text in one paragraph."""

    class Meta:
        model = Question
        fields = ["text"]
        field_classes = {"text": ParagraphField}
        widgets = {"text": Textarea(attrs={"rows": 3, "dir": "auto"})}


class PeopleField(forms.TypedMultipleChoiceField):
    """The keys of the people whom a page listed; the action knows whether they can be asked."""

    def __init__(self):
        super().__init__(coerce=int, widget=forms.MultipleHiddenInput)

    def valid_value(self, value) -> bool:
        return True


class NewQuestionForm(QuestionForm):
    """A new question, with the people to whom its page says that it will be offered."""

    key = IdempotencyKeyField()
    people = PeopleField()
