"""Add, change and remove references of a post, and cite posts of the course."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from blog import access
from blog.actions.works import add_works, change_work, share_works
from blog.citations.csl.post_record import record_of_post
from blog.citations.keys import is_key, suggest_key
from blog.citations.parsers import clean_csl
from blog.exceptions import Refused
from blog.models import (
    Post,
    Reference,
    SearchEntry,
    User,
    Work,
    WorkMerge,
    canonical_works,
    claim_version,
    lock_citing_posts,
)
from blog.queries.memberships import name_in_course
from blog.text.works import render_work

MAX_REFERENCES_PER_POST = 200


def add_reference(post: Post, work: Work, *, by: User, key: str | None = None) -> Reference:
    """Add a work to a post's references under a key; an existing reference is returned as it is.

    Without a key, or with one that another work has, a key is suggested. A work that somebody else
    added and the course does not have is copied: theirs stays theirs.
    """
    access.require(access.can_edit_text(by, post))
    [reference] = add_works_to(post, [(work, key)], by=by)
    return reference


def add_references(post: Post, records: Iterable[dict], *, by: User) -> list[Reference]:
    """Add all records of a list to a post, or none; each is CSL-JSON with its key as ``id``."""
    access.require(access.can_edit_text(by, post))
    records = list(records)
    with transaction.atomic():
        post.lock()  # before the works, as everywhere
        works = add_works(post.course, records, by=by)
        keys = [csl["id"] for csl in records]
        return add_works_to(post, list(zip(works, keys, strict=True)), by=by)


def add_works_to(
    post: Post, works: Sequence[tuple[Work, str | None]], *, by: User
) -> list[Reference]:
    """Add works to a post's references, each under its key, as ``add_reference`` does with one.

    All or none; as many queries for many as for one.
    """
    access.require(access.can_edit_text(by, post))
    if any(work.course_id != post.course_id for work, _key in works):
        raise Refused(_("This reference belongs to another course."))
    with transaction.atomic():
        post.lock()  # so that two tabs take turns
        available = _available([work for work, _key in works], by)
        references = {reference.key: reference for reference in post.references.all()}
        by_work = {reference.work_id: reference for reference in references.values()}
        new = []
        for work, key in ((available[work.pk], key) for work, key in works):
            if work.pk in by_work:
                continue
            if len(references) >= MAX_REFERENCES_PER_POST:
                raise Refused(
                    _("This post has too many references. Remove some that you do not cite.")
                )
            if not key or key in references or not is_key(key):
                key = suggest_key(work.csl, taken=references.keys())
            reference = Reference(post=post, work=work, key=key)
            references[key] = by_work[work.pk] = reference
            new.append(reference)
        Reference.objects.bulk_create(new)
    return [by_work[available[work.pk].pk] for work, _key in works]


def change_reference(reference: Reference, *, by: User, key: str, csl: dict | None = None) -> None:
    """Change a reference's key, and its work if ``csl`` is given; both or neither.

    Raises StaleVersion if somebody else corrected the work since it was loaded.
    The citations in the text are not changed: that is for the author to do.
    """
    access.require(access.can_edit_text(by, reference.post))
    if not is_key(key):
        raise Refused(_("Use letters and digits, with single signs such as - _ : . between them."))
    with transaction.atomic():
        if csl is not None:
            lock_citing_posts(reference.work)
        reference.post.lock()
        if reference.post.references.filter(key=key).exclude(pk=reference.pk).exists():
            raise Refused(_("Another reference of this post has this key."))
        reference.key = key
        reference.save(update_fields=["key"])
        if csl is not None:
            change_work(reference.work, csl, by=by)


def remove_reference(reference: Reference, *, by: User) -> None:
    """Remove a reference from its post, unless the published text cites it."""
    access.require(access.can_edit_text(by, reference.post))
    with transaction.atomic():
        reference.post.lock()  # and read it: it may have been published meanwhile
        reference.refresh_from_db(fields=["cited"])
        if reference.cited and reference.post.is_published:
            raise Refused(
                _(
                    "Your published post cites this reference. Remove the citation from the text "
                    "and publish your changes; then you can remove the reference."
                )
            )
        reference.delete()


def cite_post(cited: Post, *, by: User, onto: Post, url: str) -> Reference:
    """Add a post of the course to the references of another post.

    Only posts that the whole course can read can be cited: a reference tells everybody who reads
    the citing post that the cited one exists, and who wrote it.
    """
    access.require(
        access.can_cite_post(by, cited) and access.can_edit_text(by, onto),
        _("You can only cite a post that the whole course can read."),
    )
    if cited.course_id != onto.course_id:
        raise Refused(_("You can only cite a post of the same course."))
    if cited.pk == onto.pk:
        raise Refused(_("A post cannot cite itself."))
    with transaction.atomic():
        # Both in one order, so that two people who cite each other do not wait for ever.
        posts = Post.objects.filter(pk__in=[cited.pk, onto.pk]).order_by("pk")
        list(posts.select_for_update(no_key=True))
        return add_reference(onto, _work_of_post(cited, by=by, url=url), by=by)


def _work_of_post(post: Post, *, by: User, url: str) -> Work:
    """Return the course's record of a post. Title and author follow the post's, the rest stays."""
    assert post.revision is not None
    assert post.published_at is not None
    work = Work.objects.select_for_update(of=("self",)).filter(post=post).first()
    record = clean_csl(
        record_of_post(
            title=post.revision.title,
            name=name_in_course(post.author, post.course),
            day=post.course.day_of(post.published_at),
            site=post.course.title,
            url=url,
        )
    )
    if work is None:
        work = Work(
            course=post.course,
            post=post,
            csl=record,
            added_by=post.author,
            shared_at=post.published_at,
        )
    current = work.csl | {field: record[field] for field in ("title", "author") if field in record}
    if work.pk is None or work.csl != current:
        work.csl = current
        work.label, work.html = render_work(work.csl)
        if work.pk is not None:
            claim_version(work)
        work.save()
        SearchEntry.objects.keep("work", [work])
    return work


def share_references(post: Post, *, by: User) -> None:
    """Share the works that a published post cites with its course, if the whole course reads it.

    A work that the course has already is merged into the course's record; the post's reference and
    its revision name that one. Called before the post is saved as published, which would make all
    that it cites open to the course.
    """
    access.require(access.can_edit_post(by, post))
    if not post.is_open_to_course:
        return
    cited = post.references.filter(cited=True).select_related("work__course")
    references = list(cited.order_by("pk"))
    shared = share_works([reference.work for reference in references], by=by)
    moving = [one for one in references if shared[one.work_id].pk != one.work_id]
    if moving:
        _name_works(post, {one.work_id: shared[one.work_id].pk for one in moving})
        _merge_own(post, moving, shared, by=by)


def _name_works(post: Post, merged: dict[int, int]) -> None:
    """Name the course's record in a revision's entries of works that were merged into it."""
    if post.revision is not None:
        for entry in post.revision.references:
            entry["work"] = merged.get(entry["work"], entry["work"])
        post.revision.save(update_fields=["references"])


def _merge_own(
    post: Post, references: list[Reference], shared: dict[int, Work], *, by: User
) -> None:
    """Move references to the works that the course has; merge one's own that nothing else uses.

    A post that has both keys keeps both keys.
    """
    own = {reference.work_id: reference.work for reference in references}
    present = set(post.references.values_list("work", flat=True))
    moved = {}
    for reference in references:
        into = shared[reference.work_id]
        if into.pk not in present:
            present.add(into.pk)
            moved[reference.work_id] = reference
    for pk, reference in moved.items():
        reference.work = shared[pk]
    Reference.objects.bulk_update(moved.values(), ["work"])
    equal, merges = [], []
    for pk, is_merged in _unused_elsewhere(own.values(), post, by).items():
        if pk in moved and own[pk].csl == shared[pk].csl:
            equal.append(pk)
        elif not is_merged:
            keys = [moved[pk].pk] if pk in moved else []
            merge = WorkMerge(duplicate=own[pk], canonical=shared[pk], made_by=by, references=keys)
            merges.append(merge)
    Work.objects.filter(pk__in=equal).delete()
    WorkMerge.objects.bulk_create(merges)


def _unused_elsewhere(works: Iterable[Work], post: Post, by: User) -> dict[int, bool]:
    """Return the keys of one's own works that nothing but a post uses, and if they are merged.

    What another draft uses stays its author's own: a merge would show it to instructors.
    """
    own = [work.pk for work in works if work.added_by_id in (by.pk, None)]
    elsewhere = Reference.objects.filter(work=OuterRef("pk")).exclude(post=post)
    rows = Work.objects.filter(~Exists(elsewhere), pk__in=own, merges=None, required_by=None)
    is_merged = Exists(WorkMerge.objects.filter(duplicate=OuterRef("pk")))
    return dict(rows.order_by("pk").values_list("pk", is_merged))


def _available(works: Iterable[Work], by: User) -> dict[int, Work]:
    """Return the record of each work that this person can add, by its key.

    That is the course's record, their own one, or a copy of another's. The record of a post is
    never copied, and not added while the post is hidden: posts that cite it already still name it.
    """
    canonical = canonical_works(works)
    _refuse_closed_posts(canonical.values(), by)
    others = {
        one.pk: one
        for one in canonical.values()
        if one.post_id is None and one.added_by_id not in (by.pk, None)
    }
    rows = Work.objects.filter(pk__in=others)
    for pk in rows.met_by(by).values_list("pk", flat=True):
        del others[pk]
    if not others:
        return canonical
    access.require(rows.visible_to(by).filter(pk__in=others).count() == len(others))
    course = next(iter(others.values())).course
    copies = add_works(course, [work.csl for work in others.values()], by=by)
    copy_of = dict(zip(others, copies, strict=True))
    return {pk: copy_of.get(work.pk, work) for pk, work in canonical.items()}


def _refuse_closed_posts(works: Iterable[Work], by: User) -> None:
    posts = {work.post_id for work in works if work.post_id is not None}
    found = Post.objects.filter(pk__in=posts).open_to_course().visible_to(by)
    if posts and found.count() < len(posts):
        raise Refused(_("You can only cite a post that the whole course can read."))
