"""Files of WordPress: what of them comes, and what never does."""

import contextlib
import zipfile
import zlib
from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.wordpress import Export, WordPressRefused, open_upload, read_export
from blog.wordpress.archives import MAX_FILE_BYTES
from blog.wordpress.items import MAX_POSTS, joined
from tests.examples import examples
from tests.wordpress_files import attachment, cdata, comment, item, meta, wxr

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
VANCOUVER = ZoneInfo("America/Vancouver")


def read(data, zone=VANCOUVER):
    return read_export(data, zone=zone, now=NOW, name="blog.xml")


def names(export):
    return {one.key: one.name for one in export.authors}


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", ""])
def test_a_post_is_read_whatever_the_version(version):
    export = read(wxr(item(comments=[comment()]), version=version))

    [post] = export.posts
    assert (export.title, export.version) == ("Ada’s blog", version)
    assert (post.title, post.html) == ("A post", "<p>Words of a post.</p>")
    assert (post.at, post.is_private) == ("2020-02-03T04:05:06+00:00", False)
    assert names(export)[post.author] == "Ada Luna"
    [talk] = post.comments
    assert (talk.html, talk.at, talk.is_waiting, talk.parent) == (
        "Words of a comment.",
        "2020-02-04T05:06:07+00:00",
        False,
        "",
    )
    assert names(export)[talk.author] == "Gil Guest"


def test_prefixes_are_what_the_file_says():
    text = (
        wxr(item()).decode().replace("wp:", "w:").replace("http://wordpress", "https://wordpress")
    )
    text = text.replace('xmlns:wp="', 'xmlns:w="')

    assert [post.title for post in read(text.encode()).posts] == ["A post"]


def test_a_prefix_that_nobody_declares_is_no_fault():
    file = wxr(item(more="<atom:link href='x'/>"))

    assert len(read(file).posts) == 1


def test_nothing_of_machines_passwords_or_emails_is_stored():
    secret = item(more="<wp:post_password>open-sesame</wp:post_password>", comments=[comment()])
    export = read(wxr(secret))
    stored = zlib.decompress(export.pack()).decode()

    assert Export.unpack(export.pack()).posts[0].is_private
    for word in (
        "192.0.2.77",
        "gil@secret.example",
        "gil.example",
        "ada@blog.example",
        "open-sesame",
    ):
        assert word not in stored
    assert [one.email for one in export.authors if one.email] == ["ada@blog.example"]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "page"}, "pages"),
        ({"kind": "nav_menu_item"}, "other"),
        ({"kind": "wp_block"}, "other"),
        ({"status": "draft"}, "drafts"),
        ({"status": "pending"}, "drafts"),
        ({"status": "auto-draft"}, "drafts"),
        ({"status": "future", "at": "2030-01-01 00:00:00"}, "future"),
        ({"at": "2030-01-01 00:00:00"}, "future"),
        ({"status": "trash"}, "deleted"),
        ({"at": "0000-00-00 00:00:00"}, "undated"),
        ({"html": "  "}, "empty"),
    ],
)
def test_what_a_course_does_not_take_is_counted(fields, why):
    export = read(wxr(item(**fields)))

    assert (export.posts, export.left_out) == ((), {why: 1})


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"kind": "pingback"}, "pingbacks"),
        ({"kind": "trackback"}, "pingbacks"),
        ({"approved": "spam"}, "spam_comments"),
        ({"approved": "trash"}, "deleted_comments"),
        ({"approved": "post-trashed"}, "deleted_comments"),
        ({"at": "0000-00-00 00:00:00"}, "undated_comments"),
        ({"html": ""}, "undated_comments"),
    ],
)
def test_comments_that_stay_out_are_counted(fields, why):
    export = read(wxr(item(comments=[comment(**fields)])))

    assert (export.posts[0].comments, export.left_out) == ((), {why: 1})


