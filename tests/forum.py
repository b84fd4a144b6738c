"""Real conversations from a forum as a course: questions are posts, the rest is comments on them.

An answer is a comment, and a comment on an answer is a reply to it, each at its own time. What was
HTML goes the way of a pasted page, and all of it goes through the actions.
"""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from blog.actions.comments import add_comment
from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.models import Course, Post, User
from blog.paste import prepare_comment
from blog.paste.html import read_html
from tests import factories


@dataclass(frozen=True)
class Text:
    """One text of the forum, with its replies; ``source`` is what it was: HTML, or Markdown."""

    user: str
    written: datetime
    source: str
    markdown: str
    replies: tuple["Text", ...] = ()


def read_threads(path: Path) -> list[tuple[str, Text]]:
    """Return the title and the first text of each thread, with its replies."""
    return [(thread["title"], _question(thread)) for thread in json.loads(path.read_text("utf-8"))]


def load_forum(threads: list[tuple[str, Text]], slug: str) -> tuple[Course, list[Post]]:
    """Make a course of threads, in the order of their times."""
    course = factories.make_course(
        slug, starts_on=date(2011, 1, 1), ends_on=date(2020, 12, 31), instructor=None
    )
    people: dict[str, User] = {}
    return course, [_load(course, people, title, question) for title, question in threads]


def _load(course: Course, people: dict[str, User], title: str, question: Text) -> Post:
    author = _person(course, people, question.user)
    post = start_post(course, by=author, at=question.written)
    publish_post(
        post,
        by=author,
        title=title,
        text=question.markdown,
        audience=course.default_audience,
        at=question.written,
    )
    replies = [(reply, None) for reply in question.replies]
    comments = {}
    while replies:
        reply, parent = replies.pop(0)
        comments[reply] = add_comment(
            post,
            by=_person(course, people, reply.user),
            text=reply.markdown,
            parent=comments[parent] if parent else None,
            at=max(reply.written, question.written),
        )
        replies += [(one, reply) for one in reply.replies]
    return post


def _question(thread: dict) -> Text:
    html = thread["body_html"]
    comments = map(_comment, thread["comments"])
    replies = (*comments, *map(_answer, thread["answers"]))
    return Text(thread["user"], _time(thread), html, read_html(html).text, replies)


def _answer(answer: dict) -> Text:
    html = answer["body_html"]
    replies = tuple(map(_comment, answer["comments"]))
    return Text(answer["user"], _time(answer), html, prepare_comment("", html).text, replies)


def _comment(comment: dict) -> Text:
    return Text(comment["user"], _time(comment), comment["text"], comment["text"])


def _time(row: dict) -> datetime:
    return datetime.fromisoformat(row["created"]).replace(tzinfo=UTC)


def _person(course: Course, people: dict[str, User], name: str) -> User:
    if name not in people:
        people[name] = factories.make_user(name)
        factories.add_member(course, people[name])
    return people[name]
