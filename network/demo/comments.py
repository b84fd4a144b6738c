"""The comments and follows of the demo course."""

from dataclasses import dataclass

from network.demo.text_files import items, moment, sections


@dataclass(frozen=True)
class DemoComment:
    """A comment; `audience` names a member of `blog.models.Comment.Audience`.

    It is on the words `passage` of its post as it was then, if there are any. It is addressed to
    the author of the comment it replies to, else of the post.
    """

    id: str
    post: str
    author: str
    reply_to: str | None
    day: int
    hour: int
    minute: int
    text: str
    audience: str = "readers"
    deleted: bool = False
    passage: str = ""


@dataclass(frozen=True)
class DemoFollow:
    """A follow, from which day of the course on."""

    follower: str
    followed: str
    day: int


AUDIENCES = {"team", "readers", "everyone"}


def _comment(post: str, heading: list[str], text: str) -> DemoComment:
    numbers, author, at, *flags = heading
    number, _, parent = numbers.partition(" > ")
    return DemoComment(
        f"{post}/{number}",
        post,
        author,
        f"{post}/{parent}" if parent else None,
        *moment(at),
        text,
        audience=next((flag for flag in flags if flag in AUDIENCES), "readers"),
        deleted="deleted" in flags,
        passage=next((flag.removeprefix("on ") for flag in flags if flag.startswith("on ")), ""),
    )


def _comments() -> tuple[DemoComment, ...]:
    found = (
        _comment(post, heading, text)
        for post, body in sections("comments")
        for heading, text in items(body)
    )
    return tuple(sorted(found, key=lambda c: (c.day, c.hour, c.minute)))


COMMENTS = _comments()

FOLLOWS = tuple(
    DemoFollow(follower, followed, day)
    for follower, followed, day in (
        ("noor", "aroha", 5),
        ("noor", "tomasz", 6),
        ("noor", "graham", 12),
        ("noor", "suwarni", 36),
        ("tomasz", "noor", 6),
        ("tomasz", "dev", 8),
        ("tomasz", "zeynep", 44),
        ("aroha", "oksana", 10),
        ("aroha", "malakai", 9),
        ("aroha", "santiago", 1),
        ("ciaran", "dev", 12),
        ("ciaran", "aroha", 10),
        ("mei", "suwarni", 6),
        ("mei", "hyejin", 23),
        ("santiago", "malakai", 10),
        ("santiago", "kai", 37),
        ("wren", "jonah", 4),
        ("wren", "zeynep", 13),
        ("wren", "teodora", 23),
        ("suwarni", "mei", 8),
        ("suwarni", "oksana", 11),
        ("lina", "teodora", 23),
        ("lina", "mei", 4),
        ("lina", "elodie", 9),
        ("anders", "lina", 12),
        ("anders", "graham", 11),
        ("priscilla", "graham", 12),
        ("priscilla", "ciaran", 14),
        ("dev", "amara", 5),
        ("dev", "hyejin", 25),
        ("elodie", "hyejin", 9),
        ("elodie", "mei", 11),
        ("hyejin", "elodie", 9),
        ("hyejin", "lina", 21),
        ("zeynep", "suwarni", 15),
        ("zeynep", "noor", 19),
        ("malakai", "santiago", 10),
        ("malakai", "priscilla", 12),
        ("oksana", "suwarni", 12),
        ("oksana", "aroha", 11),
        ("jonah", "wren", 4),
        ("jonah", "graham", 36),
        ("amara", "dev", 6),
        ("amara", "ciaran", 10),
        ("teodora", "wren", 24),
        ("teodora", "suwarni", 37),
        ("kai", "graham", 16),
        ("graham", "priscilla", 13),
        ("bao", "mei", 20),
        ("marcus", "malakai", 41),
    )
)
