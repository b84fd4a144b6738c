"""Withhold a student's name in a course, print it again, and ask for the one or the other."""

import logging

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.citations.csl.post_record import person as csl_person
from blog.exceptions import Refused
from blog.models import AuditEvent, Membership, User, lock_courses, lock_writer, queue_mails
from blog.models.cited_authors import cite_as, lock_posts
from blog.models.outbox import mail_to
from blog.models.takeouts import prepare_again
from blog.queries.course_names import name_to_give, needs_another_course_name
from blog.queries.memberships import name_in_course

logger = logging.getLogger(__name__)


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
            _("The course name of this student could be taken for a name here. Choose again below.")
        )
    _set(membership, True, by=by, gives_name=gives_name)


def print_name(membership: Membership, *, by: User) -> None:
    """Print a member's name again, where it was withheld."""
    access.require(access.can_withhold_names(by, membership.course))
    _set(membership, False, by=by)


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


def _set(
    membership: Membership, is_confidential: bool, *, by: User, gives_name: bool = False
) -> None:
    """Withhold a name or print it again.

    Of two courses at once the second waits for the row of the person, and counts the first.
    """
    person, course = membership.user, membership.course
    withheld_in = person.memberships.filter(is_confidential=True).exclude(course=course)
    may_rename = is_confidential and (gives_name or not person.course_name)
    others = [m.course for m in withheld_in.select_related("course")] if may_rename else []
    with transaction.atomic():
        lock_posts([course.pk, *(other.pk for other in others)])
        lock_writer(person)
        person.refresh_from_db(fields=["display_name", "course_name"])  # as they are after the wait
        rows = Membership.objects.filter(pk=membership.pk)
        if not rows.exclude(is_confidential=is_confidential).update(
            is_confidential=is_confidential, confidentiality_asked_at=None
        ):
            return  # a second click
        lock_courses([course.pk, *(other.pk for other in others)])
        if may_rename and _take_given_name(person, gives_name=gives_name):
            for other in others:
                cite_as(person, other, csl_person(person.neutral_name))
        withheld = Membership.objects.filter(user=person, is_confidential=True).exists()
        User.objects.filter(pk=person.pk).update(is_confidential=withheld)
        person.is_confidential = withheld
        author = csl_person(name_in_course(person, course))
        cite_as(person, course, author, keeps_keys=not is_confidential)
        if is_confidential:
            prepare_again([course.pk], but=person)
        action = "name_withheld" if is_confidential else "name_printed"
        event = AuditEvent.record(action, membership, by=by, course=course)
        key = f"name-decided:{event.pk}"
        queue_mails([mail_to(person, "name_decided", key=key, at_once=True, event=event.pk)])
        # Whoever has to restore a backup without the database of today finds it in the log.
        transaction.on_commit(lambda: logger.info("Decided: %s %s", action, event.target))
    membership.is_confidential, membership.confidentiality_asked_at = is_confidential, None


def _take_given_name(person: User, *, gives_name: bool) -> bool:
    """Store the course name that we give to somebody without one; return whether it changed.

    That of the username is stored as none.
    """
    if person.course_name and not gives_name:
        return False  # chosen while this waited
    given = name_to_give(person)
    name = "" if given == person.given_name else given
    if name == person.course_name:
        return False
    person.course_name = name
    User.objects.filter(pk=person.pk).update(course_name=name, version=F("version") + 1)
    return True
