"""The data map names every table and the columns that can hold something about a person."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from blog.models import User

TEXT = (Path(__file__).parent.parent / "docs" / "privacy" / "data-map.md").read_text()
ROWS = {
    label: (table, set(re.findall(r"`(\w+)`", columns)))
    for label, table, columns in re.findall(
        r"^\| `(\w+\.\w+)` `(\w+)` \| ([^|]*) \|", TEXT, re.MULTILINE
    )
}
MODELS = {model._meta.label: model for model in apps.get_models()}
WORDS = (
    *(models.CharField, models.TextField, models.JSONField, models.UUIDField),
    *(models.FileField, models.BinaryField, models.GenericIPAddressField),
)


def fields_of(model):
    return [*model._meta.concrete_fields, *model._meta.many_to_many]


def is_about_somebody(field):
    """Return whether a field has free text, a file, an address, or a link to a person."""
    return (isinstance(field, WORDS) and not field.choices) or field.related_model is User


def test_every_table_is_in_the_map():
    tables = {label: model._meta.db_table for label, model in MODELS.items()}

    assert {label: table for label, (table, _columns) in ROWS.items()} == tables


@pytest.mark.parametrize("label", sorted(MODELS))
def test_every_column_of_a_person_is_named(label):
    fields = fields_of(MODELS[label])
    _table, named = ROWS[label]

    assert {field.name for field in fields if is_about_somebody(field)} - named == set()
    assert named - {field.name for field in fields} == set()
