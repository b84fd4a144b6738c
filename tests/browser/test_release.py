"""From the grade to the release of a section, to the reply, and back; on a laptop and a phone."""

import pytest
from playwright.sync_api import expect

from blog.models import FeedbackReply, Grading
from tests import factories
from tests.browser.steps import button, heading, settled, wait_for_copy
from tests.long import few_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]
LAPTOP = {"viewport": {"width": 1366, "height": 768}}
PHONE = {"viewport": {"width": 390, "height": 844}}
RELEASE = "/c/networks/desk/1/release/"
TEXT = "Who decides?\n\nNobody asked the readers.\n\nThe end."
WORDS = "A clear start.\n\n¶2: whom did you ask?"
TOO_WIDE = "() => document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def post(course, ada, bob, instructor):
    """Return Ada's post in the section of Monday; Bob, of Tuesday, is graded already."""
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    for person, name in ((ada, "Monday"), (bob, "Tuesday")):
        section = factories.make_section(course, name)
        course.memberships.filter(user=person).update(section=section)
    factories.make_grading(
        factories.make_post(bob, course, "Of knots", TEXT, prompt=prompt), instructor, level=2
    )
    post = factories.make_post(ada, course, "Of ties", TEXT, prompt=prompt, slug="of-ties")
    post.revision.rerender()
    return post


@pytest.mark.parametrize(
    ("team", "students"), few_of([(LAPTOP, PHONE), (PHONE, LAPTOP)], 2), ids=["laptop", "phone"]
)
def test_from_the_grade_to_the_reply_and_back(window, post, ada, bob, instructor, team, students):
    desk = window(instructor, **team)
    grade(desk, post)
    hers, his = window(ada, **students), window(bob, **students)
    hers.goto(post.get_absolute_url())
    assert "whom did you ask" not in hers.content()

    release_section(desk)

    read(hers)
    his.goto("/c/networks/")
    expect(his.get_by_text("is ready, from")).to_have_count(0)
    reply(hers)
    read_reply(desk, post)
    take_back(desk)
    for path in ("/c/networks/", post.get_absolute_url(), "/me/work/networks/"):
        hers.goto(path)
        assert "whom did you ask" not in hers.content()
    expect(hers.get_by_text("I will ask two of them.")).to_be_visible()


def grade(page, post):
    page.goto(factories.desk_address(post))
    settled(page)
    for criterion in page.locator(".criterion-fold").all():
        if criterion.get_attribute("open") is None:
            criterion.locator("summary").click()
        criterion.locator(".level-row").nth(2).click()
    page.get_by_label("Feedback for Ada").first.fill(WORDS)
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).first.click()
    expect(page.get_by_text("Feedback for Ada Student saved.")).to_be_visible()


def release_section(page):
    page.goto("/c/networks/desk/1/")
    page.get_by_role("link", name="Release 2 grades").click()
    expect(heading(page, "Review before release")).to_be_visible()
    page.get_by_role("link", name="Monday").click()
    expect(page.get_by_role("row", name="Bob Student")).to_have_count(0)
    row = page.get_by_role("row", name="Ada Student")
    expect(row.get_by_text("Well")).to_have_count(2)
    for level in row.get_by_text("Well").all():
        expect(level).to_be_visible()
    assert not page.evaluate(TOO_WIDE)
    expect(page.get_by_role("heading", name="What Ada will see")).to_be_visible()
    button(page, "Release 1 grade").click()
    expect(page.get_by_text("Released to 1 student.")).to_be_visible()
    assert Grading.objects.released().count() == 1


def read(page):
    page.goto("/c/networks/")
    page.get_by_role("link", name="Read your feedback").first.click()
    panel = page.get_by_role("complementary", name="You and the teaching team can see this")
    expect(panel.get_by_text("6 of 8 points")).to_be_visible()
    note = page.locator("[data-paragraph='2']")
    if not note.evaluate("(note) => note.open"):
        note.locator("summary").click()
    expect(note.get_by_text("whom did you ask?")).to_be_visible()
    # Where there is a column for it the note stands beside its paragraph, else below it.
    assert (
        page.evaluate("() => document.getElementById('p2').nextElementSibling.dataset.paragraph")
        == "2"
    )


def reply(page):
    page.get_by_role("link", name="Write what you will change").click()
    box = page.get_by_label("What I will change")
    box.fill("I will ask one of them.")
    wait_for_copy(page, "I will ask one of them.")
    page.reload()  # a browser keeps what is not saved
    button(page, "Use this text").click()
    expect(box).to_have_value("I will ask one of them.")
    box.fill("I will ask two of them.")
    button(page, "Save").click()
    expect(page.get_by_text("Saved. You and the teaching team can read it.")).to_be_visible()
    expect(page.get_by_text("I will ask two of them.")).to_be_visible()
    assert FeedbackReply.objects.get().version == 1


def read_reply(page, post):
    page.goto("/c/networks/desk/1/")
    expect(page.get_by_role("heading", name="What students will change")).to_be_visible()
    page.goto(factories.desk_address(post))
    page.get_by_text("What Ada will change").click()
    expect(page.get_by_text("I will ask two of them.")).to_be_visible()


def take_back(page):
    page.goto(RELEASE)
    button(page, "Take back").click()
    expect(page.get_by_text("Taken back. 1 student can no longer see their grade")).to_be_visible()
    assert not Grading.objects.released().exists()


def test_the_last_look_by_keyboard(window, post, instructor):
    """The button counts the ticks; a name shows what its student will see, and keeps them."""
    factories.make_grading(post, instructor, "For Ada.", level=3)
    page = window(instructor, **LAPTOP)
    page.goto(RELEASE)
    expect(button(page, "Release 2 grades")).to_be_visible()

    page.get_by_role("checkbox", name="Release the grade of Ada Student").focus()
    page.keyboard.press("Space")
    expect(button(page, "Release 1 grade")).to_be_visible()
    for _each in range(3):  # past her name, and Bob's box, to his name
        page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Bob Student")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="What Bob will see")).to_be_visible()
    expect(
        page.get_by_role("checkbox", name="Release the grade of Ada Student")
    ).not_to_be_checked()
    page.get_by_label("Date and time").fill("2027-01-15T08:00")
    expect(page.get_by_label("On a date")).to_be_checked()
    assert not Grading.objects.exclude(released_at=None).exists()


def test_the_last_look_without_scripts(window, post, instructor):
    factories.make_grading(post, instructor, "For Ada.", level=3)
    page = window(instructor, java_script_enabled=False, **LAPTOP)
    page.goto(RELEASE)

    page.get_by_role("checkbox", name="Release the grade of Ada Student").uncheck()
    button(page, "Bob Student").click()
    expect(page.get_by_role("heading", name="What Bob will see")).to_be_visible()
    button(page, "Release the ticked grades").click()

    expect(page.get_by_text("Released to 1 student.")).to_be_visible()
    assert [each.student.display_name for each in Grading.objects.released()] == ["Bob Student"]
