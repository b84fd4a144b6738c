"""Addresses: prompts."""

from django.urls import path

from blog.views.prompts import arrange, extensions, feedback, prompt

course_patterns = [
    path("prompts/", prompt.prompt_list, name="prompt_list"),
    path("prompts/new/", prompt.prompt_new, name="prompt_new"),
    path("prompts/new/arrange/", arrange.prompt_new_arrange, name="prompt_new_arrange"),
    path("prompts/<int:number>/", prompt.prompt_page, name="prompt_page"),
    path("prompts/<int:number>/edit/", prompt.prompt_edit, name="prompt_edit"),
    path("prompts/<int:number>/edit/arrange/", arrange.prompt_arrange, name="prompt_arrange"),
    path("prompts/<int:number>/extensions/", extensions.extension_list, name="extension_list"),
    path(
        "prompts/<int:number>/extensions/<int:pk>/take-back/",
        extensions.extension_take_back,
        name="extension_take_back",
    ),
    path("prompts/<int:number>/feedback/seen/", feedback.feedback_seen, name="feedback_seen"),
]
