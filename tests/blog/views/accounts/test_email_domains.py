"""Emails that may sign up, and names that are made to be taken for others."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from blog.actions.courses import join_course
from blog.actions.invitations import accept_invitation
from blog.exceptions import Refused
from blog.models import Membership, User
from tests import factories

pytestmark = pytest.mark.django_db
REFUSED = "Use an email that ends in one of these: example.edu"


@pytest.fixture(autouse=True)
def one_domain(settings):
    cache.clear()
    settings.SIGNUP_EMAIL_DOMAINS = ("example.edu",)


def sign_up(client, email, name="Ada Luna"):
    form = {"display_name": name, "email": email, "password1": "seven grey stones sing"}
    return client.post("/accounts/signup/", form)


@pytest.mark.parametrize("email", ["new@example.edu", "NEW@EXAMPLE.EDU", "new+pln@example.edu"])
def test_an_email_of_the_domain_signs_up(client, email):
    assert sign_up(client, email).status_code == 302

    assert User.objects.filter(email=email.lower()).count() == 1


@pytest.mark.parametrize(
    "email",
    [
        "a@evil-example.edu",
        "a@example.edu.evil.com",
        "a@sub.example.edu",
        "a@exаmple.edu",
        "a@example.edu\n@x",
        "a@example.edu\r\nBcc: b@x.com",
        '"a@example.edu"@evil.com',
        "a@example.edu@evil.com",
        "a@xn--exmple-4nf.edu",
        "a%40example.edu@evil.com",
        "a@[127.0.0.1]",
    ],
)
def test_no_other_email_signs_up(client, email):
    before = User.objects.count()

    answer = sign_up(client, email)

    assert answer.status_code in (200, 422)
    assert answer.context["form"].errors.keys() == {"email"}
    assert User.objects.count() == before


def test_the_refusal_says_the_same_of_known_and_unknown_emails(client):
    factories.make_user("Known", email="known@elsewhere.example")

    said = [
        sign_up(client, f"{name}@elsewhere.example").context["form"].errors["email"]
        for name in ("known", "other")
    ]

    assert said == [[REFUSED], [REFUSED]]


def test_an_invitation_of_a_team_goes_to_any_domain_and_to_that_email_alone(
    client, course, instructor
):
    invitation = factories.make_invitation(course, instructor, "guest@elsewhere.example")
    client.post(f"{invitation.path}sign-up/")

    assert sign_up(client, "other@elsewhere.example").context["form"].errors["email"] == [REFUSED]
    assert sign_up(client, "guest@elsewhere.example").status_code == 302

    assert User.objects.filter(email="guest@elsewhere.example").exists()


def test_an_email_is_changed_to_one_of_the_domain_alone(client, ada):
    client.force_login(ada)

    answer = client.post("/accounts/email/", {"action_add": "", "email": "ada@evil.example"})

    assert REFUSED in answer.content.decode()
    assert not ada.emailaddress_set.filter(email="ada@evil.example").exists()


def test_who_has_an_account_already_signs_in_and_resets(client):
    known = factories.make_user("Known", email="known@elsewhere.example")

    reset = client.post("/accounts/password/reset/", {"email": known.email})
    fields = {"login": known.email, "password": factories.PASSWORD}

    assert reset.status_code == 302
    assert client.post("/accounts/login/", fields).status_code == 302
    assert client.session["_auth_user_id"] == str(known.pk)


@pytest.mark.parametrize("name", ["Adа Luna", "Ελενa", "Αda Luna"])
def test_a_name_with_words_of_two_alphabets_is_refused(client, name):
    answer = sign_up(client, "new@example.edu", name)

    assert answer.context["form"].errors.keys() == {"display_name"}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("Jose\u0301", "Jos\u00e9"), ("Ada\u202eanuL", "AdaanuL"), ("مهدی\u200cپور", "مهدی\u200cپور")],
)
def test_a_name_is_stored_composed_and_without_what_nobody_sees(client, typed, stored):
    sign_up(client, "new@example.edu", typed)

    assert User.objects.get(email="new@example.edu").display_name == stored


LIKE_INES = ["Ines Instructor", "lnes Instructor", "Dr. Inès Instructor (teacher)"]
LIKE_INES += ["INES INSTRUCTOR", "Ιnes Instructor", "InesInstructor", "ꓲnes Instructor"]


@pytest.mark.parametrize("name", LIKE_INES[:3])
@pytest.mark.parametrize("field", ["display_name", "public_name", "course_name"])
def test_nobody_takes_the_name_of_who_teaches_them(client, course, instructor, ada, name, field):
    client.force_login(ada)
    page = client.get("/me/")
    sent = {
        "display_name": ada.display_name,
        "time_zone": "UTC",
        "version": page.context["form"]["version"].value(),
    }

    answer = client.post("/me/", sent | {field: name})

    assert answer.status_code == 422
    assert "has a name that looks the same" in answer.content.decode()
    ada.refresh_from_db()
    assert getattr(ada, field) != name


@pytest.mark.parametrize("name", LIKE_INES)
def test_nobody_joins_by_the_name_of_who_teaches(course, instructor, name):
    person = factories.make_user(name)
    invitation = factories.make_invitation(course, instructor, person.email)

    with pytest.raises(Refused, match="looks the same"):
        join_course(course, by=person)
    with pytest.raises(Refused, match="looks the same"):
        accept_invitation(invitation, by=person)

    assert not Membership.objects.filter(user=person).exists()


def test_a_new_teacher_may_have_any_name_and_keeps_their_own(client, course, instructor):
    namesake = factories.make_user("Ines Instructor")
    invitation = factories.make_invitation(
        course, instructor, namesake.email, role=Membership.Role.ASSISTANT
    )

    accept_invitation(invitation, by=namesake)

    assert namesake.membership_in(course).teaches
    assert reverse("profile_edit") == "/me/"
