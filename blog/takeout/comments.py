"""Comments that a person gave and received, each with what it is on."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from blog.models import Comment, CommentUse, Course, Post, User, name_for
from blog.takeout.offline import for_folder
from blog.takeout.texts import moment
from blog.text.threads import Line, lay_out

ROWS_AT_A_TIME = 200
# What an entry is made of.
WITH_CONTEXT = (
    *("author", "passage", "post__revision", "post__author", "parent__author"),
    "use__revision__post",
)


@dataclass(frozen=True)
class Entry:
    """A comment as files show it. Words of others are there as far as its reader sees them now."""

    pk: int
    heading: str
    address: str
    author: str
    at: str
    states: list[str]
    passage: str
    parent_author: str
    parent_text: str
    parent_html: str
    text: str
    html: str
    is_folded: bool


class Conversation:
    """The comments of a course that concern one person, as they see them now.

    Whoever has left the course knows its people by their public names alone, and sees of what
    others wrote what everybody sees; their own words stay theirs.
    """

    def __init__(self, person: User, course: Course, *, is_member: bool):
        self.person, self.course, self.is_member = person, course, is_member

    def name(self, person: User | None) -> str:
        """Return the name under which the reader knows somebody of this course."""
        if person is not None and person.pk == self.person.pk:
            return name_for(person, self.person)
        return name_for(person, self.person, public=not self.is_member and person is not None)

    def given(self) -> QuerySet[Comment]:
        """Return the person's comments that are not deleted, the oldest first."""
        own = Comment.objects.by(self.person).filter(post__course=self.course, deleted_at=None)
        return own.order_by("created_at", "pk")

    def received(self) -> QuerySet[Comment]:
        """Return others' comments on the person's posts, or to them, the oldest first."""
        to_them = Q(post__author=self.person) | Q(addressee=self.person)
        to_them |= Q(parent__author=self.person)
        seen = Comment.objects.visible_to(self.person).filter(
            to_them, post__course=self.course, deleted_at=None
        )
        return seen.exclude(author=self.person).order_by("created_at", "pk")

    def entries(self, comments: QuerySet[Comment]) -> Iterator[Entry]:
        """Yield comments with their context, of which few are in memory at a time."""
        rows = comments.select_related(*WITH_CONTEXT)
        found = rows.iterator(ROWS_AT_A_TIME)
        while some := list(islice(found, ROWS_AT_A_TIME)):
            posts = Post.objects.visible_to(self.person).filter(pk__in={c.post_id for c in some})
            seen = set(posts.values_list("pk", flat=True))
            parents = Comment.objects.visible_to(self.person).filter(
                pk__in={c.parent_id for c in some if c.parent_id}, deleted_at=None
            )
            seen_parents = set(parents.values_list("pk", flat=True))
            for comment in some:
                yield self._entry(comment, seen, seen_parents)

    def threads(self, post: Post) -> list[tuple[Entry, list[Entry]]]:
        """Return the threads under one of the person's own posts, in two levels."""
        visible = Comment.objects.visible_to(self.person).on(post).values("pk")
        comments = Comment.objects.on(post).filter(
            Q(pk__in=visible) | Q(author=self.person), deleted_at=None
        )
        rows = list(comments.select_related(*WITH_CONTEXT).order_by("created_at", "pk"))
        known = {comment.pk for comment in rows}

        def entry(line: Line) -> Entry:
            return self._entry(line.comment, {post.pk}, known)  # type: ignore[arg-type]

        return [(entry(line), [entry(reply) for reply in line.replies]) for line in lay_out(rows)]

    def _entry(self, comment: Comment, seen_posts: set[int], seen_parents: set[int]) -> Entry:
        post, parent = comment.post, comment.parent
        post.course = self.course
        if parent is not None:
            parent.post = post
        is_own = post.author_id == self.person.pk
        sees_post = is_own or post.pk in seen_posts
        sees_parent = parent is not None and (
            parent.pk in seen_parents or parent.author_id == self.person.pk
        )
        if parent is None or parent.deleted_at is not None:
            parent_author = parent_text = parent_html = ""
        elif sees_parent and not parent.is_folded_for(self.person):
            parent_author, parent_text = self._writer(parent), parent.text
            parent_html = self._html(parent, sees_post)
        else:
            parent_author, parent_html = _("a comment you cannot see"), ""
            parent_text = "…"
        return Entry(
            pk=comment.pk,
            heading=self._heading(post, sees_post),
            address=settings.SITE_URL + comment.get_absolute_url() if sees_post else "",
            author=self._writer(comment),
            at=moment(comment.created_at, self.course.zone),
            states=self._states(comment),
            passage=_passage(comment, is_own, sees_post),
            parent_author=parent_author,
            parent_text=parent_text,
            parent_html=parent_html,
            text=comment.text,
            html=self._html(comment, sees_post),
            is_folded=comment.is_folded_for(self.person),
        )

    def _heading(self, post: Post, sees_post: bool) -> str:
        if not sees_post:
            return _("On a post you cannot see now")
        title = " ".join((post.revision.title if post.revision else post.title).split())
        if post.author_id == self.person.pk:
            return _("On my post “%(title)s”") % {"title": title}
        words = {"title": title, "name": self.name(post.author)}
        return _("On “%(title)s” by %(name)s") % words

    def _writer(self, comment: Comment) -> str:
        return self.name(comment.author) if comment.author_id else comment.guest_name

    def _states(self, comment: Comment) -> list[str]:
        states = []
        if comment.state != Comment.State.OPEN:
            states.append(str(comment.get_state_display()))
        if comment.audience == Comment.Audience.TEAM:
            states.append(_("Private: for the post’s author and the teaching team"))
        if comment.content_note:
            states.append(comment.content_note)
        if comment.edited_at:
            states.append(_("edited %(at)s") % {"at": moment(comment.edited_at, self.course.zone)})
        if comment.post.author_id == self.person.pk and hasattr(comment, "use"):
            states.append(self._use(comment.use))
        return states

    def _use(self, use: CommentUse) -> str:
        """Return, in words, the use of a comment on the person's own post."""
        if use.revision is None:
            return _("In my plan for the next version")
        if use.other_post is not None:
            return _("I used this in my post “%(title)s”") % {"title": use.other_post.title}
        at = moment(use.revision.created_at, self.course.zone)
        return _("I used this in the version of %(at)s") % {"at": at}

    def _html(self, comment: Comment, sees_post: bool) -> str:
        page = comment.post.get_absolute_url() if sees_post else "/"
        return for_folder(comment.html, settings.SITE_URL, page, {})


def _passage(comment: Comment, is_own: bool, sees_post: bool) -> str:
    """Return the words that a comment is on, if its reader sees them in the post now.

    Nothing is quoted from behind a content note.
    """
    passage = getattr(comment, "passage", None)
    revision = comment.post.revision
    if passage is None or not sees_post or (revision and revision.content_note):
        return ""
    return passage.exact if is_own or passage.start_now is not None else ""
