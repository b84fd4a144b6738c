"""Every field of a row that holds what people type, and how all rows get other words.

A new field of text has a place in one of the two tables here, or ``tests/test_typed_fields.py``
fails: what people type is tried with words that attack, and with the words of the world.
"""

from collections.abc import Iterable
from io import StringIO

from django.apps import apps
from django.core.management import call_command
from django.db import models

from blog.models import Course, Revision, Work
from blog.models.search import rebuild_search

TYPED = {
    "blog.Announcement": "title text",
    "blog.BlogEntry": "title",
    "blog.Comment": "guest_name text content_note",
    "blog.CommentRevision": "text content_note",
    "blog.Course": "title term about",
    "blog.Criterion": "title description",
    "blog.Draft": "title text content_note",
    "blog.DraftSnapshot": "title text",
    "blog.FeedbackReply": "text",
    "blog.FeedbackReplyRevision": "text",
    "blog.GradeImport": "name",
    "blog.Grading": "text override_reason private_note",
    "blog.GuestComment": "user_agent referrer reason objection",
    "blog.HeldChange": "text",
    "blog.HelpStatement": "people tools ai_tools",
    "blog.Invitation": "name family_name",
    "blog.Launch": "name family_name context_title",
    "blog.Level": "title description",
    "blog.LmsFile": "name",
    "blog.Membership": "listed_name family_name",
    "blog.Message": "title text",
    "blog.ModerationEvent": "text",
    "blog.Norm": "name sentence",
    "blog.NormProposal": "name sentence former_name former_sentence why reason",
    "blog.OwnBlog": "title",
    "blog.Passage": "exact prefix suffix",
    "blog.Picture": "alternative",
    "blog.Platform": "name",
    "blog.PlatformCourse": "title",
    "blog.Pod": "name",
    "blog.Post": "title",
    "blog.ProcessMoment": "title text explanation",
    "blog.ProcessNote": "text",
    "blog.Prompt": "title question",
    "blog.Report": "norm_name sentence",
    "blog.Revision": "title text content_note",
    "blog.RosterImport": "name",
    "blog.Rubric": "title",
    "blog.SavedComment": "text",
    "blog.Section": "name",
    "blog.StudentIdentifier": "value",
    "blog.User": "display_name public_name course_name about",
    "blog.WordPressImport": "name",
    "network.Intention": "text looked_back",
    "network.Question": "text",
}
# Made by the program, chosen from a list, or of a form that leaves no room for words.
NOT_TYPED = {
    "blog.AuditEvent": "action target data",
    "blog.BlogEntry": "guid address digest",
    "blog.Comment": "html",
    "blog.CommentRevision": "html",
    "blog.Course": "slug time_zone language join_code dates_told",
    "blog.Deployment": "deployment_id",
    "blog.Draft": "passage used_comments",
    "blog.FeedAddress": "token posts_token",
    "blog.FeedbackReply": "html",
    "blog.FeedbackReplyRevision": "html",
    "blog.GradeAdoption": "gradings",
    "blog.GradeImport": "changes",
    "blog.Grading": "html",
    "blog.GradingEvent": "changes",
    "blog.GuestComment": "email website language",
    "blog.HeldChange": "levels record",
    "blog.IdempotencyKey": "action digest result",
    "blog.ImportedComment": "key",
    "blog.ImportedPost": "key",
    "blog.Invitation": "email identifiers",
    "blog.LastRun": "name",
    # What an LMS sends, or staff paste from it: keys, digests and addresses.
    "blog.Launch": "nonce token browser subject email role context_id prompt services deep_linking",
    "blog.LineItem": "url",
    "blog.PlatformScore": "sent_digest sent_to",
    "blog.LmsFile": "answers",
    "blog.MailChoices": "left_out",
    "blog.Notification": "event reasons mail_key",
    "blog.OutboxMessage": "key template context last_error",
    "blog.OwnBlog": "feed_url address etag last_modified",
    "blog.Picture": "token",
    "blog.Platform": "issuer client_id auth_url token_url jwks_url audience",
    "blog.PlatformAccount": "issuer subject",
    "blog.PlatformCourse": "context_id memberships_url lineitems_url",
    "blog.PlatformMember": "subject",
    "blog.Post": "slug left_open source_url",
    "blog.ProcessMoment": "source",
    "blog.ProcessNote": "html",
    "blog.Prompt": "question_html question_plain link_name",
    "blog.Reference": "key",
    "blog.Revision": "html excerpt paragraphs references",  # these are filled from works
    "blog.RegistrationLink": "token",
    "blog.RosterImport": "changes answers",
    "blog.SearchEntry": "words",
    "blog.StudentIdentifier": "system kind",
    "blog.ToolKey": "kid private",
    "blog.User": "password username email time_zone language notice_version",
    "blog.Work": "csl doi label html",  # ``fill`` writes the record
    "blog.WorkMerge": "references prompts",
    "blog.WorkVerification": "found doi",
    "blog.WordPressImport": "changes answers suggested media_paths",
    "network.QuestionOffer": "mail_key",
    "network.TieClock": "export_key",
    "network.WeeklyChoice": "picks",
}
ANY_LENGTH = 100_000
# The database refuses changes of these: other rows come beside them.
ADDED_ONLY = ("blog.ModerationEvent",)
# Empty means something: a member wrote it, the levels make the grade.
MAY_BE_EMPTY = ("guest_name", "override_reason")


