"""Addresses: the gradebook, its files, and participation grades."""

from django.urls import path

from blog.views.gradebook import exports, gradebook, imports, lms_files, participation

course_patterns = [
    path("gradebook/", gradebook.gradebook, name="gradebook"),
    path("gradebook/export/", exports.gradebook_exports, name="gradebook_exports"),
    path("gradebook/export/<slug:file_format>/", exports.gradebook_export, name="gradebook_export"),
    path("gradebook/imports/", imports.grade_import_new, name="grade_import_new"),
    path("gradebook/imports/<int:pk>/", imports.grade_import, name="grade_import"),
    path("gradebook/imports/<int:pk>/add/", imports.grade_import_add, name="grade_import_add"),
    path("gradebook/imports/<int:pk>/undo/", imports.grade_import_undo, name="grade_import_undo"),
    path("gradebook/files/", lms_files.lms_file_new, name="lms_file_new"),
    path("gradebook/files/<int:pk>/", lms_files.lms_file, name="lms_file"),
    path("gradebook/files/<int:pk>/filled/", lms_files.lms_file_download, name="lms_file_download"),
    path("gradebook/participation/", participation.participation_rule, name="participation_rule"),
    path("gradebook/participation/<int:number>/", participation.adoption_new, name="adoption_new"),
    path(
        "gradebook/participation/undo/<int:pk>/", participation.adoption_undo, name="adoption_undo"
    ),
]
