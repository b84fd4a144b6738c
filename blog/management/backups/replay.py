"""Do again, after a restore, what people had decided: line by line, with no actor and no mail.

Nobody decides anything now, and whoever did so has been told. Each line is done once after each
restore: what somebody decides about the same from then on stays (ADR 0059).
"""

from collections.abc import Callable
from datetime import date, timedelta
from inspect import signature

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.actions.erasure import erase_account
from blog.actions.listed_people import AddedPeople
from blog.actions.name_decisions import NameDecision
from blog.actions.wordpress_undo import BroughtPosts
from blog.exceptions import Refused
from blog.management.backups.line_parser import NoLine, read
from blog.management.backups.replay_narrowing import (
    close_post,
    narrow_comment,
    narrow_course,
    narrow_note,
    narrow_platform,
    narrow_post,
    narrow_prompt,
)
from blog.models import (
    AuditEvent,
    Comment,
    Course,
    FeedAddress,
    Invitation,
    Membership,
    ModerationEvent,
    PlatformAccount,
    PlatformCourse,
    Post,
    Prompt,
    RegistrationLink,
    RosterImport,
    Takeout,
    User,
    WordPressImport,
    audit_events_with,
    case_of,
    lock_courses,
    post_of,
    revocations,
)
from blog.models.audit import DECIDED
from blog.models.courses import (
    ALL_DATES,
    DATES_AHEAD,
    ERASED_ON,
    GRADES_NAMED_FOR,
    TOLD_DAYS_AHEAD,
    new_join_code,
)
from blog.models.guest_comments import decide_guest_comment, is_by_guest
from blog.models.people import WORDS_TO_EMPTY
from blog.queries.course_names import needs_another_course_name
from blog.tasks.course_dates import change_course_on_date
from blog.tasks.erased_courses import hide_course

AFTER_RESTORE = "after_restore"


def replay_line(line: str, sign: str = "") -> None:
    """Apply a line, once after the restore with this ``sign``.

    Raises NoLine, and Refused if it cannot be done yet.
    """
    action, target, *rest = [*line.split(), "", ""]
    kind, _colon, key = target.partition(":")
    repeat, words = BY_LINE.get((action, kind)), [word for word in rest if word]
    if repeat is None or not key.isdecimal():
        raise NoLine
    read(signature(repeat).bind, int(key), *words)
    told, said = {AFTER_RESTORE: f"{sign} {line}".strip()}, _said(action, words)
    with transaction.atomic():
        if sign and _is_done(action, target, told):
            return
        with audit_events_with(**told):
            done = repeat(int(key), *words)
        if done is not None:
            with audit_events_with(**said, **told):
                AuditEvent.record(action, done, by=None, course=_course_of(done))
        if sign and not _is_done(action, target, told):  # the backup has it so, or has no such row
            AuditEvent.objects.create(action=action, target=target, data=said | told)


def _said(action: str, words: list[str]) -> dict[str, str]:
    """Return the words of a line as the data of its event, for the next restore to read.

    Of an earlier backup: what was closed before this one has to be closed again there too.
    """
    names = DECIDED.get(action, ())
    if not names or not words:
        return {}
    return dict(zip(names, " ".join(words).split(" ", len(names) - 1), strict=False))


def _is_done(action: str, target: str, told: dict[str, str]) -> bool:
    events = AuditEvent.objects.filter(action=action, target=target)
    return any(event.data.get(AFTER_RESTORE) == told[AFTER_RESTORE] for event in events)


def _course_of(row) -> Course | None:
    if isinstance(row, Post | Comment):
        return post_of(row).course
    return row if isinstance(row, Course) else getattr(row, "course", None)


def _nothing(_key: int, *_words: str) -> None:
    """Leave the backup's value: it is the decided one, or is narrower."""


def _erase(key: int) -> None:
    for person in User.objects.filter(pk=key, erased_at=None):
        erase_account(person, by=person, is_replay=True)


