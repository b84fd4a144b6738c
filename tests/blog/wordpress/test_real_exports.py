"""Real exports, as importers of other programs keep them for their tests."""

from datetime import UTC, datetime

import pytest

from blog.text import render_post
from blog.wordpress import WordPressRefused, read_export
from blog.wordpress.media import MediaFiles
from blog.wordpress.texts import convert_comment, convert_post

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
# By file: version, posts, comments, broken at which lines, and what is left out.
FOUND = {
    "ghost-mg-wp-xml-sample.xml": (
        *("1.2", 2, 0, [109]),
        {"drafts": 1, "other": 1, "pages": 1},
    ),
    "nikola-wordpress_unicode_export.xml": ("1.2", 1, 0, [], {"pages": 1}),
    "wpimporter-malformed.xml": ("", 0, 0, [90], {}),
    "wpimporter-missing-version-tag.xml": ("", 0, 0, [], {}),
    "wpimporter-post-content-blank-lines.xml": ("1.1", 1, 0, [], {}),
    "wpimporter-slashes.xml": ("1.1", 1, 1, [], {}),
    "wpimporter-small-export.xml": ("1.1", 6, 1, [], {"pages": 5}),
    "wpimporter-term-formats.xml": ("1.2", 0, 0, [], {}),
    "wpimporter-valid-wxr-1.0.xml": ("1.0", 3, 1, [], {"pages": 3}),
    "wpimporter-wxr-simple.xml": ("1.2", 1, 0, [], {}),
    "wptt-themeunittestdata.wordpress.xml": (
        *("1.2", 55, 23, []),
        {"pages": 21, "other": 70, "pingbacks": 4, "future": 1, "drafts": 1, "empty": 1},
    ),
}


def read(path):
    return read_export(path.read_bytes(), zone=UTC, now=NOW, name=path.name)


def test_every_file_is_in_the_table(real_data):
    assert sorted(path.name for path in (real_data / "wxr").glob("*.xml")) == sorted(FOUND)


@pytest.mark.parametrize("name", FOUND)
def test_a_real_export_is_read(real_data, name):
    export = read(real_data / "wxr" / name)

    comments = sum(len(post.comments) for post in export.posts)
    lines = [line for _name, line, _column in export.broken]
    found = export.version, len(export.posts), comments, lines, export.left_out
    assert found == FOUND[name]
    assert bool(export.repairs) == bool(lines)


@pytest.mark.parametrize("name", FOUND)
def test_its_texts_are_published_as_they_were(real_data, name):
    export = read(real_data / "wxr" / name)
    attachments = {one.number: one for one in export.attachments}

    for post in export.posts:
        text = convert_post(post.key, post.html, attachments, MediaFiles()).text
        html = render_post(text).html
        assert "<!--" not in html or "&lt;!--" in html
        assert "<script" not in html
        for comment in post.comments:
            assert convert_comment(comment.html).strip()


def test_threads_and_waiting_comments_of_the_theme_data(real_data):
    export = read(real_data / "wxr" / "wptt-themeunittestdata.wordpress.xml")
    comments = [one for post in export.posts for one in post.comments]

    assert sum(bool(one.parent) for one in comments) == 9
    assert sum(one.is_waiting for one in comments) == 1
    assert [post.title for post in export.posts if post.is_private] == [
        'Template: Password Protected (the password is "enter")'
    ]


def test_words_of_other_scripts_stay(real_data):
    export = read(real_data / "wxr" / "nikola-wordpress_unicode_export.xml")

    assert export.title == "Nikola Unicode Test Íµpó®t"


@pytest.mark.parametrize("name", ["external.xml", "xmlbomb.xml", "simple.xml"])
def test_hostile_files_are_refused(real_data, name):
    with pytest.raises(WordPressRefused) as refused:
        read(real_data / "xml-hostile" / name)
    assert refused.value.reason == ("not_an_export" if name == "simple.xml" else "doctype")
