"""Numbers of other people a student has commented on for each prompt, in their pod and outside."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from blog.models import Comment, Membership, Post, Prompt, User
from blog.models.prepared_queries import prepared


@dataclass(frozen=True)
class CommentedPeers:
    """The people on whose posts for a prompt a student has commented, however often.

    ``across_pods`` counts those of ``people`` who are not in the student's pod now; to a student
    without a pod that is everybody.
    """

    people: int = 0
    across_pods: int = 0

    def lack_another_pod(self, prompt: Prompt) -> bool:
        """Return whether a comment in another pod is required and not written."""
        return prompt.comments_across_pods and not self.across_pods

    def are_enough_for(self, prompt: Prompt) -> bool:
        return self.people >= prompt.comments_min and not self.lack_another_pod(prompt)


def commented_peers(
    student: User, course_id: int, prompts: list[int] | None = None
) -> dict[int, CommentedPeers]:
    """Return by prompt whom a student has commented on in a course, in one query.

    ``prompts`` are the keys of those that are asked for; a prompt without a comment is left out.
    Comments count though the author of a post has withdrawn it since.
    """
    if prompts is None or prompts:
        values = {"prompts": tuple(prompts)} if prompts else {}
        rows = _counted.rows(None, student=student.pk, course_id=course_id, **values)
    else:
        rows = []
    return {prompt: CommentedPeers(*counts) for prompt, *counts in rows}


@prepared
def _counted(_shape: None, student: int, course_id: int, prompts: tuple = ()) -> QuerySet:
    posts = Post.objects.in_course(course_id).once_published().exclude(author=student)
    if prompts:
        posts = posts.filter(prompt__in=prompts)
    # Whoever has left the course is still of the pod: a comment on their post does not change.
    podmates = Membership.objects.in_course(course_id).filter(pod__memberships__user=student)
    outside = ~Q(post__author__in=podmates.values("user"))
    comments = Comment.objects.open().by(student).filter(post__in=posts)
    return comments.values_list("post__prompt").annotate(
        people=Count("post__author", distinct=True),
        across_pods=Count("post__author", distinct=True, filter=outside),
    )
