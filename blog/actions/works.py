"""Add, share and correct works of a course.

Whoever added a work, or an instructor, corrects it; nobody else, and not by adding it again. The
course has one record per DOI: that of the first post that the whole course can read. While no such
post cites it, it keeps nobody else's record out (ADR 0017).
"""

from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import access
from blog.citations.comparison import apply_fix
from blog.citations.matching import doi_of
from blog.citations.parsers import without_key
from blog.exceptions import Refused
from blog.models import (
    AuditEvent,
    Course,
    Revision,
    SearchEntry,
    User,
    Work,
    WorkMerge,
    WorkVerification,
    canonical_works,
    claim_version,
    lock_citing_posts,
    lock_courses,
)
from blog.queries.reference_status import discrepancies_of
from blog.queries.same_works import same_work, works_like
from blog.text.works import render_work

ALL_CORRECTIONS = "all"


def add_work(course: Course, csl: dict, *, by: User) -> Work:
    """Return the work for a record: the course's, one's own, or a new one of one's own.

    An existing one has the same DOI or, if the new record has no DOI, does not differ in anything
    that tells works apart. A merged work leads to the canonical one. What others have added and
    nobody has published is not looked at: it would tell what they read, and in which words.
    """
    access.require(access.can_write_post(by, course))
    [work] = add_works(course, [csl], by=by)
    return work


def add_works(course: Course, records: Iterable[dict], *, by: User) -> list[Work]:
    """Return the work for each record, as ``add_work`` does; as many queries for many as for one.

    Two records of one work lead to the same one.
    """
    access.require(access.can_write_post(by, course))
    records = [without_key(csl) for csl in records]
    wanted = [Work(course=course, csl=csl, doi=doi_of(csl), added_by=by) for csl in records]
    for work in wanted:
        work.label, work.html = render_work(work.csl)
    known = works_like(Work.objects.in_course(course).available_to(by), wanted)
    works: list[Work] = []
    new: list[Work] = []
    for work in wanted:
        same = same_work([*known, *new], work)
        works.append(same or work)
        if same is None:
            new.append(work)
    try:
        with transaction.atomic():
            Work.objects.bulk_create(new)
            SearchEntry.objects.keep("work", new)
    except IntegrityError:  # the same person, in another tab: theirs are known now
        return add_works(course, records, by=by)
    canonical = _unless_merged(works, by)
    return [canonical[work.pk] for work in works]


def share_works(works: Sequence[Work], *, by: User) -> dict[int, Work]:
    """Share works of a course with it; return the shared work of each, by the key of the given one.

    That is the work itself or, if the course has this work already, the course's record. Somebody
    else's own work is not shared: its record becomes one of ``by``. Called before the post or the
    prompt that needs them is saved as open to the course. Takes as many queries for many works as
    for one, and one more for each record of others that is replaced.
    """
    access.require(all(access.can_write_post(by, work.course) for work in works))
    if not works:
        return {}
    with transaction.atomic():
        # Locked, so that two people who share one work at once take turns.
        lock_courses(work.course_id for work in works)
        of_course = Work.objects.filter(pk__in=[work.pk for work in works]).known_to_course(by)
        open_now = set(of_course.values_list("pk", flat=True))
        closed = [work for work in works if work.pk not in open_now]
        return {work.pk: work for work in works} | _share(closed, by)


def change_work(work: Work, csl: dict, *, by: User) -> None:
    """Correct a work. Published posts keep their copy until they are published again.

    Of a work that is not open to the course, other people who cite it keep a copy as it was.
    Raises StaleVersion if somebody else corrected it since it was loaded.
    """
    access.require(
        access.can_change_work(by, work),
        _("Only the person who added this reference and the instructors can change it."),
    )
    before = work.csl
    work.csl = without_key(csl)
    doi = doi_of(work.csl)
    work.label, work.html = render_work(work.csl)
    try:
        with transaction.atomic():
            lock_citing_posts(work)
            lock_courses([work.course_id])
            _copy_for_others(work, by)
            claim_version(work)
            work.refresh_from_db(fields=["doi", "shared_at"])  # others may publish meanwhile
            if doi != doi_of(before):
                work.doi = doi
            if work.is_shared:
                _take_dois([work], by)
            work.save(update_fields=["csl", "doi", "label", "html"])
            SearchEntry.objects.keep("work", [work])
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
        lock_citing_posts(work)
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


