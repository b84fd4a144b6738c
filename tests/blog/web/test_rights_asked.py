"""Whatever gives somebody rights, or a lasting way to read, asks once more who sits there.

It changes nothing before.

The actions that give rights are found by what they write, and the views by the actions they call:
a new one of either fails here until it has its request below, or a reason to go without.
"""

import inspect
import pkgutil
import re
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.db.models import F
from django.urls import reverse

import blog.admin
import blog.views
import network.views
from blog.models import Invitation, Membership, Platform
from tests import factories
from tests.action_world import all_actions, make_staff
from tests.signed_in import signed_in_long_ago
from tests.submitted import fields_of
from tests.written import rows_written, snapshot, stands_as

# How an action gives rights: what its code, or that of another action that it calls, writes.
RIGHTS = re.compile(
    r"Membership\.objects\.(?:get_or_)?create|\.role = |ended_at=None\)|ended_at = None"
    r"|\bInvitation\(|new_expiry\(\)"
    r"|user_permissions|is_staff|ACCOUNT_RIGHTS|\.confirm_email\(|Authenticator|verified="
    r"|new_feed_token\(\)|platform\.save|(?:RegistrationLink|PlatformCourse|PlatformAccount)\.objects\.(?:get_or_)?create"
)
WRITTEN_IN = re.compile(r"\.actions\b|\.revocations$")
# Actions that give nobody else a right, by why.
NOT_ASKED = {
    "calibration.end_calibration": "ends the grading of examples, no membership",
    "courses.create_course": "a course of one’s own",
    "setups.create_course_from": "a course of one’s own",
    "courses.join_course": "as a student, by a code that an instructor gave",
    "invitations.accept_invitation": "what an instructor gave",
    "erasure.erase_account": "takes all rights; it asks in a way of its own",
    "launches.connect_account": "one’s own account in an LMS",
    "launches.enter_course": "what the LMS says of whoever comes",
    "launches.open_account": "an account of their own for whoever comes",
    "feed_addresses.renew_feed_address": "ends the way to read that there is, and shows none",
    "platforms.register_platform": "it is off until site staff turn it on, which asks",
}
# Where each of the others is called from.
ASKED = {
    "accounts.allow_opening_courses": {
        "UserAdmin.give_right_to_open_courses",
        "UserAdmin.withdraw_right_to_open_courses",
    },
    "accounts.change_account": {"UserAdmin.save_model"},
    "accounts.confirm_email": {"UserAdmin.confirm_emails"},
    "accounts.remove_second_steps": {"UserAdmin.remove_second_steps"},
    "courses.appoint_instructor": {"CourseAdmin.appoint_instructor"},
    "courses.change_member": {"member_edit"},
    "courses.restore_member": {"member_restore"},
    "feed_addresses.create_feed_address": {"feed_address_new"},
    "invitations.change_invitation": {"invitation_edit"},
    "invitations.send_invitation_again": {"invitation_send"},
    "platform_courses.connect_course": {"lti_course"},
    "platforms.create_registration_link": {"registration_link_create"},
    "platforms.save_platform": {"platform_new", "platform_edit"},
    "roster_imports.add_listed_people": {"roster_import_add"},
}
TAKES_ONLY = {"UserAdmin.withdraw_right_to_open_courses"}


def written_by(action) -> str:
    """Return the code of an action, with that of what it calls of actions and revocations."""
    todo, seen, code = [action], {action}, ""
    while todo:
        one = todo.pop()
        code += (source := inspect.getsource(inspect.unwrap(one)))
        for name, found in vars(inspect.getmodule(one)).items():
            is_code = inspect.isfunction(found) or inspect.isclass(found)
            if not is_code or found in seen or not WRITTEN_IN.search(found.__module__):
                continue
            if re.search(rf"\b{name}\(", source):
                seen.add(found)
                todo.append(found)
    return code


def test_every_action_that_gives_rights_is_asked_about_or_has_a_reason():
    found = {name for name, action in all_actions().items() if RIGHTS.search(written_by(action))}

    assert found == ASKED.keys() | NOT_ASKED.keys()


