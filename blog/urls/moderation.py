"""Addresses: what the teaching team decides on."""

from django.urls import path

from blog.views.moderation import guest_comments, moderation

course_patterns = [
    path("moderation/", moderation.moderation, name="moderation"),
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
        "moderation/guests/<int:pk>/undo/",
        guest_comments.guest_comment_undo,
        name="guest_comment_undo",
    ),
    path(
        "posts/<slug:slug>/guest-comments/",
        guest_comments.guest_comment_import,
        name="guest_comment_import",
    ),
]
