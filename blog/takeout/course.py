"""A person's share of one course, file by file."""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.citations.exporters import write_bibtex, write_csl
from blog.exceptions import TextRefused
from blog.models import (
    Draft,
    HelpStatement,
    Membership,
    Picture,
    Post,
    ProcessNote,
    Reference,
    User,
    name_for,
)
from blog.queries.feedback import readable_feedback
from blog.queries.feedback_replies import own_replies
from blog.queries.own_posts import RESTORABLE_FOR
from blog.signals import takeout_asked
from blog.takeout import texts
from blog.takeout.comments import Conversation
from blog.takeout.feedback import as_csv, as_markdown
from blog.takeout.names import Names
from blog.takeout.offline import for_folder
from blog.takeout.pages import address, long_page, page
from blog.takeout.wordpress import wordpress_file
from blog.text import anchor

Chunks = Iterable[bytes | str]


@dataclass(frozen=True)
class Part:
    """Another app's share of a person in a course: ``files`` by name, and the inside of a page.

    ``page`` is the name of that page, "" without one.
    """

    title: str
    files: Mapping[str, Chunks]
    page: str = ""
    html: str = ""


@dataclass
class ListedPost:
    """A post in the list of a course: its page, and the files that belong to it."""

    title: str
    state: str
    at: str
    page: str
    files: list[tuple[str, str]] = field(default_factory=list)


