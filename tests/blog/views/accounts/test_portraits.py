"""Portraits: added, shown to who sees the name, removed; and the faces that show them."""

import io
from pathlib import PurePosixPath

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.urls import reverse
from PIL import Image

from blog.models import AuditEvent, Membership, User, version_of
from blog.pictures import PORTRAIT_SIDE
from tests import factories

RED, BLUE = (200, 0, 0), (0, 0, 200)


def photo(width=600, height=400, colour=RED, name="me.png"):
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def upload(client, user, file=None):
    client.force_login(user)
    file = photo() if file is None else file
    return client.post(reverse("portrait_change"), {"picture": file})


@pytest.fixture
def portrait(client, ada, django_capture_on_commit_callbacks):
    upload(client, ada)
    ada.refresh_from_db()
    client.logout()
    return reverse("portrait_file", args=[ada.portrait_token])


def files():
    return default_storage.listdir("portraits")[1] if default_storage.exists("portraits") else []


def face(person, reader, size=""):
    return Template(f'{{% load faces %}}{{% face person "{size}" %}}').render(
        Context({"person": person, "user": reader})
    )


# Adding and removing


def test_picture_becomes_a_small_square_that_names_nobody(client, ada):
    response = upload(client, ada)

    ada.refresh_from_db()
    with ada.portrait.open() as file, Image.open(file) as image:
        assert (image.format, image.size) == ("WEBP", (PORTRAIT_SIDE, PORTRAIT_SIDE))
        assert not image.getexif()
    assert response.url == reverse("profile_edit")
    assert ada.username not in ada.portrait.name
    assert b"Replace the picture" in client.get(response.url).content


def test_small_picture_is_not_blown_up(client, ada):
    upload(client, ada, photo(60, 90))

    ada.refresh_from_db()
    with ada.portrait.open() as file, Image.open(file) as image:
        assert image.size == (60, 60)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("", "Choose a picture first."),
        (SimpleUploadedFile("x.txt", b"no picture"), "This file is not a picture"),
        (SimpleUploadedFile("x.svg", b"<svg/>"), "SVG files are not accepted"),
    ],
)
def test_refused_file_says_why_and_keeps_the_portrait(client, ada, portrait, file, message):
    response = upload(client, ada, file)

    assert response.status_code == 422
    assert message in response.content.decode()
    before = ada.portrait.name
    ada.refresh_from_db()
    assert ada.portrait.name == before


def test_new_portrait_has_a_new_address_and_the_old_file_is_deleted(
    client, ada, portrait, django_capture_on_commit_callbacks
):
    before = ada.portrait.name

    with django_capture_on_commit_callbacks(execute=True):
        upload(client, ada, photo(colour=BLUE))

    ada.refresh_from_db()
    assert ada.portrait.name != before
    assert not default_storage.exists(before)
    assert default_storage.exists(ada.portrait.name)
    assert client.get(portrait).status_code == 404


def test_removed_portrait_leaves_no_file(client, ada, portrait, django_capture_on_commit_callbacks):
    client.force_login(ada)

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("portrait_remove"), follow=True)

    name = ada.portrait.name
    ada.refresh_from_db()
    assert (ada.portrait.name, default_storage.exists(name)) == ("", False)
    assert b"Your initials are shown instead" in response.content
    assert not AuditEvent.objects.exists()


def test_removing_none_is_no_error(client, bob):
    client.force_login(bob)

    assert client.post(reverse("portrait_remove")).url == reverse("profile_edit")


def test_file_whose_row_is_not_kept_is_deleted(client, ada, monkeypatch):
    before = files()
    monkeypatch.setattr(
        "blog.actions.portraits._replace", lambda *_args: (_ for _ in ()).throw(IntegrityError)
    )

    with pytest.raises(IntegrityError):
        upload(client, ada)

    assert files() == before


def test_two_people_have_no_portrait_in_common(ada, bob, portrait):
    bob.portrait = ada.portrait.name

    with pytest.raises(IntegrityError), transaction.atomic():
        bob.save()


