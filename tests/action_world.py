"""A course with one of everything, and one person of each role, to try actions on."""

import inspect
import pkgutil
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Permission
from django.utils import timezone

import blog.actions
import network.actions
from blog.models import (
    Audience,
    Comment,
    FeedAddress,
    GuestComments,
    OutboxMessage,
    WorkMerge,
)
from network.models import Follow, Intention, Mute
from tests import factories
from tests.factories import Role
from tests.written import kept

ROLES = (
    "visitor",
    "outsider",
    "removed",
    "observer",
    "peer",
    "owner",
    "assistant",
    "instructor",
    "staff",
    "superuser",
)
BOOK = {"id": "luna2020", "type": "book", "title": "Quiet networks"}
TRACED = factories.ARTICLE | {"title": "View of The strength of weak ties"}


def all_actions():
    """Return every public function of the actions by its name, such as ``posts.publish_post``."""
    modules = {"network": network.actions}
    for found in pkgutil.iter_modules(blog.actions.__path__):
        modules[found.name] = import_module(f"blog.actions.{found.name}")
    return {
        f"{area}.{name}": function
        for area, module in modules.items()
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


class World:
    """One of everything, read from the database at each look: ``world.post``, ``world.work``."""

    def __init__(self, **rows):
        self.rows = rows

    def __getattr__(self, name):
        row = self.rows[name]
        return type(row)._default_manager.get(pk=row.pk)


@contextmanager
def planted(django_db_blocker):
    """Make a course with people and one of everything, and take them back after all that try it.

    Whoever tries something undoes it, and reads each row again.
    """
    with kept(django_db_blocker):
        course, cast = make_cast()
        people = make_people(course, cast)
        yield people, make_world(people, course)


def make_cast():
    """Make a course, and return it with those of ``make_people``: one of each role in it."""
    instructor = factories.make_user("Ines Instructor", email="ines@example.edu")
    course = factories.make_course("networks", instructor=instructor)
    members = [
        factories.make_user("Oda Observer", email="oda@example.edu"),
        factories.make_user("Bob Student", email="bob@example.edu"),
        factories.make_user("Ada Student", email="ada@example.edu"),
        factories.make_user("Asa Assistant", email="asa@example.edu"),
    ]
    roles = (Role.OBSERVER, Role.STUDENT, Role.STUDENT, Role.ASSISTANT)
    for user, role in zip(members, roles, strict=True):
        factories.add_member(course, user, role)
    eve = factories.make_user("Eve Outsider", email="eve@example.edu")
    factories.make_course("elsewhere", instructor=eve)
    return course, [None, eve, *members, instructor]


def make_staff(name, *codenames):
    user = factories.make_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return user


def make_people(course, people):
    """Return who has which role; ``people`` are those of the course, and None for a visitor.

    ``owner`` is Ada, the author of the post; ``removed`` was a student and is no longer.
    """
    visitor, eve, observer, bob, ada, assistant, instructor = people
    removed = factories.make_user("Rem Removed")
    factories.add_member(course, removed, ended_at=timezone.now())
    clerk = make_staff("Carl Clerk", "change_user", "change_outboxmessage", "change_platform")
    root = factories.make_user("Rosa Root", is_staff=True, is_superuser=True)
    people = [visitor, eve, removed, observer, bob, ada, assistant, instructor, clerk, root]
    return dict(zip(ROLES, people, strict=True))


def make_world(people, course):
    """Create one of everything. What has one author is Ada's, for the others to try."""
    ada, bob = people["owner"], people["peer"]
    assistant, instructor = people["assistant"], people["instructor"]
    now = timezone.now()
    course.guest_comments = GuestComments.MODERATED
    course.save()
    public_post = factories.make_post(ada, course, audience=Audience.PUBLIC)
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    post = factories.make_post(ada, course, "Of ties", prompt=prompt)
    factories.make_draft(ada, post)
    work = factories.make_work(course, TRACED)
    shared_work = factories.make_work(course, BOOK)
    for author in (ada, bob):
        factories.make_reference(factories.make_draft_post(author, course), shared_work, "luna")
    merge = WorkMerge.objects.create(
        duplicate=factories.make_work(course, BOOK), canonical=shared_work, made_by=instructor
    )
    with_second_step = factories.make_user()
    Authenticator.objects.create(user=with_second_step, type="totp", data={})
    unconfirmed = factories.make_user()
    unconfirmed.emailaddress_set.update(verified=False)
    classmate, followed, muted = (factories.make_user() for _n in range(3))
    for user in (classmate, followed, muted):
        factories.add_member(course, user)
    for user in filter(None, people.values()):
        Follow.objects.create(course=course, follower=user, followed=followed)
        Mute.objects.create(course=course, by=user, muted=muted)
    peers_comment = factories.make_comment(bob, post)
    factories.make_grading(post, instructor)
    proposal = factories.make_proposal(course, ada)
    moderated = factories.make_comment(ada, post)
    factories.make_case(moderated, by=instructor)
    OutboxMessage.objects.create(key="k", recipient=ada, template="feedback_released", attempts=1)
    calibrated = factories.make_prompt(course, rubric=prompt.rubric)
    first_posts = [factories.make_post(user, course, prompt=calibrated) for user in (ada, bob)]
    calibration = factories.make_calibration(calibrated, *first_posts, by=instructor)
    planned_grading = factories.make_grading(
        factories.make_post(
            bob, course, prompt=factories.make_prompt(course, rubric=prompt.rubric)
        ),
        instructor,
        level=3,
        released_at=now + timedelta(days=1),
    )
    citing_posts = [factories.make_post(author, course, "Cites it") for author in (ada, bob)]
    both_cite = factories.make_work(course, TRACED | {"DOI": "10.1000/both"})
    for citing_post in citing_posts:
        factories.make_reference(citing_post, both_cite, "both", cited=True)
    own_blog = factories.make_own_blog(ada, course)
    last_week = now - timedelta(days=8)
    return World(
        course=course,
        prompt=prompt,
        grade_import=factories.make_grade_import(
            course, instructor, f"{bob.username},Bob,5,,1p=0 1c=0"
        ),
        finished_grade_import=factories.make_grade_import(
            course, instructor, imported_at=now, changes={"gradings": []}
        ),
        lms_file=factories.make_lms_file(course, instructor),
        over_prompt=factories.make_prompt(
            course, due_at=now - timedelta(days=3), comments_due_at=now - timedelta(days=2)
        ),
        participation_rule=factories.make_participation_rule(course),
        adoption=factories.make_adoption(prompt, instructor),
        archived_prompt=factories.make_prompt(course, archived_at=now),
        extension=factories.make_extension(prompt, ada, instructor),
        planned_grading=planned_grading,
        pod=factories.make_pod(course),
        section=factories.make_section(course),
        wordpress_import=factories.make_wordpress_import(course, instructor),
        started_wordpress_import=factories.make_wordpress_import(
            course, instructor, started_at=now, due_at=now, total=1
        ),
        finished_wordpress_import=factories.make_wordpress_import(
            course, instructor, started_at=now, finished_at=now
        ),
        roster_import=factories.make_roster_import(course, instructor),
        added_import=factories.make_roster_import(course, instructor, added_at=now),
        invitation=factories.make_invitation(course, instructor),
        teaching_invitation=factories.make_invitation(course, instructor, role="assistant"),
        rubric=factories.make_rubric(course, "Unused"),
        post=post,
        public_post=public_post,
        guest_comment=factories.make_guest_comment(public_post),
        refused_guest_comment=factories.make_guest_comment(
            public_post,
            state=Comment.State.HIDDEN,
            decided_at=now,
            decided_by=instructor,
        ),
        private_post=factories.make_post(ada, course, audience=Audience.INSTRUCTORS),
        deleted_post=factories.make_post(ada, course, deleted_at=now),
        withdrawn_post=factories.make_withdrawn_post(ada, course),
        released_grading=factories.make_grading(
            factories.make_post(ada, course, prompt=factories.make_prompt(course)),
            instructor,
            released_at=now,
        ),
        own_blog=own_blog,
        imported_post=factories.make_imported_post(own_blog),
        peers_post=factories.make_post(bob, course),
        peer=bob,
        clerk=factories.make_user(is_staff=True),
        unconfirmed=unconfirmed,
        with_second_step=with_second_step,
        classmate=classmate,
        followed=followed,
        muted=muted,
        intention=Intention.objects.create(
            course=course, person=ada, week=course.starts_on, text="answer everybody"
        ),
        citing_post=citing_posts[0],
        question=factories.make_question(citing_posts[1], ada),
        closed_question=factories.make_question(
            post, bob, created_at=last_week, closed_at=last_week
        ),
        announcement=factories.make_announcement(course, instructor, sent=False),
        message=factories.make_message(prompt, instructor, bob),
        saved_comment=factories.make_saved_comment(assistant),
        feed_address=FeedAddress.objects.create(user=bob),
        takeout=factories.make_takeout(bob),
        connected=factories.make_platform_course(course, instructor, sends_grades=True),
        platform_account=factories.make_platform_account(bob),
        registration_link=factories.make_registration_link(instructor),
        launch=factories.make_launch(),
        peers_launch=factories.make_launch(bob),
        own_launch=factories.make_launch(instructor, role="instructor"),
        membership=course.memberships.get(user=bob),
        ended_membership=course.memberships.get(user=people["removed"]),
        comment=factories.make_comment(ada, post),
        peers_comment=peers_comment,
        hidden_comment=factories.make_comment(ada, post, state=Comment.State.HIDDEN, tied=False),
        norm=factories.make_norm(course),
        proposal=proposal,
        moderated_comment=moderated,
        report=factories.make_report(factories.make_comment(ada, post), bob),
        deleted_comment=factories.make_comment(ada, post, deleted_at=now, tied=False),
        copy=factories.make_conflict_copy(ada, post),
        archived=factories.make_conflict_copy(ada, post, archived_at=now),
        picture=factories.make_picture(post, shown=False),
        process_note=factories.make_process_note(post),
        calibration=calibration,
        complete_grading=factories.make_grading(
            factories.make_post(
                bob, course, prompt=factories.make_prompt(course, rubric=prompt.rubric)
            ),
            instructor,
            level=3,
        ),
        second_grading=factories.make_grading(post, assistant, of_record=False),
        reference=factories.make_reference(post, work),
        work=work,
        shared_work=shared_work,
        other_work=factories.make_work(course, BOOK),
        merge=merge,
    )