class CourseShare:
    """One person's share of a course: ``files`` yields it, a post or another part at a step.

    Whoever has left the course has their own words, and feedback that was released to them.
    """

    def __init__(self, person: User, membership: Membership, folder: str):
        self.person, self.course, self.folder = person, membership.course, folder
        self.is_member = membership.ended_at is None
        self.membership = membership
        self.listed: list[ListedPost] = []
        self.pages: list[tuple[str, str, list[tuple[str, str]]]] = []
        self._records: dict[int, dict] = {}
        self._conversation = Conversation(person, self.course, is_member=self.is_member)

    @cached_property
    def post_keys(self) -> list[int]:
        """Return the person's posts, also those they can still restore, the oldest first."""
        kept = Q(deleted_at=None) | Q(deleted_at__gt=timezone.now() - RESTORABLE_FOR)
        posts = Post.objects.by(self.person).in_course(self.course).filter(kept)
        return list(posts.order_by("created_at", "pk").values_list("pk", flat=True))

    @property
    def steps(self) -> int:
        return len(self.post_keys) + len(self._parts())

    def files(self) -> Iterator[list[tuple[str, Chunks]]]:
        """Yield the files of each step, by their paths in the zip."""
        names = Names()
        for pk in self.post_keys:
            yield list(self._post(pk, names))
        for part in self._parts():
            yield [(f"{self.folder}/{name}", chunks) for name, chunks in part()]

    def _parts(self) -> list:
        return [self._given, self._received, self._unsent, self._feedback, self._references,
                self._for_wordpress, self._of_other_apps, self._index]  # fmt: skip

    # Posts

    def _post(self, pk: int, names: Names) -> Iterator[tuple[str, Chunks]]:
        posts = Post.objects.select_related("author", "revision", "prompt", "course")
        post = posts.get(pk=pk)
        post.course = self.course
        drafts = list(
            Draft.objects.of_posts().by(self.person).filter(post=post, archived_at=None)
            .order_by("is_conflict_copy", "-updated_at")
        )  # fmt: skip
        title = post.revision.title if post.revision else next((d.title for d in drafts), "")
        title = title or str(post)
        at = (post.published_at or post.created_at).astimezone(self.course.zone)
        name = names.new(f"{at:%Y-%m-%d} {title}", "post")
        listed = ListedPost(title, self._state(post), texts.moment(at, self.course.zone),
                            address(f"posts/{name}.html"))  # fmt: skip
        folder = f"{self.folder}/posts"
        pictures = {one.token: one for one in post.pictures.order_by("pk") if _has_file(one)}
        for token, picture in pictures.items():
            yield f"{folder}/images/{token}.webp", _content(picture)
        written = [*self._texts(post, name, pictures, drafts)]
        for path, label, chunks in written:
            listed.files.append((address(f"posts/{path}"), label))
            yield f"{folder}/{path}", chunks
        self._collect(post)
        self.listed.append(listed)
        path = f"{folder}/{name}.html"
        yield path, [self._page(path, post, title, pictures, drafts, written)]

    def _texts(self, post, name, pictures, drafts) -> Iterator[tuple[str, str, Chunks]]:
        """Yield all texts of a post: path in the folder of posts, a label, and content."""
        if post.revision:
            text = texts.post_text(post, self.course, pictures, f"{name}.bib")
            yield f"{name}.md", _("Text (Markdown)"), [text]
            if post.revision.references:
                records = [one["csl"] | {"id": one["key"]} for one in post.revision.references]
                yield f"{name}.bib", _("References (BibTeX)"), [write_bibtex(records)]
            for one in post.revisions.exclude(pk=post.revision_id).order_by("number"):
                label = _("Version %(number)s") % {"number": one.number}
                text = texts.version_text(one, self.course, pictures)
                yield f"versions/{name}.{one.number}.md", label, [text]
        for number, draft in enumerate(drafts, start=1):
            path = f"drafts/{name}.md" if number == 1 else f"drafts/{name}.{number}.md"
            yield path, _("Draft"), [texts.draft_text(draft, post, self.course, pictures)]
        earlier = post.draft_snapshots.filter(user=self.person).order_by("-pk")
        if earlier.exists():
            chunks = texts.snapshot_texts(earlier.iterator(), self.course)
            yield f"drafts/{name}.earlier.md", _("Earlier states of the draft"), chunks
        note = ProcessNote.objects.filter(post=post).prefetch_related("moments").first()
        received = HelpStatement.objects.filter(post=post).first()
        if note or received:
            chunks = texts.process_text(note, received, self.course)
            yield f"{name}.process.md", _("How it came about"), chunks

    def _page(self, path, post, title, pictures, drafts, written) -> str:
        html, references, is_plain = "", [], False
        if post.revision:
            html, references = post.revision.html, post.revision.references
        elif drafts:
            try:
                html = post.render(drafts[0].text).rendered.html
            except TextRefused:
                html, is_plain = drafts[0].text, True
        files = {token: f"images/{token}.webp" for token in pictures}
        listed = [(anchor(one["key"]), one["html"]) for one in references if one["html"]]
        anchors = {key for key, _entry in listed}
        site, on_site = settings.SITE_URL, post.get_absolute_url()
        return page(
            "post.html",
            path,
            post=post,
            title=title,
            course=self.course,
            author=name_for(self.person, self.person),
            state=self._state(post),
            at=texts.moment(post.published_at or post.created_at, self.course.zone),
            note=post.revision.content_note if post.revision else "",
            html=html if is_plain else for_folder(html, site, on_site, files, anchors),
            is_plain=is_plain,
            references=[(key, for_folder(entry, site, on_site, {})) for key, entry in listed],
            threads=self._conversation.threads(post),
            files=[(address(file), label) for file, label, _chunks in written],
        )

    def _state(self, post: Post) -> str:
        """Describe the state of a post, and who can see it if others can."""
        if post.deleted_at:
            return _("deleted")
        if not post.is_published:
            return str(post.get_status_display())
        readers = {"audience": post.get_audience_display()}
        return _("published, visible to: %(audience)s") % readers

    def _collect(self, post: Post) -> None:
        """Remember the works of a post, for the list of the course."""
        for one in post.revision.references if post.revision else []:
            self._records.setdefault(one["work"], one["csl"] | {"id": one["key"]})
        for reference in Reference.objects.filter(post=post).select_related("work"):
            record = reference.work.csl | {"id": reference.key}
            self._records.setdefault(reference.work_id, record)

    # The other parts, each with the names of its files in the folder of the course

    def _given(self) -> Iterator[tuple[str, Chunks]]:
        yield from self._comments(
            "comments-given", _("Comments I wrote"), self._conversation.given()
        )

    def _received(self) -> Iterator[tuple[str, Chunks]]:
        title = _("Comments I received")
        yield from self._comments("comments-received", title, self._conversation.received())

    def _comments(self, name, title, comments) -> Iterator[tuple[str, Chunks]]:
        if not comments.exists():
            return
        entries = self._conversation.entries(comments)
        yield f"{name}.md", (texts.comment_text(entry) for entry in entries)
        yield (
            f"{name}.html",
            long_page("comments.html", f"{self.folder}/{name}.html", "_comment.html",
                      self._conversation.entries(comments), title=title, course=self.course),
        )  # fmt: skip
        self.pages.append((title, f"{name}.html", [(f"{name}.md", "Markdown")]))

    def _unsent(self) -> Iterator[tuple[str, Chunks]]:
        """Yield the drafts of comments."""
        drafts = Draft.objects.by(self.person).filter(post__course=self.course, archived_at=None)
        drafts = drafts.exclude(kind=Draft.Kind.POST).order_by("updated_at", "pk")
        if drafts.exists():
            yield (
                "comments-not-sent.md",
                (f"## {texts.moment(one.updated_at, self.course.zone)}\n\n{one.text}\n\n"
                 for one in drafts.iterator()),
            )  # fmt: skip
            self.pages.append(
                (_("Comments I did not send"), "", [("comments-not-sent.md", "Markdown")])
            )

    def _feedback(self) -> Iterator[tuple[str, Chunks]]:
        reader = self._as_then()
        replies = own_replies(reader, self.course)
        grades = readable_feedback(reader, self.course)
        rows = [(one, replies.pop(one.grading.prompt_id, None)) for one in reversed(grades)]
        if not rows and not replies:
            return
        yield "feedback.csv", [as_csv(self.course, rows, self._conversation.name)]
        text = as_markdown(self.course, rows, self._conversation.name)
        change = _("What I will change")
        for reply in replies.values():
            text += f"\n## {reply.prompt.title}\n\n### {change}\n\n{reply.text}\n"
        yield "feedback.md", [text]
        path, title = f"{self.folder}/feedback.html", _("Grades and feedback")
        shown = [self._shown_grade(grade, reply) for grade, reply in rows]
        others = [(reply.prompt.title, self._plain(reply.html)) for reply in replies.values()]
        yield (
            "feedback.html",
            [
                page(
                    "feedback.html",
                    path,
                    grades=shown,
                    others=others,
                    course=self.course,
                    title=title,
                )
            ],
        )
        files = [("feedback.md", "Markdown"), ("feedback.csv", "CSV")]
        self.pages.append((title, "feedback.html", files))

    def _shown_grade(self, grade, reply) -> dict[str, Any]:
        grading = grade.grading
        return {
            "grade": grade,
            "grader": self._conversation.name(grading.grader),
            "at": texts.moment(grading.released_at, self.course.zone),
            "notes": [(self._plain(note.html), note.paragraph) for note in grade.notes],
            "reply": self._plain(reply.html) if reply else "",
        }

    def _plain(self, html: str) -> str:
        return for_folder(html, settings.SITE_URL, "/", {})

    def _as_then(self) -> User:
        """Return the person as a member, also if they have left: what was told to them stays."""
        if self.is_member:
            return self.person
        reader = copy(self.person)
        reader.__dict__["memberships_now"] = [self.membership]
        return reader

    def _references(self) -> Iterator[tuple[str, Chunks]]:
        records = list(self._records.values())
        if records:
            yield "references.bib", [write_bibtex(records)]
            yield "references.json", [write_csl(records)]
            files = [("references.bib", "BibTeX"), ("references.json", "CSL-JSON")]
            self.pages.append((_("References of my posts"), "", files))

    def _for_wordpress(self) -> Iterator[tuple[str, Chunks]]:
        if self.listed:
            yield "wordpress.xml", wordpress_file(self.membership)
            self.pages.append((_("My posts for WordPress"), "", [("wordpress.xml", "WXR")]))

    def _of_other_apps(self) -> Iterator[tuple[str, Chunks]]:
        if not self.is_member:
            return
        answers: list[tuple[Any, Any]] = takeout_asked.send(
            sender=None, person=self.person, course=self.course
        )
        for part in (part for _receiver, parts in answers for part in parts):
            yield from part.files.items()
            files = [(address(name), PurePosixPath(name).name) for name in part.files]
            if part.page:
                path = f"{self.folder}/{part.page}"
                beside = [(address(name), name) for _path, name in files]
                context = {"part": part, "course": self.course, "files": beside}
                yield part.page, [page("part.html", path, **context)]
            self.pages.append((part.title, part.page, files))

    def _index(self) -> Iterator[tuple[str, Chunks]]:
        path = f"{self.folder}/index.html"
        yield (
            "index.html",
            [page("course.html", path, course=self.course, posts=self.listed, pages=self.pages,
                  membership=self.membership, left=texts.moment(
                      self.membership.ended_at, self.course.zone))],
        )  # fmt: skip


def _has_file(picture: Picture) -> bool:
    return picture.large.storage.exists(str(picture.large))


def _content(picture: Picture) -> Iterator[bytes]:
    with picture.large.open("rb") as file:
        yield from file.chunks()
