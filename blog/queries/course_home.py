"""The course home: the current prompt, the reader's progress, posts to read."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from blog import access
from blog.models import Announcement, Comment, Course, Membership, Post, Prompt, User
from blog.models.announcements import SHOWN_AT_HOME_FOR
from blog.models.member_keys import MAY_MISS, member_key_of, stand_in
from blog.models.prepared_queries import prepared
from blog.queries.grading_queue import prompts_to_read, prompts_to_release
from blog.queries.memberships import groups_by_name, members_of_pods, pods_in_use
from blog.queries.others_posts import commented_by, posts_of_others
from blog.queries.own_posts import own_posts
from blog.queries.prompt_states import PromptState, prompt_states
from blog.queries.rota import first_comments_missing, running_rotas
from blog.queries.visible_prompts import visible_prompts
from blog.queries.waiting_posts import MAX_POSTS_LISTED, posts_without_comments

NEW_FOR = timedelta(days=7)
MAX_PODS_LISTED = 12


def course_overview(reader: User, course: Course) -> dict:
    """Return the context of the course's home, in a number of queries that never grows."""
    membership = reader.membership_in(course)
    prompts = visible_prompts(reader, course, listed=True)
    for prompt in prompts:
        prompt.course = course
    current = current_prompt(prompts)
    of_role: dict = {}
    if membership.is_student:
        of_role = _of_student(reader, course, prompts, current)
    elif membership.teaches:
        of_role = _of_team(reader, course, prompts, current)
    listed = [post for rota in of_role.get("rotas", []) for post in rota.posts_left]
    listed += of_role.get("missing", [])
    waiting = posts_without_comments(reader, course, but=listed)
    return {
        "announcements": announcements_at_home(reader, course),
        "prompts": prompts,
        "prompt": current,
        "next_prompt": None if current else next_prompt(prompts),
        "waiting": waiting,
        "new": new_posts(reader, course, but=[*listed, *waiting]),
        **of_role,
        **pods_at_home(reader, course),
    }


def announcements_at_home(reader: User, course: Course) -> list[Announcement]:
    """Return the latest announcements of a course, in one query."""
    member, now = member_key_of(reader, course), timezone.now()
    if member is None:
        return []
    since = now - SHOWN_AT_HOME_FOR
    return _announcements_for.rows(member.role, now=now, since=since, **member.values)


@prepared(may_miss=("reader", *MAY_MISS))
def _announcements_for(role: str, now: datetime, since: datetime, **member: Any) -> QuerySet:
    reader, course = stand_in(role, **member)
    announcements = Announcement.objects.in_course(course).visible_to(reader, now)
    return announcements.for_home(now, since)


def pods_at_home(reader: User, course: Course) -> dict:
    """Return the pods that the home lists: a student's own, or the first for everybody else.

    ``has_more_pods`` says that there are others; all of them are with the people.
    """
    membership = reader.membership_in(course)
    if membership.is_student:
        return {"pods": members_of_pods([membership.pod]) if membership.pod else []}
    pods = groups_by_name(pods_in_use(course))
    return {
        "pods": members_of_pods(pods[:MAX_PODS_LISTED]),
        "has_more_pods": len(pods) > MAX_PODS_LISTED,
    }


def _of_student(reader: User, course: Course, prompts: list[Prompt], current) -> dict:
    posts = own_posts(reader, course, with_changes=False)
    states = prompt_states(reader, course, prompts, posts)
    unread = [feedback for state in states for feedback in state.unread_feedback]
    is_new = is_newcomer(reader, course, posts)
    rotas = running_rotas(reader, course, prompts)
    return {
        "states": states[::-1],
        "steps": next((state for state in states if state.prompt == current), None),
        "unread": sorted(unread, key=lambda one: one.edited_at or one.released_at, reverse=True),
        "is_newcomer": is_new,
        "instructors": instructors_of(course) if is_new else [],
        "rotas": rotas,
        "rota": next((rota for rota in rotas if rota.prompt == current), None),
    }


def _of_team(reader: User, course: Course, prompts: list[Prompt], current) -> dict:
    last_day = [p for p in prompts if p.is_rota_running and p.shows_missing_comments]
    to_read = prompts_to_read(course, reader) if current else []
    to_grade = sum(prompt.ungraded_count for prompt in to_read)  # type: ignore[attr-defined]
    return {
        "to_grade": to_grade if current else None,
        "to_read": to_read,
        "missing": first_comments_missing(reader, last_day),
        "asking": _asking(course) if access.can_withhold_names(reader, course) else 0,
        "to_release": prompts_to_release(course) if access.can_release(reader, course) else [],
    }


def _asking(course: Course) -> int:
    """Return the number of members who wait for an instructor to withhold their name."""
    waiting = Membership.objects.in_course(course).exclude(confidentiality_asked_at=None)
    return waiting.filter(user__erased_at=None).count()


def is_newcomer(student: User, course: Course, posts) -> bool:
    """Return whether a student has written nothing here yet: no post, draft or comment."""
    if posts.drafts or posts.published or posts.withdrawn:
        return False
    return not Comment.objects.by(student).filter(post__course=course).exists()


def instructors_of(course: Course) -> list[User]:
    """Return who puts students into pods."""
    members = Membership.objects.in_course(course).active().filter(role=Membership.Role.INSTRUCTOR)
    return [member.user for member in members.for_list()]


def current_prompt(prompts: list[Prompt]) -> Prompt | None:
    """Return the open prompt that opened last."""
    opened = [p for p in prompts if p.is_open]
    return max(opened, key=lambda p: (p.opens_at, p.number), default=None)


def next_prompt(prompts: list[Prompt]) -> Prompt | None:
    """Return the prompt that opens next, of those that the reader can see before they open."""
    waiting = [p for p in prompts if not p.is_open and not p.is_draft]
    return min(waiting, key=lambda p: (p.opens_at, p.number), default=None)


def student_steps(student: User, prompt: Prompt) -> PromptState:
    """Return a student's three steps with a prompt: their post, comments on peers, feedback."""
    return prompt_states(student, prompt.course, [prompt])[0]


def new_posts(reader: User, course: Course, *, but: list[Post]) -> list[Post]:
    """Return the latest posts of others in the last seven days, ``but`` those listed already."""
    member, listed = member_key_of(reader, course), tuple(post.pk for post in but)
    if member is None:
        return []
    values = member.values | ({"but": listed} if listed else {})
    return _new_posts.rows(member.role, since=timezone.now() - NEW_FOR, **values)


@prepared(may_miss=MAY_MISS)
def _new_posts(role: str, since: datetime, but: tuple = (), **member: Any) -> QuerySet:
    reader, course = stand_in(role, **member)
    found = posts_of_others(reader, course).filter(published_at__gte=since)
    return found.annotate(is_commented=commented_by(reader)).exclude(pk__in=but)[:MAX_POSTS_LISTED]
