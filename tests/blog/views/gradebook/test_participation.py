"""The participation rule, and the page that makes grades by it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.participation import adopt_grades
from blog.actions.releases import release_prompt
from blog.models import GradeAdoption, Grading, ParticipationRule, SeenFeedback
from blog.queries.adoption import adoption_rows
from tests import factories
from tests.submitted import fields_of

PAGE = "/c/networks/gradebook/participation/"
HOUR = timedelta(hours=1)


@pytest.fixture
def prompt(course):
    now = timezone.now()
    return factories.make_prompt(
        course, opens_at=now - 9 * HOUR, due_at=now - 6 * HOUR, comments_due_at=now - 3 * HOUR
    )


@pytest.fixture
def signed_in(client, instructor):
    client.force_login(instructor)
    return client


@pytest.fixture
def written(course, prompt, ada, bob):
    """Write a post by Bob that Ada commented on, both on time."""
    post = factories.make_post(bob, course, prompt=prompt, at=timezone.now() - 8 * HOUR)
    factories.make_comment(ada, post, at=timezone.now() - 7 * HOUR)


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_course_has_no_rule_until_somebody_writes_one(signed_in, prompt):
    page = words(signed_in.get(PAGE))

    assert "This course has no rule yet." in page
    assert "Save a rule first." in page
    assert "Preview the points" not in page


def test_the_rule_is_saved_with_commas_too(signed_in, course, prompt):
    sent = {"comment_points": "1,5", "most_people": "3", "post_points": ""}

    done = signed_in.post(PAGE, sent, follow=True)

    rule = ParticipationRule.objects.get(course=course)
    assert (rule.comment_hundredths, rule.most_people, rule.post_hundredths) == (150, 3, 0)
    assert "Rule saved. It does not create grades by itself." in words(done)
    assert not Grading.objects.exists()


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"comment_points": "0", "most_people": "2"}, "Give points for comments, for posts"),
        ({"comment_points": "1", "most_people": "0"}, "Points per person"),
        ({"comment_points": "-1", "most_people": "2"}, "Points per person"),
        ({"comment_points": "", "most_people": "2"}, "This field is required"),
    ],
)
def test_a_rule_that_gives_nothing_is_refused(signed_in, prompt, sent, error):
    answer = signed_in.post(PAGE, sent)

    assert answer.status_code == 422
    assert error in words(answer)
    assert not ParticipationRule.objects.exists()


def test_grades_are_looked_at_made_and_taken_back(signed_in, course, prompt, written, ada):
    factories.make_participation_rule(course)
    page = signed_in.get(f"{PAGE}1/")
    assert "1 point for each person commented on in time, up to 2 people." in words(page)
    sent = fields_of(page, "student")

    done = signed_in.post(f"{PAGE}1/", sent, follow=True)

    [grading] = Grading.objects.all()
    assert (grading.student, grading.override_hundredths) == (ada, 100)
    assert "1 grade created. Its student sees it when you release it." in words(done)
    again = signed_in.post(f"{PAGE}1/", sent, follow=True)
    assert again.status_code == 200
    assert Grading.objects.count() == 1
    assert "Already graded, not changed" in words(signed_in.get(f"{PAGE}1/"))

    undone = signed_in.post(f"{PAGE}undo/{GradeAdoption.objects.get().pk}/", follow=True)

    assert "Grades deleted." in words(undone)
    assert not Grading.objects.exists()


def test_whoever_has_nothing_on_time_is_not_ticked(signed_in, course, prompt, written, ada):
    factories.make_participation_rule(course)

    sent = fields_of(signed_in.get(f"{PAGE}1/"), "student")

    assert sent["student"] == f"{ada.pk}:100"


def test_no_tick_says_what_to_do_and_keeps_the_others(signed_in, course, prompt, written):
    factories.make_participation_rule(course)
    sent = fields_of(signed_in.get(f"{PAGE}1/"), "student") | {"student": []}

    answer = signed_in.post(f"{PAGE}1/", sent)

    assert answer.status_code == 422
    assert "No grades created: choose students" in words(answer)


def test_a_prompt_whose_comments_are_not_due_waits(signed_in, course, written, prompt):
    factories.make_participation_rule(course)
    prompt.comments_due_at = timezone.now() + HOUR
    prompt.save()

    answer = signed_in.get(f"{PAGE}1/", follow=True)

    assert "Comments can still be written on time. Come back after that." in words(answer)


def test_the_gradebook_shows_the_adopted_points(signed_in, course, prompt, written):
    factories.make_participation_rule(course)
    signed_in.post(f"{PAGE}1/", fields_of(signed_in.get(f"{PAGE}1/"), "student"))

    page = words(signed_in.get("/c/networks/gradebook/"))

    assert "1 of 2, not released" in page


def test_a_prompt_whose_comments_have_a_rubric_says_so_before_any_points(
    signed_in, course, prompt, written
):
    factories.make_participation_rule(course)
    prompt.comments_rubric = factories.make_rubric(course)
    prompt.save()

    listed = signed_in.get(PAGE)
    page = signed_in.get(f"{PAGE}1/", follow=True)

    assert "are graded by a rubric, so no rule grades them." in words(listed)
    assert "Preview the points" not in words(listed)
    assert page.redirect_chain[-1][0] == PAGE
    assert "are graded by a rubric, so no rule grades them." in words(page)


@pytest.fixture
def adopted(prompt, course, written, instructor):
    """Return the grades of comments that the course's rule gives for the prompt."""
    rule = factories.make_participation_rule(course, post_hundredths=50)
    shown = [row.token for row in adoption_rows(prompt, rule, instructor)]
    return adopt_grades(prompt, rule, by=instructor, shown=shown)


def pages_of_grades(client, ada, prompt):
    """Return what Ada reads of her grades on the prompt's page and in My work."""
    client.force_login(ada)
    gradings = Grading.objects.filter(student=ada)
    for grading in gradings.filter(released_at__isnull=False):
        SeenFeedback.objects.get_or_create(grading=grading, defaults={"seen_at": timezone.now()})
    addresses = (prompt.get_absolute_url(), "/me/work/networks/")
    return [words(client.get(address)) for address in addresses]


RULE = (
    "The rule of the course: 1 point for each person commented on in time, up to 2 people. "
    "0.50 points for a post on time."
)


def test_a_student_reads_the_rule_beside_a_released_grade_and_not_before(
    client, adopted, prompt, ada, instructor
):
    for page in pages_of_grades(client, ada, prompt):
        assert "The rule of the course" not in page

    release_prompt(prompt, by=instructor)

    for page in pages_of_grades(client, ada, prompt):
        assert RULE in page


def test_a_rule_that_is_changed_later_is_not_that_of_earlier_grades(
    client, adopted, prompt, course, ada, instructor
):
    course.participation_rule.comment_hundredths = 900
    course.participation_rule.save()
    release_prompt(prompt, by=instructor)

    assert RULE in pages_of_grades(client, ada, prompt)[0]


def test_points_that_somebody_changed_are_by_no_rule(client, adopted, prompt, ada, instructor):
    release_prompt(prompt, by=instructor)
    Grading.objects.filter(student=ada).update(override_hundredths=800, version=7)

    for page in pages_of_grades(client, ada, prompt):
        assert "8 points" in page
        assert "The rule of the course" not in page
