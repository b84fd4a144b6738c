"""Lists of people in the browser's words: refused, asked about, previewed, added, undone."""

from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from blog.models import Invitation, RosterImport
from tests import factories

PAGE = "/c/networks/roster/imports/"


@pytest.fixture(autouse=True)
def _signed_in(client, course, instructor):
    cache.clear()
    client.force_login(instructor)
    yield
    cache.clear()


def upload(client, content, name="list.csv"):
    uploaded = SimpleUploadedFile(name, content)
    return client.post(PAGE, {"key": uuid4(), "list_file": uploaded, "pasted": ""})


def paste(client, text):
    return client.post(PAGE, {"key": uuid4(), "pasted": text})


def page_of(response):
    return " ".join(response.content.decode().split())


def test_pasted_names_are_previewed_added_and_undone(client, course):
    address = paste(client, "Nia New <nia@example.edu>\nOla Old, ola@example.edu").url

    preview = page_of(client.get(address))
    assert "Nothing is changed yet." in preview
    assert preview.count("New: gets an invitation") == 2
    assert not Invitation.objects.exists()

    added = page_of(client.post(f"{address}add/", follow=True))
    assert "List imported. 2 people get an invitation." in added
    assert Invitation.objects.open().count() == 2

    undone = page_of(client.post(f"{address}undo/", follow=True))
    assert "Import undone. Its invitations no longer work." in undone
    assert not Invitation.objects.open().exists()


def test_a_list_is_kept_without_its_passwords(client):
    content = b"Name,Email,Password\nNia New,nia@example.edu,s3cret\n"

    upload(client, content)

    assert bytes(RosterImport.objects.get().data) == content.replace(b"s3cret", b"")


def test_the_same_form_twice_is_one_list(client, course):
    key, form = uuid4(), {"pasted": "Nia New <nia@example.edu>"}

    addresses = {client.post(PAGE, {"key": key, **form}).url for _twice in range(2)}

    assert len(addresses) == 1
    assert RosterImport.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "This list is empty."),
        (b"%PDF-1.7", "This is a PDF. Upload a CSV or XLSX file, or paste the names and emails."),
        (b"\n\n", "This list is empty."),
        (b"1,2\n3,4\n", "There are no people in this list."),
    ],
)
def test_file_that_is_no_list_says_so(client, course, content, words):
    response = upload(client, content)

    assert response.status_code == 422
    assert words in page_of(response)
    assert not RosterImport.objects.exists()


def test_nothing_at_all_says_what_to_do(client, course):
    assert "Choose a file, or paste names and emails below." in page_of(paste(client, "  "))


def test_pasted_text_comes_back_when_it_is_refused(client, course):
    response = paste(client, "What is a network?")

    assert response.status_code == 422
    assert "What is a network?" in page_of(response)


def test_question_is_asked_with_texts_to_choose_by(client, course):
    content = b"Name,Email,Email\nNia New,nia@example.edu,nia@else.example\n"
    address = upload(client, content).url

    asked = page_of(client.get(address))
    assert "nia@else.example" in asked
    assert "Add these people" not in asked

    client.post(address, {"email": "2"})

    preview = page_of(client.get(address))
    assert "nia@else.example" in preview
    assert "Add these people" in preview


def test_problem_is_told_with_its_line(client, course):
    address = upload(client, b"Name,Email\nNia New,nia@example.edu\nBad Mail,bad at mail\n").url

    preview = page_of(client.get(address))

    assert "Line 3" in preview
    assert "This is not an email." in preview


def test_names_with_markup_are_printed_as_written(client, course):
    address = upload(client, b'Name,Email\n"<b>Nia</b> New",nia@example.edu\n').url

    assert b"<b>Nia" not in client.get(address).content


def test_lists_of_another_course_are_not_found(client, course):
    other = factories.make_course(instructor=factories.make_user())
    found = factories.make_roster_import(other, factories.make_user())

    assert client.get(f"{PAGE}{found.pk}/").status_code == 404
    assert client.post(f"{PAGE}{found.pk}/add/").status_code == 404


def test_too_many_lists_an_hour_are_refused(client, course, monkeypatch):
    monkeypatch.setattr("blog.web.uploads.READINGS", 1)
    paste(client, "Nia New <nia@example.edu>")

    assert paste(client, "Ola Old <ola@example.edu>").status_code == 429
