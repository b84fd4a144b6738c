"""What no order of grading, releasing and changing rubrics can do to the grades of a student."""

import contextlib
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.actions.grading import (
    change_rubric,
    choose_grade_of_record,
    give_feedback,
    release_prompt,
)
from blog.exceptions import Refused
from blog.models import Grading, OutboxMessage, Prompt, Score
from tests import factories
from tests.test_access import undone

GRADERS = ("instructor", "assistant")
RUBRICS = ("long", "short", "none")

levels = st.lists(st.sampled_from([None, 1, 2, 3, 4]), min_size=2, max_size=2)
steps = st.one_of(
    st.tuples(
        st.just("give"), st.sampled_from(GRADERS), levels, st.sampled_from(["", "Good.", "Better."])
    ),
    st.tuples(st.just("change"), st.sampled_from(RUBRICS)),
    st.tuples(st.just("choose"), st.sampled_from(GRADERS)),
    st.tuples(st.just("release")),
)
# Half of all runs begin with a released grade, which few random orders reach.
begun = st.sampled_from([[], [("give", "instructor", [3, 3], "Good."), ("release",)]])
orders = st.tuples(begun, st.lists(steps, max_size=8)).map(lambda parts: [*parts[0], *parts[1]])


@pytest.fixture
def world(course, instructor, assistant, ada):
    rubrics = {
        "long": factories.make_rubric(course, "Long"),
        "short": factories.make_rubric(course, "Short", criteria=["All in all"]),
        "none": None,
    }
    prompt = factories.make_prompt(course, rubric=rubrics["long"])
    post = factories.make_post(ada, course, prompt=prompt)
    people = {"instructor": instructor, "assistant": assistant}
    return SimpleNamespace(rubrics=rubrics, post=post, people=people, reader=ada)


def do(world, step):
    """Do a step as the pages do it; what is refused changes nothing."""
    name, *rest = step
    prompt = Prompt.objects.get()
    with contextlib.suppress(Refused):
        if name == "give":
            give(world, prompt, *rest)
        elif name == "change":
            new = world.rubrics[rest[0]]
            change_rubric(prompt, new, by=world.people["instructor"], instead_of=prompt.rubric)
        elif name == "release":
            release_prompt(prompt, by=world.people["instructor"])
        elif grading := Grading.objects.filter(grader=world.people[rest[0]]).first():
            choose_grade_of_record(grading, by=world.people["instructor"])


def give(world, prompt, grader, positions, text):
    by = world.people[grader]
    stored = Grading.objects.filter(grader=by).first()
    shown = prompt.rubric.criteria.all() if prompt.rubric else []
    give_feedback(
        prompt,
        world.reader,
        by=by,
        post=world.post,
        revision=world.post.revision,
        levels={
            criterion: position and criterion.levels.get(position=position)
            for criterion, position in zip(shown, positions, strict=False)
        },
        words=text,
        version=stored and stored.version,
    )


def scores():
    return dict(Score.objects.values_list("pk", "criterion__rubric"))


def of_record():
    return Grading.objects.of_record().values_list("pk", flat=True).first()


def view_of(reader):
    """Return what the student sees: nothing, or the grader, the words and the levels."""
    grading = Grading.objects.visible_to(reader).for_student().first()
    return grading and (
        grading.grader,
        grading.html,
        [(score.criterion_id, score.level_id) for score in grading.scores.all()],
    )


def expected_completeness(grading, prompt):
    """Say it once more, in Python and from the rows."""
    criteria = set(prompt.rubric.criteria.values_list("pk", flat=True)) if prompt.rubric else set()
    given_ones = set(grading.scores.values_list("criterion", flat=True))
    return criteria <= given_ones if criteria else bool(grading.text)


@pytest.mark.slow
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=orders)
def test_grades_are_never_lost_or_changed_behind_a_back(world, order):
    with undone():
        for step in order:
            rubric, before = Prompt.objects.get().rubric, scores()
            seen, mails = view_of(world.reader), OutboxMessage.objects.count()
            counting = of_record()
            edits = list(Grading.objects.values_list("edited_at", flat=True))

            do(world, step)

            prompt, after = Prompt.objects.get(), view_of(world.reader)
            lost = set(before) - set(scores())
            assert not lost or step[0] == "give"
            assert {before[pk] for pk in lost} <= {rubric and rubric.pk}
            for grading in Grading.objects.with_progress():
                assert grading.is_complete == expected_completeness(grading, prompt)
                assert grading.is_begun or grading.version > 1
            assert step[0] in ("give", "choose") or of_record() == counting
            assert Grading.objects.of_record().count() == Grading.objects.exists()
            if seen != after:
                assert step[0] in ("give", "choose", "release")
                assert after is not None
                told = list(Grading.objects.values_list("edited_at", flat=True)) != edits
                assert told or (seen is None and OutboxMessage.objects.count() > mails)
