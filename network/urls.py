"""network's addresses, all of them inside a course."""

from django.urls import include, path

from network.views import ego_network, follows

course_patterns = [
    path("people/<slug:username>/follow/", follows.follow, name="follow"),
    path("network/", ego_network.ego_network, name="ego_network"),
]

urlpatterns = [path("c/<slug:course>/", include(course_patterns))]
