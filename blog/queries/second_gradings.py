"""Second gradings: what can be drawn, who waits for whom, and what stays hidden until then."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from blog.agreement import Candidate
from blog.models import Calibration, Grading, Membership, Post, Prompt, SecondGrading, User
from blog.models.prepared_queries import prepared


@dataclass(frozen=True)
class GraderProgress:
    """A grader's second gradings: the number done, and the number left."""

    grader: User
    done: int
    due: int


def drawable_grades(prompt: Prompt, reader: User) -> list[Candidate]:
    """Return the grades of a prompt that can be graded a second time; four queries.

    They are complete grades of record of posts that the teaching team can read, not released, not
    drawn yet, and not of a post that all graders grade. Their key is that of the grading, their
    group the student's section or pod. Whoever has begun a grading of the same post cannot be its
    second grader.
    """
    posts = Post.objects.published().answering(prompt).visible_to(reader)
    students = Membership.objects.in_course(prompt.course).active().students()
    groups = {
        student: f"section {section}" if section else f"pod {pod}"
        for student, section, pod in students.values_list("user", "section", "pod")
    }
    first = (
        Grading.objects.of_posts()
        .answering(prompt)
        .of_record()
        .with_every_level()
        .filter(released_at=None, second_grading=None, student__in=groups, post__in=posts)
        .exclude(post__calibrations__prompt=prompt)
    )
    graded_by: dict[int, set[int]] = {}
    begun = Grading.objects.of_posts().answering(prompt).begun()
    for student, grader in begun.values_list("student", "grader"):
        graded_by.setdefault(student, set()).add(grader)
    team = set(graders_of(prompt).values_list("user", flat=True))
    return [
        Candidate(key, groups[student], grader, frozenset(team - graded_by[student] - {grader}))
        for key, student, grader in first.order_by("pk").values_list("pk", "student", "grader")
    ]


def graders_of(prompt: Prompt):
    """Return the memberships of those who can grade a prompt now."""
    return Membership.objects.in_course(prompt.course).active().teaching().who_can_sign_in()


def second_grading_progress(prompt: Prompt) -> list[GraderProgress]:
    """Return the progress of each second grader, by name; two queries."""
    gradings = SecondGrading.objects.answering(prompt).with_state()
    counts = gradings.values("grader").annotate(
        done=Count("pk", filter=Q(is_done=True)), due=Count("pk", filter=Q(is_done=False))
    )
    by_grader = {row["grader"]: row for row in counts.order_by("grader")}
    people = User.objects.filter(pk__in=by_grader).order_by("display_name", "pk")
    return [GraderProgress(p, by_grader[p.pk]["done"], by_grader[p.pk]["due"]) for p in people]


def students_due_from(prompt: Prompt, grader: User) -> frozenset[int]:
    """Return the keys of the students whose post somebody is asked to grade and has not; one query.

    It was drawn for a second grading, or everybody grades it first. Until their own grading has a
    level for each criterion they see no grading by anybody else of the same post, on any page.
    """
    return frozenset(student for _prompt, student in work_due_from([prompt], grader))


def work_due_from(prompts: Collection[Prompt], grader: User) -> frozenset[tuple[int, int]]:
    """Return the prompt and the student, as keys, of what ``students_due_from`` tells of a prompt.

    One query too, however many prompts there are, and for most a cheap one: few prompts are graded
    by several.
    """
    keys = tuple(prompt.pk for prompt in prompts)
    if not keys or not _graded_by_several.rows(None, prompts=keys, grader=grader.pk):
        return frozenset()
    drawn = SecondGrading.objects.filter(first__prompt__in=prompts, grader=grader).due()
    own = Grading.objects.of_posts().with_every_level().filter(grader=grader)
    done = own.filter(prompt=OuterRef("calibrations__prompt"), student=OuterRef("author"))
    for_all = (
        Post.objects.published()
        .filter(calibrations__prompt__in=prompts, calibrations__ended_at=None)
        .exclude(Exists(done))
    )
    due = for_all.order_by().values_list("calibrations__prompt", "author")
    return frozenset(due.union(drawn.values_list("first__prompt", "first__student")))


@prepared
def _graded_by_several(_shape: None, prompts: tuple, grader: int) -> QuerySet:
    """Ask whether anything was drawn for this grader, or begun for all of them, for a prompt."""
    drawn = SecondGrading.objects.filter(first__prompt=OuterRef("pk"), grader=grader)
    begun = Calibration.objects.filter(prompt=OuterRef("pk"), ended_at=None)
    asked = Prompt.objects.filter(pk__in=prompts).filter(Exists(drawn) | Exists(begun))
    return asked.order_by().values_list("pk", flat=True)[:1]
