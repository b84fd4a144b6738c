"""Load the demo course: its people, prompts and rubric, and then its history.

Everything is dated so that today is day `COURSE.today` of the course, and written by the same
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
from django.utils.translation import gettext as _

from blog.actions.courses import change_member, create_course, join_course
from blog.actions.prompts import save_prompt
from blog.exceptions import Refused
from blog.models import (
    Audience,
    Course,
    Criterion,
    GuestComments,
    Level,
    Membership,
    Pod,
    Prompt,
    Rubric,
    User,
    audit_events_at,
    notice_version,
)
from network.demo.grades import COMMENTS_RUBRIC, RUBRIC, DemoRubric
from network.demo.history import replay_history
from network.demo.people import PEOPLE, PODS, DemoPerson
from network.demo.prompts import COURSE, PROMPTS, DemoPrompt
from network.demo.state import DemoState


class DemoAccountsTaken(Refused):
    """An account with the e-mail or username of a demo person exists already."""


@transaction.atomic
def load_demo(password: str) -> Course:
    """Load the demo course, or nothing of it; everybody in it signs in with ``password``."""
    _refuse_taken_accounts()
    people = _create_accounts(PEOPLE, password)
    course = _create_course(by=people["ines"])
    state = DemoState(course, people)
    _create_memberships(PEOPLE, state)
    rubrics = _create_rubric(course, RUBRIC), _create_rubric(course, COMMENTS_RUBRIC)
    for prompt in PROMPTS:
        _create_prompt(prompt, rubrics, state)
    replay_history(state)
    return course


def _refuse_taken_accounts() -> None:
    emails, usernames = zip(*((p.email, p.username) for p in PEOPLE), strict=True)
    people = User.objects.alias(address=Lower("email"))
    taken = people.filter(Q(address__in=emails) | Q(username__in=usernames)).first()
    if taken is not None:
        raise DemoAccountsTaken(
            _(
                "%(email)s has an account on this site, but there is no course %(slug)s. Delete "
                "the accounts of the demo course, or load it into an empty database."
            )
            % {"email": taken.email, "slug": COURSE.slug}
        )


def _create_accounts(people: Iterable[DemoPerson], password: str) -> dict[str, User]:
    """Create the accounts, with confirmed addresses. The slow hash is computed once for all."""
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
            notice_version=notice_version(),  # whoever looks around here has not to read it
            date_joined=timezone.now() - timedelta(days=COURSE.today + 1 - person.joined_day),
        )
        for person in people
    }
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, primary=True, verified=True)
        for user in users.values()
    )
    return users


def _create_course(*, by: User) -> Course:
    """Open the course a week before it begins, by an instructor who gets the right to."""
    by.user_permissions.add(
        Permission.objects.get(content_type__app_label="blog", codename="open_course")
    )
    starts_on = _first_day()
    created_at = timezone.now() - timedelta(days=COURSE.today + 7)
    with audit_events_at(created_at):
        return create_course(
            by=by,
            slug=COURSE.slug,
            title=COURSE.title,
            about=COURSE.about,
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=COURSE.days - 1),
            time_zone=COURSE.time_zone,
            widest_audience=Audience.PUBLIC,
            guest_comments=GuestComments.MODERATED,
            created_at=created_at,
        )


def _first_day() -> date:
    today = Course(time_zone=COURSE.time_zone).today()
    return today - timedelta(days=COURSE.today)


def _create_memberships(people: Iterable[DemoPerson], state: DemoState) -> None:
    """Let everybody join the course; the instructor assigns roles and pods."""
    pods = {name: Pod.objects.create(course=state.course, name=name) for name in PODS}
    instructor = state.people["ines"]
    for person in sorted(people, key=lambda person: person.joined_day):
        user = state.people[person.key]
        at = state.moment(person.joined_day)
        with audit_events_at(at):
            membership = join_course(state.course, by=user)
            if user != instructor:
                pod = pods[person.pod] if person.pod else None
                change_member(membership, by=instructor, role=person.role, pod=pod)
        Membership.objects.filter(pk=membership.pk).update(joined_at=at)
        user.forget_memberships()


def _create_rubric(course: Course, demo_rubric: DemoRubric) -> Rubric:
    rubric = Rubric.objects.create(course=course, title=demo_rubric.title)
    for position, demo_criterion in enumerate(demo_rubric.criteria, start=1):
        criterion = Criterion.objects.create(
            rubric=rubric, position=position, title=demo_criterion.title
        )
        Level.objects.bulk_create(
            Level(
                criterion=criterion,
                position=level_position,
                title=level.title,
                description=level.description,
                hundredths=level.points * 100,
            )
            for level_position, level in enumerate(demo_criterion.levels, start=1)
        )
    return rubric


def _create_prompt(
    demo_prompt: DemoPrompt, rubrics: tuple[Rubric, Rubric], state: DemoState
) -> None:
    rubric, comments_rubric = rubrics
    instructor = state.people["ines"]
    prompt = Prompt(
        course=state.course,
        title=demo_prompt.title,
        question=demo_prompt.question,
        opens_at=state.moment(demo_prompt.opens_day, 9),
        due_at=state.moment(demo_prompt.due_day, 23, 59),
        comments_due_at=state.moment(demo_prompt.comments_due_day, 23, 59),
        words_min=demo_prompt.words_min,
        words_max=demo_prompt.words_max,
        references_min=demo_prompt.references_min,
        comments_min=demo_prompt.comments_min,
        rota=demo_prompt.rota,
        rubric=rubric,
        comments_rubric=comments_rubric,
    )
    works = [state.work(key, by=instructor) for key in demo_prompt.required_works]
    with audit_events_at(state.moment(0)):
        saved = save_prompt(prompt, by=instructor, works=works, pasted=[])
    state.prompts[demo_prompt.number] = saved
