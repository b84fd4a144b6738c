"""Withhold a student's name in a course, print it again, and ask for the one or the other."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.actions.name_decisions import NameDecision
from blog.exceptions import Refused
from blog.models import AuditEvent, Membership, User, queue_mails
from blog.models.outbox import mail_to
from blog.queries.course_names import needs_another_course_name


def withhold_name(membership: Membership, *, by: User, gives_name: bool = False) -> None:
    """Print a student's course name everywhere in a course, but in its roster and gradebook.

    What cites their posts is written again, older versions too, and keys of citations that have
    the name get others. Words that classmates typed themselves stay as they are. The student may
    have left, and the course may be archived. With ``gives_name`` they lose the course name that
    they chose; without, raises Refused for one that tells who they are, or that another has.
    """
    access.require(access.can_withhold_names(by, membership.course))
    if not membership.is_student:
        raise Refused(_("Only a student’s name can be withheld. Change the role first."))
    if not gives_name and needs_another_course_name(membership):
        raise Refused(
            _(
                "The course name of this student could be mistaken for a name here. Choose "
                "again below."
            )
        )
    NameDecision(membership, by=by).withhold(gives_name=gives_name)


def print_name(membership: Membership, *, by: User) -> None:
    """Print a member's name again, where it was withheld."""
    access.require(access.can_withhold_names(by, membership.course))
    NameDecision(membership, by=by).print_again()


def ask_to_withhold_name(membership: Membership, *, by: User) -> None:
    """Ask the instructors of a course to withhold one's name; asking twice asks once."""
    access.require(access.can_ask_to_be_withheld(by, membership))
    if membership.is_confidential:
        raise Refused(_("Your name is withheld in this course already."))
    with transaction.atomic():
        now = timezone.now()
        rows = Membership.objects.filter(pk=membership.pk, confidentiality_asked_at=None)
        if not rows.update(confidentiality_asked_at=now):
            return
        event = AuditEvent.record(
            "name_withholding_asked", membership, by=by, course=membership.course
        )
        instructors = membership.course.memberships.active().instructors().select_related("user")
        queue_mails(
            mail_to(
                instructor.user,
                "name_withholding_asked",
                key=f"name-withholding:{event.pk}:{instructor.pk}",
                at_once=True,
                membership=membership.pk,
            )
            for instructor in instructors
        )
    membership.confidentiality_asked_at = now


def take_back_asking(membership: Membership, *, by: User) -> None:
    """Take back that one asked for one's name to be withheld, before it is."""
    access.require(access.can_ask_to_be_withheld(by, membership))
    with transaction.atomic():
        rows = Membership.objects.filter(pk=membership.pk).exclude(confidentiality_asked_at=None)
        if rows.update(confidentiality_asked_at=None):
            AuditEvent.record(
                "name_withholding_taken_back", membership, by=by, course=membership.course
            )
