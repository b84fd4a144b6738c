"""A student's reply to released feedback: one, for them and the teaching team."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from blog.actions.releases import take_back_release
from blog.models import AuditEvent, Course, FeedbackReply, FeedbackReplyRevision, Grading
from tests import factories

PAGE = "/c/networks/prompts/1/feedback/reply/"
POST = "/c/networks/posts/of-ties/"
WORK = "/me/work/networks/"
WORDS = "I will *name* my sources."


@pytest.fixture
def post(ada, course):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    return factories.make_post(ada, course, "Of ties", prompt=prompt, slug="of-ties")


@pytest.fixture
def grading(post, instructor):
    return factories.make_grading(post, instructor, level=3, released_at=timezone.now())


@pytest.fixture
def signed_in(client, ada, grading):
    client.force_login(ada)
    return client


def words(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def send(client, text=WORDS, version="", **options):
    return client.post(PAGE, {"text": text, "version": version}, **options)


def test_a_student_replies_and_edits_the_one_reply(signed_in, ada):
    assert "Write what you will change" in words(signed_in.get(POST))
    assert "6 of 8 points" in words(signed_in.get(PAGE))

    done = send(signed_in, follow=True)

    assert done.redirect_chain == [(f"{POST}#feedback", 302)]
    assert "Saved. You and the teaching team can read it." in words(done)
    assert "I will <em>name</em> my sources." in done.content.decode()
    send(signed_in, "I will date them, too.", version=1)
    reply = FeedbackReply.objects.get()
    assert (reply.student, reply.version, reply.text) == (ada, 2, "I will date them, too.")
    assert reply.edited_at is not None
    assert "Edited" in words(signed_in.get(POST))
    assert AuditEvent.objects.filter(action="feedback_reply_saved").count() == 2


def test_former_texts_stay_readable_for_the_writer_and_the_team(
    signed_in, post, instructor, assistant, observer, bob
):
    send(signed_in, "I will read more.")
    send(signed_in, "I will *date* them.", version=1)
    send(signed_in, "I will count them.", version=2)

    html = signed_in.get(POST).content.decode()
    assert "2 former texts" in words(signed_in.get(POST))
    assert html.index("I will <em>date</em> them.") < html.index("I will read more.")
    assert "2 former texts" in words(signed_in.get(WORK))
    for reader in (instructor, assistant):
        signed_in.force_login(reader)
        assert "I will date them." in words(signed_in.get(factories.desk_address(post)))
    for reader in (bob, observer):
        signed_in.force_login(reader)
        assert "I will" not in words(signed_in.get(POST))


def test_former_texts_know_when_they_were_written(signed_in):
    send(signed_in, "First.")
    created_at = FeedbackReply.objects.get().created_at
    send(signed_in, "Second.", version=1)
    edited_at = FeedbackReply.objects.get().edited_at

    send(signed_in, "Third.", version=2)

    former = FeedbackReplyRevision.objects.values_list("text", "written_at")
    assert list(former) == [("First.", created_at), ("Second.", edited_at)]


def test_a_reply_that_is_deleted_takes_its_former_texts_along(signed_in):
    send(signed_in)
    send(signed_in, "Second.", version=1)

    send(signed_in, "", version=2)

    assert not FeedbackReplyRevision.objects.exists()


def test_a_second_click_saves_once(signed_in):
    send(signed_in)
    again = send(signed_in)

    assert again.status_code == 302
    assert FeedbackReply.objects.get().version == 1


def test_another_window_loses_nothing(signed_in):
    send(signed_in)
    send(signed_in, "From this window.", version=1)

    clash = send(signed_in, "From the other window.", version=1)

    assert clash.status_code == 409
    assert "From this window." in words(clash)
    assert "From the other window.</textarea>" in clash.content.decode()
    assert FeedbackReply.objects.get().text == "From this window."
    sent = dict(re.findall(r'name="(version)" value="(\d+)"', clash.content.decode()))
    send(signed_in, "From the other window.", **sent)
    assert FeedbackReply.objects.get().text == "From the other window."


def test_a_reply_deleted_in_another_window_can_be_saved_again(signed_in):
    send(signed_in)
    send(signed_in, "", version=1)

    clash = send(signed_in, "Still here.", version=1)

    assert "The other tab deleted it." in words(clash)
    send(signed_in, "Still here.")
    assert FeedbackReply.objects.get().text == "Still here."


def test_an_empty_first_reply_is_refused_and_a_later_one_deletes(signed_in):
    refused = send(signed_in, "  ")

    assert refused.status_code == 422
    assert "Write what you will change first." in words(refused)
    send(signed_in)
    deleted = send(signed_in, "", version=1, follow=True)
    assert "Deleted." in words(deleted)
    assert not FeedbackReply.objects.exists()


def test_what_is_typed_stays_in_a_refused_form(signed_in):
    refused = send(signed_in, "word " * 1000)

    assert refused.status_code == 422
    assert "word word" in words(refused)
    assert "data-unsaved" in refused.content.decode()


def test_after_the_course_it_can_be_read_and_not_changed(signed_in):
    send(signed_in)
    Course.objects.update(ends_on=timezone.now().date() - timedelta(days=3))

    refused = send(signed_in, "Too late.", version=1)

    assert "The course is over, so this cannot be changed any more." in words(refused)
    page = words(signed_in.get(POST))
    assert "I will name my sources." in page
    assert PAGE not in signed_in.get(POST).content.decode()


@pytest.mark.parametrize("released_at", [None, timezone.now() + timedelta(days=2)])
def test_before_the_release_there_is_no_such_page(signed_in, released_at):
    Grading.objects.update(released_at=released_at, released_rubric=None)

    assert signed_in.get(PAGE).status_code == 404
    assert send(signed_in).status_code == 404
    assert "What I will change" not in words(signed_in.get(WORK))


def test_the_team_reads_it_on_the_desk_and_no_classmate_does(
    signed_in, post, bob, instructor, assistant, observer
):
    send(signed_in)

    for reader in (instructor, assistant):
        signed_in.force_login(reader)
        assert "I will name my sources." in words(signed_in.get(factories.desk_address(post)))
        assert "What students will change" in words(signed_in.get("/c/networks/desk/1/"))
    for reader in (bob, observer):
        signed_in.force_login(reader)
        for page in (POST, "/c/networks/prompts/1/", f"/c/networks/people/{post.author.username}/"):
            assert "sources" not in words(signed_in.get(page))


def test_ones_own_words_stay_when_the_release_is_taken_back(signed_in, post, instructor, grading):
    send(signed_in)

    take_back_release(post.prompt, grading.released_at, by=instructor)

    page = words(signed_in.get(WORK))
    assert "Your feedback on this prompt cannot be read now." in page
    assert "I will name my sources." in page
    assert "Read with interest." not in page
    assert "sources" not in words(signed_in.get(POST))


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list_on_the_desk(
    client, course, instructor, count, django_assert_num_queries
):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    for _each in range(count):
        student = factories.make_user()
        factories.add_member(course, student)
        factories.make_feedback_reply(factories.make_post(student, course, prompt=prompt))
    client.force_login(instructor)

    with django_assert_num_queries(15):
        client.get("/c/networks/desk/1/")


def test_it_stands_beside_the_next_post_for_its_writer_alone(signed_in, course, bob):
    send(signed_in)
    factories.make_prompt(course, title="Blog post 2")
    page = "/c/networks/posts/new/?prompt=2"

    assert "After the feedback on Blog post 1 I will name my sources." in words(signed_in.get(page))

    signed_in.force_login(bob)
    assert "What I will change" not in words(signed_in.get(page))
