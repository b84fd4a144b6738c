"""Addresses of network, all of them inside a course."""

from django.urls import include, path

from network.views import discover, ego_network, follows

course_patterns = [
    path("following/", follows.person_list_followed, name="person_list_followed"),
    path("people/<slug:username>/follow/", follows.follow, name="follow"),
    path("people/<slug:username>/unfollow/", follows.unfollow, name="unfollow"),
    path("discover/", discover.discover, name="discover"),
    path("discover/off/", discover.discover_off, name="discover_off"),
    path("discover/on/", discover.discover_on, name="discover_on"),
    path("discover/posts/<slug:slug>/leave/", discover.discover_leave, name="discover_leave"),
    path("discover/topics/<int:pk>/leave/", discover.work_leave, name="work_leave"),
    path("discover/topics/<int:pk>/readmit/", discover.work_readmit, name="work_readmit"),
    path("network/", ego_network.ego_network, name="ego_network"),
]

urlpatterns = [path("c/<slug:course>/", include(course_patterns))]
