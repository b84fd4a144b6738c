"""Three sites from a seed, as large as a class, a faculty and a university.

The class is the same in all of them, so that what grows with the site alone can be told. The others
are a few that differ, and copies of these; ``tests.benchmarks.university`` makes both.
"""

import itertools
from dataclasses import dataclass

from tests.benchmarks import university
from tests.benchmarks.university import PEOPLE

# Without what ``measured_course`` writes into them: five posts with 20 comments, two with 300.
CLASS = {"people": 40, "posts": 493, "comments": 4_300, "prompts": 5}
LECTURE = {"people": 400, "posts": 4_133, "comments": 40_700, "prompts": 5}
VISITED_COURSES = 9  # whose people are in the lecture too


@dataclass(frozen=True)
class Size:
    """The numbers of people, posts and comments of a site, and of its other courses."""

    people: int
    posts: int
    comments: int
    courses: int
    patterns: int = 0
    each: tuple[int, int] = (0, 0)  # posts and comments of each course that is a copy
    single: tuple[tuple[int, int], ...] = ()  # of each that is none
    has_lecture: bool = False

    @property
    def copies(self) -> int:
        """Return the number of copies of the patterns."""
        singles = len(self.single) + self.has_lecture + 1
        return (self.courses - singles) // self.patterns - 1 if self.patterns else 0

    @property
    def in_words(self) -> str:
        courses = "1 course" if self.courses == 1 else f"{self.courses} courses"
        lecture = ", one of them of 400" if self.has_lecture else ""
        return (
            f"{self.people:,} people, {self.posts:,} posts, {self.comments:,} comments, "
            f"{courses}{lecture}"
        )


SIZES = {
    "class": Size(40, 500, 5_000, 1),
    "faculty": Size(
        2_000, 20_000, 200_000, 50, patterns=6, each=(320, 3_200), has_lecture=True
    ),
    "university": Size(
        20_000, 200_000, 1_000_000, 500,
        patterns=5, each=(400, 2_000), single=((375, 1_250),) * 4,
    ),
}  # fmt: skip


def build(size: Size) -> dict:
    """Fill an empty database; return the courses to measure, by what they are called."""
    from blog.models import Course, User
    from network import ties

    numbers = itertools.count(1)
    for _ in range(size.patterns):
        _make(next(numbers), size.each)
    if size.copies:
        university.copy_courses(size.copies)
    for counts in size.single:
        _make(next(numbers), counts)
    measured = {"class": university.make_pattern(0, **CLASS, search_comments=True)}
    if size.has_lecture:
        courses = Course.objects.order_by("pk")[:VISITED_COURSES]
        visitors = list(User.objects.filter(memberships__course__in=courses).order_by("pk"))
        measured["lecture"] = university.make_pattern(
            1000, **LECTURE, visitors=visitors, search_comments=True
        )
    for course in Course.objects.order_by("pk"):
        ties.rebuild(course)
    return measured


def _make(number: int, counts: tuple[int, int]):
    posts, comments = counts
    return university.make_pattern(
        number, people=PEOPLE, posts=posts, comments=comments, search_comments=True
    )


def check(size: Size) -> None:
    """Raise AssertionError unless the site is as large as it is said to be."""
    from blog.models import Comment, Course, Post, User

    counts = (
        User.objects.count(),
        Post.objects.published().count(),
        Comment.objects.count(),
        Course.objects.count(),
    )
    promised = (size.people, size.posts, size.comments, size.courses)
    assert counts == promised, f"{counts}, and not {promised}"
