"""Questions to one's network, and whom they are offered to."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models import Audience, Comment, Course, Membership, Post
from network.models.mutes import Mute

QUESTIONS_ARE_OPEN_FOR = timedelta(days=14)


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
