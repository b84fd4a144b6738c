"""Addresses: the editor: writing, saving, pasting, pictures."""

from django.urls import path

from blog.views.editor import (
    autosave,
    draft_conflicts,
    editor,
    paste,
    pictures,
    references,
    visual,
    write,
)

course_patterns = [
    path("write/", write.write, name="write"),
    path("write/choose/", write.write_choice, name="write_choice"),
    path("posts/new/", editor.post_new, name="post_new"),
    path("posts/new/draft/", autosave.draft_start, name="draft_start"),
    path("posts/drafts/", write.draft_list, name="draft_list"),
    path("posts/<slug:slug>/edit/", editor.post_edit, name="post_edit"),
    path("posts/<slug:slug>/preview/", editor.post_preview, name="post_preview"),
    path("posts/<slug:slug>/publish/", editor.post_publish, name="post_publish"),
    path("posts/<slug:slug>/edit/scaffold/", editor.post_scaffold, name="post_scaffold"),
    path("posts/<slug:slug>/edit/paste/", editor.editor_paste, name="editor_paste"),
    path("posts/<slug:slug>/edit/picture/", editor.editor_picture, name="editor_picture"),
    path(
        "posts/<slug:slug>/edit/references/",
        editor.editor_reference_add,
        name="editor_reference_add",
    ),
    path(
        "posts/<slug:slug>/edit/names/<path:key>/", editor.editor_name_keep, name="editor_name_keep"
    ),
    path(
        "posts/<slug:slug>/edit/keys/<path:key>/",
        editor.editor_key_correct,
        name="editor_key_correct",
    ),
    path(
        "posts/<slug:slug>/edit/citations/<path:key>/",
        editor.editor_citation_link,
        name="editor_citation_link",
    ),
    path(
        "posts/<slug:slug>/edit/citations/",
        editor.editor_citations_link,
        name="editor_citations_link",
    ),
    # Citation keys may hold a slash, as those of DBLP do: so the longer address comes first.
    path(
        "posts/<slug:slug>/edit/references/<path:key>/corrections/<slug:name>/",
        editor.editor_correction_accept,
        name="editor_correction_accept",
    ),
    path(
        "posts/<slug:slug>/edit/references/<path:key>/remove/",
        editor.editor_reference_remove,
        name="editor_reference_remove",
    ),
    path(
        "posts/<slug:slug>/edit/references/<path:key>/",
        editor.editor_reference_edit,
        name="editor_reference_edit",
    ),
    path(
        "posts/<slug:slug>/edit/works/<int:pk>/",
        references.editor_work_add,
        name="editor_work_add",
    ),
    path(
        "posts/<slug:slug>/edit/works/<int:pk>/cite/",
        editor.editor_work_cite,
        name="editor_work_cite",
    ),
    path(
        "posts/<slug:slug>/edit/find/",
        references.editor_reference_find,
        name="editor_reference_find",
    ),
    path(
        "posts/<slug:slug>/edit/find/add/",
        references.editor_records_add,
        name="editor_records_add",
    ),
    path("posts/<slug:slug>/find/", references.reference_find, name="reference_find"),
    path("posts/<slug:slug>/find/add/", references.reference_insert, name="reference_insert"),
    path(
        "posts/<slug:slug>/edit/conflicts/<int:pk>/keep/",
        draft_conflicts.conflict_keep,
        name="conflict_keep",
    ),
    path(
        "posts/<slug:slug>/edit/conflicts/<int:pk>/keep-other/",
        draft_conflicts.conflict_keep_other,
        name="conflict_keep_other",
    ),
    path("posts/<slug:slug>/draft/", autosave.draft_save, name="draft_save"),
    path("posts/<slug:slug>/paste/", paste.post_paste, name="post_paste"),
    path("posts/<slug:slug>/paste/insert/", paste.post_paste_insert, name="post_paste_insert"),
    path("posts/<slug:slug>/paste/changes/", paste.post_paste_changes, name="post_paste_changes"),
    path("posts/<slug:slug>/paste/apply/", paste.post_paste_apply, name="post_paste_apply"),
    path("posts/<slug:slug>/paste/undo/", paste.post_paste_undo, name="post_paste_undo"),
    path("posts/<slug:slug>/pictures/", pictures.picture_add, name="picture_add"),
    path("posts/<slug:slug>/pictures/upload/", pictures.picture_upload, name="picture_upload"),
    path(
        "posts/<slug:slug>/comments/draft/", autosave.comment_draft_save, name="comment_draft_save"
    ),
    path("posts/<slug:slug>/visual/", visual.visual_pieces, name="visual_pieces"),
    path("posts/<slug:slug>/visual/check/", visual.visual_check, name="visual_check"),
    path("drafts/<int:pk>/", draft_conflicts.draft_compare, name="draft_compare"),
    path("drafts/<int:pk>/restore/", draft_conflicts.draft_restore, name="draft_restore"),
]

urlpatterns = [
    path("me/editor/", visual.editor_choose, name="editor_choose"),
    path("me/token/", autosave.draft_token, name="draft_token"),
]
