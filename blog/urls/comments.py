"""Addresses: comments."""

from django.urls import path

from blog.views.comments import addressee, comment, guest, history, mentions, preview, seen, use
from blog.views.editor import paste, visual

course_patterns = [
    path("comments/visual/", visual.comment_pieces, name="comment_pieces"),
    path("comments/visual/check/", visual.comment_check, name="comment_check"),
    path("comments/paste/", paste.comment_paste, name="comment_paste"),
    path("comments/preview/", preview.comment_preview, name="comment_preview"),
    path("posts/<slug:slug>/comments/", comment.comment_new, name="comment_new"),
    path("posts/<slug:slug>/comments/people/", mentions.comment_people, name="comment_people"),
    path("posts/<slug:slug>/comments/seen/", seen.comments_seen, name="comments_seen"),
    path("comments/<int:pk>/", comment.comment_page, name="comment_page"),
    path("comments/<int:pk>/reply/", comment.comment_reply, name="comment_reply"),
    path("comments/<int:pk>/edit/", comment.comment_edit, name="comment_edit"),
    path("comments/<int:pk>/history/", history.comment_history, name="comment_history"),
    path("comments/<int:pk>/delete/", comment.comment_delete, name="comment_delete"),
    path("comments/<int:pk>/restore/", comment.comment_restore, name="comment_restore"),
    path("comments/<int:pk>/use/", use.comment_use, name="comment_use"),
    path("comments/<int:pk>/use/undo/", use.comment_use_undo, name="comment_use_undo"),
    path("comments/<int:pk>/use/change/", use.comment_use_change, name="comment_use_change"),
    path("comments/<int:pk>/addressee/", addressee.comment_addressee, name="comment_addressee"),
]

urlpatterns = [
    path(
        "p/comments/<int:pk>/history/",
        history.comment_public_history,
        name="comment_public_history",
    ),
    path("p/<int:pk>/<slug:slug>/comments/", guest.guest_comment_new, name="guest_comment_new"),
    path(
        "p/<int:pk>/<slug:slug>/comments/<str:token>/",
        guest.guest_comment_status,
        name="guest_comment_status",
    ),
    path(
        "p/<int:pk>/<slug:slug>/comments/<str:token>/withdraw/",
        guest.guest_comment_withdraw,
        name="guest_comment_withdraw",
    ),
    path(
        "p/<int:pk>/<slug:slug>/comments/<str:token>/restore/",
        guest.guest_comment_restore,
        name="guest_comment_restore",
    ),
    path(
        "p/<int:pk>/<slug:slug>/comments/<str:token>/object/",
        guest.guest_comment_object,
        name="guest_comment_object",
    ),
]
