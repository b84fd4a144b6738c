"""Rows that closing something writes: by whoever decides it, or by nobody after a restore.

The actions call these once they have asked, and so does ``catch_up``, where ``by`` is None
(ADR 0059): the one writes no more and no less than the other. They run in the caller's transaction,
which holds the lock of the post or the prompt that they change.
"""

from collections.abc import Collection

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.exceptions import Refused
from blog.models.audit import AuditEvent
from blog.models.comments import Comment
from blog.models.courses import Audience, Course
from blog.models.interactions import tracking_interactions
from blog.models.invitations import Invitation
from blog.models.memberships import Membership
from blog.models.moderation import ModerationCase, ModerationEvent
from blog.models.moderation_cases import (
    add_event,
    close_reports,
    post_of,
    tell_team,
    update_cases,
)
from blog.models.notifications import Notification
from blog.models.people import User
from blog.models.platform_courses import PlatformCourse, PlatformScore
from blog.models.platform_scores import queue_all, queue_submission
from blog.models.platforms import Platform, PlatformAccount
from blog.models.posts import Post
from blog.models.process_notes import HelpStatement, ProcessNote
from blog.models.prompts import Prompt
from blog.signals import member_left

# The rights of an account that site staff can take.
FLAGS = ("is_active", "is_staff", "is_superuser")
# What ``Post.openness`` reads.
OF_OPENNESS = ("audience", "public_until", "status", "deleted_at")


def rights_left(person: User) -> str:
    """Return which rights an account has, as audit events and the lists of ``catch_up`` say it."""
    return ",".join(name for name in FLAGS if getattr(person, name)) or "-"


def change_role(membership: Membership, role: str, *, by: User | None) -> None:
    """Give a member a role, with the pod and the section that the instance has.

    An LMS is sent the grades of whoever becomes a student. Raises Refused for the last instructor.
    """
    if role != Membership.Role.INSTRUCTOR:
        membership.keep_an_instructor()
    before, course = membership.role, membership.course
    membership.role = role
    membership.save(update_fields=["role", "pod", "section"])
    roles = {"before": before, "role": role}
    AuditEvent.record("member_changed", membership, by=by, course=course, **roles)
    if membership.is_student and before != role:
        queue_all(course, students=[membership.user_id])


def end_membership(membership: Membership, *, by: User | None) -> None:
    """End a membership: what they wrote stays. Raises Refused for the last instructor."""
    if _ends(membership):
        AuditEvent.record("member_removed", membership, by=by, course=membership.course)


def leave(membership: Membership, *, by: User | None) -> None:
    """End a membership for its own person: what only members have goes as well."""
    if _ends(membership):
        Notification.objects.of(membership.user).filter(course=membership.course).delete()
        member_left.send(sender=Membership, membership=membership)
        AuditEvent.record("member_left", membership, by=by, course=membership.course)


def _ends(membership: Membership) -> bool:
    """End a membership; return False for a second click."""
    membership.keep_an_instructor()
    here = Membership.objects.active().filter(pk=membership.pk)
    membership.ended_at = timezone.now()
    return bool(here.update(ended_at=membership.ended_at))


def archive(course: Course, *, by: User | None) -> None:
    open_ones = Course.objects.filter(pk=course.pk, archived_at=None)
    if open_ones.update(archived_at=timezone.now()):
        AuditEvent.record("course_archived", course, by=by, course=course)


def withdraw_invitation(invitation: Invitation, *, by: User | None) -> None:
    """Withdraw an invitation: its link stops working, and a mail that waits is not sent."""
    open_ones = Invitation.objects.open().filter(pk=invitation.pk)
    if open_ones.update(withdrawn_at=timezone.now()):
        AuditEvent.record("invitation_withdrawn", invitation, by=by, course=invitation.course)


def withdraw_post(post: Post, *, by: User | None) -> None:
    with tracking_interactions(post.course, Comment.objects.filter(post=post)):
        post.status = Post.Status.WITHDRAWN
        post.save(update_fields=["status"])
    queue_submission(post)
    record_of_post("post_withdrawn", post, by=by)


def delete_post(post: Post, *, by: User | None) -> None:
    with tracking_interactions(post.course, Comment.objects.filter(post=post)):
        post.deleted_at = timezone.now()
        post.save(update_fields=["deleted_at"])
    update_cases(post, by=by)
    queue_submission(post)
    record_of_post("post_deleted", post, by=by)


def record_of_post(action: str, post: Post, *, by: User | None, **told) -> None:
    """Record what happened to a post, and how that leaves it."""
    AuditEvent.record(action, post, by=by, course=post.course, openness=post.openness, **told)


def narrow_posts(course: Course, *, by: User | None) -> int:
    """Narrow the posts that are wider than a course allows; return how many those are."""
    wider = Post.objects.in_course(course).wider_than(course.widest_audience)
    posts = list(wider.only(*OF_OPENNESS).order_by("pk"))
    wider.update(audience=course.widest_audience)
    for post in posts:
        post.course, post.audience = course, course.widest_audience
        record_of_post("post_narrowed", post, by=by)
    return len(posts)


