"""Addresses: who is in a course, its sections, lists of people, and invitations."""

from django.urls import path

from blog.views.roster import imports, invitations, roster, sections, withheld_names

course_patterns = [
    path("roster/", roster.roster, name="roster"),
    path("roster/code/", roster.join_code_rotate, name="join_code_rotate"),
    path("roster/joining/stop/", roster.joining_stop, name="joining_stop"),
    path("roster/joining/start/", roster.joining_start, name="joining_start"),
    path("roster/imports/", imports.roster_import_new, name="roster_import_new"),
    path("roster/imports/<int:pk>/", imports.roster_import, name="roster_import"),
    path("roster/imports/<int:pk>/read/", imports.roster_import_read, name="roster_import_read"),
    path("roster/imports/<int:pk>/add/", imports.roster_import_add, name="roster_import_add"),
    path("roster/imports/<int:pk>/undo/", imports.roster_import_undo, name="roster_import_undo"),
    path("roster/invitations/<int:pk>/", invitations.invitation_edit, name="invitation_edit"),
    path(
        "roster/invitations/<int:pk>/send/",
        invitations.invitation_send,
        name="invitation_send",
    ),
    path(
        "roster/invitations/<int:pk>/withdraw/",
        invitations.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("settings/sections/", sections.section_list, name="section_list"),
    path("settings/sections/<int:pk>/", sections.section_edit, name="section_edit"),
    path("settings/sections/<int:pk>/delete/", sections.section_delete, name="section_delete"),
    path("roster/<slug:username>/", roster.member_edit, name="member_edit"),
    path("roster/<slug:username>/name/", withheld_names.member_name, name="member_name"),
    path(
        "roster/<slug:username>/name/withhold/",
        withheld_names.member_name_withhold,
        name="member_name_withhold",
    ),
    path(
        "roster/<slug:username>/name/print/",
        withheld_names.member_name_print,
        name="member_name_print",
    ),
    path("roster/<slug:username>/remove/", roster.member_remove, name="member_remove"),
    path("roster/<slug:username>/restore/", roster.member_restore, name="member_restore"),
]

urlpatterns = [
    path("join/invitations/<str:token>/", invitations.invitation_page, name="invitation_page"),
    path(
        "join/invitations/<str:token>/sign-up/",
        invitations.invitation_sign_up,
        name="invitation_sign_up",
    ),
]
