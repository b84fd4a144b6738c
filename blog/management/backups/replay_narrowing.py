"""Do again what made something narrower: for fewer people, or with less of it; never wider.

The words of a line say how far it was open at last. What the backup has so, or narrower, stays.
"""

from collections.abc import Collection
from datetime import datetime
from urllib.parse import unquote

from django.utils import timezone

from blog.management.backups.line_parser import NoLine, read
from blog.models import (
    Audience,
    Comment,
    Course,
    GuestComments,
    HelpStatement,
    Platform,
    PlatformCourse,
    Post,
    ProcessNote,
    Prompt,
    queue_submission,
    revocations,
    tracking_interactions,
    update_cases,
)
from blog.models.courses import OPENNESS
from blog.models.platforms import OPENING_FLAGS
from blog.models.process_notes import ToldAudience
from blog.models.prompts import CLOSING_FLAGS


def narrow_course(key: int, widest: str, default: str, guests: str) -> Course | None:
    """Open a course no further than its settings said; its posts have lines of their own."""
    opens = list(GuestComments)
    allowed = (
        read(Audience, read(int, widest)),
        read(Audience, read(int, default)),
        read(GuestComments, guests),
    )
    course = Course.objects.filter(pk=key).first()
    if course is None:
        return None
    before = course.openness
    course.widest_audience = min(course.widest_audience, allowed[0])
    course.default_audience = min(course.default_audience, allowed[1])
    course.guest_comments = min(GuestComments(course.guest_comments), allowed[2], key=opens.index)
    if course.openness == before:
        return None
    course.version += 1
    course.save(update_fields=[*OPENNESS, "version"])
    return course


def narrow_prompt(key: int, flags: str, widest: str, opens_at: str) -> Prompt | None:
    """Keep people from a prompt, and from posts for it, as its settings did at last.

    One that opens when posts for it were due in the backup is a draft: its dates are for the team.
    """
    closed = set(flags.split(",")) - {"-"}
    if closed - set(CLOSING_FLAGS):
        raise NoLine
    limit = None if widest == "-" else read(Audience, read(int, widest))
    opens = read(datetime.fromisoformat, opens_at)
    prompt = Prompt.objects.filter(pk=key).first()
    if prompt is None:
        return None
    prompt.lock()
    before = prompt.openness
    for name in closed:
        setattr(prompt, name, True)
    if limit is not None and (prompt.widest_audience is None or limit < prompt.widest_audience):
        prompt.widest_audience = limit
    if opens > max(prompt.opens_at, timezone.now()):
        if opens < prompt.due_at:
            prompt.opens_at = opens
        else:
            prompt.is_draft = True
    if prompt.openness == before:
        return None
    prompt.version += 1
    prompt.save(update_fields=[*CLOSING_FLAGS, "widest_audience", "opens_at", "version"])
    return prompt


def narrow_post(key: int, audience: str, until: str = "-", gone: str = "-") -> Post | None:
    """Give a post the audience that its author had chosen, and the end of the public view.

    One that they had withdrawn or deleted is ``gone``. A list does not name pods: a post that was
    for one is for the teaching team.
    """
    wanted, how = read(Audience, read(int, audience)), set(gone.split(",")) - {"-"}
    ends = read(datetime.fromisoformat, until) if until != "-" else None
    if how - {"withdrawn", "deleted"}:
        raise NoLine
    narrowed = _narrow_readers(key, wanted, ends)
    return None if close_post(key, how) else narrowed


def close_post(key: int, how: Collection[str]) -> bool:
    """Withdraw a post, delete it, or both: one that is deleted may be restored some day.

    Return whether that was recorded.
    """
    is_closed = False
    for post in Post.objects.filter(pk=key):
        post.lock()
        if "withdrawn" in how and post.is_published:
            revocations.withdraw_post(post, by=None)
            is_closed = True
        if "deleted" in how and post.deleted_at is None:
            revocations.delete_post(post, by=None)
            is_closed = True
    return is_closed


def _narrow_readers(key: int, wanted: Audience, ends: datetime | None) -> Post | None:
    post = Post.objects.filter(pk=key).first()
    if post is None:
        return None
    post.lock()
    before = post.audience, post.public_until
    with tracking_interactions(post.course, Comment.objects.filter(post=post)):
        if wanted < post.audience:
            is_of_pod = wanted == Audience.POD and post.pod_id is None
            post.audience = Audience.INSTRUCTORS if is_of_pod else wanted
        if ends is not None and (post.public_until is None or ends < post.public_until):
            post.public_until = ends
        post.save(update_fields=["audience", "public_until"])
    if (post.audience, post.public_until) == before:
        return None
    update_cases(post, by=None)
    queue_submission(post)
    return post


def narrow_comment(key: int, audience: str) -> Comment | None:
    wanted = read(Comment.Audience, read(int, audience))
    comments = Comment.objects.select_related("post__course")
    for comment in comments.filter(pk=key, audience__gt=wanted):
        comment.post.lock()
        comment.audience = wanted
        revocations.narrow_replies(comment)
        comment.version += 1
        comment.save(update_fields=["audience", "version"])
        return comment
    return None


def narrow_note(key: int, audience: str, helped: str, there: str) -> Post | None:
    """Show of a note and a statement of help no more than their writer did at last.

    To no more people, and no text, moment or statement that they had taken out.
    """
    widest = read(ToldAudience, read(int, audience))
    helped_widest = helped != "0" and read(ToldAudience, read(int, helped))
    kept = set(there.split(","))
    note = ProcessNote.objects.select_related("post__course").filter(post=key).first()
    if note is None:
        return None
    note.post.lock()
    before, statements = note.openness, HelpStatement.objects.filter(post=note.post)
    note.audience = min(note.audience, widest)
    if "text" not in kept:
        note.text = note.html = ""
    note.moments.exclude(source__in=kept).delete()
    if helped_widest:
        statements.filter(audience__gt=helped_widest).update(audience=helped_widest)
    else:
        statements.delete()
    if note.openness == before:
        return None
    note.version += 1
    note.save()
    if not (note.text or note.moments.exists() or statements.exists()):
        revocations.remove_process_note(note.post, by=None)
    return note.post


def narrow_platform(key: int, flags: str, names: str) -> Platform | None:
    """Let in from an LMS no more than its registration did at last, and by no other deployment.

    A deployment goes once its courses are disconnected, so they had been.
    """
    opened = set(flags.split(","))
    if opened - {"-", *OPENING_FLAGS}:
        raise NoLine
    platform = Platform.objects.filter(pk=key).first()
    if platform is None:
        return None
    before = platform.openness
    for name in set(OPENING_FLAGS) - opened:
        setattr(platform, name, False)
    kept = [unquote(name) for name in names.split(",")]
    left = PlatformCourse.objects.connected().of_platform(platform).select_related("course")
    for connected in left.exclude(deployment__deployment_id__in=kept):
        revocations.disconnect_course(connected, by=None)
    revocations.keep_deployments(platform, kept)
    if platform.openness == before:
        return None
    platform.version += 1
    platform.save(update_fields=[*OPENING_FLAGS, "version"])
    return platform
