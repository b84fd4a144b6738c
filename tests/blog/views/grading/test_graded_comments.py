"""Grades of comments: on the desk by prompt, and on the page of one person's conversation."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.releases import release_prompt
from blog.models import Comment, Grading, OutboxMessage, Post, Prompt
from tests import factories
from tests.submitted import fields_of

DESK = "/c/networks/desk/1/7/comments/"
QUEUE = "/c/networks/desk/1/comments/"


@pytest.fixture
def prompt(course, ada):
    prompt = factories.make_prompt(
        course,
        rubric=factories.make_rubric(course),
        comments_rubric=factories.make_rubric(
            course, "Talk", criteria=["Reads closely", "Goes on"]
        ),
        comments_min=2,
    )
    factories.set_queue_number(prompt, ada, 7)
    return prompt


@pytest.fixture
def bobs(prompt, bob, course):
    return factories.make_post(bob, course, "Of nodes", prompt=prompt)


@pytest.fixture
def comment(bobs, ada):
    return factories.make_comment(ada, bobs, "Which node is yours?")


@pytest.fixture
def talk(ada, course):
    """Return the page with all comments by Ada."""
    return f"/c/networks/desk/people/{ada.username}/"


@pytest.fixture
def desk(client, instructor):
    client.force_login(instructor)
    return client


def words(response):
    return " ".join(response.content.decode().split())


def levels(prompt, position=3):
    rubric = prompt.comments_rubric
    return {f"criterion-{criterion.pk}": position for criterion in rubric.criteria.all()}


def send(desk, page, address=None, **changes):
    """Send the form of a page as a browser would, with changes."""
    fields = fields_of(desk.get(page), "revision")
    return desk.post(address or page, {**fields, **changes})


def stored(student):
    return [
        (grading.kind, grading.text, [score.level.position for score in grading.scores.all()])
        for grading in Grading.objects.filter(student=student).order_by("pk")
    ]


def test_comments_are_graded_at_the_desk_by_their_own_rubric(desk, prompt, comment, ada):
    page = words(desk.get(DESK))

    assert "Rubric for comments" in page
    assert "Reads closely" in page
    assert "Uses evidence" not in page
    assert "Which node is yours?" in page
    response = send(desk, DESK, text="You went back.", **levels(prompt))
    assert (response.status_code, response.url) == (302, DESK)
    assert stored(ada) == [("comments", "You went back.", [3, 3])]
    assert Grading.objects.get().post is None


def test_the_two_grades_of_a_student_do_not_touch_each_other(desk, prompt, comment, ada, course):
    factories.make_post(ada, course, "Of ties", prompt=prompt)
    send(desk, "/c/networks/desk/1/7/", text="A clear post.")

    send(desk, DESK, text="You went back.")

    assert stored(ada) == [("post", "A clear post.", []), ("comments", "You went back.", [])]
    assert "You went back." not in words(desk.get("/c/networks/desk/1/7/"))
    assert "A clear post." not in words(desk.get(DESK))


def test_a_level_of_a_comments_grade_is_saved_as_it_is_chosen(desk, prompt, comment, ada):
    criterion = prompt.comments_rubric.criteria.first()
    of_post = prompt.rubric.criteria.first()
    sent = {"level": 2, "seen": 0, "version": ""}

    answer = desk.post(f"{DESK}level/", sent | {"criterion": criterion.pk})
    refused = desk.post(f"{DESK}level/", sent | {"criterion": of_post.pk})

    assert (answer.status_code, refused.status_code) == (200, 409)
    assert stored(ada) == [("comments", "", [2])]


def test_the_queue_of_comments_has_states_of_its_own(desk, prompt, comment, course, bob):
    factories.make_post(bob, course, prompt=factories.make_prompt(course))
    queue = desk.get(QUEUE).context["queue"]
    assert {item.member.user: item.state for item in queue} == {
        comment.author: "ungraded",
        bob: "no_post",
    }
    assert "1 comment" in words(desk.get(QUEUE))
    assert "No comments" in words(desk.get(QUEUE))

    response = send(desk, DESK, f"{DESK}next/", **levels(prompt))

    assert response.url == QUEUE
    assert "You are caught up: all comments so far are graded." in words(desk.get(QUEUE))
    assert [item.state for item in desk.get("/c/networks/desk/1/").context["queue"]] == [
        "ungraded",
        "no_post",
    ]


@pytest.mark.parametrize("is_instructor", [True, False])
def test_without_a_rubric_for_comments_the_page_says_how_to_choose_one(
    client, instructor, assistant, prompt, comment, talk, is_instructor
):
    Prompt.objects.update(comments_rubric=None)
    client.force_login(instructor if is_instructor else assistant)

    for address in (DESK, QUEUE, talk):
        page = words(client.get(address))

        assert "This prompt has no rubric for comments: feedback in words only." in page
        assert ('<a href="/c/networks/prompts/1/rubric/comments/">' in page) is is_instructor
        assert ("An instructor can choose one in the prompt." in page) is not is_instructor


def test_the_conversation_shows_each_comment_in_its_thread(desk, prompt, bobs, ada, bob, talk):
    before = factories.make_comment(bob, bobs, "Who are they?")
    own = factories.make_comment(ada, bobs, "Which node is yours?", parent=before)
    factories.make_comment(bob, bobs, "The library.", parent=own)
    factories.make_comment(bob, bobs, "About something else.")

    page = words(desk.get(talk))

    assert page.index("Who are they?") < page.index("Which node is yours?")
    assert page.index("Which node is yours?") < page.index("The library.")
    assert "About something else." not in page
    assert "1 comment on the post of 1 classmate" in page
    assert f'<a dir="auto" href="{bobs.get_absolute_url()}">Of nodes</a>' in page


def test_a_deleted_comment_stays_as_what_was_replied_to(desk, prompt, bobs, ada, bob, talk):
    before = factories.make_comment(bob, bobs, "Who are they?")
    factories.make_comment(ada, bobs, "Which node is yours?", parent=before)
    Comment.objects.filter(pk=before.pk).update(deleted_at=timezone.now())

    page = words(desk.get(talk))

    assert "Who are they?" not in page
    assert "This comment was deleted." in page


def test_late_comments_are_marked(desk, prompt, comment, talk):
    assert '"clock"' not in words(desk.get(talk))
    assert "late </span>" not in words(desk.get(talk))
    Comment.objects.update(created_at=prompt.comments_close_at)

    for address in (talk, DESK):
        page = words(desk.get(address))

        assert "1 late" in page
        assert " late </span>" in page


def test_the_conversation_grades_one_prompt_at_a_time(desk, prompt, comment, course, ada, talk):
    other = factories.make_prompt(course, comments_rubric=prompt.comments_rubric)

    page = desk.get(talk)
    assert page.context["prompt"] == prompt  # the newest one has no comments of hers
    assert "No comments on this prompt." in words(page)
    response = send(desk, f"{talk}?prompt=1", text="You went back.", **levels(prompt))
    assert response.url == f"{talk}?prompt=1"
    send(desk, f"{talk}?prompt=2", text="Nothing yet.")

    grades = Grading.objects.order_by("pk").values_list("prompt__number", "kind", "text")
    assert list(grades) == [(1, "comments", "You went back."), (2, "comments", "Nothing yet.")]
    assert other.gradings.get().scores.count() == 0
    page = words(desk.get(talk))
    assert "Graded, 6 of 8" in page
    assert page.count("Not released") == 2


def test_save_and_next_leads_to_the_next_person_with_comments_to_grade(
    desk, prompt, comment, course, ada, bob, talk
):
    adas = factories.make_post(ada, course, prompt=prompt)
    zoe = factories.make_user("Zoe Student")
    factories.add_member(course, zoe)
    factories.make_comment(zoe, adas)

    there = send(desk, f"{talk}?prompt=1", f"{talk}next/?prompt=1", **levels(prompt))
    stays = send(desk, there.url, there.url.replace("/?", "/next/?"), **levels(prompt))

    assert there.url == f"/c/networks/desk/people/{zoe.username}/?prompt=1"
    assert stays.url == there.url
    assert "All other comments on this prompt are graded." in words(desk.get(stays.url))


def test_previous_and_next_person_are_links(desk, prompt, comment, ada, bob, talk):
    page = words(desk.get(f"{talk}?prompt=1"))

    assert f'href="/c/networks/desk/people/{bob.username}/?prompt=1" data-step="1"' in page
    assert 'data-step="-1"' not in page


def test_a_withdrawn_post_keeps_its_conversation(desk, prompt, comment, bobs, talk):
    Post.objects.update(status=Post.Status.WITHDRAWN)

    page = words(desk.get(talk))

    assert "Post withdrawn" in page
    assert "Which node is yours?" in page


@pytest.mark.parametrize("query", ["", "?prompt=99", "?prompt=x"])
def test_a_person_without_comments_can_be_written_to(desk, prompt, ada, talk, query):
    assert "No comments on this prompt." in words(desk.get(talk + query))

    send(desk, talk + query, f"{talk}?prompt=1", text="Come by.")

    assert stored(ada) == [("comments", "Come by.", [])]


def test_only_students_have_a_conversation(desk, prompt, course, instructor, eve):
    for person in (instructor, eve):
        assert desk.get(f"/c/networks/desk/people/{person.username}/").status_code == 404


def test_a_course_without_prompts_says_so(desk, course, ada, talk):
    assert "Nothing to read yet" in words(desk.get(talk))
    assert desk.post(talk, {"text": "Come by."}).status_code == 404


def test_a_release_takes_both_grades_with_one_mail(desk, prompt, comment, ada, course, instructor):
    post = factories.make_post(ada, course, "Of ties", prompt=prompt)
    factories.make_grading(post, instructor, level=3)
    send(desk, DESK, text="You went back.", **levels(prompt))

    page = desk.get("/c/networks/desk/1/release/")
    tables = [(table.is_of_comments, len(table.rows)) for table in page.context["tables"]]
    assert tables == [(False, 1), (True, 1)]
    keys = [grading.state_key for grading in Grading.objects.all()]
    desk.post("/c/networks/desk/1/release/", {"grading": keys}, follow=True)

    rubrics = {g.kind: g.released_rubric for g in Grading.objects.released()}
    assert rubrics == {"post": prompt.rubric, "comments": prompt.comments_rubric}
    assert OutboxMessage.objects.filter(template="feedback_released").count() == 1


def test_a_comments_grade_is_read_on_the_page_of_the_prompt(
    client, desk, prompt, comment, ada, course, instructor
):
    send(desk, DESK, text="You went back.", **levels(prompt))
    client.force_login(ada)
    assert "You went back." not in words(client.get("/c/networks/prompts/1/"))

    release_prompt(prompt, by=instructor)
    page = words(client.get("/c/networks/prompts/1/"))

    assert "Feedback on your comments from Ines Instructor" in page
    assert "You went back." in page
    assert "Reads closely: Well." in page
    [unread] = client.get("/c/networks/").context["unread"]
    assert unread.get_absolute_url() == "/c/networks/prompts/1/"
    client.post("/c/networks/prompts/1/feedback/seen/", {"kind": "comments"})
    assert client.get("/c/networks/").context["unread"] == []


def test_an_edit_of_a_released_comments_grade_shows(desk, prompt, comment, instructor, talk, ada):
    send(desk, DESK, text="You went back.", **levels(prompt))
    release_prompt(prompt, by=instructor)
    OutboxMessage.objects.update(sent_at=timezone.now())

    send(desk, DESK, text="You went back twice.", **levels(prompt))

    assert Grading.objects.get().edited_at is not None
    assert "edited" in words(desk.get(talk))
    assert OutboxMessage.objects.filter(template="feedback_edited").count() == 1


def test_an_old_rubric_is_said_on_the_page_of_comments(desk, prompt, comment, course):
    fields = fields_of(desk.get(DESK), "revision")
    Prompt.objects.update(comments_rubric=factories.make_rubric(course, "Voice", ["Voice"]))

    response = desk.post(DESK, {**fields, "text": "You went back."})

    assert response.status_code == 422
    assert "The rubric of this prompt was changed" in words(response)
    assert "You went back." in words(response)


def test_the_conversation_shows_the_points_that_the_student_reads(
    desk, prompt, comment, ada, instructor, course, talk
):
    """Those by the rubric of the release, whatever rubric the prompt has later."""
    released = {"released_at": timezone.now(), "released_rubric": prompt.comments_rubric}
    factories.make_comments_grading(prompt, ada, instructor, level=3, **released)
    Prompt.objects.update(comments_rubric=factories.make_rubric(course, "Voice", ["Voice"]))

    assert "Graded, 6 of 8" in words(desk.get(talk))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(DESK, 21), (None, 16)])
def test_the_pages_of_comments_ask_as_often_however_many_there_are(
    desk, prompt, bobs, ada, course, talk, count, address, queries, django_assert_num_queries
):
    for _each in range(count):
        student = factories.make_user()
        factories.add_member(course, student)
        post = factories.make_post(student, course, prompt=prompt)
        first = factories.make_comment(student, post)
        factories.make_comment(ada, post, parent=first)
        other = factories.make_prompt(course, opens_at=timezone.now() - timedelta(days=9))
        factories.make_comment(ada, factories.make_post(student, course, prompt=other))

    with django_assert_num_queries(queries):
        assert desk.get(address or talk).status_code == 200
