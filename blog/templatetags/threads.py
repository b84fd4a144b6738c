"""The comments on a post, in the order of their threads, each filled into its stencil.

What a comment looks like is in its templates. Here is decided which of their parts a reader gets,
by ``blog.access`` and what the queries have found, and what is filled in: names as this reader
knows them, times in the course's zone, words in their language. The stored HTML of a comment goes
in as it is.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from types import SimpleNamespace
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from blog import access
from blog.models import Comment, Course, Post, name_for
from blog.templatetags.content_notes import behind_mute, behind_note
from blog.templatetags.dates import at_time, day, moment, on_day, today
from blog.templatetags.faces import comment_face
from blog.templatetags.names import isolated, others_read
from blog.templatetags.stencils import FIRST_PLACEHOLDER, Stencil
from blog.text.threads import Line

register = template.Library()


class CommentShape(NamedTuple):
    """The parts of a comment in the course. ``reply_to`` and ``readers`` are "" for none."""

    is_open: bool
    is_by_guest: bool
    is_by_author: bool
    has_address: bool
    reply_to: str
    is_imported: bool
    is_edited: bool
    is_new: bool
    is_unseen: bool
    readers: str
    can_reply: bool
    can_decide: bool
    has_menu: bool
    can_edit: bool
    can_use: bool
    can_correct: bool
    is_moderated: bool
    is_reported: bool


class PublicShape(NamedTuple):
    """The parts of a comment on the public page of its post."""

    is_by_guest: bool
    is_by_author: bool
    has_address: bool
    reply_to: str
    is_edited: bool
    has_history: bool
    can_reply: bool


class DeletedShape(NamedTuple):
    is_own: bool = False
    can_restore: bool = False
    is_undo: bool = False


class BranchShape(NamedTuple):
    is_of_deleted: bool
    has_later: bool
    is_later_open: bool


def _with_key(_shape, values) -> dict[str, Any]:
    """Return a comment and a course that have what addresses are made of."""
    return {"comment": Comment(pk=values["pk"]), "course": Course(slug=values["course_slug"])}


PLACES = "pk author_name author_address day time edited_at parent addressee passage body"
COMMENT = Stencil(
    "blog/comments/_comment.html",
    f"{PLACES} others face notes name username course_slug csrf_token",
    _with_key,
)
PUBLIC_COMMENT = Stencil("blog/comments/_public_comment.html", f"{PLACES} course_slug", _with_key)
DELETED = Stencil("blog/comments/_deleted_comment.html", "pk course_slug csrf_token", _with_key)
BRANCH = Stencil("blog/comments/_branch.html", "branch_author replies later")


@register.simple_tag(takes_context=True)
def thread(context, threads: Iterable[Line]) -> SafeString:
    """Return the lines of a thread on the page of its post in the course."""
    comments = MemberComments(context)
    return _lines(threads, comments.html, comments.author_name)


@register.simple_tag(takes_context=True)
def public_thread(context, threads: Iterable[Line]) -> SafeString:
    """Return the lines of a thread on the public page of its post."""
    comments = PublicComments(context)
    return _lines(threads, comments.html, comments.author_name)


def _lines(threads: Iterable[Line], html_of: Callable, author_of: Callable) -> SafeString:
    parts: list[str] = []
    for line in threads:
        if line.begins_new:
            words = _("New since your last visit")
            parts.append(format_html('<li class="since-visit"><span>{}</span></li>\n', words))
        parts += ("<li>", html_of(line))
        if line.replies:
            parts.append(_branch(line, html_of, author_of))
        parts.append("</li>\n")
    return mark_safe("".join(parts))


def _branch(line: Line, html_of: Callable, author_of: Callable) -> SafeString:
    """Return all that is below a comment, the later part of many replies folded."""
    later = line.folded_replies
    is_deleted = line.comment.is_deleted
    shape = BranchShape(is_deleted, bool(later), line.has_folded_news)
    return BRANCH.fill(
        shape,
        {
            "branch_author": "" if is_deleted else author_of(line.comment),
            "replies": _items(line.open_replies, html_of),
            "later": _items(later, html_of),
        },
    )


def _items(lines: Iterable[Line], html_of: Callable) -> SafeString:
    return mark_safe("".join([f"<li>{html_of(line)}</li>\n" for line in lines]))


class Writer(NamedTuple):
    """The writer of comments, as their reader knows them; ``name`` is for the words of a reply.

    A guest has an address of their own or none, a member the page of their username. All of it is
    escaped: two texts of which one is safe would else be the same to what keeps them.
    """

    author_name: SafeString
    name: SafeString
    author_address: SafeString
    username: SafeString
    face: SafeString


class Said(NamedTuple):
    """All that a plain comment prints besides its shape and the token of its forms.

    It has the words of the reader, the names as they know them and their course's zone in it, so
    what is kept for one reader is printed for another one only where it is the same. Texts are
    escaped (``Writer``).
    """

    language: str | None
    zone: str
    year: int
    course_slug: SafeString
    pk: int
    writer: Writer
    parent: int | str
    addressee: SafeString
    created_at: dt.datetime
    day: dt.date | None
    edited_at: dt.datetime | None
    html: str


# Comments that are kept as they are printed: some 5 kB each, and long ones, which are not, 10 kB.
MAX_KEPT = 3_000
MAX_KEPT_LENGTH = 1_500
TOKEN_PLACE = str(FIRST_PLACEHOLDER - 1)


def _printed(shape: CommentShape, said: Said) -> tuple[str, ...]:
    """Return a comment in parts: between them comes the token of its reader's forms."""
    if settings.DEBUG:  # whoever changes a template wants to see it
        return _plain_comment.__wrapped__(shape, said)
    return _plain_comment(shape, said)


