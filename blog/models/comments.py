"""Comments on posts, and which of them count as interactions between two people."""

from datetime import date, datetime, timedelta
from html import unescape
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from blog.models.content_notes import content_note_field, noted
from blog.models.people import UNPRINTED_FIELDS
from blog.models.post_visibility import of_post, visibility_rules, visibility_rules_in
from blog.models.posts import Post
from blog.models.prepared_queries import prepared
from blog.models.revisions import HEAVY_FIELDS

# How long an edit of a comment leaves no mark, unless somebody has replied.
UNMARKED_EDITS = timedelta(minutes=5)
# What no thread prints of the guests whose comments are in it.
UNPRINTED_OF_GUESTS = (
    *("key", "email", "ip", "user_agent", "referrer", "language", "spam_check", "due_at"),
    *("failures", "report", "report_due_at", "decided_at", "decided_by", "reason"),
    *("objection", "objected_at"),
)


class Interaction(NamedTuple):
    """One counting comment as ties need it; ``day`` is the date in the course's zone."""

    course: int
    source: int
    target: int
    post: int
    day: date


INTERACTION_FIELDS = ("post__course_id", "author_id", "addressee_id", "post_id", "day")


class NarrowestAudience(models.Func):
    """The narrowest audience of a comment and of all that it replies to, by the comment's key.

    The database walks up from one comment, so this costs what the thread is deep. The names of the
    tables inside differ from any outside, which the key is a column of.
    """

    template = """(
        WITH RECURSIVE above (parent_id, audience) AS (
            SELECT lowest.parent_id, lowest.audience
            FROM blog_comment lowest WHERE lowest.id = %(expressions)s
            UNION
            SELECT parent.parent_id, parent.audience
            FROM blog_comment parent JOIN above ON parent.id = above.parent_id
        )
        SELECT MIN(audience) FROM above
    )"""
    arity = 1
    output_field = models.PositiveSmallIntegerField()


def open_to(audience: int) -> Q:
    """Return the condition that a comment is open to an audience, as all that it replies to is.

    The actions keep no reply wider than what it replies to. This holds whatever narrowed that.
    """
    with_all_above = GreaterThanOrEqual(NarrowestAudience(F("pk")), audience)
    return Q(state=Comment.State.OPEN, audience__gte=audience) & (
        Q(parent=None) | Q(with_all_above)
    )


def comment_rules(reader) -> Q:
    """Return the condition that a comment is for a reader, if they can see its post."""
    everyone = open_to(Comment.Audience.EVERYONE)
    memberships = reader.memberships_now if reader.is_authenticated else []
    if not memberships:
        return everyone
    member = [m.course_id for m in memberships]
    teaching = [m.course_id for m in memberships if m.teaches]
    open_here = open_to(Comment.Audience.READERS) & Q(post__course__in=member)
    concerned = Q(author=reader) | Q(post__author=reader) | _replied_to(reader)
    rules = everyone | open_here | concerned & Q(post__course__in=member)
    return rules | Q(post__course__in=teaching) if teaching else rules


def comment_rules_in(course, reader) -> Q:
    """Return ``comment_rules`` for comments on posts of one course, as a condition on these alone.

    For a list of posts that its reader sees: neither the post nor its course is asked for again.
    """
    membership = reader.membership_in(course) if reader.is_authenticated else None
    if membership is None:
        return comment_rules(reader)
    if membership.teaches:
        return Q()
    concerned = Q(author=reader) | Q(post__author=reader) | _replied_to(reader)
    return open_to(Comment.Audience.READERS) | concerned


def _replied_to(reader) -> Q:
    """Return the condition that a comment replies to one of the reader's, and reaches them.

    A reply to what somebody wrote to author and team alone reaches them too. A reply for author
    and team alone, to an open comment, does not reach the open comment's author.
    """
    return Q(state=Comment.State.OPEN, parent__author=reader) & (
        Q(parent__audience=Comment.Audience.TEAM) | Q(audience__gte=Comment.Audience.READERS)
    )


@prepared
def _interactions_of(_shape, comment: int):
    return Comment.objects.filter(pk=comment).counting().values_list(*INTERACTION_FIELDS)


