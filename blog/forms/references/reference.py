"""Forms for the shelf: paste references, type one in, correct one, choose its key.

The typed form speaks in lines of text (“Family, Given”); the record is CSL-JSON, which knows
more than any form. So a form changes only the fields somebody changed, and leaves the rest.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

from blog.actions.references import is_key
from blog.citations.csl.form_fields import csl_field, form_values, page_or_number
from blog.citations.parsers import normalise_doi
from blog.models.references import MAX_KEY_CHARS
from blog.web.idempotency import IdempotencyKeyField

TYPES = [
    ("article-journal", _("Journal article")),
    ("book", _("Book")),
    ("chapter", _("Chapter in a book")),
    ("webpage", _("Web page")),
    ("post-weblog", _("Blog post")),
    ("article-newspaper", _("Newspaper article")),
    ("article-magazine", _("Magazine article")),
    ("report", _("Report")),
    ("thesis", _("Thesis")),
    ("paper-conference", _("Conference paper")),
    ("motion_picture", _("Film or video")),
    ("broadcast", _("Podcast, radio or TV")),
    ("post", _("Post on a social site or forum")),
    ("speech", _("Talk, lecture or slides")),
    ("personal_communication", _("Letter, e-mail or talk nobody else can look up")),
    ("song", _("Song or album")),
    ("graphic", _("Picture, photograph or infographic")),
    ("software", _("App, software or language model")),
    ("dataset", _("Data set")),
    ("entry-encyclopedia", _("Entry of an encyclopedia")),
    ("entry-dictionary", _("Entry of a dictionary")),
    ("interview", _("Interview")),
    ("review-book", _("Review")),
    ("legislation", _("Law")),
    ("legal_case", _("Court case")),
    ("article", _("Preprint")),
]


class PasteForm(forms.Form):
    """The one box: whatever names a work. What it means is found out before it is kept."""

    key = IdempotencyKeyField()
    pasted = forms.CharField(
        label=_("Paste what you have"),
        strip=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_(
            "A DOI, a web address, an ISBN, a line of a reference list or several, or what "
            "Zotero, Mendeley, Google Scholar or a library exports: BibTeX, RIS, CSL-JSON."
        ),
    )


class CitationKeyField(forms.CharField):
    """The name by which the text cites a work; “@” in front of it is taken off."""

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
        help_text=_("Write [@key] in the text. If you change it here, change it there too.")
    )


class WorkForm(forms.Form):
    """One work, field by field."""

    type = forms.ChoiceField(label=_("Kind of work"), choices=TYPES)
    authors = forms.CharField(
        label=_("Authors"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One per line: Family, Given. A name without a comma stays as it is, such as a "
            "group’s or one that is not split. A part may follow: Forman, Miloš (Director)."
        ),
    )
    issued = forms.CharField(
        label=_("Year or date"),
        required=False,
        max_length=60,
        help_text=_("2012, or 2012-01-12 for web pages and news. Empty for no date."),
    )
    title = forms.CharField(label=_("Title"), max_length=1000)
    genre = forms.CharField(
        label=_("What it is"),
        required=False,
        max_length=200,
        help_text=_(
            "Stands in brackets, such as: Audio podcast episode, Album, PowerPoint slides."
        ),
    )
    container = forms.CharField(label=_("Journal, book or site"), required=False, max_length=1000)
    editors = forms.CharField(
        label=_("Editors"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Of the book a chapter is in; one per line."),
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
        label=_("Read on"),
        required=False,
        max_length=60,
        help_text=_("Only for pages that are meant to change, such as 2026-10-18."),
    )

    def __init__(self, *args, csl=None, **kwargs):
        self.csl = csl or {}
        super().__init__(*args, initial=form_values(self.csl) if csl else None, **kwargs)
        kind = self.csl.get("type")
        if kind and kind not in dict(TYPES):
            self.fields["type"].choices = [*TYPES, (kind, kind)]

    def clean_doi(self):
        typed_doi = self.cleaned_data["doi"]
        doi = normalise_doi(typed_doi)
        if typed_doi and not doi:
            raise forms.ValidationError(
                _("A DOI begins with 10. and has a slash. This may be another kind of number.")
            )
        return doi

    def record(self) -> dict:
        """Return the CSL-JSON record with what was changed in the form."""
        csl = dict(self.csl)
        for name in [name for name in WorkForm.base_fields if name in self.changed_data]:
            value = self.cleaned_data[name]
            if name == "pages":
                csl.pop("number", None)
                csl.pop("page", None)
                csl |= page_or_number(value, self.cleaned_data["type"])
            else:
                field, content = csl_field(name, value)
                csl[field] = content
        return {field: value for field, value in csl.items() if value not in ("", [], {})}


class NewWorkForm(WorkForm):
    key = IdempotencyKeyField()
    citation_key = CitationKeyField(
        required=False, help_text=_("For example rajagopal2012. Empty: one is made for you.")
    )
