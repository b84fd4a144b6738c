"""What the course home shows: the current prompt, the reader's progress, posts to read."""

from datetime import timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone

from blog.models import Comment, Course, Grading, Post, Prompt, User
from blog.queries.grading_queue import posts_to_grade
from blog.queries.memberships import pods_with_members
from blog.queries.prompt_progress import peers_commented_on

NEW_FOR = timedelta(days=7)
MAX_POSTS_LISTED = 3


def course_overview(reader: User, course: Course) -> dict:
    """Return the context of the course's home, in a number of queries that never grows."""
    membership = reader.membership_in(course)
    prompts = list(Prompt.objects.in_course(course).visible_to(reader))
    prompt = current_prompt(prompts)
    return {
        "prompts": prompts,
        "prompt": prompt,
        "next_prompt": None if prompt else next_prompt(prompts),
        "steps": student_steps(reader, prompt) if prompt and membership.is_student else None,
        "to_grade": count_to_grade(reader, prompt) if prompt and membership.teaches else None,
        "waiting": posts_without_comments(reader, course),
        "new": new_posts(reader, course),
        "pods": pods_with_members(course),
    }


def current_prompt(prompts: list[Prompt]) -> Prompt | None:
    """Return the open prompt that opened last."""
    opened = [p for p in prompts if p.is_open]
    return max(opened, key=lambda p: (p.opens_at, p.number), default=None)


def next_prompt(prompts: list[Prompt]) -> Prompt | None:
    """Return the prompt that opens next, of those that the reader can see before they open."""
    waiting = [p for p in prompts if not p.is_open]
    return min(waiting, key=lambda p: (p.opens_at, p.number), default=None)


def student_steps(student: User, prompt: Prompt) -> dict:
    """Return a student's three steps with a prompt: their post, comments on peers, feedback."""
    post = (
        Post.objects.not_deleted()
        .answering(prompt)
        .by(student)
        .exclude(status=Post.Status.WITHDRAWN)
        .select_related("course")
        .first()
    )
    commented_on = peers_commented_on(student, prompt)
    released = Grading.objects.answering(prompt).filter(student=student).of_record().released()
    return {
        "post": post,
        "commented_on": commented_on,
        "has_commented_enough": bool(commented_on) and commented_on >= prompt.comments_min,
        "feedback": released.for_student().order_by("-kind").first(),
    }


def count_to_grade(reader: User, prompt: Prompt) -> int:
    """Return the number of students' published posts on the prompt that have no grade yet."""
    return posts_to_grade(prompt, prompt.course, reader).count()


def posts_without_comments(reader: User, course: Course) -> list[Post]:
    """Return the posts that have waited longest for a first comment."""
    comments = Comment.objects.visible_to(reader).open().from_others()
    return list(
        Post.objects.in_course(course)
        .published()
        .visible_to(reader)
        .exclude(author=reader)
        .exclude(Exists(comments.on(OuterRef("pk"))))
        .for_list()
        .order_by("published_at", "pk")[:MAX_POSTS_LISTED]
    )


def new_posts(reader: User, course: Course) -> list[Post]:
    """Return the latest posts of others in the last seven days."""
    return list(
        Post.objects.in_course(course)
        .published()
        .visible_to(reader)
        .exclude(author=reader)
        .filter(published_at__gte=timezone.now() - NEW_FOR)
        .for_list()[:MAX_POSTS_LISTED]
    )
