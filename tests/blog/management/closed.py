"""One of each that somebody can close, and how they do: for tests of what is done again."""

from copy import copy
from datetime import datetime, timedelta

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.utils import timezone

from blog.actions import (
    accounts,
    comments,
    courses,
    guest_comments,
    invitations,
    moderation,
    post_states,
    roster_imports,
)
from blog.actions.anonymous_grading import change_anonymity
from blog.actions.course_states import archive_course
from blog.actions.erasure import erase_account, leave_course
from blog.actions.feed_addresses import create_feed_address, remove_feed_address
from blog.actions.launches import disconnect_account
from blog.actions.platform_courses import disconnect_course
from blog.actions.platforms import Registered, register_platform, save_platform
from blog.actions.posts import publish_post
from blog.actions.process_notes import remove_process_note, save_process_note
from blog.actions.prompts import change_prompts, save_prompt
from blog.actions.takeouts import delete_takeout
from blog.actions.withheld_names import withhold_name
from blog.actions.wordpress_imports import undo_wordpress_import
from blog.models import (
    Audience,
    AuditEvent,
    Course,
    Deployment,
    HelpStatement,
    LastRun,
    Notification,
    OutboxMessage,
    Platform,
    SearchEntry,
    ToolKey,
    User,
)
from blog.models.process_notes import ToldAudience
from blog.tasks import (
    change_courses_on_their_dates,
    erase_hidden_courses,
    hide_courses_to_erase,
)
from network.models import Follow, TieClock
from tests import factories
from tests.action_rows_of_lti import NEW
from tests.blog.actions.wordpress_steps import bring
from tests.factories import Role, platforms
from tests.factories import moderation as cases
from tests.full_course import let_its_day_come, make_old_event
from tests.wordpress_files import item

# What tells of what was done, or runs beside it.
BESIDE = (AuditEvent, LastRun, Notification, OutboxMessage, Session)
# What somebody does at the same time, beside closing something.
ALSO = {
    "end public view for a while": (TieClock,),  # which a course has once its settings are saved
    "narrow post": (SearchEntry,),  # with its words, which the rows of these tests have not
    "turn off LMS": (ToolKey,),  # the first one
    "trust an LMS less": (ToolKey,),
    "use up link": (Deployment, Platform, ToolKey),  # an LMS that has registered itself
}
MORE = {model for models in ALSO.values() for model in models}
# What a list does not say: reasons, and the keys of new rows. What is drawn or rendered again. And
# the last sign-in, which each restore moves.
UNTOLD = {
    "comment": {"html", "renderer"},
    "moderationevent": {"actor_id", "case_id", "text"},
    "report": {"closed_by_id"},
    "guestcomment": {"reason"},
    "user": {"email", "last_login", "password", "username"},
    "platformscore": {"line_item_id"},
    "prompt": {"question_html", "question_plain"},
    "takeout": {"file"},
    "queueplace": {"number"},
}
HIDE = {"decision": "hide", "reason": "Rude."}


