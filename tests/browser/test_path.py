"""The whole path, from opening a course to reading the released feedback, in three browsers."""

import re
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from blog.models import OutboxMessage
from tests import factories
from tests.blog.views.editor.test_pictures import file
from tests.browser import steps
from tests.browser.steps import button, heading, loading

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.every_database,
    pytest.mark.django_db(transaction=True),
]

COURSE = "Networked learning"
HOME = "/c/networked/"
READING = """@article{granovetter1973,
  author = {Granovetter, Mark S.}, title = {The strength of weak ties},
  journal = {American Journal of Sociology}, year = {1973}, volume = {78}, number = {6},
  pages = {1360--1380}, doi = {10.1086/225469}
}"""
FIRST_MONDAY = {
    "Type of reference": "Journal article",
    "Authors": """Rajagopal, Kamakshi
Joosten-ten Brinke, Desirée
Van Bruggen, Jan
Sloep, Peter B.""",
    "Year or date": "2012",
    "Title": "Understanding personal learning networks",
    "Journal, book or website": "First Monday",
    "Volume": "17",
    "Issue": "1",
    "DOI": "10.5210/fm.v17i1.3559",
}
BOOK = """@book{wenger1998, author = {Wenger, Etienne}, year = 1998,
  title = {Communities of practice: Learning, meaning, and identity},
  publisher = {Cambridge University Press}}"""
TEXT = """Whom do I ask when I am stuck? First the people I *know well*.

Yet new ideas come from further away [@granovetter1973, p. 1371].
@rajagopal2012 call it building, maintaining and activating a network,
and all of it happens in practice [see @wenger1998].
"""
IN_TEXT = (
    "Yet new ideas come from further away (Granovetter, 1973, p. 1371). "
    "Rajagopal et al. (2012) call it building, maintaining and activating a network, "
    "and all of it happens in practice (see Wenger, 1998)."
)
FEEDBACK = "You ask the question that the paper leaves open."


@pytest.fixture
def teacher():
    """Return somebody who may open courses, as whoever runs the site lets them."""
    user = factories.make_user("Ines Okafor", email="ines@example.edu")
    user.user_permissions.add(Permission.objects.get(codename="open_course"))
    return user


def zone_at_noon() -> str:
    """Name a zone where it is about noon, for mail waits for the daytime of who gets it."""
    hours_to_noon = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-hours_to_noon:+d}" if hours_to_noon else "Etc/GMT"


@pytest.fixture
def met(window, teacher):
    """Return a teacher, Mina and Leo, each in their browser, in a course with a prompt.

    The teacher logs in by the form; the students sign up, confirm their address and join.
    """
    ines, mina, leo = window(), window(timezone_id=zone_at_noon()), window()
    steps.log_in(ines, "ines@example.edu", factories.PASSWORD)
    code = steps.open_course(ines, COURSE, "networked")
    steps.make_rubric(ines, "Reflection", ["Answers the prompt", "Uses evidence"])
    steps.set_prompt(ines, HOME, "Blog post 1", "Whom do you ask?", READING)
    steps.sign_up(mina, "Mina Sol", "mina@example.edu")
    steps.join(mina, code, COURSE)
    steps.sign_up(leo, "Leo Marsh", "leo@example.edu")
    steps.join(leo, code, COURSE)
    return ines, mina, leo


def test_a_course_from_its_opening_to_the_feedback(met, live_server, settings):
    settings.SITE_URL = live_server.url
    ines, mina, leo = met

    address = publish_with_references(mina)
    talk(mina, leo, address)
    follow_each_other(mina, leo)
    ties_explain_themselves(mina, leo)

    grade_by_keyboard(ines)
    nothing_shows(mina, address)
    release(ines)
    feedback_is_read(mina, leo, address)


