"""The form in which a writer tells how a post came about."""

from collections.abc import Iterator, Sequence

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.forms.editor.post import normalise_newlines
from blog.forms.textarea import Textarea
from blog.forms.versions import ComparedForm
from blog.models import HelpStatement, ProcessMoment, ProcessNote, ToldAudience
from blog.queries.process_notes import MomentOption
from blog.text import MAX_COMMENT_CHARS

MAX_EXPLANATION_CHARS = 500
MAX_HELP_CHARS = 2_000
MOMENT_PREFIX = "moment-"


class AudienceField(forms.TypedChoiceField):
    """The people who can see a part of what is told: its author and the teaching team always."""

    def __init__(self, label):
        super().__init__(
            label=label, choices=ToldAudience.choices, coerce=int, widget=forms.RadioSelect
        )


class HelpField(forms.CharField):
    """A writer's note on one kind of help, in their own words."""

    def __init__(self, label, help_text):
        super().__init__(
            label=label,
            required=False,
            max_length=MAX_HELP_CHARS,
            widget=Textarea(attrs={"rows": 2}),
            help_text=help_text,
        )

    def to_python(self, value):
        return normalise_newlines(super().to_python(value))


class ProcessNoteForm(ComparedForm, forms.Form):
    """A note, a sentence for each moment to show, and a statement of help, in one page.

    A moment is shown if its sentence is filled in; ``options`` are the moments there are.
    """

    text = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        strip=False,
        max_length=MAX_COMMENT_CHARS,
        widget=Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "For example: where the idea came from, what you changed your mind about, and why."
        ),
    )
    audience = AudienceField(gettext_lazy("Who can see the note and the moments"))
    people = HelpField(
        gettext_lazy("People"),
        gettext_lazy(
            "For example: My sister read a draft. We talked about the second part in our pod."
        ),
    )
    tools = HelpField(
        gettext_lazy("Tools"),
        gettext_lazy("For example: A spell checker, and DeepL for two quotations."),
    )
    ai_tools = HelpField(
        gettext_lazy("AI tools"),
        gettext_lazy(
            "For example: I asked ChatGPT for arguments against my view and used one of them in "
            "paragraph 4. The sentences are mine."
        ),
    )
    help_audience = AudienceField(gettext_lazy("Who can see what you say about help"))

    def __init__(
        self,
        *args,
        note: ProcessNote,
        statement: HelpStatement,
        options: Sequence[MomentOption],
        **kwargs,
    ):
        self.note, self.statement, self.options = note, statement, options
        explanations = {one.source: one.explanation for one in _moments_of(note)}
        initial = {
            "text": note.text,
            "audience": note.audience,
            "people": statement.people,
            "tools": statement.tools,
            "ai_tools": statement.ai_tools,
            "help_audience": statement.audience,
        } | {f"{MOMENT_PREFIX}{source}": words for source, words in explanations.items()}
        # Keys are never used twice, so a note that was removed and written again has another one.
        version = f"{note.pk or 0}.{note.version}"
        super().__init__(*args, row_version=version, initial=initial, **kwargs)
        for option in options:
            self.fields[f"{MOMENT_PREFIX}{option.source}"] = forms.CharField(
                label=_("What changed, and why: %(moment)s") % {"moment": _time_of(option)},
                required=False,
                max_length=MAX_EXPLANATION_CHARS,
                widget=Textarea(attrs={"rows": 2, "class": "form-control"}),
            )
        # The digests were made before these fields were there.
        self.fields["seen"].initial = self._digests

    @property
    def moments(self) -> Iterator[tuple[MomentOption, MomentOption | None, BoundField]]:
        """Return each moment to show, the one before it, and the field of its sentence."""
        for before, option in zip([None, *self.options], self.options, strict=False):
            yield option, before, self[f"{MOMENT_PREFIX}{option.source}"]

    def clean_text(self):
        return normalise_newlines(self.cleaned_data["text"])

    def clean(self):
        """Refuse a sentence whose moment has gone since the page was made, and show it again."""
        data = super().clean()
        for name, words in self.data.items():
            if name.startswith(MOMENT_PREFIX) and name not in self.fields and words.strip():
                message = _("The moment you wrote this about is no longer there: “%(words)s”")
                self.add_error(None, message % {"words": words.strip()})
        return data

    def result(self) -> tuple[ProcessNote, list[ProcessMoment], HelpStatement]:
        """Return the values of the page, not stored yet; each moment has a copy of its words."""
        data = self.cleaned_data
        self.note.text, self.note.audience = data["text"], data["audience"]
        for name in ("people", "tools", "ai_tools"):
            setattr(self.statement, name, data[name])
        self.statement.audience = data["help_audience"]
        return self.note, [*self._chosen_moments()], self.statement

    def _chosen_moments(self) -> Iterator[ProcessMoment]:
        for option in self.options:
            explanation = " ".join(self.cleaned_data[f"{MOMENT_PREFIX}{option.source}"].split())
            if explanation:
                yield ProcessMoment(
                    note=self.note,
                    source=option.source,
                    title=option.title,
                    text=option.text,
                    words=option.words,
                    written_at=option.written_at,
                    explanation=explanation,
                )


def _time_of(option: MomentOption) -> str:
    return date_format(timezone.localtime(option.written_at), "D j M Y, H:i")


def _moments_of(note: ProcessNote) -> list[ProcessMoment]:
    return list(note.moments.all()) if note.pk else []
