"""Own blogs: the blogs of members elsewhere, whose entries become posts (ADR 0072)."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.lookup.blogs import Problem
from blog.models.courses import Audience, Course
from blog.models.memberships import Membership
from blog.models.posts import Post
from blog.text.addresses import host_of

READ_EVERY = timedelta(minutes=30)
# Of those from before it was connected, and of those since: what is beyond waits for the next day.
MAX_ENTRIES_PER_DAY = 20
# So far back a blog can date an entry: it may have been asked in vain once.
DATED_WITHIN = READ_EVERY + timedelta(minutes=20)
# After so many failures in a row, in about an hour, its owner gets a mail.
TOLD_AFTER_FAILURES = 3
# And after so many, in about a day, the instructors of the course.
TEAM_TOLD_AFTER_FAILURES = 7


class OwnBlogQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(person=person)

    def connected(self):
        return self.filter(stopped_at=None)

    def running(self):
        """Return those that are read: of people who can write in a course that goes on."""
        if not settings.OWN_BLOGS:
            return self.none()
        here = (
            Membership.objects.active()
            .filter(
                course=OuterRef("course"),
                user=OuterRef("person"),
            )
            .exclude(role=Membership.Role.OBSERVER)
        )
        return self.connected().filter(
            Exists(here),
            person__is_active=True,
            course__takes_own_blogs=True,
            course__archived_at=None,
            course__ends_on__gte=timezone.now().date() - timedelta(days=1),
        )

    def due(self):
        """Return those that are to be read now, the oldest first."""
        return self.running().filter(due_at__lte=timezone.now()).order_by("due_at", "pk")

    def broken(self):
        """Return those that could not be read for a while, and whose owner was told."""
        return self.connected().exclude(problem="").filter(failures__gte=TOLD_AFTER_FAILURES)


class OwnBlog(models.Model):
    """A member’s blog elsewhere in one course: where its feed is, and how reading it went.

    A blog that is stopped keeps its row, so that no entry is taken twice if it is connected again.
    ``since``: entries that the blog dates before it are left out. ``failures`` in a row, the first
    of them at ``failing_since``. ``waiting``: entries that were left for a later day.
    """

    class Problem(models.TextChoices):
        """The reason why it cannot be read now; the words for it are in the templates."""

        UNREACHABLE = Problem.UNREACHABLE.value, _("cannot be reached")
        OFF_LIMITS = Problem.OFF_LIMITS.value, _("is not on the open web")
        REFUSED = Problem.REFUSED.value, _("asks for a password or turns programs away")
        GONE = Problem.GONE.value, _("has no page at this address any more")
        TOO_LARGE = Problem.TOO_LARGE.value, _("has a feed that is too large")
        NOT_A_FEED = Problem.NOT_A_FEED.value, _("has no feed that can be read")

    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), related_name="own_blogs"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="own_blogs"
    )
    feed_url = models.CharField(_("address of the feed"), max_length=1000)
    title = models.CharField(_("title"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=1000, blank=True)
    audience = models.PositiveSmallIntegerField(
        _("who can see its posts"), choices=Audience, default=Audience.COURSE
    )
    since = models.DateTimeField(_("entries from"))
    etag = models.CharField(max_length=200, blank=True, editable=False)
    last_modified = models.CharField(max_length=200, blank=True, editable=False)
    due_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True)
    waiting = models.IntegerField(default=0, db_default=0, editable=False)
    problem = models.CharField(_("problem"), max_length=12, choices=Problem, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(_("connected"), default=timezone.now, editable=False)
    stopped_at = models.DateTimeField(_("stopped"), null=True, blank=True, editable=False)

    objects = OwnBlogQuerySet.as_manager()

    class Meta:
        verbose_name = _("own blog of a member")
        verbose_name_plural = _("own blogs of members")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"],
                condition=Q(stopped_at=None),
                name="one_own_blog_per_person_and_course",
                violation_error_message=_("You have connected a blog already."),
            ),
            models.UniqueConstraint(
                fields=["course", "feed_url"],
                condition=Q(stopped_at=None),
                name="one_person_per_own_blog_and_course",
                violation_error_message=_("Someone in this course has connected this blog."),
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values),
                name="own_blogs_have_a_known_audience",
            ),
            models.CheckConstraint(
                condition=Q(problem="", failing_since=None)
                | ~Q(problem="") & Q(failing_since__isnull=False),
                name="own_blogs_that_fail_say_since_when",
            ),
        ]

    def __str__(self):
        return self.title or self.host

    @property
    def host(self) -> str:
        """Return the host of the blog, as people know it."""
        return host_of(self.address or self.feed_url)

    @property
    def is_broken(self) -> bool:
        """Return whether it has failed so often that its owner was told."""
        return bool(self.problem) and self.failures >= TOLD_AFTER_FAILURES


class BlogEntry(models.Model):
    """An entry of a blog that was taken: its post, once, whatever becomes of it here.

    ``digest`` tells whether it has changed at its blog. ``refusal``: it is no post, and why.
    ``gone_at``: its page at the blog was found missing.
    """

    class Refusal(models.TextChoices):
        """The reason why an entry is no post, or a change of it no version."""

        TOO_LONG = "too_long", _("The text is too long or too complicated for a post.")
        EMPTY = "empty", _("The entry has no text.")
        NOT_NOW = "not_now", _("The course did not take it. This site will try again.")
        OTHERS = (
            "others",
            _(
                "Someone else in this course has it in their blog. If it is yours, tell an "
                "instructor."
            ),
        )

    blog = models.ForeignKey(OwnBlog, models.CASCADE, related_name="entries")
    guid = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=1000, blank=True)
    post = models.OneToOneField(
        Post, models.SET_NULL, related_name="blog_entry", null=True, blank=True
    )
    digest = models.CharField(max_length=64, blank=True)
    refusal = models.CharField(max_length=10, choices=Refusal, blank=True)
    published_at = models.DateTimeField(_("published there"), null=True, blank=True)
    taken_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("entry of an own blog")
        verbose_name_plural = _("entries of own blogs")
        ordering = ["-taken_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["blog", "guid"], name="one_entry_per_guid_and_blog"),
        ]

    def __str__(self):
        return self.title or self.guid
