"""Posts, versions, drafts and comments of a person as Markdown, with YAML before each."""

from collections.abc import Collection, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blog.models import Course, Draft, DraftSnapshot, HelpStatement, Post, ProcessNote, Revision
from blog.takeout.front_matter import front_matter
from blog.text.pictures import SOURCE


def moment(value: datetime | None, zone: ZoneInfo) -> str:
    """Return a day with its year and a time: whoever opens a file does so years later."""
    return date_format(value.astimezone(zone), "j F Y, H:i") if value else ""


def with_pictures(text: str, folder: str, pictures: Collection[str]) -> str:
    """Return Markdown whose pictures are files of a folder; those that are gone keep their name."""
    return SOURCE.sub(
        lambda found: f"{folder}{found[1]}.webp" if found[1] in pictures else found[0], text
    )


def post_text(post: Post, course: Course, pictures: Collection[str], bibliography: str) -> str:
    """Return a post as it is published or was; ``bibliography`` is for pandoc and its like."""
    revision = post.revision
    assert revision is not None
    head = _head(post, course) | {
        "published": _local(post.published_at, course),
        "version": revision.number,
        "words": revision.words,
        "content_note": revision.content_note,
        "bibliography": bibliography if revision.references else "",
    }
    text = with_pictures(revision.text, "images/", pictures)
    return f"{front_matter({'title': revision.title} | head)}\n{text}\n"


def version_text(revision: Revision, course: Course, pictures: Collection[str]) -> str:
    """Return an earlier version of a post."""
    head = {
        "title": revision.title,
        "version": revision.number,
        "published": _local(revision.created_at, course),
        "audience": str(revision.get_audience_display()),
        "content_note": revision.content_note,
    }
    return f"{front_matter(head)}\n{with_pictures(revision.text, '../images/', pictures)}\n"


def draft_text(draft: Draft, post: Post, course: Course, pictures: Collection[str]) -> str:
    """Return the unpublished text of a post."""
    head = _head(post, course) | {
        "saved": _local(draft.updated_at, course),
        "content_note": draft.content_note,
        "is_conflict_copy": draft.is_conflict_copy or None,
    }
    text = with_pictures(draft.text, "../images/", pictures)
    return f"{front_matter({'title': draft.title} | head)}\n{text}\n"


def snapshot_texts(snapshots: Iterator[DraftSnapshot], course: Course) -> Iterator[str]:
    """Yield earlier states of a draft, the newest first."""
    for one in snapshots:
        head = {"title": one.title, "saved": _local(one.created_at, course)}
        yield f"{front_matter(head)}\n{one.text}\n\n"


def process_text(
    note: ProcessNote | None, help_received: HelpStatement | None, course: Course
) -> Iterator[str]:
    """Yield the process notes of a post's writer."""
    if help_received is not None:
        yield front_matter(
            {
                "help_from_people": help_received.people,
                "help_from_tools": help_received.tools,
                "help_from_ai_tools": help_received.ai_tools,
            }
        )
    if note is None:
        return
    yield f"\n{note.text}\n"
    for one in note.moments.all():
        yield f"\n## {moment(one.written_at, course.zone)}\n\n{one.explanation}\n\n"
        yield f"{quoted(one.text)}\n"


def quoted(text: str) -> str:
    """Return words as a quotation of Markdown."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def comment_text(entry) -> str:
    """Return a comment with what it is on: an ``Entry``."""
    lines = [f"## {entry.heading}", f"{entry.author}, {entry.at}"]
    lines += [f"*{state}*" for state in entry.states]
    if entry.passage:
        lines.append(quoted(entry.passage))
    if entry.parent_author:
        words = {"name": entry.parent_author}
        lines += [_("In reply to %(name)s:") % words, quoted(entry.parent_text)]
    lines.append(entry.text)
    return "\n\n".join(lines) + "\n\n"


def _head(post: Post, course: Course) -> dict:
    """Return the facts about a post that all its versions share."""
    return {
        "course": course.title,
        "prompt": post.prompt.title if post.prompt else "",
        "status": str(post.get_status_display()),
        "audience": str(post.get_audience_display()),
        "public_until": _local(post.public_until, course),
        "started": _local(post.created_at, course),
        "deleted": _local(post.deleted_at, course),
    }


def _local(value: datetime | None, course: Course) -> datetime | None:
    return value.astimezone(course.zone) if value else None
