"""Addresses: pages that explain the site."""

from django.urls import path

from blog.views.about import about, notice

urlpatterns = [
    path("about/", about.about, name="about"),
    path("about/who-can-see-what/", about.visibility, name="visibility"),
    path("about/privacy/", about.privacy, name="privacy"),
    path("about/help/", about.help_page, name="help_page"),
    path("about/notice/", notice.notice, name="notice"),
    path("about/notice/accept/", notice.notice_accept, name="notice_accept"),
    path("about/accessibility/", about.accessibility, name="accessibility"),
]
