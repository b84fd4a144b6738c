"""Works and the references by which posts cite them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
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

    def standing(self):
        """Without the records that were merged into others."""
        return self.filter(merge=None)

    def cited_in(self, posts):
        """Those that these posts cite in their published text, themselves or by a merged record."""
        uses = Reference.objects.cited_in(posts)
        return self.standing().filter(pk__in=uses.values("stands_as"))


class ReferenceQuerySet(models.QuerySet):
    def cited_in(self, posts):
        """Those that the published text of these posts cites; ``stands_as`` is the work to list."""
        return self.filter(cited=True, post__in=posts).annotate(
            stands_as=Coalesce("work__merge__kept", "work")
        )


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
                fields=["course", "doi"], condition=~Q(doi=""), name="one_work_per_doi_and_course"
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def standing(self):
        """The record to use for this one: itself, or what it was merged into."""
        merge = Merge.objects.filter(gone=self).select_related("kept").first()
        return merge.kept if merge else self


class Reference(models.Model):
    """An entry on a post's shelf: a work and the key by which the text cites it.

    ``cited`` says that the published revision cites it; publishing sets it.
    """

    post = models.ForeignKey(Post, models.CASCADE, related_name="shelf")
    work = models.ForeignKey(Work, models.PROTECT, related_name="references")
    key = models.CharField(_("citation key"), max_length=80)
    cited = models.BooleanField(default=False)

    objects = ReferenceQuerySet.as_manager()

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


class Merge(models.Model):
    """Two records of a course that are one work: ``gone`` is listed as ``kept``.

    The record that goes stays as a row, with what was moved away from it, so that a merge can be
    taken back. A post that had both on its shelf keeps both: its text cites two keys, and is its
    writer’s. A record goes once, and what others were merged into does not go itself, so that
    one step always leads to the record that stands.
    """

    gone = models.OneToOneField(Work, models.CASCADE, related_name="merge")
    kept = models.ForeignKey(Work, models.PROTECT, related_name="merges")
    references = models.JSONField(default=list, help_text=_("Keys of the references moved."))
    prompts = models.JSONField(default=list, help_text=_("Keys of the prompts moved."))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="merges")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.CheckConstraint(
                condition=~Q(gone=F("kept")), name="no_work_is_merged_into_itself"
            ),
        ]

    def __str__(self):
        return f"{self.gone} → {self.kept}"
