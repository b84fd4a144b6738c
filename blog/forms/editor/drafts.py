"""Forms of drafts: what comes with every save, and the choice between two versions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.comments.comment import audience_choices
from blog.forms.comments.passage import PassageField, QuotationField, stored_passage
from blog.forms.content_note_field import ContentNoteField
from blog.forms.editor.post import VERSION, TitleField, normalise_newlines
from blog.forms.key_field import KeyField
from blog.forms.textarea import Textarea
from blog.models import Comment, Draft, Tab

MAX_SAVES = 2_000_000_000


class SavingForm(forms.Form):
    """Identify a save: the tab, its writer, the number of the save, the version it is based on."""

    writer = KeyField(required=False)
    tab = forms.UUIDField(required=False)
    seq = forms.IntegerField(required=False, min_value=1, max_value=MAX_SAVES)
    version = forms.RegexField(VERSION, required=False)

    @property
    def saving_tab(self) -> Tab | None:
        """Return the browser tab that sent this, as far as it says so."""
        self.is_valid()
        key = self.cleaned_data.get("tab")
        return Tab(key, self.cleaned_data.get("seq")) if key else None

    @property
    def version_seen(self) -> str | None:
        """Return the version of the draft that the tab had before it."""
        self.is_valid()
        return self.cleaned_data.get("version") or None


class CommentDraftForm(forms.Form):
    """The draft of a comment, which may be empty, or longer than a comment can be."""

    text = forms.CharField(required=False, strip=False)
    content_note = ContentNoteField()
    audience = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    quotation = QuotationField()
    passage = PassageField()

    def __init__(self, *args, post, parent=None, comment=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["audience"].choices = audience_choices(post, parent, comment)

    def clean_text(self):
        return normalise_newlines(self.cleaned_data["text"])

    def content(self) -> dict:
        audience = self.cleaned_data["audience"] or Comment.Audience.READERS
        passage = stored_passage(self.cleaned_data["passage"], self.cleaned_data["quotation"])
        return {
            "text": self.cleaned_data["text"],
            "content_note": self.cleaned_data["content_note"],
            "audience": audience,
            "passage": passage,
        }


class ChoiceForm(forms.Form):
    """The choice of one of two versions, or of a new one made from both."""

    SAVED, OTHER, MERGED = "saved", "other", "merged"

    choice = forms.ChoiceField(choices=[(value, value) for value in (SAVED, OTHER, MERGED)])
    version = forms.RegexField(VERSION, widget=forms.HiddenInput)
    title = TitleField(label=_("Title"), widget=forms.TextInput(attrs={"class": "form-control"}))
    text = forms.CharField(
        label=_("Text, in Markdown"),
        required=False,
        strip=False,
        widget=Textarea(attrs={"rows": 16, "spellcheck": "true", "class": "form-control"}),
    )
    content_note = ContentNoteField()

    def __init__(self, *args, kind: str, **kwargs):
        super().__init__(*args, **kwargs)
        if kind != Draft.Kind.POST:
            del self.fields["title"]

    def clean_text(self):
        return normalise_newlines(self.cleaned_data["text"])

    def choose(self, saved: dict, other: dict) -> tuple[dict, list[dict]]:
        """Return the content to keep, and what to archive."""
        choice = self.cleaned_data["choice"]
        if choice == self.MERGED:
            merged = {
                name: self.cleaned_data[name]
                for name in self.fields.keys() & {"title", "text", "content_note"}
            }
            used = {*saved["used_comments"], *other["used_comments"]}
            merged["used_comments"] = sorted(used)
            return saved | merged, [saved, other]
        return (saved, [other]) if choice == self.SAVED else (other, [saved])
