"""Replay the history of the demo course, action by action in order of time.

Actions date what they write by the current time unless they take `at`; where they do not, the row
is dated here, right after its action.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from operator import itemgetter
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from blog.actions.comments import add_comment, delete_comment
from blog.actions.drafts import start_post
from blog.actions.grading import give_feedback
from blog.actions.guest_comments import add_guest_comment
from blog.actions.guest_moderation import publish_guest_comment
from blog.actions.post_states import withdraw_post
from blog.actions.posts import publish_post
from blog.actions.references import add_reference
from blog.actions.releases import release_prompt
from blog.models import (
    Audience,
    Comment,
    Grading,
    GuestComment,
    Notification,
    OutboxMessage,
    Post,
    audit_events_at,
    notify_of_comment,
    release_key,
)
from blog.text.passages import Selection
from network.actions import follow
from network.demo import charter
from network.demo.charter import NORMS
from network.demo.comments import COMMENTS, FOLLOWS, DemoComment, DemoFollow
from network.demo.grades import GRADES, RELEASES, DemoGrade
from network.demo.guests import GUEST_COMMENTS, DemoGuestComment
from network.demo.posts import DRAFTS, POSTS, DemoPost, DemoRevision
from network.demo.prompts import COURSE
from network.demo.state import DemoState
from network.models import Follow

Moment = tuple[int, int, int]  # the day of the course, the hour, the minute

# Comments are deleted after all replies to them are written, in the last minute.
LAST_MINUTE = (COURSE.today - 1, 23, 59)
NOTIFIED_DAYS = 10  # before today


def replay_history(state: DemoState) -> None:
    """Write everything that happened in the demo course, in order of time."""
    for moment, write, item in sorted(_history(), key=itemgetter(0)):
        at = state.moment(*moment)
        with audit_events_at(at):
            write(state, item, at)
    _notify(state)


def _notify(state: DemoState) -> None:
    """Notify people of the latest comments; no mail goes to the people of a demo."""
    since = state.moment(COURSE.today - NOTIFIED_DAYS)
    for comment in state.comments.values():
        if comment.created_at >= since and not comment.is_deleted:
            notify_of_comment(comment)
            Notification.objects.filter(comment=comment).update(created_at=comment.created_at)
    own = Notification.objects.filter(course=state.course)
    own.update(mail_key="demo")
    own.filter(created_at__lt=state.moment(COURSE.today - 1)).update(seen_at=timezone.now())


def _history() -> Iterator[tuple[Moment, Callable, Any]]:
    """Yield (moment, function, its item); a post comes before its comments."""
    for post in POSTS:
        yield _moment_of(post), _publish, post
        for revision in post.revisions:
            yield _moment_of(revision), _revise, (post, revision)
        if post.withdrawn:
            yield post.withdrawn, _withdraw, post
    for draft in DRAFTS:
        yield _moment_of(draft), _start, draft
    for comment in COMMENTS:
        yield _moment_of(comment), _comment, comment
        if comment.deleted:
            yield LAST_MINUTE, _delete_comment, comment
    for guest_comment in GUEST_COMMENTS:
        yield _moment_of(guest_comment), _comment_as_guest, guest_comment
        if guest_comment.published:
            yield guest_comment.published, _publish_guest_comment, guest_comment
    for grade in GRADES:
        yield _moment_of(grade), _grade, grade
    for prompt, moment in RELEASES.items():
        yield moment, _release, prompt
    for norm in NORMS:
        yield norm.proposed, charter.propose, norm
        if norm.accepted:
            yield norm.accepted, charter.accept, norm
    for demo_follow in FOLLOWS:
        yield (demo_follow.day, 12, 0), _follow, demo_follow


def _moment_of(item) -> Moment:
    return item.day, item.hour, item.minute


def _start(state: DemoState, draft: DemoPost, at: datetime) -> Post:
    author = state.people[draft.author]
    post = start_post(
        state.course,
        by=author,
        prompt=state.prompts.get(draft.prompt),
        title=draft.title,
        text=draft.text,
        audience=Audience[draft.audience.upper()],
        at=at,
    )
    for key in draft.cites:
        add_reference(post, state.work(key, by=author), by=author, key=key)
    return post


def _publish(state: DemoState, demo_post: DemoPost, at: datetime) -> None:
    post = state.posts[demo_post.id] = _start(state, demo_post, at)
    publish_post(
        post,
        by=post.author,
        title=demo_post.title,
        text=demo_post.text,
        audience=Audience[demo_post.audience.upper()],
        at=at,
    )


def _revise(state: DemoState, item: tuple[DemoPost, DemoRevision], at: datetime) -> None:
    demo_post, revision = item
    post = state.posts[demo_post.id]
    publish_post(
        post, by=post.author, title=post.title, text=revision.text, audience=post.audience, at=at
    )


def _withdraw(state: DemoState, demo_post: DemoPost, at: datetime) -> None:
    post = state.posts[demo_post.id]
    withdraw_post(post, by=post.author)


def _comment(state: DemoState, demo_comment: DemoComment, at: datetime) -> None:
    post, words = state.posts[demo_comment.post], demo_comment.passage
    state.comments[demo_comment.id] = add_comment(
        post,
        by=state.people[demo_comment.author],
        text=demo_comment.text,
        parent=state.comments[demo_comment.reply_to] if demo_comment.reply_to else None,
        audience=Comment.Audience[demo_comment.audience.upper()],
        selection=Selection(post.revision.number, words) if words and post.revision else None,
        at=at,
    )


def _comment_as_guest(state: DemoState, guest: DemoGuestComment, at: datetime) -> None:
    comment = state.guests[guest.email] = add_guest_comment(
        state.posts[guest.post],
        by=AnonymousUser(),
        key=uuid4(),
        text=guest.text,
        name=guest.name,
        email=guest.email,
        website=guest.website,
    )
    Comment.objects.filter(pk=comment.pk).update(created_at=at, day=state.course.day_of(at))
    _date_mails(at, guest=comment.pk)


def _publish_guest_comment(state: DemoState, guest: DemoGuestComment, at: datetime) -> None:
    comment = publish_guest_comment(state.guests[guest.email], by=state.people["ines"])
    GuestComment.objects.filter(pk=comment.pk).update(decided_at=at)
    Notification.objects.filter(comment=comment).update(created_at=at)
    _date_mails(at, guest=comment.pk)


def _delete_comment(state: DemoState, demo_comment: DemoComment, at: datetime) -> None:
    comment = delete_comment(state.comments[demo_comment.id], by=state.people[demo_comment.author])
    Comment.objects.filter(pk=comment.pk).update(deleted_at=at)


def _grade(state: DemoState, demo_grade: DemoGrade, at: datetime) -> None:
    """Grade the revision that is published at that moment, which may not be the last."""
    prompt, student = state.prompts[demo_grade.prompt], state.people[demo_grade.student]
    post = Post.objects.select_related("revision").get(prompt=prompt, author=student)
    criteria = zip(
        prompt.rubric.criteria.prefetch_related("levels"), demo_grade.levels, strict=True
    )
    grading = give_feedback(
        prompt,
        student,
        by=state.people[demo_grade.grader],
        post=post,
        revision=post.revision,
        levels={criterion: criterion.levels.all()[place] for criterion, place in criteria},
        words=demo_grade.feedback,
    )
    Grading.objects.filter(pk=grading.pk).update(created_at=at, updated_at=at)


def _release(state: DemoState, number: int, at: datetime) -> None:
    """Release a prompt's grades. Their mails count as sent at that moment, and have its keys."""
    released = release_prompt(state.prompts[number], by=state.people["ines"])
    Grading.objects.filter(pk__in=[grading.pk for grading in released]).update(released_at=at)
    for grading in released:
        queued_as, grading.released_at = release_key(grading), at
        key = release_key(grading)
        OutboxMessage.objects.filter(key=queued_as).update(key=key)
        told = Notification.objects.filter(event=queued_as)
        told.update(created_at=at, event=key, mail_key=key)
    _date_mails(at, recipient__in=state.people.values())


def _date_mails(at: datetime, **recipients) -> None:
    """Count the mails that wait as sent at a moment."""
    OutboxMessage.objects.filter(sent_at=None, **recipients).update(
        created_at=at, due_at=at, sent_at=at, attempts=1
    )


def _follow(state: DemoState, demo_follow: DemoFollow, at: datetime) -> None:
    made = follow(
        state.course,
        by=state.people[demo_follow.follower],
        person=state.people[demo_follow.followed],
    )
    Follow.objects.filter(pk=made.pk).update(created_at=at)