def functions_of_pages():
    """Yield every function and method of the views and of the admin site with its name."""
    for room in (blog.views, blog.admin, network.views):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            module = import_module(found.name)
            for name, one in vars(module).items():
                if getattr(one, "__module__", "") != module.__name__:
                    continue
                if inspect.isclass(one):
                    methods = inspect.getmembers(one, inspect.isfunction)
                    for method, code in methods:
                        if code.__code__.co_filename == module.__file__:
                            yield f"{name}.{method}", code
                elif inspect.isfunction(one):
                    yield name, inspect.unwrap(one)


def test_every_page_that_gives_rights_is_known():
    called: dict[str, set[str]] = {}
    for page, function in functions_of_pages():
        source = inspect.getsource(function)
        for action in ASKED:
            if re.search(rf"(?<!def )\b{action.partition('.')[2]}\(", source):
                called.setdefault(action, set()).add(page)

    assert called == ASKED


class Site:
    """A client of somebody who has signed in long ago, and one of everything they could change."""

    def __init__(self, client, course, instructor, ada):
        self.client, self.course, self.instructor, self.ada = client, course, instructor, ada
        self.root = factories.make_user("Rosa Root", is_staff=True, is_superuser=True)
        self.clerk = make_staff("Carl Clerk", "change_user")

    def sit_down(self, person):
        self.client.force_login(person)
        signed_in_long_ago(self.client)


@pytest.fixture
def site(client, course, instructor, ada):
    cache.clear()
    return Site(client, course, instructor, ada)


def of_account(site, person, fields):
    site.sit_down(person)
    address = reverse("admin:blog_user_change", args=[site.ada.pk])
    return address, fields, address


def chosen(site, by, action, page="blog_user", **fields):
    """Return the request of an action on a list of the admin site."""
    site.sit_down(by)
    address = reverse(f"admin:{page}_changelist")
    row = site.course if page == "blog_course" else site.ada
    return address, {"action": action, "_selected_action": row.pk, **fields}, address


def second_step(site):
    Authenticator.objects.create(user=site.ada, type=Authenticator.Type.TOTP, data={})
    return chosen(site, site.clerk, "remove_second_steps")


def team_invitation(site):
    site.sit_down(site.instructor)
    role = Membership.Role.ASSISTANT
    return factories.make_invitation(site.course, site.instructor, "a@example.edu", role=role)


def changed_invitation(site):
    address = reverse("invitation_edit", args=[site.course.slug, team_invitation(site).pk])
    fields = fields_of(site.client.get(address), "email")
    return address, fields | {"email": "evil@example.org"}, address


def invitation_again(site):
    pk = team_invitation(site).pk
    address = reverse("invitation_send", args=[site.course.slug, pk])
    return address, {"sendings": 1}, reverse("roster", args=[site.course.slug])


def role_of_member(site):
    site.sit_down(site.instructor)
    address = reverse("member_edit", args=[site.course.slug, site.ada.username])
    return address, {"role": "assistant", "pod": "", "section": ""}, address


def former_assistant(site):
    site.sit_down(site.instructor)
    left = factories.make_user("Asa Assistant")
    role, day = Membership.Role.ASSISTANT, site.course.created_at
    factories.add_member(site.course, left, role, ended_at=day)
    address = reverse("member_restore", args=[site.course.slug, left.username])
    return address, {}, reverse("roster", args=[site.course.slug])


def list_with_team(site):
    site.sit_down(site.instructor)
    pasted = "Name,Email,Role\nEvil Person,evil@example.org,Instructor\n"
    args = [site.course.slug, factories.make_roster_import(site.course, site.instructor, pasted).pk]
    return reverse("roster_import_add", args=args), {}, reverse("roster_import", args=args)


def new_platform(site):
    site.sit_down(site.root)
    address = reverse("platform_new")
    page = fields_of(site.client.get(address), "jwks_url")
    urls = dict.fromkeys(("auth_url", "token_url", "jwks_url"), "https://evil.example/")
    named = {"name": "Moodle", "kind": "moodle", "issuer": "https://evil.example", "client_id": "c"}
    return address, page | named | urls | {"deployments": "1"}, address


def changed_platform(site):
    site.sit_down(site.root)
    address = reverse("platform_edit", args=[factories.make_platform().pk])
    fields = fields_of(site.client.get(address), "jwks_url")
    return address, fields | {"jwks_url": "https://evil.example/jwks"}, address


