"""Merge two works of a course into one, and split them again.

A merge moves references of posts and required reading; no post's text changes, neither the
published one nor what is being typed. A post that has both records keeps both under their two
keys, since its text may cite either; the class bibliography counts them as one. Rows are locked in
the order posts, the course, works, as everywhere.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import AuditEvent, Post, Prompt, Reference, User, Work, WorkMerge, lock_courses
from blog.queries.works import references_to_move

Required = Prompt.required_works.through


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


def _prompts_to_move(duplicate: Work, into: Work):
    with_both = Required.objects.filter(work=into).values("prompt")
    required = Required.objects.filter(work=duplicate).exclude(prompt__in=with_both)
    return required.values_list("prompt", flat=True)


def _lock(*works: Work) -> None:
    """Lock the posts whose references may change, the course, then the works.

    Merges take turns with each other, and with whoever wants the DOI of a work that one opens.
    """
    posts = Post.objects.filter(references__work__in=works).order_by("pk").values("pk").distinct()
    list(Post.objects.select_for_update(no_key=True).filter(pk__in=posts).order_by("pk"))
    lock_courses(work.course_id for work in works)
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
    # A merge shows the record that stays to everybody who cites the other.
    open_now = set(Work.objects.filter(pk__in=[duplicate.pk, into.pk]).open_to_course())
    if into in open_now:
        return
    if duplicate in open_now:
        raise Refused(
            _("Only some people in the course see one of these references. Keep the other one.")
        )
    if duplicate.added_by_id != into.added_by_id:
        raise Refused(_("Only some people in the course see these references, so they stay two."))