@lru_cache(maxsize=MAX_KEPT)
def _plain_comment(shape: CommentShape, said: Said) -> tuple[str, ...]:
    course = SimpleNamespace(time_zone=said.zone)
    values = _values(said, course) | {"csrf_token": TOKEN_PLACE}
    return tuple(COMMENT.fill(shape, values, said.language).split(TOKEN_PLACE))


def _values(said: Said, course: Any) -> dict[str, Any]:
    """Return the values of a plain comment, except the token of forms."""
    return {
        "pk": said.pk,
        "course_slug": said.course_slug,
        **said.writer._asdict(),
        "others": "",
        **_times(said.created_at, said.day, course),
        "edited_at": at_time(said.edited_at, course) if said.edited_at else "",
        "parent": said.parent,
        "addressee": said.addressee,
        "passage": "",
        "body": _body(said.html),
        "notes": "",
    }


@lru_cache(maxsize=MAX_KEPT)
def _member(name: str, username: str, face: SafeString) -> Writer:
    """Return a member as a writer, by the name under which their reader knows them."""
    first = isolated(name.split(" ")[0])
    return Writer(escape(isolated(name)), escape(first), SafeString(), escape(username), face)


def _times(created_at: dt.datetime, on: dt.date | None, course) -> dict[str, SafeString | str]:
    """Return the time of a comment: the day in words, and the mark-up of the moment.

    Of some the day alone is known: ``on``.
    """
    if on is None:
        time = moment(created_at, course, "dt-published")
    else:
        time = day(on, course, "dt-published")
    return {"day": on_day(created_at, course), "time": time}


def _day_alone(comment: Comment) -> dt.date | None:
    return comment.day if comment.day_only else None


def _body(html: str) -> SafeString:
    return mark_safe(f'<div class="prose prose-s e-content">{html}</div>')


class Rights(NamedTuple):
    """A reader's rights over their own comments on a post, others' or a guest's."""

    edit: bool
    moderate: bool
    report: bool
    correct: bool
    use: bool


class Comments:
    """The comments on the post of a page, for its reader."""

    def __init__(self, context):
        self.context = context
        self.post: Post = context["post"]
        self.course_slug = escape(self.course.slug)
        self.language = get_language()

    @cached_property
    def course(self) -> Course:
        return self.context.get("course") or self.post.course

    def times(self, comment: Comment) -> dict[str, SafeString | str]:
        return _times(comment.created_at, _day_alone(comment), self.course)

    def part(self, name: str, comment: Comment, **more) -> SafeString:
        """Return a part that few comments have, by its template."""
        found = self.context.template.engine.get_template(f"blog/comments/{name}")
        with self.context.push(comment=comment, **more):
            return found.render(self.context)

    def passage(self, comment: Comment) -> SafeString | str:
        return self.part("_passage.html", comment) if comment.shown_passage else ""

    def body(self, comment: Comment) -> SafeString:
        text = _body(comment.html)
        return behind_note(text, comment.content_note) if comment.content_note else text


