"""The writing desk's form. What it refuses, it gives back with every word that was typed."""

import re
from datetime import datetime, time

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.courses.course import DateInput
from blog.models import Audience, Course, Draft, Prompt
from blog.text.scaffold import scaffold
from blog.web.idempotency import IdempotencyKeyField

VERSION = r"^\d{1,9}\.\d{1,9}$"


class PostForm(forms.Form):
    """Title, text and audience of a draft; which button was pressed decides what becomes of it."""

    title = forms.CharField(
        label=_("Title"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 1, "class": "title-input", "placeholder": _("Title")}),
    )
    text = forms.CharField(
        label=_("Post, in Markdown"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "true"}),
    )
    audience = forms.TypedChoiceField(
        label=_("Who can see it"),
        coerce=int,
        widget=forms.Select(attrs={"class": "form-select fit"}),
        error_messages={
            "invalid_choice": _("This course does not open posts that wide. Choose again.")
        },
    )
    retreats_on = forms.DateField(
        label=_("Back to the course on"),
        required=False,
        widget=DateInput,
        help_text=_("From that day on the course alone reads it. For posts wider than the course."),
    )
    version = forms.RegexField(VERSION, required=False, widget=forms.HiddenInput)
    seen = forms.RegexField(VERSION, required=False, widget=forms.HiddenInput)
    confirm = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, course: Course, **kwargs):
        super().__init__(*args, **kwargs)
        self.course = course
        self.fields["audience"].choices = [
            (audience, _("Visible to: %(readers)s") % {"readers": readers})
            for audience, readers in course.audiences()
        ]
        self.fields["retreats_on"].widget.attrs["class"] = "form-control"
        self.may_retreat = course.widest_audience > Audience.COURSE

    def clean_title(self):
        """Put the title on one line: it is typed into a field that grows."""
        return one_line(self.cleaned_data["title"])

    def clean_text(self):
        return one_ending(self.cleaned_data["text"])

    def clean(self):
        """Begin an empty text with questions, where the button for them was pressed."""
        words = super().clean()
        if self.data.get("action") == "scaffold" and not words.get("text", "unread").strip():
            words["text"] = scaffold()
        return words

    def words(self) -> dict:
        """Return what a draft keeps."""
        return {
            name: self.cleaned_data[name] for name in ("title", "text", "audience", "retreats_on")
        }

    def retreats_at(self) -> datetime | None:
        """Return the first moment of the chosen day where the course is."""
        day = self.cleaned_data["retreats_on"]
        return datetime.combine(day, time.min, self.course.zone) if day else None


class NewPostForm(PostForm):
    """The desk before anything was saved: one key, so that one post comes of it."""

    key = IdempotencyKeyField()
    prompt = forms.ModelChoiceField(
        Prompt.objects.none(),
        to_field_name="number",
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("This prompt cannot be answered any more.")},
    )

    def __init__(self, *args, course: Course, reader, **kwargs):
        super().__init__(*args, course=course, **kwargs)
        self.fields["prompt"].queryset = (
            Prompt.objects.in_course(course).visible_to(reader).opened()
        )


def one_line(title: str) -> str:
    return re.sub(r"\s+", " ", title)


def one_ending(text: str) -> str:
    """Browsers send the ends of lines as two signs; one is kept, so that versions compare."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def typed_in(draft: Draft, course: Course) -> dict:
    """Return a draft as the form shows it; an audience that the course closed is narrowed."""
    return {
        "title": draft.title,
        "text": draft.text,
        "audience": min(draft.audience, course.widest_audience),
        "retreats_on": draft.retreats_on,
    }
