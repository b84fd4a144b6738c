"""Add, share and correct works of a course.

Whoever added a work, or an instructor, corrects it; nobody else, and not by adding it again. The
course has one record per DOI: that of the first post that the whole course can read. While no such
post cites it, it keeps nobody else's record out (ADR 0017).
"""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.citations import normalise_doi
from blog.citations.comparison import apply_fix
from blog.citations.matching import is_same_work
from blog.citations.parsers import without_key
from blog.exceptions import Refused
from blog.models import (
    AuditEvent,
    Course,
    User,
    Work,
    WorkMerge,
    WorkVerification,
    claim_version,
    lock_courses,
)
from blog.models.works import WorkQuerySet
from blog.queries.reference_status import discrepancies_of
from blog.text.works import render_work

ALL_CORRECTIONS = "all"


def add_work(course: Course, csl: dict, *, by: User) -> Work:
    """Return the work for a record: the course's, one's own, or a new one of one's own.

    An existing one has the same DOI or, if the new record has no DOI, does not differ in anything
    that tells works apart. A merged work leads to the canonical one. What others have added and
    nobody has published is not looked at: it would tell what they read, and in which words.
    """
    access.require(access.can_write_post(by, course))
    csl = without_key(csl)
    doi = normalise_doi(csl.get("DOI", ""))
    label, html = render_work(csl)
    known = _same_work(Work.objects.in_course(course).available_to(by), csl, doi, label)
    if known is not None:
        return _unless_merged(known, by)
    try:
        with transaction.atomic():
            return Work.objects.create(
                course=course, csl=csl, doi=doi, label=label[:300], html=html, added_by=by
            )
    except IntegrityError:  # the same person, in another tab
        own = Work.objects.get(course=course, doi=doi, added_by=by, shared_at=None)
        return _unless_merged(own, by)


def share_works(works: list[Work], *, by: User) -> dict[int, Work]:
    """Share works with their course; return the shared work of each, by the key of the given one.

    That is the work itself or, if the course has this work already, the course's record. Somebody
    else's own work is not shared: its record becomes one of ``by``. Called before the post or the
    prompt that needs them is saved as open to the course.
    """
    access.require(all(access.can_write_post(by, work.course) for work in works))
    if not works:
        return {}
    with transaction.atomic():
        # Locked, so that two people who share one work at once take turns.
        lock_courses(work.course_id for work in works)
        of_course = Work.objects.filter(pk__in=[work.pk for work in works]).open_to_course()
        open_now = set(of_course.values_list("pk", flat=True))
        in_order = sorted(works, key=lambda work: work.pk)
        return {work.pk: work if work.pk in open_now else _share(work, by) for work in in_order}


def change_work(work: Work, csl: dict, *, by: User) -> None:
    """Correct a work. Published posts keep their copy until they are published again.

    Raises StaleVersion if somebody else corrected it since it was loaded.
    """
    access.require(
        access.can_change_work(by, work),
        _("Only the person who added this reference and the instructors can change it."),
    )
    before = work.csl
    work.csl = without_key(csl)
    doi = normalise_doi(work.csl.get("DOI", ""))
    label, work.html = render_work(work.csl)
    work.label = label[:300]
    try:
        with transaction.atomic():
            lock_courses([work.course_id])
            claim_version(work)
            work.refresh_from_db(fields=["doi", "shared_at"])  # others may publish meanwhile
            if doi != normalise_doi(before.get("DOI", "")):
                work.doi = doi
            if work.is_shared:
                _take_doi(work, by)
            work.save(update_fields=["csl", "doi", "label", "html"])
            _compare_again(work, before)
            AuditEvent.record("work_changed", work, by=by, course=work.course)
    except IntegrityError:
        raise Refused(
            _("The course has another reference with this DOI.")
            if work.is_shared
            else _("You have another reference with this DOI.")
        ) from None


def accept_correction(work: Work, name: str, *, by: User) -> None:
    """Accept a registry's value for the field ``name``, or ALL_CORRECTIONS.

    Faults of the record itself, such as a title from a browser's tab, can be fixed too.
    """
    access.require(
        access.can_change_work(by, work),
        _("Only the person who added this reference and the instructors can change it."),
    )
    with transaction.atomic():
        lock_courses([work.course_id])  # before the work, as everywhere
        work = Work.objects.select_for_update(no_key=True).get(pk=work.pk)
        verification = WorkVerification.objects.filter(work=work).first()
        accepted = [
            one
            for one in discrepancies_of(work, verification)
            if one.change and name in (one.name, ALL_CORRECTIONS)
        ]
        if not accepted:
            raise Refused(_("There is nothing left to correct. Look at the reference again."))
        change_work(work, apply_fix(work.csl, accepted), by=by)
        AuditEvent.record("correction_accepted", work, by=by, course=work.course, value=name)


def _same_work(works: WorkQuerySet, csl: dict, doi: str, label: str) -> Work | None:
    """Return the one of these works that a record describes beyond doubt, a shared one first."""
    works = works.order_by(F("shared_at").asc(nulls_last=True), "pk")
    if doi:
        return works.filter(doi=doi).first()
    alike = works.filter(label=label[:300])
    return next((work for work in alike if work.csl == csl or is_same_work(work.csl, csl)), None)


def _share(work: Work, by: User) -> Work:
    """Return the record that the course has of a work: this one, if there is no other."""
    doi = normalise_doi(work.csl.get("DOI", ""))
    open_now = Work.objects.in_course(work.course_id).open_to_course()
    known = _same_work(open_now, work.csl, doi, work.label)
    if known is not None:
        return known.canonical
    work = _unless_merged(work, by)
    if not work.is_shared and work.added_by_id not in (by.pk, None):
        work = add_work(work.course, work.csl, by=by)
    work.doi = normalise_doi(work.csl.get("DOI", ""))
    work.shared_at = work.shared_at or timezone.now()
    _take_doi(work, by)
    work.save(update_fields=["doi", "shared_at"])
    return work


def _take_doi(work: Work, by: User) -> None:
    """Take the DOI of a shared work from another, if no post or prompt needs that one any more.

    The other keeps its record, and whoever cites it keeps the other: nothing of theirs changes.
    """
    others = Work.objects.in_course(work.course_id).shared().exclude(pk=work.pk)
    other = others.filter(doi=work.doi).first() if work.doi else None
    if other is None or Work.objects.filter(pk=other.pk).open_to_course().exists():
        return
    other.doi = ""
    other.save(update_fields=["doi"])
    AuditEvent.record("work_replaced", other, by=by, course=work.course, work=work.pk)


def _unless_merged(work: Work, by: User) -> Work:
    """Return the work, or the one that it is merged into.

    One's own that publishing merged into the course's record is one's own again where the course
    does not have that record any more.
    """
    canonical = work.canonical
    if canonical == work or Work.objects.available_to(by).filter(pk=canonical.pk).exists():
        return canonical
    undone, _rows = WorkMerge.objects.filter(duplicate=work, made_by=by).delete()
    return work if undone else canonical


def _compare_again(work: Work, before: dict) -> None:
    """Compare a changed work with its verification, or delete that if it is about another work.

    Without a verification the work is looked up by the next tick.
    """
    verification = WorkVerification.objects.filter(work=work).first()
    if verification is None:
        return
    is_same_question = (
        work.doi or verification.found or work.csl.get("title") == before.get("title")
    )
    result = verification.result_for(work.csl) if is_same_question else None
    if result is None:
        verification.delete()
    else:
        verification.result = result
        verification.save(update_fields=["result"])
