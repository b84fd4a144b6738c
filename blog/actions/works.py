"""Add, share, correct, merge and split works of a course.

A merge moves references of posts and required reading; no post's text changes, neither the
published one nor what is being typed. A post that has both records keeps both under their two
keys, since its text may cite either; the class bibliography counts them as one. Rows are locked in
the order posts, then works, as everywhere.
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
    Post,
    Prompt,
    Reference,
    User,
    Work,
    WorkMerge,
    WorkVerification,
    claim_version,
)
from blog.models.works import WorkQuerySet
from blog.queries.reference_status import discrepancies_of
from blog.queries.works import references_to_move
from blog.text.works import render_work

ALL_CORRECTIONS = "all"
Required = Prompt.required_works.through


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
    works = Work.objects.in_course(course).available_to(by)
    known = _same_work(works, csl, doi, label)
    if known is not None:
        return known.canonical
    try:
        with transaction.atomic():
            return Work.objects.create(
                course=course, csl=csl, doi=doi, label=label[:300], html=html, added_by=by
            )
    except IntegrityError:  # the same person, in another tab
        return works.get(doi=doi, added_by=by, shared_at=None).canonical


def share_works(works: list[Work], *, by: User) -> dict[int, Work]:
    """Share works with their course; return the shared work of each, by the key of the given one.

    That is the work itself or, if the course has this work already, the course's record. Somebody
    else's own work is not shared: its record becomes one of ``by``.
    """
    access.require(all(access.can_write_post(by, work.course) for work in works))
    if all(work.is_shared for work in works):
        return {work.pk: work for work in works}
    with transaction.atomic():
        # Locked, so that two people who share one work at once take turns.
        courses = {work.course_id for work in works}
        list(Course.objects.select_for_update(no_key=True).filter(pk__in=courses).order_by("pk"))
        in_order = sorted(works, key=lambda work: work.pk)
        return {work.pk: _share(work, by) for work in in_order}


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
    work.doi = normalise_doi(work.csl.get("DOI", ""))
    label, work.html = render_work(work.csl)
    work.label = label[:300]
    try:
        with transaction.atomic():
            claim_version(work)
            work.save(update_fields=["csl", "doi", "label", "html"])
            _compare_again(work, before)
            AuditEvent.record("work_changed", work, by=by, course=work.course)
    except IntegrityError:
        raise Refused(_("The course has another reference with this DOI.")) from None


def accept_correction(work: Work, name: str, *, by: User) -> None:
    """Accept a registry's value for the field ``name``, or ALL_CORRECTIONS.

    Faults of the record itself, such as a title from a browser's tab, can be fixed too.
    """
    access.require(
        access.can_change_work(by, work),
        _("Only the person who added this reference and the instructors can change it."),
    )
    with transaction.atomic():
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


def merge_works(duplicate: Work, *, by: User, into: Work) -> WorkMerge:
    """Merge ``duplicate`` into another work of the course."""
    access.require(
        access.can_merge_works(by, duplicate.course) and access.can_merge_works(by, into.course)
    )
    with transaction.atomic():
        _lock(duplicate, into)
        _refuse_unfit_merge(duplicate, into)
        moved, _left = references_to_move(duplicate, into=into)
        prompts = list(_prompts_to_move(duplicate, into))
        merge = WorkMerge.objects.create(
            duplicate=duplicate,
            canonical=into,
            references=[reference.pk for reference in moved],
            prompts=prompts,
            made_by=by,
        )
        Reference.objects.filter(pk__in=merge.references).update(work=into)
        Required.objects.filter(work=duplicate, prompt__in=prompts).update(work=into)
        AuditEvent.record("works_merged", duplicate, by=by, course=duplicate.course, into=into.pk)
    return merge


def split_work(merge: WorkMerge, *, by: User) -> Work:
    """Undo a merge: the duplicate is a work of its own again, with what was moved from it.

    References and required reading added meanwhile stay with the canonical work.
    """
    access.require(access.can_merge_works(by, merge.duplicate.course))
    with transaction.atomic():
        duplicate, canonical = merge.duplicate, merge.canonical
        _lock(duplicate, canonical)
        has_it = duplicate.references.values("post")
        Reference.objects.filter(pk__in=merge.references, work=canonical).exclude(
            post__in=has_it
        ).update(work=duplicate)
        required = Required.objects.filter(work=duplicate).values("prompt")
        Required.objects.filter(work=canonical, prompt__in=merge.prompts).exclude(
            prompt__in=required
        ).update(work=duplicate)
        AuditEvent.record("work_split", duplicate, by=by, course=duplicate.course, of=canonical.pk)
        merge.delete()
    return duplicate


def _same_work(works: WorkQuerySet, csl: dict, doi: str, label: str) -> Work | None:
    """Return the one of these works that a record describes beyond doubt, a shared one first."""
    works = works.order_by(F("shared_at").asc(nulls_last=True), "pk")
    if doi:
        return works.filter(doi=doi).first()
    alike = works.filter(label=label[:300])
    return next((work for work in alike if work.csl == csl or is_same_work(work.csl, csl)), None)


def _share(work: Work, by: User) -> Work:
    if work.is_shared:
        return work
    shared = Work.objects.filter(course=work.course_id).shared()
    known = _same_work(shared, work.csl, work.doi, work.label)
    if known is not None:
        return known.canonical
    if work.added_by_id not in (by.pk, None):
        work = add_work(work.course, work.csl, by=by)
    work.shared_at = timezone.now()
    work.save(update_fields=["shared_at"])
    return work


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


def _prompts_to_move(duplicate: Work, into: Work):
    with_both = Required.objects.filter(work=into).values("prompt")
    required = Required.objects.filter(work=duplicate).exclude(prompt__in=with_both)
    return required.values_list("prompt", flat=True)


def _lock(*works: Work) -> None:
    """Lock the posts whose references may change, then the works, so that merges take turns."""
    posts = Post.objects.filter(references__work__in=works).order_by("pk").values("pk").distinct()
    list(Post.objects.select_for_update(no_key=True).filter(pk__in=posts).order_by("pk"))
    pks = [work.pk for work in works]
    list(Work.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk"))


def _refuse_unfit_merge(duplicate: Work, into: Work) -> None:
    if duplicate.course_id != into.course_id or duplicate.pk == into.pk:
        raise Refused(_("Choose two different references of the same course."))
    if WorkMerge.objects.filter(duplicate__in=[duplicate, into]).exists():
        raise Refused(_("One of these references is already merged into another."))
    if duplicate.post_id is not None:
        raise Refused(_("One of these references is a post of this course. Keep that one."))
    if duplicate.merges.exists():
        raise Refused(
            _(
                "Other references were merged into the one you want to remove. Keep that one, or "
                "split them first."
            )
        )
