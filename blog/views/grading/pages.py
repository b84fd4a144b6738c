"""The pages of the grading desk, by the kind of what is graded."""

from dataclasses import dataclass

from blog.models import Grading


@dataclass(frozen=True)
class GradingPages:
    """The names of the addresses at which work of one kind is graded."""

    queue: str
    student: str
    next: str
    level: str
    rubric: str


PAGES: dict[str, GradingPages] = {
    Grading.Kind.POST: GradingPages(
        "grading_prompt",
        "grading_student",
        "grading_student_next",
        "level_choose",
        "prompt_rubric",
    ),
    Grading.Kind.COMMENTS: GradingPages(
        "grading_comments",
        "grading_student_comments",
        "grading_student_comments_next",
        "level_choose_comments",
        "prompt_comments_rubric",
    ),
}
