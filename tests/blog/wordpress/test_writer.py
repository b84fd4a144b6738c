"""Files for WordPress: what is written is read again, whatever the words are."""

from datetime import UTC, datetime
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from blog.wordpress import read_export
from blog.wordpress.own_fields import COURSE, read_own_fields, write_own_fields
from blog.wordpress.writer import (
    TAIL,
    WrittenBlog,
    WrittenComment,
    WrittenFile,
    WrittenPost,
    write_file,
    write_head,
    write_post,
)
from tests.examples import examples

AT = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
BLOG = WrittenBlog("Networks", "https://pln.example", "ada7", "Ada Luna", "ada@x.example", AT)


def written(*posts, files=()):
    parts = [write_head(BLOG)]
    parts += [piece for post in posts for piece in write_post(post, BLOG.login)]
    parts += [piece for file in files for piece in write_file(file, BLOG.login)]
    return "".join([*parts, TAIL]).encode()


def post(**fields):
    fields = {
        "number": 7,
        "title": "Of ties",
        "slug": "of-ties",
        "address": "https://pln.example/c/n/posts/of-ties/",
        "name": "https://pln.example/c/n/posts/of-ties/",
        "at": AT,
        "html": "<p>Words</p>",
        "status": "publish",
    } | fields
    return WrittenPost(**fields)


def read(data):
    return read_export(data, zone=UTC, now=datetime(2026, 11, 30, tzinfo=UTC))


WORDS = st.text(st.characters(codec="utf-8"), max_size=60)


@settings(max_examples=examples(100), deadline=None)
@given(title=WORDS, html=WORDS, name=WORDS, markdown=WORDS)
def test_any_words_make_a_file_that_is_read_again(title, html, name, markdown):
    talk = WrittenComment(1, name, AT, html, fields=write_own_fields(markdown))
    data = written(
        post(title=title, html=html, comments=(talk,), fields=write_own_fields(markdown))
    )

    ElementTree.fromstring(data)
    export = read(data)

    assert export.broken == ()
    assert all(one.at == AT.isoformat() for one in export.posts)


def test_what_is_written_is_what_is_read():
    comments = (
        WrittenComment(1, "Bob", AT, "<p>Yes</p>", fields=write_own_fields("Yes")),
        WrittenComment(2, "Ada Luna", AT, "<p>No</p>", parent=1, account=1),
    )
    references = [{"id": "luna2020", "type": "book", "title": "Ties"}]
    fields = write_own_fields("As [@luna2020] says", references, "Mentions spiders")

    [found] = read(written(post(comments=comments, fields=fields))).posts

    assert (found.title, found.markdown, found.content_note) == (
        "Of ties",
        "As [@luna2020] says",
        "Mentions spiders",
    )
    assert found.references == ({"id": "luna2020", "type": "book", "title": "Ties"},)
    first, reply = found.comments
    assert (first.markdown, reply.parent, reply.author) == ("Yes", first.key, found.author)


def test_no_address_of_a_reader_is_written():
    comments = (WrittenComment(1, "Bob", AT, "<p>Yes</p>"),)

    tree = ElementTree.fromstring(written(post(comments=comments)))

    for name in ("email", "url", "IP"):
        [place] = tree.iter(f"{{http://wordpress.org/export/1.2/}}comment_author_{name}")
        assert not place.text


def test_pictures_are_media_of_their_post():
    file = WrittenFile(9, 7, "t.webp", "https://pln.example/pictures/t/large", "A map", AT)

    [found] = read(written(post(), files=[file])).attachments

    assert (found.number, found.address, found.alternative) == (
        "9",
        "https://pln.example/pictures/t/large",
        "A map",
    )


def test_a_post_of_the_course_is_private_in_wordpress_and_not_here():
    private = post(status="private", fields=write_own_fields("Words", audience=COURSE))
    only_me = post(status="private", fields=write_own_fields("Words"))
    of_others = post(status="private", fields={"_commonplace_audience": COURSE})

    found = [read(written(one)).posts[0].is_private for one in (private, only_me, of_others)]

    assert found == [False, True, True]


def test_fields_that_say_anything_are_cleaned():
    meta = {
        "_commonplace_markdown": "Words",
        "_commonplace_references": '[{"id": "a", "type": ["x"], "title": 7}, {"id": 3}, "b"]',
        "_commonplace_content_note": "n" * 1000,
    }

    found = read_own_fields(meta)

    assert len(found["content_note"]) == 120
    assert [one["id"] for one in found["references"]] == ["a"]
    for words in ("{", "[" * 100_000, "null", '{"id": "a"}'):
        assert "references" not in read_own_fields(meta | {"_commonplace_references": words})


@settings(max_examples=examples(60), deadline=None)
@given(
    st.dictionaries(st.sampled_from(["_commonplace_markdown", "_commonplace_references"]), WORDS)
)
def test_any_fields_are_read(meta):
    read_own_fields(meta)
