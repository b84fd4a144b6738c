"""The page of one student for the teaching team: prompts, comments, and who they are."""

from dataclasses import dataclass

from blog.models import (
    Comment,
    Grading,
    Membership,
    Post,
    Prompt,
    QueuePlace,
    StudentIdentifier,
    User,
)
from blog.models.extensions import extended_until
from blog.queries.commented_peers import CommentedPeers, commented_peers
from blog.queries.graded_names import names_by_prompt
from blog.queries.grading_queue import QueueItem, queue_item
from blog.queries.prompt_use import prompts_with_work

MAX_COMMENTS = 30


@dataclass(frozen=True)
class PromptRecord:
    """A student's progress with a prompt. ``item`` is their place in its queue; None before that.

    Of a prompt that is graded without their name, ``is_hidden``, it tells nothing of the post.
    ``is_due``: the post can still come in time, with an extension if the student has one.
    """

    prompt: Prompt
    item: QueueItem | None
    peers: CommentedPeers
    is_due: bool
    is_hidden: bool


@dataclass(frozen=True)
class CommentList:
    """The last comments, the newest first, and how many there are."""

    shown: list[Comment]
    count: int


def student_record(member: Membership, reader: User, *, with_identifiers: bool) -> dict:
    """Return a student's record for the team, in nine queries; identifiers are one more.

    ``records`` are by prompt, the last first. No levels and no points: those are on the desk, which
    shows them to whoever may see them.
    """
    identifiers = StudentIdentifier.objects.filter(membership=member).order_by("system", "kind")
    return {
        "records": _records(member, reader),
        "written": _listed(_comments(member, reader).by(member.user).from_others()),
        "received": _listed(
            _comments(member, reader).filter(post__author=member.user).from_others()
        ),
        "identifiers": list(identifiers) if with_identifiers else [],
    }


def _records(member: Membership, reader: User) -> list[PromptRecord]:
    course, student = member.course, member.user
    opened = prompts_with_work(course).reverse()
    prompts = opened.annotate(**{"extended_until": extended_until("pk", student)})
    numbers = dict(
        QueuePlace.objects.filter(student=student, prompt__in=opened).values_list(
            "prompt", "number"
        )
    )
    published = Post.objects.published_for(reader, course).by(student)
    published = published.with_extensions()
    posts = {post.prompt_id: post for post in published if post.prompt_id}
    gradings: dict[int, list[Grading]] = {}
    given = Grading.objects.of_posts().filter(student=student, prompt__course=course)
    for grading in (
        given.with_progress().select_related("post", "prompt").order_by("-of_record", "pk")
    ):
        gradings.setdefault(grading.prompt_id, []).append(grading)
    peers = commented_peers(student, course.pk)
    names = names_by_prompt(prompts, reader)
    records = []
    for prompt in prompts:
        graded = gradings.get(prompt.pk, [])
        item = None
        is_hidden = names[prompt.pk].hides(student)
        if prompt.pk in numbers and not is_hidden:
            item = queue_item(
                numbers[prompt.pk],
                member,
                posts.get(prompt.pk),
                graded,
                {each.post.pk: each.post for each in graded if each.post},
                prompt,
                is_due=False,
            )
        met = peers.get(prompt.pk, CommentedPeers())
        records.append(PromptRecord(prompt, item, met, not prompt.is_past_due, is_hidden))
    return records


def _comments(member: Membership, reader: User):
    return (
        Comment.objects.open()
        .visible_to(reader)
        .filter(post__course=member.course)
        .select_related("author", "post__author", "post__course")
        .order_by("-created_at", "-pk")
    )


def _listed(comments) -> CommentList:
    return CommentList(list(comments[:MAX_COMMENTS]), comments.count())
