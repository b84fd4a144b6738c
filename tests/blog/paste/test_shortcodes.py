"""Shortcodes of classic WordPress, in its text view and on its pages."""

import pytest

from blog.paste import prepare
from blog.paste.html import is_html, read_html, read_source


@pytest.mark.parametrize(
    ("source", "markdown", "left_out"),
    [
        ('One.\n\n[gallery ids="1,2,3"]\n\nTwo.', "One.\n\nTwo.", {"images": 3}),
        ("One.\n\n[gallery ids=1,2]\n\nTwo.", "One.\n\nTwo.", {"images": 2}),
        ('One.\n\n[gallery columns="2"]', "One.", {"images": 1}),
        (
            '[caption id="a" align="left"]<img src="x.png"> A net[/caption]\n\nMore.',
            "A net\n\nMore.",
            {"images": 1},
        ),
        (
            'A [caption caption="A net"]<img src="x.png">[/caption] B',
            "A\n\nA net\n\nB",
            {"images": 1},
        ),
        ("So:\n[embed]https://x.org/v[/embed]", "So:\n\nhttps://x.org/v", {}),
        ('[embed width="9"]https://x.org/v[/embed]\nSo.', "https://x.org/v\n\nSo.", {}),
        (
            '[video width="9" mp4="https://x.org/v.mp4"][/video]\nSo.',
            "https://x.org/v.mp4\n\nSo.",
            {},
        ),
        ('[audio mp3="https://x.org/a.mp3"]\nSo.', "https://x.org/a.mp3\n\nSo.", {}),
        ('[audio ids="4"]\nSo.', "So.", {"media": 1}),
        ('[playlist type="video" ids="4,5"]\nSo.', "So.", {"media": 1}),
        ('So.\n\n[contact-form-7 id="9" title="Ask"]', "So.", {"shortcodes": 1}),
        ('[note color="red"]Nets <b>hold</b>.[/note]', "Nets **hold**.", {"shortcodes": 1}),
        ("<p>[su_note]Nets hold.[/su_note]</p>", "Nets hold.", {"shortcodes": 1}),
    ],
)
def test_words_of_shortcodes_stay_and_the_rest_is_counted(source, markdown, left_out):
    found = read_source(source)

    assert (found.text, found.left_out) == (markdown, left_out)


@pytest.mark.parametrize(
    "text",
    [
        'One.\n\n[gallery ids="1,2"]\n\nTwo.',
        '[caption id="a"]A net[/caption]',
        "[embed]https://x.org[/embed]",
    ],
)
def test_a_text_with_shortcodes_is_source(text):
    assert is_html(text)


@pytest.mark.parametrize("curly", ["“1,2”", "″1,2″", "'1,2'"])
def test_quotation_marks_may_be_curly_in_a_page(curly):
    assert read_html(f"<p>One.</p><p>[gallery ids={curly}]</p>").left_out == {"images": 2}


@pytest.mark.parametrize(
    "words",
    [
        "Ties on film [Video]. YouTube.",
        "He said [sic] so [1], [see note].",
        "A [video] and an [audio] of it",
        "[rant]We need nets.[/rant]",
        "[gallery] is a word",
        "[caption] is a word",
        "the set [x y=3]",
        "[key=value] pairs",
        "[embed] it",
    ],
)
def test_other_words_in_brackets_stay_as_typed(words):
    assert prepare(words).text == words
    assert read_html(f"<p>{words}</p>").text == words


def test_shortcodes_in_code_stay():
    assert (
        read_html("<p>Use <code>[gallery ids='1']</code>.</p>").text == "Use `[gallery ids='1']`."
    )
