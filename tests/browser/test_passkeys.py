"""Passkeys, on a device that the browser makes up: added, used alone, used as second step."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import expect

from tests import factories
from tests.browser.steps import button, heading, loading

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def desk(window, ada):
    """Return a browser with a device that knows its owner, who has just typed her password."""
    cache.clear()
    page = window()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.device = (device, made["authenticatorId"])
    page.goto("/accounts/login/?next=/accounts/two-step/")
    page.get_by_label("Email").fill(ada.email)
    page.get_by_label("Password").fill(factories.PASSWORD)
    button(page, "Sign in").click()
    expect(heading(page, "Two-step sign-in")).to_be_visible()
    return page


def add_passkey(page, name):
    page.get_by_role("link", name="Add a passkey").click()
    expect(button(page, "Add this device")).to_be_enabled()
    page.get_by_label("Name").fill(name)
    button(page, "Add this device").click()
    expect(heading(page, "Recovery codes")).to_be_visible()
    page.get_by_role("link", name="Back to two-step sign-in").click()
    expect(page.get_by_role("strong")).to_have_text(name)


def sign_out(page):
    page.goto("/accounts/logout/")
    with loading(page):
        page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/?next=/me/")


def test_a_passkey_is_added_and_signs_in_alone_and_as_a_second_step(desk):
    add_passkey(desk, "My <b>phone")

    sign_out(desk)
    button(desk, "Sign in with a passkey").click()
    expect(heading(desk, "My profile")).to_be_visible()

    sign_out(desk)
    desk.get_by_label("Email").fill("ada@example.edu")
    desk.get_by_label("Password").fill(factories.PASSWORD)
    button(desk, "Sign in").click()
    expect(heading(desk, "Second step")).to_be_visible()
    button(desk, "Use your passkey").click()
    expect(heading(desk, "My profile")).to_be_visible()


def test_a_device_that_says_no_changes_nothing_and_says_so(desk):
    device, made = desk.device
    device.send("WebAuthn.setUserVerified", {"authenticatorId": made, "isUserVerified": False})
    desk.get_by_role("link", name="Add a passkey").click()
    expect(button(desk, "Add this device")).to_be_enabled()

    button(desk, "Add this device").click()

    expect(desk.get_by_text("Nothing has changed. Try again.")).to_be_visible()
    expect(button(desk, "Add this device")).to_be_enabled()
    assert not Authenticator.objects.exists()


def test_without_scripts_a_password_still_signs_in(window, ada):
    page = window(java_script_enabled=False)
    page.goto("/accounts/login/?next=/me/")

    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    page.get_by_label("Email").fill(ada.email)
    page.get_by_label("Password").fill(factories.PASSWORD)
    button(page, "Sign in").click()
    expect(heading(page, "My profile")).to_be_visible()
