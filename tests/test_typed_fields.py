"""Every field of text is one that people type, or one that they do not."""

from tests.typed_fields import NOT_TYPED, TYPED, named_in, text_fields


def test_every_field_of_text_is_in_one_table():
    typed, others = named_in(TYPED), named_in(NOT_TYPED)

    assert typed & others == set()
    assert typed | others == text_fields()
