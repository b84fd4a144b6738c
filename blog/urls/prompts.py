"""Addresses: prompts."""

from django.urls import path

from blog.views.prompts import prompt

course_patterns = [
    path("prompts/new/", prompt.prompt_new, name="prompt_new"),
    path("prompts/<int:number>/", prompt.prompt_page, name="prompt_page"),
    path("prompts/<int:number>/edit/", prompt.prompt_edit, name="prompt_edit"),
]
