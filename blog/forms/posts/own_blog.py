"""Forms of one's own blog: its address, what is taken of it, and what a post of it answers."""

from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from blog.lookup.blogs import MAX_ADDRESS_CHARS, clean_address
from blog.text.lists import isolated
from blog.web.idempotency import IdempotencyKeyField


def _cleaned(text: str) -> str:
    address = clean_address(text)
    if not address:
        raise forms.ValidationError(
            _("This is not an address on the web. It looks like this: https://my-blog.example.org")
        )
    return address


class BlogAddressForm(forms.Form):
    """The address of a blog, as its owner knows it."""

    address = forms.CharField(
        label=_("Address of your blog"),
        max_length=MAX_ADDRESS_CHARS,
        help_text=_("For example: https://my-blog.example.org"),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )

    def clean_address(self):
        return _cleaned(self.cleaned_data["address"])


class AudienceForm(forms.Form):
    """The audience of the posts that come from a blog."""

    audience = forms.TypedChoiceField(
        label=_("Who can see its posts"),
        coerce=int,
        error_messages={
            "invalid_choice": _("This course does not allow that audience. Choose another one.")
        },
    )

    def __init__(self, *args, course, prompt=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.course = course
        self.fields["audience"].choices = [
            (value, capfirst(readers)) for value, readers in course.audiences(prompt)
        ]


class ConnectBlogForm(AudienceForm):
    """The settings for a feed that was found, submitted once however often the form arrives."""

    START, NOW = "start", "now"

    feed = forms.CharField(widget=forms.HiddenInput, max_length=MAX_ADDRESS_CHARS)
    since = forms.ChoiceField(
        label=_("Which entries become posts"),
        choices=[
            (START, _("Those published since the course began, and new ones")),
            (NOW, _("New ones only")),
        ],
        widget=forms.RadioSelect,
        initial=START,
    )
    key = IdempotencyKeyField()

    field_order = ["feed", "since", "audience", "key"]

    def clean_feed(self):
        return _cleaned(self.cleaned_data["feed"])

    def clean_since(self) -> datetime:
        """Return the moment from which entries are taken."""
        if self.cleaned_data["since"] == self.NOW:
            return timezone.now()
        return start_of(self.course)


def start_of(course) -> datetime:
    """Return the start of a course's first day, in its zone."""
    return datetime.combine(course.starts_on, time(), tzinfo=course.zone)


class StopBlogForm(forms.Form):
    """The choice for the posts of a blog that is stopped."""

    KEEP, DELETE = "keep", "delete"

    posts = forms.ChoiceField(
        label=_("The posts that came from it"),
        choices=[
            (KEEP, _("Keep them. You can edit them here from then on.")),
            (DELETE, _("Delete them. For 30 days you can restore each from My work.")),
        ],
        widget=forms.RadioSelect,
        initial=KEEP,
    )

    @property
    def keeps_posts(self) -> bool:
        return self.cleaned_data["posts"] == self.KEEP


class ImportedPostForm(AudienceForm):
    """The prompt and the audience of a post from one's own blog."""

    prompt = forms.TypedChoiceField(
        label=_("Prompt"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("This prompt is not open. Choose another one.")},
    )

    field_order = ["prompt", "audience"]

    def __init__(self, *args, prompts, taken, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["audience"].label = _("Who can see it")
        self.prompts = {one.number: one for one in prompts}
        titles = [(one.number, _titled(one, taken)) for one in prompts]
        self.fields["prompt"].choices = [("", _("No prompt")), *titles]

    def clean_prompt(self):
        return self.prompts.get(self.cleaned_data["prompt"])


def _titled(prompt, taken) -> str:
    """Return the title of a prompt, and whether it is ``taken`` by another post of its reader."""
    other = taken.get(prompt.pk)
    if other is None:
        return prompt.title
    words = (
        _("%(title)s (you have a post)")
        if other.is_published
        else _("%(title)s (you have a draft)")
    )
    return words % {"title": isolated(prompt.title)}
