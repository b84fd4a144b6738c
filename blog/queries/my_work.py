"""My work: everything that one writer has in a course, for that writer alone."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from blog.exceptions import TextRefused
from blog.models import Comment, Course, Draft, Post, Prompt, User
from blog.queries.course_home import current_prompt
from blog.queries.drafts import unsent_comments
from blog.queries.feedback import ReadableGrade, readable_feedback
from blog.queries.feedback_replies import own_replies
from blog.queries.own_moderation import own_moderation
from blog.queries.own_posts import OwnPosts, own_posts
from blog.queries.prompt_states import PromptState, prompt_states
from blog.queries.waiting_posts import posts_without_comments
from blog.text import Rendered


@dataclass(frozen=True)
class DueDate:
    """Something that a student can still do for a prompt until a moment."""

    prompt: Prompt
    at: datetime
    is_for_comments: bool


def my_work(writer: User, course: Course) -> dict:
    """Return the page's context, in a number of queries that does not grow with the work."""
    posts = own_posts(writer, course)
    grades = readable_feedback(writer, course)
    replies = own_replies(writer, course, has_former_texts=True)
    with_grades = {one.grading.prompt_id for one in grades}
    states = _states(writer, course, posts)
    prompts = [state.prompt for state in states]
    current = current_prompt(prompts)
    now = next((state for state in states if state.prompt == current), None)
    return {
        "posts": posts,
        "published": [(post, _grade_of(post, grades)) for post in posts.published],
        "grades_without_post": [one for one in grades if not one.grading.has_open_post],
        "grades": [(one, replies.get(one.grading.prompt_id)) for one in grades],
        "replies_alone": [reply for key, reply in replies.items() if key not in with_grades],
        "now": now,
        "draft": rendered_draft(now.post) if now else None,
        "comments": comments_on_peers(writer, current) if current else [],
        "waiting": _next_to_comment_on(writer, course, now),
        "dates": due_dates(states),
        "unsent": unsent_comments(writer, course),
        **own_moderation(writer, course),
    }


def _next_to_comment_on(writer: User, course: Course, now: PromptState | None) -> list[Post]:
    """Return a post that waits for a first comment, if there is one that helps the writer."""
    outside_pod = now is not None and now.lacks_only_another_pod
    return posts_without_comments(writer, course, outside_pod=outside_pod)[:1]


def _states(writer: User, course: Course, posts: OwnPosts) -> list[PromptState]:
    """Return a student's states; the teaching team writes without prompts."""
    membership = writer.membership_in(course)
    if membership is None or not membership.is_student:
        return []
    prompts = list(Prompt.objects.in_course(course).visible_to(writer).listed())
    for prompt in prompts:
        prompt.course = course
    return prompt_states(writer, course, prompts, posts)


def _grade_of(post: Post, grades: list[ReadableGrade]) -> ReadableGrade | None:
    return next((one for one in grades if one.grading.post_id == post.pk), None)


def rendered_draft(post: Post | None) -> Rendered | None:
    """Return the draft of a post as it would be published, for its words and references."""
    draft = next((one for one in post.changes if not one.is_conflict_copy), None) if post else None
    if post is None or draft is None:
        return None
    try:
        return post.render(Draft.objects.values_list("text", flat=True).get(pk=draft.pk)).rendered
    except TextRefused:
        return None


def comments_on_peers(writer: User, prompt: Prompt) -> list[Comment]:
    """Return a writer's first comment to each other person's post on a prompt.

    ``is_post_visible`` says whether they can still see the post: their words are theirs either way.
    """
    posts = Post.objects.published().answering(prompt).exclude(author=writer)
    visible = posts.visible_to(writer).filter(pk=OuterRef("post"))
    comments = Comment.objects.open().by(writer).filter(post__in=posts)
    comments = comments.annotate(is_post_visible=Exists(visible)).select_related("post__author")
    comments = comments.order_by("-is_post_visible", "created_at", "pk")
    first: dict[int, Comment] = {}
    for comment in comments:
        first.setdefault(comment.post.author_id, comment)
    return list(first.values())


def due_dates(states: list[PromptState]) -> list[DueDate]:
    """Return the tasks that are not yet late, by date."""
    dates = []
    for state in states:
        prompt = state.prompt
        if not state.is_published and not prompt.is_past_due:
            dates.append(DueDate(prompt, prompt.own_due_at, is_for_comments=False))
        if (
            prompt.comments_min
            and not state.has_commented_enough
            and not prompt.is_past_comments_due
        ):
            dates.append(DueDate(prompt, prompt.comments_due_at, is_for_comments=True))
    return sorted(dates, key=lambda one: (one.at, one.prompt.number))
