"""The reply rota as ``manage.py tick`` keeps it: given when posts are due, then repaired."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from blog.actions.courses import remove_member
from blog.actions.post_states import withdraw_post
from blog.actions.posts import publish_post
from blog.models import Audience, AuditEvent, Post, Prompt, RotaEntry
from blog.queries.rota import first_comments_missing, posts_given_to
from blog.tasks import update_rotas
from tests import factories
from tests.hidden_posts import NOT_FOR_CLASSMATES
from tests.threads import at_once


@pytest.fixture
def prompt(course):
    return factories.make_rota_prompt(course)


@pytest.fixture
def posts(course, prompt):
    return [publish(course, prompt) for _ in range(6)]


def publish(course, prompt, **fields):
    """Add a student with a post."""
    author = factories.make_user()
    factories.add_member(course, author)
    return factories.make_post(author, course, prompt=prompt, **fields)


def leave_hours(prompt, hours):
    """Let the comments be due in some hours."""
    prompt.comments_due_at = timezone.now() + timedelta(hours=hours)
    prompt.save()


def given(**filters):
    entries = RotaEntry.objects.filter(**filters)
    return set(entries.values_list("reader_id", "post_id"))


def numbers(keys):
    """Return how often each number occurs among the counts of some keys."""
    return dict(Counter(Counter(keys).values()))


def comment_on_all(reader):
    for post in Post.objects.filter(rota_entries__reader=reader):
        factories.make_comment(reader, post)


def test_everybody_who_published_is_given_two_posts_when_posts_are_due(posts):
    assert update_rotas() == 12

    assert numbers(reader for reader, _post in given()) == {2: 6}
    assert numbers(post for _reader, post in given()) == {2: 6}
    event = AuditEvent.objects.get(action="rota_updated")
    assert (event.actor, event.data) == (None, {"given": 12, "taken_back": 0, "offered": 0})


@pytest.mark.parametrize(
    "fields",
    [
        {"rota": Prompt.Rota.NONE},
        {"due_at": timezone.now() + timedelta(days=1)},
        {"hours_left": -1},
    ],
    ids=["no rota", "not due", "over"],
)
def test_nothing_is_given_without_a_rota_or_outside_its_time(course, fields):
    prompt = factories.make_rota_prompt(course, **fields)
    for _ in range(3):
        publish(course, prompt)

    assert update_rotas() == 0
    assert given() == set()


def test_nothing_is_given_when_the_course_is_over(course, posts):
    course.ends_on = course.today() - timedelta(days=1)
    course.save()

    assert update_rotas() == 0


def test_a_prompt_whose_posts_and_comments_are_due_together_gives_posts_two_days_before(course):
    due = timezone.now() + timedelta(hours=47)
    factories.make_rota_prompt(course, due_at=due, hours_left=47)
    prompt = Prompt.objects.get()
    publish(course, prompt)
    publish(course, prompt)

    assert update_rotas() == 2


def test_tick_says_what_it_gave_once(posts, capsys):
    call_command("tick")
    call_command("tick")

    assert capsys.readouterr().out == "Posts given to students to comment on: 12\n"


def test_a_late_post_finds_readers_and_nobody_loses_what_they_were_told(course, prompt, posts):
    update_rotas()
    told = given()
    late = publish(course, prompt)

    update_rotas()

    assert told <= given()
    assert len(given(post=late)) == 2
    assert len(given(reader=late.author)) == 2


def test_posts_of_a_student_who_leaves_go_to_others(course, posts, instructor):
    update_rotas()
    told, gone = given(), posts[0]
    membership = course.memberships.get(user=gone.author)

    remove_member(membership, by=instructor)
    update_rotas()

    kept = {pair for pair in told if gone.author_id != pair[0] and gone.pk != pair[1]}
    assert kept <= given()
    assert given(reader=gone.author) | given(post=gone) == set()
    readers = Counter(post for _reader, post in given())
    assert (len(readers), min(readers.values())) == (5, 2)


def test_what_was_commented_on_stays_given(posts):
    update_rotas()
    post = posts[0]
    readers = [entry.reader for entry in post.rota_entries.order_by("pk")]
    factories.make_comment(readers[0], post)

    withdraw_post(post, by=post.author)
    update_rotas()

    assert given(post=post) == {(readers[0].pk, post.pk)}


@pytest.mark.parametrize("change", NOT_FOR_CLASSMATES)
def test_a_post_that_others_cannot_read_drops_out(posts, change):
    update_rotas()
    Post.objects.filter(pk=posts[0].pk).update(**change)

    update_rotas()

    assert given(post=posts[0]) == set()


def test_a_post_for_a_pod_is_given_to_its_pod(course, prompt, posts):
    pod = factories.make_pod(course, "Alder", *[post.author for post in posts[:3]])
    Post.objects.filter(pk=posts[0].pk).update(audience=Audience.POD, pod=pod)

    update_rotas()

    assert given(post=posts[0]) == {(post.author_id, posts[0].pk) for post in posts[1:3]}
    assert numbers(post for _reader, post in given()) == {2: 6}


@pytest.mark.parametrize("role", [factories.Role.INSTRUCTOR, factories.Role.ASSISTANT])
def test_posts_of_the_teaching_team_are_no_part_of_it(course, prompt, posts, role):
    teacher = factories.make_user()
    factories.add_member(course, teacher, role)
    post = factories.make_post(teacher, course, prompt=prompt)

    update_rotas()

    assert given(post=post) | given(reader=teacher) == set()


def test_nobody_is_given_the_person_of_last_time(course, posts):
    update_rotas()
    earlier = set(RotaEntry.objects.values_list("reader", "post__author"))
    prompt = factories.make_rota_prompt(course)
    for post in posts:
        factories.make_post(post.author, course, prompt=prompt)

    update_rotas()

    now = RotaEntry.objects.filter(post__prompt=prompt).values_list("reader", "post__author")
    assert earlier & set(now) == set()


# The last two days


def test_two_days_before_the_date_posts_without_a_comment_are_offered(posts, prompt):
    update_rotas()
    waiting = posts[0]
    readers = {reader for reader, _post in given(post=waiting)}
    for post in posts:
        comment_on_all(post.author)
    waiting.comments.all().delete()  # so its readers have not done theirs
    leave_hours(prompt, 49)
    assert update_rotas() == 0
    leave_hours(prompt, 47)

    assert update_rotas() == 2

    offers = given(is_offer=True)
    assert {post for _reader, post in offers} == {waiting.pk}
    assert {reader for reader, _post in offers} & {*readers, waiting.author_id} == set()
    assert update_rotas() == 0


def test_an_offer_ends_with_the_first_comment(course, posts, prompt):
    factories.make_rota_entry(posts[1].author, posts[0], is_offer=True)
    factories.make_rota_entry(posts[2].author, posts[0], is_offer=True)
    factories.make_comment(posts[1].author, posts[0])

    assert posts_given_to(posts[2].author, course, [prompt]) == []
    assert posts_given_to(posts[1].author, course, [prompt]) == [posts[0]]


def test_a_comment_that_its_author_deleted_or_the_team_hid_leaves_the_post_waiting(
    posts, prompt, instructor
):
    factories.make_comment(posts[1].author, posts[0], deleted_at=timezone.now(), tied=False)
    factories.make_comment(posts[2].author, posts[0], state="hidden", tied=False)
    factories.make_comment(posts[0].author, posts[0])
    for post in posts[1:]:
        factories.make_comment(posts[0].author, post)

    assert first_comments_missing(instructor, [prompt]) == [posts[0]]


# At the same moment


@pytest.mark.django_db(transaction=True)
def test_publications_and_two_ticks_at_once_make_one_rota(course, prompt):
    for _ in range(4):
        publish(course, prompt)
    drafts = []
    for _ in range(3):
        author = factories.make_user()
        factories.add_member(course, author)
        drafts.append(factories.make_draft_post(author, course, prompt=prompt))

    def publish_draft(draft):
        draft = Post.objects.get(pk=draft.pk)
        publish_post(draft, by=draft.author, title="Late", text="Words.", audience=Audience.COURSE)

    at_once(update_rotas, update_rotas, *[lambda d=draft: publish_draft(d) for draft in drafts])
    update_rotas()

    readers = Counter(post for _reader, post in given())
    loads = Counter(reader for reader, _post in given())
    assert (len(readers), min(readers.values())) == (7, 2)
    assert max(loads.values()) - min(loads.values()) <= 1
    assert update_rotas() == 0
