"""People who cite a work, and their words about it: the reader's contacts, and the others."""

import re
from dataclasses import dataclass

from blog.models import Course, Post, Reference, Revision, User, Work
from blog.text.inline_citations import anchor
from network.ties import ties_of

MAX_POSTS = 10

PARAGRAPH = re.compile(r'<p\b[^>]*\sid="p([0-9]+)"')


@dataclass(frozen=True)
class CitingPost:
    """A post that cites a work, with the first paragraph that does, as its readers see it.

    A quotation, a list and a table are no paragraphs: of what cites it there, the paragraph that
    follows says what its author makes of it.

    ``paragraph`` is its number, and ``words`` are the post's content note where it has one.
    """

    post: Post
    paragraph: int | None
    words: str


@dataclass(frozen=True)
class CitingPosts:
    """The newest posts of one's contacts, or of everybody else, that cite a work."""

    posts: list[CitingPost]
    is_outside: bool
    has_more: bool


def citing_posts_of_contacts(
    reader: User, course: Course, work: Work, *, outside: bool = False
) -> CitingPosts:
    """Return comments on a work by students whom the reader exchanges comments with.

    With ``outside`` what all others say whose posts the reader sees, the teaching team too.
    """
    contacts = [tie.peer.pk for tie in ties_of(reader, course) if tie.units]
    visible = Post.objects.published_for(reader, course).exclude(author=reader)
    if outside:
        visible = visible.exclude(author__in=contacts)
    else:
        visible = visible.filter(author__in=contacts)
    references = (
        Reference.objects.cited_in(visible)
        .filter(canonical_work=work.pk)
        .select_related("post__author", "post__revision")
        .order_by("-post__published_at", "-post__pk")
    )
    found = {reference.post_id: reference for reference in references[: 2 * MAX_POSTS + 2]}
    posts = [_citing_post(reference) for reference in found.values()]
    return CitingPosts(posts[:MAX_POSTS], outside, len(posts) > MAX_POSTS)


def _citing_post(reference: Reference) -> CitingPost:
    post = reference.post
    revision = post.revision
    if revision is None or revision.content_note:
        return CitingPost(post, None, revision.shown_excerpt if revision else "")
    number = _paragraph_of(revision, reference.key)
    if number is None or number > len(revision.paragraphs):
        return CitingPost(post, None, revision.excerpt)
    return CitingPost(post, number, revision.paragraphs[number - 1])


def _paragraph_of(revision: Revision, key: str) -> int | None:
    """Return the first paragraph that cites a key, or the one next to what does, if any."""
    for one in revision.references:
        if one["key"] == key and one["cited_in"]:
            return min(one["cited_in"])
    before, cite, after = revision.html.partition(f'href="#{anchor(key)}"')
    if not cite:
        return None
    if following := PARAGRAPH.search(after):
        return int(following[1])
    earlier = PARAGRAPH.findall(before)
    return int(earlier[-1]) if earlier else None
