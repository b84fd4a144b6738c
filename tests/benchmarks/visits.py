"""What is measured: pages and writes, as requests of signed-in people. Knows no Django.

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
    """A page that its readers open by turns."""

    name: str
    path: str
    readers: list[dict]
    status: int = 200

    def request(self, reader: dict) -> Request:
        return Request("GET", self.path.format(**reader))

    def may_send(self, reader: dict) -> bool:
        """Whether the site takes a request from this reader now, beside those of late."""
        return True

    def learn(self, reader: dict, body: bytes) -> None:
        """Take from an answer what the reader's next request needs."""


@dataclass
class NewComment(Page):
    """Comments on many posts, as a class writes them."""

    posts: list[str] = field(default_factory=list)
    status: int = 302

    def __post_init__(self):
        self._turns = itertools.count()

    def request(self, reader: dict) -> Request:
        turn = next(self._turns)
        words = f"Thought {turn}: weak ties carry news that nobody near us knows. " * 3
        return Request(
            "POST",
            self.posts[turn % len(self.posts)],
            {**own_fields(reader), "text": words, "audience": 30, "key": str(uuid4())},
        )


@dataclass
class Autosave(Page):
    """Saves of an open editor, each after the one before."""

    text: str = ""

    def may_send(self, reader: dict) -> bool:
        sent = reader.setdefault("sent", [])
        while sent and sent[0] < time.monotonic() - PER_SECONDS - 1:
            sent.pop(0)
        return len(sent) < SAVES - 1

    def request(self, reader: dict) -> Request:
        reader["seq"] += 1
        reader.setdefault("sent", []).append(time.monotonic())
        return Request(
            "POST",
            reader["autosave"],
            {
                **own_fields(reader),
                "title": "A draft",
                "text": f"{self.text} And so on, {reader['seq']}.",
                "audience": 30,
                "tab": reader["tab"],
                "seq": reader["seq"],
                "version": reader["version"],
            },
        )

    def learn(self, reader: dict, body: bytes) -> None:
        reader["version"] = json.loads(body)["version"]


def own_fields(reader: dict) -> dict:
    """Return the hidden fields that say whose form it is."""
    return {"csrfmiddlewaretoken": TOKEN, "writer": reader["pk"]}


def visits_of(plan: dict) -> dict[str, Page]:
    """Return all that is measured by its name: the floors first, and the writes last."""
    readers, team = plan["readers"], [plan["instructor"]]
    pages = [
        *(Page(name, path.format(**plan), readers) for name, path in FLOORS.items()),
        *(
            Page(name, path, team if name == QUEUE else readers)
            for name, path in plan["pages"].items()
        ),
        NewComment(COMMENT, "", readers, posts=plan["posts"]),
        Autosave(AUTOSAVE, "", readers, text=plan["text"]),
    ]
    return {page.name: page for page in pages}
