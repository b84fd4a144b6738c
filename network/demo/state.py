"""The state of the demo course while it is loaded: its rows by the keys of the demo texts."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from blog.actions.works import add_work
from blog.models import Comment, Course, Post, Prompt, User, Work
from network.demo.works import WORKS

CSL = {work.key: work.csl for work in WORKS}


@dataclass
class DemoState:
    """The course while it is loaded; converts its days to dates."""

    course: Course
    people: dict[str, User]
    prompts: dict[int, Prompt] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    guests: dict[str, Comment] = field(default_factory=dict)

    def moment(self, day: int, hour: int = 0, minute: int = 0) -> datetime:
        """Return the time of a day of the course, counted from its first day."""
        date = self.course.starts_on + timedelta(days=day)
        return datetime.combine(date, time(hour, minute), tzinfo=self.course.zone)

    def work(self, key: str, *, by: User) -> Work:
        """Return a work for a person: the course's record, or one of their own."""
        return add_work(self.course, CSL[key], by=by)
