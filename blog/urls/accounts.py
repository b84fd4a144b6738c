"""Addresses: one's own account. Those that are not here are allauth's."""

from django.urls import path

from blog.views.accounts import entrance, my_work, portraits, profile

urlpatterns = [
    path("accounts/login/", entrance.account_login, name="account_login"),
    path("accounts/signup/", entrance.account_signup, name="account_signup"),
    path("me/", profile.profile_edit, name="profile_edit"),
    path("me/portrait/", portraits.portrait_change, name="portrait_change"),
    path("me/portrait/remove/", portraits.portrait_remove, name="portrait_remove"),
    path("portraits/<slug:token>.webp", portraits.portrait_file, name="portrait_file"),
    path("me/work/", my_work.my_work, name="my_work"),
    path("me/work/<slug:course>/", my_work.course_work, name="course_work"),
]
