"""Addresses: posts as their readers see them."""

from django.urls import path

from blog.views.posts import (
    own_blog,
    picture_files,
    post,
    post_list,
    post_states,
    process_note,
    revisions,
)

course_patterns = [
    path("own-blog/", own_blog.own_blog, name="own_blog"),
    path("own-blog/connect/", own_blog.own_blog_connect, name="own_blog_connect"),
    path("own-blog/readers/", own_blog.own_blog_change, name="own_blog_change"),
    path("own-blog/check/", own_blog.own_blog_check, name="own_blog_check"),
    path("own-blog/stop/", own_blog.own_blog_stop, name="own_blog_stop"),
    path("posts/", post_list.post_list, name="post_list"),
    path("posts/<slug:slug>/", post.post_page, name="post_page"),
    path("posts/<slug:slug>/withdraw/", post_states.post_withdraw, name="post_withdraw"),
    path("posts/<slug:slug>/publish-again/", post_states.post_republish, name="post_republish"),
    path("posts/<slug:slug>/delete/", post_states.post_delete, name="post_delete"),
    path("posts/<slug:slug>/restore/", post_states.post_restore, name="post_restore"),
    path("posts/<slug:slug>/imported/", own_blog.imported_post_edit, name="imported_post_edit"),
    path("posts/<slug:slug>/how/", process_note.process_note_edit, name="process_note_edit"),
    path(
        "posts/<slug:slug>/how/preview/",
        process_note.process_note_preview,
        name="process_note_preview",
    ),
    path(
        "posts/<slug:slug>/how/remove/",
        process_note.process_note_remove,
        name="process_note_remove",
    ),
    path(
        "posts/<slug:slug>/how/moments/<slug:source>/",
        process_note.process_option,
        name="process_option",
    ),
    path("posts/<slug:slug>/how/<int:number>/", process_note.process_moment, name="process_moment"),
    path("posts/<slug:slug>/history/", revisions.revision_list, name="revision_list"),
    path("posts/<slug:slug>/history/compare/", revisions.revision_compare, name="revision_compare"),
    path("posts/<slug:slug>/history/<int:number>/", revisions.revision_page, name="revision_page"),
    path(
        "posts/<slug:slug>/history/<int:number>/restore/",
        revisions.revision_restore,
        name="revision_restore",
    ),
    path(
        "posts/<slug:slug>/history/<int:number>/restore/undo/",
        revisions.revision_restore_undo,
        name="revision_restore_undo",
    ),
]

urlpatterns = [
    path("p/<int:pk>/<slug:slug>/", post.post_public, name="post_public"),
    path("pictures/<slug:token>/<slug:size>.webp", picture_files.picture_file, name="picture_file"),
]
