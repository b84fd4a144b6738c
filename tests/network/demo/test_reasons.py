"""The reasons for posts in the demo course and in a real one, each computed again from the rows."""

from io import StringIO

import pytest
from django.core.management import call_command

from blog.models import Comment, Course, Post, Reference, User
from network.discovery import Reason
from network.queries.discover import people_to_meet
from network.queries.offered_posts import offer_of
from network.queries.week_choice import week_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def works_of(posts):
    return {one.work_id for one in Reference.objects.filter(cited=True, post__in=posts)}


def exchange(one, other, day):
    """Return whether two people exchanged an open comment before a day."""
    comments = Comment.objects.counting().filter(day__lt=day, audience__gte=30)
    there = comments.filter(author=one, addressee=other)
    return (there | comments.filter(author=other, addressee=one)).exists()


def is_commented(post, day):
    peers = post.course.memberships.filter(role="student", ended_at=None).values("user")
    comments = Comment.objects.open().filter(post=post, day__lt=day, author__in=peers)
    return comments.exclude(author=post.author).exists()


def is_true(one, reader, day):
    posts = Post.objects.in_course(one.post.course).published().filter(published_at__date__lt=day)
    own, theirs = works_of(posts.by(reader)), works_of([one.post])
    if one.reason == Reason.WORK:
        return one.work.pk in own & theirs
    if one.reason == Reason.CITED_TOGETHER:
        third = posts.exclude(author__in=[reader, one.post.author])
        together = third.filter(references__cited=True, references__work=one.work).filter(
            references__cited=True, references__work=one.own_work
        )
        return one.work.pk in theirs - own and one.own_work.pk in own and together.exists()
    if one.reason == Reason.PEER:
        return all(exchange(person, one.peer, day) for person in (reader, one.post.author))
    if one.reason in (Reason.UNANSWERED, Reason.CHANCE):
        return not is_commented(one.post, day)
    return not exchange(reader, one.post.author, day)


def test_every_reason_in_the_demo_course_is_true_of_its_rows():
    call_command("demo", "--force", stdout=StringIO())
    course = Course.objects.get()
    day = week_of(course)
    students = User.objects.filter(memberships__course=course, memberships__role="student")

    offered = [(one, reader) for reader in students for one in offer_of(reader, course).posts]

    assert len(offered) > len(students)
    assert {one.reason for one, _ in offered} >= {Reason.WORK, Reason.CITED_TOGETHER, Reason.CHANCE}
    assert [
        (str(one.post), one.reason) for one, reader in offered if not is_true(one, reader, day)
    ] == []


EVERY = 20


def test_every_reason_in_a_real_course_is_true_of_its_rows(real_data):
    """A log of replies has no references: what people share there are peers."""
    path = real_data / "ties" / "dlt1_events.csv"
    call_command("load_events", path, course="dlt1", staff="444,445", verbosity=0)
    course = Course.objects.get(slug="dlt1")
    day = week_of(course)
    students = User.objects.filter(memberships__course=course, memberships__role="student")
    readers = students.order_by("pk")[::EVERY]

    offered = [(one, reader) for reader in readers for one in offer_of(reader, course).posts]
    to_meet = [
        (one, reader)
        for reader in readers
        for one in people_to_meet(reader, course, met=set(), limit=3)
    ]

    assert len(offered) > len(readers)
    assert {one.reason for one, _ in offered} >= {Reason.PEER, Reason.CHANCE}
    assert [
        (str(one.post), one.reason) for one, reader in offered if not is_true(one, reader, day)
    ] == []
    assert to_meet
    comments = Comment.objects.counting().filter(post__course=course)
    assert [
        str(one.person)
        for one, reader in to_meet
        if not all(
            comments.filter(author=person, addressee=one.peer).exists()
            for person in (reader, one.person)
        )
    ] == []
