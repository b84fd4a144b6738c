"""Courses that are archived, reopened and deleted, and rubrics likewise."""

import pytest
from django.utils import timezone

from blog.actions.course_states import archive_course, delete_course, reopen_course
from blog.actions.courses import join_course
from blog.actions.prompts import save_prompt
from blog.actions.rubric_states import archive_rubric, delete_rubric, unarchive_rubric
from blog.actions.setups import add_setup
from blog.exceptions import NotAllowed, Refused
from blog.forms.prompts.prompt import NewPromptForm
from blog.models import AuditEvent, Course, Membership, Post, Rubric
from blog.queries.course_setup import setup_of
from blog.queries.own_rubrics import criteria_to_take
from blog.tasks import update_rotas
from network.models import TieClock
from tests import factories
from tests.blog.setup_files.samples import make_setup


def actions_of():
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_archiving_twice_and_reopening_is_recorded_once_each(course, instructor):
    for _twice in range(2):
        archive_course(course, by=instructor)
    assert course.is_archived
    assert course.is_over

    for _twice in range(2):
        reopen_course(course, by=instructor)

    assert not Course.objects.get(pk=course.pk).is_archived
    assert actions_of() == ["course_archived", "course_reopened"]


def test_what_was_closed_is_open_again_after_reopening(course, instructor, ada):
    prompt = factories.make_prompt(course)
    archive_course(course, by=instructor)
    with pytest.raises(NotAllowed):
        save_prompt(prompt, by=instructor, works=[], pasted=[])

    reopen_course(course, by=instructor)

    prompt.course.refresh_from_db()
    assert save_prompt(prompt, by=instructor, works=[], pasted=[]) == prompt


def test_nobody_joins_an_archived_course(course, instructor, eve):
    archive_course(course, by=instructor)

    with pytest.raises(Refused, match="archived"):
        join_course(course, by=eve)


def test_no_posts_are_given_to_comment_on_in_an_archived_course(course, instructor, ada, bob):
    prompt = factories.make_rota_prompt(course)
    for author in (ada, bob):
        factories.make_post(author, course, prompt=prompt)
    archive_course(course, by=instructor)

    assert update_rotas() == 0


def test_an_unused_course_is_deleted_with_all_that_is_in_it(course, instructor):
    TieClock.objects.get_or_create(course=course, defaults={"landmark": course.starts_on})
    add_setup(course, make_setup(), by=instructor)
    factories.make_pod(course)

    delete_course(course, by=instructor)

    assert not Course.objects.exists()
    assert not Rubric.objects.exists()
    assert not Membership.objects.exists()
    event = AuditEvent.objects.get(action="course_deleted")
    assert (event.actor, event.course, event.data["slug"]) == (instructor, None, "networks")


@pytest.mark.parametrize(
    ("use", "reason"),
    [
        (lambda c, i: factories.add_member(c, factories.make_user()), "1 other person is or was"),
        (
            lambda c, i: factories.add_member(c, factories.make_user(), ended_at=timezone.now()),
            "1 other person is or was",
        ),
        (lambda c, i: factories.make_draft_post(i, c), "There is 1 post, drafts"),
        (lambda c, i: factories.make_post(i, c, deleted_at=timezone.now()), "There is 1 post"),
        (lambda c, i: factories.make_invitation(c, i), "People are invited."),
        (lambda c, i: factories.make_announcement(c, i), "An announcement was sent."),
    ],
)
def test_a_course_that_was_used_is_kept_and_says_why(course, instructor, use, reason):
    use(course, instructor)

    with pytest.raises(Refused, match=reason):
        delete_course(course, by=instructor)

    assert Course.objects.filter(pk=course.pk).exists()


def test_an_archived_course_that_nobody_used_can_be_deleted(course, instructor):
    archive_course(course, by=instructor)

    delete_course(course, by=instructor)

    assert not Course.objects.exists()
    assert not Post.objects.exists()


def test_an_archived_rubric_is_offered_to_no_other_prompt(course, instructor):
    rubric = factories.make_rubric(course)
    prompt = factories.make_prompt(course, rubric=rubric)

    archive_rubric(rubric, by=instructor)

    prompt.refresh_from_db()
    offered = NewPromptForm(course=course, reader=instructor).fields["rubric"].queryset
    assert prompt.rubric == rubric
    assert list(offered) == []
    assert list(Rubric.objects.in_course(course).offered(besides=rubric)) == [rubric]
    assert list(criteria_to_take(instructor, besides=None)) == []

    unarchive_rubric(rubric, by=instructor)

    assert list(NewPromptForm(course=course, reader=instructor).fields["rubric"].queryset) == [
        rubric
    ]
    assert actions_of() == ["rubric_archived", "rubric_unarchived"]


def test_an_archived_rubric_goes_along_only_with_its_prompts(course, instructor):
    used, unused = (factories.make_rubric(course, title) for title in ("Used", "Unused"))
    factories.make_prompt(course, rubric=used)
    for rubric in (used, unused):
        archive_rubric(rubric, by=instructor)

    assert [rubric.title for rubric in setup_of(course).rubrics] == ["Used"]


def test_an_unused_rubric_is_deleted(course, instructor):
    delete_rubric(factories.make_rubric(course), by=instructor)

    assert not Rubric.objects.exists()
    assert actions_of() == ["rubric_deleted"]


def test_a_rubric_of_a_prompt_is_kept(course, instructor):
    rubric = factories.make_rubric(course)
    factories.make_prompt(course, rubric=rubric)

    with pytest.raises(Refused, match="A prompt uses this rubric."):
        delete_rubric(rubric, by=instructor)


def test_a_rubric_that_was_graded_with_is_kept(course, instructor, ada):
    rubric = factories.make_rubric(course)
    prompt = factories.make_prompt(course, rubric=rubric)
    factories.make_grading(factories.make_post(ada, course, prompt=prompt), instructor, level=1)
    prompt.rubric = None
    prompt.save()

    with pytest.raises(Refused, match="This rubric was used to grade someone."):
        delete_rubric(rubric, by=instructor)
