"""The posts of the demo course, with their revisions, and the drafts not yet published."""

import re
from dataclasses import dataclass

from network.demo.text_files import fields, moment, sections, versions

CITATION_KEY = re.compile(r"(?<![\w@])@([A-Za-z0-9_]+)")


@dataclass(frozen=True)
class DemoRevision:
    """A later version of a post, and when it was published."""

    day: int
    hour: int
    minute: int
    text: str


@dataclass(frozen=True)
class DemoPost:
    """A post as first published; `audience` names a member of `blog.models.Audience`."""

    id: str
    author: str
    prompt: int | None
    day: int
    hour: int
    minute: int
    title: str
    text: str
    audience: str
    revisions: tuple[DemoRevision, ...] = ()
    withdrawn: tuple[int, int, int] | None = None

    @property
    def cites(self) -> tuple[str, ...]:
        """Return the citation keys of all versions, in order of first use."""
        texts = (self.text, *(revision.text for revision in self.revisions))
        return tuple(dict.fromkeys(key for text in texts for key in CITATION_KEY.findall(text)))


def _post(slug: str, body: str) -> DemoPost:
    head, text = fields(body)
    first, later = versions(text)
    day, hour, minute = moment(head["at"])
    return DemoPost(
        id=slug,
        author=head["author"],
        prompt=int(head["prompt"]) if "prompt" in head else None,
        day=day,
        hour=hour,
        minute=minute,
        title=head["title"],
        text=first,
        audience=head["audience"],
        revisions=tuple(DemoRevision(*moment(at), new) for at, new in later),
        withdrawn=moment(head["withdrawn"]) if "withdrawn" in head else None,
    )


def _in_order(folder: str) -> tuple[DemoPost, ...]:
    posts = (_post(slug, body) for slug, body in sections(folder))
    return tuple(sorted(posts, key=lambda post: (post.day, post.hour, post.minute)))


POSTS = _in_order("posts")
DRAFTS = _in_order("drafts")
