"""Forms for references: look one up, add a result, type one in, edit one and its key.

The form of a work has lines of text (“Family, Given”); its record is CSL-JSON, which holds more
than any form. So a form changes only the fields that were edited, and leaves the rest.
"""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blog.actions.references import MAX_REFERENCES_PER_POST
from blog.citations.csl.dates import loses_a_part
from blog.citations.keys import MAX_KEY_CHARS, is_key, with_keys
from blog.citations.parsers import clean_csl, normalise_doi
from blog.citations.parsers.csl_json import republished_of
from blog.citations.parsers.form_fields import (
    csl_field,
    form_values,
    page_or_number,
    plain_number,
    repeats_another,
    volume_and_issue,
    with_issued,
)
from blog.forms.textarea import Textarea
from blog.forms.versions import ComparedForm
from blog.lookup import is_on
from blog.models import Work, version_of
from blog.web.idempotency import IdempotencyKeyField
from blog.web.submitted_json import SubmittedJSONDecoder

TYPES = [
    ("article-journal", _("Journal article")),
    ("book", _("Book")),
    ("chapter", _("Chapter in a book")),
    ("webpage", _("Web page")),
    ("post-weblog", _("Blog post")),
    ("article-newspaper", _("Newspaper article")),
    ("article-magazine", _("Magazine article")),
    ("report", pgettext_lazy("type of work", "Report")),
    ("thesis", _("Thesis")),
    ("paper-conference", _("Conference paper")),
    ("motion_picture", _("Film or video")),
    ("broadcast", _("Podcast, radio or TV")),
    ("post", _("Social media or forum post")),
    ("speech", _("Talk, lecture or slides")),
    ("personal_communication", _("Personal communication (letter, email, conversation)")),
    ("song", _("Song or album")),
    ("graphic", _("Picture, photo or infographic")),
    ("software", _("App, software or language model")),
    ("dataset", _("Data set")),
    ("entry-encyclopedia", _("Encyclopedia entry")),
    ("entry-dictionary", _("Dictionary entry")),
    ("interview", _("Interview")),
    ("review-book", _("Review")),
    ("legislation", _("Law")),
    ("legal_case", _("Court case")),
    ("article", _("Preprint")),
]
# Types whose volumes have issues.
SERIAL = ("article", "review", "paper-conference")


