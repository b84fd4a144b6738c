"""Find people whom a learner has not met in a course, each with a reason."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from blog.models import Comment, Course, Membership, Post, Prompt, Reference, User, Work
from blog.models.member_keys import MAY_MISS, member_key_of, stand_in
from blog.models.prepared_queries import MAX_LISTED, prepared
from blog.queries.in_bulk import people_by_key, works_by_key
from network.discovery import suggest_people
from network.ties import tie_date


@dataclass(frozen=True)
class PersonToMeet:
    """Somebody the learner has not met here, and what they share: a work or a peer.

    ``post`` is one of theirs to begin with: the newest that cites the work, or else the newest.
    """

    person: User
    work: Work | None
    peer: User | None
    post: Post | None


def people_to_meet(
    reader: User, course: Course, *, met: set[int], limit: int
) -> list[PersonToMeet]:
    """Return students who cite what the reader cites, or write to whom the reader writes.

    ``met`` are the people whom the reader has a tie to already. Where everybody is one of them,
    nothing else is asked.
    """
    if not _is_anybody_left(reader, course, met):
        return []
    cited, pairs = _cited_works(reader, course), _pairs(reader, course, but=met - {reader.pk})
    involved = cited.keys() | {person for pair in pairs for person in pair}
    students = _students_of(course, involved)
    written_to: dict[int, set[int]] = defaultdict(set)
    for author, addressee in pairs:
        if author in students and addressee in students:
            written_to[author].add(addressee)
    week = tie_date(course).isocalendar()
    suggestions = suggest_people(
        reader.pk,
        cited=cited,
        written_to=written_to,
        candidates=students - met - {reader.pk},
        salt=f"{reader.pk}:{week.year}:{week.week}",
        limit=limit,
    )
    works = works_by_key(one.work for one in suggestions)
    people = people_by_key(key for one in suggestions for key in (one.person, one.peer))
    posts = _posts_to_read(reader, course, {one.person: one.work for one in suggestions})
    return [
        PersonToMeet(
            people[one.person],
            works.get(one.work) if one.work else None,
            people.get(one.peer) if one.peer else None,
            posts.get(one.person),
        )
        for one in suggestions
    ]


def _is_anybody_left(reader: User, course: Course, met: Collection[int]) -> bool:
    """Return whether the course has a student whom the reader has not met, as far as is asked."""
    known = tuple({*met, reader.pk})
    if len(known) > MAX_LISTED:
        return True
    return bool(_students_but.rows(None, course=course.pk, known=known))


@prepared
def _students_but(_shape: None, course: int, known: tuple) -> QuerySet:
    members = Membership.objects.in_course(course).active().students().exclude(user__in=known)
    return members.values_list("user_id", flat=True)[:1]


def _students_of(course: Course, people: Iterable[int | None]) -> frozenset[int]:
    keys = tuple(sorted(key for key in people if key))
    found = _students_among.rows(None, course=course.pk, people=keys) if keys else ()
    return frozenset(found)


@prepared
def _students_among(_shape: None, course: int, people: tuple) -> QuerySet:
    members = Membership.objects.in_course(course).active().students()
    return members.filter(user__in=people).values_list("user_id", flat=True)


def _posts_to_read(reader: User, course: Course, works: dict[int, int | None]) -> dict[int, Post]:
    """Return a post of each author: one that cites the work which ``works`` names, if any does."""
    member = member_key_of(reader, course)
    if member is None or not works:
        return {}
    newest_first = _posts_by.rows(member.role, authors=tuple(works), **member.values)
    wanted = {work for work in works.values() if work}
    authors, cited = tuple(works), tuple(wanted)
    citing = set(_posts_that_cite.rows(None, works=cited, authors=authors)) if wanted else set()
    found: dict[int, Post] = {}
    for post in sorted(newest_first, key=lambda p: (p.pk, works[p.author_id]) not in citing):
        found.setdefault(post.author_id, post)
    return found


@prepared
def _posts_that_cite(_shape: None, works: tuple, authors: tuple) -> QuerySet:
    references = Reference.objects.filter(cited=True, work__in=works, post__author__in=authors)
    return references.order_by().values_list("post", "work")


@prepared(may_miss=MAY_MISS)
def _posts_by(role: str, authors: tuple, **member: Any) -> QuerySet:
    posts = Post.objects.published_for(*stand_in(role, **member)).filter(author__in=authors)
    return posts.only("author", "course", "slug", "title").order_by("-published_at", "-pk")


def _cited_works(reader: User, course: Course) -> dict[int, set[int]]:
    """Return which of the reader's works each author cites, in posts the reader can see.

    Not those that a prompt requires: everybody was asked to cite them, so they are no reason, and
    they would bring everybody here.
    """
    cited = defaultdict(set)
    member = member_key_of(reader, course)
    for author, work in _cited_for.rows(member.role, **member.values) if member else []:
        cited[author].add(work)
    return cited


@prepared(may_miss=MAY_MISS)
def _cited_for(role: str, **member: Any) -> QuerySet:
    reader, course = stand_in(role, **member)
    posts = Post.objects.published_for(reader, course)
    required = Prompt.required_works.through.objects.filter(prompt__course=course)
    cited_there = Reference.objects.filter(cited=True, post__in=posts).order_by()
    own = cited_there.filter(post__author=reader).exclude(work__in=required.values("work"))
    rows = cited_there.filter(work__in=own.values("work"))
    return rows.values_list("post__author_id", "work_id").distinct()


def _pairs(reader: User, course: Course, *, but: Collection[int] = ()) -> list[tuple[int, int]]:
    """Return who writes to somebody whom the reader writes to, in comments the reader can see.

    From comments and not from arcs: those also hold what only a post's author and the team see.
    Without comments by people whom nobody asks about, unless these are very many.
    """
    member, some = member_key_of(reader, course), {}
    if 0 < len(but) <= MAX_LISTED:
        some = {"but": tuple(but)}
    return _pairs_for.rows(member.role, **some, **member.values) if member else []


@prepared(may_miss=MAY_MISS)
def _pairs_for(role: str, but: tuple = (), **member: Any) -> QuerySet:
    reader, course = stand_in(role, **member)
    comments = Comment.objects.counting().visible_in(reader, course).order_by()
    own = comments.filter(author=reader).values("addressee")
    found = comments.filter(addressee__in=own)
    if but:
        others = Membership.objects.in_course(course).active().exclude(user__in=but)
        found = found.filter(author__in=others.values("user"))
    return found.values_list("author_id", "addressee_id").distinct()
