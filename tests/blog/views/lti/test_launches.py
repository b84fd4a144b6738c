"""The way in from an LMS: who gets in, who is asked, and what is refused."""

import re
import time
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.actions.platform_courses import connect_course
from blog.lti.names import AGS_ENDPOINT, CLAIM, NRPS_ENDPOINT
from blog.models import (
    Course,
    Launch,
    Membership,
    PlatformAccount,
    PlatformCourse,
    User,
    notice_version,
)
from tests import factories
from tests.lms import ADMINISTRATOR, INSTRUCTOR, OTHER_KEY

# Whatever is refused here lets somebody in who is not: each is tried at each commit.
pytestmark = [pytest.mark.django_db, pytest.mark.whole]


def accept_notice(person):
    User.objects.filter(pk=person.pk).update(notice_version=notice_version())


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def nobody_came(client):
    return "_auth_user_id" not in client.session and not Launch.objects.exists()


def test_student_comes_in_and_is_a_member_from_then_on(client, lms, connected, course):
    answer = lms.launch(client)

    assert (answer.status_code, answer["Location"]) == (302, f"/c/{course.slug}/")
    person = User.objects.get(email="sam@example.edu")
    membership = Membership.objects.get(course=course, user=person)
    assert (membership.role, membership.listed_name, membership.ended_at) == (
        "student",
        "Sam Student",
        None,
    )
    assert client.session["_auth_user_id"] == str(person.pk)
    assert not person.has_usable_password()
    assert EmailAddress.objects.get(user=person).verified

    lms.launch(Client())

    assert User.objects.filter(email="sam@example.edu").count() == 1


def test_unconfirmed_email_is_asked_to_open_a_link(client, lms, platform, connected, mailoutbox):
    platform.trusts_email = False
    platform.save()

    answer = lms.launch(client)

    assert "We sent an email to sam@example.edu. If you are new here" in words(answer)
    assert "We sent a link to" not in words(answer) + words(client.get("/about/"))
    assert "_auth_user_id" not in client.session
    assert [mail.to for mail in mailoutbox] == [["sam@example.edu"]]


def test_form_that_is_posted_twice_fails(client, lms, connected):
    form = lms.form(client)

    first, second = (client.post("/lti/launch/", form) for _ in range(2))

    assert (first.status_code, second.status_code) == (302, 403)
    assert "This link was already used." in words(second)


def test_stolen_form_is_of_no_use_in_another_browser(client, lms, connected):
    form = lms.form(client)
    thief = Client()
    lms.start(thief)

    answer = thief.post("/lti/launch/", form)

    assert answer.status_code == 403
    assert nobody_came(thief)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"aud": "somebody-else"}, "meant for another site"),
        ({"aud": ["client-7", "other"]}, "meant for another site"),
        ({"iss": "https://lms.example.com"}, "does not come from the LMS it names"),
        ({"exp": int(time.time()) - 4000, "iat": int(time.time()) - 4300}, "took too long"),
        ({"iat": int(time.time()) + 4000, "exp": int(time.time()) + 5000}, "clock of your LMS"),
        ({"nonce": "another"}, "did not ask your LMS"),
        (
            {f"{CLAIM}deployment_id": "foreign"},
            "does not know who added it to this part of your LMS",
        ),
        ({f"{CLAIM}version": "1.1"}, "does not understand"),
        ({f"{CLAIM}message_type": "Other"}, "does not understand"),
        ({f"{CLAIM}target_link_uri": "https://evil.example/lti/launch/"}, "leads to another site"),
        ({"sub": None}, "did not say who you are"),
    ],
)
def test_launch_that_is_not_for_us_is_refused_in_words(client, lms, connected, changes, said):
    answer = lms.launch(client, **changes)

    assert answer.status_code == 403
    assert said in words(answer)
    assert nobody_came(client)


def test_forged_launch_is_refused(client, lms, connected):
    answer = client.post("/lti/launch/", lms.form(client, key=OTHER_KEY))

    assert answer.status_code == 403
    assert "cannot tell whether this message comes from your LMS" in words(answer)
    assert nobody_came(client)


def test_unsigned_launch_is_refused(client, lms, connected):
    form = lms.form(client)
    _head, body, _signature = form["id_token"].split(".")
    unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0"

    answer = client.post("/lti/launch/", form | {"id_token": f"{unsigned}.{body}."})

    assert answer.status_code == 403
    assert nobody_came(client)


