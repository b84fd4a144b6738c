"""
Read a file that WordPress exported, element by element. Pure.

Only what is named here is read, under whichever address the file has for its prefixes: versions
1.0 to 1.2, with and without a version, from http and https. A document type is refused, and with it
everything that XML can do to its reader.
"""

import re
from collections import Counter
from collections.abc import Container
from datetime import datetime, tzinfo
from html import unescape
from typing import Any
from xml.parsers import expat

from blog.text.invisible import strip_directions
from blog.wordpress.dates import moment_of
from blog.wordpress.decoding import decode
from blog.wordpress.items import (
    MAX_NAME_CHARS,
    MAX_TITLE_CHARS,
    Attachment,
    Author,
    Comment,
    Export,
    Post,
    Repair,
    WordPressRefused,
    digest,
)
from blog.wordpress.own_fields import read_own_fields, was_open_to_course
from blog.wordpress.repair import repair

MAX_DEPTH = 30
# Of one file, and more than a course takes: much of a blog stays out, and it takes its time too.
MAX_ITEMS = 20_000
MAX_COMMENTS_READ = 50_000
MAX_ELEMENTS = 1_000_000
NAMESPACES = (
    (re.compile(r"https?://wordpress\.org/export/\d\.\d/excerpt/?"), "excerpt"),
    (re.compile(r"https?://wordpress\.org/export/\d\.\d/?"), "wp"),
    (re.compile(r"https?://purl\.org/rss/1\.0/modules/content/?"), "content"),
    (re.compile(r"https?://purl\.org/dc/elements/1\.1/?"), "dc"),
)
OF_CHANNEL = {"title", "link", "wp:wxr_version", "wp:base_blog_url"}
OF_AUTHOR = {"wp:author_id", "wp:author_login", "wp:author_email", "wp:author_display_name"}
OF_ITEM = {
    *("title", "link", "pubDate", "dc:creator", "guid", "content:encoded", "wp:post_id"),
    *("wp:post_date", "wp:post_date_gmt", "wp:status", "wp:post_type", "wp:post_password"),
    *("wp:attachment_url", "excerpt:encoded"),
}
# Not the address of the machine that it was sent from, nor the program.
OF_COMMENT = {
    *("wp:comment_id", "wp:comment_author", "wp:comment_author_email", "wp:comment_date"),
    *("wp:comment_date_gmt", "wp:comment_content", "wp:comment_approved", "wp:comment_type"),
    *("wp:comment_parent", "wp:comment_user_id"),
}
OF_META = {"wp:meta_key", "wp:meta_value"}
CONTAINERS = {"rss", "channel", "item", "wp:author", "wp:comment", "wp:postmeta", "wp:commentmeta"}
LEAVES = {
    "channel": OF_CHANNEL,
    "item": OF_ITEM,
    "wp:author": OF_AUTHOR,
    "wp:comment": OF_COMMENT,
    "wp:postmeta": OF_META,
    "wp:commentmeta": OF_META,
}
NO_COMMENTS = {"pingback", "trackback"}
GONE = {"trash", "post-trashed", "spam"}
TAG = re.compile(r"<[^<>]{0,2000}>")


def read_export(data: bytes, *, zone: tzinfo, now: datetime, name: str = "") -> Export:
    """Read one file; ``zone`` is for dates without one, and what is later than ``now`` stays out.

    A file that is no XML is repaired, and says so in ``broken`` and ``repairs``: it is for the
    caller to ask whether that will do. Raises WordPressRefused.
    """
    try:
        return _read(data, zone, now, name)
    except WordPressRefused as refusal:
        refusal.name = name
        raise


