"""Follows, and the ties derived from comments.

Ties are never edited: units, arcs and their sums come from blog's comments and can be rebuilt
from them at any time (``network.ties``). The database checks the foreign keys of the comments, not
those of the ties: that would cost each event four look-ups and a lock on its post, for which a
rebuild and a comment could come to wait for each other.
"""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.models import Audience, Comment, Course, Membership, Picture, Post, Work

QUESTIONS_ARE_OPEN_FOR = timedelta(days=14)

# 63 bits, less 20 of fraction and 16 for the number of units, are 27 half-lives.
ACC_LIMIT = 2**62


class FollowQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)


class Follow(models.Model):
    """One person follows another in a course. Silent: the followed sees a very weak tie at most."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="follows")
    follower = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    followed = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="followed_by"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        indexes = [
            models.Index(fields=["course", "followed", "follower"], name="follows_of_a_person")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "follower", "followed"],
                name="one_follow_per_course_and_pair",
            ),
            models.CheckConstraint(
                condition=~Q(follower=F("followed")), name="nobody_follows_themselves"
            ),
        ]

    def __str__(self):
        return f"{self.follower_id} → {self.followed_id}"


class NetworkChoicesQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)


class NetworkChoices(models.Model):
    """A person's choices about suggestions in a course; without a row both are as given.

    The posts that they left, and the works, are offered no more, nor because of them. Nobody else
    learns of any of it.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="network_choices")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="network_choices"
    )
    wants_suggestions = models.BooleanField(_("Suggest people and posts to me"), default=True)
    may_be_suggested = models.BooleanField(_("Suggest me to others"), default=True)
    left_posts = models.ManyToManyField(Post, related_name="+", blank=True)
    left_works = models.ManyToManyField(Work, related_name="+", blank=True)

    objects = NetworkChoicesQuerySet.as_manager()

    class Meta:
        verbose_name = _("choices about suggestions")
        verbose_name_plural = _("choices about suggestions")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"], name="one_choice_of_suggestions_per_course_and_person"
            ),
        ]

    def __str__(self):
        return f"{self.person_id}: {self.wants_suggestions}, {self.may_be_suggested}"


class MuteQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)