def test_state_of_our_own_is_needed(client, lms, connected):
    form = lms.form(client)

    answer = client.post("/lti/launch/", form | {"state": "made up"})

    assert answer.status_code == 403
    assert "did not ask your LMS" in words(answer)


def test_platform_that_is_off_lets_nobody_in(client, lms, platform, connected):
    form = lms.form(client)
    platform.is_on = False
    platform.save()

    answers = client.post("/lti/launch/", form), client.get("/lti/login/", {"iss": lms.url})

    assert [one.status_code for one in answers] == [403, 403]
    for answer in answers:
        assert "People cannot sign in from this LMS now. Tell the people who run" in words(answer)


def test_unknown_platform_is_told_so(client, lms, platform):
    answer = client.get("/lti/login/", {"iss": "https://other.example", "login_hint": "a"})

    assert (
        "This site does not know the LMS that you come from. Tell your LMS administrator"
        in words(answer)
    )


def test_deployment_that_is_missing_is_for_site_staff_to_add(client, lms, connected):
    answer = lms.launch(client, **{f"{CLAIM}deployment_id": "foreign"})

    assert "added it to this part of your LMS. Tell the people who run this site" in words(answer)


def test_keys_that_cannot_be_read_are_told_as_an_outage(client, lms, platform, connected):
    form = lms.form(client)
    platform.jwks_url = f"{lms.url}/nowhere"
    platform.save()

    answer = client.post("/lti/launch/", form)

    assert answer.status_code == 503
    assert "is not responding right now" in words(answer)


def test_lms_in_a_private_network_is_told_apart_from_an_outage(client, lms, platform, connected):
    form = lms.form(client)
    platform.jwks_url = "https://10.1.2.3/jwks"
    platform.save()

    answer = client.post("/lti/launch/", form)

    assert answer.status_code == 503
    assert "The LMS is on a private network, so this site cannot reach it." in words(answer)


def test_new_key_of_the_lms_is_asked_for(client, lms, connected):
    lms.launch(client)
    lms.key = type(lms.key)("key-2", OTHER_KEY.pem)

    assert lms.launch(Client()).status_code == 302


def test_same_email_is_no_proof(client, lms, connected, ada):
    answer = lms.launch(client, email="ADA@example.edu", name="Ada Student")

    assert answer.status_code == 200
    assert "There is an account with the email" in words(answer)
    assert "_auth_user_id" not in client.session
    assert not PlatformAccount.objects.filter(subject="s-1").exists()


def connect_address(answer):
    return re.search(r"/lti/connect/[^/\"]+/", answer.content.decode())[0]


def test_account_is_connected_once_its_owner_has_signed_in(client, lms, connected, course, ada):
    address = connect_address(lms.launch(client, email="ada@example.edu"))
    assert client.get(address)["Location"].startswith("/accounts/login/")
    client.force_login(ada)

    page, answer = client.get(address), client.post(address)

    assert "Connect your account with Campus LMS?" in words(page)
    assert answer["Location"] == f"/c/{course.slug}/"
    assert PlatformAccount.objects.get(subject="s-1").user == ada
    assert lms.launch(Client(), email="other@example.edu")["Location"] == f"/c/{course.slug}/"


def test_link_to_connect_is_of_no_use_to_somebody_else(client, lms, connected, ada, bob):
    address = connect_address(lms.launch(client, email="ada@example.edu"))
    victim = Client()
    victim.force_login(bob)

    answers = victim.get(address), victim.post(address)

    assert [one.status_code for one in answers] == [403, 403]
    assert not PlatformAccount.objects.filter(subject="s-1").exists()


def test_launch_without_name_and_email_asks_to_sign_in(client, lms, connected):
    answer = lms.launch(client, name=None, family_name=None, email=None)

    assert answer.status_code == 200
    assert "did not tell us your name and an email that you can use here" in words(answer)


