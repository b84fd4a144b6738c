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
    typed_parts: str
    drop: str
    rubric: str


PAGES: dict[str, GradingPages] = {
    Grading.Kind.POST: GradingPages(
        "grading_prompt",
        "grading_student",
        "grading_student_next",
        "level_choose",
        "typed_keep",
        "held_change_drop",
        "prompt_rubric",
    ),
    Grading.Kind.COMMENTS: GradingPages(
        "grading_comments",
        "grading_student_comments",
        "grading_student_comments_next",
        "level_choose_comments",
        "typed_keep_comments",
        "held_change_drop_comments",
        "prompt_comments_rubric",
    ),
}
