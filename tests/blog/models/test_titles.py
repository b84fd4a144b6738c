"""Titles turn nothing around: signs of another direction go, wherever a title comes from."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.forms import modelform_factory

from blog.feeds import reader as feeds
from blog.forms.editor.post import TitleField as TitleOfPost
from blog.models import Course, Pod, Prompt, Rubric, Section
from blog.models.titles import TitleField
from blog.text.invisible import DIRECTIONS
from blog.wordpress import reader as wordpress
from tests import factories

TURNED = "\u202e\u2067Ties\u2069 \u200f(2)\u202c"
STRAIGHT = "Ties \u200f(2)"


@pytest.mark.django_db
def test_no_stored_title_has_one(course, ada):
    rows = [
        Course.objects.get(pk=course.pk),
        factories.make_prompt(course),
        factories.make_post(ada, course),
        factories.make_post(ada, course).revision,
    ]
    for row in rows:
        row.title = TURNED
        row.save()
    Pod.objects.create(course=course, name=TURNED)
    Section.objects.bulk_create([Section(course=course, name=TURNED)])
    Rubric.objects.create(course=course, title="Ties")
    Rubric.objects.update(title=TURNED)

    for model in (Course, Prompt, Rubric):
        assert model.objects.filter(title=STRAIGHT).count() == 1
    assert {*Pod.objects.values_list("name", flat=True)} == {STRAIGHT}
    assert {*Section.objects.values_list("name", flat=True)} == {STRAIGHT}
    found = [type(row).objects.get(pk=row.pk).title for row in rows]
    assert found == [STRAIGHT] * len(rows)


@pytest.mark.parametrize(
    ("model", "name"),
    [(Course, "title"), (Prompt, "title"), (Rubric, "title"), (Pod, "name"), (Section, "name")],
)
def test_a_title_of_nothing_else_is_missing(model, name):
    """It is asked for in place, as an empty one is."""
    form = modelform_factory(model, fields=[name])({name: "\u2067\u2069"})

    assert form.errors[name].as_data()[0].code == "required"


def test_titles_of_posts_and_of_what_is_read_lose_them():
    assert TitleOfPost().clean(TURNED) == STRAIGHT
    assert feeds._line(TURNED) == wordpress._line(TURNED, 200) == STRAIGHT


def test_all_titles_that_people_give_are_such():
    """What stands in sentences: posts, prompts, courses, pods, sections and rubrics among them."""
    kinds = {
        model.__name__
        for model in apps.get_app_config("blog").get_models()
        if any(isinstance(field, TitleField) for field in model._meta.fields)
    }

    assert kinds == {
        *("Announcement", "Course", "Draft", "DraftSnapshot", "Message", "Pod", "Post"),
        *("Prompt", "Revision", "Rubric", "Section"),
    }
    assert not DIRECTIONS.search(STRAIGHT)


@pytest.mark.django_db
def test_no_table_changes_for_it():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
