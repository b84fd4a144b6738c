"""Nothing typed is lost: two tabs, a session that ends, a site out of reach, a tab that dies."""

import re
import threading

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Error, Page, expect

from blog.actions.drafts import save_draft, start_post
from blog.models import Draft, OutboxMessage, Post, PostTarget, Revision
from blog.views.editor import autosave
from tests import factories
from tests.browser.steps import button, failure, log_in, wait_for_copy, wait_until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.every_database,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def editor_context(window):
    """Return a function that gives a person a browser of their own, for any number of tabs."""
    return lambda user: window(user).context


@pytest.fixture
def post(ada, course):
    return start_post(course, by=ada, title="Ties", text="News travel")


def desk(post):
    return f"/c/{post.course.slug}/posts/{post.slug}/edit/"


def opened(context, address) -> Page:
    page = context.new_page()
    page.goto(address)
    return page


def text_of(page):
    return page.get_by_label("Post, in Markdown")


def add(page, words):
    """Type at the end, as somebody types."""
    text_of(page).press("Control+End")
    text_of(page).press_sequentially(words)


def state(page):
    return page.locator("[data-state]").first


def expect_saved(page, text=None):
    """Wait for the page to say that it is saved, and for the whole text to be where it says."""
    expect(state(page)).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    if text is not None:
        wait_until(page, lambda: Draft.objects.get().text == text)


def rows():
    """Return everything that autosave must not touch."""
    tables = [Post.objects.values(), Revision.objects.values(), OutboxMessage.objects.values()]
    return [list(table) for table in tables], len(mail.outbox)


# While all is well


def test_what_is_typed_is_saved_shortly_after_and_nothing_is_published(editor_context, ada, course):
    post = factories.make_post(ada, course, "Ties", "News travel")
    before = rows()
    page = opened(editor_context(ada), desk(post))

    add(page, " far")

    expect_saved(page, "News travel far")
    assert rows() == before


def test_a_new_post_is_made_once_and_the_page_takes_its_address(editor_context, ada, course):
    page = opened(editor_context(ada), f"/c/{course.slug}/posts/new/?prompt=none")

    text_of(page).press_sequentially("First words")
    expect_saved(page)
    page.wait_for_url("**/edit/")
    add(page, " and more")
    text_of(page).blur()
    expect(state(page)).to_have_text(re.compile("Saved"))
    expect(text_of(page)).not_to_be_focused()

    page.reload()
    expect(text_of(page)).to_have_value("First words and more")
    assert Post.objects.get().is_draft
    assert Draft.objects.count() == 1


def test_publish_clicked_twice_publishes_once(editor_context, ada, post):
    page = opened(editor_context(ada), desk(post))
    add(page, " far")

    button(page, "Publish").dblclick()

    # The preview beside the text says the same words, so the page must be another one first.
    expect(page).not_to_have_url(re.compile("/edit/"))
    expect(page.get_by_text("News travel far")).to_be_visible()
    assert (Revision.objects.count(), Draft.objects.count()) == (1, 0)


def test_what_is_typed_beside_the_question_outlives_a_reload(editor_context, ada, course):
    page = opened(editor_context(ada), f"/c/{course.slug}/posts/new/?prompt=none")
    page.get_by_label("Title", exact=True).fill("Ties")
    text_of(page).fill("Words (Nobody, 1999) x.")
    button(page, "Publish").click()
    expect(button(page, "Publish anyway")).to_be_visible()

    add(page, " More typed.")
    text_of(page).blur()
    expect_saved(page)
    page.get_by_role("link", name="My work").or_(page.locator(".wordmark")).first.click()
    page.go_back()
    page.reload()

    expect(text_of(page)).to_have_value("Words (Nobody, 1999) x. More typed.")
    expect(button(page, "Publish anyway")).to_be_visible()
    add(page, " And on.")
    expect_saved(page, "Words (Nobody, 1999) x. More typed. And on.")


@pytest.mark.parametrize("way", ["reload", "back"])
def test_a_page_that_overtakes_the_save_of_the_last_one_goes_on_with_its_words(
    editor_context, ada, post, monkeypatch, way
):
    """A reload or Back at once is answered before what was typed has arrived."""
    arrived = threading.Event()

    def save_late(*args, **kwargs):
        assert arrived.wait(20)
        return save_draft(*args, **kwargs)

    page = opened(editor_context(ada), desk(post))
    monkeypatch.setattr(autosave, "save_draft", save_late)
    add(page, " far")
    wait_for_copy(page, " far")

    if way == "reload":
        page.reload()
    else:
        page.goto("/about/")
        page.goto(desk(post))

    expect(text_of(page)).to_have_value("News travel far")
    expect(page.get_by_text("This browser has text from")).to_be_hidden()
    add(page, " and wide")
    arrived.set()
    expect_saved(page, "News travel far and wide")
    expect(page.get_by_text("another tab or device")).to_have_count(0)


# Two tabs


