"""Addresses: references: the class bibliography and those of a post."""

from django.urls import path

from blog.views.references import bibliography, post_references, reference, reference_add, works

course_patterns = [
    path("posts/<slug:slug>/references/", reference_add.reference_add, name="reference_add"),
    # Not below references/, where every address is that of a citation key.
    path("posts/<slug:slug>/look-up/", reference_add.reference_look_up, name="reference_look_up"),
    path(
        "posts/<slug:slug>/look-up/add/",
        reference_add.reference_add_found,
        name="reference_add_found",
    ),
    path(
        "posts/<slug:slug>/references.<slug:ending>",
        post_references.post_references,
        name="post_references",
    ),
    path("posts/<slug:slug>/cite/", post_references.post_cite, name="post_cite"),
    path(
        "posts/<slug:slug>/references/<path:key>/remove/",
        reference.reference_remove,
        name="reference_remove",
    ),
    path(
        "posts/<slug:slug>/references/<path:key>/take/",
        reference.reference_accept,
        name="reference_accept",
    ),
    path(
        "posts/<slug:slug>/references/<path:key>/", reference.reference_edit, name="reference_edit"
    ),
    path("references/", bibliography.bibliography, name="bibliography"),
    path(
        "references/export.<slug:ending>",
        bibliography.bibliography_export,
        name="bibliography_export",
    ),
    path("references/take/", works.work_add, name="work_add"),
    path("references/<int:pk>/", works.work_page, name="work_page"),
    path("references/<int:pk>/edit/", works.work_edit, name="work_edit"),
    path("references/<int:pk>/merge/", works.work_merge, name="work_merge"),
    path("references/<int:pk>/split/", works.work_split, name="work_split"),
]
