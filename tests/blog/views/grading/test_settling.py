"""Gradings that differ, on the desk: both are shown at the criterion, and an instructor settles."""

import pytest

from blog.models import Grading, SecondGrading, SecondGradingDraw, Settlement
from tests import factories

PAGE = "/c/networks/desk/1/7/"
COMMENTS = f"{PAGE}comments/"


@pytest.fixture
def prompt(course, ada):
    prompt = factories.make_prompt(
        course,
        rubric=factories.make_rubric(course),
        comments_rubric=factories.make_rubric(course, "Talk", criteria=["Reads closely"]),
    )
    factories.set_queue_number(prompt, ada, 7)
    return prompt


@pytest.fixture
def post(prompt, ada, course):
    return factories.make_post(ada, course, "Of ties", prompt=prompt)


@pytest.fixture
def desk(client, instructor):
    client.force_login(instructor)
    return client


@pytest.fixture
def differing(post, instructor, assistant):
    """Return a grading: third level of both criteria; the assistant gave the second."""
    grading = factories.make_grading(post, instructor, level=3)
    factories.make_grading(post, assistant, level=2, of_record=False)
    return grading


@pytest.fixture
def differing_comments(prompt, ada, instructor, assistant):
    grading = factories.make_comments_grading(prompt, ada, instructor, level=3)
    factories.make_comments_grading(prompt, ada, assistant, level=2, of_record=False)
    return grading


def words(response):
    return " ".join(response.content.decode().split())


def settle(desk, grading, position=2, **changes):
    criterion = grading.rubric.criteria.first()
    shown, chosen = (criterion.levels.get(position=place).pk for place in (3, position))
    address = f"{PAGE}gradings/{grading.pk}/criteria/{criterion.pk}/settle/"
    return desk.post(address, {"instead_of": shown, "level": chosen, **changes}, follow=True)


def test_both_levels_stand_at_the_criterion(desk, differing):
    page = desk.get(PAGE)

    assert "Second grading differs in 2 of 2 criteria. Yours counts until it is settled." in (
        words(page).replace("</span> <span> ", " ")
    )
    rows = list(page.context["form"].rows())
    assert [(row.conflict.level.title, row.is_open) for row in rows] == [
        ("Well", True),
        ("Well", False),
    ]
    assert words(page).count("you, counts now") == 2
    assert "4 of 8" in words(page)  # the assistant's
    assert words(page).count("Keep “Well”") == words(page).count("Use “Partly”") == 2


def test_an_instructor_settles_a_criterion_and_stays_with_the_student(desk, differing):
    done = settle(desk, differing)

    assert done.redirect_chain == [(PAGE, 302)]
    assert "Settled: Answers the prompt, Partly." in words(done)
    assert "in 1 of 2 criteria." in words(done)
    assert Settlement.objects.get().former_level.title == "Well"
    assert [row.is_open for row in done.context["form"].rows()] == [False, True]


def test_the_part_of_the_queue_stays_as_it_is(desk, differing):
    criterion = differing.rubric.criteria.first()
    address = f"{PAGE}gradings/{differing.pk}/criteria/{criterion.pk}/settle/?part=graded"

    assert f'action="{address}"' in words(desk.get(f"{PAGE}?part=graded"))
    assert settle(desk, differing).status_code == 200
    level = criterion.levels.get(position=3).pk
    done = desk.post(address, {"instead_of": level, "level": level})
    assert done.url == f"{PAGE}?part=graded"


def test_what_was_changed_meanwhile_is_not_settled(desk, differing):
    done = settle(desk, differing, instead_of="0")

    assert "The grade was changed in the meantime." in words(done)
    assert not Settlement.objects.exists()


def test_an_assistant_sees_both_and_settles_nothing(client, differing, assistant):
    client.force_login(assistant)

    page = words(client.get(PAGE))

    assert "The grade by Ines Instructor counts until it is settled." in page
    assert "An instructor settles it." in page
    assert "Use “Partly”" not in page
    assert "/settle/" not in page
    assert settle(client, differing).status_code == 403


def test_a_silent_second_grader_sees_nothing_of_it(client, differing, instructor, course):
    tess = factories.make_user("Tess Assistant")
    factories.add_member(course, tess, factories.Role.INSTRUCTOR)
    draw = SecondGradingDraw.objects.create(prompt=differing.prompt, seed=1, drawn_by=instructor)
    SecondGrading.objects.create(draw=draw, first=differing, grader=tess)
    client.force_login(tess)

    page = words(client.get(PAGE))

    assert "You see the grades of others once yours has a level for each criterion." in page
    assert "Second grading differs" not in page
    assert "/settle/" not in page


def test_gradings_that_agree_ask_for_nothing(desk, post, instructor, assistant):
    factories.make_grading(post, instructor, level=3)
    factories.make_grading(post, assistant, level=3, of_record=False)

    assert "Second grading differs" not in words(desk.get(PAGE))


def test_grades_of_comments_are_settled_by_their_own_rubric(desk, differing_comments, ada):
    assert "in 1 of 1 criterion." in words(desk.get(COMMENTS))
    talk = words(desk.get(f"/c/networks/desk/people/{ada.username}/?prompt=1"))
    assert "Use “Partly”" in talk

    done = settle(desk, differing_comments)

    assert done.redirect_chain == [(COMMENTS, 302)]
    assert "Second grading differs" not in words(done)
    differing_comments.refresh_from_db()
    assert differing_comments.scores.get().level.title == "Partly"


def test_grades_of_comments_that_differ_wait_and_are_listed(desk, differing_comments):
    release = desk.get("/c/networks/desk/1/release/").context["tables"]
    assert [row.is_unsettled for table in release for row in table.rows] == [True]
    agreement = words(desk.get("/c/networks/desk/1/agreement/"))
    assert "Ada Student, comments" in agreement
    assert Grading.objects.released().count() == 0


def test_grades_of_a_post_and_of_comments_are_not_compared(desk, post, prompt, ada, instructor):
    factories.make_grading(post, instructor, level=3)
    factories.make_comments_grading(prompt, ada, instructor, level=1)

    assert "Second grading differs" not in words(desk.get(PAGE))
    assert "Second grading differs" not in words(desk.get(COMMENTS))


@pytest.mark.parametrize("graders", [2, 4])
def test_queries_do_not_grow_with_gradings(
    desk, differing, course, graders, django_assert_num_queries
):
    for number in range(graders - 2):
        tess = factories.make_user(f"Tess {number}")
        factories.add_member(course, tess, factories.Role.ASSISTANT)
        factories.make_grading(differing.post, tess, level=1, of_record=False)

    # those of the desk without other gradings, and two for the conflicts
    with django_assert_num_queries(30):
        desk.get(PAGE)
