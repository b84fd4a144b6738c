"""A blog on its way into a course: uploaded, looked at, imported, taken back."""

import pytest
from playwright.sync_api import expect

from blog.models import Comment, Post
from tests import factories
from tests.browser.steps import button, heading
from tests.wordpress_files import comment, item, wxr

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_blog_to_posts(window, course, instructor, ada, scripts):
    factories.make_prompt(course, title="Ties")
    talk = [comment(1, "Where?"), comment(2, "Cheap watches", approved="0")]
    blog = wxr(
        item(1, title="Whom I ask", comments=talk),
        item(2, title="Seen from outside", login="milo"),
        authors=(("ada", "Ada Luna", "ada@blog.example"), ("milo", "Milo", "")),
    )
    file = {"name": "blog.xml", "mimeType": "text/xml", "buffer": blog}
    page = window(instructor, java_script_enabled=scripts)
    page.goto(f"/c/{course.slug}/setup/")
    page.get_by_role("link", name="Import from WordPress").click()
    page.get_by_label("Files from WordPress").set_input_files([file])
    button(page, "Continue").click()

    expect(heading(page, "Preview the import")).to_be_visible()
    page.get_by_label("Ada Luna is").select_option(label="Ada Student")
    button(page, "Import these posts").click()
    expect(page.get_by_text("Choose who this is.")).to_be_visible()
    expect(page.get_by_label("Ada Luna is").locator("option:checked")).to_have_text("Ada Student")
    assert not Post.objects.exists()

    page.get_by_label("Milo is").select_option("leave")
    page.get_by_label("What “Whom I ask” is for").select_option(label="1. Ties")
    button(page, "Save choices and preview again").click()
    expect(page.get_by_text("Choices saved. Nothing is imported yet.")).to_be_visible()
    expect(page.get_by_text("Left out: 1")).to_be_visible()
    button(page, "Import these posts").click()

    expect(page.get_by_text("1 post · 2 comments")).to_be_visible()
    page.get_by_role("link", name="1 comment waits for a decision").click()
    expect(page.get_by_text("Cheap watches")).to_be_visible()
    page.get_by_role("button", name="Publish the comment by Gil Guest").click()
    assert Comment.objects.open().count() == 2
    post = Post.objects.get()
    assert (post.author, post.prompt.title, post.published_at.year) == (ada, "Ties", 2020)

    page.goto(post.get_absolute_url())
    expect(heading(page, "Whom I ask")).to_be_visible()
    expect(page.get_by_text("Where?")).to_be_visible()
    page.goto(f"/c/{course.slug}/wordpress/")
    page.get_by_role("link", name="Ada’s blog").click()
    button(page, "Undo this import").click()
    expect(page.get_by_text("Import undone.")).to_be_visible()


def test_a_broken_file_is_repaired_and_asked_about(window, course, instructor):
    blog = wxr(item(1, title="Whom I ask")).replace(b"Whom I ask", b"Whom & why \x0bI ask")
    file = {"name": "blog.xml", "mimeType": "text/xml", "buffer": blog}
    page = window(instructor)
    page.goto(f"/c/{course.slug}/wordpress/")
    page.get_by_label("Files from WordPress").set_input_files([file])
    button(page, "Continue").click()

    expect(heading(page, "This file is damaged")).to_be_visible()
    page.get_by_text("What we repaired").click()
    expect(page.get_by_text("a control character: removed")).to_be_visible()
    page.get_by_label("Ada Luna is").select_option("guest")
    button(page, "Import these posts").click()
    expect(page.get_by_text("Say that you want to import the repaired text")).to_be_visible()
    page.get_by_label("Import the repaired text").check()
    button(page, "Import these posts").click()

    expect(page.get_by_role("link", name="Whom & why I ask")).to_be_visible()
