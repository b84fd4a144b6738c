"""network's addresses, all of them inside a course."""

from django.urls import include, path

from network.views import follows, mine

course_patterns = [
    path("people/<slug:username>/follow/", follows.follow, name="follow"),
    path("network/", mine.ego_network, name="ego_network"),
]

urlpatterns = [path("c/<slug:course>/", include(course_patterns))]