def _read(data: bytes, zone: tzinfo, now: datetime, name: str) -> Export:
    text, wrong_line = decode(data)
    repairs: tuple[Repair, ...] = ()
    broken: tuple[tuple[str, int, int], ...] = ()
    if wrong_line:
        repairs, broken = (Repair(wrong_line, "encoding"),), ((name, wrong_line, 0),)
    try:
        raw = _parse(text)
    except expat.ExpatError as error:
        if "<rss" not in text and "<channel" not in text and "<item" not in text:
            raise WordPressRefused("not_an_export") from error
        broken = broken or ((name, error.lineno, error.offset + 1),)
        changed, raw = _read_repaired(text)
        repairs = (*repairs, *changed)
    if not raw.is_rss:
        raise WordPressRefused("not_an_export")
    export = _Builder(raw, zone, now).export()
    named = tuple(Repair(one.line, one.kind, name) for one in repairs)
    return Export(**{**vars(export), "repairs": named, "broken": broken})


def _read_repaired(text: str) -> tuple[tuple[Repair, ...], "_Handler"]:
    repaired, changed = repair(text)
    try:
        return changed, _parse(repaired)
    except expat.ExpatError as error:
        raise WordPressRefused("beyond_repair", line=error.lineno) from error


def _parse(text: str) -> "_Handler":
    handler = _Handler()
    parser = expat.ParserCreate(encoding="utf-8")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = handler.refuse
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.CharacterDataHandler = handler.words
    handler.parser = parser
    parser.Parse(text.encode("utf-8", "replace"), True)
    return handler


class _Handler:
    """The content of the file as it is written there: by the names of elements."""

    def __init__(self) -> None:
        self.parser: Any = None
        self.prefixes: dict[str, str] = {}
        self.path: list[str] = []
        self.pieces: list[str] = []
        self.is_rss = False
        self.channel: dict[str, str] = {}
        self.authors: list[dict[str, str]] = []
        self.items: list[dict[str, Any]] = []
        self.comments = self.elements = 0
        self.current: dict[str, dict[str, Any]] = {}

    def refuse(self, *_declaration: object) -> None:
        raise WordPressRefused("doctype", line=self.parser.CurrentLineNumber)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        for attribute, address in attributes.items():
            if attribute.startswith("xmlns:"):
                self._learn(attribute.removeprefix("xmlns:"), address)
        name = self._plain(name)
        if len(self.path) >= MAX_DEPTH:
            raise WordPressRefused("too_deep", line=self.parser.CurrentLineNumber)
        self.elements += 1
        self.comments += name == "wp:comment"
        if self.elements > MAX_ELEMENTS or self.comments > MAX_COMMENTS_READ:
            raise WordPressRefused("too_many_items", line=self.parser.CurrentLineNumber)
        self.is_rss = self.is_rss or name in ("rss", "channel", "item")
        self.path.append(name)
        self.pieces = []
        if name == "item":
            if len(self.items) >= MAX_ITEMS:
                raise WordPressRefused("too_many_items", line=self.parser.CurrentLineNumber)
            self._open(name, {"comments": [], "meta": {}})
            self.items.append(self.current[name])
        elif name in CONTAINERS:
            self._open(name, {"meta": {}} if name == "wp:comment" else {})
        if name == "wp:author":
            self.authors.append(self.current[name])
        elif name == "wp:comment" and "item" in self.path:
            self.current["item"]["comments"].append(self.current[name])

    def words(self, words: str) -> None:
        self.pieces.append(words)

    def end(self, _name: str) -> None:
        name = self.path.pop()
        if name in CONTAINERS:
            if name in ("wp:postmeta", "wp:commentmeta"):
                self._keep_meta(name)
            return
        parent = next((one for one in reversed(self.path) if one in CONTAINERS), "")
        if self.path and self.path[-1] == parent and name in LEAVES.get(parent, ()):
            values = self.channel if parent == "channel" else self.current[parent]
            values.setdefault(name, "".join(self.pieces))

    def _open(self, name: str, content: dict[str, Any]) -> None:
        self.current[name] = content

    def _keep_meta(self, name: str) -> None:
        meta = self.current[name]
        owner = "item" if name == "wp:postmeta" else "wp:comment"
        if owner in self.path:
            key = meta.get("wp:meta_key", "")
            self.current[owner]["meta"].setdefault(key, meta.get("wp:meta_value", ""))

    def _learn(self, prefix: str, address: str) -> None:
        for pattern, known in NAMESPACES:
            if pattern.fullmatch(address.strip()):
                self.prefixes[prefix] = known

    def _plain(self, name: str) -> str:
        """Return a name with the prefix that is usual, whichever the file has for it."""
        prefix, sign, local = name.partition(":")
        return f"{self.prefixes.get(prefix, prefix)}:{local}" if sign else name


