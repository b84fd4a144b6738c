"""Courses from a set-up: what is made, what is used again, and that nothing else comes along."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Permission
from hypothesis import given, settings
from hypothesis.extra.django import TestCase

from blog.actions.prompts import copy_prompts, delete_prompts, move_prompt
from blog.actions.setups import add_setup, create_course_from
from blog.exceptions import NotAllowed, Refused, Taken
from blog.models import AuditEvent, Course, Membership, Norm, Post, Prompt, Rubric, Work
from blog.queries.course_setup import setup_of, setup_preview
from blog.setup_files import Setup, read_setup, shifted, write_setup
from tests import factories
from tests.blog.setup_files.samples import WORK, make_prompt, make_rubric, make_setup, setups
from tests.examples import examples

FIELDS = {
    "title": "Networks again",
    "slug": "again",
    "starts_on": date(2027, 1, 4),
    "ends_on": date(2027, 4, 9),
    "time_zone": "America/Los_Angeles",
}


def make_teacher():
    user = factories.make_user("Theo Teacher")
    user.user_permissions.add(Permission.objects.get(codename="open_course"))
    return user


@pytest.fixture
def teacher(db):
    return make_teacher()


def test_a_course_begins_with_the_setup(teacher):
    course = create_course_from(make_setup(), by=teacher, **FIELDS)

    ties, pods = course.prompts.all()
    assert (ties.number, ties.title, ties.rubric.title) == (1, "Ties", "Reflection")
    assert ties.opens_at == datetime(2026, 9, 7, 7, tzinfo=UTC)
    assert [work.csl["title"] for work in ties.required_works.all()] == [WORK["title"]]
    assert (pods.number, pods.rubric, pods.words_max) == (2, None, 600)
    [criterion] = ties.rubric.criteria.all()
    assert (criterion.title, criterion.weight_hundredths) == ("Argument", 150)
    assert [level.hundredths for level in criterion.levels.all()] == [0, 100, 200]
    assert list(Norm.objects.current().values_list("name", flat=True)) == ["Be kind"]
    assert "setup_added" in AuditEvent.objects.values_list("action", flat=True)


def test_nobody_and_no_post_comes_along(teacher, course, ada):
    factories.make_post(ada, course, prompt=factories.make_prompt(course))
    factories.make_pod(course, "Alder", ada)

    new = create_course_from(setup_of(course), by=teacher, **FIELDS)

    assert [m.user for m in Membership.objects.in_course(new)] == [teacher]
    assert not Post.objects.in_course(new).exists()
    assert not new.pods.exists()


def test_clock_times_stay_over_a_change_of_clocks(teacher):
    autumn = make_setup(prompts=(make_prompt(opens=datetime(2026, 10, 26)),))

    course = create_course_from(shifted(autumn, 20), by=teacher, **FIELDS)

    prompt = course.prompts.get()
    assert prompt.opens_at.astimezone(course.zone).isoformat() == "2027-03-15T00:00:00-07:00"
    assert prompt.due_at.astimezone(course.zone).isoformat() == "2027-03-28T23:59:00-07:00"


def test_nothing_is_made_if_one_part_is_refused(teacher):
    skipped = datetime(2027, 3, 14, 2, 30)  # this hour is left out in Los Angeles
    late = make_prompt(
        opens=skipped, due_at=datetime(2027, 3, 14, 3, 10), comments_due_at=datetime(2027, 3, 20)
    )

    with pytest.raises(Refused, match="not in order"):
        create_course_from(make_setup(prompts=(late,)), by=teacher, **FIELDS)

    assert not Course.objects.exists()
    assert not Rubric.objects.exists()


def test_a_taken_address_makes_nothing(teacher):
    factories.make_course("again")

    with pytest.raises(Taken):
        create_course_from(make_setup(), by=teacher, **FIELDS)

    assert not Prompt.objects.exists()


def test_an_equal_rubric_is_used_again(course, instructor):
    setup = make_setup()
    add_setup(course, setup, by=instructor)

    [ties, _pods] = add_setup(course, setup, by=instructor)

    assert Rubric.objects.get().title == "Reflection"
    assert ties.rubric == Rubric.objects.get()
    assert Norm.objects.count() == 1
    assert Work.objects.count() == 1
    assert list(course.prompts.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_another_rubric_with_the_same_title_gets_a_new_one(course, instructor):
    add_setup(course, make_setup(), by=instructor)
    other = make_setup(rubrics=(make_rubric(points=(0, 300)),))

    [ties, _pods] = add_setup(course, other, by=instructor)

    assert ties.rubric.title == "Reflection (2)"
    assert Rubric.objects.count() == 2


def test_the_settings_of_a_course_stay(course, instructor):
    before = Course.objects.values().get(pk=course.pk)

    add_setup(course, make_setup(settings={"title": "Other", "about": "Other"}), by=instructor)

    assert Course.objects.values().get(pk=course.pk) == before


def test_only_instructors_add_a_setup(course, assistant, ada):
    for person in (assistant, ada):
        with pytest.raises(NotAllowed):
            add_setup(course, make_setup(), by=person)


def test_chosen_prompts_bring_their_rubrics_alone(course, instructor):
    unused = make_rubric("Unused")
    add_setup(course, make_setup(rubrics=(make_rubric(), unused)), by=instructor)

    chosen = setup_of(course, numbers=[1])

    assert [prompt.title for prompt in chosen.prompts] == ["Ties"]
    assert [rubric.title for rubric in chosen.rubrics] == ["Reflection"]
    assert chosen.norms == ()


def test_a_prompt_takes_its_rubric_for_comments_and_its_anonymity_along(course, instructor):
    rubrics = (make_rubric(), make_rubric("Talk"))
    prompts = (make_prompt(rubric="Reflection", comments_rubric="Talk", is_anonymous=True),)
    setup = make_setup(rubrics=rubrics, prompts=prompts)

    [prompt] = add_setup(course, setup, by=instructor)

    assert (prompt.rubric.title, prompt.comments_rubric.title) == ("Reflection", "Talk")
    assert prompt.is_anonymous is True
    chosen = setup_of(course, numbers=[1])
    assert (chosen.rubrics, chosen.prompts) == (rubrics, prompts)


@pytest.mark.parametrize("count", [1, 3])
def test_a_setup_takes_six_queries(course, instructor, count, django_assert_num_queries):
    prompts = tuple(
        make_prompt(f"Prompt {number}", rubric="Reflection", works=[WORK])
        for number in range(count)
    )
    add_setup(course, make_setup(prompts=prompts), by=instructor)

    with django_assert_num_queries(6):
        setup_of(course)


@pytest.mark.parametrize("count", [1, 3])
def test_a_preview_takes_five_queries(course, instructor, count, django_assert_num_queries):
    rubrics = tuple(make_rubric(f"Rubric {number}") for number in range(count))
    setup = make_setup(rubrics=rubrics, prompts=())
    add_setup(course, setup, by=instructor)

    with django_assert_num_queries(5):
        preview = setup_preview(course, setup)

    assert len(preview.same) == count


def named(prompts):
    return {prompt.title: prompt.link_name for prompt in prompts}


def test_prompts_of_a_copy_keep_their_names_in_links(teacher, course, instructor):
    """Numbers and order do not stay: links of a course that an LMS copied go by name."""
    ties, pods, arcs = (factories.make_prompt(course, title=t) for t in ("Ties", "Pods", "Arcs"))
    move_prompt(arcs, by=instructor, up=True)
    delete_prompts([pods], by=instructor)

    copy = create_course_from(setup_of(course), by=teacher, **FIELDS)

    assert named(copy.prompts.all()) == named([ties, arcs])
    assert copy.prompts.get(number=2).link_name != pods.link_name


def test_a_course_with_prompts_has_a_name_once(course, instructor):
    """The prompt that has it keeps it; what a course of its own has is in no link elsewhere."""
    [kept] = [factories.make_prompt(course, title="Ties")]

    [again] = add_setup(course, setup_of(course), by=instructor)
    add_setup(course, make_setup(prompts=(make_prompt("Pods", link_name="p"),) * 2), by=instructor)

    kept.refresh_from_db()
    names = list(course.prompts.values_list("link_name", flat=True))
    assert kept.link_name != again.link_name
    assert "p" in names
    assert len(set(names)) == 4
    assert "" not in names


def test_a_copy_in_the_same_course_has_a_name_of_its_own(course, instructor):
    prompt = factories.make_prompt(course)

    [copy] = copy_prompts([prompt], by=instructor)

    assert copy.link_name not in ("", prompt.link_name)


class RoundTripTests(TestCase):
    @settings(max_examples=examples(30))
    @given(setups())
    def test_an_exported_course_is_imported_as_it_was(self, setup: Setup):
        """Times that a zone skips are not in any course, so the first course settles them."""
        teacher = make_teacher()
        settled = _export(_import(setup, "first", teacher))

        again = _export(_import(read_setup(settled).setup, "second", teacher))

        assert again == settled


def _import(setup, slug, teacher):
    fields = dict(setup.settings) | {"slug": slug}
    prompts = tuple(_without_skipped_times(prompt) for prompt in setup.prompts)
    return create_course_from(replace(setup, prompts=prompts), by=teacher, **fields)


def _without_skipped_times(prompt):
    """Return a prompt whose dates are in every zone: at noon of their days."""
    opens = prompt.values["opens_at"].replace(hour=11)
    due = prompt.values["due_at"].replace(hour=12, minute=30)
    comments = max(due, prompt.values["comments_due_at"].replace(hour=13))
    dates = {"opens_at": opens, "due_at": due, "comments_due_at": comments}
    return replace(prompt, values={**prompt.values, **dates})


def _export(course):
    return write_setup(setup_of(Course.objects.get(pk=course.pk)))