def test_instructor_connects_a_course_the_first_time(client, lms, platform, course, instructor):
    address = connect_address(lms.teach(client))
    client.force_login(instructor)
    where = client.post(address)["Location"]

    page = client.get(where)
    answer = client.post(where, {"course": course.slug})

    assert "You come from “Networks there” in Campus LMS." in words(page)
    assert answer["Location"] == reverse("connected_course_list", args=[course.slug])
    found = PlatformCourse.objects.get()
    assert (found.course, found.context_id, found.lineitems_url) == (
        course,
        "context-1",
        f"{lms.url}/lineitems?course=1",
    )
    assert lms.launch(Client())["Location"] == f"/c/{course.slug}/"


def test_student_who_is_first_is_told_to_wait(client, lms, platform):
    where = lms.launch(client)["Location"]
    accept_notice(User.objects.get(email="sam@example.edu"))

    page = client.get(where)

    assert "An instructor has to open this link in Campus LMS first" in words(page)
    assert not PlatformCourse.objects.exists()


@pytest.mark.parametrize("roles", [[ADMINISTRATOR], []])
def test_administrator_of_the_lms_is_no_instructor(client, lms, connected, roles):
    answer = lms.launch(client, **{f"{CLAIM}roles": roles})

    assert answer.status_code == 403
    assert "neither a student nor a teacher in this course" in words(answer)
    assert Membership.objects.filter(role="instructor").count() == 1


@pytest.mark.parametrize(
    ("roles", "role"),
    [
        (["Instructor"], "instructor"),
        ([INSTRUCTOR], "instructor"),
        (
            [
                INSTRUCTOR,
                "http://purl.imsglobal.org/vocab/lis/v2/membership/Instructor#TeachingAssistant",
            ],
            "assistant",
        ),
        (["Learner"], "student"),
    ],
)
def test_role_of_the_first_launch(client, lms, connected, course, roles, role):
    lms.launch(client, **{f"{CLAIM}roles": roles})
    lms.launch(Client(), **{f"{CLAIM}roles": ["Learner"]})

    assert Membership.objects.get(course=course, user__email="sam@example.edu").role == role


def test_teacher_with_an_unconfirmed_email_confirms_it_first(client, lms, platform, connected):
    platform.trusts_email = False
    platform.save()

    answer = lms.launch(client, **{f"{CLAIM}roles": [INSTRUCTOR]})

    assert "We sent an email to sam@example.edu." in words(answer)
    assert not Membership.objects.filter(user__email="sam@example.edu").exists()


def test_former_member_stays_out(client, lms, connected, course):
    lms.launch(client)
    Membership.objects.filter(user__email="sam@example.edu").update(ended_at="2026-01-01T00:00Z")

    answer = lms.launch(Client())

    assert answer.status_code == 403
    assert "You are not in this course any more." in words(answer)


def test_closed_account_stays_closed(client, lms, connected):
    lms.launch(client)
    User.objects.filter(email="sam@example.edu").update(is_active=False)
    other = Client()

    lms.launch(other)

    assert "_auth_user_id" not in other.session


def test_link_leads_to_its_prompt(client, lms, connected, course):
    prompt = factories.make_prompt(course)

    answer = lms.launch(client, **{f"{CLAIM}custom": {"prompt": prompt.link_name}})

    assert answer["Location"] == reverse("prompt_page", args=[course.slug, prompt.number])


@pytest.mark.parametrize("is_there", [False, True])
def test_link_to_a_prompt_that_is_gone_says_so(client, lms, connected, course, is_there):
    """One that is not open yet is still to come."""
    tomorrow = timezone.now() + timedelta(days=1)
    name = factories.make_prompt(course, opens_at=tomorrow).link_name if is_there else "gone"
    lms.launch(client)
    accept_notice(User.objects.get(email="sam@example.edu"))

    answer = lms.launch(client, **{f"{CLAIM}custom": {"prompt": name}})

    assert answer["Location"] == course.get_absolute_url()
    said = "The prompt of this link is not here any more."
    assert (said in words(client.get(answer["Location"]))) != is_there


def test_invited_student_gets_the_place_of_the_list(client, lms, connected, course, instructor):
    section = factories.make_section(course)
    invitation = factories.make_invitation(course, instructor, email="sam@example.edu")
    invitation.section = section
    invitation.save()

    lms.launch(client)

    invitation.refresh_from_db()
    assert invitation.membership.section == section
    assert invitation.membership.user.email == "sam@example.edu"


