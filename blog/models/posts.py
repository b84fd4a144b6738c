"""Posts and their published revisions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Audience, Course, Pod
from blog.models.prompts import Prompt


def not_retreated() -> Q:
    """Return which posts have not gone back to the course by now.

    A retreat takes a post from *everyone signed in* or *public web* back to *course* at its own
    moment, without any job.
    """
    return Q(retreats_at=None) | Q(retreats_at__gt=timezone.now())


def audience_rules(reader) -> Q:
    """Return who-may-read-what for published posts, evaluated in the query."""
    rules = Q(audience=Audience.PUBLIC) & not_retreated()
    if not reader.is_authenticated:
        return rules
    memberships = reader.memberships_now
    member = [m.course_id for m in memberships]
    teaching = [m.course_id for m in memberships if m.teaches]
    pods = [m.pod_id for m in memberships if m.pod_id]
    return (
        rules
        | Q(audience=Audience.SIGNED_IN) & not_retreated()
        | Q(audience__gte=Audience.COURSE, course__in=member)
        | Q(audience=Audience.POD, pod__in=pods)
        | Q(audience__gte=Audience.INSTRUCTORS, course__in=teaching)
    )


class PostQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def by(self, author):
        return self.filter(author=author)

    def answering(self, prompt):
        return self.filter(prompt=prompt)

    def kept(self):
        """Without the deleted ones, which only wait for their undo or their purge."""
        return self.filter(deleted_at=None)

    def standing(self):
        """Neither withdrawn nor deleted: a writer has one of these per prompt."""
        return self.kept().exclude(status=Post.Status.WITHDRAWN)

    def published(self):
        return self.kept().filter(status=Post.Status.PUBLISHED)

    def beyond_course(self):
        """Those that are open outside the course at this moment, whoever asks."""
        return self.published().filter(not_retreated(), audience__gte=Audience.SIGNED_IN)

    def visible_to(self, reader):
        """The one rule of who may see a post; pages, lists, feeds and counts all use it."""
        published = Q(status=Post.Status.PUBLISHED) & audience_rules(reader)
        if not reader.is_authenticated:
            return self.kept().filter(published)
        memberships = reader.memberships_now
        own = Q(author=reader, course__in=[m.course_id for m in memberships])
        withdrawn = Q(
            status=Post.Status.WITHDRAWN,
            audience__gte=Audience.INSTRUCTORS,
            course__in=[m.course_id for m in memberships if m.teaches],
        )
        return self.kept().filter(own | published | withdrawn)

    def shown_to_staff(self):
        """What the people who run the site may know of: nothing unpublished, deleted or private."""
        return self.kept().exclude(Q(status=Post.Status.DRAFT) | Q(audience=Audience.ONLY_ME))

    def for_list(self):
        """Everything a list of posts prints, newest first."""
        return (
            self.select_related("author", "revision", "prompt")
            .defer("revision__text", "revision__html", "revision__paragraphs")
            .order_by("-published_at", "-pk")
        )

    def for_page(self):
        return self.select_related("author", "revision", "prompt", "pod", "course")


class Post(models.Model):
    """What a person hands to their readers; its words are in its published revision."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")

    TRANSITIONS = {
        Status.DRAFT: {Status.PUBLISHED},
        Status.PUBLISHED: {Status.WITHDRAWN},
        Status.WITHDRAWN: {Status.PUBLISHED},
    }

    course = models.ForeignKey(Course, models.PROTECT, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    prompt = models.ForeignKey(Prompt, models.PROTECT, related_name="posts", null=True, blank=True)
    slug = models.SlugField(max_length=90)
    title = models.CharField(_("title"), max_length=200, blank=True)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    audience = models.PositiveSmallIntegerField(
        _("who can see it"), choices=Audience, default=Audience.COURSE
    )
    retreats_at = models.DateTimeField(_("back to the course on"), null=True, blank=True)
    pod = models.ForeignKey(
        Pod,
        models.SET_NULL,
        related_name="posts",
        null=True,
        blank=True,
        help_text=_("Stamped at publishing."),
    )
    revision = models.OneToOneField(
        "blog.Revision", models.PROTECT, related_name="published_as", null=True, blank=True
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True, editable=False)

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
                name="one_standing_post_per_prompt_and_author",
                violation_error_message=_("You have a post for this prompt already."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(published_at__isnull=False, revision__isnull=False),
                name="published_posts_have_a_date_and_a_revision",
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
        """Say whether everybody in the course reads it, so that it may be cited there."""
        return self.is_published and self.audience_now >= Audience.COURSE

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def audience_now(self) -> int:
        """The audience in force: a dated retreat narrows a wide one to the course."""
        if self.retreats_at and self.retreats_at <= timezone.now():
            return min(self.audience, Audience.COURSE)
        return self.audience


class Revision(models.Model):
    """One published state of a post; its words never change afterwards.

    ``references`` is a snapshot in list order: ``[{"key", "work", "csl", "html", "cited_in"}]``,
    so that correcting a work later changes no published post by itself. ``audience`` is the
    widest it was published to: what a writer kept to themselves stays theirs in the history,
    also when the post opens later.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    excerpt = models.TextField()
    paragraphs = models.JSONField(default=list)
    references = models.JSONField(default=list)
    words = models.PositiveIntegerField()
    citations = models.PositiveIntegerField(default=0)
    renderer = models.PositiveSmallIntegerField()
    audience = models.PositiveSmallIntegerField(choices=Audience, default=Audience.COURSE)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="revisions"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = [F("number").desc()]
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "number"], name="one_revision_per_number_and_post"
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.number})"
