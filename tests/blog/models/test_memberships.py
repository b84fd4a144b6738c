"""Memberships and the sections of a course."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from blog.models import Section
from tests import factories


def test_a_section_name_is_used_once_in_a_course(course, eve):
    elsewhere = eve.memberships.get().course
    Section.objects.create(course=course, name="Monday")

    with pytest.raises(IntegrityError), transaction.atomic():
        Section.objects.create(course=course, name="Monday")
    assert Section.objects.create(course=elsewhere, name="Monday").pk


def test_a_section_name_in_use_is_refused_in_words(course):
    Section.objects.create(course=course, name="Monday")

    with pytest.raises(ValidationError, match="This course already has a section with this name."):
        Section(course=course, name="Monday").full_clean()


def test_a_membership_outlives_its_section(course):
    section = Section.objects.create(course=course, name="Monday")
    membership = factories.add_member(course, factories.make_user(), section=section)

    section.delete()

    membership.refresh_from_db()
    assert membership.section is None


def test_a_membership_has_a_known_role(course):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.add_member(course, factories.make_user(), "auditor")


def test_a_name_is_withheld_only_where_that_is_chosen(course):
    assert factories.add_member(course, factories.make_user()).is_confidential is False
