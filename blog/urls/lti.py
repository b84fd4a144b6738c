"""Addresses: what an LMS calls, the way in from there, and how it is registered."""

from django.urls import path

from blog.views.lti import accounts, connected_courses, courses, launches, links, platforms

urlpatterns = [
    path("lti/login/", launches.lti_login, name="lti_login"),
    path("lti/launch/", launches.lti_launch, name="lti_launch"),
    path("lti/enter/", launches.lti_enter, name="lti_enter"),
    path("lti/pick/", links.lti_pick, name="lti_pick"),
    path("lti/jwks.json", launches.lti_keys, name="lti_keys"),
    path("lti/config/canvas.json", launches.lti_canvas, name="lti_canvas"),
    path("lti/who/<str:token>/", launches.lti_who, name="lti_who"),
    path("lti/connect/<str:token>/", launches.lti_connect, name="lti_connect"),
    path("me/lms/", accounts.own_platforms, name="own_platforms"),
    path(
        "me/lms/<int:pk>/disconnect/",
        accounts.own_platform_disconnect,
        name="own_platform_disconnect",
    ),
    path("lti/register/<str:token>/", platforms.lti_register, name="lti_register"),
    path("lti/platforms/", platforms.platform_list, name="platform_list"),
    path("lti/platforms/new/", platforms.platform_new, name="platform_new"),
    path("lti/platforms/<int:pk>/", platforms.platform_edit, name="platform_edit"),
    path(
        "lti/platforms/link/",
        platforms.registration_link_create,
        name="registration_link_create",
    ),
    path("lti/platforms/key/", platforms.tool_key_renew, name="tool_key_renew"),
    path("lti/courses/<str:token>/", courses.lti_course, name="lti_course"),
]
course_patterns = [
    path("settings/lms/", connected_courses.connected_course_list, name="connected_course_list"),
    path(
        "settings/lms/<int:pk>/roster/",
        connected_courses.connected_course_roster,
        name="connected_course_roster",
    ),
    path(
        "settings/lms/<int:pk>/grades/start/",
        connected_courses.connected_course_grades_start,
        name="connected_course_grades_start",
    ),
    path(
        "settings/lms/<int:pk>/grades/stop/",
        connected_courses.connected_course_grades_stop,
        name="connected_course_grades_stop",
    ),
    path(
        "settings/lms/<int:pk>/grades/retry/",
        connected_courses.connected_course_retry,
        name="connected_course_retry",
    ),
    path(
        "settings/lms/<int:pk>/disconnect/",
        connected_courses.connected_course_disconnect,
        name="connected_course_disconnect",
    ),
]
