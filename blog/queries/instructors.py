"""Courses whose instructors are gone."""

from django.db.models import Exists, OuterRef, QuerySet

from blog.models import Course, Membership, User


def courses_without_instructor(person: User) -> QuerySet[Course]:
    """Return the courses that a person teaches and in which no instructor can sign in."""
    instructors = Membership.objects.in_course(OuterRef("pk")).active().instructors()
    return Course.objects.filter(
        Exists(instructors.filter(user=person)), ~Exists(instructors.who_can_sign_in())
    ).order_by("title", "pk")
