"""Statements of the Experience API (xAPI 1.0.3) as JSON lines: one statement in a line.

They say who wrote a post, commented on one, or replied to a comment, and when; never what. Learning
record stores know a statement by its id, so the same post or comment has the same id in each file
that calls its author the same.
"""

import json
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

AUTHORED = "authored"
COMMENTED = "commented"
REPLIED = "replied"

VERBS = {
    AUTHORED: "http://activitystrea.ms/schema/1.0/author",
    COMMENTED: "http://adlnet.gov/expapi/verbs/commented",
    REPLIED: "http://id.tincanapi.com/verb/replied",
}
POST_TYPE = "http://activitystrea.ms/schema/1.0/article"
COMMENT_TYPE = "http://activitystrea.ms/schema/1.0/comment"
COURSE_TYPE = "http://adlnet.gov/expapi/activities/course"


@dataclass(frozen=True)
class Statement:
    """A statement: actor, action, object, and time.

    ``id`` names what was written, ``target`` the post or comment that it is about (of a post:
    itself), and ``post`` the post that all of it belongs to.
    """

    id: str
    actor: str
    verb: str
    target: str
    post: str
    at: datetime


def json_lines(statements: Iterable[Statement], *, course: str, title: str) -> Iterator[str]:
    """Yield the statements, a line each, in the order of time; ``course`` is the course's address.

    It is also the home page of the accounts, so nobody is the same person in two courses.
    """
    for one in sorted(statements, key=lambda one: (one.at, one.id)):
        yield f"{json.dumps(_statement(one, course, title), ensure_ascii=False)}\n"


def _statement(one: Statement, course: str, title: str) -> dict:
    context = {"grouping": [_activity(course, COURSE_TYPE, name=title)]}
    if one.verb == REPLIED:
        context["parent"] = [_activity(f"{course}#{one.post}", POST_TYPE)]
    kind = COMMENT_TYPE if one.verb == REPLIED else POST_TYPE
    return {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{course}#{one.id} {one.actor}")),
        "actor": {"objectType": "Agent", "account": {"homePage": course, "name": one.actor}},
        "verb": {"id": VERBS[one.verb], "display": {"en": one.verb}},
        "object": _activity(f"{course}#{one.target}", kind),
        "context": {"contextActivities": context},
        "timestamp": one.at.isoformat(timespec="seconds"),
        "version": "1.0.3",
    }


def _activity(address: str, kind: str, *, name: str = "") -> dict:
    definition: dict = {"type": kind}
    if name:
        definition["name"] = {"und": name}
    return {"objectType": "Activity", "id": address, "definition": definition}
