"""Pictures in a text: those of the post are shown, from addresses that no text can choose."""

import pytest

from blog.text import PictureFiles, render_comment, render_post
from blog.text.pictures import picture_markdown

TOKEN, WIDE = "a" * 32, "b" * 32


def shown(token, width, **fields):
    address, small = (f"/pictures/{token}/{size}.webp" for size in ("large", "small"))
    return PictureFiles(address, small, width, 90, min(width, 800), **fields)


PICTURES = {
    TOKEN: shown(TOKEN, 120),
    WIDE: shown(WIDE, 1600),
    "c" * 32: shown("c" * 32, 120, is_decorative=True),
}


def html_of(source):
    return render_post(source, pictures=PICTURES).html


def image(alt, more=""):
    return (
        f'<img alt="{alt}"{more} height="90" loading="lazy" src="/pictures/{TOKEN}/large.webp"'
        ' width="120">'
    )


def test_picture_of_the_post_is_shown_and_its_paragraph_has_no_number():
    rendered = render_post(f"One.\n\n![A map](picture:{TOKEN})\n\nTwo.", pictures=PICTURES)

    assert rendered.html == (
        f'<p dir="auto" id="p1">One.</p>\n<p class="picture" dir="auto">{image("A map")}</p>\n'
        '<p dir="auto" id="p2">Two.</p>'
    )
    assert rendered.paragraphs == ("One.", "Two.")
    assert (rendered.words, rendered.excerpt) == (2, "One. Two.")


@pytest.mark.parametrize("source", ["[{}](https://example.org)", "**{}**", "{} {}\n{}"])
def test_pictures_without_a_word_have_no_number_however_they_are_dressed(source):
    picture = f"![A map](picture:{TOKEN})"

    rendered = render_post(f"{source.format(picture, picture, picture)}\n\nOne.", pictures=PICTURES)

    assert rendered.html.startswith('<p class="picture" dir="auto">')
    assert rendered.html.endswith('<p dir="auto" id="p1">One.</p>')
    assert rendered.paragraphs == ("One.",)


def test_picture_in_a_sentence_stays_in_its_paragraph():
    assert html_of(f"See ![x](picture:{TOKEN}).") == f'<p dir="auto" id="p1">See {image("x")}.</p>'


def test_wide_picture_comes_in_two_sizes():
    html = html_of(f"![](picture:{WIDE})")

    assert f'srcset="/pictures/{WIDE}/small.webp 800w, /pictures/{WIDE}/large.webp 1600w"' in html
    assert 'sizes="(min-width: 46em) 42em, 92vw"' in html


def test_decoration_is_told_from_a_picture_without_its_description():
    assert 'class="decorative"' in html_of(f"![](picture:{'c' * 32})")
    assert 'class="decorative"' not in html_of(f"![](picture:{TOKEN})")


@pytest.mark.parametrize(
    "words",
    ['a "b" & <b>c</b>', "[x] and (y)", "*not* stressed", "https://example.org", "@key", "–"],
)
def test_description_comes_through_as_it_was_written(words):
    escaped = words.replace("&", "&amp;").replace('"', "&quot;")
    escaped = escaped.replace("<", "&lt;").replace(">", "&gt;")

    assert image(escaped) in html_of(picture_markdown(TOKEN, words))


def test_picture_that_the_post_does_not_have_is_marked_for_the_writer():
    rendered = render_post(f"![A map](picture:{'z' * 32})", pictures=PICTURES)

    assert rendered.html == '<p dir="auto" id="p1"><span class="cite-unknown">A map</span></p>'
    assert rendered.unknown_pictures == ("z" * 32,)


@pytest.mark.parametrize(
    "source",
    [
        f"![x](/pictures/{TOKEN}/large.webp)",
        "![x](https://example.org/spy.png)",
        "![x](//example.org/spy.png)",
        "![x](data:image/png;base64,AAAA)",
        f"![x](picture:{TOKEN}/../../me)",
        f"![x](picture:{TOKEN.upper()})",
        '<img src="/pictures/x" onerror=alert(1)>',
        f"[x](picture:{TOKEN})",
        f"```\n![x](picture:{TOKEN})\n```",
    ],
)
def test_nothing_else_becomes_an_image(source):
    assert "<img" not in html_of(source)


def test_comments_hold_no_pictures():
    assert "<img" not in render_comment(f"![A map](picture:{TOKEN})").html
