"""Leave a course, and erase one's own account with all one wrote (ADR 0059)."""

from functools import partial

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import (
    Announcement,
    AuditEvent,
    Comment,
    CommentRevision,
    CommentUse,
    Course,
    Draft,
    DraftSnapshot,
    FeedAddress,
    FeedbackReply,
    Grading,
    GradingTime,
    GuestComment,
    IdempotencyKey,
    Invitation,
    Launch,
    MailChoices,
    Membership,
    Message,
    NormProposal,
    Notification,
    OutboxMessage,
    OwnBlog,
    Passage,
    PlatformAccount,
    PlatformMember,
    PlatformScore,
    Post,
    RotaEntry,
    SavedComment,
    SearchEntry,
    SeenComments,
    StudentIdentifier,
    Takeout,
    User,
    Work,
    lock_courses,
    lock_writer,
    tracking_interactions,
)
from blog.models.cited_authors import cite_erased, lock_posts
from blog.models.erased_posts import erase_post, unused_name
from blog.models.languages import words_to_keep
from blog.models.people import new_username
from blog.models.revocations import leave
from blog.models.roster_imports import forget_changes
from blog.models.search import forget_deleted_words
from blog.models.takeouts import prepare_again
from blog.signals import account_erased


def leave_course(membership: Membership, *, by: User) -> None:
    """Leave a course: what one wrote stays, under one's name; access ends at the next request.

    Raises Refused for its last instructor. Its instructors can let somebody back in.
    """
    access.require(access.can_leave_course(by, membership))
    with transaction.atomic():
        leave(membership, by=by)
    by.forget_memberships()


def erase_account(person: User, *, by: User, is_replay: bool = False) -> None:
    """Erase all that a person wrote, and what says who they are; nothing of it can come back.

    What others wrote stays, and so do grades with their history: their student is from then on a
    former member. ``is_replay`` is after a restore: they did it before, so nobody does it now, and
    nobody is told; whoever was staff in the backup, or whose account was closed, is erased too.
    Raises Refused for site staff, and for the last instructor of a course.
    """
    access.require(is_replay or access.can_erase_account(by, person))
    if (person.is_staff or person.is_superuser) and not is_replay:
        raise Refused(_("You are site staff. Ask another superuser to remove that role first."))
    with transaction.atomic():
        posts = Post.objects.by(person).order_by("pk")
        as_guest = _guest_comments_of(person)
        cited_in = _courses_with_records(person)
        guest_on = Comment.objects.filter(pk__in=as_guest).values("post")
        named_in = _courses_with_words(person, as_guest)
        lock_posts(cited_in, Q(author=person) | Q(pk__in=guest_on))
        lock_writer(person)  # what is being written waits for this, and is refused
        _end_memberships(person)
        lock_courses(cited_in)
        for course in Course.objects.filter(memberships__user=person).order_by("pk"):
            _erase_comments(person, course)
        _erase_guest_comments(as_guest)
        for post in posts:
            said = _words_for_erased(post.course)
            erase_post(post, title=said["title"], words=said["words"])
        for course in Course.objects.filter(pk__in=cited_in).order_by("pk"):
            said = _words_for_erased(course)
            cite_erased(posts, course, title=said["title"], author=said["author"])
        _erase_proposals(person)
        _erase_announcements(person)
        _erase_admin_log(person)
        _erase_own_rows(person)
        prepare_again(named_in, but=person, tells=not is_replay)
        account_erased.send(sender=User, person=person)
        _erase_person(person)
        forget_deleted_words()
        AuditEvent.record("account_erased", person, by=None if is_replay else by)
    by.forget_memberships()


def _courses_with_records(person: User) -> list[int]:
    """Return the keys of the courses where posts of a person have records, to be cited by."""
    works = Work.objects.filter(post__author=person)
    return sorted(set(works.values_list("course", flat=True)))


def _courses_with_words(person: User, as_guest: list[int]) -> list[int]:
    """Return the keys of courses where others may have downloaded words of a person."""
    guest_in = Comment.objects.filter(pk__in=as_guest).values_list("post__course", flat=True)
    return sorted({*person.memberships.values_list("course", flat=True), *guest_in})