def _take_rights(key: int, left: str) -> User | None:
    """Close an account again, and take the rights of staff; none is given."""
    person = User.objects.select_for_update(no_key=True).filter(pk=key).first()
    if person is None:
        return None
    for name in set(revocations.FLAGS) - set(left.split(",")):
        setattr(person, name, False)
    person.save(update_fields=revocations.FLAGS)
    return person


def _take_opening_courses(key: int, said: str) -> User | None:
    person = User.objects.filter(pk=key).first() if said == "no" else None
    if person is not None:
        rights = Permission.objects.filter(codename="open_course")
        person.user_permissions.remove(*rights)
    return person


def _withhold(key: int) -> None:
    """Withhold a name; a course name that would not do is replaced, as its instructors had to.

    Of somebody whose account the backup has as erased nothing is printed.
    """
    for member in _members_with_name(key):
        gives_name = needs_another_course_name(member)
        NameDecision(member, by=None).withhold(gives_name=gives_name)


def _print(key: int) -> None:
    for member in _members_with_name(key):
        NameDecision(member, by=None).print_again()


def _members_with_name(key: int) -> QuerySet[Membership]:
    found = Membership.objects.select_related("user", "course")
    return found.filter(pk=key, user__erased_at=None)


def _change_role(key: int, role: str) -> None:
    member = Membership.objects.select_related("course").filter(pk=key).first()
    if member is None or member.role == read(Membership.Role, role):
        return
    revocations.change_role(member, role, by=None)


def _remove_member(key: int) -> None:
    for member in _members_here(key):
        revocations.end_membership(member, by=None)


def _leave(key: int) -> None:
    for member in _members_here(key):
        revocations.leave(member, by=None)


def _members_here(key: int) -> list[Membership]:
    found = Membership.objects.select_related("course", "user")
    return list(found.filter(pk=key, ended_at=None))


def _archive(key: int) -> None:
    for course in Course.objects.filter(pk=key):
        revocations.archive(course, by=None)


def _undo_list(key: int) -> None:
    for found in RosterImport.objects.select_related("course").filter(pk=key):
        if found.can_be_undone:
            AddedPeople(found).undo(by=None)


def _undo_wordpress(key: int) -> None:
    for found in WordPressImport.objects.select_related("course").filter(pk=key):
        if found.can_be_undone:
            brought = BroughtPosts(found)
            brought.lock()
            brought.undo(by=None)


def _hide_names_from_graders(key: int) -> None:
    for prompt in Prompt.objects.filter(pk=key):
        prompt.lock()
        if not prompt.is_anonymous:
            revocations.grade_anonymously(prompt, True, by=None)


def _let_come(key: int, field: str, day: str = "") -> None:
    """Let the day of a course come, whatever day the backup has."""
    if field == ERASED_ON:
        _erase_course(key, read(date.fromisoformat, day))
        return
    if field not in DATES_AHEAD:
        raise NoLine
    lock_courses([key])
    for course in Course.objects.filter(pk=key):
        today = course.today()
        Course.objects.filter(pk=key).update(**{field: today})
        change_course_on_date(course, field, today)


def _set_days(key: int, days: str) -> Course | None:
    """Give a course the days on which it will be changed; those of the backup may be taken back."""
    chosen = dict(read(_day, part) for part in days.split(","))
    if chosen.keys() - set(ALL_DATES):
        raise NoLine
    course = Course.objects.filter(pk=key).first()
    if course is None or all(getattr(course, field) == day for field, day in chosen.items()):
        return None
    return _changed(Course, key, **chosen, version=F("version") + 1)


def _day(part: str) -> tuple[str, date | None]:
    field, _equals, day = part.partition("=")
    return field, None if day == "-" else date.fromisoformat(day)


def _erase_course(key: int, day: date) -> None:
    """Hide a course of the backup, whose people were told: ``tick`` erases it, as it did then.

    What moves its dates is kept as it was then: the database lets no grade go before a year is
    over. Raises Refused for another course, which was created since and got the key.
    """
    for course in Course.objects.not_erasing().filter(pk=key):
        if course.day_of(course.created_at) > day - timedelta(days=TOLD_DAYS_AHEAD[0]):
            raise Refused(_("It is another course, which was created later."))
        course.erased_on = day
        course.ends_on = min(course.ends_on, day - GRADES_NAMED_FOR)
        course.starts_on = min(course.starts_on, course.ends_on)
        course.save(update_fields=["erased_on", "ends_on", "starts_on"])
        if not hide_course(course):
            raise Refused(_("Its grades have to stay for longer."))


