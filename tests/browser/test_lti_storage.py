"""In a frame of an LMS in which no cookie is kept: the LMS keeps the secret of the launch instead.

The cookie of these tests is one as it was before partitioned ones, and third parties' are blocked.
"""

from html import escape
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from blog.lti.names import CLAIM
from blog.models import Launch, PlatformAccount
from tests import factories
from tests.browser.steps import accept_notice, button, heading
from tests.lms import INSTRUCTOR, running_lms

pytestmark = [pytest.mark.browser, pytest.mark.whole, pytest.mark.django_db(transaction=True)]

# An LMS as the standard has it: what is kept is of the site that asked, and of this page.
KEEPS = """
const kept = new Map();
window.asked = [];
addEventListener("message", ({ data, origin, source }) => {
  const place = `${origin} ${data.key}`;
  asked.push([data.subject, origin]);
  if (data.subject === "lti.put_data" && data.value !== null) kept.set(place, data.value);
  else if (data.subject === "lti.put_data") kept.delete(place);
  window.count = kept.size;
  const value = kept.get(place);
  const { key, message_id } = data;
  source.postMessage({ subject: `${data.subject}.response`, message_id, key, value }, origin);
});
"""


@pytest.fixture
def cookieless(window, monkeypatch):
    """Return a browser that blocks the cookies of sites inside others."""
    monkeypatch.setattr("blog.web.launches.PARTITIONED", "")
    page = window()
    session = page.context.new_cdp_session(page)
    controls = {
        "enableThirdPartyCookieRestriction": True,
        "disableThirdPartyCookieMetadata": True,
        "disableThirdPartyCookieHeuristics": True,
    }
    session.send("Network.enable")
    session.send("Network.setCookieControls", controls)
    return page


@pytest.fixture
def shown(lms, live_server, settings, course, instructor):
    """Return the LMS with a page that frames this site, and its course connected with ours."""
    settings.SITE_URL = live_server.url
    platform = lms.register(trusts_email=True)
    PlatformAccount.objects.create(issuer=lms.url, subject="t-1", user=instructor)
    factories.make_platform_course(course, instructor, platform, context_id="context-1")
    lms.pages["/course"] = lambda **query: course_page(lms, live_server.url, **query)
    lms.pages["/auth"] = lambda **query: auth_page(lms, live_server.url, **query)
    lms.pages["/picked"] = lambda **_query: "<h1>Picked</h1>"
    lms.pages["/storage"] = lambda **_query: f"<script>{KEEPS}</script>"
    return lms


def course_page(lms, site, *, target="", keeps="", role="student"):
    query = {"iss": lms.url, "client_id": lms.client_id, "login_hint": role}
    query |= {"lti_storage_target": target} if target else {}
    address = escape(f"{site}/lti/login/?{urlencode(query)}")
    beside = '<iframe name="lms_storage" src="/storage"></iframe>' if keeps == "beside" else ""
    script = f"<script>{KEEPS}</script>" if keeps == "around" else ""
    frame = f'<iframe name="tool" width="900" height="700" src="{address}"></iframe>'
    return f"<!doctype html><title>LMS</title><h1>LMS</h1>{script}{frame}{beside}"


def auth_page(lms, site, *, nonce, state, login_hint, **_query):
    target = {f"{CLAIM}target_link_uri": f"{site}/lti/launch/"}
    if login_hint == "teacher":
        target |= lms.deep_linking() | {f"{CLAIM}roles": [INSTRUCTOR], "sub": "t-1"}
    fields = {"state": state, "id_token": lms.sign(lms.claims(nonce, **target))}
    inputs = "".join(
        f'<input type="hidden" name="{name}" value="{escape(value)}">'
        for name, value in fields.items()
    )
    form = f'<form method="post" action="{site}/lti/launch/">{inputs}</form>'
    return f"<!doctype html><title>LMS</title>{form}<script>document.forms[0].submit()</script>"


def tool(page):
    return page.frame_locator("iframe[name=tool]")


@pytest.mark.parametrize(
    ("target", "keeps"), [("_parent", "around"), ("lms_storage", "beside"), ("gone", "around")]
)
def test_lms_keeps_what_the_browser_does_not(cookieless, shown, course, target, keeps):
    """In its page, or in a frame beside ours; one that is not there is the page around."""
    page = cookieless

    page.goto(f"{shown.url}/course?target={target}&keeps={keeps}")
    expect(tool(page).get_by_text("This site opens in a tab of its own")).to_be_visible()
    assert page.context.cookies() == []
    with page.expect_popup() as opened:
        tool(page).get_by_role("button", name="Open in a new tab").click()

    button(opened.value, "I am new here").click()
    accept_notice(opened.value)
    expect(heading(opened.value, course.title)).to_be_visible()


def test_what_was_kept_is_forgotten_once_it_was_used(cookieless, shown, live_server):
    page = cookieless

    page.goto(f"{shown.url}/course?target=_parent&keeps=around")

    expect(tool(page).get_by_text("This site opens in a tab of its own")).to_be_visible()
    assert page.evaluate("asked") == [
        [subject, live_server.url] for subject in ("lti.put_data", "lti.get_data", "lti.put_data")
    ]
    assert page.evaluate("count") == 0


def test_prompts_are_picked_in_the_frame(cookieless, shown, course):
    factories.make_prompt(course, title="Ties")
    page = cookieless
    page.goto(f"{shown.url}/course?target=_parent&keeps=around&role=teacher")

    tool(page).get_by_label("Ties").press("Space")
    tool(page).get_by_role("button", name="Add to Campus LMS").click()

    expect(tool(page).get_by_role("heading", name="Picked")).to_be_visible()


def test_lms_that_offers_nothing_leads_to_a_window(cookieless, shown, course):
    page = cookieless
    page.goto(f"{shown.url}/course")

    with page.expect_popup() as opened:
        tool(page).get_by_role("link", name="Open in a new tab").click()

    button(opened.value, "I am new here").click()
    accept_notice(opened.value)
    expect(heading(opened.value, course.title)).to_be_visible()


def test_lms_that_does_not_answer_leads_to_a_window(cookieless, shown):
    page = cookieless

    page.goto(f"{shown.url}/course?target=_parent")

    expect(tool(page).get_by_text("Your browser does not let this site recognise")).to_be_visible()
    expect(tool(page).get_by_role("link", name="Open in a new tab")).to_be_visible()
    assert not Launch.objects.exists()


def test_page_of_another_origin_learns_nothing(cookieless, shown, live_server, request):
    """It would keep things like the LMS, which it is not: no message reaches it."""
    page, complaints = cookieless, request.getfixturevalue("_windows").complaints
    with running_lms() as other:
        other.pages["/course"] = lambda: course_page(
            shown, live_server.url, target="_parent", keeps="around"
        )

        page.goto(f"{other.url}/course")

        expect(tool(page).get_by_text("Your browser does not let this site")).to_be_visible()
        assert page.evaluate("asked") == []
        assert not Launch.objects.exists()
    assert all("postMessage" in one for one in complaints)
    complaints.clear()
