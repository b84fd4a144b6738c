"""What a course's home shows a reader: one question, where they are, and what would help."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from blog.models import Comment, Course, Feedback, Membership, Pod, Post, Prompt, User

NEW_FOR = timedelta(days=7)
FEW = 3


def course_overview(reader: User, course: Course) -> dict:
    """Return the context of the course's home, in a number of queries that never grows."""
    membership = reader.membership_in(course)
    prompts = list(Prompt.objects.in_course(course).visible_to(reader))
    prompt = current_prompt(prompts)
    return {
        "prompts": prompts,
        "prompt": prompt,
        "steps": steps_of(reader, prompt) if prompt and membership.is_student else None,
        "to_read": to_read(reader, prompt) if prompt and membership.teaches else None,
        "waiting": waiting_for_a_reply(reader, course),
        "new": new_posts(reader, course),
        "pods": pods_of(course),
    }


def current_prompt(prompts: list[Prompt]) -> Prompt | None:
    """Return the open prompt that opened last."""
    opened = [p for p in prompts if p.is_open]
    return max(opened, key=lambda p: (p.opens_at, p.number), default=None)


def steps_of(student: User, prompt: Prompt) -> dict:
    """Return a student's own three facts about a prompt: post, comments on peers, feedback."""
    post = (
        Post.objects.kept()
        .answering(prompt)
        .by(student)
        .exclude(status=Post.Status.WITHDRAWN)
        .select_related("course")
        .first()
    )
    answered = (
        Comment.objects.by(student)
        .standing()
        .filter(post__prompt=prompt, post__status=Post.Status.PUBLISHED, post__deleted_at=None)
        .from_others()
        .values("post")
        .distinct()
        .count()
    )
    feedback = Feedback.objects.answering(prompt).filter(student=student).of_record().released()
    return {
        "post": post,
        "answered": answered,
        "answered_enough": answered >= prompt.replies_asked,
        "feedback": prompt.rubric_id is not None and feedback.exists(),
    }


def to_read(reader: User, prompt: Prompt) -> int:
    """Return how many published answers nobody of the team has given feedback on."""
    graded = Feedback.objects.filter(prompt=prompt, student=OuterRef("author"))
    answers = Post.objects.published().answering(prompt).visible_to(reader)
    return answers.exclude(Exists(graded)).count()


def waiting_for_a_reply(reader: User, course: Course) -> list[Post]:
    """Return the posts that have waited longest for a first word from somebody else."""
    answers = Comment.objects.visible_to(reader).standing().from_others()
    return list(
        Post.objects.in_course(course)
        .published()
        .visible_to(reader)
        .exclude(author=reader)
        .exclude(Exists(answers.on(OuterRef("pk"))))
        .for_list()
        .order_by("published_at", "pk")[:FEW]
    )


def new_posts(reader: User, course: Course) -> list[Post]:
    return list(
        Post.objects.in_course(course)
        .published()
        .visible_to(reader)
        .exclude(author=reader)
        .filter(published_at__gte=timezone.now() - NEW_FOR)
        .for_list()[:FEW]
    )


def pods_of(course: Course) -> list[tuple[Pod, list[Membership]]]:
    """Return the pods with their members, in two lists' worth of one query."""
    members = Membership.objects.in_course(course).in_force().exclude(pod=None).for_list()
    pods: dict[Pod, list[Membership]] = {}
    for member in members.order_by("pod__name", "pod", "user__display_name"):
        pods.setdefault(member.pod, []).append(member)
    return list(pods.items())
