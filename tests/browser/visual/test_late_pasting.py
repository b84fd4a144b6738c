"""A paste becomes what it is where it was pasted, whatever is typed until the site has read it."""

import pytest
from playwright.sync_api import Route, expect

from blog.models import Picture
from tests.browser.steps import button
from tests.browser.test_pictures import as_file
from tests.browser.visual import late
from tests.browser.visual.late import MODES, field_of, has, held_back, open_at_end
from tests.browser.visual.steps import caret_before, markdown, source
from tests.browser.visual.test_pasting import BRING

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]

PAGE = '<p>weak <b>ties</b> <a href="https://example.org/a">here</a></p>'
PLAIN = "weak ties here"
READY = "weak **ties** [here](https://example.org/a)"
BLOCKS = "<h2>Ties</h2><p>weak <b>ties</b></p>"
CITED = "It is so (Granovetter, 1973). Networks carry what nobody near us knows, as we saw here."
CHANGED = "the text or the editor changed before it was ready."
FAILED = "What you pasted stays plain text"
CHANGES = "**/paste/changes/"


@pytest.fixture
def paste(write):
    """Return a function that pastes at the end of a paragraph, and holds the site back."""

    def ask(mode, plain=PLAIN, html=PAGE):
        page = open_at_end(write, mode, "Say:")
        page.keyboard.type(" ")
        with held_back(page, CHANGES) as answer:
            field_of(page, mode).evaluate(BRING, ["paste", plain, html])
        return page, answer

    return ask


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("write_on", "expected"),
    [
        pytest.param(late.write_behind, f"Say: {READY} and on", id="behind"),
        pytest.param(late.write_before, f"Well, Say: {READY}", id="before"),
        pytest.param(late.write_title, f"Say: {READY}", id="title"),
    ],
)
def test_words_keep_their_formatting_and_what_is_typed(paste, mode, write_on, expected):
    page, answer = paste(mode)

    write_on(page)
    before = markdown(page)
    answer()

    has(page, expected)
    expect(page.get_by_text("to get the plain text back.")).to_be_visible()
    if write_on == late.write_title:
        page.keyboard.type("!")
        expect(page.get_by_label("Title", exact=True)).to_have_value("Ties and!")
        return
    page.keyboard.press("Control+z")
    has(page, before)


@pytest.mark.parametrize("mode", MODES)
def test_the_caret_stays_behind_what_is_typed(paste, mode):
    page, answer = paste(mode)

    page.keyboard.type(" and")
    answer()
    has(page, f"Say: {READY} and")
    page.keyboard.type(" on")

    has(page, f"Say: {READY} and on")


@pytest.mark.parametrize("mode", MODES)
def test_blocks_are_apart_from_what_is_typed(paste, mode):
    page, answer = paste(mode, "Ties\n\nweak ties", BLOCKS)

    late.write_behind(page)
    answer()

    expect(page.get_by_text("to get the plain text back.")).to_be_visible()
    blocks = [block.strip() for block in markdown(page).split("\n\n")]
    assert blocks == ["Say:", "## Ties", "weak **ties**", "and on"]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("write_on", [late.write_inside, late.undo_all])
def test_what_is_changed_meanwhile_stays_and_that_is_said(paste, mode, write_on):
    page, answer = paste(mode)

    write_on(page)
    before = markdown(page)
    answer()

    expect(page.get_by_text(CHANGED)).to_be_visible()
    expect(source(page)).to_have_value(before)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("there_and_back", [False, True])
def test_another_editor_gets_no_second_copy(paste, mode, there_and_back):
    page, answer = paste(mode)

    late.use(page, late.other(mode))
    if there_and_back:
        late.use(page, mode)
    before = markdown(page)
    answer()

    # The textarea stays what it was; the visual editor shows its text again.
    if there_and_back and mode == "markdown":
        has(page, f"Say: {READY}")
        return
    expect(page.get_by_text(CHANGED)).to_be_visible()
    expect(source(page)).to_have_value(before)


def test_a_hidden_textarea_writes_into_no_other_field(paste):
    page, answer = paste("markdown")

    button(page, "Preview").click()
    late.write_title(page)
    answer()

    has(page, f"Say: {READY}")
    expect(page.get_by_label("Title", exact=True)).to_have_value("Ties and")


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("act", [late.refuse, Route.abort])
def test_a_site_that_refuses_leaves_words_and_says_so(paste, mode, act):
    page, answer = paste(mode)

    late.write_behind(page)
    answer(act)

    expect(page.get_by_text(FAILED)).to_be_visible()
    has(page, f"Say: {PLAIN} and on")


@pytest.mark.parametrize("mode", MODES)
def test_changes_that_were_chosen_are_made_while_one_writes_on(paste, mode):
    page, answer = paste(mode, CITED, "")
    late.write_behind(page)
    answer()

    with held_back(page, "**/paste/apply/") as answer:
        button(page, "Apply these changes").click()
    page.keyboard.type(" and on")
    answer()

    has(page, f"Say: {CITED} and on and on".replace("(Granovetter, 1973)", "[@granovetter1973]"))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("when", ["changes", "apply"])
def test_changes_that_cannot_be_made_are_not_said_to_be(paste, mode, when):
    page, answer = paste(mode, CITED, "")
    if when == "apply":
        answer()
        with held_back(page, "**/paste/apply/") as answer:
            button(page, "Apply these changes").click()

    late.use(page, late.other(mode))
    before = markdown(page)
    answer()

    expect(page.get_by_text(CHANGED)).to_be_visible()
    expect(page.get_by_role("dialog", name="Tidy up what you pasted?")).to_be_hidden()
    expect(source(page)).to_have_value(before)


def add_picture(page):
    box = page.get_by_role("dialog", name="Add a picture")
    button(page, "Picture").click()
    box.get_by_label("Picture", exact=False).first.set_input_files(as_file())
    box.get_by_label("Description for people").fill("A [map] of ties")
    button(box, "Add the picture").click()


def write_first(page):
    caret_before(page, "One.")
    page.keyboard.type("Well, ")


@pytest.mark.parametrize("act", [Route.continue_, late.refuse, Route.abort])
@pytest.mark.parametrize(
    ("write_on", "shape"),
    [
        pytest.param(late.write_behind, "One.\n\n{}\n\nand on Two.", id="behind"),
        pytest.param(write_first, "Well, One.\n\n{}\n\nTwo.", id="before"),
        pytest.param(lambda page: late.use(page, "markdown"), "{}\n\nOne. Two.", id="other editor"),
    ],
)
def test_a_picture_is_where_it_was_asked_for(write, act, write_on, shape):
    page = write("One. Two.")
    caret_before(page, " Two.")
    with held_back(page, "**/visual/") as answer:
        add_picture(page)

    write_on(page)
    answer(act)

    expect(page.get_by_text("The picture is in your text.")).to_be_visible()
    expect(source(page)).to_have_value(shape.format(Picture.objects.get().markdown))