def test_frame_offers_a_window_which_signs_in_once(client, lms, connected, course):
    framed = lms.launch(client, frame=True)

    assert framed.status_code == 200
    assert "frame-ancestors http://127.0.0.1" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed
    assert "_auth_user_id" not in client.session
    secret = re.search(r'name="launch" value="([^"]+)"', framed.content.decode())[1]
    window = Client()

    from_elsewhere = window.post(
        "/lti/enter/", {"launch": secret}, headers={"origin": "https://evil.example"}
    )
    answer = window.post("/lti/enter/", {"launch": secret}, headers={"origin": "http://testserver"})
    again = Client().post(
        "/lti/enter/", {"launch": secret}, headers={"origin": "http://testserver"}
    )

    assert (from_elsewhere.status_code, again.status_code) == (403, 403)
    assert window.post(answer["Location"])["Location"] == f"/c/{course.slug}/"
    assert "_auth_user_id" in window.session


def test_browser_without_our_cookie_is_offered_a_window(lms, connected):
    form = lms.form(Client())

    answer = Client().post("/lti/launch/", form, headers={"sec-fetch-dest": "iframe"})

    assert answer.status_code == 403
    assert "Open in a new tab" in words(answer)
    again = re.search(r'href="(/lti/login/[^"]+)"', answer.content.decode())[1]
    assert Client().get(again.replace("&amp;", "&")).status_code == 302


def test_cookie_is_for_frames_and_partitioned(client, lms, platform):
    lms.start(client)

    cookie = client.cookies["lti"].OutputString()

    assert "SameSite=None; Partitioned" in cookie
    assert "Secure" in cookie
    assert "HttpOnly" in cookie


def test_course_of_an_lms_leads_to_one_course(client, lms, connected, instructor):
    other = factories.make_course("other", instructor=instructor)
    lms.teach(client)
    launch = Launch.objects.get()

    with pytest.raises(Exception, match="connected to another course"):
        connect_course(launch, other, by=launch.user)


def test_keys_are_public(client, lms, platform):
    keys = client.get("/lti/jwks.json").json()["keys"]

    assert [sorted(key) for key in keys] == [["alg", "e", "kid", "kty", "n", "use"]]


def test_archived_course_is_read_by_its_members_and_joined_by_nobody(
    client, lms, connected, course
):
    lms.launch(client)
    Course.objects.filter(pk=course.pk).update(archived_at="2026-01-01T00:00Z")

    member, new = lms.launch(Client()), lms.launch(Client(), sub="s-2", email="new@example.edu")

    assert member["Location"] == f"/c/{course.slug}/"
    assert new.status_code == 403
    assert "This course is archived." in words(new)


def test_addresses_of_the_lms_are_those_of_its_instructors_last_launch(client, lms, connected):
    def addresses(number):
        return {
            NRPS_ENDPOINT: {"context_memberships_url": f"{lms.url}/members/{number}"},
            AGS_ENDPOINT: {"lineitems": f"{lms.url}/lineitems/{number}"},
        }

    lms.teach(client, **addresses(1))
    lms.launch(Client(), **addresses(2))
    lms.teach(Client(), **{NRPS_ENDPOINT: None, AGS_ENDPOINT: None})

    found = PlatformCourse.objects.get()
    assert (found.memberships_url, found.lineitems_url) == (
        f"{lms.url}/members/1",
        f"{lms.url}/lineitems/1",
    )


def test_instructor_without_a_course_is_led_to_open_one(client, lms, platform):
    """The right to open courses is given here: the LMS gives none."""
    teacher = factories.make_user("Tess Teacher", email="tess@example.edu")
    said = {f"{CLAIM}roles": [INSTRUCTOR], "email": "tess@example.edu", "sub": "t-2"}
    address = connect_address(lms.launch(client, **said))
    client.force_login(teacher)
    where = client.post(address)["Location"]

    before = words(client.get(where))
    teacher.user_permissions.add(Permission.objects.get(codename="open_course"))
    after = client.get(where).content.decode()

    assert "Ask the people who run this site for the right to open one." in before
    assert 'href="/courses/new/"' in after


def test_an_email_that_another_account_waits_for_is_nobodys(client, lms, connected, bob):
    EmailAddress.objects.create(user=bob, email="sam@example.edu", verified=False)

    answer = lms.launch(client)

    assert answer.status_code == 302
    sam = User.objects.get(email="sam@example.edu")
    assert client.session["_auth_user_id"] == str(sam.pk)