def publish_with_references(page):
    """Write about the prompt: three works from three doors, a preview, and a question answered."""
    page.goto(HOME)
    page.get_by_role("link", name="Write your post").click()
    steps.write(page, "Asking further away", TEXT)
    # "Saved" may be said by the page before, where words save themselves.
    with loading(page):
        button(page, "Save draft").click()
    expect(page.get_by_role("status").filter(has_text="Saved").first).to_be_visible()

    button(page, "Add Granovetter", exact=False).click()
    expect(page.get_by_text("[@granovetter1973]")).to_be_visible()
    steps.type_in_reference(page, FIRST_MONDAY)
    steps.add_found_references(page, BOOK)
    expect(page.get_by_label("Post, in Markdown")).to_have_value(TEXT)

    button(page, "Preview").click()
    preview = page.get_by_role("region", name="Preview")
    expect(preview).to_contain_text(IN_TEXT)
    expect(preview.get_by_role("listitem")).to_have_count(3)
    button(page, "Write").click()

    button(page, "Publish").click()
    question = page.get_by_role("alert")
    expect(question).to_contain_text("words. The prompt asks for 200–600.")
    question.get_by_role("button", name="Publish anyway").click()
    expect(page.get_by_text("Your post is published.")).to_be_visible()
    address = page.url

    article = page.get_by_role("article").first
    expect(article).to_contain_text(IN_TEXT)
    entries = page.get_by_role("region", name="References").get_by_role("listitem")
    assert [entry.split("\n")[0] for entry in entries.all_inner_texts()] == [
        "Granovetter, M. S. (1973). The strength of weak ties. American Journal of Sociology, "
        "78(6), 1360–1380. https://doi.org/10.1086/225469",
        "Rajagopal, K., Joosten-ten Brinke, D., Van Bruggen, J., & Sloep, P. B. (2012). "
        "Understanding personal learning networks. First Monday, 17(1). "
        "https://doi.org/10.5210/fm.v17i1.3559",
        "Wenger, E. (1998). Communities of practice: Learning, meaning, and identity. "
        "Cambridge University Press.",
    ]
    article.get_by_role("link", name="Wenger, 1998").click()
    expect(entries.last).to_be_in_viewport()
    return address


def talk(mina, leo, address):
    """Let Leo find the post on the course's home and comment on it, and Mina reply."""
    leo.goto(HOME)
    leo.get_by_role("link", name="Write the first comment on Mina Sol’s post").click()
    expect(leo).to_have_url(f"{address}#say")
    steps.comment(leo, "Does ¶2 hold for people you never met?")
    mina.goto(address)
    steps.reply(mina, "Leo", "It does for me: most of them answered.")


def follow_each_other(mina, leo):
    for page, name in ((mina, "Leo Marsh"), (leo, "Mina Sol")):
        page.goto(f"{HOME}people/")
        page.get_by_role("link", name=name).click()
        button(page, f"Follow {name}").click()
        expect(button(page, f"Following {name}")).to_be_visible()


def ties_explain_themselves(mina, leo):
    """Assert that two comments and two follows are a weak tie, explained to both."""
    evidence = {
        mina: ("Leo", "you wrote to Leo", "Leo wrote to you"),
        leo: ("Mina", "you wrote to Mina", "Mina wrote to you"),
    }
    for page, (name, mine, theirs) in evidence.items():
        page.goto(HOME)
        page.get_by_role("link", name="My network").click()
        row = page.get_by_role("row").filter(has_text=name)
        expect(row.get_by_role("cell").first).to_have_text("weak")
        row.get_by_text("Why weak").click()
        expect(row.get_by_role("listitem")).to_have_count(5)  # the last leads to all there is
        lines = row.get_by_role("list").inner_text()
        assert f"{mine} on “Asking further away”" in lines
        assert f"{theirs} on “Asking further away”" in lines
        assert f"You follow {name}" in lines
        assert f"{name} follows you" in lines
        expect(page.get_by_role("group", name="Your network as three rings")).to_be_visible()


