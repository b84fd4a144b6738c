"""Addresses: the people of a course."""

from django.urls import path

from blog.views.people import person

course_patterns = [
    path("people/", person.person_list, name="person_list"),
    path("people/<slug:username>/", person.person_page, name="person_page"),
]
