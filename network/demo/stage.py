"""What of the demo course stands so far, by the keys under which its texts name it."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from blog.actions.works import add_work
from blog.models import AuditEvent, Comment, Course, Post, Prompt, User, Work
from network.demo.works import WORKS

CSL = {work.key: work.csl for work in WORKS}


@dataclass
class Stage:
    """The course while it is loaded, and where its days lie in the calendar."""

    course: Course
    people: dict[str, User]
    prompts: dict[int, Prompt] = field(default_factory=dict)
    works: dict[str, Work] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    logged: int = 0

    def moment(self, day: int, hour: int = 0, minute: int = 0) -> datetime:
        """Return the moment that the texts call this day of the course and this time."""
        date = self.course.starts_on + timedelta(days=day)
        return datetime.combine(date, time(hour, minute), tzinfo=self.course.zone)

    def work(self, key: str, *, by: User) -> Work:
        """Return the course's record of a work, which the first who cites it adds."""
        if key not in self.works:
            self.works[key] = add_work(self.course, CSL[key], by=by)
        return self.works[key]

    def log_as_of(self, at: datetime) -> None:
        """Date what was logged since the last call: the deeds know no other time than now."""
        entries = AuditEvent.objects.filter(course=self.course, pk__gt=self.logged)
        entries.update(at=at)
        self.logged = entries.values_list("pk", flat=True).first() or self.logged
