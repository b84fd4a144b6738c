"""Signing in in two steps: an app's codes, recovery codes, who has to, and help by staff."""

import time

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client

from blog.models import AuditEvent
from tests import factories
from tests.signed_in import signed_in_long_ago

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def with_app(ada):
    TOTP.activate(ada, SECRET)
    return ada


def code_now(secret=SECRET, steps=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def sign_in(client, person, **fields):
    return client.post(
        "/accounts/login/", {"login": person.email, "password": factories.PASSWORD} | fields
    )


def is_signed_in(client):
    return "_auth_user_id" in client.session


@pytest.mark.django_db(transaction=True)  # the mail is sent once all is stored
def test_an_app_is_set_up_and_its_code_is_the_second_step(client, ada):
    client.force_login(ada)
    page = client.get("/accounts/two-step/totp/activate/")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    wrong = client.post("/accounts/two-step/totp/activate/", {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    arabic = code_now(secret).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    typed = {"code": f" {arabic[:3]} {arabic[3:]} "}
    done = client.post("/accounts/two-step/totp/activate/", typed)

    assert done.url == "/accounts/two-step/recovery-codes/"
    page = client.get(done.url).text
    assert page.count("<code ") == 10
    assert "You have recovery codes now" in page
    assert "The old ones no longer work" not in page  # there were none
    assert mail.outbox[-1].subject == "Two-step sign-in: an app was set up"
    stored = Authenticator.objects.get(user=ada, type="totp").data["secret"]
    assert secret not in stored

    other = Client()
    assert sign_in(other, ada, next="/me/").url.startswith("/accounts/two-step/authenticate/")
    assert not is_signed_in(other)
    assert other.get("/me/").status_code == 302
    answer = other.post("/accounts/two-step/authenticate/", {"code": code_now(secret)})
    assert (answer.status_code, answer.url) == (302, "/me/")
    assert is_signed_in(other)


def test_a_code_works_once(client, with_app):
    code = code_now()
    sign_in(client, with_app)
    client.post("/accounts/two-step/authenticate/", {"code": code})
    assert is_signed_in(client)

    other = Client()
    sign_in(other, with_app)
    other.post("/accounts/two-step/authenticate/", {"code": code})
    assert not is_signed_in(other)


def test_a_recovery_code_stands_in_and_works_once(client, with_app):
    code = RecoveryCodes.activate(with_app).get_unused_codes()[0]
    sign_in(client, with_app)
    page = client.post("/accounts/two-step/authenticate/", {"code": code}, follow=True).text
    assert is_signed_in(client)
    assert "You used a recovery code. 9 are left." in page

    other = Client()
    sign_in(other, with_app)
    other.post("/accounts/two-step/authenticate/", {"code": code})
    assert not is_signed_in(other)


def test_with_a_passkey_alone_it_comes_first_and_nobody_asks_for_six_digits(
    client, ada, monkeypatch
):
    asked = {"publicKey": {"allowCredentials": [{"id": "x"}]}}
    monkeypatch.setattr(
        "allauth.mfa.webauthn.internal.auth.begin_authentication", lambda *args: asked
    )
    Authenticator.objects.create(user=ada, type="webauthn", data={"name": "Hers"})
    RecoveryCodes.activate(ada)
    sign_in(client, ada)

    page = client.get("/accounts/two-step/authenticate/").text

    assert "Six digits" not in page
    assert page.index("Use your passkey") < page.index("Recovery code")
    TOTP.activate(ada, SECRET)
    page = client.get("/accounts/two-step/authenticate/").text
    assert page.index("Six digits") < page.index("Use a passkey instead")


def test_five_wrong_codes_and_the_right_one_has_to_wait(client, with_app):
    sign_in(client, with_app)
    for _try in range(5):
        client.post("/accounts/two-step/authenticate/", {"code": "000000"})

    answer = client.post("/accounts/two-step/authenticate/", {"code": code_now()})

    assert "Too many tries" in answer.content.decode()
    assert not is_signed_in(client)


def test_a_new_secret_key_still_reads_what_the_old_one_wrote(settings):
    settings.SECRET_KEY_FALLBACKS = []
    stored = get_adapter().encrypt(SECRET)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new" * 20, [settings.SECRET_KEY]
    assert get_adapter().decrypt(stored) == SECRET

    settings.SECRET_KEY_FALLBACKS = []
    lost = get_adapter().decrypt(stored)
    assert lost not in ("", SECRET)
    assert get_adapter().decrypt(stored) != lost  # nobody can know it


@pytest.mark.parametrize("groups", [["staff"], ["teams"], []])
def test_who_has_to_sets_it_up_before_anything_else(client, settings, instructor, ada, groups):
    settings.TWO_STEP_REQUIRED_FOR = frozenset(groups)
    staff = factories.make_user(is_staff=True)
    asked = {"staff": [staff], "teams": [instructor]}
    factories.make_course(instructor=instructor)

    for person in (staff, instructor, ada):
        client.force_login(person)
        answer = client.get("/me/")
        has_to = any(person in asked[group] for group in groups)
        assert (answer.status_code == 302) == has_to
        if has_to:
            assert answer.url == "/accounts/two-step/"
            page = client.get(answer.url)
            assert "Add a passkey or an app to go on." in page.content.decode()
            assert client.get("/accounts/logout/").status_code == 200
            TOTP.activate(person, SECRET)
            assert client.get("/me/").status_code == 200
            app = Authenticator.objects.get(user=person)
            assert not get_adapter().can_delete_authenticator(app)


def test_the_admin_site_is_behind_the_same_two_steps(client, db):
    root = factories.make_user(is_staff=True, is_superuser=True)
    TOTP.activate(root, SECRET)

    assert client.get("/admin/").url == "/admin/login/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/").url == "/accounts/login/?next=%2Fadmin%2F"
    sign_in(client, root, next="/admin/")
    assert client.get("/admin/").status_code == 302
    client.post("/accounts/two-step/authenticate/", {"code": code_now()})
    assert client.get("/admin/").status_code == 200


def test_staff_let_in_who_has_lost_everything(client, with_app):
    root = factories.make_user("Root Staff", is_staff=True, is_superuser=True)
    client.force_login(root)
    chosen = {"action": "remove_second_steps", "_selected_action": [with_app.pk]}
    sent_from = {"REMOTE_ADDR": "192.0.2.7"}

    client.post("/admin/blog/user/", chosen, **sent_from)
    again = client.post("/admin/blog/user/", chosen, follow=True, **sent_from)

    assert not Authenticator.objects.exists()
    assert AuditEvent.objects.filter(action="second_steps_removed").count() == 1
    [told] = mail.outbox
    assert told.subject == "Two-step sign-in was turned off"
    assert f"Hello {with_app.display_name}," in told.body
    assert "192.0.2.7" not in told.body
    assert "Root" not in told.body
    assert "This account has no second step." in again.content.decode()


def test_nobody_sees_the_codes_of_somebody_elses_account(client, with_app, bob):
    RecoveryCodes.activate(with_app)
    client.force_login(bob)

    assert client.get("/accounts/two-step/recovery-codes/").status_code == 404
    assert client.get("/accounts/two-step/recovery-codes/download/").status_code == 404
    assert client.get("/accounts/two-step/totp/deactivate/").status_code == 404
    passkey = Authenticator.objects.create(
        user=with_app, type="webauthn", data={"name": "Hers", "credential": {}}
    )
    for deed in ("edit", "remove"):
        address = f"/accounts/two-step/webauthn/keys/{passkey.pk}/{deed}/"
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.get(pk=passkey.pk).data["name"] == "Hers"


HOSTILE = [
    *('{"id": "x"}', "[]", "1", '"x"', "[" * 3000, '{"rawId": "eA", "clientExtensionResults": 1}'),
    '{"id": "é", "rawId": "é", "type": "public-key", "response": {"userHandle": 1}}',
    '{"id":"eA","rawId":"eA","type":"public-key","response":{"clientDataJSON":"e","attestationObject":"oA"}}',
]


@pytest.mark.parametrize("sent", HOSTILE)
def test_a_passkey_that_no_browser_sends_is_refused_in_words(client, with_app, ada, sent):
    assert (
        client.post("/accounts/two-step/webauthn/login/", {"credential": sent}).status_code == 302
    )
    sign_in(client, with_app)
    answer = client.post("/accounts/two-step/authenticate/", {"credential": sent})
    assert answer.status_code == 200
    assert not is_signed_in(client)

    client.force_login(ada)
    added = client.post("/accounts/two-step/webauthn/add/", {"credential": sent, "name": "x"})
    assert added.status_code == 200
    confirmed = client.post("/accounts/two-step/webauthn/reauthenticate/", {"credential": sent})
    assert confirmed.status_code in (200, 302)
    assert Authenticator.objects.filter(type="webauthn").count() == 0


def test_a_device_is_asked_who_holds_it_also_as_a_second_step(client, ada):
    client.force_login(ada)
    client.get("/accounts/two-step/webauthn/add/")
    state = client.session["mfa.webauthn.state"]

    assert state["user_verification"] == "required"


def test_staff_turn_a_second_step_off_only_after_showing_who_they_are(client, with_app):
    root = factories.make_user(is_staff=True, is_superuser=True)
    client.force_login(root)
    signed_in_long_ago(client)
    chosen = {"action": "remove_second_steps", "_selected_action": [with_app.pk]}

    answer = client.post("/admin/blog/user/", chosen)

    assert answer.url == "/accounts/reauthenticate/?next=%2Fadmin%2Fblog%2Fuser%2F"
    assert Authenticator.objects.filter(user=with_app).exists()


def wrong_codes(person, address, times, client=None):
    """Send wrong codes from an address, with the right password."""
    client = client or Client(REMOTE_ADDR=address)
    sign_in(client, person)
    for _try in range(times):
        answer = client.post("/accounts/two-step/authenticate/", {"code": "000000"})
    return answer.content.decode()


def test_who_knows_the_password_does_not_keep_its_owner_out(with_app):
    assert "Too many tries" in wrong_codes(with_app, "192.0.2.66", 6)

    owner = Client(REMOTE_ADDR="192.0.2.7")
    sign_in(owner, with_app)
    owner.post("/accounts/two-step/authenticate/", {"code": code_now()})

    assert is_signed_in(owner)


def test_codes_are_guessed_no_faster_from_many_addresses_and_a_known_device_passes(with_app):
    owner = Client(REMOTE_ADDR="192.0.2.7")
    sign_in(owner, with_app)
    owner.post("/accounts/two-step/authenticate/", {"code": code_now()})
    owner.post("/accounts/logout/")
    for number in range(10):
        wrong_codes(with_app, f"192.0.2.{100 + number}", 5)

    assert "Too many tries" in wrong_codes(with_app, "192.0.2.200", 1)
    sign_in(owner, with_app)
    owner.post("/accounts/two-step/authenticate/", {"code": code_now(steps=1)})
    assert is_signed_in(owner)