def end_public_view(course: Course) -> None:
    """Take the posts of a course off the public web, on its day; they keep their audience."""
    now = timezone.now()
    wider = Post.objects.in_course(course).filter(audience__gt=Audience.COURSE)
    still_public = wider.filter(Q(public_until=None) | Q(public_until__gt=now))
    posts = list(still_public.only(*OF_OPENNESS).order_by("pk"))
    still_public.update(public_until=now)
    for post in posts:
        post.course, post.public_until = course, now
        record_of_post("post_narrowed", post, by=None)


def remove_process_note(post: Post, *, by: User | None) -> None:
    """Remove the note on how a post was made, its moments and the statement of help."""
    removed, _rows = ProcessNote.objects.filter(post=post).delete()
    HelpStatement.objects.filter(post=post).delete()
    if removed:
        AuditEvent.record("process_note_removed", post, by=by, course=post.course)


def delete_comment(comment: Comment, *, by: User | None) -> None:
    course = comment.post.course
    with tracking_interactions(course, Comment.objects.filter(pk=comment.pk)):
        comment.deleted_at = timezone.now()
        comment.save(update_fields=["deleted_at"])
    update_cases(comment, by=by)
    AuditEvent.record("comment_deleted", comment, by=by, course=course)


def withdraw_guest_comment(comment: Comment, *, by: User | None) -> None:
    """Withdraw the comment of a guest, of whom ``by`` is the account, if they have one."""
    comment.deleted_at = timezone.now()
    comment.save(update_fields=["deleted_at"])
    update_cases(comment, by=None)
    tell_team(comment, by=None)
    AuditEvent.record("guest_comment_withdrawn", comment, by=by, course=comment.post.course)


def narrow_replies(comment: Comment) -> None:
    """Narrow replies to ``comment`` to its audience; refuse if an open one is wider.

    Its writer learns nothing of those that are hidden or wait.
    """
    below, found = [comment.pk], []
    while below:
        replies = Comment.objects.filter(parent__in=below, audience__gt=comment.audience)
        if replies.open().exists():
            raise Refused(
                _("More people can see the replies to this comment, so you cannot limit it.")
            )
        below = list(replies.values_list("pk", flat=True))
        found += below
    Comment.objects.filter(pk__in=found).update(audience=comment.audience)


def store_decision(
    case: ModerationCase, kind: str, *, by: User | None, reason: str
) -> ModerationEvent:
    """Store what the teaching team decides about a case, which closes its reports."""
    if case.pk is None:
        case.save()
    event = add_event(case, kind, by=by, state=ModerationCase.State(kind), text=reason)
    close_reports(case, event)
    return event


def set_hidden(target: Post | Comment, is_hidden: bool) -> None:
    """Hide or show a post, or a comment of a member; the ties follow."""
    post = post_of(target)
    if isinstance(target, Comment):
        state = Comment.State.HIDDEN if is_hidden else Comment.State.OPEN
        with tracking_interactions(post.course, Comment.objects.filter(pk=target.pk)):
            target.change_state(state)
        return
    with tracking_interactions(post.course, Comment.objects.filter(post=post)):
        target.hidden_at = timezone.now() if is_hidden else None
        target.save(update_fields=["hidden_at"])


def grade_anonymously(prompt: Prompt, is_anonymous: bool, *, by: User | None) -> None:
    """Hide the names of students from the graders of a prompt, or show them from now on."""
    prompt.is_anonymous = is_anonymous
    prompt.version += 1
    prompt.save(update_fields=["is_anonymous", "version"])
    action = "anonymous_grading_begun" if is_anonymous else "anonymous_grading_ended"
    told = {"n": prompt.gradings.released().count()}
    AuditEvent.record(action, prompt, by=by, course=prompt.course, **told)


def keep_deployments(platform: Platform, names: Collection[str]) -> None:
    """Delete the deployments of an LMS that have other names; refuse one that has courses."""
    gone = platform.deployments.exclude(deployment_id__in=names)
    courses = PlatformCourse.objects.filter(deployment__in=gone)
    connected = courses.connected().values("deployment")
    used = gone.filter(pk__in=connected).first()
    if used is not None:
        message = _("Courses are connected through the deployment %(name)s. Keep it.")
        raise Refused(message % {"name": used.deployment_id}, field="deployments")
    courses.disconnected().delete()
    gone.delete()


def disconnect_course(connected: PlatformCourse, *, by: User | None) -> None:
    """Disconnect a course of an LMS; what that has of it stays known, and which keys it gave.

    What was to go there and never went is forgotten, with columns for which nobody has asked.
    """
    AuditEvent.record("lms_course_disconnected", connected, by=by, course=connected.course)
    waiting = PlatformScore.objects.filter(line_item__platform_course=connected)
    waiting.filter(sent_at=None, told_at=None, refused_status=None, sent_to="").delete()
    connected.line_items.filter(url="", claimed_at=None, scores=None).delete()
    rows = PlatformCourse.objects.filter(pk=connected.pk)
    rows.update(disconnected_at=timezone.now(), sends_grades=False)


def disconnect_account(account: PlatformAccount, *, by: User | None) -> None:
    """Disconnect a person from an LMS: no grade goes there, and no list finds them by its key."""
    person, there = account.user, PlatformCourse.objects.of_issuer(account.issuer)
    person.platform_memberships.filter(platform_course__in=there, subject=account.subject).delete()
    AuditEvent.record("lms_account_disconnected", person, by=by, issuer=account.issuer)
    account.delete()
