"""Addresses: one's own account."""

from django.urls import path

from blog.views.accounts import profile

urlpatterns = [
    path("me/", profile.profile_edit, name="profile_edit"),
]
