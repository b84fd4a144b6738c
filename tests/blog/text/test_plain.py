"""Words of a text that is not rendered."""

import pytest

from blog.text import count_source_words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", 0),
        ("Three *short* words.", 3),
        ("# A title of five words\n\nTwo words.", 2),
        ("Two words.\n\n## References\n\nLuna, M. (2020). *Quiet networks*.", 2),
        ("Two words.\n\nReferences\n\nLuna, M. (2020). *Quiet networks*.", 2),
        ("#hashtags are words", 3),
        ("- one\n- two\n\n> three", 3),
    ],
)
def test_count_source_words(source, words):
    assert count_source_words(source) == words