class CommentQuerySet(models.QuerySet):
    def on(self, post):
        return self.filter(post=post)

    def by(self, author):
        return self.filter(author=author)

    def open(self):
        """Return the comments that are not deleted, hidden or waiting."""
        return self.filter(deleted_at=None, state=Comment.State.OPEN)

    def on_public_page(self):
        """Return the comments that stand on the public page of a post, whoever reads it.

        Deleted ones stay in, as in ``visible_to``.
        """
        return self.filter(open_to(Comment.Audience.EVERYONE))

    def with_arrival(self):
        """Return the comments with ``arrival``, their ``arrived_at``, for the database."""
        return self.annotate(arrival=Coalesce("opened_at", "created_at"))

    def from_others(self):
        """Return the comments by anybody but the post's author, guests included."""
        return self.exclude(author=F("post__author"))

    def counting(self):
        """Return the comments that make ties; no other place decides this.

        Audience and viewer do not matter. Comments by guests, comments to oneself and comments on
        a post that is not published or is hidden do not count.
        """
        return (
            self.open()
            .filter(
                post__status=Post.Status.PUBLISHED,
                post__deleted_at=None,
                post__hidden_at=None,
                author__isnull=False,
                addressee__isnull=False,
            )
            .exclude(author=F("addressee"))
        )

    def interactions(self) -> list[Interaction]:
        """Return the counting comments among these, one Interaction each."""
        return [Interaction(*row) for row in self.counting().values_list(*INTERACTION_FIELDS)]

    def visible_to(self, reader):
        """Return the comments that a reader can see, on posts they can see.

        Deleted ones stay in, so that a thread keeps its shape: print them as tombstones.
        Outside the course only comments that their author opened to everyone are visible.
        """
        return self.filter(comment_rules(reader), of_post(visibility_rules(reader)))

    def visible_in(self, reader, course):
        """Return the comments on posts of a course that a reader can see.

        As ``filter(post__course=course).visible_to(reader)``, with a condition half as long.
        """
        rules = of_post(visibility_rules_in(course, reader))
        return self.filter(comment_rules_in(course, reader), rules, post__course=course)

    def for_member(self, reader, course):
        """Return those that a reader can see, of comments on posts of a course that they see.

        Whoever calls this has found the posts through ``visible_to`` or ``published_for``.
        """
        return self.filter(comment_rules_in(course, reader))

    def shown_to_staff(self):
        """Return the comments that site staff may know of, without their text: ``blog.admin``."""
        return self.filter(deleted_at=None, post__in=Post.objects.shown_to_staff())

    def with_use(self):
        """Return the comments with ``is_used``: whether there is a CommentUse of them at all."""
        return self.annotate(is_used=Q(use__isnull=False))

    def for_thread(self):
        """Return the comments with everything a thread prints, oldest first.

        Of people it prints names and faces, of guests their website, of comments the HTML. The rest
        of a person, once for each comment, would cost more than the comments.
        """
        of_version = (f"passage__revision__{name}" for name in HEAVY_FIELDS)
        of_people = (f"author__{name}" for name in UNPRINTED_FIELDS)
        of_guests = (f"guest__{name}" for name in UNPRINTED_OF_GUESTS)
        comments = self.select_related("author", "guest", "passage__revision")
        marked = comments.annotate(is_imported=Q(imported__isnull=False))
        unprinted = ("text", *of_version, *of_people, *of_guests)
        return marked.defer(*unprinted).order_by("created_at", "pk")

    def for_page(self):
        """Return the comments with everything a page about one comment prints."""
        return self.select_related(
            "author", "addressee", "parent", "post__course", "post__author", "post__revision"
        )


