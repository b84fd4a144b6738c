"""Addresses: the grading desk and rubrics."""

from django.urls import path

from blog.views.grading import grading, rubrics

course_patterns = [
    path("settings/rubrics/", rubrics.rubric_list, name="rubric_list"),
    path("settings/rubrics/new/", rubrics.rubric_new, name="rubric_new"),
    path("settings/rubrics/<int:pk>/", rubrics.rubric_edit, name="rubric_edit"),
    path("desk/", grading.grading_overview, name="grading_overview"),
    path("desk/<int:number>/", grading.grading_prompt, name="grading_prompt"),
    path("desk/<int:number>/release/", grading.grading_release, name="grading_release"),
    path("desk/<int:number>/<slug:slug>/", grading.grading_post, name="grading_post"),
]
