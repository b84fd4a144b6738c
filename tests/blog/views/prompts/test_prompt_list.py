"""The list of prompts, to a student with their own state in each."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests import factories


def address(course):
    return reverse("prompt_list", args=[course.slug])


def test_a_student_reads_their_state_with_each_prompt(client, ada, instructor, course):
    past = timezone.now() - timedelta(days=30)
    dates = {"opens_at": past, "due_at": past + timedelta(days=5)}
    read, published, withdrawn, begun, missed = [
        factories.make_prompt(course, **dates) for _ in range(5)
    ]
    current = factories.make_prompt(course)
    graded = factories.make_post(ada, course, prompt=read)
    factories.make_grading(graded, instructor, released_at=timezone.now())
    factories.make_post(ada, course, prompt=published)
    factories.make_withdrawn_post(ada, course, prompt=withdrawn)
    factories.make_draft_post(ada, course, prompt=begun)
    client.force_login(ada)

    response = client.get(address(course))

    assert [state.prompt for state in response.context["states"]] == [
        current,
        missed,
        begun,
        withdrawn,
        published,
        read,
    ]
    html = response.content.decode()
    places = [
        html.index(words)
        for words in (
            "Publish by ",
            "Was due",
            "Draft saved, was due",
            "Withdrawn. You can publish it again.",
            "Published",
            "Published, feedback ready",
        )
    ]
    assert places == sorted(places)
    assert f'href="{graded.get_absolute_url()}#feedback"' in html


def test_nobody_reads_the_state_of_another(client, ada, bob, course, prompt):
    factories.make_post(ada, course, prompt=prompt)
    client.force_login(bob)

    [state] = client.get(address(course)).context["states"]

    assert (state.post, state.commented_on, state.feedback) == (None, 0, None)


def test_the_teaching_team_sees_dates_and_prompts_to_come(client, assistant, course, prompt):
    tomorrow = timezone.now() + timedelta(days=1)
    factories.make_prompt(course, opens_at=tomorrow, due_at=tomorrow + timedelta(days=5))
    client.force_login(assistant)

    html = client.get(address(course)).content.decode()

    assert "Students don’t see it yet." in html
    assert "Publish by" not in html
    assert reverse("prompt_new", args=[course.slug]) not in html


def test_it_says_that_no_prompt_has_opened(client, ada, course):
    client.force_login(ada)

    assert "No prompt has opened yet" in client.get(address(course)).content.decode()


def test_it_costs_the_same_at_one_and_three(
    client, django_assert_num_queries, ada, instructor, course
):
    def add_one():
        prompt = factories.make_prompt(course, rubric=rubric)
        post = factories.make_post(ada, course, prompt=prompt)
        factories.make_grading(post, instructor, level=1, released_at=timezone.now())

    rubric = factories.make_rubric(course)
    client.force_login(ada)
    add_one()
    with django_assert_num_queries(6):
        client.get(address(course))
    add_one()
    add_one()
    with django_assert_num_queries(6):
        client.get(address(course))