class MemberComments(Comments):
    """The comments on a post as a member of its course sees them."""

    def __init__(self, context):
        super().__init__(context)
        self.reader = context["user"]
        self.reader_key = self.reader.pk
        self.writers: dict[int | None, Writer] = {}
        self.rights: dict[tuple[bool, bool], Rights] = {}
        self.unseen = context["new_comments"].new
        self.can_comment = context["can_comment"]
        self.is_beyond_course = self.post.is_beyond_course
        self.year = today(self.course).year
        self.offered = context["addressee_offer"] and context["addressee_offer"].comment.pk

    def html(self, line: Line) -> SafeString:
        """Return a comment in its place."""
        comment: Any = line.comment
        if comment.is_deleted:
            return self._deleted(comment)
        writer = self._writer(comment)
        reply_to, addressee = self._addressee(line)
        shape = self._shape(line, writer, reply_to)
        said = Said(
            self.language,
            self.course.time_zone,
            self.year,
            self.course_slug,
            comment.pk,
            writer,
            line.reply_to.pk if line.reply_to else "",  # type: ignore[arg-type]
            addressee,
            comment.created_at,
            _day_alone(comment),
            comment.edited_at,
            comment.html,
        )
        if self._is_plain(comment):
            return mark_safe(self.csrf_token.join(_printed(shape, said)))
        values = _values(said, self.course) | {
            "csrf_token": self.csrf_token,
            "others": self._others_read(comment),
            "passage": self.passage(comment),
            "body": self._body(comment),
            "notes": self._notes(comment, writer),
        }
        return COMMENT.fill(shape, values, self.language)

    def _is_plain(self, comment: Any) -> bool:
        """Return whether a comment has no part that few comments have, and is not folded."""
        has_parts = comment.shown_passage or comment.content_note or self._has_notes(comment)
        is_short = len(comment.html) <= MAX_KEPT_LENGTH
        is_for_all = not comment.is_folded_for(self.reader) and not self._others_read(comment)
        return is_short and not has_parts and is_for_all

    def author_name(self, comment: Comment) -> SafeString:
        return self._writer(comment).author_name

    def _shape(self, line: Line, writer: Writer, reply_to: str) -> CommentShape:
        comment: Any = line.comment
        can, is_open = self._rights(comment), comment.is_open
        is_waiting = comment.state == Comment.State.WAITING
        return CommentShape(
            is_open=is_open,
            is_by_guest=comment.author_id is None,
            is_by_author=comment.author_id == self.post.author_id,
            has_address=bool(writer.author_address),
            reply_to=reply_to,
            is_imported=getattr(comment, "is_imported", False),
            is_edited=comment.edited_at is not None,
            is_new=line.is_new,
            is_unseen=comment.pk in self.unseen,
            readers=self._readers(comment),
            can_reply=is_open and self.can_comment,
            can_decide=is_waiting and can.moderate,
            has_menu=can.edit or can.report or can.moderate,
            can_edit=can.edit,
            can_use=is_open and can.use and not comment.shown_use,
            can_correct=can.correct and comment.pk in self.context["for_others"],
            is_moderated=can.moderate and not is_waiting,
            is_reported=can.report and not can.moderate and is_open,
        )

    @cached_property
    def csrf_token(self) -> str:
        return escape(str(self.context.get("csrf_token", "")))

    def _readers(self, comment: Comment) -> str:
        if comment.audience == Comment.Audience.TEAM:
            return "team"
        is_public = comment.audience == Comment.Audience.EVERYONE and self.is_beyond_course
        return "everyone" if is_public else ""

    def _others_read(self, comment: Comment) -> SafeString | str:
        """Return the name others read instead of one's own, where it is withheld."""
        if comment.author_id != self.reader_key:
            return ""
        others = others_read(comment.author, self.reader, self.course)
        return format_html("<span>{}</span>", others) if others else ""

    def _writer(self, comment: Comment) -> Writer:
        """Return who wrote a comment. A guest is another one each time."""
        if comment.author_id is None:
            guest = getattr(comment, "guest", None)
            return Writer(
                escape(isolated(comment.guest_name)),
                escape(comment.guest_name),
                escape(guest.website if guest else ""),
                SafeString(),
                comment_face(self.context, comment),
            )
        if comment.author_id not in self.writers:
            person: Any = comment.author
            name, face = name_for(person, self.reader), comment_face(self.context, comment)
            self.writers[comment.author_id] = _member(name, person.username, face)
        return self.writers[comment.author_id]

    def _rights(self, comment: Comment) -> Rights:
        """Return the reader's actions on a comment that is not deleted.

        The rules ask nothing else of a comment than on which post it is, and whose.
        """
        key = comment.author_id == self.reader_key, comment.author_id is None
        if key not in self.rights:
            self.rights[key] = Rights(
                access.can_edit_comment(self.reader, comment),
                access.can_moderate(self.reader, comment),
                access.can_report(self.reader, comment),
                access.can_correct_addressee(self.reader, comment),
                access.can_use_comment(self.reader, comment),
            )
        return self.rights[key]

    def _addressee(self, line: Line) -> tuple[str, SafeString]:
        """Return the words about the person a comment replies to, and their name."""
        comment: Any = line.comment
        if comment.addressee_corrected and comment.addressee_id:
            return "person", escape(isolated(name_for(comment.addressee, self.reader)))
        if line.reply_to:
            return "comment", self.author_name(line.reply_to)  # type: ignore[arg-type]
        return "unseen" if line.is_orphan else "", SafeString()

    def _body(self, comment: Comment) -> SafeString:
        """Return the text, folded where the reader has muted its author."""
        return behind_mute({"user": self.reader}, self.body(comment), comment)

    def _notes(self, comment: Comment, writer: Writer) -> SafeString | str:
        if not self._has_notes(comment):
            return ""
        return self.part("_comment_notes.html", comment, author_name=writer.author_name)

    def _has_notes(self, comment: Any) -> bool:
        is_known_of = comment.case_note or comment.shown_use or comment.pk == self.offered
        return bool(is_known_of) or not comment.is_open

    def _deleted(self, comment: Comment) -> SafeString:
        shape = DeletedShape(
            is_own=comment.author_id == self.reader_key,
            can_restore=access.can_edit_comment(self.reader, comment),
            is_undo=comment.pk in self.context["undone"],
        )
        values = {"pk": comment.pk, "course_slug": self.course.slug, "csrf_token": self.csrf_token}
        return DELETED.fill(shape, values)


