"""Works and the references by which posts cite them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course
from blog.models.posts import Post
from blog.models.prompts import Prompt


class WorkQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def in_use(self):
        """Those a course may know of: cited by a post that is not its writer's alone, or required.

        What stands on the shelf of a draft tells what somebody is reading, and is theirs.
        """
        cited = Reference.objects.filter(cited=True, post__in=Post.objects.shown_to_staff())
        required = Prompt.required_works.through.objects.values("work")
        return self.filter(Q(pk__in=cited.values("work")) | Q(pk__in=required))


class Work(models.Model):
    """One bibliographic record of a course, stored as CSL-JSON.

    ``label`` (“Rajagopal et al., 2012”) and ``html`` (its APA entry) are made when it is saved.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="works")
    csl = models.JSONField()
    doi = models.CharField(max_length=300, blank=True, help_text=_("Normalised; may be empty."))
    label = models.CharField(max_length=300)
    html = models.TextField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="works", null=True
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "doi"], condition=~Q(doi=""), name="one_work_per_doi_and_course"
            ),
        ]

    def __str__(self):
        return self.label


class Reference(models.Model):
    """An entry on a post's shelf: a work and the key by which the text cites it.

    ``cited`` says that the published revision cites it; publishing sets it.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="shelf")
    work = models.ForeignKey(Work, models.PROTECT, related_name="references")
    key = models.CharField(_("citation key"), max_length=80)
    cited = models.BooleanField(default=False)

    class Meta:
        ordering = ["key"]
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        constraints = [
            models.UniqueConstraint(
                fields=["post", "key"],
                name="one_reference_per_key_and_post",
                violation_error_message=_("This post uses that key for another work."),
            ),
            models.UniqueConstraint(
                fields=["post", "work"],
                name="one_reference_per_work_and_post",
                violation_error_message=_("This work is on the shelf already."),
            ),
        ]

    def __str__(self):
        return self.key