def text_fields() -> set[str]:
    """Return every field of a model that holds text, but for those with a list of choices."""
    kinds = (models.CharField, models.TextField, models.JSONField)
    return {
        f"{model._meta.label}.{field.name}"
        for label in ("blog", "network")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.fields
        if isinstance(field, kinds) and not field.choices
    }


def named_in(table: dict[str, str]) -> set[str]:
    return {f"{label}.{name}" for label, names in table.items() for name in names.split()}


def fill(words: Iterable[str], *, begin: int = 0) -> int:
    """Write words into each typed field of each row, and render all texts; return how many.

    Each field gets the next that fit it, from those at ``begin`` on. Of optional fields that are
    empty every second one stays so.
    """
    turns = Turns(words, begin)
    for label, names in TYPED.items():
        model = apps.get_model(label)
        fields = [model._meta.get_field(name) for name in names.split()]
        rows = list(model._base_manager.order_by("pk"))
        for number, row in enumerate(rows):
            for field in fields:
                if getattr(row, field.name) or (number % 2 == 0 and field.name not in MAY_BE_EMPTY):
                    setattr(row, field.name, turns.next(field.max_length or ANY_LENGTH))
        if label in ADDED_ONLY:
            for row in rows:
                row.pk = None
            model._base_manager.bulk_create(rows)
        else:
            model._base_manager.bulk_update(rows, [field.name for field in fields])
    for work in Work.objects.order_by("pk"):
        fill_work(work, turns)
    for revision in Revision.objects.all():
        fill_references(revision)
    render_all()
    return turns.written


class Turns:
    """Words in their turn, the next that fits."""

    def __init__(self, words: Iterable[str], begin: int = 0):
        self._words = [word.replace("\0", "") for word in words]  # no form lets that sign in
        self._place = begin
        self.written = 0

    def next(self, length: int = ANY_LENGTH) -> str:
        for _try in self._words:
            word = self._words[self._place % len(self._words)]
            self._place += 1
            if len(word) <= length:
                self.written += 1
                return word
        raise AssertionError(f"no words of at most {length} characters")


def fill_work(work: Work, turns: Turns) -> None:
    """Write words into each part of a work's record, as somebody who types it may."""
    work.csl |= {
        "title": turns.next(500),
        "author": [{"family": turns.next(100), "given": turns.next(100)}],
        "container-title": turns.next(500),
        "publisher": turns.next(200),
    }
    work.save()


def fill_references(revision: Revision) -> None:
    """Give a version of a post its works as they are now; their entries are rendered with it."""
    works = Work.objects.in_bulk([entry["work"] for entry in revision.references])
    for entry in revision.references:
        entry["csl"] = works[entry["work"]].csl
    revision.save()


def render_all() -> None:
    """Render all texts, as after a change of the renderer, and let the search find them."""
    call_command("rerender", stdout=StringIO(), stderr=StringIO())
    for course in Course.objects.all():
        rebuild_search(course)
