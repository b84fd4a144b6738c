"""Actions on many rows at once take as many queries as on few, inside one transaction."""

import pytest
from django.utils import timezone

from blog.actions.posts import publish_post
from blog.actions.references import add_references
from blog.actions.releases import release_prompt
from blog.actions.rubrics import save_rubric
from blog.models import Audience, Grading, OutboxMessage, Post, Work, WorkMerge
from blog.queries.rubric_words import CriterionContent, LevelContent
from tests import factories

COUNTS = pytest.mark.parametrize("count", [1, 3])


def make_gradings(course, grader, count, **fields):
    """Make complete grades of so many students for one prompt; return its rubric's prompt."""
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    for _each in range(count):
        student = factories.make_user()
        factories.add_member(course, student)
        post = factories.make_post(student, course, prompt=prompt)
        factories.make_grading(post, grader, level=3, **fields)
    return prompt


@COUNTS
def test_release_prompt(course, instructor, count, django_assert_num_queries):
    prompt = make_gradings(course, instructor, count)
    instructor.memberships_now  # noqa: B018

    with django_assert_num_queries(14):
        release_prompt(prompt, by=instructor)

    assert Grading.objects.released().filter(released_rubric=prompt.rubric).count() == count
    assert OutboxMessage.objects.filter(template="feedback_released").count() == count


def reworded(rubric, sign):
    """Return the contents of a rubric with a sign after the title of each criterion."""
    return [
        CriterionContent(
            f"{criterion.title}{sign}",
            tuple(
                LevelContent(level.title, level.description, level.hundredths)
                for level in criterion.levels.all()
            ),
        )
        for criterion in rubric.criteria.all()
    ]


@COUNTS
def test_save_rubric_with_new_words(course, instructor, count, django_assert_num_queries):
    prompt = make_gradings(course, instructor, count, released_at=timezone.now())
    contents = reworded(prompt.rubric, "!")
    instructor.memberships_now  # noqa: B018

    with django_assert_num_queries(25):
        save_rubric(prompt.rubric, by=instructor, criteria=contents, released=count)

    assert Grading.objects.exclude(edited_at=None).count() == count
    assert OutboxMessage.objects.filter(template="feedback_edited").count() == count


def test_an_edit_that_waits_to_be_mailed_is_mailed_once(course, instructor):
    prompt = make_gradings(course, instructor, 3, released_at=timezone.now())
    first, _second, left = Grading.objects.order_by("pk")
    left.student.memberships.update(ended_at=timezone.now())
    sent = OutboxMessage.objects.create(
        recipient=first.student, key=f"edited:{first.pk}:x", template="feedback_edited", attempts=1
    )

    for _each in range(2):
        contents = reworded(prompt.rubric, "!")
        save_rubric(prompt.rubric, by=instructor, criteria=contents, released=3)

    mails = OutboxMessage.objects.exclude(pk=sent.pk).order_by("key")
    assert [mail.recipient for mail in mails] == [one.student for one in Grading.objects.all()[:2]]


@pytest.mark.parametrize("role", [*factories.Role, None])
@pytest.mark.parametrize("fields", [{}, {"of_record": False}, {"released_at": None}])
def test_the_rule_for_all_students_is_the_rule_for_each(course, instructor, role, fields):
    fields = {"released_at": timezone.now()} | fields
    if not fields.get("of_record", True):
        fields["released_at"] = None
    make_gradings(course, instructor, 1, **fields)
    student = Grading.objects.get().student
    if role is None:
        student.memberships.update(ended_at=timezone.now())
    else:
        student.memberships.update(role=role)
    own = Grading.objects.filter(of_record=True, released_at__lte=timezone.now())

    assert set(Grading.objects.visible_to_their_students()) == set(own.visible_to(student))


def records(count):
    return [
        {
            "id": f"nets{number}",
            "type": "book",
            "title": f"Nets {number}",
            "author": [{"family": "Ito"}],
            "DOI": f"10.1000/{number}",
        }
        for number in range(count)
    ]


@COUNTS
def test_add_references(ada, course, count, django_assert_num_queries):
    post = factories.make_draft_post(ada, course)
    ada.memberships_now  # noqa: B018

    with django_assert_num_queries(17):
        add_references(post, records(count), by=ada)

    assert post.references.filter(work__added_by=ada).count() == count


@COUNTS
def test_add_references_that_the_course_has(ada, bob, course, count, django_assert_num_queries):
    for csl in records(count):
        factories.share_work(factories.make_work(course, csl, added_by=bob))
    post = factories.make_draft_post(ada, course)
    ada.memberships_now  # noqa: B018

    with django_assert_num_queries(16):
        add_references(post, records(count), by=ada)

    assert post.references.filter(work__added_by=bob).count() == count


def publish(post, count):
    text = " ".join(f"Words [@{csl['id']}]." for csl in records(count))
    publish_post(post, by=post.author, title="Nets", text=text, audience=Audience.COURSE)


@COUNTS
def test_publish_post(ada, course, count, django_assert_num_queries):
    post = factories.make_draft_post(ada, course)
    add_references(post, records(count), by=ada)

    with django_assert_num_queries(32):
        publish(post, count)

    assert Work.objects.open_to_course().count() == count


@COUNTS
def test_publish_post_with_works_that_the_course_has(
    ada, bob, course, count, django_assert_num_queries
):
    post = factories.make_draft_post(ada, course)
    add_references(post, records(count), by=ada)
    for csl in records(count):
        factories.share_work(factories.make_work(course, csl | {"volume": "1"}, added_by=bob))

    with django_assert_num_queries(35):
        publish(post, count)

    assert post.references.filter(work__added_by=bob).count() == count
    assert WorkMerge.objects.count() == count


@COUNTS
def test_publish_post_in_place_of_works_that_nobody_can_read(
    ada, bob, course, count, django_assert_num_queries
):
    """Each record that is replaced costs one query more, for its event."""
    post = factories.make_draft_post(ada, course)
    add_references(post, records(count), by=ada)
    for csl in records(count):
        factories.share_work(factories.make_work(course, csl, added_by=bob))
    Post.objects.filter(author=bob).update(status=Post.Status.WITHDRAWN)

    with django_assert_num_queries(34 + count):
        publish(post, count)

    assert Work.objects.filter(added_by=bob, doi="").count() == count