def _rotate_code(key: int) -> Course | None:
    return _changed(Course, key, join_code=new_join_code())


def _stop_joining(key: int) -> Course | None:
    return _changed(Course, key, can_be_joined=False)


def _end_link(key: int, link: str) -> None:
    """Withdraw an invitation whose link went to an email that was corrected."""
    if link == "new":
        _withdraw_invitation(key)


def _withdraw_invitation(key: int) -> None:
    for invitation in Invitation.objects.select_related("course").filter(pk=key):
        revocations.withdraw_invitation(invitation, by=None)


def _changed(model, key: int, **values):
    """Return a row that has other values now, if it is there."""
    model.objects.filter(pk=key).update(**values)
    return model.objects.filter(pk=key).first()


def _delete_post(key: int, *openness: str) -> Post | None:
    """Delete a post; lists of earlier releases say no more of it."""
    if openness:
        return narrow_post(key, *openness)
    close_post(key, ["deleted"])
    return None


def _withdraw_post(key: int, *openness: str) -> Post | None:
    if openness:
        return narrow_post(key, *openness)
    close_post(key, ["withdrawn"])
    return None


def _restore_post(key: int, *openness: str) -> Post | None:
    return narrow_post(key, *openness) if openness else None


def _delete_comment(key: int) -> None:
    for comment in _comments(key).filter(deleted_at=None):
        comment.post.lock()
        revocations.delete_comment(comment, by=None)


def _withdraw_guest_comment(key: int) -> None:
    for comment in _comments(key).filter(deleted_at=None):
        comment.post.lock()
        revocations.withdraw_guest_comment(comment, by=None)


def _comments(key: int) -> QuerySet[Comment]:
    return Comment.objects.select_related("post__course").filter(pk=key)


def _remove_note(key: int) -> None:
    for post in Post.objects.filter(pk=key):
        post.lock()
        revocations.remove_process_note(post, by=None)


def _hide_post(key: int, by: str = "0") -> Post | Comment | None:
    return _hide(Post.objects.filter(pk=key, hidden_at=None).first(), read(int, by))


def _keep_post_hidden(key: int, by: str = "") -> Post | Comment | None:
    return _hide_post(key, by) if by else None


def _keep_comment_hidden(key: int, by: str = "") -> Post | Comment | None:
    return _hide_comment(key, by) if by else None


def _hide_comment(key: int, by: str = "0") -> Post | Comment | None:
    shown = _comments(key).exclude(state=Comment.State.HIDDEN)
    return _hide(shown.first(), read(int, by))


def _hide(target: Post | Comment | None, by: int) -> Post | Comment | None:
    """Hide what the team has hidden; the case names who did so, where the backup knows them."""
    if target is None:
        return None
    post_of(target).lock()
    target.refresh_from_db()
    actor, hide = User.objects.filter(pk=by).first(), ModerationEvent.Kind.HIDE
    if actor is not None:
        revocations.store_decision(case_of(target), hide, by=actor, reason="")
    if is_by_guest(target):
        decide_guest_comment(target, Comment.State.HIDDEN, by=actor, tells=False)
    else:
        revocations.set_hidden(target, True)
    return target


def _remove_feeds(key: int) -> None:
    for address in FeedAddress.objects.filter(pk=key).select_related("user"):
        AuditEvent.record("feed_address_removed", address, by=None)
        address.delete()


def _delete_takeout(key: int) -> None:
    for takeout in Takeout.objects.select_related("course").filter(pk=key):
        AuditEvent.record("takeout_deleted", takeout, by=None, course=takeout.course)
        takeout.delete()
        transaction.on_commit(takeout.delete_file, robust=True)


