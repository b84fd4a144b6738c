"""Feedback on the page of a post: by criterion, beside its paragraphs, and alone."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Grading
from tests import factories

PAGE = "/c/networks/posts/of-ties/"
RELEASED = timezone.now() - timedelta(minutes=5)


@pytest.fixture
def post(ada, course):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    text = "Who decides?\n\nNobody asked.\n\nThe end."
    post = factories.make_post(ada, course, "Of ties", text, prompt=prompt, slug="of-ties")
    post.revision.rerender()
    return post


@pytest.fixture
def reader(client, ada):
    client.force_login(ada)
    return client


def words(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def panel(response):
    html = response.content.decode()
    return re.search(r'<aside class="margin stack" id="feedback".*?</aside>', html, re.DOTALL)[0]


def test_levels_have_their_text_and_points_and_the_sum(reader, post, instructor):
    factories.make_grading(post, instructor, level=3, released_at=RELEASED)

    page = words(reader.get(PAGE))

    assert "6 of 8 points" in page
    assert "Answers the prompt Well , 3 of 4 Answers the prompt: Well." in page


def test_other_points_come_with_their_reason(reader, post, instructor):
    factories.make_grading(
        post, instructor, level=3, released_at=RELEASED, override_hundredths=700,
        override_reason="A talk in class.",
    )  # fmt: skip

    page = words(reader.get(PAGE))

    assert "7 of 8 points" in page
    assert "These points count instead of the sum of the levels: A talk in class." in page


@pytest.mark.parametrize(
    ("fields", "shown", "hidden"),
    [
        ({"status": "feedback"}, ["Read with interest."], ["of 8", "Well"]),
        ({"level": 3, "html": ""}, ["6 of 8 points"], ["Read with interest."]),
        ({"status": "excused", "html": ""}, ["You are excused from this prompt."], ["of 8"]),
        (
            {"status": "missing"},
            ["Nothing was submitted for this prompt.", "Read with interest."],
            ["of 8"],
        ),
    ],
)
def test_feedback_alone_a_grade_alone_and_neither(reader, post, instructor, fields, shown, hidden):
    html = fields.pop("html", None)
    factories.make_grading(post, instructor, released_at=RELEASED, **fields)
    if html is not None:
        Grading.objects.update(html=html)

    private = panel(reader.get(PAGE))

    assert [one for one in shown if one not in " ".join(private.split())] == []
    assert [one for one in hidden if one in private] == []


def test_words_on_a_paragraph_stand_beside_it_and_lead_to_it(reader, post, instructor, client, bob):
    grading = factories.make_grading(post, instructor, released_at=RELEASED, status="feedback")
    Grading.objects.update(html="<p>Clear.</p>\n<p>¶2: who was not asked?</p>")

    html = reader.get(PAGE).content.decode()

    assert 'data-passage-notes data-paragraph="2"' in html
    assert html.count('<a href="/c/networks/posts/of-ties/#p2">¶2</a>: who was not asked?') == 2
    assert grading.pk
    client.force_login(bob)
    assert "who was not asked" not in client.get(PAGE).content.decode()


def test_after_a_new_version_the_words_lead_to_the_one_that_was_graded(reader, post, instructor):
    factories.make_grading(post, instructor, released_at=RELEASED, status="feedback")
    Grading.objects.update(html="<p>¶2: who was not asked?</p>")
    factories.publish_again(post, "One paragraph.")

    html = reader.get(PAGE).content.decode()

    assert '<a href="/c/networks/posts/of-ties/history/1/#p2">¶2</a>' in html
    assert "data-passage-notes" not in html


def test_feedback_without_a_post_is_read_at_the_prompt(client, course, instructor, bob):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    Grading.objects.create(
        prompt=prompt, student=bob, grader=instructor, status="missing", of_record=True,
        text="Come by.", html="<p>Come by.</p>", released_at=RELEASED,
    )  # fmt: skip
    client.force_login(bob)

    page = words(client.get("/c/networks/prompts/1/"))

    assert "Nothing was submitted for this prompt." in page
    assert "Come by." in page
    assert "Feedback on the prompt Blog post 1 is ready" in words(client.get("/c/networks/"))
