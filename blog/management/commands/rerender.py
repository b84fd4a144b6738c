"""Render stored text again, after a change of the renderer, the sanitiser or a style."""

from collections.abc import Callable
from typing import NamedTuple

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from blog.exceptions import TextRefused
from blog.models import (
    Comment,
    CommentRevision,
    Course,
    FeedbackReply,
    FeedbackReplyRevision,
    Grading,
    Passage,
    ProcessNote,
    Prompt,
    Revision,
    SearchEntry,
    Work,
    render_feedback,
    store_links,
)
from blog.text import RENDERER_VERSION, render_question
from blog.text.passages import Change, Folded, read
from blog.text.works import render_work

ROWS_PER_REPORT = 200


class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.description = _(
            "Render all prompts, published posts, comments, feedback, notes and "
            "references again from their text. Rows that someone changes in the meantime "
            "are not touched. Running the command twice changes nothing more."
        )
        parser.add_argument("--course", metavar="SLUG", help=_("only this course"))

    def handle(self, *args, course, **options):
        if course and not Course.objects.not_erasing().filter(slug=course).exists():
            raise CommandError(_("There is no course %r.") % course)
        for kind in KINDS:
            rows = kind.rows().filter(**{f"{kind.course_path}__erasing_since": None})
            if course:
                rows = rows.filter(**{f"{kind.course_path}__slug": course})
            self._rerender(str(kind.name), rows.order_by("pk"), kind.rerender)

    def _rerender(self, name: str, rows: QuerySet, rerender: Callable[[Model], bool]) -> None:
        """Render the rows one by one, so that no lock is held for longer than one of them takes."""
        total, done, changed, unchanged = rows.count(), 0, 0, 0
        for row in rows.iterator(chunk_size=ROWS_PER_REPORT):
            try:
                changed += rerender(row)
            except TextRefused as refusal:
                unchanged += 1
                self.stderr.write(
                    _("%(name)s: %(key)s was not changed: %(reason)s")
                    % {"name": name, "key": row.pk, "reason": refusal}
                )
            done += 1
            if done % ROWS_PER_REPORT == 0 and done < total:
                self.stdout.write(
                    _("%(name)s: %(done)d of %(total)d")
                    % {"name": name, "done": done, "total": total}
                )
        self.stdout.write(
            _("%(name)s: %(done)d rendered, %(changed)d changed")
            % {"name": name, "done": done, "changed": changed}
        )
        if unchanged:
            self.stdout.write(
                ngettext(
                    "%(name)s: %(count)d could not be rendered and was not changed",
                    "%(name)s: %(count)d could not be rendered and were not changed",
                    unchanged,
                )
                % {"name": name, "count": unchanged}
            )


def _rerender_post(revision: Revision) -> bool:
    """Render a version again; for the published one, find the posts it links to as well."""
    has_changed = revision.rerender()
    post = revision.post
    if post.revision_id == revision.pk:
        with transaction.atomic():
            post.lock()  # what is published meanwhile has found its links itself
            store_links(post)
            SearchEntry.objects.keep("post", [post])
    return has_changed


def _rerender_comment(comment: Comment) -> bool:
    html = comment.post.render_comment(comment.text).html
    fields = {"html": html, "renderer": RENDERER_VERSION}
    return _update_searched("comment", comment, fields, text=comment.text)


def _find_passage(passage: Passage) -> bool:
    """Find a passage again in a text that may have other words now; its quotation stays."""
    before, post = passage.place_now, passage.comment.post
    with transaction.atomic():
        post.lock()
        change = Change(read(passage.revision.html).text, Folded(read(post.revision.html).text))
        passage.place_now = passage.place_in(change)
        if before == passage.place_now:
            return False
        start, end = passage.place_now or (None, None)
        return bool(Passage.objects.filter(pk=passage.pk).update(start_now=start, end_now=end))


def _rerender_former_comment(former: CommentRevision) -> bool:
    html = former.comment.post.render_comment(former.text).html
    return _update(former, {"html": html, "renderer": RENDERER_VERSION})


def _rerender_feedback(given: Grading | FeedbackReply | FeedbackReplyRevision) -> bool:
    return _update(given, {"html": render_feedback(given.text)}, text=given.text)


def _rerender_process_note(note: ProcessNote) -> bool:
    return _update(note, {"html": render_feedback(note.text)}, text=note.text)


def _rerender_prompt(prompt: Prompt) -> bool:
    html, plain = render_question(prompt.question)
    fields = {"question_html": html, "question_plain": plain}
    return _update(prompt, fields, question=prompt.question)


def _rerender_work(work: Work) -> bool:
    label, html = render_work(work.csl)
    return _update_searched("work", work, {"label": label, "html": html}, html=work.html)


def _update(row: Model, rendered: dict, **unless_changed) -> bool:
    """Store what differs, unless somebody changed the row since it was read."""
    if all(getattr(row, field) == value for field, value in rendered.items()):
        return False
    rows = type(row)._default_manager.filter(pk=row.pk, **unless_changed)
    return bool(rows.update(**rendered))


def _update_searched(kind: str, row: Comment | Work, rendered: dict, **unless_changed) -> bool:
    """Store what differs, also in the index of the search."""
    with transaction.atomic():
        if not _update(row, rendered, **unless_changed):
            return False
        row.refresh_from_db(fields=list(rendered))
        SearchEntry.objects.keep(kind, [row])
        return True


class Kind(NamedTuple):
    """A kind of text: its rows, the path to their course, and how to render one again."""

    name: str
    rows: Callable[[], QuerySet]
    course_path: str
    rerender: Callable[[Model], bool]


KINDS = (
    Kind(gettext_lazy("references"), Work.objects.all, "course", _rerender_work),
    Kind(gettext_lazy("prompts"), Prompt.objects.all, "course", _rerender_prompt),
    Kind(
        gettext_lazy("posts"),
        lambda: Revision.objects.select_related("post__prompt"),
        "post__course",
        _rerender_post,
    ),
    Kind(
        gettext_lazy("comments"),
        lambda: Comment.objects.select_related("post__revision"),
        "post__course",
        _rerender_comment,
    ),
    Kind(
        gettext_lazy("passages of comments"),
        lambda: Passage.objects.select_related("revision", "comment__post__revision"),
        "comment__post__course",
        _find_passage,
    ),
    Kind(
        gettext_lazy("former comments"),
        lambda: CommentRevision.objects.select_related("comment__post__revision"),
        "comment__post__course",
        _rerender_former_comment,
    ),
    Kind(gettext_lazy("feedback"), Grading.objects.all, "prompt__course", _rerender_feedback),
    Kind(
        gettext_lazy("replies to feedback"),
        FeedbackReply.objects.all,
        "prompt__course",
        _rerender_feedback,
    ),
    Kind(
        gettext_lazy("former replies to feedback"),
        FeedbackReplyRevision.objects.all,
        "reply__prompt__course",
        _rerender_feedback,
    ),
    Kind(
        gettext_lazy("notes on how posts came about"),
        ProcessNote.objects.all,
        "post__course",
        _rerender_process_note,
    ),
)
