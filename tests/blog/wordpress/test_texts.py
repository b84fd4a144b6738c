"""Texts of WordPress as Markdown: blocks, classic posts, shortcodes, and pictures."""

import pytest

from blog.text import render_post
from blog.wordpress.items import Attachment
from blog.wordpress.media import MediaFiles
from blog.wordpress.texts import convert_comment, convert_own, convert_post

MAP = Attachment("5", "https://blog.example/wp-content/uploads/2020/02/map.jpg", "A map")
WAY = Attachment("6", "https://blog.example/wp-content/uploads/2020/02/way.png")
BLOG = {one.number: one for one in (MAP, WAY)}
ZIP = MediaFiles(["uploads/2020/02/map.jpg", "uploads/2019/01/map.jpg", "uploads/2020/02/way.png"])


def text_of(html, files=ZIP):
    return convert_post("post", html, BLOG, files).text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("One line.\nAnother line.\n\nA paragraph.", "One line.  \nAnother line.\n\nA paragraph."),
        ("<strong>Bold</strong> & plain\r\n\r\nNext", "**Bold** & plain\n\nNext"),
        (
            "<!-- wp:paragraph -->\n<p>One</p>\n<!-- /wp:paragraph -->\n\n"
            '<!-- wp:heading {"level":3} -->\n<h3>Two</h3>\n<!-- /wp:heading -->\n\n'
            "<!-- wp:list -->\n<ul><!-- wp:list-item -->\n<li>a</li>\n<!-- /wp:list-item -->"
            "<li>b</li></ul>\n<!-- /wp:list -->",
            "One\n\n## Two\n\n- a\n- b",
        ),
        ("Before<!--more-->after", "Beforeafter"),
        ("[embed]https://video.example/1[/embed]", "https://video.example/1"),
        ('Words [my_form id="3"] and more', "Words and more"),
        ("It is [sic] so [1].", "It is [sic] so [1]."),
        ("<script>alert(1)</script><p onclick='x()'>Hi</p>", "Hi"),
    ],
)
def test_a_text_is_what_its_readers_saw(html, text):
    assert text_of(html) == text


def test_a_caption_stands_below_its_picture():
    html = (
        f'[caption id="attachment_5" align="left" width="300"]<img src="{MAP.address}" alt="A map"'
        " /> The way we took[/caption]\n\nAnd on."
    )

    converted = convert_post("post", html, BLOG, ZIP)

    [placed] = converted.pictures
    assert (placed.path, placed.alternative) == ("uploads/2020/02/map.jpg", "A map")
    assert converted.with_pictures({placed.place: "t" * 32}).split("\n\n") == [
        f"![A map](picture:{'t' * 32})",
        "The way we took",
        "And on.",
    ]


def test_a_gallery_is_the_pictures_that_it_names():
    converted = convert_post("post", 'Look:\n\n[gallery ids="5,6,7" columns="2"]', BLOG, ZIP)

    assert [one.path for one in converted.pictures] == [
        "uploads/2020/02/map.jpg",
        "uploads/2020/02/way.png",
    ]
    assert converted.text.startswith("Look:")
    assert "gallery" not in converted.text


def test_a_gallery_that_names_none_is_counted():
    converted = convert_post("post", "Look:\n\n[gallery]", BLOG, ZIP)

    assert (converted.text, dict(converted.left_out)) == ("Look:", {"images": 1})


def test_a_picture_without_a_file_is_a_link_and_nothing_is_fetched():
    converted = convert_post("post", f'<p><img src="{MAP.address}"></p>', BLOG, MediaFiles())

    assert (converted.text, converted.missing) == (f"[map.jpg]({MAP.address})", 1)


def test_a_picture_that_leads_to_itself_stands_without_the_link():
    html = f'<p><a href="{MAP.address}"><img src="{MAP.address}" alt="A map"></a></p>'

    converted = convert_post("post", html, BLOG, ZIP)

    assert converted.text == converted.pictures[0].place


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://x.example/wp-content/uploads/2020/02/map.jpg", "uploads/2020/02/map.jpg"),
        ("https://x.example/wp-content/uploads/2019/01/map.jpg", "uploads/2019/01/map.jpg"),
        ("https://x.example/files/2019/01/map-300x200.jpg?w=30", "uploads/2019/01/map.jpg"),
        ("https://x.example/MAP-scaled.jpg", "uploads/2020/02/map.jpg"),
        ("https://x.example/other.jpg", ""),
        ("https://x.example/../../etc/passwd", ""),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_a_file_is_found_by_the_end_of_its_address(address, path):
    assert ZIP.find(address) == path


def test_other_files_of_the_zip_are_no_pictures():
    assert not MediaFiles(["uploads/a.svg", "uploads/a.php", "uploads/a.pdf", "a/"])


def test_a_description_cannot_end_its_picture():
    html = f'<p><img src="{MAP.address}" alt="a](javascript:x) ![b"></p>'
    converted = convert_post("post", html, BLOG, ZIP)

    text = converted.with_pictures({converted.pictures[0].place: "t" * 32})

    assert "javascript" not in render_post(text).html.replace("a](javascript:x) ![b", "")


def test_a_text_of_this_program_keeps_its_markdown():
    token = "a" * 32
    text = f"As [@luna2020] *says*:\n\n![A map](picture:{token})\n\n![B](picture:{'b' * 32})"

    converted = convert_own("post", text, MediaFiles([f"posts/images/{token}.webp"]))

    [placed] = converted.pictures
    assert converted.with_pictures({placed.place: "c" * 32}) == (
        f"As [@luna2020] *says*:\n\n![A map](picture:{'c' * 32})\n\nB"
    )
    assert converted.missing == 1


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("One\n\nTwo", "One\n\nTwo"),
        (
            '<a href="https://x.example">Here</a> & <b>there</b>',
            "[Here](https://x.example) & **there**",
        ),
        ("<h2>Large</h2><table><tr><td>a</td><td>b</td></tr></table>", "Large\n\na\n\nb"),
    ],
)
def test_a_comment_has_no_large_blocks(html, text):
    assert convert_comment(html) == text
