"""Addresses: moderation, of posts, comments and what guests write.

``<target:target>`` is "post-4" or "comment-17".
"""

from django.urls import path, register_converter

from blog.models import Comment, Post
from blog.views.moderation import case, guest_comments, moderation, report


class TargetConverter:
    """The name of a post or comment in an address; an address is made from the row itself."""

    regex = "(?:post|comment)-[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str | Post | Comment) -> str:
        return value if isinstance(value, str) else f"{value._meta.model_name}-{value.pk}"


register_converter(TargetConverter, "target")

course_patterns = [
    path("moderation/", moderation.moderation, name="moderation"),
    path("moderation/log/", moderation.moderation_log, name="moderation_log"),
    path("moderation/<target:target>/", case.case_page, name="case_page"),
    path("moderation/<target:target>/keep/", case.case_keep, name="case_keep"),
    path("moderation/<target:target>/ask/", case.case_ask, name="case_ask"),
    path("moderation/<target:target>/hide/", case.case_hide, name="case_hide"),
    path("moderation/<target:target>/undo/", case.case_undo, name="case_undo"),
    path("moderation/<target:target>/explain/", case.case_explain, name="case_explain"),
    path("moderation/<target:target>/object/", case.case_object, name="case_object"),
    path("moderation/<target:target>/report/", report.report_new, name="report_new"),
    path(
        "moderation/<target:target>/report/take-back/",
        report.report_take_back,
        name="report_take_back",
    ),
    path(
        "moderation/guests/<int:pk>/publish/",
        guest_comments.guest_comment_publish,
        name="guest_comment_publish",
    ),
    path(
        "moderation/guests/<int:pk>/refuse/",
        guest_comments.guest_comment_refuse,
        name="guest_comment_refuse",
    ),
    path(
        "moderation/guests/<int:pk>/spam/",
        guest_comments.guest_comment_spam,
        name="guest_comment_spam",
    ),
    path(
        "posts/<slug:slug>/guest-comments/",
        guest_comments.guest_comment_import,
        name="guest_comment_import",
    ),
]
