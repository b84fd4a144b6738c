"""Addresses: one's own account. Those that are not here are allauth's."""

from django.urls import path

from blog.views.accounts import entrance, profile

urlpatterns = [
    path("accounts/login/", entrance.account_login, name="account_login"),
    path("accounts/signup/", entrance.account_signup, name="account_signup"),
    path("me/", profile.profile_edit, name="profile_edit"),
]
