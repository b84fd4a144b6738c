"""Questions to one's network: whom they are offered to, who sees them, and what closes them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from blog.actions.comments import add_comment, delete_comment
from blog.actions.courses import remove_member
from blog.exceptions import NotAllowed, Refused
from blog.models import Audience, AuditEvent, Comment, Course, Membership, Post, User
from network import actions, ties
from network.models import Follow, Mute, NetworkChoices, Question, QuestionOffer
from network.queries.questions import (
    MAX_OPEN_OFFERS,
    MAX_RECIPIENTS,
    own_question,
    people_to_ask,
    posts_to_ask_about,
    questions_to,
)
from network.ties import TieClass
from tests import factories


def ago(**fields):
    return timezone.now() - timedelta(**fields)


@pytest.fixture
def work(course):
    return factories.make_work(course)


@pytest.fixture
def cite(course, work):
    """Let a person publish a post that cites the work, or another one."""

    def publish(person, title="Cites it", cited=work, **fields):
        post = factories.make_post(person, course, title, **fields)
        factories.make_reference(post, cited, cited=True)
        return post

    return publish


@pytest.fixture
def post(ada, cite):
    return cite(ada, "Half-open windows")


@pytest.fixture
def classmate(course):
    def join(name=None, **fields):
        person = factories.make_user(name)
        factories.add_member(course, person, **fields)
        return person

    return join


def found(post):
    return [one.person for one in people_to_ask(post, User.objects.get(pk=post.author_id))]


def shown(person, course):
    return [one.question for one in questions_to(User.objects.get(pk=person.pk), course)]


# Who can be asked


def test_who_cites_what_the_post_cites_can_be_asked_and_the_work_is_the_reason(
    ada, bob, cite, classmate, post, work
):
    cite(bob)
    cite(classmate(), cited=factories.make_work(post.course, {"title": "Other"}))

    [one] = people_to_ask(post, ada)

    assert (one.person, one.work, one.tie_class) == (bob, work, TieClass.NONE)


def test_ties_come_first_the_strongest_on_top(course, ada, cite, classmate, post):
    strangers, followed, exchanging = [classmate() for _n in range(5)], classmate(), classmate()
    for person in (*strangers, followed, exchanging):
        cite(person)
    Follow.objects.create(course=course, follower=ada, followed=followed)
    for number in range(2):
        theirs = factories.make_post(exchanging, course, f"Post {number}")
        factories.make_comment(ada, theirs)
    ties.rebuild(course)

    people = people_to_ask(post, ada)

    assert [one.person for one in people[:2]] == [exchanging, followed]
    assert [one.tie_class for one in people[:2]] == [TieClass.WEAK, TieClass.VERY_WEAK]
    assert len(people) == MAX_RECIPIENTS
    assert {one.person for one in people[2:]} < set(strangers)


def test_nobody_is_asked_who_is_no_student_or_has_left(
    course, instructor, assistant, observer, cite, classmate, post
):
    gone, closed = classmate(), classmate()
    for person in (instructor, assistant, observer, gone, closed):
        cite(person)
    Membership.objects.filter(user=gone).update(ended_at=timezone.now())
    User.objects.filter(pk=closed.pk).update(is_active=False)

    assert found(post) == []


@pytest.mark.parametrize(
    "choices", [{"wants_suggestions": False}, {"may_be_suggested": False}], ids=str
)
def test_nobody_is_asked_who_wants_no_suggestions_or_not_to_be_one(
    course, bob, cite, post, choices
):
    cite(bob)
    NetworkChoices.objects.create(course=course, person=bob, **choices)

    assert found(post) == []


def test_nobody_is_asked_about_what_they_left(course, bob, cite, classmate, post, work):
    cyn = classmate()
    for person in (bob, cyn):
        cite(person)
    NetworkChoices.objects.create(course=course, person=bob).left_posts.add(post)
    NetworkChoices.objects.create(course=course, person=cyn).left_works.add(work)

    assert found(post) == []


@pytest.mark.parametrize("is_author", [True, False])
def test_nobody_is_asked_where_one_has_muted_the_other(course, ada, bob, cite, post, is_author):
    cite(bob)
    by, muted = (ada, bob) if is_author else (bob, ada)
    Mute.objects.create(course=course, by=by, muted=muted)

    assert found(post) == []


@pytest.mark.parametrize("audience", [Audience.ONLY_ME, Audience.INSTRUCTORS, Audience.POD])
def test_a_post_that_its_author_cannot_see_is_no_reason(bob, cite, post, audience):
    cite(bob, audience=audience)

    assert found(post) == []


def test_a_post_for_a_pod_is_a_question_to_that_pod(course, ada, bob, cite, classmate):
    pod = factories.make_pod(course, "Pod 1", ada, bob)
    post = cite(ada, audience=Audience.POD, pod=pod)
    for person in (bob, classmate()):
        cite(person)

    assert found(post) == [bob]


def test_who_has_to_publish_first_is_not_asked_before(course, ada, bob, cite, classmate):
    prompt = factories.make_prompt(course, own_post_first=True)
    post = cite(ada, prompt=prompt)
    for person in (bob, classmate()):
        cite(person)
    factories.make_post(bob, course, prompt=prompt)

    assert found(post) == [bob]


def test_nobody_gets_more_than_a_few_questions_whatever_they_did_with_them(
    course, bob, cite, classmate, post
):
    cite(bob)
    questions = [factories.make_question(cite(classmate()), bob) for _n in range(MAX_OPEN_OFFERS)]
    QuestionOffer.objects.update(declined_at=timezone.now())
    before = found(post)

    Question.objects.filter(pk=questions[0].pk).update(closed_at=timezone.now())

    assert bob not in before
    assert bob in found(post)


@pytest.mark.parametrize("people", [1, 4])
def test_queries(course, ada, cite, classmate, post, people, django_assert_num_queries):
    for _n in range(people):
        person = classmate()
        cite(person)
        Follow.objects.create(course=course, follower=ada, followed=person)
    post, ada = Post.objects.for_page().get(pk=post.pk), User.objects.get(pk=ada.pk)

    # works; no suggestions, not suggested, left, muted both ways, enough questions; members;
    # memberships, works of theirs, left works; clock, arcs, contacts, follows, members; required
    # reading, works
    with django_assert_num_queries(18):
        assert len(people_to_ask(post, ada)) == people


# Asking


def ask(post, *people, text="What did I miss?"):
    return actions.ask_network(post, by=post.author, text=text, people={one.pk for one in people})


def test_a_question_is_offered_to_whom_its_author_was_shown_and_to_nobody_else(
    bob, cite, classmate, post
):
    cyn, other = classmate(), factories.make_user()
    for person in (bob, cyn):
        cite(person)

    question = ask(post, bob, other)

    assert [offer.person for offer in question.offers.all()] == [bob]
    event = AuditEvent.objects.get()
    assert (event.action, event.target, event.data) == ("network_question", f"post:{post.pk}", {})


def test_where_nobody_of_them_can_be_asked_any_more_nothing_is_saved(course, bob, cite, post):
    cite(bob)
    Mute.objects.create(course=course, by=bob, muted=post.author)

    with pytest.raises(Refused):
        ask(post, bob)

    assert not Question.objects.exists()


def test_one_question_is_open_and_the_next_begins_a_week_later(course, ada, bob, cite, post):
    cite(bob)
    other = cite(ada, "Another")
    first = ask(post, bob)
    with pytest.raises(Refused, match="asked one this week"):
        ask(other, bob)

    Question.objects.update(created_at=ago(days=7, minutes=1))
    with pytest.raises(Refused, match="Close it first"):
        ask(other, bob)

    actions.close_question(first, by=ada)
    assert ask(other, bob).post == other


@pytest.mark.parametrize(
    "change",
    [
        {"status": Post.Status.WITHDRAWN},
        {"deleted_at": timezone.now()},
        {"hidden_at": timezone.now()},
        {"audience": Audience.INSTRUCTORS},
    ],
    ids=["withdrawn", "deleted", "hidden", "narrowed"],
)
def test_a_question_whose_post_nobody_sees_makes_room_for_the_next(
    course, ada, bob, cite, post, change
):
    cite(bob)
    old = factories.make_question(post, bob, created_at=ago(days=8))
    before = own_question(ada, course).open
    Post.objects.filter(pk=post.pk).update(**change)

    after = own_question(ada, course).open
    new = ask(cite(ada, "Another"), bob)

    assert (before, after) == (old, None)
    assert [one.pk for one in Question.objects.filter(closed_at=None)] == [new.pk]


def test_a_question_of_two_weeks_ago_makes_room_for_the_next(course, ada, bob, cite, post):
    cite(bob)
    factories.make_question(post, bob, created_at=ago(days=14, minutes=1))

    before = own_question(ada, course)
    new = ask(cite(ada, "Another"), bob)

    assert (before.open, before.can_ask) == (None, True)
    assert own_question(ada, course).open == new


def test_the_database_allows_one_open_question_for_a_post_and_for_an_author(ada, bob, cite, post):
    factories.make_question(post, bob)

    for other in (post, cite(ada, "Another")):
        with pytest.raises(IntegrityError), transaction.atomic():
            factories.make_question(other, bob)


@pytest.mark.parametrize("audience", [Audience.ONLY_ME, Audience.INSTRUCTORS])
def test_there_is_no_question_on_a_post_that_no_classmate_sees(ada, bob, cite, audience):
    cite(bob)

    with pytest.raises(NotAllowed):
        ask(cite(ada, audience=audience), bob)


def test_an_author_can_ask_about_posts_that_cite_something(course, ada, cite, post):
    factories.make_post(ada, course, "Cites nothing")
    cite(ada, "Private", audience=Audience.INSTRUCTORS)

    assert posts_to_ask_about(ada, course) == [post]


# Closing and opening again


def test_a_closed_question_is_gone_and_can_be_opened_again_for_the_same_people(
    course, ada, bob, cite, post
):
    cite(bob)
    question = ask(post, bob)

    actions.close_question(question, by=ada)
    closed = shown(bob, course)
    actions.reopen_question(question, by=ada)

    assert (closed, shown(bob, course)) == ([], [question])


def test_an_old_question_or_a_second_one_is_not_opened_again(course, ada, bob, cite, post):
    old = factories.make_question(post, bob, created_at=ago(days=15), closed_at=ago(days=9))
    with pytest.raises(Refused):
        actions.reopen_question(old, by=ada)

    earlier = factories.make_question(post, bob, created_at=ago(days=8), closed_at=ago(days=8))
    factories.make_question(cite(ada, "Another"), bob)
    with pytest.raises(Refused):
        actions.reopen_question(earlier, by=ada)


def test_a_closed_question_is_not_changed(ada, bob, post):
    question = factories.make_question(post, bob, closed_at=timezone.now())

    with pytest.raises(Refused):
        actions.edit_question(question, by=ada, text="What else?")


# Who sees it


@pytest.fixture
def question(ada, bob, cite, post):
    cite(bob)
    return factories.make_question(post, bob, created_at=ago(minutes=5))


def test_who_is_offered_a_question_sees_it_with_the_work_that_both_cite(
    course, bob, classmate, cite, question, work
):
    other = classmate()
    cite(other)

    [one] = questions_to(bob, course)

    assert (one.question, one.work) == (question, work)
    assert questions_to(other, course) == []


def _withdraw(question):
    Post.objects.filter(pk=question.post_id).update(status=Post.Status.WITHDRAWN)


def _narrow(question):
    Post.objects.filter(pk=question.post_id).update(audience=Audience.INSTRUCTORS)


def _author_leaves(question):
    remove_member(
        Membership.objects.get(user=question.author),
        by=User.objects.get(memberships__role="instructor"),
    )


def _reader_leaves(question):
    Membership.objects.filter(user=question.offers.get().person).update(ended_at=timezone.now())


def _author_mutes(question):
    person = question.offers.get().person
    Mute.objects.create(course=question.course, by=question.author, muted=person)


def _reader_mutes(question):
    person = question.offers.get().person
    Mute.objects.create(course=question.course, by=person, muted=question.author)


def _reader_wants_nothing(question):
    person = question.offers.get().person
    NetworkChoices.objects.create(course=question.course, person=person, wants_suggestions=False)


def _reader_leaves_the_post(question):
    person = question.offers.get().person
    choices = NetworkChoices.objects.create(course=question.course, person=person)
    choices.left_posts.add(question.post)


def _reader_leaves_the_work(question):
    person = question.offers.get().person
    choices = NetworkChoices.objects.create(course=question.course, person=person)
    choices.left_works.add(question.post.references.get().work)


def _post_cites_nothing_now(question):
    question.post.references.update(cited=False)


def _reader_declines(question):
    offer = question.offers.get()
    actions.decline_question(offer, by=offer.person)


def _reader_comments(question):
    add_comment(question.post, by=question.offers.get().person, text="The other half.")


def _reader_comments_and_deletes_it(question):
    comment = add_comment(question.post, by=question.offers.get().person, text="Half of it.")
    delete_comment(comment, by=comment.author)


def _two_weeks_pass(question):
    Question.objects.update(created_at=ago(days=14, minutes=1))


def _the_course_ends(question):
    Course.objects.filter(pk=question.course_id).update(
        ends_on=timezone.now().date() - timedelta(days=1)
    )


def _the_course_is_archived(question):
    Course.objects.filter(pk=question.course_id).update(archived_at=timezone.now())


@pytest.mark.parametrize(
    "happen",
    [
        *(_withdraw, _narrow, _author_leaves, _reader_leaves, _author_mutes, _reader_mutes),
        *(_reader_wants_nothing, _reader_leaves_the_post, _reader_leaves_the_work),
        *(_post_cites_nothing_now, _reader_declines, _reader_comments),
        *(_reader_comments_and_deletes_it, _two_weeks_pass, _the_course_ends),
        _the_course_is_archived,
    ],
)
def test_what_makes_a_question_go(course, bob, question, happen):
    before = shown(bob, course)

    happen(question)

    assert before == [question]
    assert shown(bob, Course.objects.get()) == []


def test_an_earlier_comment_or_one_of_somebody_else_does_not(course, bob, classmate, question):
    factories.make_comment(bob, question.post, at=ago(days=1))
    factories.make_comment(classmate(), question.post)

    assert Comment.objects.count() == 2
    assert shown(bob, course) == [question]


def test_a_reader_who_is_of_the_team_now_sees_none(course, bob, question):
    Membership.objects.filter(user=bob).update(role=Membership.Role.ASSISTANT)

    assert shown(bob, course) == []


def test_required_reading_is_the_reason_only_where_there_is_no_other(
    course, ada, bob, prompt, question, work
):
    rare = factories.make_work(course, {"title": "Rare"}, label="Rare, 2020")
    prompt.required_works.add(work)
    before = questions_to(bob, course)

    for post in Post.objects.filter(author__in=[ada, bob]):
        factories.make_reference(post, rare, "rare", cited=True)

    assert [one.work for one in before] == [work]
    assert [one.work for one in questions_to(bob, course)] == [rare]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_a_reader(course, bob, cite, classmate, count, django_assert_num_queries):
    cite(bob)
    for _n in range(count):
        factories.make_question(cite(classmate()), bob)
    bob = User.objects.get(pk=bob.pk)

    # memberships; is there any; offers; choices; shared works, required reading, works
    with django_assert_num_queries(7):
        assert len(questions_to(bob, course)) == count