def test_saved_profile_keeps_the_portrait(client, ada, portrait):
    client.force_login(ada)

    client.post(
        reverse("profile_edit"),
        {"display_name": "Ada L.", "time_zone": "UTC", "version": version_of(ada)},
    )

    before = ada.portrait.name
    ada.refresh_from_db()
    assert (ada.display_name, ada.portrait.name) == ("Ada L.", before)


def test_staff_remove_a_portrait_and_it_is_recorded(client, ada, portrait):
    root = factories.make_user("Root", is_staff=True, is_superuser=True)
    client.force_login(root)
    chosen = {"action": "remove_portraits", "_selected_action": [ada.pk]}

    client.post(reverse("admin:blog_user_changelist"), chosen)

    ada.refresh_from_db()
    assert not ada.portrait
    assert [(e.action, e.target, e.actor) for e in AuditEvent.objects.all()] == [
        ("portrait_removed", f"user:{ada.pk}", root)
    ]


# Who sees it


def test_classmates_see_the_portrait_and_may_keep_it_while_they_do(client, bob, ada, portrait):
    client.force_login(bob)

    response = client.get(portrait)
    again = client.get(portrait, headers={"If-None-Match": response["ETag"]})

    assert (response.status_code, response["Content-Type"]) == (200, "image/webp")
    assert response["Cache-Control"] == "private, no-cache"
    assert again.status_code == 304


def test_portrait_of_somebody_who_left_stays_beside_their_posts(client, bob, ada, portrait):
    Membership.objects.filter(user=ada).update(ended_at=factories.timezone.now())
    client.force_login(bob)

    assert client.get(portrait).status_code == 200


def test_portrait_in_two_shared_courses_is_one(client, bob, ada, portrait):
    other = factories.make_course()
    for user in (ada, bob):
        factories.add_member(other, user)
    client.force_login(bob)

    assert client.get(portrait).status_code == 200


def test_who_withholds_their_name_withholds_their_face(client, course, bob, ada, portrait):
    Membership.objects.filter(user=ada).update(is_confidential=True)
    instructor = course.memberships.get(role="instructor").user
    seen = {}

    for reader in (bob, ada, instructor):
        client.force_login(reader)
        fresh = User.objects.get(pk=reader.pk)
        seen[reader] = (client.get(portrait).status_code, "<img" in face(ada, fresh))

    assert seen == {bob: (404, False), ada: (200, True), instructor: (200, False)}
    classmate = User.objects.get(pk=bob.pk)
    first, last = ada.neutral_name.split()
    assert f">{first[0]}{last[0]}</span>" in face(ada, classmate)


# The face


def test_face_without_a_portrait_is_initials(ada, bob):
    assert face(ada, bob) == '<span class="face" aria-hidden="true">AS</span>'
    assert face(ada, ada, "s") == '<span class="face face-s face-you" aria-hidden="true">AS</span>'


def test_face_is_hidden_from_screen_readers_and_named(ada, bob, portrait):
    html = face(ada, bob, "xl")

    token = PurePosixPath(ada.portrait.name).stem
    assert html.startswith('<span class="face face-xl" aria-hidden="true">')
    assert f'src="/portraits/{token}.webp" alt="Ada Student" width="72" height="72"' in html


def test_face_of_a_guest_and_of_nobody(course, ada, bob):
    post = factories.make_post(ada, course)
    guest = factories.make_comment(None, post, guest_name="Gil <Guest>")
    template = Template("{% load faces %}{% comment_face comment %}{% face nobody %}")

    html = template.render(Context({"comment": guest, "user": bob, "nobody": None}))

    assert html == (
        '<span class="face face-s" aria-hidden="true">GG</span>'
        '<span class="face" aria-hidden="true">AG</span>'
    )


def test_faces_cost_no_query(ada, bob, portrait, django_assert_num_queries):
    reader = User.objects.get(pk=bob.pk)
    _ = reader.withheld_names

    with django_assert_num_queries(0):
        face(ada, reader)
