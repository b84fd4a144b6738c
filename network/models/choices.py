"""Choices about suggestions, of one person in a course."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from blog.models import Course, Post, Work


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