class Mute(models.Model):
    """Somebody whose comments a person sees folded, and who is never suggested. Silent."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="mutes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mutes")
    muted = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    objects = MuteQuerySet.as_manager()

    class Meta:
        verbose_name = _("mute")
        verbose_name_plural = _("mutes")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "by", "muted"], name="one_mute_per_course_and_pair"
            ),
            models.CheckConstraint(condition=~Q(by=F("muted")), name="nobody_mutes_themselves"),
        ]

    def __str__(self):
        return f"{self.by_id} → {self.muted_id}"


def new_export_key() -> str:
    return secrets.token_hex(16)


class TieClock(models.Model):
    """The fading of a course's ties: its first day and its speed.

    ``landmark`` is the day at which a unit weighs 1 in storage; ``half_life`` is in days. A change
    of either derives all ties of the course again.
    """

    class HalfLife(models.IntegerChoices):
        ONE_WEEK = 7, _("one week")
        TWO_WEEKS = 14, _("two weeks")
        FOUR_WEEKS = 28, _("four weeks")

    course = models.OneToOneField(
        Course, models.CASCADE, verbose_name=_("course"), related_name="tie_clock"
    )
    landmark = models.DateField(
        _("reference day"),
        help_text=_("The day from which weights are counted. It does not change any tie."),
    )
    half_life = models.PositiveSmallIntegerField(
        _("half-life"),
        choices=HalfLife,
        default=HalfLife.TWO_WEEKS,
        help_text=_("How long it takes until a comment counts half as much."),
    )
    export_key = models.CharField(max_length=32, default=new_export_key)

    class Meta:
        verbose_name = _("fading of ties")
        verbose_name_plural = _("fading of ties")
        constraints = [
            models.CheckConstraint(
                condition=Q(half_life__gt=0), name="half_lives_are_at_least_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.course}: {self.half_life}"


class TieDay(models.Model):
    """The weight of a unit, ``offset`` days after a landmark: round(2^20 · 2^(offset/half_life)).

    Computed by Python once, so that no database ever computes a power and all agree to the bit.
    """

    half_life = models.PositiveSmallIntegerField()
    offset = models.IntegerField()
    quantum = models.BigIntegerField()

    class Meta:
        verbose_name = _("weight of a day")
        verbose_name_plural = _("weights of days")
        constraints = [
            models.UniqueConstraint(
                fields=["half_life", "offset"], name="one_quantum_per_half_life_and_day"
            ),
            models.CheckConstraint(
                condition=Q(quantum__gte=0, quantum__lt=ACC_LIMIT), name="quanta_are_in_range"
            ),
        ]

    def __str__(self):
        return f"{self.half_life}/{self.offset}"


def unchecked_key(to, *, related_name="+"):
    """Return a foreign key of a derived row: without a constraint or index (see the docstring)."""
    return models.ForeignKey(
        to, models.CASCADE, related_name=related_name, db_constraint=False, db_index=False
    )


class TieUnit(models.Model):
    """All counting comments from one person to another on one post and day: they weigh as one."""

    course = unchecked_key(Course, related_name="tie_units")
    source = unchecked_key(settings.AUTH_USER_MODEL)
    target = unchecked_key(settings.AUTH_USER_MODEL)
    post = unchecked_key(Post)
    day = models.DateField()
    events = models.PositiveIntegerField()
    quantum = models.BigIntegerField()

    class Meta:
        verbose_name = _("unit of a tie")
        verbose_name_plural = _("units of ties")
        # All columns that queries use, so that they find units by their target too: where SQLite
        # has no statistics it prefers any index that covers to one that narrows.
        indexes = [
            models.Index(fields=["course", "target", "source", "day"], name="units_to_a_person")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "source", "target", "post", "day"],
                name="one_unit_per_pair_post_and_day",
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="units_join_two_people"),
            models.CheckConstraint(condition=Q(events__gt=0), name="units_have_an_event"),
        ]

    def __str__(self):
        return f"{self.source_id} → {self.target_id}, {self.day}"


class TieArc(models.Model):
    """The sum of one person's units to another; ``acc`` never leaves the server."""

    course = unchecked_key(Course, related_name="tie_arcs")
    source = unchecked_key(settings.AUTH_USER_MODEL)
    target = unchecked_key(settings.AUTH_USER_MODEL)
    acc = models.BigIntegerField()
    units = models.PositiveIntegerField()
    events = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("direction of a tie")
        verbose_name_plural = _("directions of ties")
        indexes = [models.Index(fields=["course", "target"], name="arcs_to_a_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "source", "target"], name="one_arc_per_ordered_pair"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="arcs_join_two_people"),
            models.CheckConstraint(
                condition=Q(acc__gte=0, acc__lt=ACC_LIMIT), name="arc_sums_are_in_range"
            ),
            models.CheckConstraint(condition=Q(units__gt=0), name="arcs_have_a_unit"),
        ]

    def __str__(self):
        return f"{self.source_id} → {self.target_id}"


class NetworkFigure(models.Model):
    """A figure of its owner's network at the end of a day, in a post of theirs.

    Its readers see numbers; who they are, its owner alone. What it shows is in the picture and in
    the text below it, and does not change when ties do.
    """

    picture = models.OneToOneField(Picture, models.CASCADE, related_name="network_figure")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="network_figures"
    )
    day = models.DateField()

    class Meta:
        verbose_name = _("figure of a network")
        verbose_name_plural = _("figures of networks")

    def __str__(self):
        return f"{self.owner_id}, {self.day}"


class FigurePeer(models.Model):
    """The person behind a number of a figure."""

    figure = models.ForeignKey(NetworkFigure, models.CASCADE, related_name="peers")
    number = models.PositiveSmallIntegerField()
    peer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("peer in a figure")
        verbose_name_plural = _("peers in figures")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["figure", "number"], name="one_peer_per_number"),
            models.UniqueConstraint(fields=["figure", "peer"], name="one_number_per_peer"),
        ]

    def __str__(self):
        return f"{self.number}: {self.peer_id}"

    @property
    def label(self) -> str:
        return peer_label(self.number)


def peer_label(number: int) -> str:
    """Return the name of a peer in a figure for everybody but its owner."""
    return gettext("Peer %d") % number


