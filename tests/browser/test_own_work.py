"""A student finds what is theirs: by mouse and keyboard, on a wide screen and on a phone."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from blog.models import SeenFeedback
from tests import factories
from tests.browser.steps import button, heading
from tests.browser.test_keyboard import press, tab_to
from tests.browser.test_people import SMALL

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True}


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def long_post(ada, instructor, course, prompt):
    """Return a post of many paragraphs, with feedback that was released."""
    post = factories.make_post(ada, course, "Of ties", prompt=prompt)
    post.revision.html = "".join(f'<p id="p{n}">{"Many words. " * 40}</p>' for n in range(1, 30))
    post.revision.save()
    factories.make_grading(
        post, instructor, "Read with interest.", level=3, released_at=timezone.now()
    )
    return post


def home(course):
    return reverse("course_home", args=[course.slug])


def test_write_on_a_phone_leads_to_the_draft(window, course, ada, prompt):
    draft = factories.make_draft_post(ada, course, "Half-open doors", prompt=prompt)
    page = window(ada, **PHONE)
    page.goto(home(course))

    page.get_by_role("link", name="Write", exact=True).tap()

    page.wait_for_url(f"**/posts/{draft.slug}/edit/")


def test_by_keyboard_from_write_to_a_new_post(window, course, ada, prompt):
    page = window(ada)
    page.goto(home(course))

    press(page, "link", "Write")
    expect(heading(page, "What do you want to write?")).to_be_visible()
    tab_to(page, page.get_by_role("link", name="Write your post"))
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/posts/new/?prompt={prompt.number}")


def test_on_a_phone_the_news_leads_to_feedback_in_view(window, course, ada, long_post):
    page = window(ada, **PHONE)
    page.goto(home(course))

    page.locator(".news").get_by_role("link", name="Read your feedback").tap()

    expect(page.get_by_text("Read with interest.")).to_be_in_viewport()
    box = page.locator("#feedback").bounding_box()
    text = page.locator("article p").first.bounding_box()
    assert box["y"] < 400
    assert box["y"] < text["y"]


def test_on_a_wide_screen_the_panel_is_beside_the_text(window, course, ada, long_post):
    page = window(ada, viewport={"width": 1280, "height": 900})
    page.goto(long_post.get_absolute_url())

    panel, text = page.locator("#feedback").bounding_box(), page.locator("article").bounding_box()

    assert panel["x"] > text["x"] + text["width"]
    assert abs(panel["y"] - text["y"]) < 40


def test_feedback_in_view_is_seen_and_the_news_is_gone(window, course, ada, long_post):
    page = window(ada)
    page.goto(long_post.get_absolute_url())
    expect(button(page, "Got it")).to_have_count(0)

    page.goto(home(course))

    expect(page.get_by_text("Published, feedback read")).to_be_visible()
    expect(page.locator(".news")).to_have_count(0)
    assert SeenFeedback.objects.count() == 1


def test_without_scripts_a_button_says_that_it_was_seen(window, course, ada, long_post):
    page = window(ada, java_script_enabled=False)
    page.goto(long_post.get_absolute_url())

    button(page, "Got it").click()

    page.goto(home(course))
    expect(page.locator(".news")).to_have_count(0)


def test_a_withdrawn_post_is_published_again_by_keyboard(window, course, ada, prompt):
    post = factories.make_withdrawn_post(ada, course, "Of ties", prompt=prompt)
    page = window(ada)
    page.goto(home(course))
    expect(page.get_by_text("Who will see it: course")).to_be_visible()

    press(page, "button", "Publish again")

    expect(page.get_by_text("Your post is published again, with its comments.")).to_be_visible()
    post.refresh_from_db()
    assert post.is_published


def test_my_work_is_found_in_the_menus(window, course, ada):
    page = window(ada, **PHONE)
    page.goto(home(course))

    button(page, "Menu").tap()
    page.get_by_role("navigation").get_by_role("link", name="My work").tap()
    expect(heading(page, "My work")).to_be_visible()

    page.goto(home(course))
    page.locator("summary").filter(has_text="Account: Ada Student").tap()
    page.locator(".menu-sheet").get_by_role("link", name="My work").tap()
    expect(heading(page, "My work")).to_be_visible()


def test_the_menu_of_a_phone_works_without_scripts(window, course, ada):
    page = window(ada, java_script_enabled=False, **PHONE)
    page.goto(home(course))
    people = page.get_by_role("navigation").get_by_role("link", name="People")
    expect(people).to_be_hidden()

    button(page, "Menu").tap()

    people.tap()
    expect(heading(page, "People")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("several", [False, True])
def test_pages_outside_a_course_lead_back_to_it(window, course, ada, width, several):
    course.title = "Social Media and Personalized Learning, with a long second half of a title"
    course.save()
    if several:
        factories.add_member(factories.make_course(title="Another long title of a course"), ada)
    page = window(ada, viewport={"width": width, "height": 700})
    page.goto(home(course))

    page.get_by_role("link", name="Who can see what").click()

    expect(heading(page, "Who can see what")).to_be_visible()
    assert page.locator(".masthead").bounding_box()["height"] <= 54
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("navigation").get_by_role("link", name=course.title).click()
    page.wait_for_url(f"**{home(course)}")


@pytest.mark.parametrize("width", [320, 390, 820, 1024, 1280])
def test_the_header_is_one_row_at_every_width(window, course, ada, width):
    course.title = "Social Media and Personalized Learning, with a long second half of a title"
    course.save()
    page = window(ada, viewport={"width": width, "height": 700})
    page.goto(home(course))

    assert page.locator(".masthead").bounding_box()["height"] <= 54
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_theme_is_chosen_in_the_menu_and_its_button_says_what_it_does(window, course, ada):
    page = window(ada, color_scheme="light")
    page.goto(home(course))
    page.locator("summary").filter(has_text="Account").click()

    button(page, "Dark theme").click()

    expect(button(page, "Light theme")).to_be_visible()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    button(page, "Light theme").click()
    expect(button(page, "Dark theme")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390])
def test_links_that_stand_alone_are_large_enough_to_hit(
    window, course, ada, bob, prompt, long_post, width
):
    factories.make_draft_post(ada, course, "Half-open doors")
    factories.make_post(bob, course)
    page = window(ada, viewport={"width": width, "height": 800})
    small = {}

    for name in ("course_home", "course_work", "prompt_list", "write_choice"):
        page.goto(reverse(name, args=[course.slug]))
        small[name] = page.evaluate(SMALL)
    for name, argument in [
        ("post_page", long_post.slug),
        ("post_cite", long_post.slug),
        ("revision_list", long_post.slug),
        ("person_page", ada.username),
    ]:
        page.goto(reverse(name, args=[course.slug, argument]))
        small[name] = page.evaluate(SMALL)

    assert {name: found for name, found in small.items() if found} == {}
