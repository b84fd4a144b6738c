"""In colours that a system forces on pages, and with less motion, nothing is lost on any page.

Forced colours take away all grounds and shadows, and give words and lines a few colours of the
system; so a state that is told by its ground alone is told no more, and a line that was clear is
seen. Each page is opened once: light, then dark.
"""

from pathlib import Path

import pytest

from tests.browser.places import places
from tests.browser.steps import settled
from tests.browser.test_axe import OPEN_ALL
from tests.browser.visits import go_to
from tests.long import few_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOOKS = Path(__file__).with_name("looks.js")
# At each commit one part of the pages is looked at, in the long run all are.
PARTS = 28
QUESTIONS = {
    "light": ["controls", "states", "texts", "drawings"],
    # Rings come last: going through all that can have the focus opens some of it.
    "dark": ["controls", "texts", "drawings", "motion", "rings"],
}
# What each question is there to find, in the least of pages.
FAULTY = [
    ("controls", '<button style="border: 0; background: none">Save</button>'),
    ("controls", '<input style="border: 1px solid Canvas; background: Canvas">'),
    ("states", '<a href="/" aria-current="page">Posts</a>'),
    ("states", '<button aria-pressed="true" style="background: red">Bold</button>'),
    ("states", '<label>Level <input type="radio" checked style="opacity: 0"></label>'),
    ("states", '<input class="form-control">'),
    ("texts", '<p style="forced-color-adjust: none; color: red; background: red">Due</p>'),
    ("texts", '<p style="color: Canvas; background: CanvasText">Due</p>'),
    ("drawings", '<svg><circle cx="9" cy="9" r="9" fill="#123456"/></svg>'),
    ("drawings", '<svg><path d="M0 0h20v20" fill="none" stroke="Canvas"/></svg>'),
    ("rings", '<style>a:focus { outline: 0 }</style><a href="/">Posts</a>'),
    ("motion", '<p style="transition: color 1s">Due</p>'),
    ("motion", "<style>html { scroll-behavior: smooth }</style>"),
    ("motion", "<style>@keyframes a { to { rotate: 9deg } } p { animation: a 1s }</style><p>Due"),
]


@pytest.mark.whole
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", few_of(range(PARTS), PARTS))
def test_nothing_is_lost_in_forced_colours_and_nothing_moves(window, committed_demo, part):
    """It names all that it finds."""
    found = []

    for user, paths in places(committed_demo).items():
        page = window(user)
        page.add_init_script(path=LOOKS)
        page.emulate_media(forced_colors="active")
        for name, path in list(paths.items())[part::PARTS]:
            go_to(page, path)
            settled(page)
            page.evaluate(OPEN_ALL)
            found += [f"{name}: {finding}" for finding in look_at(page)]

    assert found == []


def look_at(page):
    """Yield the faults of an open page."""
    page.keyboard.press("Tab")  # after which the focus is seen wherever it goes
    for scheme, questions in QUESTIONS.items():
        page.emulate_media(color_scheme=scheme)
        for question in questions:
            for finding in page.evaluate(f"looks.{question}()"):
                yield f"{scheme}, {finding}"


@pytest.mark.parametrize(("question", "html"), FAULTY)
def test_faults_of_looks_are_found(browser, question, html):
    page = browser.new_page(forced_colors="active", reduced_motion="reduce")
    page.set_content(html)
    page.evaluate(LOOKS.read_text())
    page.keyboard.press("Tab")

    findings = page.evaluate(f"looks.{question}()")

    page.close()
    assert len(findings) == 1
