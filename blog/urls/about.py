"""Addresses: pages that explain the site."""

from django.urls import path

from blog.views.about import about

urlpatterns = [
    path("about/", about.about, name="about"),
    path("about/who-can-see-what/", about.visibility, name="visibility"),
    path("about/accessibility/", about.accessibility, name="accessibility"),
]
