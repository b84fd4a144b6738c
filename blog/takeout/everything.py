"""Everything of one person, in steps: their courses, their account, and how to read it."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import IO
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from blog.models import Course, Membership, User
from blog.takeout.archive import Archive
from blog.takeout.course import CourseShare
from blog.takeout.names import Names
from blog.takeout.pages import INDEX, STYLE, address, page, stylesheet
from blog.takeout.texts import moment


class Everything:
    """A person's data in one course, or in all they are or were in."""

    def __init__(self, person: User, course: Course | None = None):
        memberships = person.memberships.select_related("course").order_by("joined_at", "pk")
        if course is not None:
            memberships = memberships.filter(course=course)
        names = Names()
        self.person = person
        self.shares = [CourseShare(person, m, names.new(m.course.slug)) for m in memberships]

    def steps(self) -> int:
        """Return the number of steps in ``write``."""
        return sum(share.steps for share in self.shares) + 1

    def write(self, out: IO[bytes], on_step: Callable[[int], None] = lambda done: None) -> None:
        """Write the zip, and tell after each step how many are done."""
        now = timezone.now().astimezone(_zone(self.person))
        done = 0
        with closing(Archive(out, now)) as archive:
            for share in self.shares:
                for files in share.files():
                    for name, chunks in files:
                        archive.add(name, chunks)
                    done += 1
                    on_step(done)
            for name, chunks in self._frame(now):
                archive.add(name, chunks)
        on_step(done + 1)

    def _frame(self, now) -> Iterator[tuple[str, list | Iterator]]:
        """Yield what is not of a course: the account, the first page, its style, and a text."""
        yield STYLE, stylesheet()
        yield "account.json", [json.dumps(self._account(), ensure_ascii=False, indent=2) + "\n"]
        portrait = self.person.portrait
        if portrait and portrait.storage.exists(str(portrait)):
            with portrait.open("rb") as file:
                yield "portrait.webp", [file.read()]
        courses = [(share, address(f"{share.folder}/{INDEX}")) for share in self.shares]
        made = moment(now, _zone(self.person))
        yield (
            INDEX,
            [page("everything.html", INDEX, person=self.person, courses=courses, made=made,
                  site=settings.SITE_URL)],
        )  # fmt: skip
        yield "README.txt", [page("read_me.txt", "README.txt", made=made, site=settings.SITE_URL)]

    def _account(self) -> dict:
        person = self.person
        accepted = person.notice_accepted_at
        return {
            "name_in_courses": person.display_name,
            "name_on_the_public_web": person.public_name,
            "username": person.username,
            "email": person.email,
            "time_zone": person.time_zone,
            "language": person.language,
            "about": person.about,
            "course_name": person.neutral_name,
            "notice": {
                "accepted_version": person.notice_version,
                "accepted": accepted.isoformat(timespec="seconds") if accepted else None,
            },
            "signed_up": person.date_joined.isoformat(timespec="seconds"),
            "courses": [_of_membership(share.membership) for share in self.shares],
        }


def _of_membership(membership: Membership) -> dict:
    left = membership.ended_at
    return {
        "course": membership.course.title,
        "term": membership.course.term,
        "role": membership.role,
        "joined": membership.joined_at.isoformat(timespec="seconds"),
        "left": left.isoformat(timespec="seconds") if left else None,
    }


def _zone(person: User):
    return ZoneInfo(person.time_zone)
