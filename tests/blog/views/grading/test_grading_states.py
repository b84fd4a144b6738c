"""States of the grading page: stale rubrics, empty grades, closed posts."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from blog.actions.grading import give_feedback
from blog.models import Audience, Criterion, Grading, OutboxMessage, Post, Prompt, Rubric, Score
from blog.views.grading import work as views
from tests import factories
from tests.blog.views.grading.test_grading import filled
from tests.submitted import fields_of, version_in_form

PAGE = "/c/networks/desk/1/7/"


@pytest.fixture
def graded(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def post(graded, ada, course):
    factories.set_queue_number(graded, ada, 7)
    return factories.make_post(ada, course, "Of ties", prompt=graded, slug="of-ties")


@pytest.fixture
def signed_in(client, instructor):
    client.force_login(instructor)
    return client


def words(response):
    return " ".join(response.content.decode().split())


def chosen_levels(page):
    """Return the levels that are chosen on a page, each as the tag of its radio."""
    return re.findall(r'name="criterion-\d+"[^>]* checked', words(page))


def sent_by(page, **changes):
    """Return what a browser sends from the form of a page, with changes."""
    return fields_of(page, "revision") | changes


def test_a_stale_rubric_is_refused_and_what_was_typed_is_kept(signed_in, post, course):
    page = signed_in.get(PAGE)
    old = {f"criterion-{c.pk}": 3 for c in post.prompt.rubric.criteria.all()}
    Prompt.objects.update(rubric=factories.make_rubric(course, "New", criteria=["Voice"]))

    response = signed_in.post(PAGE, sent_by(page, text="A long thought.", **old))

    assert "The rubric of this prompt was changed while this page was open." in words(response)
    assert '<li dir="auto">Answers the prompt: Well</li>' in words(response)
    assert "A long thought.</textarea>" in words(response)
    assert not Grading.objects.exists()

    voice = Criterion.objects.get(title="Voice")
    again = sent_by(response, text="A long thought.", **{f"criterion-{voice.pk}": 4})
    signed_in.post(PAGE, again)
    assert Score.objects.get().level.title == "Beyond"


def test_levels_of_criteria_that_are_gone_or_renamed_are_said_as_they_were(signed_in, post):
    page = signed_in.get(PAGE)
    first, second = post.prompt.rubric.criteria.all()
    old = {f"criterion-{c.pk}": 3 for c in (first, second)}
    second.delete()
    first.levels.filter(position=3).update(title="Good")
    Rubric.objects.update(version=2)

    response = signed_in.post(PAGE, sent_by(page, text="A long thought.", **old))

    assert '<li dir="auto">Answers the prompt: Well</li>' in words(response)
    assert '<li dir="auto">Uses evidence: Well</li>' in words(response)
    assert "A long thought.</textarea>" in words(response)


def test_words_and_levels_of_a_session_that_ended_are_shown(signed_in, post):
    sent = sent_by(signed_in.get(PAGE), **filled(post))
    Session.objects.all().delete()

    page = words(signed_in.post(PAGE, sent))

    assert "You are signed out, so this was not saved" in page
    assert '<li dir="auto">Answers the prompt: Well</li>' in page
    assert '<li dir="auto">Uses evidence: Well</li>' in page
    assert "Well seen.</textarea>" in page
    assert page.count("</textarea>") == 1


def test_errors_belong_to_their_fields(signed_in, post):
    criterion = post.prompt.rubric.criteria.first()
    name = f"criterion-{criterion.pk}"

    response = signed_in.post(PAGE, sent_by(signed_in.get(PAGE), text="a" * 10_001, **{name: "9"}))

    page = words(response)
    assert response.status_code == 422
    assert f'role="radiogroup" aria-invalid="true" aria-describedby="id_{name}-error"' in page
    assert f'id="id_{name}-error">Select a valid choice.' in page
    assert 'aria-invalid="true" aria-describedby="id_text_helptext id_text_error"' in page
    assert page.count('<fieldset class="level-rows" role="radiogroup"') == 2
    assert page.count("-error") == 2


@pytest.mark.parametrize(("before", "after"), [("long", "none"), ("none", "long")])
def test_a_rubric_taken_or_given_meanwhile_is_said(signed_in, post, before, after):
    rubrics = {"long": post.prompt.rubric, "none": None}
    Prompt.objects.update(rubric=rubrics[before])
    page = signed_in.get(PAGE)
    Prompt.objects.update(rubric=rubrics[after])

    response = signed_in.post(PAGE, sent_by(page, text="A long thought."))

    assert "was changed while this page was open" in words(response)
    assert "A long thought.</textarea>" in words(response)
    assert not Grading.objects.exists()


def test_a_rubric_edited_meanwhile_is_said(signed_in, post):
    sent = sent_by(signed_in.get(PAGE), **filled(post))
    rubric = post.prompt.rubric
    rubric.version += 1
    rubric.save()

    response = signed_in.post(PAGE, sent)

    assert "was changed while this page was open" in words(response)
    assert len(chosen_levels(response)) == 2


@pytest.mark.parametrize("has_rubric", [True, False])
def test_a_form_that_names_no_rubric_is_refused(signed_in, post, has_rubric):
    if not has_rubric:
        Prompt.objects.update(rubric=None)

    response = signed_in.post(PAGE, {"text": "Well seen.", "revision": post.revision_id})

    assert response.status_code == 422
    assert "was changed while this page was open" in words(response)
    assert not Grading.objects.exists()


@pytest.mark.parametrize("left", [0, 1])
def test_scores_that_a_form_did_not_send_stay(signed_in, post, assistant, left):
    signed_in.post(PAGE, filled(post))
    factories.make_grading(post, assistant, level=2, of_record=False)
    sent = filled(post, position=4, version=version_in_form(Grading), text="Better seen.")
    names = [name for name in sent if name.startswith("criterion-")]

    for name in names[left:]:
        del sent[name]
    signed_in.post(PAGE, sent)

    own = Grading.objects.exclude(grader=assistant).get()
    positions = own.scores.order_by("criterion__pk").values_list("level__position", flat=True)
    assert list(positions) == [4] * left + [3] * (2 - left)
    assert (own.text, own.of_record) == ("Better seen.", True)


def test_a_rubric_changed_while_the_form_is_saved_is_said(signed_in, post, course, monkeypatch):
    new = factories.make_rubric(course, "New", criteria=["Voice"])

    def change_first(*args, **kwargs):
        Prompt.objects.update(rubric=new)
        return give_feedback(*args, **kwargs)

    monkeypatch.setattr(views, "give_feedback", change_first)

    response = signed_in.post(PAGE, sent_by(signed_in.get(PAGE), **filled(post)))

    assert "was changed while this page was open" in words(response)
    assert '<li dir="auto">Answers the prompt: Well</li>' in words(response)
    assert not Grading.objects.exists()


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}next/"])
@pytest.mark.parametrize("text", ["", "  ", "\u200b", "<br>"])
def test_an_empty_grade_is_not_stored_and_leads_on(signed_in, post, bob, course, path, text):
    following = factories.make_post(bob, course, "Next", prompt=post.prompt, slug="next")

    response = signed_in.post(path, sent_by(signed_in.get(PAGE), text=text), follow=True)

    leads_to = PAGE if path == PAGE else factories.desk_address(following)
    assert response.redirect_chain == [(leads_to, 302)]
    assert "Nothing to save for Ada Student" in words(response)
    assert not Grading.objects.exists()


def test_feedback_that_is_cleared_is_removed(signed_in, post):
    signed_in.post(PAGE, sent_by(signed_in.get(PAGE), text="So far"))
    page = signed_in.get(PAGE)

    cleared = signed_in.post(PAGE, sent_by(page, text=""), follow=True)
    again = signed_in.post(PAGE, sent_by(page, text=""), follow=True)
    kept = signed_in.post(PAGE, sent_by(page, text="So far, so good"), follow=True)

    assert "Feedback for Ada Student removed." in words(cleared)
    assert again.status_code == 200
    assert "This feedback was deleted." in words(kept)
    assert "So far, so good" in words(kept)
    assert not Grading.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "typed no feedback"),
        (" \n", "typed no feedback"),
        ("<br>", "your feedback shows no words"),
        ("&nbsp;", "your feedback shows no words"),
    ],
)
def test_an_empty_grade_is_told_from_one_without_visible_words(signed_in, post, text, said):
    response = signed_in.post(PAGE, sent_by(signed_in.get(PAGE), text=text), follow=True)

    assert said in words(response)
    assert not Grading.objects.exists()


def test_a_complete_second_grade_takes_over_and_the_queue_says_two(
    client, post, instructor, assistant
):
    client.force_login(instructor)
    client.post(PAGE, sent_by(client.get(PAGE), text="So far"))
    client.force_login(assistant)
    client.post(PAGE, filled(post))

    client.force_login(instructor)
    queue = words(client.get("/c/networks/desk/1/"))
    assert "2 grades" in queue
    assert "Asa Assistant" in queue
    assert "Release 1 grade" in queue
    assert "Another grade counts for Ada. Only the teaching team can read yours." in words(
        client.get(PAGE)
    )


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("instructor", "Ada sees it when you release it."),
        ("assistant", "Ada sees it when an instructor releases it."),
    ],
)
def test_the_page_says_who_releases(client, post, instructor, assistant, role, sentence):
    client.force_login({"instructor": instructor, "assistant": assistant}[role])

    assert sentence in words(client.get(PAGE))
    client.post(PAGE, filled(post))
    assert sentence in words(client.get(PAGE))


def test_levels_of_an_earlier_rubric_are_shown_and_come_back(signed_in, post, course):
    rubric = post.prompt.rubric
    signed_in.post(PAGE, filled(post))
    Prompt.objects.update(rubric=factories.make_rubric(course, "New", criteria=["Voice"]))

    page = signed_in.get(PAGE)
    assert "Levels of an earlier rubric" in words(page)
    assert chosen_levels(page) == []

    Prompt.objects.update(rubric=rubric)
    page = signed_in.get(PAGE)
    assert "Levels of an earlier rubric" not in words(page)
    assert len(chosen_levels(page)) == 2


CLOSED = {
    "withdrawn": ({"status": Post.Status.WITHDRAWN}, "Ada has withdrawn this post.", True),
    "deleted": ({"deleted_at": timezone.now()}, "Ada has deleted this post.", False),
    "private": ({"audience": Audience.ONLY_ME}, "Only Ada can see this post now.", False),
    "withdrawn and private": (
        {"status": Post.Status.WITHDRAWN, "audience": Audience.ONLY_ME},
        "Ada has withdrawn this post.",
        False,
    ),
}


@pytest.mark.parametrize(("changes", "sentence", "is_readable"), CLOSED.values(), ids=CLOSED)
@pytest.mark.parametrize("released", [True, False])
def test_a_grade_stays_reachable_when_its_post_is_closed(
    signed_in, post, instructor, changes, sentence, is_readable, released
):
    revision = post.revision
    revision.html = "<p>the text of the post</p>"
    revision.save()
    factories.make_grading(
        post, instructor, level=3, released_at=timezone.now() if released else None
    )
    Post.objects.update(**changes)

    queue = words(signed_in.get("/c/networks/desk/1/"))
    page = signed_in.get(PAGE)

    assert f'href="{PAGE}">' in queue
    assert sentence in words(page)
    assert ("the text of the post" in words(page)) is is_readable
    assert "Read with interest." in words(page)

    signed_in.post(PAGE, sent_by(page, **filled(post, 4), version=version_in_form(Grading)))
    grading = Grading.objects.get()
    assert (grading.version, grading.text) == (2, "Well seen.")
    assert grading.revision == revision


@pytest.mark.parametrize("changes", [changes for changes, *_rest in CLOSED.values()], ids=CLOSED)
def test_a_closed_post_without_a_grade_is_no_post(signed_in, post, changes):
    Post.objects.update(**changes)

    page = words(signed_in.get(PAGE))

    assert "No post from Ada Student" in page
    assert "Of ties" not in page


def test_an_edit_after_the_release_shows_on_the_students_page(client, post, instructor, ada):
    grading = factories.make_grading(
        post, instructor, level=4, released_at=datetime(2026, 11, 20, 9, tzinfo=UTC)
    )
    client.force_login(ada)
    assert "edited" not in words(client.get("/c/networks/posts/of-ties/"))
    client.force_login(instructor)
    client.post(PAGE, filled(post, 1, version=version_in_form(Grading)))
    Grading.objects.filter(edited_at__isnull=False).update(
        edited_at=datetime(2026, 11, 27, 9, tzinfo=UTC)
    )

    client.force_login(ada)
    page = words(client.get("/c/networks/posts/of-ties/"))
    assert "edited Fri 27 Nov" in page
    assert "Not yet" in page
    assert OutboxMessage.objects.get().key.startswith(f"edited:{grading.pk}:")


def test_the_release_page_counts_what_can_be_released(client, post, instructor, bob, course):
    for name in ("Cem", "Dana"):
        factories.add_member(course, factories.make_user(name))
    factories.make_post(bob, course, prompt=post.prompt)
    factories.make_grading(post, instructor, "", level=3)
    Grading.objects.update(html="")
    client.force_login(instructor)

    page = words(client.get("/c/networks/desk/1/release/"))

    assert "1 graded" in page
    assert "3 students have no grade to release" in page
    assert "1 post to read" in page
    assert "2 students without a post" in page
    assert "No feedback" in page


@pytest.mark.parametrize("has_rubric", [True, False])
def test_course_home_and_prompt_page_tell_a_student_of_feedback(
    client, post, instructor, ada, has_rubric
):
    if not has_rubric:
        Prompt.objects.update(rubric=None)
    factories.make_grading(post, instructor, released_at=timezone.now() - timedelta(minutes=1))
    client.force_login(ada)

    for path in ("/c/networks/", "/c/networks/prompts/1/"):
        page = words(client.get(path))
        assert "Feedback ready" in page
        assert '<a href="/c/networks/posts/of-ties/#feedback">Read your feedback</a>' in page


def test_feedback_on_a_deleted_post_is_on_the_page_of_its_prompt(client, post, instructor, ada):
    factories.make_grading(post, instructor, level=3, released_at=timezone.now())
    Post.objects.update(deleted_at=timezone.now())
    client.force_login(ada)

    page = words(client.get("/c/networks/prompts/1/"))

    assert '<a href="/c/networks/prompts/1/#feedback">Read your feedback</a>' in page
    assert "Read with interest." in page
    assert "Uses evidence: Well." in page


def test_feedback_is_on_the_post_that_was_graded(client, post, instructor, ada, course):
    factories.make_grading(post, instructor, released_at=timezone.now())
    Post.objects.update(status=Post.Status.WITHDRAWN)
    factories.make_post(ada, course, "Anew", prompt=post.prompt)
    client.force_login(ada)

    page = words(client.get("/c/networks/prompts/1/"))

    assert '<a href="/c/networks/posts/of-ties/#feedback">Read your feedback</a>' in page


def test_the_queue_says_the_points_of_a_grade(signed_in, post, instructor):
    factories.make_grading(post, instructor, level=3)

    assert "Graded, 6 of 8" in words(signed_in.get("/c/networks/desk/1/"))
