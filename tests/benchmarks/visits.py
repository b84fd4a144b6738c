"""Measured pages and writes, as requests of signed-in people. Knows no Django.

A plan is what ``measured_course.prepare`` returns: its readers, its instructor, and the addresses.
It is plain data, so that one process can prepare a site and another one can visit it.
"""

import itertools
import json
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

EMPTY, PLAIN = "an empty view", "a plain Django page"
FLOORS = {EMPTY: "/floor/empty/", PLAIN: "/floor/plain/{plain}/"}
COMMENT, AUTOSAVE = "publish a comment", "autosave"
COMMENT_AUTOSAVE, SEEN = "autosave of a comment", "comments seen"
WRITES = (COMMENT, AUTOSAVE, COMMENT_AUTOSAVE, SEEN)
PACED = (AUTOSAVE, COMMENT_AUTOSAVE)
QUEUE = "grading queue"
# The limit of ``blog.views.editor.autosave``: more saves of one person would be refused.
SAVES, PER_SECONDS = 15, 10

# Django takes a token that is its own secret, as cookie and as field.
TOKEN = "b" * 32
HEADERS = {
    "Host": "localhost",
    "X-Forwarded-For": "192.0.2.1",
    "X-Forwarded-Proto": "https",
    "Origin": "https://localhost",
}


@dataclass
class Request:
    method: str
    path: str
    form: dict | None = None

    @property
    def body(self) -> bytes | None:
        return None if self.form is None else urlencode(self.form).encode()


@dataclass
class Page:
    """A page that its readers open by turns, or several of a kind, as posts are."""

    name: str
    paths: list[str]
    readers: list[dict]
    status: int = 200

    def __post_init__(self):
        self._turns = itertools.count()

    def next_path(self) -> str:
        return self.paths[next(self._turns) % len(self.paths)]

    def request(self, reader: dict) -> Request:
        return Request("GET", self.next_path().format(**reader))

    def may_send(self, reader: dict) -> bool:
        """Return whether the site takes a request from this reader now, beside those of late."""
        return True

    def learn(self, reader: dict, body: bytes) -> None:
        """Take from an answer what the reader's next request needs."""


@dataclass
class NewComment(Page):
    """Comments on many posts by others, as a class writes them: ``posts`` are by their authors."""

    posts: list[tuple[int, str]] = field(default_factory=list)
    status: int = 302

    def request(self, reader: dict) -> Request:
        turn = next(self._turns)
        by_others = [path for author, path in self.posts if author != reader["pk"]]
        words = f"Thought {turn}: weak ties carry news that nobody near us knows. " * 3
        return Request(
            "POST",
            by_others[turn % len(by_others)],
            {**own_fields(reader), "text": words, "audience": 30, "key": str(uuid4())},
        )


@dataclass
class Seen(Page):
    """The request of a post's page once its comments were on the screen."""

    status: int = 302

    def request(self, reader: dict) -> Request:
        return Request("POST", self.next_path(), own_fields(reader))


@dataclass
class Autosave(Page):
    """Saves of an open editor, each after the one before.

    ``draft`` is what the plan of a reader calls it, and ``content`` what is in its other fields.
    """

    draft: str = "draft"
    text: str = ""
    content: dict = field(default_factory=dict)

    def may_send(self, reader: dict) -> bool:
        sent = reader[self.draft].setdefault("sent", [])
        while sent and sent[0] < time.monotonic() - PER_SECONDS - 1:
            sent.pop(0)
        return len(sent) < SAVES - 1

    def request(self, reader: dict) -> Request:
        draft = reader[self.draft]
        draft["seq"] += 1
        draft.setdefault("sent", []).append(time.monotonic())
        return Request(
            "POST",
            draft["address"],
            {
                **own_fields(reader),
                **self.content,
                "text": f"{self.text} And so on, {draft['seq']}.",
                "audience": 30,
                "tab": reader["tab"],
                "seq": draft["seq"],
                "version": draft["version"],
            },
        )

    def learn(self, reader: dict, body: bytes) -> None:
        reader[self.draft]["version"] = json.loads(body)["version"]


def own_fields(reader: dict) -> dict:
    """Return the hidden fields that say whose form it is."""
    return {"csrfmiddlewaretoken": TOKEN, "writer": reader["pk"]}


def visits_of(plan: dict) -> dict[str, Page]:
    """Return all that is measured by its name: the floors first, and the writes last."""
    readers, team = plan["readers"], [plan["instructor"]]
    title = {"title": "A draft"}
    pages = [
        *(Page(name, [path.format(**plan)], readers) for name, path in FLOORS.items()),
        *(
            Page(name, paths, team if name == QUEUE else readers)
            for name, paths in plan["pages"].items()
        ),
        NewComment(COMMENT, [], readers, posts=plan["posts"]),
        Autosave(AUTOSAVE, [], readers, text=plan["text"], content=title),
        Autosave(COMMENT_AUTOSAVE, [], readers, draft="comment", text="Weak ties."),
        Seen(SEEN, plan["seen"], readers),
    ]
    return {page.name: page for page in pages}
