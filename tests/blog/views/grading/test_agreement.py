"""The page on levels and agreement, for the teaching team."""

import pytest

from blog.models import SecondGrading, Settlement
from tests import factories
from tests.submitted import fields_of

PAGE = "/c/networks/desk/1/agreement/"


@pytest.fixture
def prompt(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def signed_in(client, instructor, prompt):
    client.force_login(instructor)
    return client


def grade(prompt, grader, *levels):
    """Grade one new student for each level, a position from 1 to 4; return the gradings."""
    gradings = []
    for level in levels:
        student = factories.make_user(f"Student No {level}")
        factories.add_member(prompt.course, student)
        post = factories.make_post(student, prompt.course, prompt=prompt)
        gradings.append(factories.make_grading(post, grader, level=level))
    return gradings


def grade_again(grading, grader, level):
    return factories.make_grading(grading.post, grader, level=level, of_record=False)


def words(response):
    return " ".join(response.content.decode().split())


def test_a_level_that_nobody_has_is_named(signed_in, prompt, instructor):
    grade(prompt, instructor, 1, 3, 3, 3, 4)

    page = words(signed_in.get(PAGE))

    assert page.count("Nobody has “Partly”.") == 2
    assert "Nobody has “Well”." not in page
    assert page.count('<td class="num">3</td>') == 2


def test_no_student_is_named(signed_in, prompt, instructor):
    grade(prompt, instructor, 1, 3, 3, 3, 4)

    assert "Student No" not in words(signed_in.get(PAGE))


def test_levels_for_comments_are_shown_where_they_have_a_rubric(client, instructor, course):
    rubric = factories.make_rubric(course, "Comments", criteria=["Reads closely"])
    prompt = factories.make_prompt(course, comments_rubric=rubric)
    client.force_login(instructor)

    page = words(client.get(PAGE))
    overview = words(client.get("/c/networks/desk/"))

    assert "How the levels for comments are used" in page
    assert "Reads closely" in page
    assert "No grade has a level here yet." in page
    assert "No levels to compare" not in page
    assert f'href="/c/networks/desk/{prompt.number}/agreement/"' in overview


def test_the_page_says_that_comments_are_not_drawn(signed_in):
    assert "Comments are not drawn" in words(signed_in.get(PAGE))


def test_too_few_grades_say_so(signed_in, prompt, instructor):
    grade(prompt, instructor, 1)

    page = words(signed_in.get(PAGE))

    assert "Only 1 grade has a level here. From 5 on this shows how they are spread." in page


def test_a_prompt_without_a_rubric_says_so(signed_in, prompt):
    prompt.rubric = None
    prompt.save()

    assert "This prompt has no rubric" in words(signed_in.get(PAGE))


def test_the_grading_desk_leads_to_it(signed_in, prompt):
    assert f'href="{PAGE}"' in words(signed_in.get("/c/networks/desk/"))


# Second grades


def ask(client, **typed):
    form = fields_of(client.get(PAGE), having="amount") | typed
    return client.post(f"{PAGE}draw/", form, follow=True)


def test_a_second_grader_finds_the_posts_first_and_sees_no_levels_before_their_own(
    signed_in, client, prompt, instructor, assistant
):
    [old, drawn] = grade(prompt, instructor, 4, 4)
    page = ask(signed_in, amount="50", unit="percent")
    assert "1 post now waits for a second grading." in words(page)
    assert "Asa Assistant</dt> <dd> 0 given, 1 left" in words(page)
    drawn = SecondGrading.objects.get().first
    client.force_login(assistant)

    queue = client.get("/c/networks/desk/1/").context["queue"]
    post = factories.desk_address(drawn.post)
    rows = client.get(post).context["rows"]
    before = words(client.get(post))
    grade_again(drawn, assistant, 2)
    after = words(client.get(post))

    assert [(item.grading, item.is_due) for item in queue][0] == (drawn, True)
    assert "Waits for your grade" in before
    assert "You see the grades of others once yours has a level for each criterion." in before
    assert "Ines Instructor graded this" not in before
    assert (rows[0].item.grading, rows[0].grader, rows[0].points) == (drawn, None, None)
    assert drawn.text not in before
    assert "Ines Instructor graded this" in after
    assert "Waits for your grade" not in after


def test_asking_twice_draws_once(signed_in, prompt, instructor, assistant):
    grade(prompt, instructor, 1, 2, 3, 4)
    form = fields_of(signed_in.get(PAGE), having="amount") | {"amount": "2", "unit": "posts"}

    for _ in range(2):
        signed_in.post(f"{PAGE}draw/", form)

    assert SecondGrading.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"amount": "101", "unit": "percent"}, "Choose at most 100 percent."),
        ({"amount": "0", "unit": "posts"}, "The lowest number here is 1."),
        ({"amount": "", "unit": "posts"}, "This field is required."),
    ],
)
def test_an_amount_that_cannot_be_is_refused(
    signed_in, prompt, instructor, assistant, typed, error
):
    grade(prompt, instructor, 1, 2)

    page = ask(signed_in, **typed)

    assert (page.status_code, SecondGrading.objects.count()) == (422, 0)
    assert error in words(page)


