"""The prompt that an address of the teaching team names."""

from django.shortcuts import get_object_or_404

from blog.models import Course, Prompt


def find_prompt(course: Course, number: int) -> Prompt:
    """Return a prompt of a course by its number, whoever sees it; answer 404 for none."""
    prompt = get_object_or_404(Prompt.objects.in_course(course), number=number)
    prompt.course = course
    return prompt
