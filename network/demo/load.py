"""
Turn the demo's texts into a course: its people, its prompts, its rubric, and then its history.

Everything is anchored so that today is day `COURSE.today` of the course, and written by the very
actions that the pages use, in the order in which it happened.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from blog.actions.courses import change_member, create_course, join_course
from blog.actions.prompts import save_prompt
from blog.exceptions import Refused
from blog.models import Audience, Course, Criterion, Level, Membership, Pod, Prompt, Rubric, User
from network.demo.grades import RUBRIC
from network.demo.history import relive
from network.demo.people import PEOPLE, PODS, Person
from network.demo.prompts import COURSE, PROMPTS, DemoPrompt
from network.demo.stage import Stage


class PeopleInTheWay(Refused):
    """Say no where accounts of the demo's addresses are somebody's already."""


@transaction.atomic
def load_demo(password: str) -> Course:
    """Load the demo course, or nothing of it; everybody in it logs in with ``password``."""
    _refuse_strangers()
    people = _sign_up(PEOPLE, password)
    course = _open_course(by=people["ines"])
    stage = Stage(course, people)
    stage.log_as_of(course.created_at)
    _bring_in(PEOPLE, stage)
    rubric = _make_rubric(course)
    for prompt in PROMPTS:
        _ask(prompt, rubric, stage)
    relive(stage)
    return course


def _refuse_strangers() -> None:
    emails, usernames = zip(*((p.email, p.username) for p in PEOPLE), strict=True)
    people = User.objects.alias(address=Lower("email"))
    there = people.filter(Q(address__in=emails) | Q(username__in=usernames)).first()
    if there is not None:
        raise PeopleInTheWay(
            f"{there.email} has an account here, but there is no course {COURSE.slug}. "
            "Remove the demo's people, or load it into an empty database."
        )


def _sign_up(people: Iterable[Person], password: str) -> dict[str, User]:
    """Make the accounts, with confirmed addresses. Hashing is slow on purpose: once will do."""
    encoded = make_password(password)
    users = {
        person.key: User.objects.create(
            email=person.email,
            username=person.username,
            password=encoded,
            display_name=person.display_name,
            public_name=person.public_name,
            about=person.about,
            time_zone=COURSE.time_zone,
            date_joined=timezone.now() - timedelta(days=COURSE.today + 1 - person.joined_day),
        )
        for person in people
    }
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, primary=True, verified=True)
        for user in users.values()
    )
    return users


def _open_course(*, by: User) -> Course:
    """Open the course as an instructor does who may, a week before it begins."""
    by.user_permissions.add(
        Permission.objects.get(content_type__app_label="blog", codename="open_course")
    )
    starts_on = _first_day()
    return create_course(
        by=by,
        slug=COURSE.slug,
        title=COURSE.title,
        about=COURSE.about,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=COURSE.days - 1),
        time_zone=COURSE.time_zone,
        widest_audience=Audience.PUBLIC,
        created_at=timezone.now() - timedelta(days=COURSE.today + 7),
    )


def _first_day() -> date:
    today = Course(time_zone=COURSE.time_zone).today()
    return today - timedelta(days=COURSE.today)


def _bring_in(people: Iterable[Person], stage: Stage) -> None:
    """Let everybody join, and the instructor give out roles and pods."""
    pods = {name: Pod.objects.create(course=stage.course, name=name) for name in PODS}
    teacher = stage.people["ines"]
    for person in sorted(people, key=lambda person: person.joined_day):
        user = stage.people[person.key]
        at = stage.moment(person.joined_day)
        membership = join_course(stage.course, by=user)
        if user != teacher:
            pod = pods[person.pod] if person.pod else None
            change_member(membership, by=teacher, role=person.role, pod=pod)
        Membership.objects.filter(pk=membership.pk).update(joined_at=at)
        user.__dict__.pop("memberships_now", None)
        stage.log_as_of(at)


def _make_rubric(course: Course) -> Rubric:
    rubric = Rubric.objects.create(course=course, title=RUBRIC.title)
    for place, asked in enumerate(RUBRIC.criteria, start=1):
        criterion = Criterion.objects.create(rubric=rubric, position=place, title=asked.title)
        Level.objects.bulk_create(
            Level(
                criterion=criterion,
                position=step,
                title=level.title,
                description=level.description,
                hundredths=level.points * 100,
            )
            for step, level in enumerate(asked.levels, start=1)
        )
    return rubric


def _ask(asked: DemoPrompt, rubric: Rubric, stage: Stage) -> None:
    teacher = stage.people["ines"]
    prompt = Prompt(
        course=stage.course,
        title=asked.title,
        question=asked.question,
        opens_at=stage.moment(asked.opens_day, 9),
        due_at=stage.moment(asked.due_day, 23, 59),
        comments_due_at=stage.moment(asked.replies_due_day, 23, 59),
        words_min=asked.words_min,
        words_max=asked.words_max,
        references_min=asked.references_min,
        comments_min=asked.comments_min,
        rubric=rubric,
    )
    works = [stage.work(key, by=teacher) for key in asked.required_works]
    stage.prompts[asked.number] = save_prompt(prompt, by=teacher, works=works, pasted=[])
    stage.log_as_of(stage.moment(0))
