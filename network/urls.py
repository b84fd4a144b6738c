"""Addresses of network, all of them inside a course."""

from django.urls import include, path

from network.views import ego_network, follows, settings

course_patterns = [
    path("following/", follows.person_list_followed, name="person_list_followed"),
    path("people/<slug:username>/follow/", follows.follow, name="follow"),
    path("people/<slug:username>/unfollow/", follows.unfollow, name="unfollow"),
    path("people/<slug:username>/mute/", settings.mute, name="mute"),
    path("people/<slug:username>/unmute/", settings.unmute, name="unmute"),
    path("settings/ties/", settings.clock_edit, name="clock_edit"),
    path("network/choices/", settings.network_choices, name="network_choices"),
    path("network/", ego_network.ego_network, name="ego_network"),
    # Last of all below network/: usernames are two words and a number, other pages are words.
    path("network/<slug:username>/", ego_network.tie_page, name="tie_page"),
]

urlpatterns = [path("c/<slug:course>/", include(course_patterns))]
