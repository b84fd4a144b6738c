"""No script that somebody types runs in a reader's browser: the sanitiser alone, then the policy.

Every field that people type (``tests/typed_fields.py``) holds a script of the collections, and real
pages show them: those of the site and its administration, feeds, mails, and the files that somebody
takes away. Browsers are told to ignore the content policy, so that nothing but the program's own
care holds; the other way round, pages with the scripts themselves in them are left to the policy.
"""

from contextlib import contextmanager, suppress
from datetime import timedelta
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from django.contrib import admin
from django.core import mail
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Error

from blog.exceptions import TextRefused
from blog.models import FeedAddress, Notification, OutboxMessage, Post, User
from blog.takeout import Everything
from blog.tasks import send_due_mail
from blog.text import render_comment, render_post
from plnsite import settings
from tests import factories
from tests.browser.active import ACTIVE, Watch
from tests.browser.launches import ANSWERED_AT
from tests.browser.places import person, places
from tests.browser.steps import settled
from tests.browser.visits import go_to
from tests.payloads import xss_payloads
from tests.typed_fields import fill

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OPEN_ALL = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true })"
POLICY = "content-security-policy"
HTML = {"content-type": "text/html; charset=utf-8"}
BEFORE = "</main>"  # where the policy meets a script
# Waits for what a browser runs where a picture is not there.
PICTURES_FAILED = """() => Promise.all([...document.images].map((image) => image.complete
  || new Promise((go) => { image.onload = image.onerror = go; })))"""


class Turns(list):
    """The scripts that begin, one turn after the other, and the open ones of all pages."""

    def __init__(self, turns, each):
        super().__init__(turns)
        self.each = each


def whole(case):
    """Return the case of the long run: all pages and all scripts, not a part of them."""
    return pytest.param(case, marks=pytest.mark.long)


TURNS = 4
SOME, ALL_TURNS = Turns([0], each=16), whole(Turns(range(TURNS), each=1))


@pytest.fixture(scope="module")
def payloads(real_data):
    return list(dict.fromkeys(xss_payloads(real_data / "xss")))


@pytest.fixture
def unguarded(window, live_server):
    """Return a function that opens a window that no policy guards, and what watches its page."""

    def open_window(user=None):
        page = window(user, bypass_csp=True)
        return page, Watch(page, live_server.url)

    return open_window


def look_at(page, watch, address):
    """Yield what ran on a page, and what of it could."""
    go_to(page, address)
    settled(page)
    page.evaluate(OPEN_ALL)
    page.evaluate(PICTURES_FAILED)
    active = [one for one in page.evaluate(ACTIVE) if one != f"form action={ANSWERED_AT}"]
    yield from (f"{address}: {what}" for what in watch.take() + active)


def admin_places(root) -> list[str]:
    """Return the lists of the site administration, and one row of each."""
    found = [reverse("admin:index")]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found.append(reverse(f"{name}_changelist"))
        if row := model._default_manager.first():
            found.append(reverse(f"{name}_change", args=[row.pk]))
    return found


def make_root() -> User:
    return factories.make_user("Rosa Root", is_staff=True, is_superuser=True)


def entries_of(feed: bytes) -> list[str]:
    """Return the HTML of a feed's entries."""
    tree = ElementTree.fromstring(feed)
    return [one.text or "" for one in tree.iter() if one.get("type") == "html"]


def mails_of_all() -> list[str]:
    """Return the HTML of a digest of all that there is for everybody, and of other mail."""
    due = timezone.now() - timedelta(minutes=1)
    mail.outbox.clear()
    OutboxMessage.objects.filter(template="digest").delete()
    OutboxMessage.objects.update(due_at=due, sent_at=None)
    for reader in User.objects.filter(notifications__isnull=False).distinct():
        key = f"digest:{reader.pk}"
        OutboxMessage.objects.create(key=key, recipient=reader, template="digest", due_at=due)
        Notification.objects.filter(reader=reader).update(mail_key=key)
    send_due_mail()
    return [part for message in mail.outbox for part, _kind in message.alternatives]


def feeds_of(reader, course) -> list[str]:
    """Return the HTML of the entries in the feeds of a course at their secret addresses."""
    token, client, entries = FeedAddress.objects.get(user=reader).posts_token, Client(), []
    slugs = Post.objects.published().values_list("slug", flat=True)
    addresses = [reverse("secret_comment_feed", args=[token, course.slug, slug]) for slug in slugs]
    for address in (reverse("secret_course_feed", args=[token, course.slug]), *addresses):
        answer = client.get(address)
        if answer.status_code == 200:
            entries += entries_of(answer.content)
    return entries


def pages_of_file(person, folder) -> list[str]:
    """Return the addresses of the pages in the file of everything of a person."""
    out = BytesIO()
    with override_settings(STORAGES=settings.STORAGES):
        Everything(person).write(out)
    with ZipFile(out) as archive:
        archive.extractall(folder)
    return [path.as_uri() for path in sorted(folder.rglob("*.html"))]


