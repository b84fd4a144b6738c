"""Forms that name the version they show, so that nobody overwrites what somebody else saved.

The page carries the version, with the row it is of, and for each field a digest of the value it
showed. If the row has another version when the form arrives, or is another row, nothing is written:
the page shows the saved values beside the submitted ones (``templates/_stale_form.html``), and the
choice between them comes with the next save. The digests tell who changed which field, so that
most choices are made already.
"""

from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.forms.boundfield import BoundField
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blog.models import version_of

STORED, SUBMITTED = "stored", "submitted"


@dataclass(frozen=True)
class Difference:
    """A field whose saved value is not the typed one; ``choice`` is STORED, SUBMITTED or ""."""

    field: BoundField
    stored: str
    submitted: str
    choice: str

    @property
    def choice_name(self) -> str:
        return f"keep-{self.field.html_name}"

    @property
    def choices(self) -> tuple[tuple[str, str, str, bool], ...]:
        """Return the two choices: value, label, the text it means, and whether it is chosen."""
        return (
            (STORED, _("Keep what is saved now"), self.stored, self.choice == STORED),
            (SUBMITTED, _("Use what you typed"), self.submitted, self.choice == SUBMITTED),
        )


class ComparedForm(forms.BaseForm, metaclass=DeclarativeFieldsMetaclass):
    """The form of a row with a ``version``; ``is_stale`` if it was saved since the page was made.

    ``row_version`` names the row and its version (``version_of``), and is None where the form makes
    a new row. The class goes before a class of forms among the bases, and leaves saving to that.
    """

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    # Fields that add or move something and so have no saved value to be compared with.
    adding_fields: tuple[str, ...] = ()
    # Whether a field that the page did not have counts as one that it showed empty.
    shows_blank_for_missing = False

    def __init__(self, *args, row_version: str | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.differences: list[Difference] = []
        self.is_shown_again = False
        if row_version is None:
            self.stored_version = ""
            del self.fields["version"], self.fields["seen"]
        else:
            self.stored_version = row_version
            self.fields["version"].initial = self.stored_version
            self.fields["seen"].initial = self._digests

    @property
    def edited_fields(self) -> list[str]:
        """Return the names of the fields whose value is not the saved one."""
        return [bound.name for bound in self._compared_fields() if bound.name in self.changed_data]

    @property
    def is_stale(self) -> bool:
        """Return whether the person must still choose between saved and submitted values."""
        return bool(self.differences)

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_stale

    def clean(self):
        """Set the chosen saved values, or record the open choices."""
        data = super().clean() or self.cleaned_data
        if "version" not in self.fields or data.get("version") == self.stored_version:
            return data
        differences = [*self._compare()]
        self.is_shown_again = self.data.get("reviewed") == self.stored_version
        if self.is_shown_again and all(difference.choice for difference in differences):
            self._take_choices(differences)
        else:
            self.differences = differences
        return data

    def _compare(self):
        """Yield the fields with two values, each with the choice made or the one that is plain.

        A change that only one of the two made is meant; where both changed a field, somebody has
        to choose.
        """
        seen = dict(parse_qsl(self.cleaned_data.get("seen", "")))
        unseen = _digest_of([]) if self.shows_blank_for_missing else ""
        for bound in self._compared_fields():
            stored, submitted = self._stored_value(bound), self._submitted_value(bound)
            if _digest(bound, stored) == _digest(bound, submitted):
                continue
            plain = {_digest(bound, submitted): STORED, _digest(bound, stored): SUBMITTED}
            yield Difference(
                field=bound,
                stored=_in_words(bound, stored),
                submitted=_in_words(bound, submitted),
                choice=self._chosen(bound) or plain.get(seen.get(bound.name, unseen), ""),
            )

    def _chosen(self, bound: BoundField) -> str:
        choice = self.data.get(f"keep-{bound.html_name}", "")
        return choice if choice in (STORED, SUBMITTED) else ""

    def _take_choices(self, differences: list[Difference]) -> None:
        """Fill the form with the choices, also for a page that comes back with an error."""
        self.data = self.data.copy()
        for difference in differences:
            bound = difference.field
            if difference.choice == STORED:
                values = _page_values(bound, self._stored_value(bound))
                self.data.setlist(bound.html_name, values)
                self.errors.pop(bound.name, None)
                self._clean_stored(bound)
        self.data[self.add_prefix("version")] = self.stored_version
        self.data[self.add_prefix("seen")] = self._digests()

    def _clean_stored(self, bound: BoundField) -> None:
        """Clean a saved value that was chosen: it may be older than a rule of the form."""
        try:
            self.cleaned_data[bound.name] = bound.field.clean(bound.data)
        except forms.ValidationError as error:
            self.add_error(bound.name, error)

    def _compared_fields(self):
        for bound in self.visible_fields():
            if bound.name not in self.adding_fields and not bound.field.disabled:
                yield bound

    def _digests(self) -> str:
        fields = self._compared_fields()
        return urlencode(
            {bound.name: _digest(bound, self._stored_value(bound)) for bound in fields}
        )

    def _stored_value(self, bound: BoundField):
        return self.get_initial_for_field(bound.field, bound.name)

    def _submitted_value(self, bound: BoundField):
        return self.cleaned_data.get(bound.name, bound.data)


class VersionedForm(ComparedForm, forms.ModelForm):
    """The form of a model with a ``version``. An action saves what ``save(commit=False)`` made."""

    def __init__(self, *args, instance=None, **kwargs):
        is_stored = instance is not None and instance.pk is not None
        row_version = version_of(instance) if is_stored else None
        super().__init__(*args, row_version=row_version, instance=instance, **kwargs)


def _page_values(bound: BoundField, value) -> list[str]:
    """Return a value as the page holds it; line ends and blanks at its ends make no difference."""
    if isinstance(value, bool):  # a box sends its name if it is ticked, and else nothing
        return ["on"] if value else []
    value = bound.field.prepare_value(value)
    if not isinstance(value, list | tuple):
        value = bound.field.widget.format_value(value)
    parts = value if isinstance(value, list | tuple) else [value]
    return [str(part).replace("\r\n", "\n").strip() for part in parts if part is not None]


def _digest(bound: BoundField, value) -> str:
    """Return a short digest of a value; the order of chosen rows makes no difference."""
    return _digest_of(_page_values(bound, value))


def _digest_of(values: list[str]) -> str:
    return sha256("\n".join(sorted(values)).encode()).hexdigest()[:12]


def _in_words(bound: BoundField, value) -> str:
    """Return a value for people to read: labels of choices, dates as they are printed."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if hasattr(value, "hour"):
        return date_format(timezone.localtime(value), "D j M Y, H:i")
    if hasattr(value, "year"):
        return date_format(value, "D j M Y")
    labels = _labels(getattr(bound.field, "choices", ()))
    return "\n".join(labels.get(part, part) for part in _page_values(bound, value))


def _labels(choices) -> dict[str, str]:
    """Return the label of each choice by its value, also of choices in groups."""
    labels = {}
    for value, label in choices:
        if isinstance(label, list | tuple):
            labels |= _labels(label)
        else:
            labels[str(value)] = str(label)
    return labels
