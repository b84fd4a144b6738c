"""A browser takes the site as an app: it reads the manifest and the icons, and would install it."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import expect

from tests.browser.icons import DRAWN, IMAGES, draw

pytestmark = pytest.mark.browser

THEME_COLOURS = """() => [...document.querySelectorAll("meta[name=theme-color]")]
  .filter((meta) => matchMedia(meta.media).matches).map((meta) => meta.content)"""


@pytest.mark.django_db(transaction=True)
def test_a_browser_would_install_the_site(window):
    page = window()
    page.goto("/")
    session = page.context.new_cdp_session(page)

    read = session.send("Page.getAppManifest")
    hindered = session.send("Page.getInstallabilityErrors")

    assert read["url"].endswith("/manifest/en.webmanifest")
    assert read["errors"] == []
    assert '"display": "standalone"' in read["data"]
    assert hindered["installabilityErrors"] == []


@pytest.mark.django_db(transaction=True)
def test_what_is_drawn_around_a_page_has_the_colour_that_was_chosen(window):
    page = window()
    page.emulate_media(color_scheme="light")
    page.goto("/")
    light = page.evaluate(THEME_COLOURS)

    page.get_by_role("button", name="Dark theme").click()
    expect(page.get_by_role("button", name="Light theme")).to_be_visible()

    dark = page.evaluate(THEME_COLOURS)
    assert (light, dark) == (["#fbfbf8"], ["#14181b"])
    page.reload()
    assert page.evaluate(THEME_COLOURS) == dark
    page.get_by_role("button", name="Light theme").click()
    assert page.evaluate(THEME_COLOURS) == light


@pytest.mark.parametrize("name", DRAWN)
def test_an_icon_is_as_it_is_drawn(browser, name):
    """`python -m tests.browser.icons` draws them again."""
    drawn = Image.open(BytesIO(draw(browser, *DRAWN[name]))).convert("RGBA")

    with Image.open(IMAGES / name) as stored:
        difference = ImageChops.difference(drawn, stored.convert("RGBA"))

    assert max(ImageStat.Stat(difference).mean) < 1
