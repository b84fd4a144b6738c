"""The addresses of the site and, for the benchmarks alone, what its pages are compared with."""

from django.urls import include, path

from plnsite.urls import handler400, handler403, handler404, handler429, handler500  # noqa: F401
from tests.benchmarks.floors import empty_view, plain_page

urlpatterns = [
    path("floor/empty/", empty_view),
    path("floor/plain/<int:pk>/", plain_page),
    path("", include("plnsite.urls")),
]
