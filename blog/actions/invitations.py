"""Accept an invitation to a course; send it again and withdraw it, as an instructor."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.actions.name_decisions import NameDecision
from blog.exceptions import NotAllowed, Refused, Taken
from blog.models import (
    AuditEvent,
    Invitation,
    Membership,
    StudentIdentifier,
    User,
    lock_courses,
    queue_mails,
    revocations,
)
from blog.models.invitations import new_expiry
from blog.queries.memberships import LOOKS_LIKE_TEACHER, looks_like_teacher


def accept_invitation(invitation: Invitation, *, by: User) -> Membership:
    """Join the course of an invitation, in its role, pod and section; once.

    Who was removed or has left stays out: only an instructor of the course lets them back in. Who
    is in the course already keeps what they have, and gets what is missing. Raise Refused if the
    link does not work any more.
    """
    access.require(
        access.can_accept_invitation(by, invitation),
        _("This invitation is for another email. Sign in with that one, or ask for a new one."),
    )
    access.require_open(invitation.course)
    course, is_new = invitation.course, by.membership_in(invitation.course) is None
    if is_new and not invitation.teaches and looks_like_teacher(by, by.display_name, [course]):
        raise Refused(LOOKS_LIKE_TEACHER)
    with transaction.atomic():
        members = Membership.objects.in_course(invitation.course).filter(user=by)
        list(members.select_for_update(no_key=True).values("pk"))  # before the invitation
        stored = _locked(invitation)
        if stored.membership is not None and stored.membership.user_id == by.pk:
            return stored.membership
        if not stored.is_open or stored.is_expired:
            raise Refused(_("This invitation no longer works. Ask your instructor for a new one."))
        membership = _membership(stored, by)
        stored.membership, stored.accepted_at = membership, timezone.now()
        stored.save(update_fields=["membership", "accepted_at"])
        AuditEvent.record("invitation_accepted", stored, by=by, course=stored.course)
    by.forget_memberships()
    return membership


def _membership(invitation: Invitation, person: User) -> Membership:
    """Return the membership that an invitation gives, with what its list says of the person."""
    membership, is_new = Membership.objects.get_or_create(
        course=invitation.course, user=person, defaults={"role": invitation.role}
    )
    if membership.ended_at is not None:
        raise NotAllowed(
            _("You are not in this course any more. Its instructors can let you back in.")
        )
    if not is_new and invitation.teaches and not membership.teaches:
        membership.role = invitation.role
    membership.pod = membership.pod or (invitation.pod if membership.is_student else None)
    membership.section = membership.section or invitation.section
    membership.listed_name = membership.listed_name or invitation.name
    membership.family_name = membership.family_name or invitation.family_name
    membership.save(update_fields=["role", "pod", "section", "listed_name", "family_name"])
    NameDecision.hold_names([person.pk])
    StudentIdentifier.objects.bulk_create(
        (
            StudentIdentifier(membership=membership, system=system, kind=kind, value=value)
            for system, kinds in invitation.identifiers.items()
            for kind, value in kinds.items()
        ),
        ignore_conflicts=True,
    )
    return membership


def send_invitation_again(invitation: Invitation, *, by: User, seen: int | None = None) -> None:
    """Send an invitation with a new link, which works for another month; the old one stops.

    ``seen`` is how often it was sent as the page shows: a second click sends no second mail, whose
    link would stop the first one. Raise Refused for one that is accepted or withdrawn, or was sent
    too often.
    """
    access.require(access.can_edit_course(by, invitation.course))
    with transaction.atomic():
        stored = _locked(invitation)
        if not stored.is_open:
            raise Refused(_("This invitation is already accepted or withdrawn."))
        if seen is not None and stored.sendings != seen:
            return
        if not stored.can_be_sent_again:
            raise Refused(
                _("This invitation was sent too often. Give this person the course code instead.")
            )
        stored.sendings += 1
        stored.sent_at, stored.expires_at = timezone.now(), new_expiry()
        stored.save(update_fields=["sendings", "sent_at", "expires_at"])
        queue_mails([stored.mail()])
        AuditEvent.record("invitation_sent_again", stored, by=by, course=stored.course)


def change_invitation(invitation: Invitation, *, by: User, email: str, name: str) -> bool:
    """Correct the email and the name of an invitation; return whether a new mail goes out.

    To another email it is sent at once, with a new link; the old one stops. Raise Refused for one
    that is accepted or withdrawn, or was sent too often; Taken for an email that is known here.
    """
    access.require(access.can_edit_course(by, invitation.course))
    with transaction.atomic():
        lock_courses([invitation.course_id])  # two instructors take turns
        stored = _locked(invitation)
        if not stored.is_open:
            raise Refused(_("This invitation is already accepted or withdrawn."))
        is_sent = email.casefold() != stored.email.casefold()
        if is_sent and not stored.can_be_sent_again:
            raise Refused(
                _("This invitation was sent too often. Give this person the course code instead.")
            )
        if is_sent:
            _refuse_known_email(stored, email)
            stored.email, stored.sendings = email, stored.sendings + 1
            stored.sent_at, stored.expires_at = timezone.now(), new_expiry()
        stored.name = name
        stored.save(update_fields=["email", "name", "sendings", "sent_at", "expires_at"])
        if is_sent:
            queue_mails([stored.mail()])
        told = {"is_sent": is_sent, "link": "new" if is_sent else "same"}
        AuditEvent.record("invitation_changed", stored, by=by, course=stored.course, **told)
    return is_sent


def _refuse_known_email(invitation: Invitation, email: str) -> None:
    """Refuse an email of a member or of another open invitation."""
    members = Membership.objects.in_course(invitation.course).active()
    if members.filter(user__email__iexact=email).exists():
        raise Taken(_("Someone with this email is already in the course."), field="email")
    others = Invitation.objects.in_course(invitation.course).open().exclude(pk=invitation.pk)
    if others.filter(email__iexact=email).exists():
        raise Taken(_("Someone with this email is already invited."), field="email")


def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """Withdraw an invitation: its link stops working, and a mail that waits is not sent."""
    access.require(access.can_edit_course(by, invitation.course))
    with transaction.atomic():
        revocations.withdraw_invitation(invitation, by=by)


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",))
    return rows.select_related("course").get(pk=invitation.pk)
