"""Write the posts and comments of an import, each with what it needs, as its moment had it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from blog import access
from blog.actions.references import add_references, share_references
from blog.citations import replace_keys
from blog.exceptions import Refused, TextRefused
from blog.models import (
    Comment,
    GuestComment,
    ImportedComment,
    ImportedPost,
    Picture,
    Post,
    RenderedPost,
    Revision,
    SearchEntry,
    WordPressImport,
    lock_courses,
    queue_submission,
    rendered_fields,
    send_interactions_changed,
    store_links,
)
from blog.pictures import MAX_FILE_BYTES, CleanPicture, PictureRefused
from blog.queries.post_slugs import slug_for
from blog.queries.wordpress_plan import NEW, PROBLEM, UNDECIDED, Person, Plan, PlannedPost
from blog.text import RENDERER_VERSION, Rendered, render_post
from blog.text.scaffold import strip_scaffold
from blog.wordpress.archives import MediaZip
from blog.wordpress.items import Comment as BlogComment
from blog.wordpress.media import MediaFiles
from blog.wordpress.texts import convert_comment, convert_own, convert_post

MAX_TOLD = 100  # of what did not come as it was
# Why a post does not come that nobody has left out: its author may have left the course meanwhile.
UNTAKEN = {PROBLEM: ["too_long"], UNDECIDED: ["undecided"]}


@dataclass
class PreparedPost:
    """A post with what takes time: its text as Markdown, its pictures' files, its comments."""

    planned: PlannedPost
    text: str = ""
    rendered: RenderedPost | None = None
    pictures: dict[str, Picture] = field(default_factory=dict)
    missing: int = 0
    comments: list[tuple[BlogComment, str, Rendered]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    refusal: str = ""

    def delete_files(self) -> None:
        for picture in self.pictures.values():
            picture.delete_files()


class ImportingPosts:
    """Imports the posts of a plan one after the other; use it in a ``with``, for its zip."""

    def __init__(
        self,
        wordpress_import: WordPressImport,
        plan: Plan,
        clean_picture: Callable[[bytes], CleanPicture],
    ):
        self.clean_picture = clean_picture
        self.wordpress_import, self.course = wordpress_import, wordpress_import.course
        self.by = wordpress_import.created_by
        self.people = {one.author.key: one for one in plan.people}
        self.attachments = {one.number: one for one in wordpress_import.export.attachments}
        self.files = MediaFiles(wordpress_import.media_paths)
        self._media: MediaZip | None = None

    def __enter__(self) -> "ImportingPosts":
        if self.files:
            self._media = MediaZip(self.wordpress_import.media.open("rb"))
        return self

    def __exit__(self, *error: object) -> None:
        if self._media is not None:
            self._media.file.close()

    def prepare(self, planned: PlannedPost) -> PreparedPost:
        """Convert and render a post and its comments, before any transaction: that takes its time.

        A post that cites is rendered when its works are there.
        """
        prepared = PreparedPost(planned)
        if not planned.brings_something:
            return prepared
        try:
            if planned.state == NEW:
                self._prepare_post(prepared)
        except TextRefused as refusal:
            prepared.refusal = str(refusal)
            return prepared
        for one in planned.comments:
            text = one.markdown or convert_comment(one.html)
            try:
                rendered = Post(course=self.course).render_comment(text)
            except TextRefused as refusal:
                prepared.problems.append(str(refusal))
            else:
                prepared.comments.append((one, text, rendered))
        return prepared

    def _prepare_post(self, prepared: PreparedPost) -> None:
        planned, post = prepared.planned, prepared.planned.post
        converted = (
            convert_own(post.key, post.markdown, self.files)
            if post.markdown
            else convert_post(post.key, post.html, self.attachments, self.files)
        )
        prepared.missing = converted.missing
        for placed in converted.pictures:
            picture = self._picture(placed.path, placed.alternative)
            if picture is not None:
                prepared.pictures[placed.place] = picture
            elif "picture_refused" not in prepared.problems:
                prepared.problems.append("picture_refused")
        tokens = {place: picture.token for place, picture in prepared.pictures.items()}
        prepared.text = strip_scaffold(self._signed(converted.with_pictures(tokens), planned))
        if not post.references:
            rendered = render_post(
                prepared.text,
                prompt=planned.prompt.question_plain if planned.prompt else "",
                pictures={picture.token: picture.shown for picture in prepared.pictures.values()},
            )
            prepared.rendered = RenderedPost(prepared.text, rendered, [])

    def _picture(self, path: str, alternative: str) -> Picture | None:
        data = self._media.read(path, MAX_FILE_BYTES) if self._media else None
        if data is None:
            return None
        try:
            clean = self.clean_picture(data)
        except PictureRefused:
            return None
        picture = Picture(post=Post(course=self.course), alternative=alternative)
        picture.write_files(clean)
        return picture

    def add(self, prepared: PreparedPost, changes: dict[str, Any]) -> None:
        """Write what was prepared, in the caller's transaction; tell ``changes`` of it."""
        access.require(access.can_edit_course(self.by, self.course))
        planned = prepared.planned
        if not planned.brings_something:
            _tell(changes, planned, UNTAKEN.get(planned.state, []))
            return
        if prepared.refusal:
            prepared.delete_files()
            _tell(changes, planned, [prepared.refusal])
            return
        problems = list(prepared.problems)
        if planned.known is not None:
            imported = planned.known
        else:
            try:
                with transaction.atomic():
                    imported = self._add_post(prepared, problems)
            except Refused as refusal:
                prepared.delete_files()
                _tell(changes, planned, [str(refusal)])
                return
            changes["posts"] = changes.get("posts", 0) + 1
        added = self._add_comments(imported, prepared)
        changes["comments"] = changes.get("comments", 0) + added
        changes["pictures"] = changes.get("pictures", 0) + len(prepared.pictures)
        changes["missing_pictures"] = changes.get("missing_pictures", 0) + prepared.missing
        _tell(changes, planned, problems)

    # Posts

    def _add_post(self, prepared: PreparedPost, problems: list[str]) -> ImportedPost:
        """Write a post as its author would have published it then. Raises Refused."""
        planned = prepared.planned
        author, at = planned.author, planned.at
        assert author is not None
        lock_courses([self.course.pk])
        post = Post(
            course=self.course,
            author=author,
            prompt=self._prompt_of(planned),
            title=planned.post.title or _("Untitled"),
            audience=planned.audience,
            created_at=at,
        )
        post.slug = slug_for(post, post.title)
        post.save()
        for picture in prepared.pictures.values():
            picture.post, picture.uploader = post, author
            picture.save()
        text, rendered = prepared.text, prepared.rendered
        if planned.post.references:
            text = self._add_references(post, text, planned.post.references, problems)
        if rendered is None or post.prompt != planned.prompt:
            rendered = post.render(text)
        post.revision = Revision.objects.create(
            post=post,
            number=1,
            title=post.title,
            text=text,
            content_note=planned.post.content_note,
            references=rendered.snapshot(),
            audience=post.audience,
            created_by=author,
            created_at=at,
            **rendered_fields(rendered.rendered),
        )
        post.status, post.published_at = Post.Status.PUBLISHED, at
        cited = [one.key for one in rendered.rendered.references]
        post.references.filter(key__in=cited).update(cited=True)
        if cited:
            share_references(post, by=author)
        post.save()
        store_links(post)
        SearchEntry.objects.keep("post", [post])
        queue_submission(post)
        return ImportedPost.objects.create(
            course=self.course,
            post=post,
            wordpress_import=self.wordpress_import,
            key=planned.post.key,
        )

    def _prompt_of(self, planned: PlannedPost):
        """Return the prompt, unless its author has written for it since the plan was made."""
        if planned.prompt is None:
            return None
        others = Post.objects.active().answering(planned.prompt).by(planned.author)
        return None if others.exists() else planned.prompt

    def _signed(self, text: str, planned: PlannedPost) -> str:
        """Return a text with its author as the first line, where that is nobody here."""
        if planned.person.member is not None:
            return text
        name = planned.person.author.name or _("an unknown author")
        return "\n\n".join([_("*Written by %(name)s*") % {"name": _as_words(name)}, text])

    def _add_references(
        self, post: Post, text: str, records: Sequence[dict], problems: list[str]
    ) -> str:
        """Add the works that a text of this program cites; return it with the keys of the post."""
        try:
            with transaction.atomic():
                references = add_references(post, records, by=post.author)
        except Refused as refusal:
            problems.append(str(refusal))
            return text
        keys = {csl["id"]: one.key for csl, one in zip(records, references, strict=True)}
        return replace_keys(text, {old: new for old, new in keys.items() if old != new})

    # Comments

    def _add_comments(self, imported: ImportedPost, prepared: PreparedPost) -> int:
        """Write comments, the oldest first, and say which ties they make; return their number."""
        post = imported.post
        post.course = self.course
        rows = imported.imported_comments.select_related("comment__author")
        written = {one.key: one.comment for one in rows}
        added: list[Comment] = []
        for one, text, rendered in prepared.comments:
            if one.key in written:
                continue
            comment = self._add_comment(post, one, text, rendered, written.get(one.parent))
            written[one.key] = comment
            ImportedComment.objects.create(
                imported_post=imported,
                comment=comment,
                wordpress_import=self.wordpress_import,
                key=one.key,
            )
            added.append(comment)
        SearchEntry.objects.keep("comment", added)
        interactions = [made for comment in added for made in comment.interactions()]
        send_interactions_changed(self.course, added=interactions)
        return len(added)

    def _add_comment(
        self,
        post: Post,
        one: BlogComment,
        text: str,
        rendered: Rendered,
        parent: Comment | None,
    ) -> Comment:
        """Write one comment. One that waited is for the team to decide on, under a guest's name."""
        person = self.people.get(one.author)
        author = person.member if person and not one.is_waiting else None
        at = datetime.fromisoformat(one.at)
        widest = Comment.Audience.READERS if author else Comment.Audience.EVERYONE
        if parent is not None and parent.deleted_at is not None:
            parent = None
        comment = Comment.objects.create(
            post=post,
            parent=parent,
            author=author,
            guest_name="" if author else _guest_name(person),
            addressee=parent.author if parent else post.author,
            state=Comment.State.WAITING if one.is_waiting else Comment.State.OPEN,
            audience=min(widest, parent.audience) if parent else widest,
            text=text,
            html=rendered.html,
            renderer=RENDERER_VERSION,
            created_at=at,
            day=self.course.day_of(at),
        )
        if author is None:
            GuestComment.objects.create(comment=comment, is_imported=True)
        return comment


def _guest_name(person: Person | None) -> str:
    return (person.author.name if person else "") or _("Anonymous guest")


def _as_words(name: str) -> str:
    """Return a name for Markdown, as words and nothing else."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]()#+-.!<>@&|~^$" else sign for sign in name)


def _tell(changes: dict[str, Any], planned: PlannedPost, problems: list[str]) -> None:
    told = changes.setdefault("problems", [])
    title = planned.post.title or _("Untitled")
    told += [[title, problem] for problem in problems][: max(MAX_TOLD - len(told), 0)]
