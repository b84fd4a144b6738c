"""Students who write as fast as they are answered, and remember what they were told is saved.

Each has one connection and sends one form after the other: a comment, a published post, a save of
an open draft, a follow; a grader grades. A form without an answer is kept, and sent again with the
same key, as a browser does.
"""

import http.client
import itertools
import json
import threading
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import reverse

from tests.benchmarks.measured_course import cookie_of
from tests.benchmarks.visits import HEADERS, TOKEN

PATIENCE = 180  # seconds, at most, for an answer
AUDIENCE = 30


# To a save that comes too soon after others: no page saves so often, but a fast machine lets us.
TOO_OFTEN = 429


@dataclass
class Form:
    """A form on its way: ``token`` is in its words, and in no other's."""

    kind: str
    path: str
    fields: dict
    token: str


@dataclass
class Writer:
    """Somebody who writes; ``told`` are the forms that the site said it has."""

    number: int
    pk: int
    cookie: str
    forms: "itertools.chain" = None  # type: ignore[assignment]
    version: str = "0.1"
    told: list[Form] = field(default_factory=list)
    refused: list[tuple[str, int, str]] = field(default_factory=list)
    pending: Form | None = None

    def write(self, port: int, stop: threading.Event, count) -> None:
        """Send forms until told to stop, or until the server is gone."""
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as line:
            while self.pending is not None or not stop.is_set():
                if self.pending is None:
                    self.pending = next(self.forms, None)
                if self.pending is None:
                    return  # the grader has graded everybody
                try:
                    status, body = self._send(line, self.pending)
                except (OSError, http.client.HTTPException):
                    return
                form, self.pending = self.pending, None
                if status < 400:
                    self.told.append(form)
                    self._learn(form, body)
                    count()
                elif form.kind != "save" or status != TOO_OFTEN:
                    self.refused.append((form.kind, status, body[:300].decode(errors="replace")))

    def _send(self, line, form: Form) -> tuple[int, bytes]:
        fields = form.fields | {"csrfmiddlewaretoken": TOKEN, "writer": self.pk}
        if form.kind == "save":
            fields["version"] = self.version
        headers = HEADERS | {
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"192.0.2.{self.number + 1}",
        }
        line.request("POST", form.path, urlencode(fields), headers)
        answer = line.getresponse()
        return answer.status, answer.read()

    def _learn(self, form: Form, body: bytes) -> None:
        if form.kind == "save":
            self.version = json.loads(body)["version"]


def student(number: int, user, course, draft, posts, people) -> Writer:
    """Return a student who comments on ``posts``, follows ``people`` and writes posts."""
    forms = _forms_of_student(number, user, course, draft, itertools.cycle(posts), iter(people))
    return Writer(number, user.pk, cookie_of(user), forms)


def _forms_of_student(number, user, course, draft, posts, people):
    slug = course.slug
    for turn in itertools.count():
        token = f"mark-{number}-{turn}-"
        post = next(posts)
        words = f"{token} weak ties carry news that nobody near us knows."
        key = {"key": str(uuid4()), "audience": AUDIENCE, "text": words}
        yield Form("comment", reverse("comment_new", args=[slug, post.slug]), key, token)
        saved = f"saved-{token}"
        fields = {"title": "A draft", "text": saved, "audience": AUDIENCE, "seq": turn + 1}
        fields["tab"] = f"00000000-0000-4000-8000-{user.pk:012}"
        yield Form("save", reverse("draft_save", args=[slug, draft.slug]), fields, saved)
        if turn % 2 == 0:
            published = f"post-{token}"
            key = {"key": str(uuid4()), "audience": AUDIENCE, "title": published}
            key |= {"text": "Some words.", "confirm": "on"}
            yield Form("post", reverse("post_publish", args=[slug, "new"]), key, published)
        if (person := next(people, None)) is not None:
            address = reverse("follow", args=[slug, person.username])
            yield Form("follow", address, {}, f"{user.pk}-{person.pk}")


def grader(number: int, user, addresses, rubric: str) -> Writer:
    """Return a grader who grades each student once, at the addresses of the desk."""
    forms = (
        Form(
            "grade",
            address,
            {"text": f"grade-{turn}-", "status": "graded", "version": "", "rubric": rubric},
            f"grade-{turn}-",
        )
        for turn, address in enumerate(addresses)
    )
    return Writer(number, user.pk, cookie_of(user), forms)


class Load:
    """Writers at work on a server, each in a thread."""

    def __init__(self, writers: list[Writer], port: int):
        self.writers = writers
        self._stop = threading.Event()
        self._answers = threading.Semaphore(0)
        self._threads = [
            threading.Thread(target=writer.write, args=(port, self._stop, self._answers.release))
            for writer in writers
        ]
        for thread in self._threads:
            thread.start()

    def await_answers(self, number: int) -> None:
        """Return when so many forms more have been answered."""
        for _ in range(number):
            assert self._answers.acquire(timeout=PATIENCE), "The site answers nobody."

    def end(self) -> None:
        """Let everybody send what they hold, and go."""
        self._stop.set()
        self.join()

    def join(self) -> None:
        for thread in self._threads:
            thread.join()


def told(writers: list[Writer], kind: str) -> list[str]:
    return [form.token for writer in writers for form in writer.told if form.kind == kind]


def refused(writers: list[Writer]) -> list[tuple[str, int, str]]:
    """Return the answers that refused a form, and the forms that have no answer."""
    silent = [(one.pending.kind, 0, "no answer") for one in writers if one.pending is not None]
    return [answer for writer in writers for answer in writer.refused] + silent


def assert_each_once(place, writers: list[Writer]) -> None:
    """Assert that what the site said it has is there, once, and whole."""
    _assert_once(told(writers, "comment"), place.rows("SELECT text FROM blog_comment"))
    _assert_once(
        told(writers, "post"),
        place.rows(
            "SELECT r.title FROM blog_post p JOIN blog_revision r ON r.id = p.revision_id "
            "WHERE p.status = 'published' AND r.number = 1"
        ),
    )
    _assert_once(told(writers, "grade"), place.rows("SELECT text FROM blog_grading"))
    follows = place.rows("SELECT follower_id, followed_id FROM network_follow")
    followed = Counter(f"{one}-{other}" for one, other in follows)
    assert [pair for pair in told(writers, "follow") if followed[pair] != 1] == []
    drafts = {text for (text,) in place.rows("SELECT text FROM blog_draft")}
    saved = [_saves_of(writer) for writer in writers]
    assert [tokens for tokens in saved if tokens and drafts.isdisjoint(tokens)] == []
    # No half of anything: a post without its version, a text outside the search, a grade without
    # what was recorded of it.
    assert not place.rows(
        "SELECT id FROM blog_post WHERE status = 'published' AND revision_id IS NULL"
    )
    assert not place.rows(
        "SELECT id FROM blog_grading WHERE id NOT IN (SELECT grading_id FROM blog_gradingevent)"
    )


def _saves_of(writer: Writer) -> set[str]:
    """Return what the draft may hold: the last save that was told, or one without an answer."""
    saves = [form.token for form in writer.told if form.kind == "save"][-1:]
    if saves and writer.pending is not None and writer.pending.kind == "save":
        saves.append(writer.pending.token)
    return set(saves)


def _assert_once(tokens: list[str], rows: list[tuple[str]]) -> None:
    found = Counter(words.split(" ")[0] for (words,) in rows)
    assert {token: found[token] for token in tokens if found[token] != 1} == {}
    assert [words for words, number in found.items() if "-" in words and number > 1] == []