def _disconnect_account(key: int, issuer: str) -> None:
    accounts = PlatformAccount.objects.select_related("user")
    for account in accounts.filter(user=key, issuer=issuer):
        revocations.disconnect_account(account, by=None)


def _disconnect_course(key: int) -> None:
    for connected in PlatformCourse.objects.connected().filter(pk=key).select_related("course"):
        revocations.disconnect_course(connected, by=None)


def _use_up_link(_platform: int, link: str) -> None:
    """Use up the link by which an LMS has registered itself: it works once."""
    links = RegistrationLink.objects.filter(pk=read(int, link), used_at=None)
    links.update(used_at=timezone.now())


def _empty_words(key: int, names: str = "") -> User | None:
    """Take away what a person no longer says of themselves."""
    emptied = {name: "" for name in names.split(",") if name}
    if emptied.keys() - set(WORDS_TO_EMPTY):
        raise NoLine
    person = User.objects.filter(pk=key).first()
    if person is None or not any(getattr(person, name) for name in emptied):
        return None
    return _changed(User, key, **emptied, version=F("version") + 1)


BY_LINE: dict[tuple[str, str], Callable] = {
    ("account_erased", "user"): _erase,
    ("account_changed", "user"): _take_rights,
    ("may_open_courses", "user"): _take_opening_courses,
    ("name_withheld", "membership"): _withhold,
    ("name_printed", "membership"): _print,
    ("member_changed", "membership"): _change_role,
    ("instructor_appointed", "membership"): _change_role,
    ("member_removed", "membership"): _remove_member,
    ("member_left", "membership"): _leave,
    ("member_restored", "membership"): _nothing,
    ("course_date_came", "course"): _let_come,
    ("course_dates_changed", "course"): _set_days,
    ("course_changed", "course"): narrow_course,
    ("course_archived", "course"): _archive,
    ("course_reopened", "course"): _nothing,
    ("roster_import_undone", "rosterimport"): _undo_list,
    ("wordpress_import_undone", "wordpressimport"): _undo_wordpress,
    ("prompt_changed", "prompt"): narrow_prompt,
    ("anonymous_grading_begun", "prompt"): _hide_names_from_graders,
    ("anonymous_grading_ended", "prompt"): _nothing,
    ("profile_changed", "user"): _empty_words,
    ("join_code_rotated", "course"): _rotate_code,
    ("joining_stopped", "course"): _stop_joining,
    ("joining_started", "course"): _nothing,
    ("invitation_withdrawn", "invitation"): _withdraw_invitation,
    ("invitation_changed", "invitation"): _end_link,
    ("post_published", "post"): narrow_post,
    ("post_narrowed", "post"): narrow_post,
    ("post_withdrawn", "post"): _withdraw_post,
    ("post_deleted", "post"): _delete_post,
    ("post_restored", "post"): _restore_post,
    ("comment_edited", "comment"): narrow_comment,
    ("comment_deleted", "comment"): _delete_comment,
    ("comment_restored", "comment"): _nothing,
    ("guest_comment_withdrawn", "comment"): _withdraw_guest_comment,
    ("guest_comment_restored", "comment"): _nothing,
    ("process_note_removed", "post"): _remove_note,
    ("process_note_saved", "post"): narrow_note,
    ("moderation_hide", "post"): _hide_post,
    ("moderation_hide", "comment"): _hide_comment,
    ("moderation_undo", "post"): _keep_post_hidden,
    ("moderation_undo", "comment"): _keep_comment_hidden,
    **{
        (f"moderation_{kind}", model): _nothing
        for kind in ("keep", "ask")
        for model in ("post", "comment")
    },
    ("feed_address_removed", "feedaddress"): _remove_feeds,
    ("feed_address_renewed", "feedaddress"): _remove_feeds,
    ("takeout_deleted", "takeout"): _delete_takeout,
    ("lms_account_disconnected", "user"): _disconnect_account,
    ("lms_course_disconnected", "platformcourse"): _disconnect_course,
    ("platform_changed", "platform"): narrow_platform,
    ("platform_registered", "platform"): _use_up_link,
}
