"""Addresses: courses, their pods, and how people join."""

from django.urls import path

from blog.views.courses import announcements, calendar, course, home, join, pods

course_patterns = [
    path("", course.course_home, name="course_home"),
    path("announcements/", announcements.announcement_list, name="announcement_list"),
    path("announcements/new/", announcements.announcement_new, name="announcement_new"),
    path("announcements/send/", announcements.announcement_send, name="announcement_send"),
    path(
        "announcements/<int:pk>/withdraw/",
        announcements.announcement_withdraw,
        name="announcement_withdraw",
    ),
    path("calendar/", calendar.course_calendar_page, name="course_calendar_page"),
    path("settings/", course.course_edit, name="course_edit"),
    path("settings/pods/", pods.pod_list, name="pod_list"),
    path("settings/pods/draw/", pods.pod_draw, name="pod_draw"),
    path("settings/pods/<int:pk>/", pods.pod_edit, name="pod_edit"),
    path("settings/pods/<int:pk>/delete/", pods.pod_delete, name="pod_delete"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("join/", join.join, name="join"),
    path("join/<str:code>/", join.join_course, name="join_course"),
    path("courses/new/", course.course_new, name="course_new"),
]
