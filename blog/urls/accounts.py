"""Addresses: one's own account. Those that are not here are allauth's."""

from django.urls import path

from blog.views.accounts import (
    entrance,
    feedback_files,
    language,
    leaving,
    mail_choices,
    my_work,
    notifications,
    portraits,
    profile,
    sessions,
    takeouts,
    university,
    withheld_name,
)

urlpatterns = [
    path("accounts/login/", entrance.account_login, name="account_login"),
    path("accounts/signup/", entrance.account_signup, name="account_signup"),
    path("accounts/logout/", entrance.account_logout, name="account_logout"),
    path("accounts/password/set/", entrance.account_set_password, name="account_set_password"),
    path(
        "accounts/oidc/<slug:provider_id>/login/",
        university.university_login,
        name="openid_connect_login",
    ),
    path("accounts/language/", language.language_choose, name="language_choose"),
    path("me/", profile.profile_edit, name="profile_edit"),
    path("me/sessions/", sessions.session_list, name="session_list"),
    path("me/sessions/others/", sessions.sessions_end_others, name="sessions_end_others"),
    path("me/sessions/<int:pk>/", sessions.session_end, name="session_end"),
    path("me/portrait/", portraits.portrait_change, name="portrait_change"),
    path("me/portrait/remove/", portraits.portrait_remove, name="portrait_remove"),
    path("me/notifications/", notifications.notification_list, name="notification_list"),
    path("me/notifications/seen/", notifications.notifications_seen, name="notifications_seen"),
    path("me/mail/", mail_choices.mail_choices_edit, name="mail_choices_edit"),
    path("unsubscribe/<str:token>/", mail_choices.unsubscribe, name="unsubscribe"),
    path("portraits/<slug:token>.webp", portraits.portrait_file, name="portrait_file"),
    path("me/erase/", leaving.account_erase, name="account_erase"),
    path("me/leave/<slug:course>/", leaving.course_leave, name="course_leave"),
    path("me/name/<slug:course>/", withheld_name.name_withhold_ask, name="name_withhold_ask"),
    path(
        "me/name/<slug:course>/take-back/",
        withheld_name.name_withhold_take_back,
        name="name_withhold_take_back",
    ),
    path("me/export/", takeouts.takeout_list, name="takeout_list"),
    path("me/export/new/", takeouts.takeout_new, name="takeout_new"),
    path("me/export/<int:pk>/", takeouts.takeout_file, name="takeout_file"),
    path("me/export/<int:pk>/delete/", takeouts.takeout_delete, name="takeout_delete"),
    path("me/work/", my_work.my_work, name="my_work"),
    path("me/work/<slug:course>/", my_work.course_work, name="course_work"),
    path(
        "me/work/<slug:course>/grades.<slug:ending>",
        feedback_files.feedback_export,
        name="feedback_export",
    ),
]