def make_world(course, instructor, ada, bob, eve):
    """Make what is older than a backup: one of each that can be closed."""
    platform = platforms.make_platform()
    dated = factories.make_course(
        "dated",
        instructor=instructor,
        widest_audience=Audience.PUBLIC,
        default_audience=Audience.PUBLIC,
    )
    factories.make_invitation(dated, instructor, "oya@example.edu")
    factories.add_member(dated, ada)
    factories.make_post(ada, dated, audience=Audience.PUBLIC)
    long_ago = timezone.now() - timedelta(days=500)
    gone = factories.make_course("gone", instructor=instructor, created_at=long_ago)
    factories.add_member(gone, ada)
    graded = factories.make_post(ada, gone, prompt=factories.make_prompt(gone))
    grading = factories.make_grading(graded, instructor)
    make_old_event(grading, instructor)
    factories.make_comment(instructor, factories.make_picture(graded).post)
    other_platform = platforms.make_platform(client_id="other", trusts_email=True)
    other_platform.deployments.create(deployment_id="2, with a comma")
    Course.objects.filter(pk=course.pk).update(
        widest_audience=Audience.PUBLIC, default_audience=Audience.PUBLIC, guest_comments="filtered"
    )
    course.refresh_from_db()
    helper = factories.make_user("Hal Helper", is_staff=True)
    helper.user_permissions.add(Permission.objects.get(codename="open_course"))
    asa, cyn, dan = (factories.make_user(f"{name} Someone") for name in ("Asa", "Cyn", "Dan"))
    User.objects.filter(pk=bob.pk).update(public_name="Bob of the web", about="Builds boats.")
    listed = factories.make_roster_import(course, instructor)
    public = {"audience": Audience.PUBLIC}
    rows = {
        "root": factories.make_user("Rosa Root", is_staff=True, is_superuser=True),
        "course": course,
        "instructor": instructor,
        "ada": ada,
        "bob": User.objects.get(pk=bob.pk),
        "other": factories.make_course("other", instructor=instructor),
        "dated": dated,
        "gone": gone,
        "helper": helper,
        "assistant": factories.add_member(course, asa, Role.ASSISTANT),
        "erased": cyn,
        "former staff": factories.make_user("Fay Former", is_staff=True, is_active=False),
        "member": factories.add_member(course, cyn),
        "withheld": factories.add_member(course, dan),
        "removed": course.memberships.get(user=bob),
        "leaver": factories.add_member(course, eve),
        "note": factories.make_process_note(factories.make_post(bob, course)),
        "told": factories.make_process_note(
            factories.make_post(bob, course), moments=["One.", "Two."]
        ),
        "invitation": factories.make_invitation(course, instructor, "nia@example.edu"),
        "list": roster_imports.add_listed_people(listed, by=instructor),
        "wordpress": bring(course, instructor, item(1)),
        "prompt": factories.make_prompt(course),
        "unopened": factories.make_prompt(course, opens_at=timezone.now() + timedelta(days=1)),
        "withdrawn": factories.make_post(ada, course, **public),
        "deleted": factories.make_post(ada, course),
        "narrowed": factories.make_post(ada, course, **public),
        "public": factories.make_post(ada, course, **public),
        "hidden": factories.make_post(ada, course),
        "feeds": create_feed_address(ada, by=ada),
        "account": platforms.make_platform_account(ada, platform),
        "connected": platforms.make_platform_course(
            course, instructor, platform, sends_grades=True
        ),
        "platform": platform,
        "other platform": other_platform,
        "link": platforms.make_registration_link(helper),
        "takeout": factories.make_takeout(bob, course),
        "own file": factories.make_takeout(ada, course),
    }
    post = rows["public"]
    rows["comment"] = factories.make_comment(bob, post, audience=50)
    rows["answer"] = factories.make_comment(bob, post)
    rows["rude"] = factories.make_comment(bob, post)
    rows["guest"] = factories.make_guest_comment(post, state="open")
    rows["guest_spam"] = factories.make_guest_comment(post, state="open")
    for target in ("hidden", "rude"):
        cases.make_report(rows[target], dan)
    Follow.objects.create(course=course, follower=bob, followed=eve)
    factories.make_help_statement(rows["told"].post, audience=ToldAudience.READERS)
    platforms.make_platform_member(rows["connected"], ada, rows["account"].subject)
    # Who is no student yet, and has posted: the LMS is sent that once they are one.
    platforms.make_platform_member(rows["connected"], asa)
    factories.make_post(asa, course, prompt=rows["prompt"])
    return rows


def close_course(w):
    course = copy(w["course"])
    course.widest_audience = course.default_audience = Audience.COURSE
    course.guest_comments = "off"
    courses.change_course(course, by=w["instructor"])


def empty_profile(w):
    person = copy(w["bob"])
    person.public_name = person.about = ""
    accounts.save_profile(person, by=person)


def turn_off(w):
    platform = copy(w["platform"])
    platform.is_on = False
    save_platform(platform, ["deployment-1"], by=w["root"])


def erase_staff(w):
    """Erase a closed member of staff: now neither staff nor closed, other than in the backup."""
    rights = {"is_staff": False, "is_active": True}
    accounts.change_account(w["former staff"], by=w["root"], **rights)
    person = User.objects.get(pk=w["former staff"].pk)
    erase_account(person, by=person)


def let_day_come(w, field):
    course = w["dated"]
    Course.objects.filter(pk=course.pk).update(**{field: course.today()})
    change_courses_on_their_dates()


def erase_course(w):
    let_its_day_come(w["gone"])
    hide_courses_to_erase()
    erase_hidden_courses()


def end_public_view_for_a_while(w):
    """Let the public view end and open the course again; its posts stay off the public web."""
    let_day_come(w, "public_ends_on")
    course = Course.objects.get(pk=w["dated"].pk)
    course.widest_audience = course.default_audience = Audience.PUBLIC
    courses.change_course(course, by=w["instructor"])


def close_for_a_while(w):
    """Close joining and open it again; the invitations stay withdrawn."""
    let_day_come(w, "closes_on")
    courses.open_joining(Course.objects.get(pk=w["dated"].pk), by=w["instructor"], is_open=True)


def trust_less(w):
    platform = copy(w["other platform"])
    platform.trusts_email = False
    save_platform(platform, ["2, with a comma"], by=w["root"])


def narrow(w):
    post = w["narrowed"]
    said = {"title": post.title, "text": post.revision.text, "audience": Audience.COURSE}
    publish_post(post, by=w["ada"], **said)


def close_prompt(w):
    prompt = copy(w["prompt"])
    prompt.own_post_first, prompt.widest_audience = True, Audience.COURSE
    save_prompt(prompt, by=w["instructor"], works=[], pasted=[])


def open_later(w):
    prompt = copy(w["unopened"])
    prompt.opens_at += timedelta(days=2)
    prompt.is_draft = True
    change_prompts([prompt], by=w["instructor"])
    save_prompt(prompt, by=w["instructor"], works=[], pasted=[])


def show_less(w):
    note = w["told"]
    note.audience, note.text = ToldAudience.TEAM, ""
    statement = HelpStatement(
        post=note.post, people="My sister read it.", audience=ToldAudience.TEAM
    )
    save_process_note(note, list(note.moments.all())[:1], statement, by=w["bob"])


