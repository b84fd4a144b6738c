"""Words that a PDF divides at the end of a line are whole again, and each can stay."""

import pytest

from blog.paste import prepare


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The net-\nwork grows.", "The network grows."),
        ("A well-\nknown tie.", "A well-known tie."),
        (
            "Peer-to-peer is as co-\noperation; co-operation.",
            "Peer-to-peer is as co-operation; co-operation.",
        ),
        ("The Net-\nwork grows.", "The Network grows."),
        ("Das Für-\nund Wider", "Das Für-\nund Wider"),
        ("In Jean-\nPaul’s words", "In Jean-\nPaul’s words"),
        ("pages 12-\n14 of it", "pages 12-\n14 of it"),
        ("She said -\nand went.", "She said -\nand went."),
        ("```\na-\nbc de-\nfg\n```", "```\na-\nbc de-\nfg\n```"),
    ],
)
def test_divided_words_are_joined(text, expected):
    assert prepare(text).text == expected


def test_a_divided_word_that_is_refused_stays():
    text = "The net-\nwork grows."
    (change,) = prepare(text).changes

    assert (change.kind, change.applied) == ("hyphen", True)
    assert prepare(text, chosen={change.name: False}).text == text


def test_a_page_has_no_divided_words():
    assert prepare("", "<p>The net-\nwork grows.</p>").changes == ()
