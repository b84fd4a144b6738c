"""Addresses of the buttons of the editor."""

from django.urls import reverse

from blog.models import Course, Post


def button(verb: str, place: Post | Course, *args) -> str:
    """Return the address of a button, on the editor of a post or of a new one in a course."""
    is_new = isinstance(place, Course)
    course, slug = (place.slug, "new") if is_new else (place.course.slug, place.slug)
    return reverse(verb, args=[course, slug, *args])
