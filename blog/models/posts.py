"""Posts: their audiences, and the text of their published revisions."""

import re
from datetime import datetime
from html import unescape
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from blog.exceptions import TextRefused
from blog.models.courses import Audience, Course
from blog.models.extensions import extended_until
from blog.models.memberships import Pod
from blog.models.post_visibility import (
    PostStatus,
    audience_rules,
    audience_rules_in,
    course_rules,
    not_past_public_until,
    visibility_rules,
    visibility_rules_in,
)
from blog.models.prepared_queries import prepared
from blog.models.prompts import Prompt
from blog.models.revisions import HEAVY_FIELDS, RenderedPost
from blog.models.titles import TitleField
from blog.text import PictureFiles, Rendered, render_comment, render_post
from blog.text.addresses import host_of
from blog.text.invisible import is_blank
from blog.text.scaffold import strip_scaffold

# ¶3 as typed, unless it is in a link or in code already.
PARAGRAPH_NUMBER = re.compile(r"(?<![\[`\w])¶ ?(\d{1,3})(?!\w)")

# What lists read of a post, its author, version and prompt: of seventy columns each is felt.
LISTED_FIELDS = (
    "course", "author", "prompt", "slug", "title", "status", "audience", "public_until", "pod",
    "revision", "created_at", "published_at", "deleted_at", "hidden_at", "put_first_at",
    "source_url",
    "author__username", "author__display_name", "author__course_name", "author__portrait",
    "revision__number", "revision__title", "revision__content_note", "revision__excerpt",
    "prompt__number", "prompt__title",
)  # fmt: skip
# The wide columns that are in no list.
WIDE_FIELDS = (
    "left_open", "prompt__question", "prompt__question_html", "prompt__question_plain",
    *(f"revision__{name}" for name in HEAVY_FIELDS),
)  # fmt: skip


@prepared
def _locked_row(_shape, post: int):
    names = [field.attname for field in Post._meta.concrete_fields]
    return Post.objects.select_for_update(no_key=True).filter(pk=post).values(*names)


class PostQuerySet(models.QuerySet):
    def wider_than(self, audience):
        return self.filter(audience__gt=audience)

    def in_course(self, course):
        return self.filter(course=course)

    def by(self, author):
        return self.filter(author=author)

    def answering(self, prompt):
        return self.filter(prompt=prompt)

    def not_deleted(self):
        """Return the posts without deleted ones, which can only be restored or purged."""
        return self.filter(deleted_at=None)

    def active(self):
        """Return posts that are neither withdrawn nor deleted: an author has one per prompt."""
        return self.not_deleted().exclude(status=Post.Status.WITHDRAWN)

    def published(self):
        return self.not_deleted().filter(status=Post.Status.PUBLISHED)

    def once_published(self):
        """Return the posts that are published, or were until their author took them away."""
        return self.exclude(status=Post.Status.DRAFT)

    def opening_gates(self):
        """Return the posts that show their author those of others: ``Prompt.own_post_first``.

        One that its author alone can read is not enough.
        """
        return self.published().wider_than(Audience.ONLY_ME)

    def beyond_course(self):
        """Return the posts that are open outside the course now, whoever asks."""
        return self.published().filter(
            not_past_public_until(), hidden_at=None, audience__gte=Audience.SIGNED_IN
        )

    def open_to_course(self):
        """Return the posts that everybody in their course can read now."""
        return self.filter(course_rules())

    def open_to(self, reader):
        """Return posts whose author or audience the reader is: published, withdrawn or deleted."""
        if not reader.is_authenticated:
            return self.filter(audience_rules(reader))
        return self.filter(Q(author=reader) | audience_rules(reader))

    def open_in(self, reader, course):
        """Return ``open_to`` for the posts of a member's course, with a shorter condition."""
        return self.filter(Q(author=reader) | audience_rules_in(course, reader), course=course)

    def visible_to(self, reader):
        """Return the posts that a reader can see; pages, lists, feeds and counts all use this."""
        return self.filter(visibility_rules(reader))

    def visible_in(self, reader, course):
        """Return the posts of a course that a reader can see.

        As ``in_course(course).visible_to(reader)``, with a condition half as long.
        """
        return self.filter(visibility_rules_in(course, reader), course=course)

    def published_for(self, reader, course):
        """Return the published posts of a course that a reader can see.

        As ``published().visible_to(reader)``, with a condition half as long.
        """
        return self.filter(
            visibility_rules_in(course, reader), course=course, status=Post.Status.PUBLISHED
        )

    def shown_to_staff(self):
        """Return the posts that site staff may know of: no drafts, deleted or private ones."""
        return self.not_deleted().exclude(
            Q(status=Post.Status.DRAFT) | Q(audience=Audience.ONLY_ME)
        )

    def with_extensions(self):
        """Return the posts with ``extended_until``: their author's extension for their prompt."""
        return self.annotate(extended_until=extended_until("prompt", OuterRef("author")))

    def for_list(self):
        """Return the posts with everything a list prints, newest first."""
        return (
            self.select_related("author", "revision", "prompt")
            .only(*LISTED_FIELDS)
            .order_by("-published_at", "-pk")
        )

    def for_page(self):
        """Return the posts with everything the page of a post prints."""
        posts = self.select_related("author", "revision", "prompt", "pod", "course")
        return posts.with_extensions()


