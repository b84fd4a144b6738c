"""Required reading on the form of a prompt: chosen works, and records that are works once saved."""

import json

from django import forms
from django.utils.translation import gettext as _

from blog.forms.references.reference import RecordsField
from blog.text.works import render_work

MAX_REQUIRED_WORKS = 40


class NewRecordsField(forms.Field):
    """Records that were found and added on the page: one hidden field each, with its CSL-JSON."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value):
        parts = value or []
        if len(parts) > MAX_REQUIRED_WORKS:
            message = _("A prompt can require %(n)d works. Remove some.")
            raise forms.ValidationError(message % {"n": MAX_REQUIRED_WORKS})
        field = RecordsField()
        return [record for part in parts for record in field.to_python(part)]

    def has_changed(self, initial, data):
        return bool(data)


def new_entries(parts: list[str]) -> list[dict]:
    """Return the submitted records with their short names, for their rows on the page."""
    entries = []
    for part in parts[:MAX_REQUIRED_WORKS]:
        try:
            records = RecordsField().to_python(part)
        except forms.ValidationError:
            continue
        for record in records:
            label, html = render_work(record)
            entries.append({"label": label, "html": html, "value": json.dumps([record])})
    return entries
