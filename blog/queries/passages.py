"""Passages of a post: the one that a reader selected, and those that comments on a page are on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from blog import access
from blog.exceptions import Refused
from blog.models import Comment, Passage, Post, Revision, User
from blog.text.passages import (
    Marked,
    PassageText,
    Place,
    Selection,
    find_again,
    find_selection,
    link_numbers,
    mark_passages,
    quote,
    read,
)
from blog.text.threads import replied_to

MAX_QUOTATION_CHARS = 2000


@dataclass(frozen=True)
class ShownPassage:
    """The passage of a comment as one reader sees it.

    ``words`` are those that were quoted, from the version with the number ``version``. They are
    empty if the passage is gone from the post, and the reader could not read that version.
    ``address`` leads to the passage on the page of the post.
    """

    words: str
    version: int
    is_gone: bool
    is_changed: bool = False
    paragraph: int | None = None
    address: str = ""


@dataclass(frozen=True)
class TextBlock:
    """Some of the HTML of a post, and the comments on passages that begin at its end."""

    html: str
    comments: Sequence[Comment] = ()

    @property
    def writers(self) -> list[Comment]:
        """Return the comments, but one for each person."""
        by_writer: dict[object, Comment] = {}
        for comment in self.comments:
            by_writer.setdefault(comment.author_id or comment.guest_name, comment)
        return list(by_writer.values())


def text_with_passages(
    post: Post, comments: Sequence[Comment], reader: User, *, can_comment: bool = False
) -> list[TextBlock]:
    """Return the text of a post in blocks, with the passages marked that ``comments`` are on.

    ``comments`` are what the reader sees in the thread; those on a passage get their ShownPassage
    as ``shown_passage``, and ``has_replies``. Comments that are deleted, hidden or waiting are not
    marked in the text. Who can comment gets links to do so at the numbers of paragraphs. It asks
    the database for nothing.
    """
    if post.revision is None:
        return []
    on_passage = [comment for comment in comments if hasattr(comment, "passage")]
    blocks = [TextBlock(post.revision.html)]
    if on_passage:
        source = read(post.revision.html)
        open_here = {comment.pk: comment for comment in on_passage if comment.is_open}
        places = {pk: comment.passage.place_now for pk, comment in open_here.items()}
        marked = mark_passages(source, {pk: place for pk, place in places.items() if place})
        with_replies = replied_to(comments)
        for comment in on_passage:
            comment.has_replies = comment.pk in with_replies
            comment.shown_passage = _shown(comment, source, marked, reader)
        blocks = [
            TextBlock(block.html, [open_here[key] for key in block.passages])
            for block in marked.blocks
        ]
    if not can_comment:
        return blocks
    label = _("Comment on paragraph %d")
    return [TextBlock(link_numbers(block.html, label), block.comments) for block in blocks]


def passage_selected(post: Post, selection: Selection, reader: User) -> Passage:
    """Return the passage that a reader selected, not stored yet.

    It is searched in the version that ``post`` has: whoever stores it has locked the post, and asks
    again if that has another one, or if its words were written over, as a decision on a name does.
    A search in a long text takes a while, so it is better done before that.

    What was selected in an earlier version, as somebody else or another tab published meanwhile,
    is kept as it was quoted, if the passage is still in the post. Raises Refused otherwise.
    """
    revision = _revision_of(post, selection, reader)
    source = read(revision.html)
    place = _one_place(find_selection(source, selection), selection)
    if place.end - place.start > MAX_QUOTATION_CHARS and selection.words.strip():
        raise _refusal(
            _("This passage is too long. Choose up to %(count)d characters.")
            % {"count": MAX_QUOTATION_CHARS}
        )
    now: Place | None = place
    quotation = quote(source.text, place)
    if revision != post.revision:
        assert post.revision is not None
        now = find_again(quotation, place, source.text, read(post.revision.html).text)
        if now is None:
            raise _refusal(_not_there_now())
    passage = Passage(
        revision=revision,
        exact=quotation.exact,
        prefix=quotation.prefix,
        suffix=quotation.suffix,
        start=place.start,
        end=place.end,
    )
    passage.place_now = now
    return passage


def _revision_of(post: Post, selection: Selection, reader: User) -> Revision:
    """Return the version that a selection was made in, if the reader could read it."""
    if post.revision is not None and post.revision.number == selection.revision:
        return post.revision
    revision = post.revisions.filter(number=selection.revision).first()
    if revision is None or not access.can_read_version(reader, post, revision):
        raise _refusal(_not_there_now())
    return revision


def _one_place(places: list[Place], selection: Selection) -> Place:
    if len(places) == 1:
        return places[0]
    if places:
        raise _refusal(_("These words are there more than once. Add a word before or after them."))
    if selection.paragraph:
        raise _refusal(
            _(
                "These words are not in paragraph %(number)d. Copy them from there, or leave this "
                "field empty to comment on the whole paragraph."
            )
            % {"number": selection.paragraph}
        )
    raise _refusal(_("These words are not in the post. Copy them from there."))


def _not_there_now() -> str:
    return _(
        "This post has a new version, and this passage is not in it any more. Choose another one, "
        "or comment on the whole post."
    )


def _refusal(message: str) -> Refused:
    return Refused(message, field="quotation")


def _shown(
    comment: Comment, source: PassageText, marked: Marked, reader: User
) -> ShownPassage | None:
    if comment.is_deleted:
        return None
    passage, post = comment.passage, comment.post
    place = passage.place_now
    is_theirs = reader.is_authenticated and comment.author_id == reader.pk
    can_read = is_theirs or access.can_read_version(reader, post, passage.revision)
    # Nothing is quoted from behind the content note of an earlier version either.
    can_quote = can_read and not passage.revision.content_note
    fields: dict[str, Any] = {"version": passage.revision.number}
    if place is None:
        return ShownPassage(passage.exact if can_quote else "", is_gone=True, **fields)
    words = source.text[slice(*place)]
    paragraph = source.paragraph_at(place.start)
    anchor = marked.anchors.get(comment.pk) or (f"p{paragraph}" if paragraph else "post-title")
    return ShownPassage(
        passage.exact if can_quote else words,
        is_gone=False,
        is_changed=words != passage.exact,
        paragraph=paragraph,
        address=f"#{anchor}",
        **fields,
    )