class WeeklyChoice(models.Model):
    """A student's posts to read in a week, as chosen when that began (ADR 0038).

    ``picks`` is a list of ``[post, reason, work, own_work, peer]``, in their order. The row of a
    week takes the place of the one before. It is for that student alone.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    week = models.DateField(help_text=_("The Monday on which it began, in the course’s zone."))
    picks = models.JSONField(default=list)

    class Meta:
        verbose_name = _("posts that a student is offered")
        verbose_name_plural = _("posts that students are offered")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "student"], name="one_weekly_choice_per_course_and_student"
            ),
        ]

    def __str__(self):
        return f"{self.course_id}: {self.student_id}, {self.week}"

    @classmethod
    def store(cls, course: Course, student, week, picks) -> None:
        """Store the chosen posts, unless somebody has stored this week’s meanwhile."""
        row = {"week": week, "picks": [list(pick) for pick in picks]}
        choice, is_new = cls.objects.get_or_create(course=course, student=student, defaults=row)
        if not is_new and choice.week < week:
            cls.objects.filter(pk=choice.pk, week__lt=week).update(**row)


class IntentionQuerySet(models.QuerySet):
    def of(self, person, course):
        """Return somebody's own intentions in a course, the newest first."""
        return self.filter(person=person, course=course).order_by("-week")


class Intention(models.Model):
    """A person's plan for their network in a week, in their words, and a look back.

    Nobody else learns of it.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="intentions")
    week = models.DateField(help_text=_("The Monday on which it began, in the course’s zone."))
    text = models.CharField(_("This week I want to"), max_length=200)
    looked_back = models.CharField(_("How did it go?"), max_length=500, blank=True)

    objects = IntentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("intention")
        verbose_name_plural = _("intentions")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person", "week"], name="one_intention_per_week"
            ),
        ]

    def __str__(self):
        return f"{self.person_id}, {self.week}"


def is_open(path: str = "") -> Q:
    """Return a condition that questions are open, on rows from which ``path`` leads to them.

    They are neither closed nor two weeks old, and on posts that classmates can see. A subquery
    would say the same, but SQLite evaluates it for every post of the site.
    """
    wanted = {
        "closed_at": None,
        "created_at__gt": timezone.now() - QUESTIONS_ARE_OPEN_FOR,
        "post__status": Post.Status.PUBLISHED,
        "post__deleted_at": None,
        "post__hidden_at": None,
        "post__audience__gte": Audience.POD,
    }
    return Q(**{f"{path}{name}": value for name, value in wanted.items()})


class QuestionQuerySet(models.QuerySet):
    def of(self, author, course):
        return self.filter(author=author, course=course)

    def open(self):
        return self.filter(is_open())


class Question(models.Model):
    """A question of an author on their post, for a few people whose posts share a work with it.

    They and its author see it, and nobody else.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    text = models.CharField(_("Your question"), max_length=300)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes = [
            models.Index(fields=["created_at"], condition=Q(closed_at=None), name="open_questions")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(closed_at=None), name="one_open_question_per_post"
            ),
            models.UniqueConstraint(
                fields=["course", "author"],
                condition=Q(closed_at=None),
                name="one_open_question_per_course_and_author",
            ),
        ]

    def __str__(self):
        return f"{self.author_id}: {self.post_id}"


class QuestionOfferQuerySet(models.QuerySet):
    def open(self):
        return self.filter(is_open("question__"))

    def not_mailed(self):
        return self.filter(mail_key="")

    def record_mail(self, key: str) -> None:
        """Record which digest tells of these."""
        self.update(mail_key=key)

    def waiting(self):
        """Return those of open questions that are neither declined nor followed by a comment.

        Whoever asks is a student of the course still, and neither has muted the other.
        """
        author, person = OuterRef("question__author"), OuterRef("person")
        course, since = OuterRef("question__course"), OuterRef("question__created_at")
        mutes = Mute.objects.filter(course=course)
        comments = Comment.objects.filter(post=OuterRef("question__post"), author=person)
        return self.filter(
            Exists(Membership.objects.in_course(course).active().students().filter(user=author)),
            ~Exists(mutes.filter(Q(by=author, muted=person) | Q(by=person, muted=author))),
            ~Exists(comments.filter(created_at__gte=since)),
            declined_at=None,
        ).open()


class QuestionOffer(models.Model):
    """Somebody to whom a question is offered, as its author saw when asking.

    Whether they see it now is judged when they look (``network.queries.questions``). That they
    declined is for nobody else, not for the author either.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="offers")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    declined_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The key of the digest that tells of it: at most one ever does.
    mail_key = models.CharField(max_length=120, blank=True, default="", db_default="")

    objects = QuestionOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer of a question")
        verbose_name_plural = _("offers of questions")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "person"], name="one_offer_per_question_and_person"
            ),
        ]

    def __str__(self):
        return f"{self.question_id} → {self.person_id}"
