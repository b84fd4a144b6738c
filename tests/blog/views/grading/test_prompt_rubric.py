"""The rubric of a prompt: fixed once there are grades, and changed on a page of its own."""

import pytest

from blog.models import AuditEvent, Grading, Prompt, Score
from tests import factories
from tests.blog.views.prompts.test_prompt import begin_before_prompt_form, prompt_form

PAGE = "/c/networks/prompts/1/rubric/"
EDIT = "/c/networks/prompts/1/edit/"


@pytest.fixture
def rubric(course):
    return factories.make_rubric(course)


@pytest.fixture
def other(course):
    return factories.make_rubric(course, "Voice", criteria=["Voice"])


@pytest.fixture
def prompt(course, rubric):
    return factories.make_prompt(begin_before_prompt_form(course), rubric=rubric)


@pytest.fixture
def grading(prompt, course, ada, instructor):
    return factories.make_grading(
        factories.make_post(ada, course, prompt=prompt), instructor, level=3
    )


@pytest.fixture
def signed_in(client, instructor):
    client.force_login(instructor)
    return client


def words(response):
    return " ".join(response.content.decode().split())


def test_prompt_edit_lets_choose_the_rubric_before_the_first_grade(signed_in, prompt, other):
    signed_in.post(EDIT, prompt_form(rubric=other.pk))

    assert Prompt.objects.get().rubric == other


@pytest.mark.parametrize("has_rubric", [True, False])
def test_prompt_edit_says_that_the_rubric_is_fixed(signed_in, prompt, grading, has_rubric):
    if not has_rubric:
        Score.objects.all().delete()
        Prompt.objects.update(rubric=None)

    page = words(signed_in.get(EDIT))

    assert ("Rubric: “Reflection”. Posts have been graded" in page) is has_rubric
    assert ("No rubric: feedback in words only. Posts" in page) is not has_rubric
    assert f'<a href="{PAGE}">Change the rubric</a>' in page
    assert 'name="rubric"' not in page


@pytest.mark.parametrize("sent", ["none", "other"])
def test_prompt_edit_of_a_form_from_before_the_first_grade_keeps_what_was_typed(
    signed_in, prompt, rubric, other, grading, sent
):
    rubric_sent = other.pk if sent == "other" else ""

    response = signed_in.post(EDIT, prompt_form(title="Renamed", rubric=rubric_sent))

    assert "Grading has begun while this page was open" in words(response)
    assert 'value="Renamed"' in words(response)
    prompt.refresh_from_db()
    assert (prompt.rubric, prompt.title) == (rubric, "Blog post 1")


@pytest.mark.parametrize("sends_rubric", [True, False])
def test_prompt_edit_saves_the_rest_with_the_same_rubric(
    signed_in, prompt, rubric, grading, sends_rubric
):
    form = prompt_form(title="Renamed", rubric=rubric.pk)
    if not sends_rubric:
        del form["rubric"]

    signed_in.post(EDIT, form)

    prompt.refresh_from_db()
    assert (prompt.rubric, prompt.title) == (rubric, "Renamed")


def test_the_page_says_what_happens_to_how_many_grades(
    signed_in, prompt, other, grading, course, bob, assistant
):
    factories.make_grading(factories.make_post(bob, course, prompt=prompt), assistant)

    page = words(signed_in.get(PAGE))

    assert "The rubric is “Reflection” now. Grades not released: 1 complete, 1 incomplete." in page
    assert page.count("When you release grades, students see the levels of this rubric only.") == 1
    assert "When you release grades, students see your feedback in words and no levels." in page
    assert "No level and no feedback is deleted." in page
    assert "Grades not released: 2 complete, 0 incomplete." in page  # in words only
    assert "Grades not released: 0 complete, 2 incomplete." in page  # by the other rubric
    assert Prompt.objects.get().rubric != other


def test_the_page_says_what_happens_to_released_grades(signed_in, prompt, other, grading):
    Grading.objects.update(released_at=grading.created_at)

    page = words(signed_in.get(PAGE))

    assert "1 grade is released and stays released. The student sees it as it is now" in page
    assert "When you release the other grades," in page
    assert "Grades not released: 0 complete, 0 incomplete." in page
    assert "until you save all levels" not in page


def test_no_rubric_promises_no_new_levels(signed_in, prompt, other, grading, rubric):
    Grading.objects.update(released_at=grading.created_at)
    Grading.objects.update(released_rubric=rubric)
    page = words(signed_in.get(PAGE))
    none = page[page.index("No rubric: feedback in words only") :]

    assert "Released grades keep their levels." in none
    assert page.count("change for a student once you save all levels of this rubric") == 1

    signed_in.post(PAGE, {"instead_of": rubric.pk, "rubric": ""})
    assert Grading.objects.get().scores.seen_by_student().count() == 2


@pytest.mark.parametrize("to", ["other", "none"])
def test_changing_it_keeps_all_levels(signed_in, prompt, rubric, other, grading, to):
    scores = list(Score.objects.order_by("pk").values())
    new = other if to == "other" else None

    response = signed_in.post(PAGE, {"instead_of": rubric.pk, "rubric": new.pk if new else ""})

    assert response.url == "/c/networks/desk/1/"
    assert Prompt.objects.get().rubric == new
    assert list(Score.objects.order_by("pk").values()) == scores
    assert AuditEvent.objects.filter(action="rubric_changed").count() == 1


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({}, "Choose a rubric, or none."),
        ({"rubric": "999999999999999999999"}, "Choose a rubric of this course, or none."),
        ({"rubric": "nonsense"}, "Choose a rubric of this course, or none."),
    ],
)
def test_a_form_without_a_choice_changes_nothing(signed_in, prompt, rubric, form, message):
    response = signed_in.post(PAGE, {"instead_of": rubric.pk} | form)

    assert response.status_code == 422
    assert 'aria-invalid="true" aria-describedby="rubric-error"' in words(response)
    assert f'id="rubric-error">{message}' in words(response)
    assert Prompt.objects.get().rubric == rubric


def test_a_rubric_that_was_changed_meanwhile_is_not_changed_again(signed_in, prompt, rubric, other):
    Prompt.objects.update(rubric=other)

    response = signed_in.post(PAGE, {"instead_of": rubric.pk, "rubric": ""})

    assert response.status_code == 422
    assert "Someone else has changed the rubric." in words(response)
    assert "The rubric is “Voice” now." in words(response)
    assert Prompt.objects.get().rubric == other


@pytest.mark.parametrize("rubrics", [1, 3])
def test_query_count(signed_in, prompt, course, rubrics, django_assert_num_queries):
    for n in range(rubrics):
        factories.make_rubric(course, f"Rubric {n}")

    # session, person with memberships; prompt twice, rubrics twice, counts
    with django_assert_num_queries(7):
        signed_in.get(PAGE)


def test_no_rubric_and_the_first_one(signed_in, course):
    factories.make_prompt(course)
    assert "This course has no other rubric yet." in words(signed_in.get(PAGE))
    rubric = factories.make_rubric(course)

    signed_in.post(PAGE, {"instead_of": "", "rubric": rubric.pk})

    assert Prompt.objects.get().rubric == rubric
