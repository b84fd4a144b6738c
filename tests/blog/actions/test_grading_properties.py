"""Properties of a student's grades in any order of grading, releasing and changing rubrics."""

import contextlib
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.actions.grading import give_feedback
from blog.actions.releases import choose_grade_of_record, release_prompt
from blog.actions.rubrics import change_rubric, save_rubric
from blog.exceptions import Refused
from blog.forms.grading.rubrics import RubricForm
from blog.models import Grading, OutboxMessage, Prompt, Score
from tests import factories
from tests.examples import examples
from tests.written import undone

GRADERS = ("instructor", "assistant")
RUBRICS = ("long", "short", "none")

levels = st.lists(st.sampled_from([None, 1, 2, 3, 4]), min_size=2, max_size=2)
steps = st.one_of(
    st.tuples(
        st.just("give"), st.sampled_from(GRADERS), levels, st.sampled_from(["", "Good.", "Better."])
    ),
    st.tuples(st.just("change"), st.sampled_from(RUBRICS)),
    st.tuples(st.just("choose"), st.sampled_from(GRADERS)),
    st.tuples(st.just("reword"), st.sampled_from(["long", "short"])),
    st.tuples(st.sampled_from(["release", "release later", "time passes"])),
)
# Most runs begin with a released grade, which few random orders reach.
GIVEN = ("give", "instructor", [3, 3], "Good.")
begun = st.sampled_from(
    [
        [],
        [GIVEN, ("release",)],
        [GIVEN, ("release later",)],
        [("change", "none"), GIVEN, ("release",), ("change", "long")],
    ]
)
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
        elif name == "reword":
            reword(world.rubrics[rest[0]], by=world.people["instructor"])
        elif name == "time passes":
            Grading.objects.filter(released_at__gt=timezone.now()).update(
                released_at=timezone.now()
            )
        elif name.startswith("release"):
            released = release_prompt(prompt, by=world.people["instructor"])
            if name == "release later":
                ahead = Grading.objects.filter(pk__in=[grading.pk for grading in released])
                ahead.update(released_at=timezone.now() + timedelta(hours=1))
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


def reword(rubric, *, by):
    """Rename the first criterion and its third level, as the form of the rubric does."""
    rubric.refresh_from_db()
    blank = RubricForm(instance=rubric, course=rubric.course)
    sent = {bound.html_name: bound.value() for bound in blank}
    sent |= {"criterion-1": sent["criterion-1"] + "!", "text-1-3": sent["text-1-3"] + "!"}
    form = RubricForm(sent, instance=rubric, course=rubric.course)
    if not form.is_valid():
        assert form.asks
        sent["asked"] = str(form.released)
        form = RubricForm(sent, instance=rubric, course=rubric.course)
    assert form.is_valid()
    save_rubric(form.save(commit=False), by=by, criteria=form.contents(), released=form.released)


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
        [
            (score.criterion, score.criterion.title, score.level.title, score.level.description)
            for score in grading.scores.all()
        ],
    )


def is_whole(view):
    """Return whether a student sees the levels of one whole rubric, or else words."""
    _grader, words, levels_seen = view
    criteria = {criterion for criterion, *_words in levels_seen}
    rubrics = {criterion.rubric for criterion in criteria}
    return all(criteria == set(rubric.criteria.all()) for rubric in rubrics) and (
        bool(words) or len(rubrics) == 1
    )


def expected_completeness(grading, prompt):
    """Compute it once more, in Python and from the rows."""
    criteria = set(prompt.rubric.criteria.values_list("pk", flat=True)) if prompt.rubric else set()
    given_ones = set(grading.scores.values_list("criterion", flat=True))
    return criteria <= given_ones if criteria else bool(grading.text)


@pytest.mark.slow
@settings(max_examples=examples(50), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=orders)
def test_grades_are_never_lost_or_changed_behind_a_back(world, order):
    with undone():
        for step in order:
            rubric, before = Prompt.objects.get().rubric, scores()
            seen = view_of(world.reader)
            counting = of_record()
            edits = list(Grading.objects.values_list("edited_at", flat=True))

            do(world, step)

            prompt, after = Prompt.objects.get(), view_of(world.reader)
            lost = set(before) - set(scores())
            assert not lost or step[0] == "give"
            assert {before[pk] for pk in lost} <= {rubric and rubric.pk}
            for grading in Grading.objects.with_progress():
                assert grading.is_complete == expected_completeness(grading, prompt)
                assert grading.is_begun or grading.events.filter(kind="released").exists()
            assert step[0] in ("give", "choose") or of_record() == counting
            assert Grading.objects.of_record().count() == Grading.objects.exists()
            assert after is None or is_whole(after)
            if step[0] == "release" and seen is None and after is not None:
                rubric_seen = {criterion.rubric for criterion, *_words in after[2]}
                assert rubric_seen == ({prompt.rubric} if prompt.rubric else set())
            if seen != after:
                assert step[0] not in ("change", "release later")
                assert after is not None
                told = list(Grading.objects.values_list("edited_at", flat=True)) != edits
                is_new = seen is None and step[0] in ("release", "time passes")
                assert told is not is_new
            # Each mail is sent, so that the next edit needs one of its own.
            mails = OutboxMessage.objects.filter(sent_at=None)
            assert mails.exists() or seen == after or step[0] == "time passes"
            mails.update(sent_at=timezone.now())
