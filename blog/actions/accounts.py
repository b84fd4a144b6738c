"""Save one's profile, end one's sessions; as site staff, close accounts, give rights, confirm
emails, let somebody in who has lost their second step.
"""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.citations.csl.post_record import person as csl_person
from blog.exceptions import NotAllowed, Refused
from blog.models import (
    AuditEvent,
    User,
    claim_version,
    lock_courses,
    notice_version,
    revocations,
)
from blog.models.cited_authors import cite_as, lock_posts
from blog.queries.course_names import (
    HAS_OWN_NAME,
    LOOKS_LIKE_MEMBER,
    has_own_name,
    listed_names,
    looks_like_member,
    name_to_give,
)
from blog.queries.memberships import LOOKS_LIKE_TEACHER, looks_like_teacher

PROFILE = ("display_name", "public_name", "course_name", "time_zone", "language", "about")
SECOND_CLICK = timedelta(minutes=1)
ACCOUNT_FLAGS = {"is_active", "is_staff", "is_superuser"}
ACCOUNT_RIGHTS = {"groups", "user_permissions"}


def save_profile(person: User, *, by: User) -> None:
    """Save a person's changed profile: names, zone and a few words, nothing else of the account.

    Where a course withholds their name, a new course name is written into what cites their posts.
    Raises StaleVersion if it was saved since it was loaded, and Refused for a new name that looks
    like that of somebody who teaches one of their courses, or for a course name that tells who
    they are or that somebody else has.
    """
    access.require(access.can_change_profile(by, person))
    before = User.objects.get(pk=person.pk)
    courses = [membership.course for membership in person.memberships_now]
    for field in ("display_name", "public_name", "course_name"):
        name = getattr(person, field)
        if name != getattr(before, field) and looks_like_teacher(person, name, courses):
            raise Refused(LOOKS_LIKE_TEACHER, field=field)
    _check_course_name(person, before)
    if person.is_confidential and not person.course_name:
        given = name_to_give(person)
        person.course_name = "" if given == person.given_name else given
    withheld = person.memberships.filter(is_confidential=True).select_related("course")
    with transaction.atomic():
        renamed = [m.course for m in withheld] if person.course_name != before.course_name else []
        if renamed:
            lock_posts([course.pk for course in renamed])
        claim_version(person)
        person.save(update_fields=PROFILE)
        lock_courses([course.pk for course in renamed])
        for course in renamed:
            cite_as(person, course, csl_person(person.neutral_name))
        told = {"empty": person.empty_words} if person.empty_words != before.empty_words else {}
        AuditEvent.record("profile_changed", person, by=by, **told)


def _check_course_name(person: User, before: User) -> None:
    """Refuse a new course name that has their name, now or before, or looks like another's.

    How the university lists them counts once their name is withheld: nobody else is told of it.
    """
    name, is_new = person.course_name, person.course_name != before.course_name
    renamed = person.display_name != before.display_name
    if not name or not (is_new or renamed):
        return
    real_names = {person.display_name}
    if is_new:
        real_names |= {before.display_name}
        real_names |= listed_names(person) if person.is_confidential else set()
    if any(has_own_name(name, real) for real in real_names):
        raise Refused(HAS_OWN_NAME, field="course_name")
    if is_new:
        courses = [each.course for each in person.memberships.select_related("course")]
        if looks_like_member(person, name, courses):
            raise Refused(LOOKS_LIKE_MEMBER, field="course_name")


def accept_notice(person: User, version: str, *, by: User) -> None:
    """Record that somebody accepts the collection notice as they have read it.

    Raises Refused for another version than the one of now: they have not read that.
    """
    access.require(access.can_change_profile(by, person))
    if version != notice_version():
        raise Refused(_("The notice has changed in the meantime. Please read it again."))
    if person.notice_version == version:
        return  # a second click
    with transaction.atomic():
        person.notice_version, person.notice_accepted_at = version, timezone.now()
        person.save(update_fields=["notice_version", "notice_accepted_at"])
        AuditEvent.record("notice_accepted", person, by=by, version=version)


