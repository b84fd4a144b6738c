"""Addresses: messages to students."""

from django.urls import path

from blog.views.messages import message

course_patterns = [
    path("messages/", message.message_overview, name="message_overview"),
    path("messages/<int:pk>/withdraw/", message.message_withdraw, name="message_withdraw"),
    path("prompts/<int:number>/write/<slug:to>/", message.message_new, name="message_new"),
    path("prompts/<int:number>/write/<slug:to>/send/", message.message_send, name="message_send"),
]
