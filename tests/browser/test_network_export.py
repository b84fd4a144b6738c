"""The export of the class network by keyboard: what is ticked goes into the file of each button."""

import zipfile

import pytest
from playwright.sync_api import expect

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_instructor_ticks_names_and_downloads_one_format(window, course, instructor, ada, bob):
    factories.make_comment(bob, factories.make_post(ada, course))
    page = window(instructor)
    page.goto(f"/c/{course.slug}/network/export/")

    page.get_by_label("Names instead of codes").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Download NetDraw").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")

    with zipfile.ZipFile(download.value.path()) as archive:
        assert archive.namelist() == ["README.txt", "network.vna"]
        assert f'"{bob.username}" "{ada.username}"' in archive.read("network.vna").decode()
    page.reload()
    expect(page.get_by_text("NetDraw · With names")).to_be_visible()