def feeds(site):
    site.sit_down(site.ada)
    return f"{reverse('feed_address_new')}?from=feeds", {}, reverse("feed_page")


def course_of_an_lms(site):
    site.sit_down(site.instructor)
    launch = factories.make_launch(site.instructor, role="instructor", secret="the-launch")
    assert launch.user == site.instructor
    address = reverse("lti_course", args=["the-launch"])
    return address, {"course": site.course.slug}, address


def registration_link(site):
    site.sit_down(site.root)
    return reverse("registration_link_create"), {}, reverse("platform_list")


def changed_group(site):
    site.sit_down(site.root)
    group = Group.objects.create(name="Helpers")
    address = reverse("admin:auth_group_change", args=[group.pk])
    right = Permission.objects.get(codename="change_user")
    return address, {"name": "Helpers", "permissions": [right.pk]}, address


def new_group(site):
    site.sit_down(site.root)
    address = reverse("admin:auth_group_add")
    return address, {"name": "Helpers"}, address


# What each page is sent, and the page to which the answer leads.
REQUESTS = {
    "UserAdmin.give_right_to_open_courses": lambda site: chosen(
        site, site.clerk, "give_right_to_open_courses"
    ),
    "UserAdmin.save_model": lambda site: of_account(
        site, site.root, {"is_active": "on", "is_superuser": "on"}
    ),
    "UserAdmin.save_model: closed by staff": lambda site: of_account(site, site.clerk, {}),
    "UserAdmin.confirm_emails": lambda site: chosen(site, site.clerk, "confirm_emails"),
    "UserAdmin.remove_second_steps": second_step,
    "CourseAdmin.appoint_instructor": lambda site: chosen(
        site, site.root, "appoint_instructor", page="blog_course", person=site.ada.email
    ),
    "member_edit": role_of_member,
    "member_restore": former_assistant,
    "invitation_edit": changed_invitation,
    "invitation_send": invitation_again,
    "feed_address_new": feeds,
    "lti_course": course_of_an_lms,
    "registration_link_create": registration_link,
    "platform_new": new_platform,
    "platform_edit": changed_platform,
    "roster_import_add": list_with_team,
    "GroupAdmin: changed": changed_group,
    "GroupAdmin: a new one": new_group,
}


def test_every_page_that_gives_rights_has_its_request():
    pages = {name for name in (row.split(":")[0] for row in REQUESTS) if name != "GroupAdmin"}

    assert pages == set().union(*ASKED.values()) - TAKES_ONLY


def test_no_other_page_of_the_admin_site_saves_rows():
    """Django's own pages save without our actions, so those that can are known by name."""
    saving = {
        model.__name__
        for model, page in admin.site._registry.items()
        if page.__class__.__module__.startswith(("blog.", "network."))
        and "ReadOnlyAdmin" not in {one.__name__ for one in page.__class__.__mro__}
    }

    assert saving == {"Group"}


@pytest.mark.parametrize("row", REQUESTS)
def test_rights_wait_for_the_answer(site, row):
    address, fields, page = REQUESTS[row](site)
    before, since = snapshot(), rows_written()

    asked = site.client.post(address, fields)

    assert (asked.status_code, asked.url.partition("?")[0]) == (302, "/accounts/reauthenticate/")
    assert stands_as(before, since, snapshot)
    back = site.client.post(asked.url, {"password": factories.PASSWORD})
    assert (back.status_code, back.url) == (302, page)
    assert site.client.get(page).status_code == 200
    done = site.client.post(address, fields)
    assert not done.headers.get("Location", "").startswith("/accounts/")
    assert not stands_as(before, since, snapshot)


def test_what_was_typed_is_there_after_the_answer_and_in_no_address(site):
    address, fields, _page = changed_platform(site)
    fields |= {"name": "Our Moodle", "deployments": "7\n8"}
    fields.pop("is_on", None)

    asked = site.client.post(address, fields)
    assert "evil" not in asked.url
    site.client.post(asked.url, {"password": factories.PASSWORD})
    page = site.client.get(address)

    assert "This is not saved yet. Press Save." in page.content.decode()
    again = fields_of(page, "jwks_url")
    assert {name: again[name] for name in ("name", "jwks_url", "deployments")} == {
        "name": "Our Moodle",
        "jwks_url": "https://evil.example/jwks",
        "deployments": "7\n8",
    }
    assert "is_on" not in again
    site.client.post(address, again)
    platform = Platform.objects.get()
    assert (platform.name, platform.jwks_url, platform.is_on) == (
        "Our Moodle",
        "https://evil.example/jwks",
        False,
    )
    assert "not saved yet" not in site.client.get(address).content.decode()


