"""Render stored text again, after a change of the renderer, the sanitiser or a style."""

from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model, QuerySet

from blog.exceptions import TextRefused
from blog.models import Comment, Course, Grading, Revision, Work
from blog.text import RENDERER_VERSION, render_comment
from blog.text.works import render_work

STEP = 200


class Command(BaseCommand):
    help = (
        "Renders all published posts, comments, feedback and works again from what was typed. "
        "What somebody changes meanwhile is left to them; running it twice changes nothing more."
    )

    def add_arguments(self, parser):
        parser.add_argument("--course", metavar="SLUG", help="only this course")

    def handle(self, *args, course, **options):
        if course and not Course.objects.filter(slug=course).exists():
            raise CommandError(f"There is no course {course}.")
        for name, rows, rerender in KINDS:
            of_course = {PATHS[name]: course} if course else {}
            self._rerender(name, rows().filter(**of_course).order_by("pk"), rerender)

    def _rerender(self, name: str, rows: QuerySet, rerender: Callable[[Model], bool]) -> None:
        """Go through the rows one by one: no lock is held for longer than one of them takes."""
        total, done, changed, kept = rows.count(), 0, 0, 0
        for row in rows.iterator(chunk_size=STEP):
            try:
                changed += rerender(row)
            except TextRefused as refusal:
                kept += 1
                self.stderr.write(f"{name} {row.pk}: left as it was: {refusal}")
            done += 1
            if done % STEP == 0 and done < total:
                self.stdout.write(f"{name}: {done} of {total}")
        left = f", {kept} left as they were" if kept else ""
        self.stdout.write(f"{name}: {done} rendered, {changed} changed{left}")


def _comment(comment: Comment) -> bool:
    made = {"html": comment.post.render_comment(comment.text).html, "renderer": RENDERER_VERSION}
    return _put(comment, made, text=comment.text)


def _grading(grading: Grading) -> bool:
    html = render_comment(grading.text).html if grading.text.strip() else ""
    return _put(grading, {"html": html}, text=grading.text)


def _work(work: Work) -> bool:
    label, html = render_work(work.csl)
    return _put(work, {"label": label[:300], "html": html}, html=work.html)


def _put(row: Model, made: dict, **unless_changed) -> bool:
    """Store what differs, unless somebody changed the row since it was read."""
    if all(getattr(row, field) == value for field, value in made.items()):
        return False
    rows = type(row)._default_manager.filter(pk=row.pk, **unless_changed)
    return bool(rows.update(**made))


KINDS = (
    ("works", Work.objects.all, _work),
    ("revisions", lambda: Revision.objects.select_related("post__prompt"), Revision.rerender),
    ("comments", lambda: Comment.objects.select_related("post__revision"), _comment),
    ("feedback", Grading.objects.all, _grading),
)
PATHS = {
    "works": "course__slug",
    "revisions": "post__course__slug",
    "comments": "post__course__slug",
    "feedback": "prompt__course__slug",
}
