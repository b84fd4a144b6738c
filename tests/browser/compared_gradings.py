"""Gradings of the demo course by several graders: in the demo each post has one."""

from unittest import mock

from blog.actions.calibration import begin_calibration
from blog.actions.grading import give_feedback
from blog.actions.second_gradings import draw_second_gradings
from blog.models import Calibration, Grading, Prompt, SecondGrading, User
from blog.queries.second_gradings import graders_of


def compared_grades(number: int, *, by: User) -> Prompt:
    """Return a prompt with second grades, some of which differ."""
    prompt = Prompt.objects.get(number=number)
    if SecondGrading.objects.answering(prompt).exists():
        return prompt
    # Always the same draw: a page that looks wrong looks wrong each time.
    with mock.patch("blog.actions.second_gradings.secrets.randbelow", return_value=1):
        drawn = draw_second_gradings(prompt, by=by, size=12)
    for place, each in enumerate(drawn[1:]):  # one waits for its grader
        grade_like(each.first, each.grader, lower=place % 5)
    return prompt


def calibrated_prompt(number: int, *, by: User) -> Prompt:
    """Return a prompt of which both graders have graded the same two posts."""
    prompt = Prompt.objects.get(number=number)
    if Calibration.objects.filter(prompt=prompt).exists():
        return prompt
    graded = list(Grading.objects.answering(prompt).of_record().complete()[:2])
    begin_calibration(prompt, [each.post for each in graded], by=by)
    for place, each in enumerate(graded, 1):
        for member in graders_of(prompt).exclude(user=each.grader_id).select_related("user"):
            grade_like(each, member.user, lower=place)
    return prompt


def grade_like(first: Grading, grader: User, *, lower: int) -> None:
    """Let another grader give the same levels, but for a lower one at one criterion's place."""
    levels = {}
    for score in first.scores.select_related("criterion", "level"):
        place = score.level.position - (score.criterion.position == lower)
        levels[score.criterion] = score.criterion.levels.get(position=max(1, place))
    graded = {"post": first.post, "revision": first.revision, "levels": levels, "words": ""}
    give_feedback(first.prompt, first.student, by=grader, **graded)