class LookUpForm(forms.Form):
    """Anything that names a work, to be looked up and shown before it is added."""

    pasted = forms.CharField(
        label=_("Paste what you have"),
        strip=False,
        max_length=200_000,
        widget=Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_(
            "One or more DOIs, ISBNs or web addresses, lines of a reference list, or an export "
            "from Zotero, Mendeley, EndNote, PubMed, Google Scholar or a library (BibTeX, RIS, "
            "CSL-JSON, nbib, enw)."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_on():
            self.fields["pasted"].help_text = _(
                "Lines of a reference list, or an export from Zotero, Mendeley, EndNote, PubMed, "
                "Google Scholar or a library (BibTeX, RIS, CSL-JSON, nbib, enw)."
            )


class FindForm(forms.Form):
    """The field of the editor that finds references."""

    find = forms.CharField(strip=False, max_length=200_000)


class RecordsField(forms.JSONField):
    """CSL-JSON records that come back from a page as it got them: decoded and cleaned, not parsed.

    Its value is a list of records, each with an ``id`` of its own.
    """

    widget = forms.HiddenInput
    default_error_messages = {
        "invalid": _("These references could not be read. Look them up again.")
    }

    def __init__(self, **kwargs):
        super().__init__(decoder=SubmittedJSONDecoder, **kwargs)

    def to_python(self, value):
        records = super().to_python(value)
        if not _is_list_of_records(records):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return with_keys([clean_csl(record) for record in records])


class RecordsForm(forms.Form):
    """The records of one thing that was found."""

    records = RecordsField()


class FoundForm(RecordsForm):
    """The records of one thing that was found, to be added once."""

    key = IdempotencyKeyField()


class CitationKeyField(forms.CharField):
    """The key by which a text cites a work; a leading “@” is removed."""

    def __init__(self, **kwargs):
        super().__init__(
            label=_("Citation key"),
            max_length=MAX_KEY_CHARS,
            widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
            **kwargs,
        )

    def to_python(self, value):
        return super().to_python(value).removeprefix("@")

    def validate(self, value):
        super().validate(value)
        if value and not is_key(value):
            raise forms.ValidationError(
                _("Use letters and digits, with single signs such as - _ : . between them.")
            )


class KeyForm(forms.Form):
    citation_key = CitationKeyField(
        help_text=_("You cite with [@key]. If you change the key here, change it in your text too.")
    )


class WorkForm(ComparedForm, forms.Form):
    """A work, field by field: one that is stored, or what is known of a new one."""

    type = forms.ChoiceField(label=_("Type of reference"), choices=TYPES)
    authors = forms.CharField(
        label=_("Authors"),
        required=False,
        widget=Textarea(attrs={"rows": 3}),
        help_text=_(
            "One per line: Family name, Given name. Names without a comma stay as they are, for "
            "example the name of a group. You can add a role: Forman, Miloš (Director)."
        ),
    )
    issued = forms.CharField(
        label=_("Year or date"),
        required=False,
        max_length=60,
        help_text=_("2012, or 2012-01-12 for web pages and news. Leave empty if there is no date."),
    )
    title = forms.CharField(label=_("Title"), max_length=1000)
    genre = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=200,
        help_text=_(
            "Shown in square brackets. For example: Audio podcast episode, Album, "
            "PowerPoint slides."
        ),
    )
    container = forms.CharField(
        label=_("Journal, book or website"), required=False, max_length=1000
    )
    editors = forms.CharField(
        label=_("Editors"),
        required=False,
        widget=Textarea(attrs={"rows": 2}),
        help_text=_("Of the book the chapter is in. One per line."),
    )
    volume = forms.CharField(label=_("Volume"), required=False, max_length=40)
    issue = forms.CharField(label=_("Issue"), required=False, max_length=40)
    pages = forms.CharField(label=_("Pages or article number"), required=False, max_length=60)
    edition = forms.CharField(label=_("Edition"), required=False, max_length=60)
    publisher = forms.CharField(
        label=_("Publisher, school or institution"), required=False, max_length=300
    )
    doi = forms.CharField(
        label=_("DOI"), required=False, max_length=300, help_text=_("For example 10.1086/225469.")
    )
    url = forms.URLField(
        label=_("Web address"), required=False, max_length=2000, assume_scheme="https"
    )
    accessed = forms.CharField(
        label=_("Date you read it"),
        required=False,
        max_length=60,
        help_text=_("Only for pages that are meant to change. For example 2026-10-18."),
    )

    def __init__(self, *args, work: Work | None = None, csl: dict | None = None, **kwargs):
        self.work = work
        self.csl = work.csl if work else csl or {}
        initial = form_values(self.csl) if self.csl else None
        row_version = version_of(work) if work else None
        super().__init__(*args, row_version=row_version, initial=initial, **kwargs)
        kind = self.csl.get("type")
        if kind and kind not in dict(TYPES):
            self.fields["type"].choices = [*TYPES, (kind, kind)]

    def clean_authors(self):
        return self._clear_names("authors")

    def clean_editors(self):
        return self._clear_names("editors")

    def _clear_names(self, name: str) -> str:
        """Return names that say who it is, and do not point to those of another entry."""
        value = self.cleaned_data[name]
        if value != self.initial.get(name) and repeats_another(value):
            raise forms.ValidationError(
                _("Write the names out. A dash only repeats the names above it in a list.")
            )
        return value

    def clean_doi(self):
        typed_doi = self.cleaned_data["doi"]
        doi = normalise_doi(typed_doi)
        if typed_doi and not doi:
            raise forms.ValidationError(
                _("A DOI starts with 10. and has a slash. This looks like another kind of number.")
            )
        return doi

    def clean_issued(self):
        value = self.cleaned_data["issued"]
        return value if republished_of(value) else self._clear_date("issued")

    def clean_accessed(self):
        return self._clear_date("accessed")

    def _clear_date(self, name: str) -> str:
        """Return a date whose day and month are certain; one that was there before may stay."""
        value = self.cleaned_data[name]
        if value != self.initial.get(name) and loses_a_part(value):
            raise forms.ValidationError(
                _("We can’t tell which date this is. Write it like 2012-01-12.")
            )
        return value

    def clean_issue(self):
        return plain_number("issue", self.cleaned_data["issue"]).strip("() ")

    def record(self) -> dict:
        """Return the CSL-JSON record with the fields that were edited."""
        csl = dict(self.csl)
        for name in self.edited_fields:
            value = self.cleaned_data[name]
            if name == "pages":
                csl.pop("number", None)
                csl.pop("page", None)
                csl |= page_or_number(value, self.cleaned_data["type"])
            elif name == "issued":
                csl = with_issued(csl, value)
            else:
                field, content = csl_field(name, value)
                csl[field] = content
        if "volume" in self.edited_fields:
            self._divide_volume(csl)
        return {field: value for field, value in csl.items() if value not in ("", [], {})}

    def _divide_volume(self, csl: dict) -> None:
        """Move the issue of a volume like “20(3)” in its own field, if that is empty."""
        volume, issue = volume_and_issue(self.cleaned_data["volume"])
        is_serial = self.cleaned_data["type"].startswith(SERIAL)
        if is_serial and issue and self.cleaned_data["issue"] in ("", issue):
            csl["volume"], csl["issue"] = volume, issue
        else:
            csl["volume"] = plain_number("volume", self.cleaned_data["volume"])


class NewWorkForm(WorkForm):
    key = IdempotencyKeyField()
    citation_key = CitationKeyField(
        required=False,
        help_text=_("For example rajagopal2012. Leave empty to get one automatically."),
    )
    adding_fields = ("citation_key",)


def _is_list_of_records(value) -> bool:
    return (
        isinstance(value, list)
        and 0 < len(value) <= MAX_REFERENCES_PER_POST
        and all(isinstance(record, dict) for record in value)
    )
