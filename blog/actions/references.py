"""Add, change and remove references of a post, and cite posts of the course."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.actions.works import add_work, change_work, share_works
from blog.citations.csl.post_record import record_of_post
from blog.citations.keys import is_key, suggest_key
from blog.citations.parsers import clean_csl
from blog.exceptions import Refused
from blog.models import (
    Membership,
    Post,
    Reference,
    Revision,
    User,
    Work,
    WorkMerge,
    claim_version,
    name_for,
)
from blog.text.works import render_work

MAX_REFERENCES_PER_POST = 200


def add_reference(post: Post, work: Work, *, by: User, key: str | None = None) -> Reference:
    """Add a work to a post's references under a key; an existing reference is returned as it is.

    Without a key, or with one that another work has, a key is suggested. A work that somebody else
    added and the course does not have is copied: theirs stays theirs.
    """
    access.require(access.can_edit_post(by, post))
    if work.course_id != post.course_id:
        raise Refused(_("This reference belongs to another course."))
    with transaction.atomic():
        _lock(post)
        work = _available(work.canonical, by)
        references = {reference.key: reference for reference in post.references.all()}
        for reference in references.values():
            if reference.work_id == work.pk:
                return reference
        if len(references) >= MAX_REFERENCES_PER_POST:
            raise Refused(_("This post has too many references. Remove some that you do not cite."))
        if not key or key in references or not is_key(key):
            key = suggest_key(work.csl, taken=references.keys())
        return Reference.objects.create(post=post, work=work, key=key)


def add_references(post: Post, records: Iterable[dict], *, by: User) -> list[Reference]:
    """Add all records of a list to a post, or none; each is CSL-JSON with its key as ``id``."""
    access.require(access.can_edit_post(by, post))
    with transaction.atomic():
        _lock(post)  # before the works, as everywhere
        return [
            add_reference(post, add_work(post.course, csl, by=by), by=by, key=csl["id"])
            for csl in records
        ]


def change_reference(reference: Reference, *, by: User, key: str, csl: dict | None = None) -> None:
    """Change a reference's key, and its work if ``csl`` is given; both or neither.

    Raises StaleVersion if somebody else corrected the work since it was loaded.
    The citations in the text are not changed: that is for the author to do.
    """
    access.require(access.can_edit_post(by, reference.post))
    if not is_key(key):
        raise Refused(_("Use letters and digits, with single signs such as - _ : . between them."))
    with transaction.atomic():
        _lock(reference.post)
        if reference.post.references.filter(key=key).exclude(pk=reference.pk).exists():
            raise Refused(_("Another reference of this post has this key."))
        reference.key = key
        reference.save(update_fields=["key"])
        if csl is not None:
            change_work(reference.work, csl, by=by)


def remove_reference(reference: Reference, *, by: User) -> None:
    """Remove a reference from its post, unless the published text cites it."""
    access.require(access.can_edit_post(by, reference.post))
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
        access.can_cite_post(by, cited) and access.can_edit_post(by, onto),
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
            name=_name_in_course(post),
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
        label, work.html = render_work(work.csl)
        work.label = label[:300]
        if work.pk is not None:
            claim_version(work)
        work.save()
    return work


def _name_in_course(post: Post) -> str:
    """Return the author's name that everybody in the course can see."""
    withheld = Membership.objects.in_course(post.course).filter(is_confidential=True)
    if withheld.filter(user=post.author).exists():
        return post.author.neutral_name
    return name_for(post.author)


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
    merged = {}
    for reference in references:
        work = shared[reference.work_id]
        if work.pk != reference.work_id:
            merged[reference.work_id] = work.pk
            _merge_own(reference, into=work, by=by)
    if merged and post.revision is not None:
        _name_works(post.revision, merged)


def _name_works(revision: Revision, merged: dict[int, int]) -> None:
    """Name the course's record in the entries of works that were merged into it."""
    for entry in revision.references:
        entry["work"] = merged.get(entry["work"], entry["work"])
    revision.save(update_fields=["references"])


def _merge_own(reference: Reference, *, into: Work, by: User) -> None:
    """Merge one's own work into the course's, if nothing else uses it.

    A post that has both keys keeps both keys.
    """
    own = reference.work
    moved = not reference.post.references.filter(work=into).exists()
    if moved:
        reference.work = into
        reference.save(update_fields=["work"])
    if own.added_by_id not in (by.pk, None):
        return
    others = own.references.exclude(post=reference.post_id)
    # What another draft uses stays its author's own: a merge would show it to instructors.
    if others.exists() or own.merges.exists() or own.required_by.exists():
        return
    if own.csl == into.csl and not own.references.exists():
        own.delete()
    elif not WorkMerge.objects.filter(duplicate=own).exists():
        references = [reference.pk] if moved else []
        WorkMerge.objects.create(duplicate=own, canonical=into, made_by=by, references=references)


def _available(work: Work, by: User) -> Work:
    """Return a work that this person can add: the course's, their own, or a copy of another."""
    if work.added_by_id in (by.pk, None):
        return work
    if Work.objects.filter(pk=work.pk).open_to_course().exists():
        return work
    access.require(Work.objects.visible_to(by).contains(work))
    return add_work(work.course, work.csl, by=by)


def _lock(post: Post) -> None:
    """Lock the post, so that two tabs take turns in adding references."""
    Post.objects.select_for_update(no_key=True).values("pk").get(pk=post.pk)
