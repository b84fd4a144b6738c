"""Grading: feedback given, the grade of record chosen, grades released."""

import pytest
from django.core import mail

from blog.actions import grading as actions
from blog.actions.releases import choose_grade_of_record, release_prompt
from blog.exceptions import Refused, TextRefused
from blog.models import AuditEvent, Grading, OutboxMessage, Score
from blog.tasks import send_due_mail
from tests import factories


@pytest.fixture
def graded(course):
    return factories.make_prompt(course, rubric=factories.make_rubric(course))


@pytest.fixture
def post(graded, ada, course):
    return factories.make_post(ada, course, prompt=graded)


def levels_of(prompt, position, criteria=None):
    chosen = prompt.rubric.criteria.all()[:criteria]
    return {criterion: criterion.levels.get(position=position) for criterion in chosen}


def give(post, by, *, position=3, criteria=None, words="Well seen.", version=None):
    return actions.give_feedback(
        post.prompt,
        post.author,
        by=by,
        post=post,
        revision=post.revision,
        levels=levels_of(post.prompt, position, criteria),
        words=words,
        version=version,
    )


def test_give_feedback_first_grading_is_the_grade_of_record(post, instructor):
    feedback = give(post, instructor, words="*Well* seen.")

    assert (feedback.of_record, feedback.version) == (True, 1)
    assert feedback.revision == post.revision
    assert feedback.html == '<p dir="auto"><em>Well</em> seen.</p>'
    assert [s.level.title for s in feedback.scores.all()] == ["Well", "Well"]
    assert AuditEvent.objects.get(action="feedback_given").target == f"grading:{feedback.pk}"


def test_give_feedback_second_grading_is_not_of_record(post, instructor, assistant):
    give(post, instructor)

    second = give(post, assistant, position=1)

    assert not second.of_record
    assert Grading.objects.filter(of_record=True).count() == 1


def test_give_feedback_again_moves_only_what_changed(post, instructor):
    first = give(post, instructor)
    unchanged, changed = post.prompt.rubric.criteria.all()

    actions.give_feedback(
        post.prompt,
        post.author,
        by=instructor,
        post=post,
        revision=post.revision,
        levels={
            unchanged: unchanged.levels.get(position=3),
            changed: changed.levels.get(position=4),
        },
        words="Well seen.",
        version=first.version,
    )

    versions = dict(Score.objects.values_list("criterion", "version"))
    assert versions == {unchanged.pk: 1, changed.pk: 2}


def test_give_feedback_stale_changes_nothing(post, instructor):
    give(post, instructor, words="From the first window.")

    with pytest.raises(actions.StaleGrading):
        give(post, instructor, words="From the second window.", version=None)

    assert Grading.objects.get().text == "From the first window."


def test_give_feedback_by_a_student_is_refused(post, bob):
    with pytest.raises(Refused):
        give(post, bob)

    assert not Grading.objects.exists()


def test_give_feedback_to_oneself_is_refused(post, assistant):
    with pytest.raises(Refused, match="yourself"):
        actions.give_feedback(post.prompt, assistant, by=assistant, levels={}, words="Good.")


def test_give_feedback_on_another_students_post_is_refused(post, instructor, bob):
    with pytest.raises(Refused, match="not the student’s post"):
        actions.give_feedback(post.prompt, bob, by=instructor, post=post, levels={}, words="Good.")


def test_give_feedback_with_hostile_words_is_refused(post, instructor):
    with pytest.raises(TextRefused):
        give(post, instructor, words="x" * 100_000)

    assert not Grading.objects.exists()


def test_release_takes_the_complete_and_leaves_the_rest(post, instructor, bob, course):
    complete = give(post, instructor)
    begun = give(
        factories.make_post(bob, course, prompt=post.prompt), instructor, criteria=1, words="So far"
    )

    released = release_prompt(post.prompt, by=instructor)

    complete.refresh_from_db()
    begun.refresh_from_db()
    assert released == [complete]
    assert complete.released_at is not None
    assert begun.released_at is None
    assert [message.recipient for message in OutboxMessage.objects.all()] == [post.author]


def test_release_twice_queues_one_mail(post, instructor):
    give(post, instructor)
    release_prompt(post.prompt, by=instructor)

    assert release_prompt(post.prompt, by=instructor) == []

    assert OutboxMessage.objects.count() == 1


def test_release_leaves_former_students_out(post, instructor, ada):
    give(post, instructor)
    ada.memberships.update(ended_at=post.created_at)

    assert release_prompt(post.prompt, by=instructor) == []


def test_release_by_an_assistant_is_refused(post, instructor, assistant):
    give(post, instructor)

    with pytest.raises(Refused):
        release_prompt(post.prompt, by=assistant)

    assert not Grading.objects.released().exists()


def test_release_mail_says_where_and_nothing_of_the_grade(post, instructor):
    give(post, instructor, words="A secret remark")
    release_prompt(post.prompt, by=instructor)
    OutboxMessage.objects.update(due_at=post.created_at)

    assert send_due_mail() == 1
    assert send_due_mail() == 0

    (message,) = mail.outbox
    assert message.subject == "Feedback on the prompt Blog post 1"
    assert message.to == ["ada@example.edu"]
    assert f"/c/networks/posts/{post.slug}/" in message.body
    assert "secret" not in message.body
    assert "Well" not in message.body


def test_choose_grade_of_record_keeps_the_release(post, instructor, assistant):
    first = give(post, instructor)
    release_prompt(post.prompt, by=instructor)
    second = give(post, assistant, position=1)

    choose_grade_of_record(second, by=instructor)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.of_record, first.released_at) == (False, None)
    assert second.of_record
    assert second.released_at is not None


def test_visible_to_only_its_student_after_release(post, instructor, assistant, ada, bob, observer):
    feedback = give(post, instructor)
    readers = [ada, bob, observer, assistant, instructor]

    def seen():
        return [Grading.objects.visible_to(reader).exists() for reader in readers]

    assert seen() == [False, False, False, True, True]
    release_prompt(feedback.prompt, by=instructor)
    assert seen() == [True, False, False, True, True]