def _end_memberships(person: User) -> None:
    """End all memberships; names of the university's list stay as long as grades are kept."""
    memberships = Membership.objects.filter(user=person).select_related("course").order_by("pk")
    now = timezone.now()
    for membership in memberships:
        if membership.ended_at is None:
            membership.keep_an_instructor()
            membership.ended_at = now
        membership.pod = None
        graded = Grading.objects.filter(student=person, prompt__course=membership.course)
        if not graded.exists():
            membership.listed_name = membership.family_name = ""
            StudentIdentifier.objects.filter(membership=membership).delete()
            forget_changes("members", [membership.pk], courses=[membership.course_id])
        membership.save(update_fields=["ended_at", "pod", "listed_name", "family_name"])


def _erase_comments(person: User, course: Course) -> None:
    """Erase a person's comments in a course: their places stay, and replies below them.

    What others wrote to them is for nobody in particular from now on, so no tie comes from it.
    """
    concerned = Comment.objects.filter(Q(author=person) | Q(addressee=person), post__course=course)
    keys = list(concerned.values_list("pk", flat=True))
    own = Comment.objects.filter(author=person, post__course=course)
    with tracking_interactions(course, Comment.objects.filter(pk__in=keys)):
        own.filter(deleted_at=None).update(deleted_at=timezone.now())
        own.update(text="", html="", content_note="", addressee=None)
        Comment.objects.filter(pk__in=keys, addressee=person).update(addressee=None)
    CommentRevision.objects.filter(comment__in=own).delete()
    CommentUse.objects.filter(comment__in=own).delete()
    Passage.objects.filter(comment__in=own).delete()
    SearchEntry.objects.keep("comment", own.select_related("post"))
    Notification.objects.filter(comment__in=own).delete()


def _guest_comments_of(person: User) -> list[int]:
    """Return the keys of comments that a person sent as a guest, in courses that are not theirs.

    While signed in, as the audit event of it says, or with an email that is confirmed as theirs.
    """
    sent = AuditEvent.objects.filter(actor=person, action="guest_comment_sent")
    kind = f"{Comment._meta.model_name}:"
    keys = {int(one.removeprefix(kind)) for one in sent.values_list("target", flat=True)}
    confirmed = EmailAddress.objects.filter(user=person, verified=True)
    for email in confirmed.values_list("email", flat=True):
        found = GuestComment.objects.filter(email__iexact=email)
        keys |= set(found.values_list("pk", flat=True))
    return sorted(keys)


def _words_for_erased(course: Course) -> dict[str, str]:
    """Return the replacement text of a post, in the language of its course."""
    with words_to_keep(course):
        return {
            "title": _("A post by a former member"),
            "words": _("Its author has erased this post."),
            "author": _("A former member"),
        }


def _former_member() -> str:
    """Return the name of somebody who is gone, in the site's language: it stays in all courses."""
    with words_to_keep():
        return _("A former member")


def _erase_guest_comments(keys: list[int]) -> None:
    """Erase comments that were sent as a guest; replies below them keep their place."""
    comments = Comment.objects.filter(pk__in=keys)
    comments.filter(deleted_at=None).update(deleted_at=timezone.now())
    comments.update(text="", html="", content_note="", guest_name=_former_member())
    OutboxMessage.objects.filter(guest__in=keys).delete()
    guests = GuestComment.objects.filter(pk__in=keys)
    guests.filter(spam_check=GuestComment.SpamCheck.DUE).update(
        spam_check=GuestComment.SpamCheck.OFF
    )
    guests.update(email="", website="", objection="", language="", key=None)
    guests.update(ip=None, user_agent="", referrer="", report_due_at=None)
    for rows in (CommentRevision, CommentUse, Passage, Notification):
        rows.objects.filter(comment__in=keys).delete()
    SearchEntry.objects.keep("comment", comments.select_related("post"))


def _erase_proposals(person: User) -> None:
    """Erase what a person proposed for a charter. Norms that were accepted are the class's, and so
    are decisions with their reasons."""
    states = NormProposal.State
    own = NormProposal.objects.filter(proposed_by=person)
    own.filter(state__in=(states.OPEN, states.TAKEN_BACK)).delete()
    own.update(why="")
    with words_to_keep():
        own.filter(state=states.DECLINED).update(name=_("Erased by its author"), sentence="")


