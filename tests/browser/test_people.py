"""People, posts, references and the network on phones, by keyboard and without scripts."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from PIL import Image
from playwright.sync_api import expect

from network.models import Follow
from tests import factories
from tests.browser.steps import button, heading, log_in
from tests.browser.test_axe import FITS
from tests.browser.test_keyboard import tab_to, walk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PHONE = {"viewport": {"width": 390, "height": 844}}
# Links and buttons that stand alone are at least 24 px high; links in running text are not meant.
SMALL = """() => [...document.querySelectorAll(
  "main :is(a, button):not(p a, td a, figcaption a, svg a)")]
  .filter((e) => e.getClientRects().length && e.getBoundingClientRect().height < 23.5)
  .map((e) => `${e.innerText} ${e.getBoundingClientRect().height}`)"""

# Whether something with words of its own begins in the right half of the page.
USES_WIDTH = """() => [...document.querySelectorAll("main *")].some((element) =>
  element.getBoundingClientRect().left > innerWidth / 2 && element.textContent.trim())"""


@pytest.fixture
def classmates(course, ada, bob):
    """Return Cleo, and Ada and Bob of another pod; all with a post, Ada's comment for Bob."""
    cleo = factories.make_user("Cleo Moss")
    factories.add_member(course, cleo)
    factories.make_pod(course, "Wrens", ada, bob)
    factories.make_pod(course, "Herons", cleo)
    for person in (bob, cleo):
        factories.make_post(person, course, f"By {person.display_name}")
    factories.make_comment(ada, factories.make_post(bob, course, "Commented"))
    factories.make_reference(bob.posts.first(), cited=True)
    return cleo


def test_follow_changes_its_word_where_it_is(window, course, ada, classmates):
    page = window(ada, **PHONE)
    page.goto(f"/c/{course.slug}/people/")
    page.evaluate("window.isSamePage = true")
    row = page.get_by_role("listitem").filter(has_text="Cleo Moss")

    tab_to(page, row.get_by_role("button", name="Follow Cleo Moss"))
    page.keyboard.press("Enter")
    following = row.get_by_role("button", name="Following Cleo Moss")
    expect(following).to_have_attribute("aria-pressed", "true")
    expect(following).to_be_focused()
    assert Follow.objects.get().followed == classmates

    page.keyboard.press("Enter")
    expect(row.get_by_role("button", name="Follow Cleo Moss", exact=True)).to_be_focused()
    assert not Follow.objects.exists()
    assert page.evaluate("window.isSamePage")


def test_follow_that_is_not_saved_says_so(window, course, ada, classmates):
    page = window(ada)
    page.goto(f"/c/{course.slug}/people/")
    row = page.get_by_role("listitem").filter(has_text="Cleo Moss")
    page.context.set_offline(True)

    button(row, "Follow Cleo Moss").click()

    expect(row.get_by_role("status")).to_have_text("Not saved. Try again.")
    page.context.set_offline(False)
    button(row, "Follow Cleo Moss").click()
    expect(button(row, "Following Cleo Moss")).to_be_focused()


def test_people_without_scripts(window, course, ada, classmates):
    page = window(ada, java_script_enabled=False, **PHONE)
    page.goto(f"/c/{course.slug}/people/")

    page.get_by_label("Find a person").fill("cleo")
    button(page, "Search").click()
    expect(page.locator(".person .name")).to_have_text(["Cleo Moss"])
    button(page, "Follow Cleo Moss").click()
    expect(button(page, "Following Cleo Moss")).to_be_visible()
    assert page.url.endswith(f"?q=cleo#person-{classmates.username}")
    page.get_by_role("link", name="People I follow").click()
    expect(page.locator(".person .name")).to_have_text(["Cleo Moss"])


def test_first_comment_begins_in_the_text_field(window, course, ada, classmates):
    page = window(ada, **PHONE)
    page.goto(f"/c/{course.slug}/posts/")

    page.get_by_role("link", name="Write the first comment on “By Cleo Moss”").click()

    expect(page.get_by_role("textbox", name="Your comment")).to_be_focused()


def test_search_above_and_filters_beside_are_one_form(window, course, ada, classmates):
    page = window(ada)
    page.goto(f"/c/{course.slug}/references/")

    page.get_by_label("Cited by").select_option("My pod")
    page.get_by_label("Author, title, year or DOI").fill("granovetter")
    page.keyboard.press("Enter")

    expect(page.get_by_text("1 reference with “granovetter”.")).to_be_visible()
    expect(page.get_by_label("Cited by")).to_have_value("pod")


