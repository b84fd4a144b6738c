"""Messages to an LMS about one student and one prompt. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class ScoreContent:
    """A student's work as an LMS may know it: nothing, a post, or a released grade.

    ``submitted_at`` is when the post was published first. ``points`` are those of a released grade,
    of ``highest``; both are None for no grade, or one without points. ``feedback_url`` is where the
    student reads it.
    """

    submitted_at: datetime | None = None
    points: Decimal | None = None
    highest: Decimal | None = None
    feedback_url: str = ""

    @property
    def has_points(self) -> bool:
        return self.points is not None and bool(self.highest)

    def digest_for(self, user: str) -> str:
        """Return a digest that is the same for the same content about the same student only."""
        parts = (user, self.submitted_at, self.points, self.highest, self.feedback_url)
        return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()


def score_of(
    content: ScoreContent, *, user: str, at: datetime, takes_back: bool = False
) -> Mapping[str, Any]:
    """Return the message about a content; without points it takes back those of before.

    ``at`` has to grow from one message about a student to the next.
    """
    score: dict[str, Any] = {
        "userId": user,
        "timestamp": at.isoformat(timespec="milliseconds"),
        "activityProgress": "Initialized",
        "gradingProgress": "NotReady",
    }
    if content.submitted_at is not None:
        score["activityProgress"] = "Submitted"
        score["gradingProgress"] = "NotReady" if takes_back else "PendingManual"
        score["submission"] = {
            "submittedAt": content.submitted_at.isoformat(timespec="milliseconds")
        }
    if content.points is not None and content.highest:
        score["scoreGiven"] = float(content.points)
        score["scoreMaximum"] = float(content.highest)
        score["activityProgress"] = "Completed"
        score["gradingProgress"] = "FullyGraded"
        score["comment"] = content.feedback_url
    return score
