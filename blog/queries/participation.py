"""Students' writing in a course beside their grades: comments, on how many peers, and on time.

Counted from comments that anybody may read, never from the network. Comments received are for
instructors to look at; no grade is made of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, F, Min

from blog.models import Audience, Comment, Course, Post, Prompt


@dataclass(frozen=True, slots=True)
class Participation:
    """The comments of a student on the posts of others, for one prompt or in a course.

    ``peers`` and ``peers_on_time`` count the people whose posts they commented on, each once;
    ``received`` the comments of others on the student's own posts.
    """

    written: int = 0
    peers: int = 0
    peers_on_time: int = 0
    received: int = 0


@dataclass
class _Counts:
    written: int = 0
    peers: set[int] = field(default_factory=set)
    on_time: set[tuple[int, int]] = field(default_factory=set)
    received: int = 0

    def as_shown(self) -> Participation:
        return Participation(self.written, len(self.peers), len(self.on_time), self.received)


class ParticipationTable:
    """The comments of a course, by prompt and student."""

    def __init__(self) -> None:
        self._of_prompt: dict[tuple[int, int], _Counts] = defaultdict(_Counts)
        self._of_course: dict[int, _Counts] = defaultdict(_Counts)

    def add(self, row: dict, closes_at: datetime | None) -> None:
        """Count the comments of one author on the posts of one other person for a prompt."""
        prompt, author, peer = row["post__prompt"], row["author"], row["post__author"]
        is_on_time = closes_at is not None and row["first"] < closes_at
        for counts in self._both(prompt, peer):
            counts.received += row["n"]
        if author is None:
            return
        for counts in self._both(prompt, author):
            counts.written += row["n"]
            counts.peers.add(peer)
            if is_on_time:
                counts.on_time.add((prompt, peer))

    def of(self, prompt: int, student: int) -> Participation:
        counts = self._of_prompt.get((prompt, student))
        return counts.as_shown() if counts else Participation()

    def whole(self, student: int) -> Participation:
        counts = self._of_course.get(student)
        return counts.as_shown() if counts else Participation()

    def _both(self, prompt: int | None, person: int) -> Iterable[_Counts]:
        yield self._of_course[person]
        if prompt is not None:
            yield self._of_prompt[prompt, person]


def participation_in(course: Course, prompts: Sequence[Prompt]) -> ParticipationTable:
    """Return who wrote how many comments in a course, for its teaching team; one query.

    Open comments on posts of others count, guests' too where they are received, and those on a post
    whose author has withdrawn it since: its comments were written all the same. One is on time
    until the prompt's date for comments.
    """
    closing = {prompt.pk: prompt.comments_close_at for prompt in prompts}
    posts = Post.objects.in_course(course).once_published().wider_than(Audience.ONLY_ME)
    rows = (
        Comment.objects.open()
        .filter(post__in=posts)
        .from_others()
        .order_by()
        .values("post__prompt", "author", "post__author")
        .annotate(n=Count("pk"), first=Min(F("created_at")))
    )
    table = ParticipationTable()
    for row in rows:
        table.add(row, closing.get(row["post__prompt"]))
    return table
