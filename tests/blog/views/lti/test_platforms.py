"""Site staff keep the registrations of LMSs; an LMS registers itself by a link."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.lti.registration import CANVAS_ADDRESSES
from blog.models import AuditEvent, Platform, RegistrationLink, ToolKey, current_key
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client, db):
    person = factories.make_user("Stella Staff", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="change_platform"))
    client.force_login(person)
    return client


FIELDS = {
    "name": "Moodle",
    "kind": "moodle",
    "issuer": "https://moodle.example.edu",
    "client_id": "c-1",
    "deployments": "1\n2\n",
    "auth_url": "https://moodle.example.edu/mod/lti/auth.php",
    "token_url": "https://moodle.example.edu/mod/lti/token.php",
    "jwks_url": "https://moodle.example.edu/mod/lti/certs.php",
    "audience": "",
    "is_on": "on",
}


def sent(page, **changes):
    """Return the fields of a form with what the page had hidden in it."""
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode()))
    return FIELDS | {k: v for k, v in hidden.items() if k != "csrfmiddlewaretoken"} | changes


def test_lms_is_added_and_changed(staff):
    new = reverse("platform_new")

    staff.post(new, sent(staff.get(new)))

    platform = Platform.objects.get()
    assert [one.deployment_id for one in platform.deployments.all()] == ["1", "2"]
    assert (platform.is_on, platform.trusts_email) == (True, False)
    assert ToolKey.objects.count() == 1

    edit = reverse("platform_edit", args=[platform.pk])
    staff.post(edit, sent(staff.get(edit), deployments="2\n3", trusts_email="on"))

    platform.refresh_from_db()
    assert [one.deployment_id for one in platform.deployments.all()] == ["2", "3"]
    assert platform.trusts_email
    assert list(
        AuditEvent.objects.filter(action__startswith="platform").values_list("action", flat=True)
    ) == ["platform_changed", "platform_added"]
    assert "Moodle" in staff.get(reverse("platform_list")).content.decode()


def test_lms_that_lets_nobody_in_is_told_until_it_is_changed(staff):
    new, said = reverse("platform_new"), "does not let this site in: no grades go there"
    staff.post(new, sent(staff.get(new)))
    Platform.objects.update(denied_at=timezone.now())
    assert said in staff.get(reverse("platform_list")).text

    edit = reverse("platform_edit", args=[Platform.objects.get().pk])
    staff.post(edit, sent(staff.get(edit)))

    assert said not in staff.get(reverse("platform_list")).text


def test_addresses_are_there_to_copy(staff):
    """Ours, and those of Canvas: the documentation has the same."""
    guide = (settings.BASE_DIR / "docs" / "lms.md").read_text()
    copied = re.compile(r'data-copy-text="([^"]+)"')

    shown = copied.findall(staff.get(reverse("platform_new")).text)

    assert shown[:4] == copied.findall(staff.get(reverse("platform_list")).text)
    assert shown[4:] == list(CANVAS_ADDRESSES.values())
    assert [one for one in CANVAS_ADDRESSES.values() if f"`{one}`" not in guide] == []


def test_product_has_a_label_of_its_own(staff):
    labels = re.findall(r"<label[^>]*>\s*([^<*]+?)\s*<", staff.get(reverse("platform_new")).text)

    assert "Which LMS" in labels
    assert "LMS" not in labels


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"token_url": "http://moodle.example.edu/token"}, "begins with https://"),
        ({"jwks_url": "https://user:pass@moodle.example.edu/x"}, "begins with https://"),
        ({"deployments": " \n "}, "at least one deployment"),
        ({"deployments": "x" * 300}, "not a list of deployment"),
    ],
)
def test_bad_registration_is_told_in_place(staff, changes, said):
    new = reverse("platform_new")

    answer = staff.post(new, sent(staff.get(new), **changes))

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Platform.objects.exists()


def test_second_registration_of_a_client_is_refused(staff):
    new = reverse("platform_new")
    staff.post(new, sent(staff.get(new)))

    answer = staff.post(new, sent(staff.get(new)))

    assert answer.status_code == 422
    assert "This LMS is here already" in answer.content.decode()


def test_deployment_in_use_stays(staff, lms, connected):
    platform = Platform.objects.get()
    edit = reverse("platform_edit", args=[platform.pk])

    answer = staff.post(
        edit,
        sent(
            staff.get(edit),
            issuer=lms.url,
            client_id=lms.client_id,
            auth_url=platform.auth_url,
            token_url=platform.token_url,
            jwks_url=platform.jwks_url,
            deployments="another",
        ),
    )

    assert "Courses are connected through the deployment deployment-1" in answer.content.decode()
    assert platform.deployments.get().deployment_id == "deployment-1"


OTHER_KEYS = "https://elsewhere.example.edu/keys"


def test_issuer_that_is_here_with_other_keys_is_refused_in_place(staff):
    new = reverse("platform_new")
    staff.post(new, sent(staff.get(new)))

    answer = staff.post(new, sent(staff.get(new), client_id="c-2", jwks_url=OTHER_KEYS))
    same_keys = staff.post(new, sent(staff.get(new), client_id="c-3"))

    assert answer.status_code == 422
    assert "“Moodle” has the same issuer, but a different" in answer.content.decode()
    assert f'value="{OTHER_KEYS}"' in answer.content.decode()
    assert same_keys.status_code == 302
    assert sorted(Platform.objects.values_list("client_id", flat=True)) == ["c-1", "c-3"]


def test_issuer_with_other_keys_is_refused_once_it_is_turned_on(staff, lms):
    one = lms.register()
    other = lms.register(client_id="c-2", jwks_url=OTHER_KEYS, is_on=False)
    edit = reverse("platform_edit", args=[other.pk])
    theirs = {name: getattr(other, name) for name in ("name", "issuer", "client_id", "jwks_url")}
    theirs |= {"auth_url": other.auth_url, "token_url": other.token_url, "deployments": "1"}

    refused = staff.post(edit, sent(staff.get(edit), **theirs))
    one.is_on = False
    one.save()
    saved = staff.post(edit, sent(staff.get(edit), **theirs))

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert "has the same issuer, but a different address for its keys" in refused.content.decode()
    assert list(Platform.objects.on()) == [other]


def renew_key(client):
    """Make a new key, by now the second one; return both."""
    ToolKey.objects.update(created_at=timezone.now() - timedelta(days=30))
    client.post(reverse("tool_key_renew"))
    return ToolKey.objects.order_by("pk")


def kids(client):
    return [key["kid"] for key in client.get("/lti/jwks.json").json()["keys"]]


def test_key_is_renewed_and_the_old_one_shown_for_a_while(staff, lms, platform, monkeypatch):
    """LMSs keep our keys for a while: the old one signs on for a day, and is shown for a week."""
    old, new = renew_key(staff)
    now = timezone.now()

    days = {}
    for day in (0, 2, 7, 9):
        later = now + timedelta(days=day)
        monkeypatch.setattr(timezone, "now", lambda later=later: later)
        days[day] = current_key().kid, kids(Client())

    assert days == {
        0: (old.kid, [old.kid, new.kid]),
        2: (new.kid, [old.kid, new.kid]),
        7: (new.kid, [old.kid, new.kid]),
        9: (new.kid, [new.kid]),
    }


def test_second_click_makes_no_third_key(staff, lms, platform):
    renew_key(staff)
    staff.post(reverse("tool_key_renew"))

    assert ToolKey.objects.count() == 2
    assert AuditEvent.objects.filter(action="tool_key_made").count() == 1


def test_key_is_read_by_an_older_secret_of_the_site(staff, lms, platform, settings):
    kid = current_key().kid
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one"

    assert current_key().kid == kid

    settings.SECRET_KEY_FALLBACKS = []
    assert current_key().kid != kid


def registration_path(staff):
    page = staff.post(reverse("registration_link_create")).content.decode()
    return re.search(r"/lti/register/[^/<]+/", page)[0]


def test_lms_registers_itself_once_and_is_off_until_staff_look(staff, client, lms):
    path = registration_path(staff)
    query = f"?openid_configuration={lms.url}/openid-configuration&registration_token=secret"
    client.logout()
    origin = {"origin": "http://testserver"}

    page = client.get(path + query)
    done = client.post(path + query, headers=origin)
    again = client.post(path + query, headers=origin)

    assert f"frame-ancestors {lms.url}" in page["Content-Security-Policy"]
    assert "close-frame.js" in done.content.decode()
    assert again.status_code == 404
    platform = Platform.objects.get()
    assert (platform.issuer, platform.client_id, platform.kind, platform.is_on) == (
        lms.url,
        "registered-1",
        "moodle",
        False,
    )
    assert platform.deployments.get().deployment_id == "9"
    assert lms.registered[0]["initiate_login_uri"].endswith("/lti/login/")
    assert RegistrationLink.objects.get().used_at is not None


@pytest.mark.parametrize(
    "url", ["https://evil.example; script-src 'unsafe-inline' */x", "https://*/x"]
)
def test_address_of_an_lms_adds_no_rule_to_the_policy(staff, url):
    page = staff.get(registration_path(staff), {"openid_configuration": url})

    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "unsafe-inline" not in page["Content-Security-Policy"]


def test_lms_that_answers_nonsense_is_not_stored(staff, lms):
    path = registration_path(staff)
    query = f"?openid_configuration={lms.url}/nowhere"

    answer = staff.post(path + query, headers={"origin": "http://testserver"})

    assert answer.status_code == 422
    assert not Platform.objects.exists()
    assert RegistrationLink.objects.usable().exists()


def test_lms_in_a_private_network_is_not_asked(staff, db):
    path = registration_path(staff)
    query = "?openid_configuration=https://10.1.2.3/openid-configuration"

    answer = staff.post(path + query, headers={"origin": "http://testserver"})

    assert answer.status_code == 422
    assert "The LMS is on a private network" in answer.content.decode()


def test_registration_needs_a_link(client, db):
    assert client.get("/lti/register/made-up/").status_code == 404


def test_canvas_reads_our_configuration(client, db):
    answer = client.get("/lti/config/canvas.json").json()

    assert answer["oidc_initiation_url"].endswith("/lti/login/")


@pytest.mark.parametrize("name", ["platform_list", "platform_new"])
def test_others_see_nothing_of_it(client, instructor, name):
    client.force_login(instructor)

    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same(staff, count, django_assert_num_queries):
    for number in range(count):
        Platform.objects.create(name=f"LMS {number}", issuer=f"https://{number}.example")

    with django_assert_num_queries(7):
        staff.get(reverse("platform_list"))