def test_a_date_without_zone_is_on_the_clock_of_the_course():
    file = (
        wxr(item()).decode().replace("<wp:post_date_gmt>2020-02-03 04:05:06", "<wp:post_date_gmt>")
    )

    assert read(file.encode()).posts[0].at == "2020-02-03T12:05:06+00:00"


def test_the_date_of_the_feed_is_the_last_resort():
    file = wxr(item(at="", more="<pubDate>Sat, 09 Oct 2010 15:12:29 +0000</pubDate>"))

    assert read(file).posts[0].at == "2010-10-09T15:12:29+00:00"


def test_replies_know_their_parents_in_whatever_order_they_stand():
    export = read(
        wxr(
            item(
                comments=[
                    comment(7, "late", at="2020-02-06 00:00:00", parent=3),
                    comment(3, "early", at="2020-02-05 00:00:00"),
                    comment(9, "of nobody", at="2020-02-07 00:00:00", parent=99),
                    comment(11, "to spam", at="2020-02-08 00:00:00", parent=12),
                    comment(12, "spam", approved="spam"),
                ]
            )
        )
    )
    comments = export.posts[0].comments
    keys = {one.key: one.html for one in comments}

    assert [(one.html, keys.get(one.parent)) for one in comments] == [
        ("early", None),
        ("late", "early"),
        ("of nobody", None),
        ("to spam", None),
    ]


def test_comments_that_reply_to_each_other_make_no_circle():
    export = read(wxr(item(comments=[comment(1, "a", parent=2), comment(2, "b", parent=1)])))

    parents = [bool(one.parent) for one in export.posts[0].comments]
    assert parents == [False, True]


def test_waiting_and_nameless_comments_are_told_apart():
    export = read(wxr(item(comments=[comment(1, approved="0"), comment(2, name="")])))
    waiting, nameless = export.posts[0].comments

    assert (waiting.is_waiting, nameless.is_waiting) == (True, False)
    assert nameless.author == ""


def test_a_name_of_a_comment_is_not_the_account_of_that_name():
    """Anybody can write any name, and any email; only an account says who wrote."""
    export = read(
        wxr(item(comments=[comment(1, name="Ada Luna"), comment(2, name="Whoever", account=1)]))
    )
    by_name, by_account = export.posts[0].comments

    assert by_account.author == export.posts[0].author
    assert by_name.author != export.posts[0].author
    assert [one.has_account for one in export.authors] == [True, False]


def test_an_author_that_the_file_does_not_list_has_the_name_of_the_login():
    export = read(wxr(item(login="grace"), authors=()))

    assert names(export)[export.posts[0].author] == "grace"


def test_a_title_is_one_line_of_words():
    export = read(wxr(item(title="<em>Of</em>  ties &amp;\n knots" + "!" * 300)))

    assert export.posts[0].title.startswith("Of ties & knots!!!")
    assert len(export.posts[0].title) == 200


def test_the_same_name_is_the_same_post_in_a_later_export():
    early, late = read(wxr(item())), read(wxr(item(2), item(title="Renamed", html="<p>New</p>")))

    assert early.posts[0].key == late.posts[1].key


def test_two_posts_under_one_name_are_two():
    twin = item(2, title="Its copy").replace("?p=2", "?p=1")

    export = read(wxr(item(), twin))

    assert len({post.key for post in export.posts}) == 2
    assert read(wxr(item(), item())).left_out == {"double": 1}


def test_a_cdata_section_that_was_divided_is_one_text():
    assert read(wxr(item(html="<p>a ]]> b</p>"))).posts[0].html == "<p>a ]]> b</p>"


def test_media_are_known_by_number():
    export = read(wxr(attachment(5, "https://blog.example/a.jpg", described="A map"), item()))

    [file] = export.attachments
    assert (file.number, file.address, file.alternative) == (
        "5",
        "https://blog.example/a.jpg",
        "A map",
    )


def test_serialised_php_is_words():
    value = 'O:8:"Evil":1:{s:1:"a";i:1;}'

    assert read(wxr(item(more=meta("_thing", value)))).posts[0].markdown == ""


