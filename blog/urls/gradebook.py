"""Addresses: the gradebook, its files, and grades for taking part."""

from django.urls import path

from blog.views.gradebook import gradebook, participation

course_patterns = [
    path("gradebook/", gradebook.gradebook, name="gradebook"),
    path("gradebook/participation/", participation.participation_rule, name="participation_rule"),
    path("gradebook/participation/<int:number>/", participation.adoption_new, name="adoption_new"),
    path(
        "gradebook/participation/undo/<int:pk>/", participation.adoption_undo, name="adoption_undo"
    ),
]
