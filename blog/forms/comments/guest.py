"""Forms of guests and about them: write, object, refuse with a reason, import."""

from time import time

from django import forms
from django.core.signing import BadSignature, Signer
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blog.forms.accounts.fields import EmailField, NameField
from blog.forms.courses.course import DateInput
from blog.forms.editor.post import normalise_newlines
from blog.forms.moderation.moderation import CaseForm
from blog.forms.prompts.dates import DayField
from blog.forms.textarea import Textarea
from blog.models import Comment
from blog.models.guest_comments import MAX_OBJECTION_CHARS
from blog.models.moderation import MAX_REASON_CHARS
from blog.text import MAX_COMMENT_CHARS
from blog.web.forms import show_refusal
from blog.web.idempotency import IdempotencyKeyField

MIN_SECONDS = 3  # nobody reads a form, writes a thought and sends it in less
MAX_SECONDS = 24 * 3600  # so that no program collects forms and sends them at leisure
REMEMBERED = ("name", "email", "website")
signer = Signer(salt="blog.guest_form", sep=".")
NAME_CHARS = Comment._meta.get_field("guest_name").max_length


class WebsiteField(forms.URLField):
    """A website; whoever leaves out the scheme means https."""

    default_validators = [URLValidator(schemes=["http", "https"])]

    def __init__(self, **kwargs):
        super().__init__(assume_scheme="https", **kwargs)


class TextOfGuest(forms.CharField):
    """The text of a comment in Markdown, which a guest writes without tools."""

    def __init__(self, **kwargs):
        super().__init__(
            label=pgettext_lazy("what someone writes", "Comment"),
            max_length=MAX_COMMENT_CHARS,
            strip=False,
            error_messages={"required": _("Write something first.")},
            **kwargs,
        )

    def clean(self, value):
        text = normalise_newlines(super().clean(value))
        if not text.strip():
            raise forms.ValidationError(self.error_messages["required"])
        return text


class GuestCommentForm(forms.Form):
    """A comment with its guest's name and email.

    ``opened`` is a signed time: a form that comes back within seconds, or after a day, is asked for
    again, with all its words. ``subject`` is a trap that people do not see; whoever fills it in
    is told of it.
    """

    text = TextOfGuest(widget=Textarea(attrs={"rows": 5}))
    name = NameField(
        label=_("Name"),
        max_length=NAME_CHARS,
        help_text=_("Shown with your comment."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailField(
        label=_("Email"),
        max_length=254,
        help_text=_("Never shown. You get a link to follow your comment."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    website = WebsiteField(
        label=_("Website"),
        max_length=200,
        required=False,
        help_text=_("Optional. Your name links to it."),
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )
    remember = forms.BooleanField(
        label=_("Save my name, email and website in this browser for the next time"),
        required=False,
    )
    subject = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    key = IdempotencyKeyField()

    def __init__(self, *args, post, parent=None, initial=None, **kwargs):
        self.post, self.parent = post, parent
        super().__init__(*args, initial={"opened": _opened(post), **(initial or {})}, **kwargs)
        if parent is not None:
            self.fields["text"].label = _("Your reply")

    def clean_subject(self):
        if self.cleaned_data["subject"]:
            raise forms.ValidationError(_("Leave this field empty. It is for programs."))
        return ""

    def clean(self):
        """Refuse a form that was sent faster than one can write, or is old; the next is welcome."""
        data = super().clean()
        age = _seconds_since(data.get("opened", ""), self.post)
        is_old = age is not None and age > MAX_SECONDS
        if age is None or is_old:
            self.data = self.data.copy()
            self.data[self.add_prefix("opened")] = _opened(self.post)
        if age is None or age < MIN_SECONDS:
            message = _("That was very fast, so your comment is not sent yet. Send it again.")
            self.add_error(None, message)
        elif is_old:
            message = _(
                "This page was open for more than a day, so your comment is not sent yet. Send "
                "it again."
            )
            self.add_error(None, message)
        return data

    def refuse(self, reason):
        """Show at its field why the action refused the comment."""
        show_refusal(self, reason)

    @property
    def content(self) -> dict:
        """Return the content for the action."""
        names = ("text", "name", "email", "website", "key")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def remembered(self) -> dict:
        """Return the values that the browser remembers for the guest, if they want that."""
        return {name: self.cleaned_data[name] for name in REMEMBERED}


class ObjectionForm(forms.Form):
    """A guest's objection, a sentence or two."""

    objection = forms.CharField(
        label=_("Why should it be published?"),
        max_length=MAX_OBJECTION_CHARS,
        widget=Textarea(attrs={"rows": 3}),
        help_text=_("The teaching team reads this. You can object once to each decision."),
        error_messages={"required": _("Write a sentence first.")},
    )


class RefusalForm(CaseForm):
    """The reason not to publish a comment by a guest."""

    reason = forms.CharField(
        label=_("Why not?"),
        max_length=MAX_REASON_CHARS,
        widget=Textarea(attrs={"rows": 2}),
        help_text=_("The guest can read this, without your name."),
        error_messages={"required": _("Write why. The guest reads this.")},
    )


class ImportedCommentForm(forms.Form):
    """A comment that a guest wrote on another site."""

    name = NameField(
        label=_("Name"),
        max_length=NAME_CHARS,
        required=False,
        help_text=_("Leave it empty for an anonymous guest."),
    )
    day = DayField(
        label=_("Day"),
        widget=DateInput(),
        help_text=_("The day when it was written. No time is shown."),
    )
    text = TextOfGuest(widget=Textarea(attrs={"rows": 8}))
    key = IdempotencyKeyField()

    def refuse(self, reason):
        """Show at its field why the action refused the comment."""
        show_refusal(self, reason)


def _opened(post) -> str:
    """Return a signed time, which says when a page with the form of a post was made."""
    return signer.sign(f"{post.pk}:{int(time())}")


def _seconds_since(opened: str, post) -> float | None:
    """Return the age of the form of a post, or None if its time is not ours."""
    try:
        key, moment = signer.unsign(opened).split(":")
    except BadSignature:
        return None
    return time() - int(moment) if key == str(post.pk) else None
