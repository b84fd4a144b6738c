"""Memberships: who is in a course, in which role, pod and section."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.exceptions import Refused
from blog.models.courses import Course, lock_courses
from blog.models.people import shown_name
from blog.models.prepared_queries import prepared
from blog.models.titles import TitleField
from blog.text.lists import isolated


class Pod(models.Model):
    """A small group of students who read each other's posts first."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="pods")
    name = TitleField(_("name"), max_length=60)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("pod")
        verbose_name_plural = _("pods")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "name"],
                name="one_pod_per_name_and_course",
                violation_error_message=_("This course already has a pod with this name."),
            ),
        ]

    def __str__(self):
        return self.name


class Section(models.Model):
    """A group of a course that meets and is graded together; a membership has one or none."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="sections")
    name = TitleField(_("name"), max_length=60)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "name"],
                name="one_section_per_name_and_course",
                violation_error_message=_("This course already has a section with this name."),
            ),
        ]

    def __str__(self):
        return self.name


# What every page asks of its reader's courses. It is written as SQL because Django takes three
# times as long to write it as a database to answer it.
SIGNS_OF_COURSE = {
    "course_withholds_names": """
        SELECT 1 FROM blog_membership AS other
        WHERE other.course_id = blog_membership.course_id AND other.is_confidential
    """,
    "course_has_gates": """
        SELECT 1 FROM blog_prompt
        WHERE blog_prompt.course_id = blog_membership.course_id AND blog_prompt.own_post_first
    """,
    "has_news": """
        SELECT 1 FROM blog_notification
        WHERE blog_notification.reader_id = blog_membership.user_id
            AND blog_notification.course_id = blog_membership.course_id
            AND blog_notification.seen_at IS NULL AND blog_notification.created_at <= %s
    """,
    "course_has_cases": """
        SELECT 1 FROM blog_moderationcase
        WHERE blog_moderationcase.course_id = blog_membership.course_id
    """,
    "course_case_waits": """
        SELECT 1 FROM blog_moderationcase AS waiting
        LEFT JOIN blog_comment ON blog_comment.id = waiting.comment_id
        LEFT JOIN blog_post ON blog_post.id IN (waiting.post_id, blog_comment.post_id)
        WHERE waiting.course_id = blog_membership.course_id AND waiting.state = 'waiting'
            AND blog_comment.deleted_at IS NULL AND blog_post.deleted_at IS NULL
    """,
}


class MembershipQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def active(self):
        return self.filter(ended_at=None)

    def students(self):
        return self.filter(role=Membership.Role.STUDENT)

    def teaching(self):
        return self.filter(role__in=Membership.TEACHING)

    def instructors(self):
        return self.filter(role=Membership.Role.INSTRUCTOR)

    def who_can_sign_in(self):
        """Return the memberships of people whose account is open and whose email is confirmed."""
        return self.filter(
            user__is_active=True,
            user__emailaddress__verified=True,
            user__emailaddress__email__iexact=F("user__email"),
        )

    def for_list(self):
        return self.select_related("user", "pod").order_by(shown_name("user__"), "pk")

    def now_of(self, person: int) -> list["Membership"]:
        """Return somebody's active memberships by their key, as ``User.memberships_now`` has them.

        The person is the same instance in each.
        """
        return _memberships_now.rows(None, user=person, now=timezone.now())

    def with_signs_of_course(self, now=None):
        """Annotate what is true of the course now: each of ``SIGNS_OF_COURSE``."""
        now = now or timezone.now()
        signs = {
            name: RawSQL(f"EXISTS({sql})", [now] * sql.count("%s"), models.BooleanField())
            for name, sql in SIGNS_OF_COURSE.items()
        }
        return self.annotate(**signs)


@prepared
def _memberships_now(_shape, user: int, now: datetime):
    active = Membership.objects.active().filter(user=user).select_related("user", "course", "pod")
    return active.with_signs_of_course(now).order_by("pk")


@prepared
def _podmates(_shape, pod: int):
    return Membership.objects.active().filter(pod=pod).values_list("user", flat=True)


class Membership(models.Model):
    """A person's role in a course. Ending it ends their access and keeps the history."""

    class Role(models.TextChoices):
        STUDENT = "student", _("student")
        INSTRUCTOR = "instructor", _("instructor")
        ASSISTANT = "assistant", _("assistant")
        OBSERVER = "observer", _("observer")

    TEACHING = (Role.INSTRUCTOR, Role.ASSISTANT)

    course = models.ForeignKey(
        Course, models.PROTECT, verbose_name=_("course"), related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name=_("person"),
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.STUDENT)
    pod = models.ForeignKey(
        Pod,
        models.SET_NULL,
        verbose_name=_("pod"),
        related_name="memberships",
        null=True,
        blank=True,
    )
    section = models.ForeignKey(
        Section,
        models.SET_NULL,
        verbose_name=_("section"),
        related_name="memberships",
        null=True,
        blank=True,
    )
    is_confidential = models.BooleanField(
        _("name withheld"),
        default=False,
        help_text=_("Everyone sees a course name, except the team in the roster and gradebook."),
    )
    # Since when its student asks for that.
    confidentiality_asked_at = models.DateTimeField(
        _("asks to have the name withheld since"), null=True, blank=True, editable=False
    )
    # The names of the university’s list, by which the team finds people: a course sees neither.
    listed_name = models.CharField(
        _("name on the list"), max_length=150, blank=True, default="", db_default=""
    )
    family_name = models.CharField(
        _("family name"), max_length=150, blank=True, default="", db_default=""
    )
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("left"), null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "user"], name="one_membership_per_course_and_person"
            ),
            models.CheckConstraint(
                condition=Q(role__in=["student", "instructor", "assistant", "observer"]),
                name="memberships_have_a_known_role",
            ),
        ]

    def __str__(self):
        return f"{self.user} ({self.get_role_display()})"

    @cached_property
    def podmates(self) -> frozenset[int]:
        """Return the people of this member's pod now, as keys; nobody without a pod."""
        if not self.pod_id:
            return frozenset()
        return frozenset(_podmates.rows(None, pod=self.pod_id))

    @cached_property
    def gated_prompts(self) -> frozenset[int]:
        """Return the prompts whose posts by others are closed before one's own: ``own_post_first``.

        Costs a query only in a course with such prompts, as ``User.memberships_now`` has asked.
        """
        if not self.is_student or not getattr(self, "course_has_gates", True):
            return frozenset()
        return frozenset(self.course.prompts.gated_for(self.user).values_list("pk", flat=True))

    def keep_an_instructor(self) -> None:
        """Refuse to end the last instructor who can sign in, with the instructors' rows locked.

        Two instructors who remove each other at the same moment must not both succeed.
        """
        instructors = Membership.objects.in_course(self.course).active().instructors()
        locked = {m.pk for m in instructors.select_for_update().order_by("pk")}
        others = instructors.exclude(pk=self.pk)
        if self.pk in locked and not others.who_can_sign_in().exists():
            raise Refused(
                gettext(
                    "A course needs an instructor. "
                    "Make someone else an instructor of %(course)s first."
                )
                % {"course": isolated(str(self.course))}
            )

    @property
    def is_student(self) -> bool:
        return self.role == self.Role.STUDENT

    @property
    def is_instructor(self) -> bool:
        return self.role == self.Role.INSTRUCTOR

    @property
    def teaches(self) -> bool:
        """Return whether this is an instructor or assistant: somebody of the teaching team."""
        return self.role in self.TEACHING


def lock_members(course: Course) -> None:
    """Lock the members of a course, then itself: two lists at once take turns."""
    members = Membership.objects.in_course(course).order_by("pk")
    list(members.select_for_update(no_key=True).values("pk"))
    lock_courses([course.pk])