def _erase_announcements(person: User) -> None:
    """Delete what an instructor announced or wrote to students, where nobody was sent it."""
    now = timezone.now()
    for rows in (Announcement.objects, Message.objects):
        own = rows.filter(author=person)
        own.exclude(withdrawn_at=None, sends_at__lte=now).delete()


def _erase_admin_log(person: User) -> None:
    """Empty what the log of the admin site says of a person: it copies the names of rows."""
    about: tuple[QuerySet, ...] = (
        User.objects.filter(pk=person.pk),
        Membership.objects.filter(user=person),
        EmailAddress.objects.filter(user=person),
        Post.objects.by(person),
        Comment.objects.filter(author=person),
        OutboxMessage.objects.filter(recipient=person),
        Work.objects.filter(post__author=person),
    )
    for rows in about:
        entries = LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(rows.model),
            object_id__in=[str(key) for key in rows.values_list("pk", flat=True)],
        )
        entries.update(object_repr="", change_message="")


def _erase_own_rows(person: User) -> None:
    """Delete what nobody but this person has: drafts, choices, mail, keys, files."""
    for session in UserSession.objects.filter(user=person):  # with the address of the device
        session.end()
    for takeout in Takeout.objects.of(person).select_for_update():  # tick may be making one
        transaction.on_commit(takeout.delete_file, robust=True)
    invitations = _invitations_of(person)
    for course, key in list(invitations.values_list("course", "pk")):
        forget_changes("invitations", [key], courses=[course])
    own_works = Work.objects.filter(added_by=person, shared_at=None, post=None)
    unused = own_works.filter(references=None, required_by=None, merge=None, merges=None)
    for rows in (
        Takeout.objects.of(person),
        Draft.objects.by(person),
        DraftSnapshot.objects.filter(user=person),
        FeedAddress.objects.filter(user=person),
        FeedbackReply.objects.by(person),
        GradingTime.objects.filter(Q(grader=person) | Q(student=person)),
        IdempotencyKey.objects.filter(user=person),
        invitations,
        MailChoices.objects.filter(user=person),
        Notification.objects.of(person),
        OutboxMessage.objects.filter(recipient=person),
        OwnBlog.objects.of(person),
        RotaEntry.objects.filter(reader=person),
        SavedComment.objects.filter(owner=person),
        SeenComments.objects.filter(user=person),
        EmailAddress.objects.filter(user=person),
        Authenticator.objects.filter(user=person),
        SocialAccount.objects.filter(user=person),
        Launch.objects.filter(user=person),
        PlatformAccount.objects.filter(user=person),
        PlatformMember.objects.filter(user=person),
        PlatformScore.objects.filter(student=person),
        unused,
    ):
        rows.delete()
    Work.objects.filter(added_by=person).update(added_by=None)


def _invitations_of(person: User) -> QuerySet[Invitation]:
    """Return the invitations that a person accepted, or that went to an email of theirs."""
    emails = EmailAddress.objects.filter(user=person).values_list("email", flat=True)
    found = Q(membership__user=person)
    for email in {person.email, *emails} - {""}:
        found |= Q(email__iexact=email)
    return Invitation.objects.filter(found)


def _erase_person(person: User) -> None:
    """Leave a row that says nothing: grades and decisions of others point to it."""
    portrait = str(person.portrait)
    if portrait:
        transaction.on_commit(partial(User.delete_portrait_file, portrait), robust=True)
    person.username = new_username()
    person.email = f"{unused_name('person')}@erased.invalid"
    person.display_name = person.public_name = _former_member()
    person.about = person.portrait = person.course_name = person.language = ""
    person.is_confidential = person.is_staff = person.is_superuser = False
    person.notice_version, person.notice_accepted_at = "", None
    person.time_zone, person.is_active, person.erased_at = "UTC", False, timezone.now()
    person.last_login = None
    person.version += 1  # so that a profile that was open before is not saved over this
    person.set_unusable_password()
    person.groups.clear()
    person.user_permissions.clear()
    person.save()
