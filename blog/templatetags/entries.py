"""Entries of lists of posts: a page has ten or more, so they are a stencil."""

from collections.abc import Iterable
from typing import NamedTuple

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from blog import access
from blog.models import Post, name_for
from blog.templatetags.dates import day, on_day
from blog.templatetags.faces import face_by_name
from blog.templatetags.names import isolated
from blog.templatetags.stencils import Stencil

register = template.Library()


class EntryShape(NamedTuple):
    """The parts of an entry; ``comments`` are its words about them.

    "own": the reader has commented; "waiting": a first one that the reader can write; "none"; or
    "last": when the last one was.
    """

    has_author: bool
    has_pod: bool
    has_prompt: bool
    comments: str
    has_new_comments: bool


ENTRY = Stencil(
    "blog/posts/_post_entry.html",
    "course_slug post_slug username face name pod day prompt_title title named notes excerpt"
    " comment_day",
)


@register.simple_tag(takes_context=True)
def post_entries(context, posts: Iterable[Post], hide_author=False, hide_prompt=False):
    """Return the entries of posts from ``posts_for_list``.

    A person's own page hides the author, and the list of one prompt its title.
    """
    entries = _Entries(context, has_author=not hide_author, has_prompt=not hide_prompt)
    return mark_safe("".join([entries.of(post) for post in posts]))


class _Entries:
    """The entries of a page for its reader."""

    def __init__(self, context, *, has_author: bool, has_prompt: bool):
        self.context, self.reader, self.course = context, context["user"], context["course"]
        self.has_author, self.has_prompt = has_author, has_prompt
        self.can_comment = access.can_comment_in(self.reader, self.course)
        self.language = get_language()

    def of(self, post) -> SafeString:
        author, prompt = post.author, post.prompt if self.has_prompt else None
        name = name_for(author, self.reader)
        comments, comment_day = self._comments_on(post)
        shape = EntryShape(
            self.has_author,
            bool(post.author_pod),
            prompt is not None,
            comments,
            post.has_new_comments,
        )
        values = {
            "course_slug": self.course.slug,
            "post_slug": post.slug,
            "username": author.username,
            "face": face_by_name(author, name, self.reader),
            "name": isolated(name),
            "pod": post.author_pod or "",
            "day": day(post.published_at, self.course, "dt-published"),
            "prompt_title": prompt.title if prompt else "",
            "title": post.revision.title,
            "named": isolated(post.title),
            "notes": self._notes_of(post),
            "excerpt": post.revision.shown_excerpt,
            "comment_day": isolated(on_day(comment_day, self.course)),
        }
        return ENTRY.fill(shape, values, self.language)

    def _comments_on(self, post) -> tuple[str, object]:
        """Return an entry's words about the comments, and its day."""
        is_own = post.author_id == self.reader.pk
        if post.commented_on and not is_own:
            return "own", post.commented_on
        if not post.is_answered:
            return "waiting" if self.can_comment and not is_own else "none", None
        return ("last" if post.last_comment_on else ""), post.last_comment_on

    def _notes_of(self, post) -> SafeString | str:
        """Return what few posts have: that they come from elsewhere, and that not all see them."""
        if not (post.source_url or post.is_hidden or post.is_restricted):
            return ""
        notes = self.context.template.engine.get_template("blog/posts/_post_notes.html")
        return notes.render(self.context.new({"post": post, "user": self.reader}))
