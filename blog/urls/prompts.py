"""Addresses: prompts."""

from django.urls import path

from blog.views.prompts import arrange, extensions, feedback, prompt, table

course_patterns = [
    path("prompts/", prompt.prompt_list, name="prompt_list"),
    path("prompts/save/", table.prompts_save, name="prompts_save"),
    path("prompts/shift/", table.prompts_shift, name="prompts_shift"),
    path("prompts/copy/", table.prompts_copy, name="prompts_copy"),
    path("prompts/archive/", table.prompts_archive, name="prompts_archive"),
    path("prompts/delete/", table.prompts_delete, name="prompts_delete"),
    path("prompts/by-due-date/", table.prompts_by_due_date, name="prompts_by_due_date"),
    path("prompts/<int:number>/up/", table.prompt_up, name="prompt_up"),
    path("prompts/<int:number>/down/", table.prompt_down, name="prompt_down"),
    path("prompts/<int:number>/restore/", table.prompt_restore, name="prompt_restore"),
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
    path("prompts/<int:number>/feedback/reply/", feedback.feedback_reply, name="feedback_reply"),
]
