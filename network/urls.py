"""Addresses of network, all of them inside a course."""

from django.urls import include, path

from blog.web.url_prefixes import by_first_word
from network.views import (
    class_actions,
    class_network,
    discover,
    ego_network,
    exports,
    follows,
    intentions,
    network_figure,
    questions,
    settings,
)

course_patterns = [
    path("following/", follows.person_list_followed, name="person_list_followed"),
    path("people/<slug:username>/follow/", follows.follow, name="follow"),
    path("people/<slug:username>/unfollow/", follows.unfollow, name="unfollow"),
    path("network/class/", class_network.class_network, name="class_network"),
    path("network/class/first/", class_network.class_posts_first, name="class_posts_first"),
    path("network/class/back/", class_network.class_posts_back, name="class_posts_back"),
    path("network/class/mail/<slug:people>/", class_actions.class_mail, name="class_mail"),
    path("network/class/pods/", class_actions.class_pods, name="class_pods"),
    path("network/class/pods/save/", class_actions.class_pods_save, name="class_pods_save"),
    path("discover/", discover.discover, name="discover"),
    path("discover/off/", discover.discover_off, name="discover_off"),
    path("discover/on/", discover.discover_on, name="discover_on"),
    path("discover/posts/<slug:slug>/leave/", discover.discover_leave, name="discover_leave"),
    path("discover/posts/<slug:slug>/readmit/", discover.discover_readmit, name="discover_readmit"),
    path("discover/topics/<int:pk>/leave/", discover.work_leave, name="work_leave"),
    path("discover/topics/<int:pk>/readmit/", discover.work_readmit, name="work_readmit"),
    path("people/<slug:username>/mute/", settings.mute, name="mute"),
    path("people/<slug:username>/unmute/", settings.unmute, name="unmute"),
    path("settings/ties/", settings.clock_edit, name="clock_edit"),
    path("network/intentions/", intentions.intention_list, name="intention_list"),
    path("network/intentions/save/", intentions.intention_save, name="intention_save"),
    path(
        "network/intentions/<int:pk>/", intentions.intention_look_back, name="intention_look_back"
    ),
    path("posts/<slug:slug>/ask/", questions.question_new, name="question_new"),
    path("network/questions/<int:pk>/", questions.question_edit, name="question_edit"),
    path("network/questions/<int:pk>/close/", questions.question_close, name="question_close"),
    path("network/questions/<int:pk>/reopen/", questions.question_reopen, name="question_reopen"),
    path(
        "network/questions/<int:pk>/decline/", questions.question_decline, name="question_decline"
    ),
    path("network/choices/", settings.network_choices, name="network_choices"),
    path("network/", ego_network.ego_network, name="ego_network"),
    path("network/figure/", network_figure.network_figure_new, name="network_figure_new"),
    path("network/export/", exports.network_export, name="network_export"),
    path(
        "network/export/<slug:file_format>/",
        exports.network_export_file,
        name="network_export_file",
    ),
    path("network/exports/", exports.network_export_list, name="network_export_list"),
    # Last of all below network/: usernames are two words and a number, other pages are words.
    path("network/<slug:username>/", ego_network.tie_page, name="tie_page"),
]

urlpatterns = [path("c/<slug:course>/", include(by_first_word(course_patterns)))]
