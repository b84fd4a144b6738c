"""The block tag that leaves out the blanks of templates."""

import pytest

from blog.templatetags.compact import compacted


@pytest.mark.parametrize(
    ("html", "compact"),
    [
        ("<p>\n\n    Ada\n  </p>", "<p>\nAda\n</p>"),
        ("<b>Ada</b>  \n\t <i>says</i> so", "<b>Ada</b>\n<i>says</i> so"),
        ("two  blanks", "two  blanks"),
        ("<pre>\n  if x:\n    y\n</pre>\n\n<p>", "<pre>\n  if x:\n    y\n</pre>\n<p>"),
        ('a\n\n<pre class="x">b\n\nc</pre>\n\nd', 'a\n<pre class="x">b\n\nc</pre>\nd'),
        ("<textarea>\n\n a\n</textarea>\n\n", "<textarea>\n\n a\n</textarea>\n"),
        ("<prefix>\n\n</prefix>", "<prefix>\n</prefix>"),
        ("", ""),
    ],
)
def test_breaks_are_one_but_where_they_are_part_of_the_text(html, compact):
    assert compacted(html) == compact