def _copy_for_others(work: Work, by: User) -> None:
    """Give other people who cite a work a copy of it as it is stored, if it is not open now.

    What its owner writes into it from now on is not published: nobody else's draft shows it.
    """
    others = work.references.exclude(post__author__in=[by.pk, work.added_by_id or by.pk])
    references = list(others.select_related("post__author", "post__revision").order_by("pk"))
    if not references or work.added_by_id is None:
        return
    if Work.objects.filter(pk=work.pk).open_to_course().exists():
        return
    if work.post_id is not None:
        raise Refused(
            _(
                "This reference is a post that not everyone in the course can read now. "
                "Others cite it, so it cannot be changed."
            )
        )
    stored = Work.objects.get(pk=work.pk)
    copies: dict[int, Work] = {}
    for reference in references:
        author = reference.post.author
        copy = copies.get(author.pk) or _copy_for(author, stored)
        copies[author.pk] = reference.work = copy
        reference.save(update_fields=["work"])
        _name_copy(reference.post.revision, stored, copy)


def _copy_for(person: User, work: Work) -> Work:
    """Return a copy that is a person's own; without its DOI, if another of their own has that."""
    doi = doi_of(work.csl)
    own = Work.objects.in_course(work.course_id).filter(added_by=person, shared_at=None)
    copy = Work.objects.create(
        course_id=work.course_id,
        csl=work.csl,
        doi="" if own.filter(doi=doi).exists() else doi,
        label=work.label,
        html=work.html,
        added_by=person,
    )
    SearchEntry.objects.keep("work", [copy])
    return copy


def _name_copy(revision: Revision | None, work: Work, copy: Work) -> None:
    """Set the copy in the entries of a published version that have the work."""
    entries = [one for one in revision.references if one["work"] == work.pk] if revision else []
    for entry in entries:
        entry["work"] = copy.pk
    if revision is not None and entries:
        revision.save(update_fields=["references"])


def _share(works: list[Work], by: User) -> dict[int, Work]:
    """Return the record that the course has of each work: this one, if there is no other.

    Of two that are one work beyond doubt the course gets the first.
    """
    if not works:
        return {}
    in_course = Work.objects.in_course(works[0].course_id)
    met = works_like(in_course.known_to_course(by), works)
    known = {work.pk: same for work in works if (same := same_work(met, work))}
    canonical = canonical_works(known.values())
    shared = {pk: canonical[work.pk] for pk, work in known.items()}
    own = _own_to_share([work for work in works if work.pk not in known], by)
    new: dict[int, Work] = {}
    for pk in sorted(own):
        work = own[pk]
        same = same_work(new.values(), work)
        shared[pk] = same or work
        if same is None:
            work.doi = doi_of(work.csl)
            new[work.pk] = work
    now = timezone.now()
    for work in new.values():
        work.shared_at = work.shared_at or now
    _take_dois(list(new.values()), by)
    Work.objects.bulk_update(new.values(), ["doi", "shared_at"])
    return shared


def _own_to_share(works: list[Work], by: User) -> dict[int, Work]:
    """Return what ``by`` can share of each work, by its key: another's own one is copied."""
    own = _unless_merged(works, by)
    others = {
        pk: work
        for pk, work in own.items()
        if work.post_id is None and work.added_by_id not in (by.pk, None)
    }
    if others:
        copies = add_works(works[0].course, [work.csl for work in others.values()], by=by)
        own |= dict(zip(others, copies, strict=True))
    return own


def _take_dois(works: Sequence[Work], by: User) -> None:
    """Take the DOIs of shared works from others, if no post or prompt needs those any more.

    The others keep their records, and whoever cites them keeps them: nothing of theirs changes.
    """
    taking = {work.doi: work for work in works if work.doi}
    if not taking:
        return
    shared = Work.objects.in_course(works[0].course_id).shared().filter(doi__in=taking)
    others = list(shared.exclude(pk__in=[work.pk for work in works]).order_by("pk"))
    rows = Work.objects.filter(pk__in=[other.pk for other in others])
    open_now = set(rows.open_to_course().values_list("pk", flat=True))
    replaced = [other for other in others if other.pk not in open_now]
    rows.exclude(pk__in=open_now).update(doi="")
    for other in replaced:
        new = taking[other.doi]
        AuditEvent.record("work_replaced", other, by=by, course=new.course, work=new.pk)


def _unless_merged(works: Iterable[Work], by: User) -> dict[int, Work]:
    """Return each work, or the one that it is merged into, by the key of the given one.

    One's own that publishing merged into the course's record is one's own again where the course
    does not have that record any more.
    """
    by_key = {work.pk: work for work in works}
    canonical = canonical_works(by_key.values())
    merged = {pk: work.pk for pk, work in canonical.items() if work.pk != pk}
    if not merged:
        return canonical
    of_course = Work.objects.known_to_course(by).values("pk")
    kept = Work.objects.filter(Q(pk__in=of_course) | Q(added_by=by), pk__in=merged.values())
    lost = set(merged.values()) - set(kept.values_list("pk", flat=True))
    undone = WorkMerge.objects.filter(duplicate__in=merged, canonical__in=lost, made_by=by)
    back = set(undone.values_list("duplicate", flat=True))
    undone.delete()
    return canonical | {pk: by_key[pk] for pk in back}


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