def change_account(person: User, *, by: User, **changes) -> None:
    """Close or reopen an account; superusers change its rights as well.

    Nothing else can be changed: name, e-mail and password belong to the person. Staff who could
    give rights could give themselves all of them, hence the second check.
    """
    access.require(access.can_change_account(by, person), _("You cannot change this account."))
    if changes.keys() - (ACCOUNT_FLAGS | ACCOUNT_RIGHTS if by.is_superuser else {"is_active"}):
        raise NotAllowed(_("Only superusers can change rights."))
    with transaction.atomic():
        stored = User.objects.select_for_update().get(pk=person.pk)
        for name in ACCOUNT_FLAGS & changes.keys():
            setattr(stored, name, changes[name])
        stored.save(update_fields=ACCOUNT_FLAGS)
        for name in ACCOUNT_RIGHTS & changes.keys():
            getattr(stored, name).set(changes[name])
        told = {"fields": sorted(changes), "left": revocations.rights_left(stored)}
        AuditEvent.record("account_changed", person, by=by, **told)


def allow_opening_courses(person: User, *, by: User, allowed: bool) -> None:
    """Give or withdraw the right to open courses; the person's courses stay.

    Raises Refused for a person who could not use it.
    """
    access.require(
        access.can_appoint_teachers(by), _("Only site staff can decide who opens courses.")
    )
    if allowed:
        access.require_sign_in(person)
    right = Permission.objects.get(content_type__app_label="blog", codename="open_course")
    with transaction.atomic():
        if allowed:
            person.user_permissions.add(right)
        else:
            person.user_permissions.remove(right)
        told = {"allowed": allowed, "may": "yes" if allowed else "no"}
        AuditEvent.record("may_open_courses", person, by=by, **told)


def confirm_email(person: User, *, by: User) -> None:
    """Confirm a person's email, for somebody whom its mail does not reach."""
    access.require(access.can_change_account(by, person), _("You cannot change this account."))
    with transaction.atomic():
        person.confirm_email()
        AuditEvent.record("email_confirmed", person, by=by)


def ask_to_confirm_email(person: User, *, by: User) -> EmailAddress:
    """Record that a person is sent the link that confirms their email; return the address.

    The caller sends it, outside a transaction: its words need a request.
    """
    access.require(access.can_change_account(by, person), _("You cannot change this account."))
    if person.has_confirmed_email:
        raise Refused(_("This email is already confirmed."))
    with transaction.atomic():
        address, _is_new = EmailAddress.objects.get_or_create(
            user=person, email=person.email.lower(), defaults={"primary": True}
        )
        AuditEvent.record("confirmation_sent_again", person, by=by)
    return address


def record_email_change_asked(person: User, *, by: User) -> None:
    """Record that somebody asks to change their email: the new one waits for some days.

    Who asks again within a minute is sent no other link.
    """
    access.require(access.can_change_profile(by, person))
    asked = AuditEvent.objects.filter(action="email_change_asked", actor=by)
    if not asked.filter(at__gt=timezone.now() - SECOND_CLICK).exists():
        AuditEvent.record("email_change_asked", person, by=by)


def choose_editor(person: User, editor: str, *, by: User) -> None:
    """Remember in which editor a person writes: a choice for themselves, and no audit event."""
    access.require(access.can_change_own_choices(by, person))
    User.objects.filter(pk=person.pk).update(editor=editor)


def end_sessions(person: User, sessions: list[UserSession], *, by: User) -> None:
    """Sign a person out of some of their sessions; they do it themselves.

    A change of their email that waits for its link ends too: somebody else may have asked for it.
    """
    access.require(access.can_change_profile(by, person))
    access.require(all(session.user_id == person.pk for session in sessions))
    with transaction.atomic():
        for session in sessions:
            session.end()
        person.drop_pending_emails()
        AuditEvent.record("sessions_ended", person, by=by, sessions=len(sessions))


def remove_second_steps(person: User, *, by: User) -> None:
    """Let somebody sign in by password alone, who has lost their phone and their codes.

    Raises Refused for a person who has no second step.
    """
    access.require(access.can_change_account(by, person), _("You cannot change this account."))
    with transaction.atomic():
        removed, _rows = Authenticator.objects.filter(user=person).delete()
        if not removed:
            raise Refused(_("This account has no second step."))
        AuditEvent.record("second_steps_removed", person, by=by)