def grade_by_keyboard(page):
    """Choose levels by digits, write, and send with Ctrl+Enter, without the mouse."""
    page.goto(HOME)
    page.get_by_role("link", name="Open the grading desk").click()
    page.get_by_role("link", name="Grade Mina Sol").click()
    # The script says this when it listens; a digit before that would go nowhere.
    expect(page.get_by_text("2 levels not chosen")).to_be_visible()
    page.keyboard.press("3")
    page.keyboard.press("4")
    expect(page.get_by_text("All levels chosen")).to_be_visible()
    chosen = page.locator("#grading input[type=radio][name^=criterion]:checked")
    assert [radio.input_value() for radio in chosen.all()] == ["3", "4"]
    page.keyboard.press("c")
    expect(page.locator("textarea[name=text]:focus, .page-text:focus")).to_be_visible()
    page.keyboard.type(FEEDBACK)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Feedback for Mina Sol saved.")).to_be_visible()
    expect(page.get_by_text("every post so far is graded")).to_be_visible()


def nothing_shows(page, address):
    """Assert that before the release no page of the student's has anything of the grade."""
    for path in (HOME, address, f"{HOME}prompts/1/", f"{HOME}network/", f"{HOME}people/"):
        page.goto(path)
        assert FEEDBACK not in page.content()
    page.goto(address)
    expect(page.get_by_role("complementary").get_by_text("Not released")).to_be_visible()
    assert steps.mails_to("mina@example.edu")[1:] == []


def release(page):
    page.get_by_role("link", name="Release 1 grade").click()
    expect(heading(page, "Review before release")).to_be_visible()
    button(page, "Release 1 grade").click()
    expect(page.get_by_text("Released to 1 student.")).to_be_visible()


def feedback_is_read(mina, leo, address):
    """Assert that Mina gets one mail that leads to her feedback; Leo sees nothing of it.

    Until the mail leaves the release can be taken back.
    """
    call_command("tick", stdout=StringIO())
    assert steps.mails_to("mina@example.edu")[1:] == []
    OutboxMessage.objects.filter(template="feedback_released").update(due_at=timezone.now())
    call_command("tick", stdout=StringIO())
    assert [message.subject for message in steps.mails_to("mina@example.edu")[1:]] == [
        "Feedback on the prompt Blog post 1"
    ]
    assert steps.link_in_mail_to("mina@example.edu") == f"{address}#feedback"
    mina.goto(address)
    beside = mina.get_by_role("complementary")
    expect(beside).to_contain_text(FEEDBACK)
    expect(beside.get_by_role("term")).to_contain_text(["Answers the prompt", "Uses evidence"])
    levels = beside.get_by_role("definition")
    expect(levels.nth(0)).to_contain_text("Well")
    expect(levels.nth(0)).to_contain_text("Answers the prompt: done well.")
    expect(levels.nth(1)).to_contain_text("Beyond")
    leo.goto(address)
    expect(leo.get_by_role("article").first).to_contain_text(IN_TEXT)
    assert FEEDBACK not in leo.content()


