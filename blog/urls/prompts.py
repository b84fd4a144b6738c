"""Addresses: prompts."""

from django.urls import path

from blog.views.prompts import feedback, prompt

course_patterns = [
    path("prompts/", prompt.prompt_list, name="prompt_list"),
    path("prompts/new/", prompt.prompt_new, name="prompt_new"),
    path("prompts/<int:number>/", prompt.prompt_page, name="prompt_page"),
    path("prompts/<int:number>/edit/", prompt.prompt_edit, name="prompt_edit"),
    path("prompts/<int:number>/feedback/seen/", feedback.feedback_seen, name="feedback_seen"),
    path("prompts/<int:number>/feedback/reply/", feedback.feedback_reply, name="feedback_reply"),
]