class PublicComments(Comments):
    """The comments on the public page of a post, with the public names of their authors."""

    def html(self, line: Line) -> SafeString:
        """Return a comment in its place."""
        comment: Any = line.comment
        course_slug = ""  # a public page names no course
        if comment.is_deleted:
            values = {"pk": comment.pk, "course_slug": course_slug, "csrf_token": ""}
            return DELETED.fill(DeletedShape(), values)
        guest = getattr(comment, "guest", None)
        values = {
            "pk": comment.pk,
            "course_slug": course_slug,
            "author_name": self.author_name(comment),
            "author_address": guest.website if guest else "",
            **self.times(comment),
            "edited_at": at_time(comment.edited_at, self.course),
            "parent": line.reply_to.pk if line.reply_to else "",
            "addressee": self.author_name(line.reply_to) if line.reply_to else "",
            "passage": self.passage(comment),
            "body": self.body(comment),
        }
        orphan = "unseen" if line.is_orphan else ""
        shape = PublicShape(
            is_by_guest=comment.author_id is None,
            is_by_author=comment.author_id == self.post.author_id,
            has_address=bool(values["author_address"]),
            reply_to="comment" if line.reply_to else orphan,
            is_edited=comment.edited_at is not None,
            has_history=comment.has_public_history,
            can_reply=bool(self.context.get("can_comment_as_guest")),
        )
        return PUBLIC_COMMENT.fill(shape, values, self.language)

    def author_name(self, comment) -> str:
        if comment.author_id is None:
            return isolated(comment.guest_name)
        return isolated(name_for(comment.author, self.context.get("user"), public=True))