def test_writing_and_talking_without_javascript(window, course, ada, bob, prompt):
    """Every action of a student is a plain form first; the scripts only spare them pages."""
    home = f"/c/{course.slug}/"
    hers = window(ada, java_script_enabled=False)
    his = window(bob, java_script_enabled=False)

    hers.goto(f"{home}posts/new/")
    expect(hers.get_by_role("group", name="Formatting")).to_be_hidden()
    text = """Ties [@wenger1998] are *made* of practice.

Weak ones carry news [see @granovetter1973, p. 1371].[^1]

[^1]: As I found when I *moved*.
"""
    steps.write(hers, "Plain forms", text, has_scripts=False)
    button(hers, "Publish").click()
    refusal = hers.get_by_role("alert")
    expect(refusal).to_contain_text("@wenger1998")
    expect(hers.get_by_label("Post, in Markdown")).to_have_value(text)

    steps.add_found_references(hers, BOOK)
    steps.add_found_references(hers, READING)
    add_picture_by_form(hers)
    button(hers, "Update preview").click()
    shows_all_that_was_written(hers.get_by_role("region", name="Preview"))
    button(hers, "Publish").click()
    expect(hers.get_by_text("Your post is published.")).to_be_visible()
    address = hers.url
    shows_all_that_was_written(hers.get_by_role("article").first)
    entries = hers.get_by_role("region", name="References").get_by_role("listitem")
    expect(entries).to_contain_text(["Granovetter, M. S. (1973)", "Wenger, E. (1998)"])

    his.goto(address)
    steps.comment(his, "Made, or found?")
    hers.goto(address)
    steps.reply(hers, "Bob", "Made, I think.")
    steps.open_comment_menu(hers)
    hers.get_by_role("link", name="Edit your comment").click()
    steps.fill_box(hers.get_by_role("textbox", name="Your reply"), "Made, I am sure.")
    button(hers, "Save").click()
    expect(hers.get_by_role("article").filter(has_text="Made, I am sure.")).to_be_visible()
    his.goto(address)
    steps.open_comment_menu(his)
    his.get_by_role("link", name="Delete your comment").click()
    button(his, "Delete").click()
    expect(his.get_by_text("You deleted this comment.")).to_be_visible()
    expect(his.get_by_role("article").filter(has_text="Made, I am sure.")).to_be_visible()
    button(his, "Undo").first.click()
    expect(his.get_by_role("article").filter(has_text="Made, or found?")).to_be_visible()


def add_picture_by_form(page):
    """Add a picture on its own page, which puts it at the end of the draft."""
    button(page, "Add a picture").click()
    picture = {"name": "map.png", "mimeType": "image/png", "buffer": file().read()}
    page.get_by_label("Picture*").set_input_files(picture)
    page.get_by_label("Description for people who cannot see the picture").fill("A map of ties")
    button(page, "Add the picture").click()
    expect(page.get_by_label("Post, in Markdown")).to_have_value(re.compile("!\\[A map of ties\\]"))


def shows_all_that_was_written(text):
    """Look for both citations, the picture and the footnote."""
    expect(text).to_contain_text("Ties (Wenger, 1998) are made of practice.")
    expect(text).to_contain_text("Weak ones carry news (see Granovetter, 1973, p. 1371).1")
    picture = text.get_by_role("img", name="A map of ties")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") == 60
    expect(text.locator(".footnotes")).to_contain_text("As I found when I moved.")


def test_a_removed_members_open_session(window, course, instructor, ada):
    """Access ends at the next request: for pages, and for words that were being written."""
    factories.make_post(ada, course, "Mine")
    hers, theirs = window(ada), window(instructor)
    hers.goto(f"/c/{course.slug}/posts/new/")
    steps.write(hers, "Too late", "These words")
    expect(hers.locator("[data-state]")).to_contain_text("Saved")

    theirs.goto(f"/c/{course.slug}/roster/")
    theirs.get_by_role("link", name="Change Ada Student").click()
    theirs.get_by_role("link", name=re.compile("Remove")).click()
    button(theirs, "Remove").click()
    expect(theirs.get_by_text("Former members")).to_be_visible()
    steps.write(hers, "Too late", "These words were typed before.")
    place = button(hers, "Publish").bounding_box()
    expect(steps.failure(hers)).to_contain_text("Not saved: the site did not")
    assert button(hers, "Publish").bounding_box() == place

    with hers.expect_navigation() as answer:
        button(hers, "Publish").click()
    assert answer.value.status == 404
    expect(heading(hers, "What you typed")).to_be_visible()
    kept = [box.input_value() for box in hers.get_by_label("Your text").all()]
    assert kept == ["Too late", "These words were typed before."]
    for path in ("", "posts/", "people/", "network/", "posts/new/"):
        assert hers.goto(f"/c/{course.slug}/{path}").status == 404
    assert list(course.posts.published().values_list("title", flat=True)) == ["Mine"]
    hers.goto("/")
    expect(heading(hers, "You are not in a course yet")).to_be_visible()
