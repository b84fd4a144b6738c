"""The gradebook: students × prompts, the grades of their posts and comments, and what they wrote.

Its queries are the same in number however many students and prompts there are. The states of
posts are those of the grading queue. Nothing here comes from the network.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from blog.models import (
    Course,
    GradeAdoption,
    Grading,
    Membership,
    Post,
    Prompt,
    QueuePlace,
    Score,
    User,
)
from blog.queries.graded_names import names_by_prompt
from blog.queries.grading_conflicts import unsettled_in
from blog.queries.grading_queue import GRADING_FIELDS, POST_FIELDS, QueueItem, queue_item
from blog.queries.memberships import students_by_name
from blog.queries.participation import Participation, participation_in
from blog.queries.prompt_use import prompts_with_work
from blog.queries.rubric_points import highest_points_by_rubric
from blog.queries.second_gradings import work_due_from

Kind, Status = Grading.Kind, Grading.Status
# What a cell can say in place of points, in the order in which the first that fits is taken.
ANONYMOUS, HIDDEN, DIFFERS, CHANGED, TO_READ = (
    "anonymous",
    "hidden",
    "differs",
    "changed",
    "to_read",
)
IN_PROGRESS, NOT_RELEASED, RELEASED = "in_progress", "not_released", "released"
NO_POST, NO_POST_YET, NO_GRADE = "no_post", "no_post_yet", "no_grade"
DRAFT = "draft"
STATES = (TO_READ, IN_PROGRESS, CHANGED, DIFFERS, NOT_RELEASED, RELEASED, NO_POST)


@dataclass(frozen=True, slots=True)
class GradeCell:
    """The grade of record of a student's post, or of their comments, for one prompt.

    ``state`` is one of the keys above; ``status`` is that of the grade, "" where there is none.
    ``points`` are None where it has none, or where the reader is still to grade the work unseen.
    ``highest_points`` are what the grade could have. ``has_changed``: the post was, after it was
    read.
    """

    kind: str
    state: str
    grading: Grading | None = None
    points: Decimal | None = None
    highest_points: Decimal | None = None
    has_changed: bool = False

    @property
    def status(self) -> str:
        return self.grading.status if self.grading and self.state != HIDDEN else ""

    @property
    def is_released(self) -> bool:
        return self.state == RELEASED

    @property
    def counted(self) -> tuple[Decimal, Decimal] | None:
        """Return the points it adds to the sum so far, and of how many; None if not counted."""
        if self.status == Status.NOT_SUBMITTED and self.highest_points is not None:
            return Decimal(0), self.highest_points
        if self.points is None or self.state in (HIDDEN, DIFFERS, IN_PROGRESS):
            return None
        return self.points, self.highest_points or Decimal(0)


@dataclass(frozen=True, slots=True)
class PromptCells:
    """A student's cells for one prompt. ``place`` is the student's number on the desk."""

    prompt: Prompt
    item: QueueItem
    place: int
    post: GradeCell
    comments: GradeCell
    participation: Participation

    @property
    def states(self) -> set[str]:
        return {self.post.state, self.comments.state}


@dataclass(frozen=True, slots=True)
class GradebookRow:
    """A student with the cells of each prompt, in the order of the prompts."""

    member: Membership
    cells: Sequence[PromptCells]
    participation: Participation
    posts_on_time: int

    @property
    def so_far(self) -> tuple[Decimal, Decimal] | None:
        """Return the points of all grades, of how many; None where there are none."""
        grades = (grade for cells in self.cells for grade in (cells.post, cells.comments))
        counted = [each.counted for each in grades if each.counted]
        if not counted:
            return None
        return sum((one[0] for one in counted), Decimal(0)), sum(
            (one[1] for one in counted), Decimal(0)
        )


@dataclass(frozen=True, slots=True)
class PromptColumn:
    """A prompt over its two columns, with how many of its posts and grades wait."""

    prompt: Prompt
    to_read: int
    not_released: int
    released: int


@dataclass(frozen=True, slots=True)
class Gradebook:
    columns: Sequence[PromptColumn]
    rows: Sequence[GradebookRow]

    @property
    def next_place(self) -> PromptCells | None:
        """Return the next post to read: of the earliest prompt, the longest waiting first."""
        waiting = [
            cells
            for row in self.rows
            for cells in row.cells
            if cells.place and cells.item.needs_grade
        ]
        order = {column.prompt.pk: place for place, column in enumerate(self.columns)}
        return min(waiting, key=lambda one: (order[one.prompt.pk], one.item.place), default=None)


def gradebook(course: Course, reader: User, prompts: Sequence[Prompt] | None = None) -> Gradebook:
    """Return the gradebook of a course as a reader of its team sees it: its students by name.

    Of all open prompts, unless some are asked for. Thirteen queries, and one more where a graded
    post is no longer published.
    """
    if prompts is None:
        prompts = list(prompts_with_work(course).select_related("rubric"))
    members = students_by_name(course, reader)
    works = _Works(prompts, reader)
    shares = participation_in(course, prompts)
    rows = [
        GradebookRow(
            member=member,
            cells=(cells := [works.cells(prompt, member, shares) for prompt in prompts]),
            participation=shares.whole(member.user_id),
            posts_on_time=sum(one.item.is_on_time for one in cells),
        )
        for member in members
    ]
    return Gradebook([_column(prompt, rows, at) for at, prompt in enumerate(prompts)], rows)


def _column(prompt: Prompt, rows: Sequence[GradebookRow], place: int) -> PromptColumn:
    cells = [row.cells[place] for row in rows]
    grades = [grade for one in cells for grade in (one.post, one.comments)]
    return PromptColumn(
        prompt,
        to_read=sum(one.item.needs_grade for one in cells),
        not_released=sum(grade.state in (NOT_RELEASED, DIFFERS) for grade in grades),
        released=sum(grade.is_released for grade in grades),
    )


class _Works:
    """The posts and grades for some prompts, read once, by prompt and student."""

    def __init__(self, prompts: Sequence[Prompt], reader: User) -> None:
        keys = [prompt.pk for prompt in prompts]
        self.numbers = {
            (prompt, student): number
            for prompt, student, number in QueuePlace.objects.filter(prompt__in=keys).values_list(
                "prompt", "student", "number"
            )
        }
        posts = Post.objects.with_extensions().only(*POST_FIELDS)
        published = posts.published().filter(prompt__in=keys).visible_to(reader)
        self.posts = {(post.prompt_id, post.author_id): post for post in published}
        # That a post was begun, and nothing of it.
        begun = Post.objects.filter(prompt__in=keys, status=Post.Status.DRAFT)
        self.drafts = set(begun.values_list("prompt", "author"))
        self.gradings = _gradings(prompts)
        closed = [
            grading.post_id
            for (_kind, *work), given in self.gradings.items()
            if tuple(work) not in self.posts
            for grading in given
            if grading.post_id
        ]
        self.closed_posts = posts.in_bulk(closed) if closed else {}
        graded = [grading for given in self.gradings.values() for grading in given[:1]]
        self.scores = _scores(graded)
        rubrics = {prompt.rubric_id for prompt in prompts}
        rubrics |= {prompt.comments_rubric_id for prompt in prompts}
        rubrics |= {grading.released_rubric_id for grading in graded}
        self.highest_points = highest_points_by_rubric(rubrics)
        adoptions = GradeAdoption.objects.filter(prompt__in=keys)
        self.adopted = adoptions.highest_points_by_grading()
        self.due = work_due_from(prompts, reader)
        self.names = names_by_prompt(prompts, reader)
        self.unsettled = {conflict.grading.pk for conflict in unsettled_in(prompts)}

    def cells(self, prompt: Prompt, member: Membership, shares) -> PromptCells:
        """Return a student's cells for a prompt."""
        work = (prompt.pk, member.user_id)
        item = queue_item(
            self.numbers.get(work, 0),
            member,
            self.posts.get(work),
            self.gradings.get((Kind.POST, *work), []),
            self.closed_posts,
            prompt,
            is_due=work in self.due,
        )
        if self.names[prompt.pk].hides(member.user):
            post, comments = (GradeCell(kind, ANONYMOUS) for kind in (Kind.POST, Kind.COMMENTS))
            return PromptCells(prompt, item, 0, post, comments, shares.of(*work))
        of_comments = next(iter(self.gradings.get((Kind.COMMENTS, *work), [])), None)
        return PromptCells(
            prompt=prompt,
            item=item,
            place=item.number,
            post=self._post_cell(prompt, item),
            comments=self._comments_cell(of_comments),
            participation=shares.of(*work),
        )

    def _post_cell(self, prompt: Prompt, item: QueueItem) -> GradeCell:
        grading = item.grading
        points = self._points(grading)
        rubric = grading.counted_rubric_key if grading else prompt.rubric_id
        return GradeCell(
            kind=Kind.POST,
            state=self._post_state(prompt, item),
            grading=grading,
            points=None if item.is_due else points,
            highest_points=self.highest_points.get(rubric or 0),
            has_changed=item.changed_since_grading,
        )

    def _post_state(self, prompt: Prompt, item: QueueItem) -> str:
        if item.is_due:
            return HIDDEN
        if item.grading and item.grading.is_released:
            return RELEASED
        if item.grading and item.grading.pk in self.unsettled:
            return DIFFERS
        if item.changed_since_grading:
            return CHANGED
        if item.state in ("graded", "planned"):
            return NOT_RELEASED
        if item.state == "in_progress":
            return IN_PROGRESS
        if item.is_published:
            return TO_READ
        if prompt.is_past_due:
            return NO_POST
        return DRAFT if (prompt.pk, item.member.user_id) in self.drafts else NO_POST_YET

    def _comments_cell(self, grading: Grading | None) -> GradeCell:
        if grading is None or not grading.of_record or not grading.is_begun:
            return GradeCell(Kind.COMMENTS, NO_GRADE)
        points = self._points(grading)
        has_date = grading.released_at is not None
        state = NOT_RELEASED if grading.is_complete or has_date else IN_PROGRESS
        if grading.is_released:
            state = RELEASED
        elif grading.pk in self.unsettled:
            state = DIFFERS
        rubric = grading.counted_rubric_key
        highest = self.adopted.get(grading.pk, self.highest_points.get(rubric or 0))
        return GradeCell(Kind.COMMENTS, state, grading, points, highest)

    def _points(self, grading: Grading | None) -> Decimal | None:
        """Return the points of a grade, None where nothing was chosen and no points given."""
        if grading is None or not grading.of_record:
            return None
        scores = self.scores.get((grading.pk, grading.counted_rubric_key or 0), [])
        if not scores and grading.override_points is None:
            return None
        return grading.points_by(scores)


def _gradings(prompts: Sequence[Prompt]) -> dict[tuple[str, int, int], list[Grading]]:
    """Return the gradings by kind, prompt and student, the grade of record first; one query."""
    by_key = {prompt.pk: prompt for prompt in prompts}
    found: dict[tuple[str, int, int], list[Grading]] = defaultdict(list)
    for grading in (
        Grading.objects.filter(prompt__in=by_key)
        .with_progress()
        .only(*GRADING_FIELDS, "kind")
        .order_by("-of_record", "pk")
    ):
        grading.prompt = by_key[grading.prompt_id]
        found[grading.kind, grading.prompt_id, grading.student_id].append(grading)
    return found


def _scores(gradings: Iterable[Grading]) -> Mapping[tuple[int, int], list[Score]]:
    """Return the scores of gradings by grading and rubric; one query."""
    keys = [grading.pk for grading in gradings]
    found: dict[tuple[int, int], list[Score]] = defaultdict(list)
    for score in Score.objects.filter(grading__in=keys).select_related("criterion", "level"):
        found[score.grading_id, score.criterion.rubric_id].append(score)
    return found