class _Builder:
    """The posts and people of an export, and counts of the parts left out."""

    def __init__(self, raw: _Handler, zone: tzinfo, now: datetime):
        self.raw, self.zone, self.now = raw, zone, now
        self.site = raw.channel.get("wp:base_blog_url") or raw.channel.get("link", "")
        self.left_out: Counter[str] = Counter()
        self.numbers: dict[str, str] = {}  # of posts, by their keys
        self.authors: dict[str, Author] = {}
        self.accounts: dict[str, str] = {}  # numbers of WordPress, and emails, to keys of authors

    def export(self) -> Export:
        for one in self.raw.authors:
            self._add_author(one)
        posts: dict[str, Post] = {}
        attachments: list[Attachment] = []
        for item in self.raw.items:
            kind = item.get("wp:post_type", "post") or "post"
            if kind == "attachment":
                attachments += _attachment(item)
            elif post := self._post(item, kind, posts):
                posts[post.key] = post
        return Export(
            title=_line(self.raw.channel.get("title", ""), MAX_TITLE_CHARS),
            version=self.raw.channel.get("wp:wxr_version", "").strip()[:10],
            authors=tuple(self.authors.values()),
            posts=tuple(posts.values()),
            attachments=tuple(attachments),
            left_out=dict(self.left_out),
        )

    def _add_author(self, one: dict[str, str]) -> None:
        login, email = one.get("wp:author_login", "").strip(), one.get("wp:author_email", "")
        if not login:
            return
        key = digest("login", login)
        name = _line(one.get("wp:author_display_name", ""), MAX_NAME_CHARS) or login
        self.authors[key] = Author(key, name[:MAX_NAME_CHARS], email.strip(), has_account=True)
        number = one.get("wp:author_id", "").strip()
        if number.strip("0"):
            self.accounts[number] = key

    def _author_of(self, login: str) -> str:
        login = login.strip()
        key = digest("login", login)
        if key not in self.authors:
            self.authors[key] = Author(key, login[:MAX_NAME_CHARS], has_account=True)
        return key

    def _post(self, item: dict[str, Any], kind: str, others: Container[str]) -> Post | None:
        status = item.get("wp:status", "publish").strip() or "publish"
        at = moment_of(
            item.get("wp:post_date_gmt", ""),
            item.get("wp:post_date", ""),
            item.get("pubDate", ""),
            self.zone,
        )
        why = _why_left_out(kind, status, at, self.now)
        html, title = item.get("content:encoded", ""), _line(item.get("title", ""), MAX_TITLE_CHARS)
        own = read_own_fields(item["meta"])
        if not why and not (html.strip() or own.get("markdown")):
            why = "empty"
        if why or at is None:
            self.left_out[why or "undated"] += 1
            return None
        key = digest(self._name_of(item, title))
        if key in others:
            number = item.get("wp:post_id", "").strip()
            if number == self.numbers[key]:
                self.left_out["double"] += 1
                return None
            key = digest(self._name_of(item, title), number)  # copied in WordPress, name and all
        self.numbers[key] = item.get("wp:post_id", "").strip()
        return Post(
            key=key,
            title=title,
            author=self._author_of(item.get("dc:creator", "")),
            at=at.isoformat(),
            html=html,
            is_private=_is_private(item, status),
            was_open_to_course=status == "private" and was_open_to_course(item["meta"]),
            comments=tuple(self._comments(item["comments"], key)),
            **own,
        )

    def _name_of(self, item: dict[str, Any], title: str) -> str:
        """Return the identifier of a post within its blog, also in a later export."""
        number, guid = item.get("wp:post_id", "").strip(), item.get("guid", "").strip()
        if guid:
            return guid
        if number.strip("0"):
            return f"{self.site}#{number}"
        return item.get("link", "").strip() or f"{self.site}#{title}#{item.get('wp:post_date', '')}"

    def _comments(self, comments: list[dict[str, Any]], post: str) -> list[Comment]:
        """Return the comments of a post, oldest first; a reply to one that stays out replies to
        nothing."""
        found: dict[str, Comment] = {}
        for one in comments:
            kind, state = (
                one.get("wp:comment_type", "").strip(),
                one.get("wp:comment_approved", "1"),
            )
            at = moment_of(one.get("wp:comment_date_gmt", ""), one.get("wp:comment_date", ""), "",
                           self.zone)  # fmt: skip
            if kind in NO_COMMENTS:
                self.left_out["pingbacks"] += 1
            elif state.strip() in GONE:
                why = "spam_comments" if state.strip() == "spam" else "deleted_comments"
                self.left_out[why] += 1
            elif at is None or at > self.now or not one.get("wp:comment_content", "").strip():
                self.left_out["undated_comments"] += 1
            else:
                number = one.get("wp:comment_id", "").strip() or str(len(found))
                found.setdefault(number, self._comment(one, number, at, post))
        ordered = sorted(found.items(), key=lambda pair: (pair[1].at, len(pair[0]), pair[0]))
        keys = {number: one.key for number, one in ordered}
        return _below_parents([one for _number, one in ordered], keys)

    def _comment(self, one: dict[str, Any], number: str, at: datetime, post: str) -> Comment:
        own = read_own_fields(one["meta"])
        return Comment(
            key=digest(post, number, at.isoformat()),
            author=self._commenter(one),
            at=at.isoformat(),
            html=one["wp:comment_content"],
            is_waiting=one.get("wp:comment_approved", "1").strip() not in ("1", "approved", ""),
            parent=one.get("wp:comment_parent", "").strip(),
            markdown=own.get("markdown", ""),
        )

    def _commenter(self, one: dict[str, Any]) -> str:
        """Return who wrote a comment: an account, or a name, which anybody could have given."""
        known = self.accounts.get(one.get("wp:comment_user_id", "").strip())
        if known:
            return known
        name = _line(one.get("wp:comment_author", ""), MAX_NAME_CHARS)
        if not name:
            return ""
        key = digest("name", name)
        self.authors.setdefault(key, Author(key, name))
        return key