def outside(page, watch, reader, course, folder):
    """Yield what runs of feeds, mails and a file that somebody takes away; and how many."""
    entries, mails, files = (
        feeds_of(reader, course),
        mails_of_all(),
        pages_of_file(reader, folder),
    )
    assert min(len(entries), len(mails), len(files)) > 0
    for html in (entries, mails):
        page.set_content("".join(f"<article>{one}</article>" for one in html))
        page.evaluate(PICTURES_FAILED)
        ours = {"style"} if html is mails else set()  # a mail brings its own
        yield from watch.take() + [one for one in page.evaluate(ACTIVE) if one not in ours]
    for address in files:
        page.goto(address)
        page.evaluate(PICTURES_FAILED)
        yield from (f"{address}: {what}" for what in watch.take() + page.evaluate(ACTIVE))


@pytest.mark.figure
@pytest.mark.parametrize("turns", [SOME, ALL_TURNS], ids=["some", "all"])
def test_nothing_that_is_typed_runs_anywhere(
    unguarded, committed_demo, payloads, figure, turns, tmp_path
):
    """One test for all places, as the course is loaded again for each."""
    seen = {user: list(paths.values()) for user, paths in places(committed_demo).items()}
    root = make_root()
    seen[root] = admin_places(root)
    found, pages, written = [], 0, 0

    for turn in turns:
        written += fill(payloads, begin=turn * len(payloads) // TURNS)
        for user, paths in seen.items():
            page, watch = unguarded(user)
            for path in paths[:: turns.each]:
                found += look_at(page, watch, path)
                pages += 1
        found += outside(*unguarded(), person("noor"), committed_demo, tmp_path / str(turn))

    assert found == []
    figure(
        "A script in any field that people type runs on no page",
        f"{len(payloads)} scripts, {written} fields, {pages} pages, without the policy",
    )


# --- texts, one by one --------------------------------------------------------------------------

BATCHES = 14


def html_of(payload):
    """Yield what a text with a script becomes, as it is, in a link, and within other marks."""
    for render in (render_post, render_comment):
        for text in (payload, f"[x]({payload})", f"![x]({payload})", f"> * {payload}"):
            try:
                yield render(text).html
            except TextRefused:
                continue


@contextmanager
def served(page, address, body, headers):
    """Answer an address with a page of the test's own."""
    page.route(address, lambda route: route.fulfill(body=body, headers=headers))
    yield
    page.unroute(address)


@pytest.mark.figure
@pytest.mark.parametrize("each", [14, whole(1)], ids=["some", "all"])
def test_no_script_runs_of_any_text(unguarded, live_server, db, payloads, figure, each):
    page, watch = unguarded()
    address, found, written = f"{live_server.url}/texts/", [], 0

    for batch in range(0, BATCHES, each):
        html = [piece for payload in payloads[batch::BATCHES] for piece in html_of(payload)]
        body = "<!doctype html><main>" + "".join(f"<article>{one}</article>" for one in html)
        with served(page, address, body, HTML):
            found += look_at(page, watch, address)
        assert page.locator("article").count() == len(html)
        written += len(html)

    assert found == []
    figure(
        "A script in a text runs nowhere",
        f"{len(payloads)} scripts in {written} texts, without the policy",
    )


@pytest.fixture
def refusals(request):
    """Yield the complaints of browsers: refusals by the policy, and errors of scripts."""
    return request.getfixturevalue("_windows").complaints


@pytest.mark.figure
@pytest.mark.parametrize("each", [40, whole(1)], ids=["some", "all"])
def test_the_policy_stops_what_no_sanitiser_has_seen(
    window, refusals, live_server, course, ada, payloads, figure, each
):
    post = factories.make_post(ada, course)
    texts = payloads[::each]
    ran = {}

    for kind, options in (("guarded", {}), ("unguarded", {"bypass_csp": True})):
        page = window(ada, **options)
        watch = Watch(page, live_server.url)
        answer = page.request.get(post.get_absolute_url())
        assert answer.text().count(BEFORE) == 1
        ran[kind] = [
            call
            for text in texts
            for call in run(page, watch, answer, post.get_absolute_url(), text)
        ]
    refusals.clear()

    assert ran["guarded"] == []
    assert len(ran["unguarded"]) > len(texts) / 10  # else nobody has listened
    figure(
        "The policy alone stops scripts that stand raw in a page",
        f"{len(texts)} scripts; without the policy {len(ran['unguarded'])} calls",
    )


def run(page, watch, answer, address, text):
    """Yield what calls the page of a post makes that has a text in it as it was typed."""
    body = answer.text().replace(BEFORE, text + BEFORE)
    headers = {name: answer.headers[name] for name in ("content-type", POLICY)}
    with served(page, f"**{address}", body, headers), suppress(Error):  # it may lead elsewhere
        page.goto(address)
        page.evaluate(PICTURES_FAILED)
    yield from (call for call in watch.take() if not call.startswith("asked "))
