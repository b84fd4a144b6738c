"""The content of a file of WordPress, as far as a course can take it. Pure."""

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

MAX_POSTS = 400  # of one import: each has a row in the preview
MAX_COMMENTS = 10_000
MAX_TITLE_CHARS = 200
MAX_NAME_CHARS = 80
MAX_STORED_BYTES = 80_000_000


class WordPressRefused(Exception):
    """A file is not read; ``reason`` says why, ``line`` and ``column`` where, from 1."""

    def __init__(self, reason: str, *, line: int = 0, column: int = 0, name: str = "") -> None:
        super().__init__(reason)
        self.reason, self.line, self.column, self.name = reason, line, column, name


@dataclass(frozen=True)
class Author:
    """Somebody who wrote posts or comments. ``email`` is never stored."""

    key: str
    name: str
    email: str = ""
    has_account: bool = False  # in WordPress, so nobody else could write under this name


@dataclass(frozen=True)
class Comment:
    """A comment, or a reply to the comment ``parent``; without ``author`` nobody is named."""

    key: str
    author: str
    at: str
    html: str
    is_waiting: bool = False
    parent: str = ""
    markdown: str = ""


@dataclass(frozen=True)
class Post:
    """A published post. ``markdown`` is its text in a file that this program wrote."""

    key: str
    title: str
    author: str
    at: str
    html: str
    is_private: bool = False
    # Private in WordPress, but not here, says the file; anybody can write that into one.
    was_open_to_course: bool = False
    markdown: str = ""
    content_note: str = ""
    references: tuple[dict, ...] = ()
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True)
class Attachment:
    """A file of the media library: where it was, and what it shows."""

    number: str
    address: str
    alternative: str = ""


@dataclass(frozen=True)
class Repair:
    """One thing that was changed so that a file is XML; ``kind`` is one of ``repair.KINDS``."""

    line: int
    kind: str
    file: str = ""


@dataclass(frozen=True)
class Export:
    """One or several files of a blog. ``left_out`` counts what a course does not take, by kind."""

    title: str = ""
    version: str = ""
    authors: tuple[Author, ...] = ()
    posts: tuple[Post, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)
    repairs: tuple[Repair, ...] = ()
    broken: tuple[tuple[str, int, int], ...] = ()  # files that are no XML, with line and column

    def pack(self) -> bytes:
        """Return it for storing: without emails, and without authors that nothing is by."""
        used = {one.author for one in self.posts}
        used |= {one.author for post in self.posts for one in post.comments}
        authors = tuple(replace(one, email="") for one in self.authors if one.key in used)
        content = json.dumps(asdict(replace(self, authors=authors)), ensure_ascii=False)
        return zlib.compress(content.encode("utf-8", "replace"), 6)

    @classmethod
    def unpack(cls, packed: bytes) -> "Export":
        unpacker = zlib.decompressobj()
        content = json.loads(unpacker.decompress(bytes(packed), MAX_STORED_BYTES))
        posts = tuple(_post(one) for one in content["posts"])
        return cls(
            title=content["title"],
            version=content["version"],
            authors=tuple(Author(**one) for one in content["authors"]),
            posts=posts,
            attachments=tuple(Attachment(**one) for one in content["attachments"]),
            left_out=content["left_out"],
            repairs=tuple(Repair(**one) for one in content["repairs"]),
            broken=tuple((name, line, column) for name, line, column in content["broken"]),
        )


def _post(content: dict[str, Any]) -> Post:
    comments = tuple(Comment(**one) for one in content.pop("comments"))
    references = tuple(content.pop("references"))
    return Post(**content, comments=comments, references=references)


def digest(*parts: str) -> str:
    """Return a short name for something of another site, from which that cannot be read."""
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()


def joined(exports: Iterable[Export]) -> Export:
    """Return the files of one blog as one: WordPress divides large exports.

    A post that is in two of them is one post, with the comments of both. Raises WordPressRefused
    for more than one import takes.
    """
    exports = list(exports)
    posts: dict[str, Post] = {}
    authors: dict[str, Author] = {}
    attachments: dict[str, Attachment] = {}
    left_out: Counter[str] = Counter()
    for export in exports:
        for post in export.posts:
            posts[post.key] = _with_comments(posts[post.key], post) if post.key in posts else post
        for author in export.authors:
            if not (author.key in authors and authors[author.key].has_account):
                authors[author.key] = author
        attachments |= {one.address: one for one in export.attachments}
        left_out.update(export.left_out)
    if len(posts) > MAX_POSTS:
        raise WordPressRefused("too_many_posts")
    if sum(len(post.comments) for post in posts.values()) > MAX_COMMENTS:
        raise WordPressRefused("too_many_comments")
    return Export(
        title=next((one.title for one in exports if one.title), ""),
        version=next((one.version for one in exports if one.version), ""),
        authors=tuple(authors.values()),
        posts=tuple(sorted(posts.values(), key=lambda post: (post.at, post.key))),
        attachments=tuple(attachments.values()),
        left_out=dict(left_out),
        repairs=tuple(repair for one in exports for repair in one.repairs),
        broken=tuple(place for one in exports for place in one.broken),
    )


def _with_comments(post: Post, again: Post) -> Post:
    known = {one.key for one in post.comments}
    return replace(
        post, comments=(*post.comments, *(c for c in again.comments if c.key not in known))
    )
