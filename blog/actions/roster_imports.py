"""Bring people of a list into a course: read it, answer its questions, add them, undo it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.actions.listed_people import AddedPeople, ListedPeople
from blog.exceptions import Refused
from blog.models import AuditEvent, Course, RosterImport, User, lock_members
from blog.models.roster_imports import LMS_ANSWERS
from blog.queries.roster_preview import MAX_PEOPLE, NEW, roster_preview
from blog.queries.roster_reading import read_import
from blog.roster_files import without_passwords

MAX_ANSWER_CHARS = 40
MAX_ANSWERS = 40
ANSWERS_ON_FILES = {"encoding", "delimiter", "heading"} | set(LMS_ANSWERS)


def start_roster_import(
    course: Course,
    *,
    by: User,
    data: bytes,
    name: str = "",
    is_pasted: bool = False,
    answers: dict[str, str] | None = None,
) -> RosterImport:
    """Keep a list of people for its preview, without its passwords; nobody is added.

    ``answers`` are known before anybody is asked. Raise TableRefused if it is none.
    """
    access.require(access.can_edit_course(by, course))
    kept = without_passwords(data, name)
    started = RosterImport(
        course=course,
        created_by=by,
        data=kept,
        name=name[:200],
        is_pasted=is_pasted,
        answers=answers or {},
    )
    read_import(started)
    with transaction.atomic():
        started.save()
        AuditEvent.record("roster_import_started", started, by=by, course=course)
    return started


def answer_roster_import(roster_import: RosterImport, *, by: User, answers: dict[str, str]) -> None:
    """Keep what somebody says about a list that is not added yet, beside earlier answers.

    Raise TableRefused if the list holds no people with these answers: then they are not kept.
    """
    access.require(access.can_edit_course(by, roster_import.course))
    given = {name[:MAX_ANSWER_CHARS]: value[:MAX_ANSWER_CHARS] for name, value in answers.items()}
    earlier = roster_import.answers.items()
    if {"delimiter", "heading"} & given.keys():  # then earlier answers are on other columns
        earlier = [(name, value) for name, value in earlier if name in ANSWERS_ON_FILES]
    roster_import.answers = dict([*earlier, *given.items()][-MAX_ANSWERS:])
    read_import(roster_import)
    with transaction.atomic():
        waiting = RosterImport.objects.filter(pk=roster_import.pk, added_at=None)
        waiting.update(answers=roster_import.answers)
        AuditEvent.record(
            "roster_import_answered", roster_import, by=by, course=roster_import.course
        )


def add_listed_people(roster_import: RosterImport, *, by: User) -> RosterImport:
    """Invite the new people of a list, and change members as it says; a second time is no more.

    What is done is what `roster_preview` shows, asked again with the members locked. The file is
    deleted. Raise Refused while a question is open, and for too many people at once.
    """
    access.require(access.can_edit_course(by, roster_import.course))
    course = roster_import.course
    with transaction.atomic():
        stored = RosterImport.objects.select_for_update(of=("self",)).get(pk=roster_import.pk)
        if stored.added_at is not None:
            return stored
        lock_members(course)
        roster = read_import(stored)
        if roster.open_questions:
            raise Refused(_("Make the missing choices first."))
        preview = roster_preview(course, roster, connected=stored.connected_key)
        if preview.counts[NEW] > MAX_PEOPLE:
            message = _(
                "This list has more than %(count)d new people. Divide it into smaller ones."
            )
            raise Refused(message % {"count": MAX_PEOPLE})
        stored.changes = ListedPeople(stored, by=by, system=preview.system).add(preview.added)
        stored.added_at = timezone.now()
        stored.data = b""
        stored.save(update_fields=["changes", "added_at", "data"])
        AuditEvent.record(
            "roster_import_added", stored, by=by, course=course, rows=dict(preview.counts)
        )
    return stored


def undo_roster_import(roster_import: RosterImport, *, by: User) -> RosterImport:
    """Undo what adding the people of a list did; who has joined meanwhile stays.

    Their names are ``changes["stayed"]``, as keys of memberships, with those of members who were
    changed again since. A second time changes nothing.
    """
    access.require(access.can_edit_course(by, roster_import.course))
    with transaction.atomic():
        stored = RosterImport.objects.select_for_update(of=("self",)).get(pk=roster_import.pk)
        if stored.can_be_undone:
            AddedPeople(stored).undo(by=by)
    return stored