def answer(site, asked):
    site.client.post(asked.url, {"password": factories.PASSWORD})


def test_an_invitation_that_somebody_has_corrected_meanwhile_stays(site):
    address, fields, _page = changed_invitation(site)
    asked = site.client.post(address, fields)
    Invitation.objects.update(email="right@example.edu", sendings=F("sendings") + 1)

    answer(site, asked)
    again = fields_of(site.client.get(address), "email")
    said = site.client.post(address, again)

    assert again["email"] == "evil@example.org"
    assert "Someone changed this invitation" in said.text
    assert Invitation.objects.get().email == "right@example.edu"


def test_an_lms_that_somebody_has_turned_off_meanwhile_stays_off(site):
    address, fields, _page = changed_platform(site)
    asked = site.client.post(address, fields | {"name": "Typed"})
    Platform.objects.update(is_on=False, name="Theirs", version=F("version") + 1)

    answer(site, asked)
    again = fields_of(site.client.get(address), "jwks_url")
    said = site.client.post(address, again)

    assert again["name"] == "Typed"
    assert (said.status_code, "Keep what is saved now" in said.text) == (409, True)
    platform = Platform.objects.get()
    assert (platform.name, platform.is_on) == ("Theirs", False)


def test_a_new_lms_keeps_the_key_that_makes_it_one(site):
    address, fields, _page = new_platform(site)
    asked = site.client.post(address, fields)

    answer(site, asked)

    assert fields_of(site.client.get(address), "jwks_url")["key"] == fields["key"]


def test_a_right_that_was_thought_better_of_is_not_chosen_again(site):
    address, fields, _page = role_of_member(site)
    asked = site.client.post(address, fields)
    answer(site, asked)
    assert fields_of(site.client.get(address), "role")["role"] == "assistant"

    site.client.post(address, fields | {"role": "student"})

    page = site.client.get(address)
    assert fields_of(page, "role")["role"] == "student"
    assert "not saved yet" not in page.text


def test_an_invitation_that_is_saved_otherwise_ends_what_was_typed(site):
    address, fields, _page = changed_invitation(site)
    site.client.post(address, fields)

    site.client.post(address, fields | {"email": "a@example.edu", "name": "Ann"})

    page = site.client.get(address)
    assert fields_of(page, "email")["email"] == "a@example.edu"
    assert "not saved yet" not in page.text


def test_what_is_saved_on_another_page_ends_nothing(site):
    address, fields, _page = changed_invitation(site)
    answer(site, site.client.post(address, fields))
    other = reverse("member_edit", args=[site.course.slug, site.ada.username])

    site.client.post(other, {"role": "student", "pod": "", "section": ""})

    assert fields_of(site.client.get(address), "email")["email"] == "evil@example.org"


def test_what_was_typed_is_not_kept_for_long(site, monkeypatch):
    address, fields, _page = changed_invitation(site)
    site.client.post(address, fields)
    session = site.client.session
    path, typed, at = session["form_before_question"]
    session["form_before_question"] = [path, typed, at - 3600]
    session.save()

    page = site.client.get(address)

    assert fields_of(page, "email")["email"] == "a@example.edu"


def test_what_gives_no_rights_asks_nothing(site):
    site.sit_down(site.instructor)
    invited = factories.make_invitation(site.course, site.instructor, "s@example.edu")
    address = reverse("invitation_edit", args=[site.course.slug, invited.pk])
    fields = fields_of(site.client.get(address), "email")
    site.client.post(address, fields | {"email": "t@example.edu"})
    added = factories.make_roster_import(site.course, site.instructor)
    site.client.post(reverse("roster_import_add", args=[site.course.slug, added.pk]))

    emails = Invitation.objects.order_by("pk").values_list("email", flat=True)
    assert list(emails) == ["t@example.edu", "nia.new@example.edu"]
