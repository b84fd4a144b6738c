"""
Let what happened in the demo course happen again, deed by deed and in its order.

Actions date what they write by the clock on the wall unless they take `at`; where they do not,
the row is dated here, right after its deed.
"""

from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter
from typing import Any

from blog.actions.comments import add_comment, delete_comment
from blog.actions.drafts import start_post
from blog.actions.grading import give_feedback, release_prompt
from blog.actions.posts import publish_post, withdraw_post
from blog.actions.references import add_reference
from blog.models import Audience, Comment, Grading, OutboxMessage, Post
from network.actions import follow
from network.demo.comments import COMMENTS, FOLLOWS, DemoComment, DemoFollow
from network.demo.grades import GRADES, RELEASES, DemoGrade
from network.demo.posts import DRAFTS, POSTS, DemoPost, DemoRevision
from network.demo.prompts import COURSE
from network.demo.stage import Stage
from network.models import Follow

# Comments are taken back when all answers to them are written: in the last minute of the talk.
LAST = (COURSE.today - 1, 23, 59)


def relive(stage: Stage) -> None:
    """Do every deed of the demo course, in the order of time."""
    for moment, deed, thing in sorted(_deeds(), key=itemgetter(0)):
        at = stage.moment(*moment)
        deed(stage, thing, at)
        stage.log_as_of(at)


def _deeds() -> Iterator[tuple[tuple[int, int, int], Any, Any]]:
    """Yield (moment, what to do, with which text); a post comes before its comments."""
    for post in POSTS:
        yield _when(post), _publish, post
        for revision in post.revisions:
            yield _when(revision), _revise, (post, revision)
        if post.withdrawn:
            yield post.withdrawn, _withdraw, post
    for draft in DRAFTS:
        yield _when(draft), _start, draft
    for comment in COMMENTS:
        yield _when(comment), _comment, comment
        if comment.deleted:
            yield LAST, _take_back, comment
    for grade in GRADES:
        yield _when(grade), _grade, grade
    for prompt, moment in RELEASES.items():
        yield moment, _release, prompt
    for followed in FOLLOWS:
        yield (followed.day, 12, 0), _follow, followed


def _when(thing) -> tuple[int, int, int]:
    return thing.day, thing.hour, thing.minute


def _start(stage: Stage, draft: DemoPost, at: datetime) -> Post:
    author = stage.people[draft.author]
    post = start_post(
        stage.course,
        by=author,
        prompt=stage.prompts.get(draft.prompt),
        title=draft.title,
        text=draft.text,
        audience=Audience[draft.audience.upper()],
        at=at,
    )
    for key in draft.cites:
        add_reference(post, stage.work(key, by=author), by=author, key=key)
    return post


def _publish(stage: Stage, written: DemoPost, at: datetime) -> None:
    post = stage.posts[written.id] = _start(stage, written, at)
    publish_post(
        post,
        by=post.author,
        title=written.title,
        text=written.text,
        audience=Audience[written.audience.upper()],
        at=at,
    )


def _revise(stage: Stage, revised: tuple[DemoPost, DemoRevision], at: datetime) -> None:
    written, revision = revised
    post = stage.posts[written.id]
    publish_post(
        post, by=post.author, title=post.title, text=revision.text, audience=post.audience, at=at
    )


def _withdraw(stage: Stage, written: DemoPost, at: datetime) -> None:
    post = stage.posts[written.id]
    withdraw_post(post, by=post.author)


def _comment(stage: Stage, written: DemoComment, at: datetime) -> None:
    stage.comments[written.id] = add_comment(
        stage.posts[written.post],
        by=stage.people[written.author],
        text=written.text,
        parent=stage.comments[written.reply_to] if written.reply_to else None,
        audience=Comment.Audience[written.audience.upper()],
        at=at,
    )


def _take_back(stage: Stage, written: DemoComment, at: datetime) -> None:
    comment = delete_comment(stage.comments[written.id], by=stage.people[written.author])
    Comment.objects.filter(pk=comment.pk).update(deleted_at=at)


def _grade(stage: Stage, given: DemoGrade, at: datetime) -> None:
    """Grade the revision that stands at that moment, which may not be the last."""
    prompt, student = stage.prompts[given.prompt], stage.people[given.student]
    post = Post.objects.select_related("revision").get(prompt=prompt, author=student)
    criteria = zip(prompt.rubric.criteria.prefetch_related("levels"), given.levels, strict=True)
    feedback = give_feedback(
        prompt,
        student,
        by=stage.people[given.grader],
        post=post,
        revision=post.revision,
        levels={criterion: criterion.levels.all()[place] for criterion, place in criteria},
        words=given.feedback,
    )
    Grading.objects.filter(pk=feedback.pk).update(created_at=at, updated_at=at)


def _release(stage: Stage, number: int, at: datetime) -> None:
    """Release a prompt's grades. The letters that tell of it count as sent on that day."""
    released = release_prompt(stage.prompts[number], by=stage.people["ines"])
    Grading.objects.filter(pk__in=[feedback.pk for feedback in released]).update(released_at=at)
    OutboxMessage.objects.filter(recipient__in=stage.people.values(), sent_at=None).update(
        created_at=at, due_at=at, sent_at=at, attempts=1
    )


def _follow(stage: Stage, wish: DemoFollow, at: datetime) -> None:
    made = follow(stage.course, by=stage.people[wish.follower], person=stage.people[wish.followed])
    Follow.objects.filter(pk=made.pk).update(created_at=at)
