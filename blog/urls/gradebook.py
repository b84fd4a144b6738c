"""Addresses: the gradebook, its files, and grades for taking part."""

from django.urls import path

from blog.views.gradebook import gradebook

course_patterns = [
    path("gradebook/", gradebook.gradebook, name="gradebook"),
]
