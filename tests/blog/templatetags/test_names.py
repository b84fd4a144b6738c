"""Links that are kept by what they print."""

from django.utils.safestring import mark_safe

from blog.templatetags.names import _citing_link


def test_safe_text_lends_nothing_to_the_same_text_that_is_not_safe():
    _citing_link("/", mark_safe("<b>Ada</b>"), "Ties")

    assert "<b>" not in _citing_link("/", "<b>Ada</b>", "Ties")
