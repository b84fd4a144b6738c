"""Addresses: the search of a course."""

from django.urls import path

from blog.views.search import search

course_patterns = [path("search/", search.search, name="search")]
