"""axe finds nothing on any page of the demo course, and no page is wider than a phone."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import URLPattern, get_resolver
from playwright.sync_api import expect

from blog.actions.moderation import decide
from blog.models import Comment
from tests.browser.no_pages import NO_PAGES
from tests.browser.places import person, places
from tests.browser.steps import button, settled
from tests.browser.visits import expected_status, go_to
from tests.long import few_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

COLOURS = ["color-contrast", "link-in-text-block"]
# Colours are all that the dark changes and nearly all that axe takes its time for: they are asked
# once in the light and once in the dark, the one on a wide screen and the other on a phone.
WITHOUT_COLOURS = {"rules": {rule: {"enabled": False} for rule in COLOURS}}
LOOKS = [
    (1280, "light", {}),
    (390, "light", WITHOUT_COLOURS),
    (390, "dark", {"runOnly": COLOURS}),
]
# At each commit one page in twelve is asked as most people see it, in the long run each as all do.
SAMPLED = few_of([(12, LOOKS[:1]), (1, LOOKS)], 2)
# The pages are dealt out among tests, which processes share.
PARTS = 4
# Forms that are sent empty too, to see their mistakes; by the name of the button.
EMPTY_FORMS = {
    "home welcome": "Sign in",
    "account_login": "Sign in",
    "account_signup": "Create account",
    "course_new": "Open the course",
    "rubric_new": "Create rubric",
    "post_new": "Publish",
    "reference_add": "Add to my references",
    "comment_reply": "Reply",
}
OPEN_ALL = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true })"
ASK = """async (options) => (await axe.run(options)).violations
  .map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join(" "))])"""
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.mark.parametrize(("each", "looks"), SAMPLED, ids=["some", "all"])
@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_on_any_page_of_the_demo(window, committed_demo, each, looks, part):
    """It names all that it finds."""
    comment = Comment.objects.filter(post__author=person("noor")).first()
    decide(comment, by=person("ines"), decision="hide", reason="It is about a person.")
    seen = places(committed_demo)
    assert {name.split()[0] for paths in seen.values() for name in paths} == (
        set(addresses()) - NO_PAGES | {"403", "404"}
    )
    found = []

    for user, paths in seen.items():
        page = window(user)
        page.add_init_script(AXE_SCRIPT)
        for name, path in list(paths.items())[part::PARTS][::each]:
            found += [f"{name}: {finding}" for finding in look_at(page, name, path, looks)]

    assert found == []


def look_at(page, name, path, looks):
    """Yield the faults of one page, and with its answer to a form that was left empty."""
    page.set_viewport_size({"width": 1280, "height": 900})
    answer = go_to(page, path)
    if answer.status != expected_status(name, path):
        yield f"answered {answer.status}"
        return
    if page.locator("main .btn-primary:visible").count() > 1:
        yield "has two primary acts"
    yield from examine(page, looks)
    if name in EMPTY_FORMS:
        button(page, EMPTY_FORMS[name]).press("Enter")  # the open menu lies over some
        expect(
            page.locator(".invalid-feedback:visible, [role=alert]:visible").first
        ).to_be_visible()
        yield from examine(page, looks)


def examine(page, looks=LOOKS):
    """Ask axe in widths and colours, with all of the page open."""
    settled(page)
    page.evaluate(OPEN_ALL)
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(f"(() => {{ {AXE_SCRIPT} }})()")
    for width, scheme, rules in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        for rule, targets in page.evaluate(ASK, {"resultTypes": ["violations"], **rules}):
            yield f"{rule} at {width} px, {scheme}: {targets}"
    page.set_viewport_size({"width": 320, "height": 700})
    if not page.evaluate(FITS):
        yield "scrolls sideways at 320 px"


def addresses(patterns=None):
    """Yield the name of every address, except those of the admin site."""
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        elif str(pattern.pattern) != "admin/":
            yield from addresses(pattern.url_patterns)
