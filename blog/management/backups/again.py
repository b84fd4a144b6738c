"""Do again, after a restore, what people had decided: line by line, with no actor and no mail.

Nobody decides anything now, and whoever did so has been told. Each line is done once after each
restore: what somebody decides about the same from then on stays (ADR 0059).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from inspect import signature

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone

from blog.actions.erasure import erase_account
from blog.actions.name_decisions import NameDecision
from blog.management.backups.since import FLAGS
from blog.models import (
    Audience,
    AuditEvent,
    Comment,
    Course,
    FeedAddress,
    HelpStatement,
    Invitation,
    Membership,
    ModerationCase,
    ModerationEvent,
    Platform,
    PlatformAccount,
    PlatformCourse,
    Post,
    ProcessNote,
    User,
    add_event,
    audit_events_with,
    case_of,
    lock_courses,
    post_of,
    queue_submission,
    tracking_interactions,
    update_cases,
)
from blog.models.courses import DATES_AHEAD, new_join_code
from blog.queries.course_names import needs_another_course_name
from blog.tasks import change_courses_on_their_dates

AFTER_RESTORE = "after_restore"


class NoLine(ValueError):
    """What is read is no line of such a list."""


def do_again(line: str, sign: str = "") -> None:
    """Do what a line says, once after the restore with this ``sign``.

    Raises NoLine, and Refused if it cannot be done yet.
    """
    action, target, *rest = [*line.split(), "", ""]
    kind, _colon, key = target.partition(":")
    repeat, words = BY_LINE.get((action, kind)), [word for word in rest if word]
    if repeat is None or not key.isdecimal():
        raise NoLine
    _read(signature(repeat).bind, int(key), *words)
    told = {AFTER_RESTORE: f"{sign} {line}".strip()}
    with transaction.atomic():
        if sign and _is_done(action, target, told):
            return
        with audit_events_with(**told):
            done = repeat(int(key), *words)
            if done is not None:
                AuditEvent.record(action, done, by=None, course=_course_of(done))
        if sign and not _is_done(action, target, told):  # the backup has it so, or has no such row
            AuditEvent.objects.create(action=action, target=target, data=told)


def _read(meaning: Callable, *words):
    """Return what words mean; raise NoLine for some that no such line has."""
    try:
        return meaning(*words)
    except (TypeError, ValueError) as error:
        raise NoLine from error


def _is_done(action: str, target: str, told: dict[str, str]) -> bool:
    events = AuditEvent.objects.filter(action=action, target=target)
    return any(event.data.get(AFTER_RESTORE) == told[AFTER_RESTORE] for event in events)


def _course_of(row) -> Course | None:
    if isinstance(row, Post | Comment):
        return post_of(row).course
    return row if isinstance(row, Course) else getattr(row, "course", None)


def _nothing(_key: int, *_words: str) -> None:
    """Leave what the backup has: it is what was decided, or is narrower."""


def _erase(key: int) -> None:
    for person in User.objects.filter(pk=key, erased_at=None):
        erase_account(person, by=person)


def _take_rights(key: int, left: str) -> User | None:
    """Close an account again, and take the rights of staff; none is given."""
    person = User.objects.select_for_update(no_key=True).filter(pk=key).first()
    if person is None:
        return None
    for name in set(FLAGS) - set(left.split(",")):
        setattr(person, name, False)
    person.save(update_fields=FLAGS)
    return person


def _take_opening_courses(key: int, _no: str) -> User | None:
    person = User.objects.filter(pk=key).first()
    if person is not None:
        rights = Permission.objects.filter(codename="open_course")
        person.user_permissions.remove(*rights)
    return person


def _withhold(key: int) -> None:
    """Withhold a name; a course name that would not do is replaced, as its instructors had to."""
    for member in Membership.objects.select_related("user", "course").filter(pk=key):
        gives_name = needs_another_course_name(member)
        NameDecision(member, by=None).withhold(gives_name=gives_name)


def _print(key: int) -> None:
    for member in Membership.objects.select_related("user", "course").filter(pk=key):
        NameDecision(member, by=None).print_again()


def _change_role(key: int, role: str) -> None:
    member = Membership.objects.select_related("course").filter(pk=key).first()
    if member is None or member.role == _read(Membership.Role, role):
        return
    if role != Membership.Role.INSTRUCTOR:
        member.keep_an_instructor()
    before, member.role = member.role, role
    member.save(update_fields=["role"])
    roles = {"before": before, "role": role}
    AuditEvent.record("member_changed", member, by=None, course=member.course, **roles)


def _end_membership(key: int) -> Membership | None:
    member = Membership.objects.select_related("course").filter(pk=key, ended_at=None).first()
    if member is not None:
        member.keep_an_instructor()
        member.ended_at = timezone.now()
        member.save(update_fields=["ended_at"])
    return member


def _let_come(key: int, field: str, _day: str = "") -> None:
    """Let the day of a course come, whatever day the backup has."""
    if field not in DATES_AHEAD:
        raise NoLine
    lock_courses([key])
    for course in Course.objects.filter(pk=key):
        Course.objects.filter(pk=key).update(**{field: course.today()})
    change_courses_on_their_dates()


def _rotate_code(key: int) -> Course | None:
    return _changed(Course, key, join_code=new_join_code())


def _stop_joining(key: int) -> Course | None:
    return _changed(Course, key, can_be_joined=False)


def _withdraw_invitation(key: int) -> Invitation | None:
    found = Invitation.objects.open().filter(pk=key).first()
    return _changed(Invitation, key, withdrawn_at=timezone.now()) if found else None


def _changed(model, key: int, **values):
    """Return a row that has other values now, if it is there."""
    model.objects.filter(pk=key).update(**values)
    return model.objects.filter(pk=key).first()


@contextmanager
def _locked(post: Post) -> Iterator[Post]:
    """Lock a post; ties and what an LMS is told follow from what is changed."""
    post.lock()
    with tracking_interactions(post.course, Comment.objects.filter(post=post)):
        yield post
    queue_submission(post)


def _delete_post(key: int) -> Post | None:
    post = Post.objects.filter(pk=key, deleted_at=None).first()
    if post is not None:
        with _locked(post):
            post.deleted_at = timezone.now()
            post.save(update_fields=["deleted_at"])
        update_cases(post, by=None)
    return post


def _withdraw_post(key: int) -> Post | None:
    post = Post.objects.filter(pk=key, status=Post.Status.PUBLISHED).first()
    if post is not None:
        with _locked(post):
            post.status = Post.Status.WITHDRAWN
            post.save(update_fields=["status"])
    return post


def _narrow_post(key: int, audience: str, until: str = "") -> Post | None:
    """Give a post the audience that its author had chosen, and the end of the public view.

    A list does not name pods: a post that was for one is for the teaching team.
    """
    post = Post.objects.filter(pk=key).first()
    wanted = _read(Audience, _read(int, audience))
    ends = _read(datetime.fromisoformat, until) if until else None
    if post is None:
        return None
    with _locked(post):
        before = post.audience, post.public_until
        if wanted < post.audience:
            is_of_pod = wanted == Audience.POD and post.pod_id is None
            post.audience = Audience.INSTRUCTORS if is_of_pod else wanted
        if ends is not None and (post.public_until is None or ends < post.public_until):
            post.public_until = ends
        post.save(update_fields=["audience", "public_until"])
    return post if (post.audience, post.public_until) != before else None


def _delete_comment(key: int) -> Comment | None:
    comment = Comment.objects.filter(pk=key, deleted_at=None).first()
    if comment is not None:
        with _locked(comment.post):
            comment.deleted_at = timezone.now()
            comment.save(update_fields=["deleted_at"])
        update_cases(comment, by=None)
    return comment


def _narrow_comment(key: int, audience: str) -> Comment | None:
    wanted = _read(Comment.Audience, _read(int, audience))
    wider = Comment.objects.filter(pk=key, audience__gt=wanted)
    return _changed(Comment, key, audience=wanted) if wider.exists() else None


def _remove_note(key: int) -> Post | None:
    HelpStatement.objects.filter(post=key).delete()
    gone, _rows = ProcessNote.objects.filter(post=key).delete()
    return Post.objects.get(pk=key) if gone else None


def _hide_post(key: int, by: str) -> Post | None:
    post = Post.objects.filter(pk=key, hidden_at=None).first()
    if post is not None:
        with _locked(post):
            post.hidden_at = timezone.now()
            post.save(update_fields=["hidden_at"])
        _note_hiding(post, _read(int, by))
    return post


def _hide_comment(key: int, by: str) -> Comment | None:
    hidden = Comment.State.HIDDEN
    comment = Comment.objects.filter(pk=key).exclude(state=hidden).first()
    if comment is not None:
        with _locked(comment.post):
            comment.change_state(hidden)
        _note_hiding(comment, _read(int, by))
    return comment


def _note_hiding(target: Post | Comment, by: int) -> None:
    """Let the case say that it was hidden, and who did so, where the backup knows them."""
    actor, case = User.objects.filter(pk=by).first(), case_of(target)
    if actor is not None:
        hide = ModerationEvent.Kind.HIDE
        add_event(case, hide, by=actor, state=ModerationCase.State.HIDE)


def _remove_feeds(key: int) -> None:
    for address in FeedAddress.objects.filter(pk=key).select_related("user"):
        AuditEvent.record("feed_address_removed", address, by=None)
        address.delete()


def _disconnect_account(key: int, issuer: str) -> User | None:
    gone, _rows = PlatformAccount.objects.filter(user=key, issuer=issuer).delete()
    return User.objects.get(pk=key) if gone else None


def _disconnect_course(key: int) -> None:
    for connected in PlatformCourse.objects.filter(pk=key).select_related("course"):
        AuditEvent.record("lms_course_disconnected", connected, by=None, course=connected.course)
        connected.delete()


def _turn_off(key: int, _off: str) -> Platform | None:
    return _changed(Platform, key, is_on=False)


BY_LINE: dict[tuple[str, str], Callable] = {
    ("account_erased", "user"): _erase,
    ("account_changed", "user"): _take_rights,
    ("may_open_courses", "user"): _take_opening_courses,
    ("name_withheld", "membership"): _withhold,
    ("name_printed", "membership"): _print,
    ("member_changed", "membership"): _change_role,
    ("member_removed", "membership"): _end_membership,
    ("member_left", "membership"): _end_membership,
    ("member_restored", "membership"): _nothing,
    ("course_date_came", "course"): _let_come,
    ("join_code_rotated", "course"): _rotate_code,
    ("joining_stopped", "course"): _stop_joining,
    ("joining_started", "course"): _nothing,
    ("invitation_withdrawn", "invitation"): _withdraw_invitation,
    ("post_published", "post"): _narrow_post,
    ("post_withdrawn", "post"): _withdraw_post,
    ("post_deleted", "post"): _delete_post,
    ("post_restored", "post"): _nothing,
    ("comment_edited", "comment"): _narrow_comment,
    ("comment_deleted", "comment"): _delete_comment,
    ("comment_restored", "comment"): _nothing,
    ("guest_comment_withdrawn", "comment"): _delete_comment,
    ("guest_comment_restored", "comment"): _nothing,
    ("process_note_removed", "post"): _remove_note,
    ("process_note_saved", "post"): _nothing,
    ("moderation_hide", "post"): _hide_post,
    ("moderation_hide", "comment"): _hide_comment,
    **{
        (f"moderation_{k}", m): _nothing
        for k in ("keep", "ask", "undo")
        for m in ("post", "comment")
    },
    ("feed_address_removed", "feedaddress"): _remove_feeds,
    ("feed_address_renewed", "feedaddress"): _remove_feeds,
    ("lms_account_disconnected", "user"): _disconnect_account,
    ("lms_course_disconnected", "platformcourse"): _disconnect_course,
    ("platform_changed", "platform"): _turn_off,
}
