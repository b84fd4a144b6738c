"""From a pasted line to a checked reference, with and without scripts, and what axe says of it."""

import pytest
from playwright.sync_api import expect

from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.models import Audience, Work
from blog.tasks import verify_due_works
from tests.blog.citations.test_comparison import BUI_LINE, RAJAGOPAL_LINE
from tests.blog.lookup.stub import BUI, RAJAGOPAL
from tests.browser.steps import button, find_reference
from tests.browser.test_axe import examine

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def post(ada, course):
    return start_post(course, by=ada, title="Ties", text="Networks are quiet.")


def desk(post):
    return f"/c/{post.course.slug}/posts/{post.slug}/edit/"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_doi_becomes_a_reference_in_two_clicks(window, ada, post, crossref, scripts):
    crossref.lay_work(BUI)
    page = window(ada, java_script_enabled=scripts)
    page.goto(desk(post))

    found = find_reference(page, BUI["DOI"])
    expect(found).to_contain_text("Frontiers in Psychology, 14, Article 1287728.")
    assert not Work.objects.exists()
    button(found, "Add Hung et al., 2023").click()

    expect(page.locator(".shelf")).to_contain_text("Hung et al., 2023")
    assert Work.objects.get().doi == BUI["DOI"]


def test_a_list_is_pasted_verified_and_corrected_in_the_editor(window, ada, post, crossref):
    crossref.lay_work(BUI)
    crossref.lay_search(RAJAGOPAL)
    page = window(ada)
    page.goto(desk(post))
    found = find_reference(page, f"{BUI_LINE}\n{RAJAGOPAL_LINE}")
    button(found, "Add all 2 references").click()
    references = page.locator(".shelf")
    expect(references.get_by_text("Not checked yet")).to_have_count(2)

    verify_due_works()
    page.reload()
    expect(references.get_by_text("Differs from Crossref")).to_have_count(2)
    references.locator("summary").first.click()
    button(references, "Use this value", exact=False).first.click()

    expect(references.get_by_text("Checked with Crossref")).to_have_count(1)
    assert Work.objects.get(doi=BUI["DOI"]).csl["number"] == "1287728"


def test_axe_finds_nothing_on_what_was_found(window, ada, post, crossref):
    crossref.lay_search(RAJAGOPAL)
    page = window(ada)
    page.goto(f"/c/{post.course.slug}/posts/{post.slug}/references/")
    page.get_by_label("Paste what you have").fill(RAJAGOPAL_LINE)
    button(page, "Look it up").click()
    expect(page.get_by_role("heading", name="Results")).to_be_visible()
    found = list(examine(page))
    button(page, "Add to my references").nth(1).click()
    expect(page.get_by_text("Not checked yet")).to_be_visible()
    verify_due_works()
    page.reload()
    expect(page.get_by_text("Differs from Crossref").first).to_be_visible()
    found += examine(page)
    button(page, "Edit Rajagopal et al., 2012").click()
    expect(page.get_by_role("heading", name="Compared with Crossref")).to_be_visible()
    found += examine(page)
    words = {"title": "Ties", "text": "Quiet [@rajagopal2012].", "audience": Audience.COURSE}
    publish_post(post, by=ada, **words)
    page.goto(post.get_absolute_url())
    expect(page.get_by_text("Differs from Crossref")).to_be_visible()
    found += examine(page)

    assert found == []
