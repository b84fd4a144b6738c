"""A class list on its way in: pasted, looked at, added; and one of its people joins."""

import re

import pytest
from playwright.sync_api import expect

from blog.models import Invitation, Membership
from tests.browser import steps
from tests.browser.steps import button, heading, loading

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pasted_list_to_member(window, course, instructor):
    theirs = window(instructor)
    theirs.goto(f"/c/{course.slug}/roster/")
    theirs.get_by_role("link", name="Invite people").click()
    theirs.get_by_label("Or paste names and emails").fill("Nia New <nia@example.edu>\nNo Mail")
    button(theirs, "Continue").click()

    expect(theirs.get_by_text("New: gets an invitation")).to_be_visible()
    expect(theirs.get_by_text("Problem: not added")).to_be_visible()
    button(theirs, "Add these people").click()
    expect(theirs.get_by_text("1 person gets an invitation.")).to_be_visible()
    theirs.get_by_role("link", name="Back to the roster").click()
    row = theirs.get_by_role("row", name=re.compile("Nia New"))
    expect(row).to_contain_text("not joined yet")

    hers = window(None)
    hers.goto(Invitation.objects.get().path)
    button(hers, "Create an account").click()
    expect(hers.get_by_label("Email")).to_have_value("nia@example.edu")
    hers.get_by_label("Name your course will see").fill("Nia")
    hers.get_by_label("Password").fill(steps.PASSWORD)
    with loading(hers):
        button(hers, "Create account").click()
    steps.accept_notice(hers)
    expect(heading(hers, f"Join {course.title}?")).to_be_visible()
    button(hers, "Join").click()
    expect(hers.get_by_text(f"Welcome to {course.title}.")).to_be_visible()
    assert Membership.objects.get(user__email="nia@example.edu").listed_name == "Nia New"

    theirs.reload()
    row = theirs.get_by_role("row", name=re.compile("Nia"))
    expect(row).to_contain_text("On the list: Nia New")
    expect(row).to_contain_text("Joined")


def test_join_link_is_copied_and_stopped(window, course, instructor):
    page = window(instructor)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/c/{course.slug}/roster/")

    page.get_by_role("link", name="Copy the join link").click()
    expect(page.get_by_text("Link copied.")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"/join/{course.join_code}/")

    button(page, "Copy the code").click()
    expect(page.get_by_text("Code copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == course.join_code

    page.get_by_text("QR code", exact=True).click()
    expect(page.get_by_role("img", name="QR code of the join link")).to_be_visible()
    button(page, "Stop joining").click()
    expect(page.get_by_text("Joining with this code is turned off.")).to_be_visible()
    expect(page.get_by_role("link", name="Copy the join link")).to_have_count(0)
