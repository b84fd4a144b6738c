"""The fields of a comment's form that name the passage it is on."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.forms.textarea import Textarea
from blog.models import Draft, Post
from blog.queries.passages import MAX_QUOTATION_CHARS
from blog.text.passages import CONTEXT_CHARS, Selection

MAX_NUMBER = 1_000_000
MAX_PASSAGE_CHARS = 5000
NUMBERS = ("revision", "paragraph", "signs_before")
WORDS = ("prefix", "suffix")


class QuotationField(forms.CharField):
    """The words that a comment is on, as they were selected or typed."""

    def __init__(self):
        super().__init__(
            label=_("The words you comment on"),
            required=False,
            max_length=2 * MAX_QUOTATION_CHARS,
            widget=Textarea(attrs={"rows": 2, "class": "form-control"}),
            help_text=_(
                "Copy them from the post. If you leave this empty, your comment is on the whole "
                "paragraph."
            ),
        )


class PassageField(forms.CharField):
    """The place of a passage: JSON that the page or a script writes, a dictionary when cleaned."""

    def __init__(self):
        super().__init__(
            required=False,
            max_length=MAX_PASSAGE_CHARS,
            # Not type="hidden", whose value a script cannot tell from the one the page came with.
            widget=forms.TextInput(attrs={"hidden": True, "autocomplete": "off"}),
        )

    def clean(self, value):
        return read_passage(super().clean(value))


def read_passage(value: str) -> dict:
    """Return the meaningful part of a script's value; an empty one is no passage."""
    try:
        sent = json.loads(value or "{}")
    except (ValueError, RecursionError):
        return {}
    if not isinstance(sent, dict) or not _is_number(sent.get("revision")):
        return {}
    numbers = {name: sent[name] for name in NUMBERS if _is_number(sent.get(name))}
    words = {
        name: _storable(sent[name])[: 2 * CONTEXT_CHARS]
        for name in WORDS
        if isinstance(sent.get(name), str)
    }
    return numbers | words


def selection_of(passage: dict, quotation: str) -> Selection | None:
    """Return the passage that a form with these fields names, None for the post as a whole."""
    if not passage or not (quotation.strip() or passage.get("paragraph")):
        return None
    return Selection(words=quotation, **passage)


def passage_initial(post: Post, draft: Draft, paragraph: int | None) -> dict:
    """Return the initial values of both fields: of a paragraph if one is named, or of the draft."""
    if paragraph and post.revision and paragraph <= len(post.revision.paragraphs):
        passage = {"revision": post.revision.number, "paragraph": paragraph}
        return {"quotation": "", "passage": json.dumps(passage)}
    stored = dict(draft.passage)
    quotation = stored.pop("quotation", "")
    written = json.dumps(stored, ensure_ascii=False) if stored else ""
    return {"quotation": quotation, "passage": written}


def stored_passage(passage: dict, quotation: str) -> dict:
    """Return a draft's value of both fields."""
    return passage | {"quotation": quotation} if passage else {}


def _storable(words: str) -> str:
    """Return words without what JSON can write and a database cannot store."""
    return words.replace("\0", "").encode(errors="ignore").decode()


def _is_number(value) -> bool:
    return type(value) is int and 0 <= value <= MAX_NUMBER
