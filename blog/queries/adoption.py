"""Grades for taking part that students would get by the rule of a course."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from blog.models import Course, GradeAdoption, Grading, Membership, Post, Prompt, User
from blog.models.participation import Worth
from blog.queries.memberships import students_by_name
from blog.queries.participation import participation_in
from blog.queries.prompt_use import prompts_with_work


@dataclass(frozen=True, slots=True)
class AdoptionRow:
    """A student with what is on time, and what it is worth.

    ``has_grade``: somebody has graded the comments already. That grade stays.
    """

    member: Membership
    people: int
    has_post: bool
    hundredths: int
    has_grade: bool

    @property
    def points(self) -> Decimal:
        return Decimal(self.hundredths) / 100

    @property
    def token(self) -> str:
        """Return the student and the points, which a form sends back to detect later changes."""
        return f"{self.member.user_id}:{self.hundredths}"

    @property
    def is_offered(self) -> bool:
        """Return whether a grade is made unless somebody takes the tick away."""
        return not self.has_grade and self.hundredths > 0


def adoption_rows(prompt: Prompt, worth: Worth, reader: User) -> list[AdoptionRow]:
    """Return the students of a prompt's course by name; four queries."""
    shares = participation_in(prompt.course, [prompt])
    published = Post.objects.published().answering(prompt).visible_to(reader).with_extensions()
    on_time = {
        author
        for author, at, until in published.values_list("author", "published_at", "extended_until")
        if not prompt.is_after_due(at, until)  # also where late posts are accepted
    }
    of_comments = Grading.objects.answering(prompt).filter(kind=Grading.Kind.COMMENTS)
    graded = set(of_comments.values_list("student", flat=True))
    rows = []
    for member in students_by_name(prompt.course, reader):
        has_post = member.user_id in on_time
        people = shares.of(prompt.pk, member.user_id).peers_on_time
        hundredths = worth.hundredths_for(people, has_post=has_post)
        has_grade = member.user_id in graded
        rows.append(AdoptionRow(member, people, has_post, hundredths, has_grade))
    return rows


@dataclass(frozen=True, slots=True)
class AdoptionPlace:
    """A prompt, and the participation grades that were made for it and not undone."""

    prompt: Prompt
    adoptions: Sequence[GradeAdoption]


def adoption_places(course: Course) -> list[AdoptionPlace]:
    """Return the open prompts of a course, the last first, with their adoptions; two queries."""
    prompts = list(prompts_with_work(course).reverse())
    made = GradeAdoption.objects.filter(prompt__in=prompts, undone_at=None)
    by_prompt: dict[int, list[GradeAdoption]] = {}
    for adoption in made.select_related("adopted_by"):
        by_prompt.setdefault(adoption.prompt_id, []).append(adoption)
    return [AdoptionPlace(prompt, by_prompt.get(prompt.pk, [])) for prompt in prompts]
