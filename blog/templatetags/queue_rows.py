"""Rows of a grading queue: there are dozens, so they are a stencil."""

from collections.abc import Iterable, Mapping
from types import SimpleNamespace
from typing import Any, NamedTuple

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext

from blog.models import Grading
from blog.queries.queue_rows import QueueRow
from blog.templatetags.dates import day
from blog.templatetags.names import graded_as
from blog.templatetags.stencils import Stencil

register = template.Library()

# Of these there is nothing to say but the state, unless an item has notes or a grader.
PLAIN_STATES = frozenset({"ungraded", "no_post", "released", "former"})


class QueueShape(NamedTuple):
    """The parts of a row. ``work`` is what it leads to: "named", a "grade", or "nothing" yet.

    ``state`` is one of ``PLAIN_STATES``, or "" where more is said, which is a value then.
    ``student_page`` is the name of the address at which a student is graded.
    """

    kind: str
    student_page: str
    work: str
    state: str
    is_hidden: bool
    is_published: bool
    has_words: bool
    has_references: bool
    has_least: bool


def _objects(shape: QueueShape, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return an item that has a state and nothing else to say."""
    return {"item": SimpleNamespace(state=shape.state), "row": None}


ROW = Stencil(
    "blog/grading/_queue_row.html",
    "course_slug prompt_number place query username name named day words references peers least"
    " full_state",
    _objects,
)


@register.simple_tag(takes_context=True)
def queue_rows(context, rows: Iterable[QueueRow], query: str) -> SafeString:
    """Return the rows of a queue; its links keep the ``query`` of the page."""
    table = _Table(context, query)
    return mark_safe("".join([table.row(row) for row in rows]))


class _Table:
    """The rows of a page for its reader."""

    def __init__(self, context, query: str):
        self.context, self.query = context, query
        self.reader, self.names = context["user"], context["names"]
        self.course, self.prompt, self.kind = context["course"], context["prompt"], context["kind"]
        self.page, self.language = context["pages"].student, get_language()
        self.state = context.template.engine.get_template("blog/grading/_queue_state.html")

    def row(self, row: QueueRow) -> SafeString:
        item = row.item
        student = item.member.user
        is_of_posts = self.kind != Grading.Kind.COMMENTS
        named = self._named(row)
        least, state = self.prompt.comments_min, self._plain_state(row)
        published_at = item.post.published_at if item.is_published and item.post else None
        shape = QueueShape(
            kind=str(self.kind),
            student_page=self.page,
            work="named" if named is not None else "grade" if item.grading else "nothing",
            state=state,
            is_hidden=self.names.hides(student),
            is_published=is_of_posts and item.is_published,
            has_words=is_of_posts and row.words is not None,
            has_references=is_of_posts and row.references is not None,
            has_least=bool(least) and least >= row.peers,
        )
        values = {
            "course_slug": self.course.slug,
            "prompt_number": self.prompt.number,
            "place": item.number,
            "query": self.query,
            "username": student.username,
            "name": graded_as(student, self.names),
            "named": named or "",
            "day": day(published_at, self.course),
            "words": row.words,
            "references": row.references,
            "peers": row.peers,
            "least": least,
            "full_state": "" if state else self._full_state(row),
        }
        return ROW.fill(shape, values, self.language)

    def _named(self, row: QueueRow) -> str | None:
        """Return the work to grade, in words; None if there is none."""
        if self.kind == Grading.Kind.COMMENTS and row.comments:
            words = ngettext("%(n)s comment", "%(n)s comments", row.comments)
            return words % {"n": row.comments}
        return row.item.post.title if row.item.is_published and row.item.post else None

    def _plain_state(self, row: QueueRow) -> str:
        item = row.item
        has_grader = row.grader is not None and row.grader.pk != self.reader.pk
        has_more = item.state not in PLAIN_STATES or has_grader or item.has_notes
        return "" if has_more else item.state

    def _full_state(self, row: QueueRow) -> SafeString:
        with self.context.push(item=row.item, row=row):
            return self.state.render(self.context)
