"""Forms for comments: write one, edit one, choose its addressee."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.comments.passage import (
    PassageField,
    QuotationField,
    read_passage,
    selection_of,
)
from blog.forms.content_note_field import ContentNoteField
from blog.forms.editor.post import normalise_newlines
from blog.forms.textarea import Textarea
from blog.forms.versions import ComparedForm
from blog.models import Comment, name_for, version_of
from blog.queries.comments import possible_addressees, widest_audience
from blog.text import MAX_COMMENT_CHARS
from blog.text.passages import Selection
from blog.web.forms import show_refusal
from blog.web.idempotency import IdempotencyKeyField

# The audience TEAM of a reply to a comment of that audience.
TEAM_AND_PARENT_AUTHOR = _("the person you reply to, the post’s author and the teaching team")


class CommentForm(forms.Form):
    """The text and the audience of a comment; ``parent`` is the comment it replies to, if any."""

    text = forms.CharField(
        label=_("Your comment"),
        max_length=MAX_COMMENT_CHARS,
        strip=False,
        widget=Textarea(attrs={"rows": 5}),
        help_text=_(
            "Ask a question, build on an idea, or share a reference. "
            "Write ¶3 to link to paragraph 3."
        ),
        error_messages={"required": _("Write something first.")},
    )
    content_note = ContentNoteField()
    audience = forms.TypedChoiceField(
        label=_("Who can see it"), coerce=int, widget=forms.Select(attrs={"class": "fit"})
    )

    def __init__(self, *args, post, parent=None, comment=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.parent = parent
        self.fields["audience"].choices = audience_choices(post, parent, comment)
        self.fields["audience"].initial = min(
            Comment.Audience.READERS, widest_audience(post, parent)
        )
        if parent:
            self.fields["text"].label = _("Your reply")

    def clean_text(self):
        text = normalise_newlines(self.cleaned_data["text"])
        if not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text

    def refuse(self, reason):
        """Show why the action refused it: at the field that the reason names, else at the text."""
        show_refusal(self, reason, at="text")

    def focus_text(self):
        self.fields["text"].widget.attrs["autofocus"] = True


class NewCommentForm(CommentForm):
    """A new comment, on a passage of the post or on the whole, or a reply."""

    quotation = QuotationField()
    passage = PassageField()
    whole_post = forms.BooleanField(
        label=_("Comment on the whole post instead"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
    key = IdempotencyKeyField()

    def __init__(self, *args, post, parent=None, **kwargs):
        super().__init__(*args, post=post, parent=parent, **kwargs)
        if parent or self.data.get("parent"):  # which may be gone by now
            for name in ("quotation", "passage", "whole_post"):
                del self.fields[name]

    @property
    def selection(self) -> Selection | None:
        """Return the passage that a valid form names."""
        if "passage" not in self.fields or self.cleaned_data["whole_post"]:
            return None
        return selection_of(self.cleaned_data["passage"], self.cleaned_data["quotation"])

    @property
    def names_passage(self) -> bool:
        """Return whether a form on its way to the page names a passage."""
        return bool(read_passage(self["passage"].value() or ""))

    @property
    def paragraph(self) -> int | None:
        """Return the number of the paragraph that such a form names."""
        return read_passage(self["passage"].value() or "").get("paragraph")


class EditCommentForm(ComparedForm, CommentForm):
    """A change to a stored comment; ``initial`` may have another text, that of a draft."""

    def __init__(self, *args, comment, **kwargs):
        self.comment = comment
        super().__init__(
            *args,
            post=comment.post,
            parent=comment.parent,
            comment=comment,
            row_version=version_of(comment),
            **kwargs,
        )
        for name in ("text", "content_note", "audience"):
            self.initial.setdefault(name, getattr(comment, name))

    def add_prefix(self, field_name):
        """Return a field's name on the page, where ``version`` is the one of the draft."""
        names = {"version": "comment_version", "seen": "comment_seen"}
        return super().add_prefix(names.get(field_name, field_name))

    @property
    def content(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("text", "content_note", "audience")}

    def _stored_value(self, bound):
        return getattr(self.comment, bound.name)


class AddresseeForm(forms.Form):
    """The addressee of a comment, chosen among the people in its conversation."""

    addressee = forms.ModelChoiceField(
        label=_("This comment is for"), queryset=None, widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, comment, reader, **kwargs):
        super().__init__(*args, initial={"addressee": comment.addressee_id}, **kwargs)
        self.fields["addressee"].queryset = possible_addressees(comment, reader)
        self.fields["addressee"].label_from_instance = lambda person: name_for(person, reader)

    @property
    def has_choice(self) -> bool:
        """Return whether the comment can be for someone else than it is for now."""
        people = self.fields["addressee"].queryset
        return people.exclude(pk=self.initial["addressee"]).exists()


def audience_choices(post, parent=None, comment=None):
    """Return the audiences that a comment can have here, the narrowest first, as choices.

    ``comment`` is the one that is edited, if any.
    """
    widest = widest_audience(post, parent, comment)
    choices = [(value, label) for value, label in Comment.Audience.choices if value <= widest]
    if parent and parent.audience == Comment.Audience.TEAM:
        choices[0] = (Comment.Audience.TEAM, TEAM_AND_PARENT_AUTHOR)
    return choices