# That a day of a course has closed, and that stays so where the course is opened again.
REOPENED = {
    "end public view for a while": end_public_view_for_a_while,
    "close for a while": close_for_a_while,
}
# In an order in which all can be done after another.
DEEDS = {
    "take rights": lambda w: accounts.change_account(
        w["helper"], by=w["root"], is_active=False, is_staff=False
    ),
    "take opening courses": lambda w: accounts.allow_opening_courses(
        w["helper"], by=w["root"], allowed=False
    ),
    "empty profile": empty_profile,
    "change role": lambda w: courses.change_member(
        w["assistant"], by=w["instructor"], role="student", pod=None, section=None
    ),
    "rotate code": lambda w: courses.rotate_join_code(w["course"], by=w["instructor"]),
    "stop joining": lambda w: courses.open_joining(w["course"], by=w["instructor"], is_open=False),
    "withdraw invitation": lambda w: invitations.withdraw_invitation(
        w["invitation"], by=w["instructor"]
    ),
    "undo list": lambda w: roster_imports.undo_roster_import(w["list"], by=w["instructor"]),
    "undo import": lambda w: undo_wordpress_import(w["wordpress"], by=w["instructor"]),
    "close prompt": close_prompt,
    "open prompt later": open_later,
    "grade without names": lambda w: change_anonymity(w["prompt"], True, by=w["instructor"]),
    "withdraw post": lambda w: post_states.withdraw_post(w["withdrawn"], by=w["ada"]),
    "delete post": lambda w: post_states.delete_post(w["deleted"], by=w["ada"]),
    "narrow post": narrow,
    "hide post": lambda w: moderation.decide(w["hidden"], by=w["instructor"], **HIDE),
    "hide comment": lambda w: moderation.decide(w["rude"], by=w["instructor"], **HIDE),
    "hide comment of a guest": lambda w: moderation.decide(
        w["guest_spam"], by=w["instructor"], **HIDE
    ),
    "withdraw comment of a guest": lambda w: guest_comments.withdraw_guest_comment(
        w["guest"], by=w["root"], token=w["guest"].guest.token
    ),
    "narrow comment": lambda w: comments.edit_comment(
        w["comment"], by=w["bob"], text=w["comment"].text, audience=10
    ),
    "delete comment": lambda w: comments.delete_comment(w["answer"], by=w["bob"]),
    "show less of a note": show_less,
    "remove note": lambda w: remove_process_note(w["note"].post, by=w["bob"]),
    "remove feeds": lambda w: remove_feed_address(w["feeds"], by=w["ada"]),
    "delete own file": lambda w: delete_takeout(w["own file"], by=w["ada"]),
    "disconnect account": lambda w: disconnect_account(w["account"], by=w["ada"]),
    "disconnect course": lambda w: disconnect_course(w["connected"], by=w["instructor"]),
    "turn off LMS": turn_off,
    "trust an LMS less": trust_less,
    "use up link": lambda w: register_platform(
        w["link"], lambda: Registered(NEW, "moodle", "1"), by=w["root"]
    ),
    "narrow course": close_course,
    "end public view": lambda w: let_day_come(w, "public_ends_on"),
    "close a course": lambda w: let_day_come(w, "closes_on"),
    "make read only": lambda w: let_day_come(w, "read_only_on"),
    "erase course": erase_course,
    "archive course": lambda w: archive_course(w["other"], by=w["instructor"]),
    "withhold name": lambda w: withhold_name(w["withheld"], by=w["instructor"]),
    "erase account": lambda w: erase_account(w["erased"], by=w["erased"]),
    "erase account of staff": erase_staff,
    "remove member": lambda w: courses.remove_member(w["removed"], by=w["instructor"]),
    "leave": lambda w: leave_course(w["leaver"], by=w["leaver"].user),
}


def read(world):
    """Return the rows of a world as they are now; None is one that is gone."""
    return {name: type(row)._base_manager.filter(pk=row.pk).first() for name, row in world.items()}


def stands(world, but=()):
    """Return how the database stands, by model, without moments and the keys of rows."""
    left = {"id", "version"}
    return {
        model.__name__: sorted(
            repr(
                {
                    name: _plain(value, world)
                    for name, value in row.items()
                    if name not in left | UNTOLD.get(model._meta.model_name, set())
                }
            )
            for row in model._base_manager.values()
        )
        for model in apps.get_models(include_auto_created=True)
        if model not in (*BESIDE, *but)
    }


def versions():
    """Return the versions of all rows, by which a form that is still open is refused."""
    return {
        (model.__name__, row["pk"]): row["version"]
        for model in apps.get_models()
        if any(field.name == "version" for field in model._meta.concrete_fields)
        for row in model._base_manager.values("pk", "version")
    }


def moved(before, after):
    """Return which rows of before are of another version now."""
    return sorted(key for key, version in before.items() if after.get(key, version) != version)


def _plain(value, world):
    if value == world["course"].join_code:
        return "the code"
    if isinstance(value, str) and value.count("-") == 2 and value.isupper():
        return "another code"
    return "then" if isinstance(value, datetime) else value
