"""Write posts and comments as WordPress exports them: WXR 1.2. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from blog.text.xml_signs import UNWRITABLE

VERSION = "1.2"
HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- A file for the importer of WordPress (Tools, Import, WordPress), and for other programs that read its exports. -->
<rss version="2.0"
\txmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:wfw="http://wellformedweb.org/CommentAPI/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:wp="http://wordpress.org/export/1.2/"
>
<channel>
"""  # noqa: E501
TAIL = "</channel>\n</rss>\n"


@dataclass(frozen=True)
class WrittenComment:
    """A comment of a file. ``parent`` is the number of what it replies to, 0 for none.

    ``account`` is 1 for the author of the file, 0 for everybody else.
    """

    number: int
    name: str
    at: datetime
    html: str
    parent: int = 0
    account: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WrittenPost:
    """A post of a file; ``status`` is one of WordPress: publish, private, draft."""

    number: int
    title: str
    slug: str
    address: str
    name: str
    at: datetime
    html: str
    status: str
    comments: tuple[WrittenComment, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class WrittenFile:
    """A picture of a post."""

    number: int
    post: int
    name: str
    address: str
    alternative: str
    at: datetime


@dataclass(frozen=True)
class WrittenBlog:
    """The owner of the file, and its course."""

    title: str
    address: str
    login: str
    name: str
    email: str
    at: datetime


def write_head(blog: WrittenBlog) -> str:
    """Return the part before the items."""
    return "".join(
        [
            HEAD,
            _line("title", blog.title),
            _line("link", blog.address),
            _line("description", ""),
            _line("pubDate", format_datetime(blog.at.astimezone(UTC))),
            _line("wp:wxr_version", VERSION),
            _line("wp:base_site_url", blog.address),
            _line("wp:base_blog_url", blog.address),
            "<wp:author>",
            _element("wp:author_id", "1"),
            _element("wp:author_login", blog.login),
            _element("wp:author_email", blog.email),
            _element("wp:author_display_name", blog.name),
            _element("wp:author_first_name", ""),
            _element("wp:author_last_name", ""),
            "</wp:author>\n",
            _line("generator", "Commonplace"),
        ]
    )


def write_post(post: WrittenPost, login: str) -> Iterator[str]:
    """Yield one item: a post with its comments."""
    yield "<item>\n"
    yield _line("title", post.title)
    yield _line("link", post.address)
    yield from _of_item(login, post.name, post.number, post.at, post.html)
    yield _line("wp:post_name", post.slug)
    yield _line("wp:status", post.status)
    yield _line("wp:post_parent", "0")
    yield _line("wp:post_type", "post")
    yield from _end_of_item(post.fields)
    for comment in post.comments:
        yield from _comment(comment)
    yield "</item>\n"


def write_file(file: WrittenFile, login: str) -> Iterator[str]:
    """Yield one item: a picture."""
    yield "<item>\n"
    yield _line("title", file.name)
    yield _line("link", file.address)
    yield from _of_item(login, file.address, file.number, file.at, "")
    yield _line("wp:post_name", file.name)
    yield _line("wp:status", "inherit")
    yield _line("wp:post_parent", str(file.post))
    yield _line("wp:post_type", "attachment")
    yield _line("wp:attachment_url", file.address)
    yield from _end_of_item({"_wp_attachment_image_alt": file.alternative})
    yield "</item>\n"


def _of_item(login: str, name: str, number: int, at: datetime, html: str) -> Iterator[str]:
    yield _line("pubDate", format_datetime(at.astimezone(UTC)))
    yield _line("dc:creator", login)
    yield f'<guid isPermaLink="false">{_text(name)}</guid>\n'
    yield _line("description", "")
    yield _line("content:encoded", html)
    yield _line("excerpt:encoded", "")
    yield _line("wp:post_id", str(number))
    yield _line("wp:post_date", _local(at))
    yield _line("wp:post_date_gmt", _gmt(at))
    yield _line("wp:comment_status", "open")
    yield _line("wp:ping_status", "closed")


def _end_of_item(fields: Mapping[str, str]) -> Iterator[str]:
    yield _line("wp:menu_order", "0")
    yield _line("wp:post_password", "")
    yield _line("wp:is_sticky", "0")
    for key, value in fields.items():
        yield _meta("wp:postmeta", key, value)


def _comment(comment: WrittenComment) -> Iterator[str]:
    yield "<wp:comment>\n"
    yield _line("wp:comment_id", str(comment.number))
    yield _line("wp:comment_author", comment.name)
    yield _line("wp:comment_author_email", "")
    yield _line("wp:comment_author_url", "")
    yield _line("wp:comment_author_IP", "")
    yield _line("wp:comment_date", _local(comment.at))
    yield _line("wp:comment_date_gmt", _gmt(comment.at))
    yield _line("wp:comment_content", comment.html)
    yield _line("wp:comment_approved", "1")
    yield _line("wp:comment_type", "comment")
    yield _line("wp:comment_parent", str(comment.parent))
    yield _line("wp:comment_user_id", str(comment.account))
    for key, value in comment.fields.items():
        yield _meta("wp:commentmeta", key, value)
    yield "</wp:comment>\n"


def _meta(name: str, key: str, value: str) -> str:
    inner = _element("wp:meta_key", key) + _element("wp:meta_value", value)
    return f"<{name}>{inner}</{name}>\n"


def _line(name: str, words: str) -> str:
    return _element(name, words) + "\n"


def _element(name: str, words: str) -> str:
    return f"<{name}>{_text(words)}</{name}>"


def _text(words: str) -> str:
    """Return words for an element: as they are where that is short, else in CDATA."""
    words = UNWRITABLE.sub("", words).replace("\r\n", "\n").replace("\r", "\n")
    if "<" in words or "&" in words or "\n" in words or "]]>" in words:
        return f"<![CDATA[{words.replace(']]>', ']]]]><![CDATA[>')}]]>"
    return escape(words)


def _gmt(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def _local(at: datetime) -> str:
    """Return a moment on the clock of its zone."""
    return f"{at:%Y-%m-%d %H:%M:%S}"
