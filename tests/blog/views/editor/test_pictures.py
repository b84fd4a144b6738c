"""Pictures: how they come to a post, and whom they are shown to."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from blog.actions.pictures import MAX_BYTES_PER_PERSON
from blog.actions.post_states import delete_post, restore_post, withdraw_post
from blog.actions.posts import publish_post
from blog.exceptions import Refused
from blog.models import Audience, Picture, Post
from tests import factories


def file(kind="PNG", size=(60, 40), name="map.png"):
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return SimpleUploadedFile(name, out.getvalue())


def filled(**fields):
    return {"key": str(uuid.uuid4()), "picture": file(), "alternative": "A map"} | fields


@pytest.fixture
def post(ada, course):
    return factories.make_draft_post(ada, course, text="Where we met.")


@pytest.fixture
def address(post):
    return reverse("picture_add", args=[post.course.slug, post.slug])


@pytest.fixture
def upload(post):
    return reverse("picture_upload", args=[post.course.slug, post.slug])


@pytest.fixture
def as_ada(client, ada):
    client.force_login(ada)
    return client


def publish(post, text, audience=Audience.COURSE):
    return publish_post(post, by=post.author, title="Maps", text=text, audience=audience)


@pytest.fixture
def storage_calls(monkeypatch):
    """Return the writes and deletions, each with whether that was inside a transaction."""
    calls = []
    storage = Picture._meta.get_field("large").storage
    # A test has a transaction of its own around it.
    outer = len(connection.savepoint_ids)

    def watched(name):
        call = getattr(storage, name)

        def watch(*args, **kwargs):
            calls.append((name, len(connection.savepoint_ids) > outer))
            return call(*args, **kwargs)

        monkeypatch.setattr(storage, name, watch, raising=False)

    watched("save")
    watched("delete")
    return calls


def picture_files(course):
    storage = Picture._meta.get_field("large").storage
    folder = f"pictures/{course.pk}"
    return set(storage.listdir(folder)[1]) if storage.exists(folder) else set()


WRITTEN = [("save", False)] * 2
DELETED = [("delete", False)] * 2


# Bring one


def test_page_asks_for_the_picture_and_its_description(as_ada, address):
    page = as_ada.get(address).content.decode()

    assert "Add a picture" in page
    assert "Description for people who cannot see the picture" in page


def test_picture_goes_to_the_end_of_the_draft(as_ada, post, address):
    response = as_ada.post(address, filled(), follow=True)

    picture = Picture.objects.get()
    assert response.redirect_chain[-1][0] == reverse(
        "post_edit", args=[post.course.slug, post.slug]
    )
    assert "The picture is in your text." in response.content.decode()
    assert post.drafts.get().text == f"Where we met.\n\n![A map](picture:{picture.token})\n"
    assert (picture.uploader, picture.width, picture.height) == (post.author, 60, 40)
    assert picture.large.name == f"pictures/{post.course_id}/{picture.token}.webp"
    assert f'src="/pictures/{picture.token}/large.webp"' in response.content.decode()


def test_script_gets_the_words_and_the_draft_stays_as_it_is(as_ada, post, upload):
    response = as_ada.post(upload, filled())

    assert response.json() == {
        "text": Picture.objects.get().markdown,
        "said": "The picture is in your text.",
    }
    assert post.drafts.get().text == "Where we met."


def test_form_that_comes_twice_brings_one_picture(as_ada, post, address):
    key = str(uuid.uuid4())
    for _time in range(2):
        as_ada.post(address, filled(key=key))

    assert Picture.objects.count() == 1
    assert post.drafts.get().text.count("picture:") == 1


@pytest.mark.parametrize(
    "other", [{"alternative": "Another map"}, {"picture": file(size=(30, 30))}]
)
def test_a_form_that_comes_again_with_another_picture_says_so(as_ada, post, address, other):
    key = str(uuid.uuid4())
    as_ada.post(address, filled(key=key))

    refused = as_ada.post(address, filled(key=key) | other)
    new_key = refused.context["form"]["key"].value()
    for picture in filter(None, [other.get("picture")]):
        picture.seek(0)
    accepted = as_ada.post(address, filled(key=new_key) | other)

    assert (refused.status_code, accepted.status_code) == (422, 302)
    assert "and that picture is added" in refused.content.decode()
    assert new_key != key
    assert Picture.objects.count() == 2


@pytest.mark.parametrize(
    "other",
    [{"alternative": "Another map"}, {"picture": (30, 30)}, {"is_decorative": "on"}],
    ids=["description", "picture", "decorative"],
)
def test_a_script_without_an_answer_gets_what_it_sends_next(as_ada, post, upload, other):
    key = str(uuid.uuid4())
    if "picture" in other:
        other = {"picture": file(size=other["picture"])}

    first = as_ada.post(upload, filled(key=key)).json()  # and this is lost
    second = as_ada.post(upload, filled(key=key) | other).json()
    if "picture" in other:
        other["picture"].seek(0)
    same = as_ada.post(upload, filled(key=key) | other).json()
    first_again = as_ada.post(upload, filled(key=key)).json()

    assert second["said"] == first["said"] == "The picture is in your text."
    assert second["text"] != first["text"]
    assert (same, first_again) == (second, first)
    assert Picture.objects.count() == 2
    assert post.drafts.get().text == "Where we met."


@pytest.mark.parametrize("name", ["picture_add", "picture_upload"])
def test_no_file_is_written_or_deleted_inside_a_transaction(
    as_ada, post, name, storage_calls, monkeypatch
):
    address = reverse(name, args=[post.course.slug, post.slug])
    form = filled()
    as_ada.post(address, form)
    assert storage_calls == WRITTEN

    as_ada.post(address, form | {"picture": file()})
    assert storage_calls == WRITTEN + WRITTEN + DELETED

    monkeypatch.setattr("blog.actions.pictures.MAX_BYTES_PER_PERSON", 1)
    as_ada.post(address, filled())
    assert storage_calls[6:] == WRITTEN + DELETED


@pytest.mark.parametrize("failure", [Refused("No."), RuntimeError])
def test_files_go_again_where_the_draft_cannot_be_saved(
    as_ada, post, address, storage_calls, monkeypatch, failure
):
    before = picture_files(post.course)

    def fail(*args, **kwargs):
        raise failure

    monkeypatch.setattr("blog.actions.pictures.save_draft", fail)
    as_ada.raise_request_exception = False
    as_ada.post(address, filled())

    assert picture_files(post.course) == before
    assert not Picture.objects.exists()
    assert storage_calls == WRITTEN + DELETED


def test_decoration_needs_no_description_and_has_none(as_ada, post, address):
    as_ada.post(address, filled(is_decorative="on"))

    picture = Picture.objects.get()
    assert (picture.alternative, picture.is_decorative) == ("", True)
    assert post.drafts.get().text.endswith(f"![](picture:{picture.token})\n")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"alternative": " "}, "Describe the picture, or tick “Decorative only”."),
        ({"picture": SimpleUploadedFile("a.png", b"<svg>")}, "SVG files are not accepted"),
        ({"picture": SimpleUploadedFile("a.png", b"words")}, "not a picture that can be shown"),
        ({"picture": SimpleUploadedFile("a.png", b"\0" * 12_000_001)}, "larger than 12 MB"),
        ({"picture": ""}, "Choose a picture first."),
    ],
    ids=["silent", "svg", "pdf", "large", "none"],
)
def test_what_is_refused_is_said_and_changes_nothing(as_ada, post, address, upload, fields, said):
    page = as_ada.post(address, filled(**fields))
    if fields.get("picture"):
        fields["picture"].seek(0)
    script = as_ada.post(upload, filled(**fields))

    assert said in page.content.decode()
    assert (script.status_code, said in script.json()["said"]) == (422, True)
    assert Picture.objects.count() == 0
    assert post.drafts.get().text == "Where we met."


def test_quota_is_per_person_and_course(as_ada, bob, ada, course, post, address):
    full = factories.make_picture(post, bytes=MAX_BYTES_PER_PERSON - 1)
    folder = full.large.storage.listdir(f"pictures/{course.pk}")[1]
    of_bob = factories.make_draft_post(bob, course)
    other = factories.make_course()
    factories.add_member(other, ada)

    said = as_ada.post(address, filled()).content.decode()

    assert "Your pictures in this course can use up to 47.7" in said
    assert full.large.storage.listdir(f"pictures/{course.pk}")[1] == folder
    for user, elsewhere in ((bob, of_bob), (ada, factories.make_draft_post(ada, other))):
        client = Client()
        client.force_login(user)
        client.post(reverse("picture_add", args=[elsewhere.course.slug, elsewhere.slug]), filled())
        assert elsewhere.pictures.count() == 1


# In the text


def test_published_text_shows_the_picture_and_says_so_once(ada, post):
    picture = factories.make_picture(post)

    revision = publish(post, f"Words.\n\n{picture.markdown}")

    assert revision.html.count(f'src="/pictures/{picture.token}/large.webp"') == 1
    assert revision.rerender() is False


def test_picture_of_another_post_is_not_shown_and_not_published(ada, course, post):
    picture = factories.make_picture(factories.make_draft_post(ada, course))

    with pytest.raises(Refused, match="a picture that this post does not have"):
        publish(post, picture.markdown)


def test_editor_shows_pictures_with_one_query_more(as_ada, post, django_assert_num_queries):
    editor = reverse("post_edit", args=[post.course.slug, post.slug])
    counts = []
    for _number in (1, 2, 3):
        picture = factories.make_picture(post)
        draft = post.drafts.get()
        draft.text += f"\n\n{picture.markdown}"
        draft.save()
        with django_assert_num_queries(9):
            page = as_ada.get(editor).content.decode()
        counts.append(page.count('src="/pictures/'))

    assert counts == [1, 2, 3]


def test_text_that_is_pasted_again_keeps_its_pictures(as_ada, post):
    picture = factories.make_picture(post)
    paste = reverse("post_paste", args=[post.course.slug, post.slug])

    page = as_ada.post(paste, {"pasted": f"Again.\n\n{picture.markdown}"})

    assert f'src="{picture.shown.address}"' in page.content.decode()


# Who sees it: the audience of the post is the audience of its pictures


@pytest.fixture
def readers(ada, bob, assistant, instructor, observer, eve, course):
    cyn = factories.make_user("Cyn")
    factories.add_member(course, cyn)
    factories.make_pod(course, "Pod 1", ada, bob)
    gone = factories.make_user("Gone")
    factories.add_member(course, gone, ended_at=timezone.now())
    return {
        "visitor": None,
        "eve": eve,
        "gone": gone,
        "observer": observer,
        "cyn": cyn,
        "bob": bob,
        "ada": ada,
        "assistant": assistant,
        "instructor": instructor,
    }


def who_sees(picture, readers):
    seen = set()
    for name, user in readers.items():
        client = Client()
        if user:
            client.force_login(user)
        answers = {
            client.get(reverse("picture_file", args=[picture.token, size])).status_code
            for size in ("large", "small")
        }
        assert answers in ({200}, {404}), name
        if answers == {200}:
            seen.add(name)
    return seen


WRITER = {"ada"}
TEAM = {"assistant", "instructor"}
COURSE = {"observer", "cyn", "bob"} | WRITER | TEAM
STRANGERS = {"eve", "gone"}


@pytest.mark.parametrize(
    ("audience", "seen"),
    [
        (Audience.ONLY_ME, WRITER),
        (Audience.INSTRUCTORS, WRITER | TEAM),
        (Audience.POD, WRITER | TEAM | {"bob"}),
        (Audience.COURSE, COURSE),
        (Audience.SIGNED_IN, COURSE | STRANGERS),
        (Audience.PUBLIC, COURSE | STRANGERS | {"visitor"}),
    ],
)
def test_readers_of_the_post_see_its_pictures_and_nobody_else(ada, post, readers, audience, seen):
    picture = factories.make_picture(post)
    assert who_sees(picture, readers) == WRITER

    publish(post, picture.markdown, audience)

    assert who_sees(picture, readers) == seen


def test_picture_not_published_yet_is_its_authors(course, ada, readers):
    post = factories.make_post(ada, course, audience=Audience.PUBLIC)
    picture = factories.make_picture(post, shown=False)

    assert who_sees(picture, readers) == WRITER


def test_picture_of_an_earlier_text_is_for_those_who_read_that_text(post, readers):
    secret, former = factories.make_picture(post), factories.make_picture(post)
    publish(post, secret.markdown, Audience.ONLY_ME)
    publish(post, former.markdown, Audience.COURSE)
    publish(post, "Words alone.", Audience.PUBLIC)

    assert who_sees(secret, readers) == WRITER
    assert who_sees(former, readers) == WRITER | TEAM


def test_pictures_follow_a_post_that_is_withdrawn_deleted_or_narrowed(ada, post, readers):
    picture = factories.make_picture(post)
    publish(post, picture.markdown, Audience.PUBLIC)
    posts = Post.objects.filter(pk=post.pk)

    posts.update(public_until=timezone.now() - timedelta(minutes=1))
    assert who_sees(picture, readers) == COURSE
    withdraw_post(post, by=ada)
    assert who_sees(picture, readers) == WRITER | TEAM
    delete_post(post, by=ada)
    assert who_sees(picture, readers) == set()
    restore_post(post, by=ada)
    assert who_sees(picture, readers) == WRITER | TEAM


def test_file_says_what_it_is_and_asks_each_time(as_ada, client, post):
    picture = factories.make_picture(post)
    address = reverse("picture_file", args=[picture.token, "large"])

    response = as_ada.get(address)
    again = as_ada.get(address, headers={"If-None-Match": response["ETag"]})
    stranger = Client().get(address, headers={"If-None-Match": response["ETag"]})

    assert response.content == b"A picture"
    assert {name: response[name] for name in response.headers if name != "ETag"} == {
        "Content-Type": "image/webp",
        "Content-Disposition": "inline",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-cache",
        "Vary": "Cookie",
        "Content-Length": "9",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": response["Referrer-Policy"],
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    assert (again.status_code, stranger.status_code) == (304, 404)


@pytest.mark.parametrize("size", ["original", "url", "post"])
def test_there_is_no_other_size(as_ada, post, size):
    picture = factories.make_picture(post)

    assert as_ada.get(reverse("picture_file", args=[picture.token, size])).status_code == 404


def test_file_that_is_missing_on_the_disk_is_not_found(as_ada, post):
    picture = factories.make_picture(post)
    picture.large.storage.delete(picture.large.name)

    assert as_ada.get(picture.shown.address).status_code == 404


def test_file_costs_the_same_queries_whoever_asks(as_ada, post, django_assert_num_queries):
    picture = factories.make_picture(post)

    with django_assert_num_queries(3):
        as_ada.get(picture.shown.address)
