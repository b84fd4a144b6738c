"""The posts of a person in one course as a file for WordPress.

It has their published posts, withdrawn ones as drafts, with the comments that its readers there may
read: of a public post those that are open to everybody, under public names; of any other, which
WordPress keeps private, those that its author sees and that are not for the teaching team.
"""

from collections.abc import Iterator
from datetime import datetime
from html import escape
from urllib.parse import urljoin

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from blog.models import Audience, Comment, Course, Membership, Post, User, name_for
from blog.takeout.offline import for_folder
from blog.text import anchor
from blog.wordpress.own_fields import COURSE, write_own_fields
from blog.wordpress.writer import (
    TAIL,
    WrittenBlog,
    WrittenComment,
    WrittenFile,
    WrittenPost,
    write_file,
    write_head,
    write_post,
)

# Numbers of items; WordPress gives its own.
FIRST_FILE = 1_000_000_000


def wordpress_file(membership: Membership) -> Iterator[str]:
    """Yield a file for WordPress, a post at a time."""
    return _Writer(membership).write()


class _Writer:
    def __init__(self, membership: Membership):
        self.person: User = membership.user
        self.course: Course = membership.course
        self.is_member = membership.ended_at is None
        self.login = self.person.username

    def write(self) -> Iterator[str]:
        yield write_head(
            WrittenBlog(
                title=self.course.title,
                address=settings.SITE_URL,
                login=self.login,
                name=name_for(self.person, self.person),
                email=self.person.email,
                at=timezone.now(),
            )
        )
        posts = Post.objects.by(self.person).in_course(self.course).not_deleted().once_published()
        for pk in list(posts.order_by("published_at", "pk").values_list("pk", flat=True)):
            post = Post.objects.select_related("revision", "prompt").filter(pk=pk).first()
            if post is not None and post.revision is not None:
                post.course = self.course
                yield from self._post(post)
        yield TAIL

    def _post(self, post: Post) -> Iterator[str]:
        revision = post.revision
        assert revision is not None
        assert post.published_at is not None
        pictures = {one.token: one for one in post.pictures.order_by("pk")}
        files = {
            token: urljoin(f"{settings.SITE_URL}/", one.shown.address)
            for token, one in pictures.items()
        }
        is_public = post.is_public
        status = "publish" if is_public else "private" if post.is_published else "draft"
        was_open = not is_public and post.audience >= Audience.COURSE
        page = post.get_absolute_url()
        written = WrittenPost(
            number=post.pk,
            title=revision.title,
            slug=post.slug,
            address=settings.SITE_URL + page,
            name=settings.SITE_URL + page,
            at=self._local(post.published_at),
            html=self._html(post, files),
            status=status,
            comments=tuple(self._comments(post, is_public=is_public)),
            fields=write_own_fields(
                revision.text,
                [one["csl"] | {"id": one["key"]} for one in revision.references],
                revision.content_note,
                COURSE if was_open else "",
            ),
        )
        yield from write_post(written, self.login)
        for token, picture in pictures.items():
            if token in revision.html:
                file = WrittenFile(
                    FIRST_FILE + picture.pk,
                    post.pk,
                    f"{token}.webp",
                    files[token],
                    picture.alternative,
                    self._local(picture.created_at),
                )
                yield from write_file(file, self.login)

    def _html(self, post: Post, files: dict[str, str]) -> str:
        """Return the text as its page has it, with its list of references."""
        revision, site = post.revision, settings.SITE_URL
        assert revision is not None
        entries = {anchor(one["key"]): one["html"] for one in revision.references if one["html"]}
        html = for_folder(revision.html, site, post.get_absolute_url(), files, entries)
        if entries:
            listed = "".join(
                f'<p id="{escape(key)}">{for_folder(entry, site, "", {})}</p>\n'
                for key, entry in entries.items()
            )
            heading = _("References")
            html += f"\n<h2>{heading}</h2>\n{listed}"
        return html

    def _comments(self, post: Post, *, is_public: bool) -> Iterator[WrittenComment]:
        """Yield the comments of a post that go along, each after what it replies to."""
        visible = Comment.objects.visible_to(self.person).on(post).open()
        if is_public:
            visible = visible.on_public_page()
        else:
            visible = visible.exclude(audience=Comment.Audience.TEAM)
        rows = list(visible.select_related("author").order_by("created_at", "pk"))
        known: set[int] = set()
        for comment in rows:
            parent = comment.parent_id if comment.parent_id in known else 0
            known.add(comment.pk)
            yield WrittenComment(
                number=comment.pk,
                name=self._name_of(comment, is_public=is_public),
                at=self._local(comment.created_at),
                html=for_folder(comment.html, settings.SITE_URL, post.get_absolute_url(), {}),
                parent=parent or 0,
                account=int(comment.author_id == self.person.pk),
                fields=write_own_fields(comment.text),
            )

    def _name_of(self, comment: Comment, *, is_public: bool) -> str:
        author = comment.author
        if author is None:
            return comment.guest_name
        is_public = is_public or not self.is_member
        return name_for(author, self.person, public=is_public)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.course.zone)
