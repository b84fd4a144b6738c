"""A writer's account of a post: a note, moments of its text, the help received."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog.models.grading import render_feedback
from blog.models.post_visibility import of_post, visibility_rules
from blog.models.posts import Post


class ToldAudience(models.IntegerChoices):
    """The audience of a writer's account, among those who see the post in its course."""

    TEAM = 10, gettext_lazy("me and the teaching team")
    READERS = 30, gettext_lazy("everyone in the course who can see the post")


class ToldQuerySet(models.QuerySet):
    def visible_to(self, reader):
        """Return the rows a reader can see: never more than the post, and none outside its course.

        The author and the teaching team see all of it, others what the author chose to show them.
        """
        if not reader.is_authenticated:
            return self.none()
        memberships = reader.memberships_now
        teaching = [m.course_id for m in memberships if m.teaches]
        return self.filter(
            Q(audience=ToldAudience.READERS)
            | Q(post__author=reader)
            | Q(post__course__in=teaching),
            of_post(visibility_rules(reader)),
            post__course__in=[m.course_id for m in memberships],
        )


class ProcessNote(models.Model):
    """A writer's note on how a post came about, with the moments they chose to show.

    Its ``version`` counts the saves of the whole page, the statement of help included.
    """

    post = models.OneToOneField(Post, models.CASCADE, related_name="process_note")
    text = models.TextField(gettext_lazy("note"), blank=True)
    html = models.TextField(blank=True)
    audience = models.PositiveSmallIntegerField(choices=ToldAudience, default=ToldAudience.READERS)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = ToldQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("note on how a post came about")
        verbose_name_plural = gettext_lazy("notes on how posts came about")

    def __str__(self):
        return f"process note of {self.post_id}"

    @property
    def is_shared(self) -> bool:
        return self.audience == ToldAudience.READERS

    @property
    def openness(self) -> str:
        """Return who can see it and the statement of help, and which parts of it there are.

        As audit events and the lists of `catch_up` have it; 0 is for no statement.
        """
        statement = HelpStatement.objects.filter(post=self.post_id).first()
        there = ["text"] * bool(self.text) + [moment.source for moment in self.moments.all()]
        helped = int(statement.audience) if statement else 0
        return f"{int(self.audience)} {helped} {','.join(there) or '-'}"

    def render(self) -> None:
        """Set the HTML from the text. Raises TextRefused."""
        self.html = render_feedback(self.text)


class ProcessMoment(models.Model):
    """An earlier state of a text that its writer shows, and what they say about it.

    It has a copy of the words, so a snapshot can go while the moment stays. ``source`` says which
    one they are of, such as "snapshot-17" or "version-2", and ``reason`` why it was taken.
    """

    note = models.ForeignKey(ProcessNote, models.CASCADE, related_name="moments")
    source = models.CharField(max_length=30)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    words = models.PositiveIntegerField()
    written_at = models.DateTimeField()
    explanation = models.CharField(max_length=500)

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name = gettext_lazy("moment of a text")
        verbose_name_plural = gettext_lazy("moments of texts")
        constraints = [
            models.UniqueConstraint(
                fields=["note", "source"], name="one_moment_per_note_and_source"
            ),
            models.CheckConstraint(
                condition=~Q(explanation=""), name="moments_say_what_changed_and_why"
            ),
        ]

    def __str__(self):
        return f"{self.source}: {self.explanation[:50]}"


class HelpStatement(models.Model):
    """A writer's statement of the help they had with a post: by people, by tools, by AI."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="help_statement")
    people = models.TextField(gettext_lazy("people"), blank=True)
    tools = models.TextField(gettext_lazy("tools"), blank=True)
    ai_tools = models.TextField(gettext_lazy("AI tools"), blank=True)
    audience = models.PositiveSmallIntegerField(choices=ToldAudience, default=ToldAudience.TEAM)
    updated_at = models.DateTimeField(default=timezone.now)

    objects = ToldQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("statement of help")
        verbose_name_plural = gettext_lazy("statements of help")
        constraints = [
            models.CheckConstraint(
                condition=~Q(people="", tools="", ai_tools=""),
                name="a_help_statement_says_something",
                violation_error_message=gettext_lazy("Say which help you had."),
            ),
        ]

    def __str__(self):
        return f"help statement of {self.post_id}"

    @property
    def is_shared(self) -> bool:
        return self.audience == ToldAudience.READERS

    @property
    def is_empty(self) -> bool:
        return not (self.people or self.tools or self.ai_tools)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Return the parts that are filled in, each with its label."""
        parts = (
            (_("People"), self.people),
            (_("Tools"), self.tools),
            (_("AI tools"), self.ai_tools),
        )
        return [(label, words) for label, words in parts if words]
