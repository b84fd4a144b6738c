"""Messages for values beyond their limits, in every form."""

import pkgutil
from importlib import import_module

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.forms.forms import BaseForm

import blog.forms
import network
from blog.forms.key_field import RowsField


def every_form():
    for package in (blog.forms, network):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" not in module.name and ".management" not in module.name:
                import_module(module.name)
    found, left = set(), [BaseForm]
    while left:
        new = left.pop().__subclasses__()
        found.update(new)
        left += new
    return [form for form in found if form.__module__.startswith(("blog.", "network."))]


def test_no_field_of_any_form_has_django_s_words_for_its_limits():
    messages = {
        str(message)
        for form in every_form()
        for field in form.base_fields.values()
        for validator in field.validators
        for message in (
            getattr(validator, "message", ""),
            *getattr(validator, "messages", {}).values(),
        )
    }

    assert any("at most" in message for message in messages)
    assert [message for message in messages if message.startswith("Ensure")] == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (forms.CharField(max_length=3), "Ties", "This can have at most 3 characters. It has 4."),
        (forms.CharField(max_length=1), "On", "This can have at most 1 character. It has 2."),
        (forms.CharField(min_length=3), "On", "This needs at least 3 characters. It has 2."),
        (forms.IntegerField(max_value=3), 4, "The highest number here is 3."),
        (
            forms.DecimalField(max_digits=5, decimal_places=1),
            "2.25",
            "This can have at most 1 decimal place.",
        ),
        (forms.IntegerField(min_value=3), 2, "The lowest number here is 3."),
    ],
)
def test_a_limit_is_said_in_plain_words(field, value, words):
    with pytest.raises(ValidationError) as refused:
        field.clean(value)

    assert refused.value.messages == [words]


def test_rows_are_chosen_by_keys_that_rows_can_have():
    chosen = [
        field
        for form in every_form()
        for field in form.base_fields.values()
        if isinstance(field, forms.ModelMultipleChoiceField)
    ]

    assert {type(field) for field in chosen} == {RowsField}


def test_every_number_that_a_page_sends_has_a_limit_that_the_database_holds():
    fields = [
        (form.__name__, name, field.max_value)
        for form in every_form()
        for name, field in getattr(form, "declared_fields", {}).items()
        if isinstance(field, forms.IntegerField) and name != "revision"  # looked for by key alone
    ]

    assert fields
    assert [one for one in fields if one[2] is None or one[2] >= 2**63] == []
