"""In from an LMS, in a real browser under our content policy: in a window, and in a frame."""

import re
from urllib.parse import urljoin

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.core import mail
from playwright.sync_api import expect

from blog.models import Platform, PlatformAccount, PlatformCourse, User
from tests import factories
from tests.browser.steps import accept_notice, button, heading
from tests.browser.test_axe import ASK
from tests.lti_consumer.conftest import open_edx  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def connected(open_edx, course, instructor):  # noqa: F811
    """Return a course of Open edX, connected with ours; its teacher has come from there before."""
    PlatformAccount.objects.create(issuer=open_edx.url, subject="edx-teacher", user=instructor)
    return factories.make_platform_course(
        course,
        instructor,
        Platform.objects.get(),
        context_id="edx-course",
        lineitems_url=f"{open_edx.url}/lineitems",
    )


def faults_of(page):
    """Return what axe finds in a page."""
    page.evaluate(f"(() => {{ {AXE_SCRIPT} }})()")
    return page.evaluate(ASK, {"resultTypes": ["violations"]})


def faults_in_frame(page):
    """Return what axe finds in the page that the LMS frames."""
    frame = page.frame("tool")
    frame.wait_for_load_state("load")
    frame.evaluate(f"(() => {{ {AXE_SCRIPT} }})()")
    return frame.evaluate(ASK, {"resultTypes": ["violations"]})


def test_student_comes_in_in_a_window(window, open_edx, connected, course):  # noqa: F811
    page = window()

    page.goto(f"{open_edx.url}/start?person=edx-student")
    page.reload()  # which takes nothing from the launch
    assert faults_of(page) == []
    button(page, "I am new here").click()

    accept_notice(page)
    expect(heading(page, course.title)).to_be_visible()
    assert User.objects.get(email="sam@example.edu").membership_in(course).role == "student"


def test_new_student_opens_the_link_of_our_mail(window, open_edx, connected, course):  # noqa: F811
    """Where everybody can type their email in the LMS: the cookie of the launch is there again."""
    Platform.objects.update(trusts_email=False)
    page = window()
    page.goto(f"{open_edx.url}/start?person=edx-student")
    button(page, "I am new here").click()
    expect(page.get_by_text("We sent an email to sam@example.edu.")).to_be_visible()
    assert faults_of(page) == []
    link = re.search(r"/accounts/confirm-email/\S+/", mail.outbox[-1].body)[0]

    page.goto(urljoin(page.url, link))
    button(page, "Yes, confirm").click()

    accept_notice(page)
    expect(heading(page, course.title)).to_be_visible()
    assert PlatformAccount.objects.filter(is_waiting=False, subject="edx-student").exists()


@pytest.mark.whole
def test_frame_leads_to_a_window(window, open_edx, connected, course):  # noqa: F811
    """The LMS and this site are two sites here, as localhost and 127.0.0.1: the cookie is a
    third party’s, and partitioned."""
    page = window()
    page.goto(f"{open_edx.url}/frame?person=edx-student")
    frame = page.frame_locator("iframe[name=tool]")
    expect(frame.get_by_role("button", name="Open in a new tab")).to_be_visible()
    assert faults_in_frame(page) == []

    with page.expect_popup() as opened:
        frame.get_by_role("button", name="Open in a new tab").click()

    button(opened.value, "I am new here").click()
    accept_notice(opened.value)
    expect(heading(opened.value, course.title)).to_be_visible()


@pytest.mark.whole
def test_teacher_picks_a_prompt_in_the_frame(window, open_edx, connected, course):  # noqa: F811
    prompt = factories.make_prompt(course, title="Ties", rubric=factories.make_rubric(course))
    page = window()
    page.goto(f"{open_edx.url}/frame?person=edx-teacher&deep=1")
    frame = page.frame_locator("iframe[name=tool]")

    expect(frame.get_by_label("Ties")).to_be_visible()
    assert faults_in_frame(page) == []
    frame.get_by_label("Ties").press("Space")
    frame.get_by_role("button", name="Add to Open edX").click()

    expect(frame.get_by_role("heading", name="Picked")).to_be_visible()
    [link] = open_edx.told()["links"]
    assert link["custom"] == {"prompt": prompt.link_name}
    assert PlatformCourse.objects.count() == 1


def test_refusal_can_be_read_in_the_frame(window, open_edx, connected):  # noqa: F811
    platform = connected.platform
    platform.deployments.update(deployment_id="another")
    page = window()

    page.goto(f"{open_edx.url}/frame?person=edx-student")

    frame = page.frame_locator("iframe[name=tool]")
    expect(frame.get_by_role("heading", name="You cannot sign in like this")).to_be_visible()
    expect(frame.get_by_text("does not know who added it to this part of your LMS")).to_be_visible()


def test_two_accounts_are_connected_by_their_owner(window, open_edx, course):  # noqa: F811
    sam = factories.make_user("Sam Student", email="sam@example.edu")
    page = window()
    page.goto(f"{open_edx.url}/start?person=edx-student")

    page.get_by_role("link", name="Sign in", exact=True).last.click()
    page.get_by_label("Email").fill("sam@example.edu")
    page.get_by_label("Password").fill(factories.PASSWORD)
    button(page, "Sign in").click()
    button(page, "Connect").click()

    expect(heading(page, "Not connected yet")).to_be_visible()
    assert PlatformAccount.objects.get().user == sam
