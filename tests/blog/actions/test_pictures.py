"""Pictures kept for a post: what is written when it fails, and two at once."""

import pytest

from blog.actions import pictures
from blog.actions.pictures import add_picture, append_to_draft
from blog.actions.post_states import delete_post
from blog.exceptions import Refused
from blog.models import Picture
from blog.pictures import CleanPicture
from tests import factories

MADE = CleanPicture(b"large", b"small", (1600, 900), (800, 450), was_animated=False)


@pytest.fixture
def post(ada, course):
    return factories.make_draft_post(ada, course, text="")


def files(course):
    storage = Picture._meta.get_field("large").storage
    folder = f"pictures/{course.pk}"
    return set(storage.listdir(folder)[1]) if storage.exists(folder) else set()


def content(file):
    with file.open("rb") as opened:
        return opened.read()


def test_picture_is_kept_with_its_two_files(ada, course, post):
    before = files(course)

    picture = add_picture(post, MADE, by=ada, alternative="A map")

    assert (picture.width, picture.height, picture.small_width) == (1600, 900, 800)
    assert (picture.bytes, picture.markdown) == (10, f"![A map](picture:{picture.token})")
    assert (content(picture.large), content(picture.small)) == (b"large", b"small")
    assert files(course) - before == {f"{picture.token}.webp", f"{picture.token}-small.webp"}


def test_files_go_again_where_the_row_cannot_be_written(ada, course, post, monkeypatch):
    before = files(course)
    monkeypatch.setattr(Picture, "save", lambda self: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        add_picture(post, MADE, by=ada)

    assert files(course) == before
    assert Picture.objects.count() == 0


def test_last_picture_that_fits_is_taken_and_the_next_is_not(ada, post, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_BYTES_PER_PERSON", 20)
    for _time in range(2):
        add_picture(post, MADE, by=ada)

    with pytest.raises(Refused, match="up to 20.bytes. You have 0.bytes left, .* needs 10.bytes"):
        add_picture(post, MADE, by=ada)


def test_deleted_post_takes_no_picture_and_keeps_those_it_has(ada, post):
    picture = add_picture(post, MADE, by=ada)
    delete_post(post, by=ada)

    with pytest.raises(Refused):
        add_picture(post, MADE, by=ada)
    assert picture.large.storage.exists(picture.large.name)


def test_picture_follows_what_was_typed_meanwhile(ada, post):
    picture = add_picture(post, MADE, by=ada, alternative="A [map]")
    post.drafts.update(text="Typed in another window.\n", version=7)

    append_to_draft(picture, by=ada)

    assert post.drafts.get().text == (
        f"Typed in another window.\n\n![A \\[map\\]](picture:{picture.token})\n"
    )
