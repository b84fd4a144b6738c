"""Addresses: courses, their pods, and how people join."""

from django.urls import path

from blog.views.courses import (
    announcements,
    calendar,
    course,
    course_dates,
    course_log,
    course_states,
    home,
    join,
    opening,
    own_blogs,
    pods,
    setups,
    wordpress,
)

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
    path("start/", opening.course_start, name="course_start"),
    path("calendar/", calendar.course_calendar_page, name="course_calendar_page"),
    path("settings/", course.course_edit, name="course_edit"),
    path("settings/log/", course_log.course_log, name="course_log"),
    path("settings/blogs/", own_blogs.own_blog_list, name="own_blog_list"),
    path("settings/blogs/allow/", own_blogs.own_blogs_allow, name="own_blogs_allow"),
    path("settings/blogs/disallow/", own_blogs.own_blogs_disallow, name="own_blogs_disallow"),
    path("settings/blogs/<int:pk>/stop/", own_blogs.blog_end, name="blog_end"),
    path("settings/dates/", course_dates.course_dates_edit, name="course_dates_edit"),
    path("settings/erase/", course_dates.course_erase, name="course_erase"),
    path("settings/archive/", course_states.course_archive, name="course_archive"),
    path("settings/reopen/", course_states.course_reopen, name="course_reopen"),
    path("settings/delete/", course_states.course_delete, name="course_delete"),
    path("setup/", setups.setup_page, name="setup_page"),
    path("setup/export/", setups.setup_export, name="setup_export"),
    path("setup/import/", setups.setup_import, name="setup_import"),
    path("setup/add/", setups.setup_add, name="setup_add"),
    path("wordpress/", wordpress.wordpress_import_new, name="wordpress_import_new"),
    path("wordpress/<int:pk>/", wordpress.wordpress_import, name="wordpress_import"),
    path(
        "wordpress/<int:pk>/start/", wordpress.wordpress_import_start, name="wordpress_import_start"
    ),
    path("wordpress/<int:pk>/undo/", wordpress.wordpress_import_undo, name="wordpress_import_undo"),
    path("prompts/carry/", setups.prompts_carry, name="prompts_carry"),
    path("settings/pods/", pods.pod_list, name="pod_list"),
    path("settings/pods/draw/", pods.pod_draw, name="pod_draw"),
    path("settings/pods/<int:pk>/", pods.pod_edit, name="pod_edit"),
    path("settings/pods/<int:pk>/delete/", pods.pod_delete, name="pod_delete"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("me/export/wordpress/<slug:course>/", wordpress.wordpress_export, name="wordpress_export"),
    path("join/", join.join, name="join"),
    path("join/<str:code>/", join.join_course, name="join_course"),
    path("courses/new/", opening.course_new, name="course_new"),
    path("courses/new/file/", opening.course_new_file, name="course_new_file"),
    path("courses/new/preview/", opening.course_new_preview, name="course_new_preview"),
    path("courses/new/create/", opening.course_new_create, name="course_new_create"),
]
