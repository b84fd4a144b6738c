"""A student's progress with each prompt of a course: their post, comments on peers, feedback."""

from collections.abc import Sequence
from dataclasses import dataclass

from blog.models import Course, Grading, Post, Prompt, User
from blog.queries.commented_peers import CommentedPeers, commented_peers
from blog.queries.feedback import announced_feedback
from blog.queries.own_posts import OwnPosts, own_posts


@dataclass(frozen=True)
class PromptState:
    """A student's state with one prompt. Facts only: the template has the sentences.

    ``post`` is the active one, else the last withdrawn one. ``feedback`` is that on the post.
    """

    prompt: Prompt
    post: Post | None = None
    peers: CommentedPeers = CommentedPeers()
    feedback: Grading | None = None
    comments_feedback: Grading | None = None

    @property
    def commented_on(self) -> int:
        """Return the number of people on whose posts the student has commented."""
        return self.peers.people

    @property
    def has_commented_enough(self) -> bool:
        return bool(self.commented_on) and self.peers.are_enough_for(self.prompt)

    @property
    def lacks_another_pod(self) -> bool:
        return self.peers.lack_another_pod(self.prompt)

    @property
    def lacks_only_another_pod(self) -> bool:
        return self.lacks_another_pod and self.commented_on >= self.prompt.comments_min

    @property
    def unread_feedback(self) -> list[Grading]:
        given = (self.feedback, self.comments_feedback)
        return [feedback for feedback in given if feedback and feedback.is_unread]

    @property
    def is_published(self) -> bool:
        return self.post is not None and self.post.is_published


def prompt_states(
    student: User, course: Course, prompts: Sequence[Prompt], posts: OwnPosts | None = None
) -> list[PromptState]:
    """Return a student's state with each of some prompts, in three queries.

    ``posts`` are the student's, if the caller has them already, which saves one of them.
    """
    posts = posts or own_posts(student, course, with_changes=False)
    peers = commented_peers(student, course.pk)
    feedback: dict[tuple[int, str], Grading] = {}
    for grading in announced_feedback(student, course):
        feedback.setdefault((grading.prompt_id, grading.kind), grading)
    answers = {prompt.pk: posts.answering(prompt) for prompt in prompts}
    for prompt in prompts:
        if post := answers[prompt.pk]:
            post.prompt = prompt
    return [
        PromptState(
            prompt,
            answers[prompt.pk],
            peers.get(prompt.pk, CommentedPeers()),
            feedback.get((prompt.pk, Grading.Kind.POST)),
            feedback.get((prompt.pk, Grading.Kind.COMMENTS)),
        )
        for prompt in prompts
    ]
