"""Reasons of network pages, computed again from plain rows of tables.

None of the code that found the reasons is used here: no QuerySet method of the app, no tie, no
folding by the database. Only what a reason says in words is asked of the rows.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

from blog.models import Comment, Course, Membership, Post, Prompt, Reference, WorkMerge
from network.discovery import Reason
from network.models import Follow

READERS = 30
HALF_LIFE = 14  # days: no course of these tests has another one


class PostRow(NamedTuple):
    author: int
    day: date
    is_published: bool


class CommentRow(NamedTuple):
    author: int
    addressee: int
    post: int
    day: date
    audience: int

    @property
    def pair(self) -> frozenset[int]:
        return frozenset({self.author, self.addressee})


class Rows:
    """The rows of one course, read once."""

    def __init__(self, course: Course):
        self.today = min(course.today(), course.ends_on)
        self.monday = self.today - timedelta(days=self.today.weekday())
        self.students = set(
            Membership.objects.filter(course=course, role="student", ended_at=None).values_list(
                "user", flat=True
            )
        )
        self.posts = {
            pk: PostRow(author, course.day_of(at), status == "published" and not (gone or hidden))
            for pk, author, at, status, gone, hidden in Post.objects.filter(
                course=course, published_at__isnull=False
            ).values_list("pk", "author", "published_at", "status", "deleted_at", "hidden_at")
        }
        self.works = self._works(course)
        self.required = set(
            Prompt.required_works.through.objects.filter(prompt__course=course).values_list(
                "work", flat=True
            )
        )
        found = Comment.objects.filter(post__course=course, state="open", deleted_at=None)
        #: All open comments; ``comments`` has those between two people on a published post.
        self.open = [
            CommentRow(*row)
            for row in found.values_list("author", "addressee", "post", "day", "audience")
        ]
        self.comments = [
            one
            for one in self.open
            if one.author and one.addressee and len(one.pair) == 2
            if one.post in self.posts and self.posts[one.post].is_published
        ]
        self.by_pair = defaultdict(list)
        for comment in self.comments:
            self.by_pair[comment.pair].append(comment)
        self.follows = set(Follow.objects.filter(course=course).values_list("follower", "followed"))

    def _works(self, course):
        """Return the works that each post cites; of records that are one work, both."""
        merges = WorkMerge.objects.filter(duplicate__course=course)
        kept = dict(merges.values_list("duplicate", "canonical"))
        works = defaultdict(set)
        rows = Reference.objects.filter(post__course=course, cited=True)
        for post, work in rows.values_list("post", "work"):
            works[post] |= {work, kept.get(work, work)}
        return works

    def cited_by(self, person, *, before=None):
        """Return the works that the published posts of a person cite."""
        return {
            work
            for pk, post in self.posts.items()
            if post.author == person and post.is_published
            if before is None or post.day < before
            for work in self.works[pk]
        }

    def exchanged(self, one, other, *, before=None, reader=None):
        """Return whether two people exchanged a comment, which the reader can see if one is given.

        A comment for the author and the team alone is seen by its writer and the post's author.
        """
        return any(
            before is None or comment.day < before
            for comment in self.by_pair[frozenset({one, other})]
            if reader is None
            or comment.audience >= READERS
            or reader in (comment.author, self.posts[comment.post].author)
        )

    def strength(self, one, other):
        """Return T and the number of units: one for each writer, post and day."""
        units = {
            (comment.author, comment.post, comment.day)
            for comment in self.by_pair[frozenset({one, other})]
        }
        return sum(2 ** ((day - self.today).days / HALF_LIFE) for *_, day in units), len(units)

    def last_day(self, one, other):
        return max(comment.day for comment in self.by_pair[frozenset({one, other})])

    # Discover

    def is_true_of_offer(self, one, reader) -> bool:
        """Return whether the reason for a post of the week was true as the week began."""
        post, author, day = one.post.pk, one.post.author_id, self.monday
        if not self.posts[post].is_published or author not in self.students - {reader.pk}:
            return False
        own, theirs = self.cited_by(reader.pk, before=day), self.works[post]
        if one.reason == Reason.WORK:
            return one.work.pk in own & theirs
        if one.reason == Reason.CITED_TOGETHER:
            together = any(
                {one.work.pk, one.own_work.pk} <= self.works[pk]
                for pk, other in self.posts.items()
                if other.day < day and other.author not in (reader.pk, author)
            )
            return one.work.pk in theirs - own and one.own_work.pk in own and together
        if one.reason == Reason.PEER:
            people = (reader.pk, author)
            return all(
                self.exchanged(person, one.peer.pk, before=day, reader=reader.pk)
                for person in people
            )
        if one.reason in (Reason.UNANSWERED, Reason.CHANCE):
            return not any(
                comment.post == post and comment.day < day
                for comment in self.open
                if comment.author in self.students - {author}
            )
        return not self.exchanged(reader.pk, author, before=day)

    # My network

    def is_true_of_person(self, one, reader) -> bool:
        """Return whether somebody to meet has not been met, and shares what is said."""
        person = one.person.pk
        if person not in self.students or self.is_met(reader.pk, person):
            return False
        if one.post is not None and self.posts[one.post.pk].author != person:
            return False
        if one.work is not None:
            shared = self.cited_by(reader.pk) & self.cited_by(person)
            return one.work.pk in shared - self.required
        return all(
            any(
                comment.author == writer
                for comment in self.by_pair[frozenset({writer, one.peer.pk})]
                if comment.audience >= READERS
                or reader.pk in (comment.author, self.posts[comment.post].author)
            )
            for writer in (reader.pk, person)
        )

    def is_met(self, one, other):
        follow = {(one, other), (other, one)} & self.follows
        return bool(follow) or self.exchanged(one, other)

    def is_true_of_quiet(self, one, reader) -> bool:
        """Return whether a tie was there and has faded, and whether its post is newer."""
        peer = one.row.tie.peer.pk
        strength, units = self.strength(reader.pk, peer)
        if units < 3 or strength >= 0.25 or one.row.tie.last_day != self.last_day(reader.pk, peer):
            return False
        if one.post is None:
            return True
        post = self.posts[one.post.pk]
        return post.author == peer and post.is_published and post.day > one.row.tie.last_day

    def is_true_of_contact(self, tie, post, reader) -> bool:
        """Return whether the author of a post to read is in exchange with the reader."""
        strength, units = self.strength(reader.pk, tie.peer.pk)
        return post.author_id == tie.peer.pk and units >= 2 and strength >= 0.5
