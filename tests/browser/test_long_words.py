"""No word, name, title or address widens a page at 320 px (WCAG 1.4.10)."""

import pytest

from blog.models import (
    Comment,
    Course,
    Criterion,
    Draft,
    Grading,
    Level,
    Pod,
    Post,
    Prompt,
    Revision,
    Rubric,
    User,
    Work,
)
from blog.text import render_comment, render_post, render_question
from tests.browser.places import places
from tests.browser.steps import settled
from tests.browser.visits import go_to

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]

LONG = "Internationalisierungsstrategien" * 3
WORD = LONG[:80]
SHORT_WORD = LONG[:60]
ADDRESS = f"https://www.example.org/{'zeichen' * 11}"
TEXT = f"{WORD} {ADDRESS} `{WORD}`\n\n- {WORD}\n\n> {WORD}\n\n#{WORD}"
OPEN_ALL = "() => document.querySelectorAll('details').forEach(fold => { fold.open = true })"
WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return null;
  const wide = [...document.body.querySelectorAll("*")].filter(
    (element) => element.getBoundingClientRect().right + window.scrollX > width + 1
  );
  return wide.slice(0, 9).map((element) => `${element.tagName}.${element.className}`).join(" ");
}"""


@pytest.fixture
def demo(committed_demo):
    """Return the demo course, with a word of 80 letters wherever people type one."""
    post, comment = render_post(TEXT), render_comment(TEXT)
    User.objects.update(display_name=WORD, public_name=WORD, about=WORD)
    Course.objects.update(title=WORD, about=f"{WORD} {ADDRESS}")
    question = f"{WORD} {ADDRESS}"
    html, plain = render_question(question)
    Prompt.objects.update(title=WORD, question=question, question_html=html, question_plain=plain)
    Post.objects.update(title=WORD)
    Revision.objects.update(title=WORD, text=TEXT, html=post.html, excerpt=post.excerpt)
    Draft.objects.update(title=WORD, text=TEXT)
    Comment.objects.update(text=TEXT, html=comment.html)
    Grading.objects.update(text=TEXT, html=comment.html)
    Work.objects.update(label=WORD, html=f"{WORD} <i>{WORD}</i> {ADDRESS}")
    for number, rubric in enumerate(Rubric.objects.all()):
        Rubric.objects.filter(pk=rubric.pk).update(title=f"{number}{WORD}")
    Criterion.objects.update(title=WORD)
    Level.objects.update(title=SHORT_WORD, description=WORD)
    for number, pod in enumerate(Pod.objects.all()):
        Pod.objects.filter(pk=pod.pk).update(name=f"{number}{SHORT_WORD}"[:60])
    committed_demo.refresh_from_db()
    return committed_demo


def test_no_page_is_wider_than_320_px(window, demo):
    """One test for all pages, as the course is loaded again for each: it names all that are."""
    found = []

    for user, paths in places(demo).items():
        page = window(user)
        page.set_viewport_size({"width": 320, "height": 700})
        for name, path in paths.items():
            go_to(page, path)
            settled(page)
            page.evaluate(OPEN_ALL)
            if wide := page.evaluate(WIDE):
                found.append(f"{name}: {wide}")

    assert found == []