# Several files


def test_parts_of_one_export_are_one_blog():
    first = read(wxr(item(1, comments=[comment(1)]), item(2)))
    second = read(
        wxr(item(2), item(1, comments=[comment(1), comment(2)]), item(3, at="2019-01-01 00:00:00"))
    )

    whole = joined([first, second])

    assert [post.at[:4] for post in whole.posts] == ["2019", "2020", "2020"]
    assert sorted(len(post.comments) for post in whole.posts) == [0, 0, 2]


def test_more_posts_than_one_import_takes_are_refused():
    file = wxr(*(item(number) for number in range(1, MAX_POSTS + 2)))

    with pytest.raises(WordPressRefused) as refused:
        joined([read(file)])
    assert refused.value.reason == "too_many_posts"


def zipped(**files):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def test_a_zip_of_parts_is_opened():
    data = zipped(part1__xml=wxr(item(1)), part2__xml=wxr(item(2)), notes__txt=b"no")

    opened = list(open_upload("all.zip", data))

    assert [name for name, _data in opened] == ["part1.xml", "part2.xml"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped(notes__txt=b"no"), "zip_without_xml"),
        (zipped(bomb__xml=b"a" * (MAX_FILE_BYTES + 1)), "too_large"),
        (zipped(**{f"p{n}__xml": b"<rss/>" for n in range(21)}), "too_many_files"),
        (b"PK\x03\x04 and no more", "broken_zip"),
        (b"a" * (MAX_FILE_BYTES + 1), "too_large"),
    ],
)
def test_uploads_beyond_the_bounds_are_refused(data, reason):
    with pytest.raises(WordPressRefused) as refused:
        list(open_upload("all.zip", data))
    assert refused.value.reason == reason


# What is none


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not_an_export"),
        (b"<html><body>Hello</body></html>", "not_an_export"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'><entry/></feed>", "not_an_export"),
        (b"Once upon a time", "not_an_export"),
        (b"\x00\x01\x02", "not_an_export"),
        (wxr(item(), head='<!DOCTYPE rss [<!ENTITY a "b">]>'), "doctype"),
        (wxr(item(), head="<!DOCTYPE rss SYSTEM 'file:///etc/passwd'>"), "doctype"),
        (b"<rss>" + b"<a>" * 40 + b"</a>" * 40 + b"</rss>", "too_deep"),
    ],
)
def test_what_is_no_export_is_refused(data, reason):
    with pytest.raises(WordPressRefused) as refused:
        read(data)
    assert refused.value.reason == reason


@settings(max_examples=examples(150), deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(WordPressRefused):
        read(data)


def read_or_none(data):
    """Return what a file holds; None for one that is refused as no file of WordPress."""
    with contextlib.suppress(WordPressRefused):
        return read(data)
    return None


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=80)


@settings(max_examples=examples(100), deadline=None)
@given(words=WORDS, name=WORDS, cut=st.integers(0, 4000))
def test_any_file_in_pieces_is_read_or_refused(words, name, cut):
    """A file that was cut anywhere, with any words in it, is read as far as it goes."""
    data = wxr(item(html=words, title=name, comments=[comment(html=words, name=name)]))

    export = read_or_none(data[:cut] if cut < len(data) else data)

    assert export is None or Export.unpack(export.pack()).posts == export.posts


@settings(max_examples=examples(100), deadline=None)
@given(words=WORDS)
def test_words_are_what_they_are(words):
    """What XML can hold comes back to the letter, and what it cannot is told."""
    export = read(wxr(item(html=f"<p>{words}</p>")))
    held = "".join(sign for sign in words if sign in "\t\n" or " " <= sign not in "\ufffe\uffff")

    assert export.posts[0].html == f"<p>{held}</p>"
    assert bool(export.broken) == (held != words)


def test_cdata_is_written_as_wordpress_does():
    assert cdata("a]]>b") == "<![CDATA[a]]]]><![CDATA[>b]]>"