def _is_private(item: dict[str, Any], status: str) -> bool:
    if item.get("wp:post_password", "").strip():
        return True
    return status == "private" and not was_open_to_course(item["meta"])


def _why_left_out(kind: str, status: str, at: datetime | None, now: datetime) -> str:
    if kind != "post":
        return "pages" if kind == "page" else "other"
    if status in GONE:
        return "deleted"
    if status not in ("publish", "private"):
        return "future" if status == "future" else "drafts"
    if at is None:
        return "undated"
    return "future" if at > now else ""


def _below_parents(comments: list[Comment], keys: dict[str, str]) -> list[Comment]:
    """Name parents by their keys. A parent is older than its reply, or there would be circles."""
    before: set[str] = set()
    linked = []
    for one in comments:
        parent = keys.get(one.parent, "")
        known = parent if parent in before else ""
        linked.append(Comment(**{**vars(one), "parent": known}))
        before.add(one.key)
    return linked


def _attachment(item: dict[str, Any]) -> list[Attachment]:
    address = (item.get("wp:attachment_url") or item.get("guid", "")).strip()
    if not address:
        return []
    described = item["meta"].get("_wp_attachment_image_alt", "") or item.get("excerpt:encoded", "")
    number = item.get("wp:post_id", "").strip()
    return [Attachment(number, address[:1000], _line(described, 500))]


def _line(words: str, most: int) -> str:
    """Return words of a heading as one line without markup."""
    return " ".join(strip_directions(unescape(TAG.sub("", words))).split())[:most]
