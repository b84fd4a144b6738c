"""A student's page for the teaching team, and nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Membership, StudentIdentifier
from tests import factories


@pytest.fixture
def seen_by(client, course, ada):
    def get(reader):
        client.force_login(reader)
        return client.get(f"/c/networks/people/{ada.username}/")

    return get


@pytest.fixture
def prompts(course, ada, bob):
    now = timezone.now()
    rubric = factories.make_rubric(course)
    begun, late, due, later = (now + timedelta(days=n) for n in (-9, -3, 3, 9))
    return [
        factories.make_prompt(course, title="Answered", rubric=rubric, opens_at=begun),
        factories.make_prompt(course, title="Missed", opens_at=begun, due_at=late),
        factories.make_prompt(course, title="Due", opens_at=begun, due_at=due),
        factories.make_prompt(course, title="Future", opens_at=due, due_at=later),
    ]


def words_of(response):
    return " ".join(response.content.decode().split())


def test_the_team_sees_prompts_done_and_missing(seen_by, course, prompts, ada, bob, instructor):
    post = factories.make_post(ada, course, "Of ties", prompt=prompts[0])
    factories.make_grading(post, instructor, level=2)
    factories.make_comment(ada, factories.make_post(bob, course, prompt=prompts[1]))

    response = seen_by(instructor)

    records = response.context["records"]
    assert [
        (each.prompt.title, each.item.state, each.is_due, each.peers.people) for each in records
    ] == [
        ("Due", "no_post", True, 0),
        ("Missed", "no_post", False, 1),
        ("Answered", "graded", True, 0),
    ]
    html = words_of(response)
    assert "No post yet, due" in html
    assert "No post, it was due" in html
    assert factories.desk_address(post) in html
    assert "Future" not in html


def test_an_extension_counts_on_the_page_of_its_student(seen_by, course, prompts, ada, instructor):
    answered, missed, *_others = prompts
    factories.make_extension(missed, ada, instructor, days=5)
    late = timezone.now() - timedelta(days=1)
    type(answered).objects.filter(pk=answered.pk).update(due_at=late - timedelta(days=1))
    factories.make_post(ada, course, prompt=answered, at=late)
    factories.make_extension(answered, ada, instructor, until=timezone.now())

    response = seen_by(instructor)

    records = {each.prompt.title: each for each in response.context["records"]}
    assert records["Missed"].is_due
    assert "it was due" not in words_of(response)
    assert not records["Answered"].item.is_late
    assert "Late" not in words_of(response)


def test_comments_are_listed_with_links(seen_by, course, prompts, ada, bob, instructor):
    hers = factories.make_post(ada, course, "Of ties", prompt=prompts[0])
    his = factories.make_post(bob, course, "Of nets", prompt=prompts[0])
    written = factories.make_comment(ada, his, "What she wrote.")
    received = factories.make_comment(bob, hers, "What he wrote.")
    factories.make_comment(ada, hers, "To herself.")

    context = seen_by(instructor).context

    assert (context["written"].shown, context["written"].count) == ([written], 1)
    assert (context["received"].shown, context["received"].count) == ([received], 1)
    html = words_of(seen_by(instructor))
    assert written.get_absolute_url() in html
    assert "What he wrote." in html


def test_instructors_see_numbers_and_the_name_on_the_list(
    seen_by, course, ada, instructor, assistant
):
    member = Membership.objects.get(course=course, user=ada)
    member.listed_name = "Ada King"
    member.section = factories.make_section(course, "A01")
    member.pod = factories.make_pod(course, "Wrens")
    member.save()
    StudentIdentifier.objects.create(
        membership=member, system="canvas", kind="sis_id", value="V00123"
    )

    for_instructor, for_assistant = words_of(seen_by(instructor)), words_of(seen_by(assistant))

    for html in (for_instructor, for_assistant):
        assert ada.email in html
        assert "A01" in html
        assert "Wrens" in html
    assert "V00123" in for_instructor
    assert "Ada King" in for_instructor
    assert f"/roster/{ada.username}/" in for_instructor
    assert "V00123" not in for_assistant
    assert "Ada King" not in for_assistant
    assert f"/roster/{ada.username}/" not in for_assistant


@pytest.mark.parametrize("reader", ["bob", "ada", "observer"])
def test_nobody_else_sees_that_part(request, seen_by, course, prompts, ada, instructor, reader):
    post = factories.make_post(ada, course, "Of ties", prompt=prompts[0])
    factories.make_grading(post, instructor, level=2)
    person = request.getfixturevalue(reader)

    html = words_of(seen_by(person)).split("<main")[1]

    assert "For the teaching team" not in html
    assert ada.email not in html
    assert "Missed" not in html
    assert "/desk/" not in html


def test_a_page_of_the_team_has_no_such_part(client, course, instructor, assistant):
    client.force_login(instructor)

    html = client.get(f"/c/networks/people/{assistant.username}/").content.decode()

    assert "For the teaching team" not in html


def test_who_has_left_keeps_the_record(seen_by, course, prompts, ada, instructor):
    post = factories.make_post(ada, course, "Of ties", prompt=prompts[0])
    factories.make_grading(post, instructor, level=2)
    Membership.objects.filter(user=ada).update(ended_at=timezone.now())

    html = words_of(seen_by(instructor))

    assert "No longer a student here" in html
    assert "Change role" not in html


@pytest.mark.parametrize("n", [1, 3])
def test_query_count(client, course, ada, bob, instructor, n, django_assert_num_queries):
    for _number in range(n):
        prompt = factories.make_prompt(course)
        post = factories.make_post(ada, course, prompt=prompt)
        factories.make_comment(bob, post)
        factories.make_comment(ada, factories.make_post(bob, course, prompt=prompt))
        factories.make_grading(post, instructor)

    client.force_login(instructor)

    # the page's 8 of any reader, and: prompts, numbers, posts, grades, whom they commented on,
    # comments written 2 and received 2, numbers in the student system; mutes
    with django_assert_num_queries(20):
        client.get(f"/c/networks/people/{ada.username}/")