def test_two_tabs_keep_both_texts_and_the_author_makes_one_of_them(editor_context, ada, post):
    context = editor_context(ada)
    first, second = opened(context, desk(post)), opened(context, desk(post))
    add(first, " from the first")
    expect_saved(first, "News travel from the first")

    add(second, " from the second")

    banner = second.get_by_role("alert").filter(
        has_text="Nothing is lost: both versions are saved."
    )
    expect(banner).to_be_visible()
    both = ["News travel from the first", "News travel from the second"]
    wait_until(second, lambda: sorted(Draft.objects.values_list("text", flat=True)) == both)
    add(second, " and on")
    expect(state(second)).to_have_text(re.compile("Both versions saved"))
    banner.get_by_role("link", name="Compare the two versions").click()
    expect(second.locator("mark").filter(has_text="second and on").first).to_be_visible()
    second.get_by_label("Text, in Markdown").fill("News travel from both")
    button(second, "Save this version").click()

    expect(text_of(second)).to_have_value("News travel from both")
    expect(second.get_by_text("Nothing is lost: both versions are saved.")).to_have_count(0)
    button(second.locator(".messages"), "Undo").click()
    expect(second.get_by_role("heading", name="Two versions of your draft")).to_be_visible()


def test_the_banner_keeps_what_is_in_the_editor(editor_context, ada, post):
    context = editor_context(ada)
    page = opened(context, desk(post))
    save_draft(PostTarget(post), by=ada, title="Ties", text="From elsewhere")
    add(page, " far")

    button(page, "Keep what I see here").click()

    expect(page.get_by_text("Your choice is saved.")).to_be_visible()
    expect(text_of(page)).to_have_value("News travel far")
    assert Draft.objects.current().get().text == "News travel far"
    assert Draft.objects.archived().get().text == "From elsewhere"


# A session that ends


def test_an_expired_session_costs_nothing_and_saving_goes_on_after_logging_in(
    editor_context, ada, post
):
    context = editor_context(ada)
    page = opened(context, desk(post))
    Session.objects.all().delete()

    add(page, " far")
    expect(failure(page)).to_have_text("Not saved: you are signed out (stored on this device)")
    with context.expect_page() as tab:
        page.get_by_role("link", name="Sign in in another tab").click()
    log_in(tab.value, "ada@example.edu", factories.PASSWORD)
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")

    expect_saved(page, "News travel far")


def test_when_the_session_has_ended_the_words_wait_for_the_next_login(editor_context, ada, post):
    context = editor_context(ada)
    page, elsewhere = opened(context, desk(post)), context.new_page()
    context.clear_cookies()
    add(page, " far")
    expect(failure(page)).to_have_text("Not saved: you are signed out (stored on this device)")
    page.close()

    log_in(elsewhere, "ada@example.edu", factories.PASSWORD)
    elsewhere.goto(desk(post))

    expect(elsewhere.get_by_text("This browser has text from")).to_be_visible()
    button(elsewhere, "Use this text").click()
    expect(text_of(elsewhere)).to_have_value("News travel far")
    expect_saved(elsewhere, "News travel far")


def test_somebody_else_who_signs_in_gets_none_of_the_words(
    editor_context, ada, bob, course, bobs_post
):
    context = editor_context(ada)
    page = opened(context, bobs_post.get_absolute_url())
    context.clear_cookies()
    elsewhere = context.new_page()
    log_in(elsewhere, "bob@example.edu", factories.PASSWORD)

    page.get_by_label("Your comment").press_sequentially("For Ada's eyes")

    expect(failure(page)).to_have_text(
        "Not saved: someone else is signed in here (stored on this device)"
    )
    elsewhere.goto(bobs_post.get_absolute_url())
    expect(elsewhere.get_by_label("Your comment")).to_have_value("")
    expect(elsewhere.get_by_text("This browser has text from")).to_be_hidden()
    assert not Draft.objects.exists()


def test_whoever_may_not_write_here_any_more_is_told_and_not_asked_again(
    editor_context, ada, course, post
):
    page = opened(editor_context(ada), desk(post))
    course.memberships.filter(user=ada).update(role="observer")

    add(page, " far")

    expect(failure(page)).to_have_text(
        "Not saved: the site did not accept it (stored on this device)"
    )
    expect(text_of(page)).to_have_value("News travel far")
    assert Draft.objects.get().text == "News travel"


# A site out of reach


def test_offline_says_so_and_saves_when_the_line_is_back(editor_context, ada, post):
    context = editor_context(ada)
    page = opened(context, desk(post))
    context.set_offline(True)

    add(page, " far")
    expect(failure(page)).to_have_text("Not saved: you are offline (stored on this device)")
    expect(page.locator("[data-told]").first).to_have_text(
        "Not saved: you are offline (stored on this device)"
    )
    context.set_offline(False)

    expect_saved(page, "News travel far")
    expect(page.locator("[data-told]").first).to_have_text(re.compile("Saved"))


def kill(page):
    """Let the tab die without a last word, as a browser does that runs out of memory."""
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash")


