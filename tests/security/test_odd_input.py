"""Input that no browser sends never breaks a page."""

import pytest

from tests.long import few_of
from tests.security.support import FORMS, KEYED, address_of, keys_of, make_course_of, parts_of
from tests.written import undone

# What may have been there and is gone leads back to its list.
LED_ON = {"draft_compare", "draft_restore", "pod_delete", "pod_edit", "rubric_delete"}


@pytest.mark.figure
@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_number_beyond_every_key_is_simply_not_there(client, root, figure, number):
    rows = make_course_of(root, "own")
    client.force_login(root)
    numbers = ("pod", "rubric", "comment", "guest", "draft", "work", "grading")
    numbers += ("announcement", "norm", "proposal", "invitation", "roster", "section")
    numbers += ("adoption", "grade", "lms", "message", "intention", "question")
    numbers += ("blog", "connected", "platform", "own", "wordpress")
    keys = keys_of(rows) | dict.fromkeys(numbers, number)
    numbered = [name for name in KEYED if {"pk", "number"} & set(parts_of(name))]

    statuses = {
        name: client.post(address_of(name, keys | {"number": number})).status_code
        for name in numbered
    }

    found = {name: status for name, status in statuses.items() if status not in (403, 404, 405)}
    assert found == dict.fromkeys(LED_ON, 302)
    figure("A number beyond every key is not there", "{requests} requests", requests=len(numbered))


@pytest.mark.slow
@pytest.mark.figure
@pytest.mark.parametrize("odd", few_of(["a\x00b", "9" * 400, "-1"], 3))
def test_odd_value_in_any_field_is_never_a_broken_page(client, root, figure, odd):
    rows = make_course_of(root, "own")
    keys = keys_of(rows) | {"comment": rows["own"].pk}
    client.force_login(root)

    for name, (_model, clean) in FORMS.items():
        form = clean() | {"parent": "", "prompt": "", "revision": "", "version": ""}
        for field in form:
            with undone():
                answer = client.post(address_of(name, keys), form | {field: odd})
                assert answer.status_code < 500, (name, field)
        figure("An odd value in any field breaks no page", "{fields} fields sent", fields=len(form))


@pytest.mark.figure
@pytest.mark.parametrize("odd", ["a\x00b", "9" * 400, "[]", "-1", "1e9"])
def test_odd_value_in_an_address_is_never_a_broken_page(client, root, figure, odd):
    rows = make_course_of(root, "own")
    here, post = rows["course"].slug, rows["post"].slug
    client.force_login(root)
    asked = [
        (f"/c/{here}/posts/", {"page": odd, "prompt": odd}),
        (f"/c/{here}/posts/{post}/", {"undo": odd}),
        (f"/c/{here}/posts/{post}/references/{odd}/".replace("\x00", "%00"), {}),
        (f"/c/{here}/people/student-own/", {"month": odd, "page": odd}),
        (f"/c/{here}/posts/new/", {"prompt": odd}),
        ("/join/", {"code": odd}),
        (f"/join/{odd}/".replace("\x00", "%00"), {}),
        (f"/join/invitations/{odd}/".replace("\x00", "%00"), {}),
        (f"/c/{here}/roster/", {"q": odd, "pod": odd, "section": odd, "state": odd}),
        (f"/c/{here}/gradebook/", {"q": odd, "pod": odd, "prompt": odd, "state": odd}),
        (f"/c/{here}/gradebook/export/", {"prompt": odd, "kind": odd}),
        ("/accounts/login/", {"next": odd}),
    ]

    statuses = {path: client.get(path, query).status_code for path, query in asked}

    assert {path: status for path, status in statuses.items() if status >= 500} == {}
    figure(
        "An odd value in an address breaks no page", "{addresses} addresses", addresses=len(asked)
    )
