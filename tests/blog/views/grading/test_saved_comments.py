"""The comments that a grader keeps."""

import uuid

import pytest

from blog.actions.saved_comments import save_saved_comment
from blog.models import SavedComment
from blog.models.saved_comments import MAX_SAVED_COMMENTS
from tests import factories

PATH = "/c/networks/desk/comments/"


@pytest.fixture
def grader(client, course, assistant):
    client.force_login(assistant)
    return client


@pytest.fixture
def three(assistant):
    for place, text in enumerate(["Source?", "Keep this.", "Two claims."], start=1):
        factories.make_saved_comment(assistant, text, position=place)
    return list(SavedComment.objects.all())


def texts(client):
    return client.get(f"{PATH}texts/").json()["texts"]


def add(client, text, key=None):
    return client.post(PATH, {"key": key or uuid.uuid4(), "text": text})


def test_a_comment_is_added_once_at_the_end_and_without_line_ends(grader, three):
    key = uuid.uuid4()

    answers = [add(grader, "Half a line\r\n\r\nwill do.", key) for _twice in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert texts(grader) == ["Source?", "Keep this.", "Two claims.", "Half a line will do."]


@pytest.mark.parametrize(
    ("place", "direction", "expected"),
    [
        (1, "down", ["Keep this.", "Source?", "Two claims."]),
        (3, "up", ["Source?", "Two claims.", "Keep this."]),
        (1, "up", ["Source?", "Keep this.", "Two claims."]),
        (3, "down", ["Source?", "Keep this.", "Two claims."]),
    ],
)
def test_comments_are_moved(grader, three, place, direction, expected):
    grader.post(f"{PATH}{three[place - 1].pk}/{direction}/")

    assert texts(grader) == expected


def test_a_comment_is_changed_and_deleted(grader, three):
    grader.post(f"{PATH}{three[0].pk}/", {"text": "Which source?"})
    response = grader.post(f"{PATH}{three[1].pk}/delete/", follow=True)

    assert texts(grader) == ["Which source?", "Two claims."]
    assert "Deleted: “Keep this.”" in response.content.decode()


def test_nobody_else_sees_or_changes_them(client, course, instructor, three):
    client.force_login(instructor)

    assert texts(client) == []
    assert "Keep this." not in client.get(PATH).content.decode()
    for action in ("", "up/", "down/", "delete/"):
        assert client.post(f"{PATH}{three[0].pk}/{action}", {"text": "No"}).status_code == 404
    assert list(SavedComment.objects.all()) == three


def test_they_are_there_in_every_course(grader, three, assistant):
    other = factories.make_course("other")
    factories.add_member(other, assistant, role=factories.Role.ASSISTANT)

    response = grader.get("/c/other/desk/comments/texts/")

    assert response.json() == {"texts": ["Source?", "Keep this.", "Two claims."]}


def test_there_is_an_end_to_them(grader, assistant):
    for _each in range(MAX_SAVED_COMMENTS):
        save_saved_comment(SavedComment(owner=assistant, text="One more."), by=assistant)

    refused = add(grader, "One too many.")

    assert refused.status_code == 422
    assert "You can save up to 100 comments." in refused.content.decode()
    assert SavedComment.objects.count() == MAX_SAVED_COMMENTS


@pytest.mark.parametrize("text", ["", "   ", "x" * 601])
def test_a_text_that_is_none_or_too_long_is_refused(grader, text):
    assert add(grader, text).status_code == 422
    assert not SavedComment.objects.exists()


@pytest.mark.parametrize("comments", [1, 3])
def test_saved_comment_list_query_count(grader, assistant, comments, django_assert_num_queries):
    for place in range(comments):
        factories.make_saved_comment(assistant, f"Comment {place}", position=place)

    with django_assert_num_queries(3):
        grader.get(PATH)