def test_a_killed_site_and_a_killed_tab_leave_the_words_in_the_browser(editor_context, ada, post):
    context = editor_context(ada)
    page = opened(context, desk(post))
    page.route("**/draft/", lambda route: route.abort())
    add(page, " far")
    expect(failure(page)).to_have_text(
        "Not saved: the site does not respond (stored on this device)"
    )
    kill(page)

    page = opened(context, desk(post))

    expect(text_of(page)).to_have_value("News travel")
    button(page, "Delete it").click()
    expect(page.get_by_text("Deleted.")).to_be_visible()
    button(page.locator("[data-kept-copy]"), "Undo").click()
    button(page, "Use this text").click()
    expect(text_of(page)).to_have_value("News travel far")
    expect_saved(page)


def test_words_of_a_post_that_the_site_never_heard_of_wait_where_it_is_begun(
    editor_context, ada, course
):
    context, address = editor_context(ada), f"/c/{course.slug}/posts/new/?prompt=none"
    page = opened(context, address)
    page.route("**/draft/", lambda route: route.abort())
    text_of(page).press_sequentially("First words")
    expect(failure(page)).to_have_text(
        "Not saved: the site does not respond (stored on this device)"
    )
    kill(page)

    page = opened(context, address)
    button(page, "Use this text").click()

    expect_saved(page, "First words")
    page.wait_for_url("**/edit/")


def test_a_tab_that_dies_while_somebody_types_is_at_most_five_seconds_short(
    editor_context, ada, post
):
    context = editor_context(ada)
    page = opened(context, desk(post))
    page.route("**/draft/", lambda route: route.abort())
    text_of(page).press("Control+End")
    text_of(page).press_sequentially(" one two three four five six seven", delay=60)
    wait_for_copy(page, "six seven")
    kill(page)

    page = opened(context, desk(post))
    button(page, "Use this text").click()

    expect(text_of(page)).to_have_value("News travel one two three four five six seven")


def test_a_busy_site_is_asked_again(editor_context, ada, post):
    page = opened(editor_context(ada), desk(post))
    refusals = iter([429, 429])

    def answer(route):
        status = next(refusals, None)
        route.fulfill(status=status, headers={"Retry-After": "1"}) if status else route.continue_()

    page.route("**/draft/", answer)

    add(page, " far")

    expect(failure(page)).to_have_text("Not saved yet, trying again soon (stored on this device)")
    expect_saved(page, "News travel far")


def test_a_tab_that_is_closed_at_once_loses_nothing(editor_context, ada, post):
    context = editor_context(ada)
    page = opened(context, desk(post))
    add(page, " far")

    wait_for_copy(page, " far")
    page.close()

    page = opened(context, desk(post))
    if text_of(page).input_value() == "News travel":  # the last save is not there, or not yet
        expect(page.get_by_text("This browser has text from")).to_be_visible()
        button(page, "Use this text").click()
    expect(text_of(page)).to_have_value("News travel far")


def test_a_page_that_hides_saves_sixty_thousand_bytes_of_persian(editor_context, ada, post):
    persian = "شبکه یادگیری " * 2500
    page = opened(editor_context(ada), desk(post))
    text_of(page).fill(persian)

    page.evaluate(
        """() => {
          Object.defineProperty(document, "hidden", { value: true });
          document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )

    expect_saved(page, persian)


# Comments


@pytest.fixture
def bobs_post(bob, course):
    return factories.make_post(bob, course, "Talk", "About ties.")


def test_a_comment_draft_is_saved_until_it_is_sent(editor_context, ada, bobs_post):
    context = editor_context(ada)
    page = opened(context, bobs_post.get_absolute_url())
    page.get_by_label("Your comment").press_sequentially("Half an answer")
    expect_saved(page)
    page.close()

    page = opened(context, bobs_post.get_absolute_url())
    expect(page.get_by_label("Your comment")).to_have_value("Half an answer")
    expect(page.get_by_text("It has not been sent yet")).to_be_visible()
    page.get_by_label("Your comment").press("Control+End")
    page.get_by_label("Your comment").press_sequentially(", now whole")
    button(page, "Comment").click()

    expect(page.get_by_role("article").filter(has_text="now whole")).to_be_visible()
    expect(page.get_by_label("Your comment")).to_have_value("")
    expect(page.get_by_text("This browser has text from")).to_be_hidden()
    assert not Draft.objects.exists()


def test_a_reply_that_was_opened_in_place_is_saved_too(editor_context, ada, bob, bobs_post):
    factories.make_comment(bob, bobs_post, "What do you think?")
    page = opened(editor_context(ada), bobs_post.get_absolute_url())
    page.get_by_role("link", name="Reply to Bob").first.click()
    page.get_by_label("Your reply").press_sequentially("That it")
    expect(page.locator("form.composer [data-state]")).to_have_text(re.compile("Saved"))

    page.reload()
    page.get_by_role("link", name="Reply to Bob").first.click()

    expect(page.get_by_label("Your reply")).to_have_value("That it")
    assert Draft.objects.get().kind == "reply"
