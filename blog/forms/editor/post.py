"""The editor's form. What it refuses comes back with all of the submitted text."""

import re
from datetime import datetime, time

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from blog.forms.content_note_field import ContentNoteField
from blog.forms.courses.course import DateInput
from blog.forms.editor.used_comments import UsedCommentsField
from blog.forms.prompts.dates import DayField
from blog.forms.textarea import Textarea
from blog.models import Audience, Course, Draft, Prompt
from blog.text.invisible import strip_directions
from blog.web.idempotency import IdempotencyKeyField

# As PostTarget.version_of makes them, and CommentTarget.
VERSION = r"^\d{1,9}(-[a-z0-9-]{1,80})?\.\d{1,9}$"


class AudienceSelect(forms.Select):
    """The audiences of a post. Those beyond the course have a class: a later limit is for them."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value > Audience.COURSE:
            option["attrs"]["class"] = "beyond-course"
        return option


class TitleField(forms.CharField):
    """A title, put on one line before its characters are counted.

    Its field has no ``maxlength``: a browser would cut silently what is pasted or typed beyond it.
    """

    MAX_CHARS = 200

    def __init__(self, **kwargs):
        too_long = _(
            "A title can have at most %(limit_value)d characters. This one has %(show_value)d. "
            "Move a part of it into the text."
        )
        limit = MaxLengthValidator(self.MAX_CHARS, too_long)
        super().__init__(required=False, validators=[limit], **kwargs)

    def to_python(self, value):
        return re.sub(r"\s+", " ", strip_directions(super().to_python(value)))


class PostForm(forms.Form):
    """The title, text and audience of a draft; each button sends it to an address of its own."""

    title = TitleField(
        label=_("Title"),
        widget=Textarea(
            attrs={
                "rows": 1,
                "class": "title-input",
                "placeholder": _("Title"),
                "enterkeyhint": "next",
            }
        ),
    )
    text = forms.CharField(
        label=_("Post, in Markdown"),
        required=False,
        strip=False,
        widget=Textarea(attrs={"rows": 24, "class": "markdown-text", "spellcheck": "true"}),
    )
    content_note = ContentNoteField()
    audience = forms.TypedChoiceField(
        label=_("Who can see it"),
        coerce=int,
        widget=AudienceSelect(attrs={"class": "form-select fit"}),
        error_messages={
            "invalid_choice": _("This course does not allow that audience. Choose another one.")
        },
    )
    public_until_day = DayField(
        label=_("Limit to the course from (optional)"),
        required=False,
        widget=DateInput,
        help_text=_(
            "From this day on, only the course can read the post. This is for posts that people "
            "outside the course can read."
        ),
    )
    used_comments = UsedCommentsField()
    version = forms.RegexField(VERSION, required=False, widget=forms.HiddenInput)
    seen = forms.RegexField(VERSION, required=False, widget=forms.HiddenInput)
    confirm = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, course: Course, for_prompt: Prompt | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.course = course
        self.fields["audience"].choices = [
            (audience, _("Visible to: %(readers)s") % {"readers": readers})
            for audience, readers in course.audiences(for_prompt)
        ]
        self.fields["public_until_day"].widget.attrs["class"] = "form-control"
        self.can_open_beyond_course = course.widest_audience_for(for_prompt) > Audience.COURSE

    def clean_text(self):
        return normalise_newlines(self.cleaned_data["text"])

    def content(self) -> dict:
        """Return a draft's value."""
        names = (
            "title",
            "text",
            "content_note",
            "audience",
            "public_until_day",
            "used_comments",
        )
        return {name: self.cleaned_data[name] for name in names}

    def public_until(self) -> datetime | None:
        """Return the first moment of the chosen day in the course's time zone."""
        day = self.cleaned_data["public_until_day"]
        return datetime.combine(day, time.min, self.course.zone) if day else None


class NewPostForm(PostForm):
    """The form of a post that is not saved yet; its key makes sure that only one is created."""

    key = IdempotencyKeyField()
    prompt = forms.ModelChoiceField(
        Prompt.objects.none(),
        to_field_name="number",
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("You cannot write a post for this prompt now.")},
    )

    def __init__(self, *args, course: Course, reader, **kwargs):
        super().__init__(*args, course=course, **kwargs)
        self.fields["prompt"].queryset = (
            Prompt.objects.in_course(course).visible_to(reader).writable()
        )


def normalise_newlines(text: str) -> str:
    r"""Turn the ends of lines that browsers send into ``\n``, so that versions compare."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def initial_from_draft(draft: Draft, course: Course, prompt: Prompt | None = None) -> dict:
    """Return a draft as the form's initial data, with no audience wider than is allowed."""
    return {
        "title": draft.title,
        "text": draft.text,
        "content_note": draft.content_note,
        "audience": min(draft.audience, course.widest_audience_for(prompt)),
        "public_until_day": draft.public_until_day,
        "used_comments": draft.used_comments,
    }
