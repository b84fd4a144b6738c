"""Keys that no row can have are refused before a database is asked for them."""

import pytest
from django.core.exceptions import ValidationError

from blog.forms.key_field import KeyField, RowsField
from blog.models import Prompt
from tests import factories


@pytest.mark.parametrize("key", [0, -1, 2**63, 10**30])
def test_a_number_that_is_no_key_is_refused(key):
    with pytest.raises(ValidationError):
        KeyField().clean(str(key))


@pytest.mark.parametrize("key", ["0", "-1", str(10**30), "a", "١"])
def test_rows_are_not_looked_for_by_what_is_no_key(course, key, django_assert_num_queries):
    prompt = factories.make_prompt(course)
    field = RowsField(Prompt.objects.all())
    assert list(field.clean([str(prompt.pk)])) == [prompt]

    with django_assert_num_queries(0), pytest.raises(ValidationError):
        field.clean([str(prompt.pk), key])