def test_node_leads_to_its_row(window, course, ada, bob, classmates):
    page = window(ada)
    page.goto(f"/c/{course.slug}/network/")

    tab_to(page, page.locator("svg.ego a").filter(has_text="Bob"))
    page.keyboard.press("Enter")

    expect(page.locator(f"tr#tie-{bob.username}:target")).to_be_in_viewport()


@pytest.mark.parametrize("scripts", [True, False])
def test_lists_use_the_width_of_the_page(window, course, ada, bob, classmates, scripts):
    page = window(bob, viewport={"width": 1280, "height": 900}, java_script_enabled=scripts)
    post = bob.posts.first()
    factories.make_revision(post, number=2)
    home = f"/c/{course.slug}/"
    history = f"{post.get_absolute_url()}history/"
    in_course = ("", "people/", "posts/", "references/", "network/")
    outside = ("/", "/me/", f"/me/work/{course.slug}/", "/about/", "/about/who-can-see-what/")

    for path in (*(f"{home}{part}" for part in in_course), history, *outside):
        page.goto(path)
        assert page.evaluate(USES_WIDTH), path


def test_forms_of_a_course_use_the_width_of_the_page(window, course, instructor):
    """Beside their fields stands what belongs to them, and no half of the page is empty (I43)."""
    instructor.user_permissions.add(Permission.objects.get(codename="open_course"))
    page = window(instructor, viewport={"width": 1280, "height": 900})

    for path in ("settings/", "prompts/new/", "settings/rubrics/new/", "/courses/new/"):
        page.goto(path if path[0] == "/" else f"/c/{course.slug}/{path}")
        assert page.evaluate(USES_WIDTH), path


def test_landing_begins_with_what_it_is_and_where_to_sign_in(window):
    page = window(viewport={"width": 1280, "height": 900})
    page.goto("/")

    assert page.locator("#sign-in").bounding_box()["y"] < 200
    for part in (heading(page, "A course journal"), page.get_by_label("Password")):
        expect(part).to_be_in_viewport(ratio=1)
    expect(heading(page, "The second bench")).to_be_in_viewport()
    expect(page.get_by_role("img", name="A student’s network in week 8")).to_be_visible()

    page.set_viewport_size(PHONE["viewport"])
    top = heading(page, "A course journal").bounding_box()["y"]
    acts = page.get_by_role("link", name="Join a course").bounding_box()["y"]
    post = heading(page, "The second bench").bounding_box()["y"]
    form = page.get_by_label("Password").bounding_box()["y"]
    assert 0 < top < acts < post < form
    assert acts < PHONE["viewport"]["height"] / 2


def test_portrait_is_added_and_shown(window, course, ada, bob, tmp_path):
    picture = Path(tmp_path, "me.png")
    Image.new("RGB", (400, 300), (200, 0, 0)).save(picture)
    page = window(ada, **PHONE)
    page.goto("/me/")

    page.get_by_label("Picture").set_input_files(picture)
    button(page, "Add the picture").click()
    expect(page.get_by_text("Portrait saved.")).to_be_visible()
    page.goto(f"/c/{course.slug}/people/")
    face = page.locator(".person").filter(has_text="Ada Student").locator(".face img")
    expect(face).to_have_js_property("naturalWidth", 256)
    box = face.bounding_box()
    assert (box["width"], box["height"]) == (34, 34)
    page.goto("/me/")
    button(page, "Remove the picture").click()
    expect(page.get_by_text("Your initials are shown instead.")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_signing_in_where_one_arrives(window, ada, scripts):
    page = window(java_script_enabled=scripts, **PHONE)
    page.goto("/?next=/me/")
    page.get_by_role("link", name="Sign in").filter(visible=True).last.click()

    page.get_by_label("Email").fill(ada.email)
    page.get_by_label("Password").fill("not this one")
    page.keyboard.press("Enter")
    expect(page.get_by_text("This email and password don’t match.")).to_be_in_viewport()
    page.get_by_label("Password").fill(factories.PASSWORD)
    page.keyboard.press("Enter")

    expect(heading(page, "My profile")).to_be_visible()


def test_sign_in_page_stays_for_deep_links(window, ada):
    log_in(window(), ada.email, factories.PASSWORD)


def test_every_stop_is_seen_and_large_enough(window, course, ada, classmates):
    page = window(ada, **PHONE)
    small = {}

    for place in ("people/", "people/?show=pod", "following/", "posts/", "references/", "network/"):
        page.goto(f"/c/{course.slug}/{place}")
        assert walk(page) > 8
        small[place] = page.evaluate(SMALL)
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate(FITS), place
    visitor = window(**PHONE)
    visitor.goto("/")
    assert walk(visitor) > 8
    small["/"] = visitor.evaluate(SMALL)

    assert {place: found for place, found in small.items() if found} == {}