def test_an_instructor_alone_is_told_who_is_missing(signed_in, prompt, instructor):
    grade(prompt, instructor, 1, 2)

    page = ask(signed_in, amount="1", unit="posts")

    assert "Nobody else in this course can grade. Add an assistant first." in words(page)


def test_what_is_not_given_can_be_taken_back(signed_in, prompt, instructor, assistant):
    grade(prompt, instructor, 1, 2, 3)
    ask(signed_in, amount="3", unit="posts")

    page = signed_in.post(f"{PAGE}take-back/", follow=True)

    assert "3 posts no longer wait for a second grading." in words(page)
    assert not SecondGrading.objects.exists()


def test_agreement_is_told_in_words_and_figures(signed_in, prompt, instructor, assistant):
    gradings = grade(prompt, instructor, *[1, 2, 3, 4] * 4)
    ask(signed_in, amount="100", unit="percent")
    for number, grading in enumerate(gradings):
        level = grading.scores.first().level.position
        grade_again(grading, assistant, min(level + (number % 8 == 0), 4))

    page = words(signed_in.get(PAGE))

    told = "Graders agree on 14 of 16 posts; where they differ, it is by one level."
    assert page.count(told) == 2
    assert "88% (95% interval: 64% to 97%)" in page
    assert "Kappa with quadratic weights, Ines Instructor and Asa Assistant" in page


# Conflicts


@pytest.fixture
def conflict(prompt, instructor, assistant):
    """Return a grading: third level of both criteria; the assistant gave the second."""
    [grading] = grade(prompt, instructor, 3)
    grade_again(grading, assistant, 2)
    return grading


def settle(client, conflict, **typed):
    criterion = conflict.prompt.rubric.criteria.first()
    address = f"/c/networks/desk/1/gradings/{conflict.pk}/criteria/{criterion.pk}/settle/"
    shown, chosen = (criterion.levels.get(position=position).pk for position in (3, 2))
    return client.post(address, {"instead_of": shown, "level": chosen, **typed}, follow=True)


def test_a_conflict_is_listed_and_settled(signed_in, conflict):
    page = words(signed_in.get(PAGE))
    assert page.count("Keep “Well”") == page.count("Use “Partly”") == 2

    done = words(settle(signed_in, conflict))

    assert "Settled: Answers the prompt, Partly." in done
    assert done.count("Use “Partly”") == 1
    assert Settlement.objects.get().former_level.title == "Well"


def test_a_conflict_that_changed_meanwhile_is_not_settled(signed_in, conflict):
    done = settle(signed_in, conflict, instead_of="0")

    assert "The grade was changed in the meantime." in words(done)
    assert not Settlement.objects.exists()


def test_an_assistant_reads_conflicts_and_settles_none(signed_in, conflict, assistant):
    signed_in.force_login(assistant)

    page = words(signed_in.get(PAGE))

    assert "Grades that differ" in page
    assert "Keep “Well”" not in page


def test_a_grader_who_has_not_graded_a_post_sees_nothing_of_its_conflict(
    signed_in, conflict, prompt, assistant, course
):
    tess = factories.make_user("Tess Assistant")
    factories.add_member(course, tess, factories.Role.ASSISTANT)
    ask(signed_in, amount="1", unit="posts")
    assert SecondGrading.objects.get().grader == tess
    signed_in.force_login(tess)

    assert "Grades that differ" not in words(signed_in.get(PAGE))


@pytest.mark.parametrize("grades", [1, 3])
def test_queries_do_not_grow_with_grades(
    signed_in, prompt, instructor, assistant, grades, django_assert_num_queries
):
    grade(prompt, instructor, *[4] * (2 * grades))
    ask(signed_in, amount=str(grades), unit="posts")
    for drawn in SecondGrading.objects.all():
        grade_again(drawn.first, assistant, 2)

    # session, memberships, prompt; criteria and levels; due from the reader; progress 2;
    # conflicts 2; use of levels; agreement 4; what can be drawn 4
    with django_assert_num_queries(20):
        signed_in.get(PAGE)