class Comment(models.Model):
    """A comment on a post, or a reply to a comment. Its author may be a guest: never assume one."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        WAITING = "waiting", _("waiting")
        HIDDEN = "hidden", _("hidden")

    class Audience(models.IntegerChoices):
        TEAM = 10, _("the post’s author and the teaching team")
        READERS = 30, _("everyone in the course who can see the post")
        EVERYONE = 50, _("also readers of the public page, under my public name")

    post = models.ForeignKey(Post, models.CASCADE, verbose_name=_("post"), related_name="comments")
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="replies", null=True, blank=True
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("author"),
        related_name="comments",
        null=True,
        blank=True,
    )
    guest_name = models.CharField(_("name of the guest"), max_length=80, blank=True)
    addressee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("addressed to"),
        related_name="comments_addressed",
        null=True,
        blank=True,
    )
    addressee_corrected = models.BooleanField(default=False)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    audience = models.PositiveSmallIntegerField(
        _("who can see it"), choices=Audience, default=Audience.READERS
    )
    text = models.TextField(_("your comment"))
    content_note = content_note_field()
    html = models.TextField()
    renderer = models.PositiveSmallIntegerField()
    day = models.DateField(
        help_text=_("The date in the course’s time zone when it was written. It never changes.")
    )
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    # An imported comment may have a day and no time: pages print its day alone.
    day_only = models.BooleanField(default=False, db_default=False, editable=False)
    # When a comment was opened that had not been open before.
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The last edit that readers are told of, and the last change of the text, told or not.
    edited_at = models.DateTimeField(null=True, blank=True)
    text_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    deleted_at = models.DateTimeField(null=True, blank=True)
    # Counts the edits of text and audience, for two tabs that edit one comment.
    version = models.IntegerField(default=1, db_default=1, editable=False)

    # What a reader sees of its passage, and of replies: ``blog.queries.passages`` sets them.
    shown_passage: Any = None
    has_replies = False
    # Annotated by ``with_use``: whether there may be one. Otherwise it is worth asking.
    is_used = True
    # Set by ``queries.comment_uses``, for the two people whom it concerns.
    shown_use = None
    # What its place says of moderation, by ``attach_case_notes``.
    case_note: Any

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            models.Index(fields=["post", "created_at"], name="comments_of_a_post"),
            models.Index(fields=["author", "-created_at"], name="comments_of_a_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(author__isnull=False) | ~Q(guest_name=""),
                name="comments_have_an_author_or_a_guest_name",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=[10, 30, 50]), name="comments_have_a_known_audience"
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1), name="versions_of_comments_begin_at_one"
            ),
        ]

    def __str__(self):
        # Never the text: this is printed in logs and on the admin site.
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self):
        return f"{self.post.get_absolute_url()}#c{self.pk}"

    def interactions(self) -> list[Interaction]:
        """Return the interaction that the stored comment makes, or none."""
        return [Interaction(*row) for row in _interactions_of.rows(None, comment=self.pk)]

    @property
    def arrived_at(self) -> datetime:
        """Return the time from which readers could see it."""
        return self.opened_at or self.created_at

    def change_state(self, state: str, at: datetime | None = None) -> None:
        """Save another state, from now on or from a moment ``at``.

        Who opens a comment that waited lets it arrive for its readers, once.
        """
        never_open = self.state == self.State.WAITING or self.author_id is None
        if state == self.State.OPEN and never_open and self.opened_at is None:
            self.opened_at = at or timezone.now()
        self.state = state
        self.save(update_fields=["state", "opened_at"])

    def edit_leaves_mark(self, at: datetime) -> bool:
        """Return whether readers are told of an edit at a moment: late, or after a reply."""
        is_late = at - self.created_at > UNMARKED_EDITS
        return is_late or self.replies.exclude(author=self.author_id).exists()

    def is_folded_for(self, reader) -> bool:
        """Return whether its words are behind a click, since its reader has muted its author.

        Wherever comments are read, and in what is sent; not where they are graded or decided about,
        nor on pages about one comment, which its reader has opened.
        """
        return (self.post.course_id, self.author_id) in reader.muted_now

    @property
    def shown_excerpt(self) -> str:
        """Return the content note, else the first words, for lists without the text."""
        return noted(self.content_note, unescape(strip_tags(self.html)))

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    @property
    def is_hidden(self) -> bool:
        """Return whether the team hides it: only its author, the post’s and they see it."""
        return self.state == self.State.HIDDEN

    @property
    def is_open(self) -> bool:
        return not self.is_deleted and self.state == self.State.OPEN
