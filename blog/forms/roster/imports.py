"""Forms of lists of people: upload or paste one, and answer what it does not tell."""

from collections.abc import Sequence
from typing import ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.forms.roster.words import MEANINGS, REFUSALS, refusal_words
from blog.forms.textarea import Textarea
from blog.queries.roster_reading import first_lines
from blog.roster_files import Question, Roster
from blog.spreadsheets import MAX_BYTES, Table, TableRefused
from blog.web.idempotency import IdempotencyKeyField

MAX_PASTED_CHARS = 200_000


class RosterUploadForm(forms.Form):
    """A file or pasted lines, one of them."""

    list_file = forms.FileField(
        label=gettext_lazy("A file"),
        required=False,
        help_text=gettext_lazy(
            "From Canvas, Moodle, Brightspace, Blackboard, Gradescope or your registrar: CSV or "
            "XLSX, up to 5 MB."
        ),
        error_messages={"empty": REFUSALS["empty"]},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls,.html"}),
    )
    pasted = forms.CharField(
        label=gettext_lazy("Or paste names and emails"),
        required=False,
        strip=False,
        max_length=MAX_PASTED_CHARS,
        help_text=gettext_lazy(
            "One person on each line, for example “Ada Luna, ada.luna@example.edu”, or cells of a "
            "spreadsheet."
        ),
        widget=Textarea(attrs={"rows": 8, "spellcheck": "false", "dir": "auto"}),
    )
    key = IdempotencyKeyField()

    def clean_list_file(self):
        uploaded = self.cleaned_data["list_file"]
        if uploaded is not None and uploaded.size > MAX_BYTES:
            raise forms.ValidationError(REFUSALS["too_large"])
        return uploaded

    def clean(self):
        data = super().clean()
        uploaded, pasted = data.get("list_file"), data.get("pasted", "").strip()
        if "list_file" in self.errors or "pasted" in self.errors:
            return data
        if uploaded is None and not pasted:
            self.add_error("list_file", _("Choose a file, or paste names and emails below."))
        elif uploaded is not None and pasted:
            self.add_error("pasted", _("Choose one: a file, or pasted lines. Empty the other."))
        return data

    @property
    def content(self) -> dict:
        """Return the content for the action."""
        uploaded = self.cleaned_data.get("list_file")
        if uploaded is None:
            pasted = self.cleaned_data["pasted"].encode("utf-8", "replace")
            return {"data": pasted, "is_pasted": True}
        uploaded.seek(0)
        return {"data": uploaded.read(), "name": uploaded.name}

    def refuse(self, refusal: TableRefused) -> None:
        """Report why the list is not read, at its field."""
        is_file = self.cleaned_data.get("list_file") is not None
        self.add_error("list_file" if is_file else "pasted", refusal_words(refusal))


class RosterReadingForm(forms.Form):
    """The way a list is cut: the separator of its cells, and the line of its headings."""

    SIGNS: ClassVar = {
        "comma": ",",
        "semicolon": ";",
        "tab": "\t",
        "colon": ":",
        "bar": "|",
        "none": "",
    }

    separator = forms.ChoiceField(
        label=gettext_lazy("What is between the columns?"),
        choices=[
            ("comma", gettext_lazy("A comma")),
            ("semicolon", gettext_lazy("A semicolon")),
            ("tab", gettext_lazy("A tab")),
            ("colon", gettext_lazy("A colon")),
            ("bar", gettext_lazy("A vertical line")),
            ("none", gettext_lazy("Nothing: there is one column")),
        ],
    )
    heading = forms.ChoiceField(label=gettext_lazy("Which line has the headings?"), required=False)

    def __init__(self, *args, roster: Roster, table: Table, **kwargs):
        super().__init__(*args, **kwargs)
        if table.kind != "text":
            del self.fields["separator"]
        signs = {sign: name for name, sign in self.SIGNS.items()}
        self.initial = {
            "separator": signs.get(roster.delimiter, "none"),
            "heading": str(roster.heading_line or ""),
        }
        self.fields["heading"].choices = [
            ("", _("None: people begin in the first line")),
            *((str(line), f"{line}: {text}") for line, text in first_lines(table)),
        ]

    def answers(self) -> dict[str, str]:
        answers = {"heading": self.cleaned_data["heading"]}
        if "separator" in self.fields:
            answers["delimiter"] = self.SIGNS[self.cleaned_data["separator"]]
        return answers


class RosterQuestionsForm(forms.Form):
    """The questions that a list leaves open, with texts from it to choose by."""

    def __init__(self, *args, roster: Roster, questions: Sequence[Question], **kwargs):
        super().__init__(*args, **kwargs)
        self.roster = roster
        for question in questions:
            self.fields[question.name] = self._field(question)

    def _field(self, question: Question) -> forms.ChoiceField:
        is_column = question.name.startswith("column-")
        choices = [(choice, self._choice(question, choice)) for choice in question.choices]
        return forms.ChoiceField(
            label=self._label(question),
            choices=choices,
            initial=question.assumed or None,
            required=not is_column,
            help_text=_shown(question.preview.get("", ())) if is_column else "",
            widget=forms.Select if is_column else forms.RadioSelect,
            error_messages={"required": _("Choose one of these.")},
        )

    def _label(self, question: Question) -> str:
        if question.name == "encoding":
            return _("Which of these shows the names correctly?")
        if question.name.startswith("column-"):
            return _("What is in column %(column)s?") % {
                "column": self._heading(question.name.removeprefix("column-"))
            }
        meaning = MEANINGS.get(question.name, question.name)
        return _("Which column is right? It should have: %(meaning)s") % {"meaning": meaning}

    def _choice(self, question: Question, choice: str) -> str:
        if question.name.startswith("column-"):
            return str(MEANINGS[choice])
        preview = _shown(question.preview.get(choice, ()))
        if question.name == "encoding":
            return preview or choice
        if not choice.isdecimal():
            return _("No column")
        return _("Column %(column)s: %(preview)s") % {
            "column": self._heading(choice),
            "preview": preview,
        }

    def _heading(self, place: str) -> str:
        """Return the number of a column, from 1, with its heading."""
        number, headings = int(place), self.roster.headings
        heading = headings[number] if number < len(headings) else ""
        return f"{number + 1} ({heading})" if heading else str(number + 1)


def _shown(texts: Sequence[str]) -> str:
    return " · ".join(texts)