class Post(models.Model):
    """A post by one author; its text is in its published revision.

    ``left_open`` is what that text left open of its prompt and references, each point with its
    size: its author has been asked about it, so publishing again asks about the rest alone.
    """

    Status = PostStatus

    TRANSITIONS: ClassVar[dict[str, set[PostStatus]]] = {
        Status.DRAFT: {Status.PUBLISHED},
        Status.PUBLISHED: {Status.WITHDRAWN},
        Status.WITHDRAWN: {Status.PUBLISHED},
    }

    course = models.ForeignKey(
        Course, models.PROTECT, verbose_name=_("course"), related_name="posts"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("author"), related_name="posts"
    )
    prompt = models.ForeignKey(
        Prompt,
        models.PROTECT,
        verbose_name=_("prompt"),
        related_name="posts",
        null=True,
        blank=True,
    )
    slug = models.SlugField(max_length=90)
    title = TitleField(_("title"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    audience = models.PositiveSmallIntegerField(
        _("who can see it"), choices=Audience, default=Audience.COURSE
    )
    public_until = models.DateTimeField(_("public until"), null=True, blank=True)
    pod = models.ForeignKey(
        Pod,
        models.SET_NULL,
        verbose_name=_("pod"),
        related_name="posts",
        null=True,
        blank=True,
        help_text=_("Set when the post is published."),
    )
    revision = models.OneToOneField(
        "blog.Revision", models.PROTECT, related_name="published_as", null=True, blank=True
    )
    left_open = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Set while the teaching team hides a published post from its readers: ``moderation``.
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Since when the teaching team puts it first among those that wait for a first comment.
    put_first_at = models.DateTimeField(null=True, blank=True, editable=False)

    # Of a post that came from its author's own blog: its page there, and whether its text is that
    # of the blog still, so that it is changed there alone (ADR 0072).
    source_url = models.CharField(max_length=1000, blank=True, default="", db_default="")
    follows_source = models.BooleanField(default=False, db_default=False)

    # Prefetched by ``own_posts``; and what its page says of moderation, by ``attach_case_notes``.
    changes: list
    case_note: Any

    # Annotated by ``gradable_posts``.
    is_readable: bool

    # Annotated by ``with_extensions``.
    extended_until: datetime | None = None

    # Annotated by ``queries.post_page.for_post_page``. Otherwise it is worth asking.
    is_cited = True
    has_process = True
    has_drafts = True
    has_rota = True
    last_visit: datetime | None
    next_waiting: dict | None

    # The reader for whom a query has found it, so that ``row_visibility`` need not ask again.
    seen_by: int | None = None
    is_author_here: bool | None = None

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [
            models.Index(fields=["course", "status", "-published_at"], name="posts_of_a_course"),
            models.Index(fields=["author", "course"], name="posts_of_a_person"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "slug"], name="one_post_per_address_and_course"
            ),
            models.UniqueConstraint(
                fields=["prompt", "author"],
                condition=~Q(status="withdrawn") & Q(deleted_at=None),
                name="one_active_post_per_prompt_and_author",
                violation_error_message=_("You already have a post for this prompt."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False, revision__isnull=False),
                name="published_posts_have_a_date_and_a_revision",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="posts_have_a_known_audience"
            ),
            models.CheckConstraint(
                condition=Q(follows_source=False) | ~Q(source_url=""),
                name="posts_that_follow_a_source_name_it",
            ),
        ]

    def __str__(self):
        return self.title or str(_("Untitled"))

    def get_absolute_url(self):
        return reverse("post_page", args=[self.course.slug, self.slug])

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED

    @property
    def is_open_to_course(self) -> bool:
        """Return whether everybody in the course can read it, so that it can be cited there."""
        is_there = self.is_published and self.deleted_at is None and not self.is_hidden
        return is_there and self.audience_now >= Audience.COURSE

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_withdrawn(self) -> bool:
        return self.status == self.Status.WITHDRAWN

    @property
    def openness(self) -> str:
        """Return who can read it, until when the public, and whether it was withdrawn or deleted.

        As audit events and the lists of `catch_up` have it.
        """
        until = self.public_until.isoformat() if self.public_until else "-"
        gone = ["withdrawn"] * self.is_withdrawn + ["deleted"] * (self.deleted_at is not None)
        return f"{int(self.audience)} {until} {','.join(gone) or '-'}"

    @property
    def is_hidden(self) -> bool:
        """Return whether the teaching team hides it: only its author and they see it."""
        return self.hidden_at is not None

    @property
    def is_restricted(self) -> bool:
        """Return whether only a part of the course can read it."""
        return self.audience_now < Audience.COURSE

    @property
    def is_beyond_course(self) -> bool:
        """Return whether people outside the course can read it."""
        return self.audience_now > Audience.COURSE

    @property
    def is_public(self) -> bool:
        """Return whether everybody on the web can read it now."""
        is_there = self.is_published and self.deleted_at is None and not self.is_hidden
        return is_there and self.audience_now == Audience.PUBLIC

    @property
    def audience_now(self) -> int:
        """Return the audience now: after ``public_until`` a wider one is the course."""
        if self.public_until and self.public_until <= timezone.now():
            return min(self.audience, Audience.COURSE)
        return self.audience

    @property
    def source_host(self) -> str:
        """Return the host of the blog that it came from, "" for a post written here."""
        return host_of(self.source_url)

    @property
    def due_at(self) -> datetime | None:
        """Return its due date: its author's extension counts (``with_extensions``)."""
        return self.prompt.due_with(self.extended_until) if self.prompt else None

    @property
    def is_late(self) -> bool:
        """Return whether its first version is shown as late; an extension counts."""
        if self.prompt is None or self.published_at is None:
            return False
        return self.prompt.is_late(self.published_at, self.extended_until)

    @property
    def publication(self) -> str:
        """Return the published version and its readers: “2-published-30”; “0” for a draft.

        A page that was opened before the post was published again, narrowed or withdrawn has
        another one.
        """
        number = self.revision.number if self.revision else 0
        if self.is_draft:
            return str(number)
        until = f"until{self.public_until:%Y%m%d%H%M%S}" if self.public_until else ""
        parts = [
            number,
            self.status,
            self.audience,
            f"pod{self.pod_id}" if self.pod_id else "",
            until,
        ]
        return "-".join(str(part) for part in parts if part != "")

    def lock(self) -> None:
        """Lock the post's row until the transaction ends, and refresh this instance.

        In two queries: PostgreSQL joins what was there before the wait for a lock, so the post
        would come with its new values and without its new revision.
        """
        Post.objects.select_for_update(no_key=True).values("pk").get(pk=self.pk)
        self._load_again()

    def lock_row(self) -> bool:
        """Lock the post's row until the transaction ends, and refresh this instance if it changed.

        For whoever has just found the post: in one query, but where somebody has been faster.
        Return whether somebody has: what was asked about the post before has to be asked again.
        """
        [row] = _locked_row.rows(None, post=self.pk)
        has_changed = any(getattr(self, name) != value for name, value in row.items())
        if has_changed:
            self._load_again()
        return has_changed

    def _load_again(self) -> None:
        self.seen_by = None
        self.refresh_from_db(
            from_queryset=Post.objects.select_related("course", "author", "prompt", "revision")
        )

    def references_with_works(self) -> list:
        """Return this post's references in the order of their keys, each with its work."""
        if self.pk is None:
            return []
        return self.references.model.objects.of_post(self)

    def render(self, text: str, references: list | None = None) -> RenderedPost:
        """Render a text as this post would publish it, with its works, prompt and pictures.

        ``references`` are the post's, if the caller has them already. Raises TextRefused.
        """
        text = strip_scaffold(text)
        if references is None:
            references = self.references_with_works()
        rendered = render_post(
            text,
            {reference.key: reference.work.csl for reference in references},
            prompt=self.prompt.question_plain if self.prompt else "",
            pictures=self.pictures_in(text),
        )
        return RenderedPost(text, rendered, references)

    def render_comment(self, text: str) -> Rendered:
        """Render a comment on this post; a paragraph number (¶3) becomes a link.

        Raises TextRefused for a text that is too costly to render, or empty when rendered.
        """
        last = len(self.revision.paragraphs) if self.revision else 0

        def link(named):
            number = int(named[1])
            return f"[¶{number}](#p{number})" if 1 <= number <= last else named[0]

        rendered = render_comment(PARAGRAPH_NUMBER.sub(link, text))
        if is_blank(unescape(strip_tags(rendered.html))):
            raise TextRefused(_("Your comment is empty. Write something first."))
        return rendered

    def pictures_in(self, text: str) -> dict[str, PictureFiles]:
        """Return this post's pictures by their tokens, if the text may show any."""
        if self.pk is None or "picture:" not in text:
            return {}
        return {picture.token: picture.shown for picture in self.pictures.all()}
