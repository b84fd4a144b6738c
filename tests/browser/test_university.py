"""The whole way through the institution's sign-in, in a real browser under our content policy."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from blog.models import User
from tests import university
from tests.browser.steps import accept_notice, button, heading

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def uni(settings):
    cache.clear()
    with university.running() as one:
        for name, value in university.settings_for(one.address).items():
            setattr(settings, name, value)
        yield one


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
def test_somebody_signs_in_with_the_institutions_account_and_out_again(
    window, uni, course, has_scripts
):
    uni.says(name="Wen Li", email="wen@example.edu", email_verified=True)
    page = window(java_script_enabled=has_scripts, timezone_id="America/Vancouver")
    page.goto(f"/join/{course.join_code}/")
    button(page, "Sign in with Example University").click()

    page.get_by_placeholder("sub").fill("s-1")
    page.get_by_role("button", name="Authorize").click()

    accept_notice(page)
    expect(heading(page, f"Join {course.title}?")).to_be_visible()
    person = User.objects.get(email="wen@example.edu")
    zone = "America/Vancouver" if has_scripts else "UTC"
    assert (person.display_name, person.time_zone) == ("Wen Li", zone)

    page.goto("/accounts/logout/")
    expect(page.get_by_text("You stay signed in at Example University.")).to_be_visible()
    button(page, "Sign out").click()
    expect(page.get_by_text("still signed in at Example University")).to_be_visible()


def test_somebody_says_no_there(window, uni):
    page = window()
    page.goto("/accounts/login/")
    button(page, "Sign in with Example University").click()
    page.get_by_role("button", name="Deny").click()

    expect(heading(page, "You are not signed in")).to_be_visible()
    page.get_by_role("link", name="Back to sign in").click()
    expect(button(page, "Sign in with Example University")).to_be_visible()
