"""Works: the bibliographic records of a course, and merges of two records of one work."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.models.courses import Course
from blog.models.posts import Post
from blog.models.prompts import Prompt


class WorkQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def in_use(self):
        """Those a course may know of: cited by a post that is not its author's alone, or required.

        The references of a draft tell what somebody is reading, and are theirs.
        """
        cited = Q(references__cited=True, references__post__in=Post.objects.shown_to_staff())
        required = Prompt.required_works.through.objects.values("work")
        return self.filter(Q(pk__in=Work.objects.filter(cited).values("pk")) | Q(pk__in=required))

    def canonical(self):
        """Without the records that were merged into others."""
        return self.filter(merge=None)

    def cited_in(self, posts):
        """Those that the published text of these posts cites, by this or by a merged record."""
        cited = Work.objects.filter(references__cited=True, references__post__in=posts)
        merged = cited.filter(merge__isnull=False).values("merge__canonical")
        return self.canonical().filter(Q(pk__in=cited.values("pk")) | Q(pk__in=merged))


class Work(models.Model):
    """One bibliographic record of a course, stored as CSL-JSON.

    ``label`` (“Rajagopal et al., 2012”) and ``html`` (its APA entry) are made when it is saved.
    A record is its adder's own until ``shared_at``; from then on the course has it once per DOI.
    """

    course = models.ForeignKey(Course, models.CASCADE, related_name="works")
    csl = models.JSONField()
    doi = models.CharField(max_length=300, blank=True, help_text=_("Normalised; may be empty."))
    label = models.CharField(max_length=300)
    html = models.TextField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="works_added", null=True
    )
    shared_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    post = models.OneToOneField(
        Post,
        models.SET_NULL,
        related_name="as_work",
        null=True,
        blank=True,
        editable=False,
        help_text=_("The post of this course that it is, where it is one."),
    )

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "doi"],
                condition=~Q(doi="") & Q(shared_at__isnull=False),
                name="one_shared_work_per_doi_and_course",
            ),
            models.UniqueConstraint(
                fields=["course", "doi", "added_by"],
                condition=~Q(doi="") & Q(shared_at=None),
                name="one_own_work_per_doi_course_and_person",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def canonical(self):
        """Return the record to use for this one: itself, or what it was merged into."""
        merge = WorkMerge.objects.filter(duplicate=self).select_related("canonical").first()
        return merge.canonical if merge else self


class WorkMerge(models.Model):
    """Two records of a course that are one work: ``duplicate`` is listed as ``canonical``.

    The duplicate stays as a row, with what was moved away from it, so that a merge can be undone.
    A post that had both keeps both: its text cites two keys, and is its author’s. A record is
    merged once, and what others were merged into is not merged itself, so that one step always
    leads to the canonical record.
    """

    duplicate = models.OneToOneField(Work, models.CASCADE, related_name="merge")
    canonical = models.ForeignKey(Work, models.PROTECT, related_name="merges")
    references = models.JSONField(default=list, help_text=_("Keys of the references moved."))
    prompts = models.JSONField(default=list, help_text=_("Keys of the prompts moved."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="work_merges"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.CheckConstraint(
                condition=~Q(duplicate=F("canonical")), name="no_work_is_merged_into_itself"
            ),
        ]

    def __str__(self):
        return f"{self.duplicate} → {self.canonical}"
