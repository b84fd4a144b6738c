"""The class bibliography in a browser: add a reference, cite a classmate, merge two."""

import pytest
from playwright.sync_api import expect

from blog.actions.posts import publish_post
from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.models import Audience, WorkMerge
from tests import factories
from tests.browser.steps import button, heading, write

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

TYPED = {key: value for key, value in factories.ARTICLE.items() if key != "DOI"}


def cite(author, course, csl, title):
    post = factories.make_draft_post(author, course, title)
    key = add_reference(post, add_work(course, csl, by=author), by=author).key
    publish_post(post, by=author, title=title, text=f"So [@{key}].", audience=Audience.COURSE)
    return post


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_student_adds_a_reference_and_cites_a_classmate(window, course, ada, bob, scripts):
    classmates = cite(ada, course, factories.ARTICLE, "Of ties")
    factories.make_draft_post(bob, course, "Mine")
    page = window(bob, java_script_enabled=scripts)

    page.goto(f"/c/{course.slug}/")
    page.get_by_role("link", name="References").click()
    page.get_by_label("Author, title, year or DOI").fill("weak ties")
    button(page, "Search").click()
    expect(page.get_by_text("1 reference with “weak ties”.")).to_be_visible()
    button(page, "Add to my references", exact=False).click()
    expect(page.get_by_text("Cite it there as [@granovetter1973].")).to_be_visible()
    expect(page.get_by_label("Author, title, year or DOI")).to_have_value("weak ties")

    page.goto(classmates.get_absolute_url())
    page.get_by_text("Cite this post").click()
    page.get_by_role("link", name="Add to my references").click()
    button(page, "Add to my references").click()
    page.get_by_role("link", name="Mine").click()
    year = classmates.published_at.year
    text = f"As @student{year} says after @granovetter1973."
    write(page, "Mine", text, has_scripts=scripts)
    button(page, "Publish").click()

    expect(page.get_by_text("Your post is published.")).to_be_visible()
    list_of_works = page.get_by_role("region", name="References").get_by_role("listitem")
    expect(list_of_works).to_have_count(2)
    list_of_works.filter(has_text="Of ties").get_by_role("link").first.click()
    expect(heading(page, "Of ties")).to_be_visible()


def test_an_instructor_merges_two_references_and_undoes_it(window, course, instructor, ada, bob):
    cite(ada, course, factories.ARTICLE, "Of ties")
    cite(bob, course, TYPED | {"issue": "5"}, "Of knots")
    page = window(instructor)

    page.goto(f"/c/{course.slug}/references/")
    page.get_by_role("link", name="Compare and merge").click()
    expect(page.get_by_role("radio").first).to_be_checked()
    button(page, "Merge").click()
    expect(page.get_by_text("The two references are now one.")).to_be_visible()
    expect(page.get_by_role("link", name="Of ties")).to_be_visible()
    expect(page.get_by_role("link", name="Of knots")).to_be_visible()
    assert WorkMerge.objects.count() == 1

    button(page, "Undo").click()

    expect(page.get_by_text("The two references are separate again.")).to_be_visible()
    expect(page.get_by_role("link", name="Of knots")).to_have_count(0)
    assert not WorkMerge.objects.exists()
