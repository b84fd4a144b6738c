"""How far a student is with each prompt of a course: their post, comments on peers, feedback."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from blog.models import Comment, Course, Grading, Post, Prompt, User
from blog.queries.feedback import own_feedback
from blog.queries.own_posts import OwnPosts, own_posts


@dataclass(frozen=True)
class PromptState:
    """A student's state with one prompt. Facts only: the template has the sentences.

    ``post`` is the active one, else the last withdrawn one; ``commented_on`` counts people.
    """

    prompt: Prompt
    post: Post | None = None
    commented_on: int = 0
    feedback: Grading | None = None

    @property
    def has_commented_enough(self) -> bool:
        return bool(self.commented_on) and self.commented_on >= self.prompt.comments_min

    @property
    def is_published(self) -> bool:
        return self.post is not None and self.post.is_published


def prompt_states(
    student: User, course: Course, prompts: Iterable[Prompt], posts: OwnPosts | None = None
) -> list[PromptState]:
    """Return a student's state with each of some prompts, in five queries.

    ``posts`` are the student's, if the caller has them already, which saves two of them.
    """
    posts = posts or own_posts(student, course)
    commented_on = _people_commented_on(student, course)
    feedback: dict[int, Grading] = {}
    for grading in own_feedback(student, course):
        feedback.setdefault(grading.prompt_id, grading)
    return [
        PromptState(
            prompt,
            posts.answering(prompt),
            commented_on.get(prompt.pk, 0),
            feedback.get(prompt.pk),
        )
        for prompt in prompts
    ]


def _people_commented_on(student: User, course: Course) -> dict[int, int]:
    """Return for each prompt how many other people's posts the student has commented on."""
    posts = Post.objects.in_course(course).published().exclude(author=student)
    comments = Comment.objects.open().by(student).filter(post__in=posts)
    people = comments.values("post__prompt").annotate(n=Count("post__author", distinct=True))
    return dict(people.values_list("post__prompt", "n"))
