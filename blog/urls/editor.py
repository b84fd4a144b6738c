"""Addresses: the editor: writing, saving, pasting, pictures."""

from django.urls import path

from blog.views.editor import autosave, draft_conflicts, drafts, editor, paste, pictures

course_patterns = [
    path("posts/new/", editor.post_new, name="post_new"),
    path("posts/new/draft/", autosave.draft_start, name="draft_start"),
    path("posts/drafts/", drafts.draft_list, name="draft_list"),
    path("posts/<slug:slug>/edit/", editor.post_edit, name="post_edit"),
    path("posts/<slug:slug>/draft/", autosave.draft_save, name="draft_save"),
    path("posts/<slug:slug>/paste/", paste.post_paste, name="post_paste"),
    path("posts/<slug:slug>/paste/undo/", paste.post_paste_undo, name="post_paste_undo"),
    path("posts/<slug:slug>/pictures/", pictures.picture_add, name="picture_add"),
    path(
        "posts/<slug:slug>/comments/draft/", autosave.comment_draft_save, name="comment_draft_save"
    ),
    path("drafts/<int:pk>/", draft_conflicts.draft_compare, name="draft_compare"),
    path("drafts/<int:pk>/restore/", draft_conflicts.draft_restore, name="draft_restore"),
]

urlpatterns = [
    path("me/token/", autosave.draft_token, name="draft_token"),
]
