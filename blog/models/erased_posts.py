"""Erase the words of a post, in all its versions; its row stays where others wrote below it."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import RANDOM_STRING_CHARS, get_random_string

from blog.models.comment_uses import CommentUse
from blog.models.comments import Comment
from blog.models.draft_snapshots import DraftSnapshot
from blog.models.drafts import Draft
from blog.models.notifications import Notification
from blog.models.passages import Passage
from blog.models.pictures import Picture
from blog.models.post_links import PostLink
from blog.models.posts import Post
from blog.models.process_notes import HelpStatement, ProcessNote
from blog.models.references import Reference
from blog.models.revisions import Revision
from blog.models.search import SearchEntry


def erase_post(post: Post, *, title: str, words: str) -> None:
    """Erase the words of a post in all its versions. Under one that others commented on, their
    comments stay in their place; any other is deleted.

    ``title`` and ``words`` stand for its own. Where it is cited, ``cite_erased`` writes it over.
    """
    Revision.objects.filter(post=post).update(
        title=title,
        text="",
        content_note="",
        html=f"<p>{words}</p>",
        excerpt=words,
        paragraphs=[],
        references=[],
        words=0,
        citations=0,
    )
    others = Comment.objects.on(post).filter(deleted_at=None).exclude(author=post.author)
    if not (post.is_published and others.exists()):
        post.deleted_at = post.deleted_at or timezone.now()
    post.title, post.slug, post.left_open = title, unused_name("post"), {}
    post.source_url, post.follows_source = "", False
    fields = ["title", "slug", "left_open", "source_url", "follows_source", "deleted_at"]
    post.save(update_fields=fields)
    Passage.objects.on(post).delete()  # others quoted these words
    for rows in (
        PostLink.objects.filter(post=post),
        CommentUse.objects.filter(comment__post=post),
        ProcessNote.objects.filter(post=post),
        HelpStatement.objects.filter(post=post),
        DraftSnapshot.objects.filter(post=post),
        Draft.objects.of_posts().filter(post=post),
        Reference.objects.filter(post=post),
        Notification.objects.filter(post=post),
    ):
        rows.delete()
    published = Post.objects.filter(pk=post.pk, revision__isnull=False)
    SearchEntry.objects.keep("post", published.select_related("revision"))
    _delete_pictures(Picture.objects.filter(post=post))


def unused_name(kind: str) -> str:
    """Return a name that nobody can have foreseen and taken."""
    return f"erased-{kind}-{get_random_string(16, RANDOM_STRING_CHARS.lower())}"


def _delete_pictures(pictures: Iterable[Picture]) -> None:
    """Delete pictures, and their files once that is sure."""
    for picture in pictures:
        picture.delete()
        transaction.on_commit(picture.delete_files, robust=True)
