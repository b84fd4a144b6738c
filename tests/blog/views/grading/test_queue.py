"""The queue of a prompt: its pages."""

import pytest

from tests import factories

QUEUE = "/c/networks/desk/1/"


@pytest.fixture
def waiting(course, prompt):
    """Let five students wait for a grade; return their posts, the oldest first."""
    posts = []
    for number in range(5):
        student = factories.make_user(f"Student {number}")
        factories.add_member(course, student)
        posts.append(factories.make_post(student, course, f"Post {number}", prompt=prompt))
    return posts


def test_a_long_queue_has_pages(desk, waiting, monkeypatch):
    monkeypatch.setattr("blog.views.grading.queue.ROWS_PER_PAGE", 2)

    pages = [desk.get(QUEUE, {"show": "ungraded", "page": number}) for number in (1, 2, 3)]

    rows = [[row.item.post for row in page.context["rows"]] for page in pages]
    assert rows == [waiting[:2], waiting[2:4], waiting[4:]]
    html = [page.content.decode() for page in pages]
    assert ['href="?show=ungraded&amp;page=2"' in one for one in html] == [True, False, True]
    assert ["More students" in one for one in html] == [True, True, False]
    assert ["That’s everyone in this list." in one for one in html] == [False, False, True]
    assert all("5 left to grade" in one for one in html)


def test_a_short_queue_is_one_page_without_links(desk, waiting):
    html = desk.get(QUEUE).content.decode()

    assert "page-links" not in html
    assert "That’s everyone in this list." not in html
