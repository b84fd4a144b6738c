"""Cite a post of the course: it becomes a work like any other, that knows which post it is."""

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.actions.references import shelve, shown
from blog.citations.csl.post_record import record_of_post
from blog.citations.parsers import clean_csl
from blog.exceptions import Refused
from blog.models import Post, Reference, User, Work, name_for


def cite_post(cited: Post, *, by: User, onto: Post, url: str) -> Reference:
    """Put a post of the course on the shelf of another.

    Only what the whole course reads can be cited so: a reference says that a post exists and who
    wrote it, to everybody who reads the post that has it.
    """
    if not access.can_cite_post(by, cited):
        raise Refused(_("Only a post that the whole course reads can be cited here."))
    if cited.pk == onto.pk:
        raise Refused(_("A post does not cite itself."))
    with transaction.atomic():
        return shelve(onto, work_of(cited, by=by, url=url), by=by)


def work_of(post: Post, *, by: User, url: str) -> Work:
    """Return the course's record of a post. Its title follows the post's, the rest stays."""
    with transaction.atomic():
        Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
        work = Work.objects.filter(post=post).first() or Work(
            course=post.course, post=post, csl=_record(post, url), created_by=by
        )
        if work.pk is None or work.csl.get("title") != post.revision.title:
            work.csl = work.csl | {"title": post.revision.title}
            for field, value in shown(work.csl).items():
                setattr(work, field, value)
            work.save()
    return work


def _record(post: Post, url: str) -> dict:
    return clean_csl(
        record_of_post(
            title=post.revision.title,
            name=name_for(post.author),
            day=post.course.day_of(post.published_at),
            site=post.course.title,
            url=url,
        )
    )
