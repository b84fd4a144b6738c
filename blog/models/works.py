"""Works: the bibliographic records of a course, and merges of two records of one work."""

from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blog.citations.csl.fields import text_of, unmarked
from blog.citations.runs import Run, closed, plain
from blog.models.courses import Course
from blog.models.post_visibility import (
    course_rules,
    gate_rules,
    of_post,
    visibility_rules,
    visibility_rules_in,
)
from blog.models.posts import Post
from blog.models.prompt_dates import opened_rules
from blog.models.prompts import Prompt


class WorkQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def in_use(self):
        """Return works that a published post cites, or a prompt requires.

        Works of drafts and of posts for their author alone are left out: they tell what somebody
        reads.
        """
        cited = Q(references__cited=True, references__post__in=Post.objects.shown_to_staff())
        required = Prompt.required_works.through.objects.values("work")
        return self.filter(Q(pk__in=Work.objects.filter(cited).values("pk")) | Q(pk__in=required))

    def canonical(self):
        """Return the works without those that were merged into others."""
        return self.filter(merge=None)

    def shared(self):
        """Return the works that belong to their course."""
        return self.filter(shared_at__isnull=False)

    def open_to_course(self, reader=None):
        """Return the shared works that everybody in their course can meet now.

        With a ``reader`` a gate counts too: posts that wait for that reader's own are left out.

        A post that the whole course can read cites the work, itself or one that is merged with it;
        or an open prompt requires it; or it is a post that the whole course can read. A shared
        work that is none of these was cited by a post that is withdrawn, deleted or narrower now:
        it tells what somebody reads, as if it had never been shared.
        """
        rules = course_rules() & gate_rules(reader) if reader else course_rules()
        cited = of_post(rules, "references__post") & Q(references__cited=True)
        required = opened_rules("required_by__")
        met = cited | required | of_post(rules, "post")
        # Found by the key of each work, so that no other course of the site is looked at.
        itself = Work.objects.filter(met, pk=OuterRef("canonical_work"))
        merged = Work.objects.filter(met, merge__canonical=OuterRef("canonical_work"))
        return (
            self.shared()
            .alias(canonical_work=Coalesce("merge__canonical", "pk"))
            .filter(Exists(itself) | Exists(merged))
        )

    def met_by(self, person):
        """Return the shared works that a person can meet: the course's now, and required reading.

        That of a prompt which is not open yet is met by the teaching team alone.
        """
        return self._open_or_required(self.open_to_course(person), person)

    def known_to_course(self, person):
        """Return the works that ``met_by`` would, were no gate closed to the person.

        What is published becomes the course's, and the course has each work once, whoever knows.
        """
        return self._open_or_required(self.open_to_course(), person)

    def _open_or_required(self, open_now, person):
        required = Prompt.objects.visible_to(person).values("required_works")
        return self.shared().filter(Q(pk__in=open_now.values("pk")) | Q(pk__in=required))

    def available_to(self, person):
        """Return the works that a person can add to a post: those they meet, and their own."""
        return self.filter(Q(pk__in=self.met_by(person).values("pk")) | Q(added_by=person))

    def visible_to(self, reader):
        """Return the works that a published post cites, itself or a merged one, which they see.

        Every list of works is made of these: the bibliography, duplicates, candidates for a merge.
        """
        return self._cited_by_posts(visibility_rules(reader))

    def visible_in(self, reader, course):
        """Return the works of a course that ``visible_to`` would, with a condition half as long."""
        rules = Q(visibility_rules_in(course, reader), course=course)
        return self.in_course(course)._cited_by_posts(rules)

    def _cited_by_posts(self, rules: Q):
        """Return the works that a published post by these rules cites, itself or a merged one."""
        cited = of_post(Q(rules, status=Post.Status.PUBLISHED), "references__post")
        cited &= Q(references__cited=True)
        # Found by the key of each work, so that no other course of the site is looked at.
        itself = Work.objects.filter(cited, pk=OuterRef("pk"))
        merged = Work.objects.filter(cited, merge__canonical=OuterRef("pk"))
        return self.canonical().filter(Exists(itself) | Exists(merged))


class Work(models.Model):
    """One bibliographic record of a course, stored as CSL-JSON.

    ``label`` (“Rajagopal et al., 2012”) and ``html`` (its APA entry) are computed when it is saved.
    A work belongs to whoever added it until a published post that the whole course can read cites
    it, or a prompt requires it: then ``shared_at`` is set, for good. From then on the course has it
    once per DOI. Nobody else meets a work that is not shared, unless they see a post that cites it,
    nor one that was shared and is not ``open_to_course`` now. The next record with its DOI that a
    post publishes takes its place; then its ``doi`` is empty, and its ``csl`` stays (ADR 0017).
    """

    course = models.ForeignKey(
        Course, models.CASCADE, verbose_name=_("course"), related_name="works"
    )
    csl = models.JSONField(_("record"), help_text=_("In CSL-JSON."))
    doi = models.CharField(
        _("DOI"),
        max_length=300,
        blank=True,
        help_text=_("In lower case, without https://doi.org/."),
    )
    label = models.CharField(_("short name"), max_length=300)
    html = models.TextField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="works_added", null=True
    )
    shared_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.IntegerField(default=1, editable=False)
    post = models.OneToOneField(
        Post,
        models.SET_NULL,
        related_name="as_work",
        null=True,
        blank=True,
        editable=False,
        help_text=_("The post of this course that it describes, if any."),
    )

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
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
            models.CheckConstraint(
                condition=Q(version__gte=1), name="versions_of_works_begin_at_one"
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label_with_title(self) -> str:
        """Return its short name and title in one line: an author may have two works of one year."""
        title = unmarked(text_of(self.csl.get("title")))
        return f"{plain(closed([Run(self.label)]))} {title}".rstrip()

    @property
    def is_shared(self) -> bool:
        return self.shared_at is not None

    @property
    def is_open_to_course(self) -> bool:
        """Return whether everybody in the course can meet it now; one query."""
        return Work.objects.filter(pk=self.pk).open_to_course().exists()

    @property
    def canonical(self):
        """Return the work to use for this one: itself, or the one it was merged into."""
        merge = WorkMerge.objects.filter(duplicate=self).select_related("canonical").first()
        return merge.canonical if merge else self


class WorkMerge(models.Model):
    """Two records of one work: ``duplicate`` is listed as ``canonical``.

    The duplicate stays as a row, with what was moved away from it, so that a merge can be undone.
    A post that had both keeps both: its text cites two keys, and is its author’s. A work is merged
    once, and what others were merged into is not merged itself, so that one step always leads to
    the canonical work.
    """

    duplicate = models.OneToOneField(Work, models.CASCADE, related_name="merge")
    canonical = models.ForeignKey(Work, models.PROTECT, related_name="merges")
    references = models.JSONField(default=list, help_text=_("The references that were moved."))
    prompts = models.JSONField(default=list, help_text=_("The prompts that were moved."))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="work_merges"
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("merge of two references")
        verbose_name_plural = _("merges of references")
        constraints = [
            models.CheckConstraint(
                condition=~Q(duplicate=F("canonical")), name="no_work_is_merged_into_itself"
            ),
        ]

    def __str__(self):
        return f"{self.duplicate} → {self.canonical}"


def canonical_works(works: Iterable[Work]) -> dict[int, Work]:
    """Return the ``canonical`` of each work by the key of the given one, in one query."""
    by_key = {work.pk: work for work in works}
    merges = WorkMerge.objects.filter(duplicate__in=by_key).select_related("canonical")
    return by_key | {merge.duplicate_id: merge.canonical for merge in merges}
