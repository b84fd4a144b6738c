"""Merge two records of one work, and take it back.

What moves are references on shelves and required reading; the text of no post changes, neither
the published one nor what is being typed. A shelf that holds both records keeps both under their
two keys, since its text may cite either; the class bibliography counts them as one. Rows are
locked in the order posts, then works, as everywhere.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from blog.exceptions import Refused
from blog.models import LogEntry, Merge, Post, Prompt, Reference, User, Work

Required = Prompt.required_works.through


def merge_works(gone: Work, *, by: User, into: Work) -> Merge:
    """Let ``gone`` stand as ``into`` from now on."""
    with transaction.atomic():
        _hold(gone, into)
        _refuse_unfit(gone, into)
        moved, _left = references_to_move(gone, into=into)
        prompts = list(_prompts_to_move(gone, into))
        merge = Merge.objects.create(
            gone=gone,
            kept=into,
            references=[reference.pk for reference in moved],
            prompts=prompts,
            made_by=by,
        )
        Reference.objects.filter(pk__in=merge.references).update(work=into)
        Required.objects.filter(work=gone, prompt__in=prompts).update(work=into)
        LogEntry.record("works_merged", gone, by=by, course=gone.course, into=into.pk)
    return merge


def split_work(merge: Merge, *, by: User) -> Work:
    """Take a merge back: the record stands again, with what was moved away from it.

    What was put on shelves or required meanwhile stays with the record that stood then.
    """
    with transaction.atomic():
        _hold(merge.gone, merge.kept)
        gone, kept = merge.gone, merge.kept
        has_it = gone.references.values("post")
        Reference.objects.filter(pk__in=merge.references, work=kept).exclude(
            post__in=has_it
        ).update(work=gone)
        required = Required.objects.filter(work=gone).values("prompt")
        Required.objects.filter(work=kept, prompt__in=merge.prompts).exclude(
            prompt__in=required
        ).update(work=gone)
        LogEntry.record("work_split", gone, by=by, course=gone.course, of=kept.pk)
        merge.delete()
    return gone


def references_to_move(gone: Work, *, into: Work) -> tuple[list[Reference], list[Reference]]:
    """Return the references that a merge moves, and those of posts that have both."""
    with_both = Reference.objects.filter(work=into).values("post")
    references = gone.references.select_related("post").order_by("pk")
    return list(references.exclude(post__in=with_both)), list(references.filter(post__in=with_both))


def _prompts_to_move(gone: Work, into: Work):
    with_both = Required.objects.filter(work=into).values("prompt")
    required = Required.objects.filter(work=gone).exclude(prompt__in=with_both)
    return required.values_list("prompt", flat=True)


def _hold(*works: Work) -> None:
    """Lock the posts whose shelves may change, then the works, so that merges go one by one."""
    posts = Post.objects.filter(shelf__work__in=works).order_by("pk").values("pk").distinct()
    list(Post.objects.select_for_update(no_key=True).filter(pk__in=posts).order_by("pk"))
    pks = [work.pk for work in works]
    list(Work.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk"))


def _refuse_unfit(gone: Work, into: Work) -> None:
    if gone.course_id != into.course_id or gone.pk == into.pk:
        raise Refused(_("Two different records of one course can be merged."))
    if Merge.objects.filter(gone__in=[gone, into]).exists():
        raise Refused(_("One of these records stands as another one already."))
    if gone.post_id is not None:
        raise Refused(_("The record of a post of this course is the one to keep."))
    if gone.merges.exists():
        raise Refused(
            _("The record that would go stands for others. Keep it, or split those off first.")
        )
