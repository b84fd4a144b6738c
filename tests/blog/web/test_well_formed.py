"""A NUL anywhere in a request is a 400, on each database, and so is another encoding than UTF-8."""

import pytest
from django.urls import reverse

from tests import factories

NULS = ["\0", "a\0b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\0"]


@pytest.mark.parametrize("name", ["reference_edit", "reference_remove", "reference_accept"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_nul_in_a_path_is_refused(client, ada, course, name, method):
    post = factories.make_draft_post(ada, course)
    client.force_login(ada)
    address = reverse(name, args=[course.slug, post.slug, "KEY"]).replace("KEY", "%00")

    assert getattr(client, method)(address).status_code == 400


@pytest.mark.parametrize("query", ["?q=%00", "?%00=1", "?page=1%002", "?next=/%00"])
@pytest.mark.parametrize("path", ["/", "/join/", "/accounts/login/", "/about/"])
def test_a_nul_in_a_query_is_refused(client, db, path, query):
    assert client.get(path + query).status_code == 400


@pytest.mark.parametrize("value", NULS)
@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "other"])
def test_a_nul_in_a_cookie_is_refused(client, db, name, value):
    client.cookies[name] = value

    for path in ("/", "/me/", "/about/"):
        assert client.get(path).status_code == 400


@pytest.mark.parametrize("key", ["", "-", "x" * 500, "ключ", "a b", "'; drop", "%00", "\ud800"])
def test_an_odd_session_key_is_a_visitor(client, db, key, settings):
    answer = client.get(
        "/about/",
        headers={"cookie": f"sessionid={key}".encode("utf-8", "surrogatepass").decode("latin-1")},
    )

    assert answer.status_code == 200


@pytest.mark.parametrize("field", ["text", "title", "key", "version"])
def test_a_nul_in_a_form_is_refused_in_its_field_and_the_text_given_back(
    client, ada, course, field
):
    client.force_login(ada)
    form = {"title": "Of ties", "text": "Words that took an hour.", "audience": 30}
    form["key"] = "5b8bd5f8-7d4c-4c29-9c0a-0d4ee6aa0d51"

    answer = client.post(
        reverse("post_new", args=[course.slug]), form | {field: "Words that took \0 an hour."}
    )

    assert field in answer.context["form"].errors
    assert "Words that took" in answer.content.decode()


@pytest.mark.parametrize(
    "target", ["abc", "-1", "²", "javascript%3a", "javascript:alert(1)", "a.b", "", "home", "?q=1"]
)
def test_a_next_page_that_is_no_path_leads_to_the_person(client, ada, bob, course, target):
    client.force_login(ada)

    answer = client.post(reverse("follow", args=[course.slug, bob.username]), {"next": target})

    assert answer.url == reverse("person_page", args=[course.slug, bob.username])


PART = b'--BB\r\nContent-Disposition: form-data; name="text"\r\n\r\n%s\r\n--BB--\r\n'
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=BB"


@pytest.mark.parametrize("charset", ["utf-7", "UTF-7", "utf-16-le", "utf-32", "latin-1", "ascii"])
@pytest.mark.parametrize("address", ["/c/x/posts/", "/accounts/login/", "/join/", "/nowhere/"])
def test_what_is_not_in_utf_8_is_refused(client, db, charset, address):
    client.raise_request_exception = False
    headers = {"sec-fetch-site": "same-origin"}
    lone = b"some words +2AA-"  # half a sign, in UTF-7

    answers = [
        client.generic(
            "POST", address, PART % lone, f"{PARTS}; charset={charset}", headers=headers
        ),
        client.generic("POST", address, b"text=a+%2B2AA-", f"{FORM}; charset={charset}"),
        client.generic("GET", f"{address}?q=%2B2AA-", b" ", f"{FORM}; charset={charset}"),
    ]

    assert [answer.status_code for answer in answers] == [400, 400, 400]
    assert "some words" in answers[0].content.decode()


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8", "U8", "nothing", '""'])
@pytest.mark.parametrize("kind", [FORM, PARTS])
def test_utf_8_is_read_by_any_of_its_names(client, db, charset, kind):
    body = b"login=ada" if kind == FORM else PART % b"words"

    answer = client.generic("POST", "/accounts/login/", body, f"{kind}; charset={charset}")

    assert answer.status_code == 200
