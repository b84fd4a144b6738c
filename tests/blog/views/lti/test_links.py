"""Deep Linking: prompts are picked inside the LMS, which gets links to them."""

import re

import jwt
import pytest
from django.test import Client

from blog.lti.names import CLAIM, DL_CLAIM
from blog.lti.tokens import public_jwk
from blog.models import PlatformAccount, Prompt, ToolKey
from tests import factories

pytestmark = pytest.mark.django_db
ORIGIN = {"origin": "http://testserver", "sec-fetch-dest": "iframe"}


@pytest.fixture
def prompts(course, connected):
    rubric = factories.make_rubric(course)
    return [
        factories.make_prompt(course, title="Ties", rubric=rubric),
        factories.make_prompt(course, title="Pods"),
    ]


def pick(lms, client, **settings):
    """Begin to pick as the instructor; return the page and the secret of its form."""
    page = lms.teach(client, frame=True, **lms.deep_linking(**settings))
    found = re.search(r'name="launch" value="([^"]+)"', page.content.decode())
    return page, found and found[1]


def read_jwt(page):
    token = re.search(r'name="JWT" value="([^"]+)"', page.content.decode())[1]
    key = jwt.PyJWK(public_jwk(ToolKey.objects.get().signing_key())).key
    return jwt.decode(token, key, algorithms=["RS256"], options={"verify_aud": False})


def test_prompt_of_before_gets_a_name_with_its_first_link(client, lms, prompts):
    """It keeps that one: links of before go on leading to it."""
    Prompt.objects.update(link_name="")
    names = []
    for _time in range(2):
        _page, secret = pick(lms, client)
        answer = client.post(
            "/lti/pick/", {"launch": secret, "prompts": [prompts[0].pk]}, headers=ORIGIN
        )
        [item] = read_jwt(answer)[f"{DL_CLAIM}content_items"]
        names.append(item["custom"]["prompt"])

    prompts[0].refresh_from_db()
    prompts[1].refresh_from_db()
    assert names == [prompts[0].link_name] * 2
    assert names[0] != ""
    assert prompts[1].link_name == ""


def test_instructor_picks_prompts_in_the_frame(client, lms, prompts):
    page, secret = pick(lms, client)

    answer = client.post(
        "/lti/pick/", {"launch": secret, "prompts": [p.pk for p in prompts]}, headers=ORIGIN
    )

    assert "Ties" in page.content.decode()
    message = read_jwt(answer)
    items = message[f"{DL_CLAIM}content_items"]
    assert [(item["title"], item["custom"]) for item in items] == [
        ("Ties", {"prompt": prompts[0].link_name}),
        ("Pods", {"prompt": prompts[1].link_name}),
    ]
    points = float(prompts[0].rubric.highest_points)
    assert items[0]["lineItem"] == {
        "label": "Ties",
        "scoreMaximum": points,
        "resourceId": f"prompt-{prompts[0].pk}",
        "tag": "post",
    }
    assert "lineItem" not in items[1]
    assert message[f"{DL_CLAIM}data"] == "kept by the LMS"
    assert message["aud"] == lms.url
    assert message[f"{CLAIM}deployment_id"] == "deployment-1"
    assert f'action="{lms.url}/picked"' in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert f"form-action 'self' {lms.url}" in policy
    assert f"frame-ancestors {lms.url}" in policy
    assert "_auth_user_id" not in client.session


def test_lms_that_takes_one_link_is_offered_one(client, lms, prompts):
    page, secret = pick(lms, client, accept_multiple=False)

    several = client.post(
        "/lti/pick/", {"launch": secret, "prompts": [prompts[0].pk, prompts[1].pk]}, headers=ORIGIN
    )

    assert 'type="radio"' in page.content.decode()
    assert len(read_jwt(several)[f"{DL_CLAIM}content_items"]) == 1


def test_nothing_picked_is_asked_again(client, lms, prompts):
    _page, secret = pick(lms, client)

    answer = client.post("/lti/pick/", {"launch": secret}, headers=ORIGIN)

    assert answer.status_code == 422
    assert "Choose a prompt." in answer.content.decode()


def test_prompt_of_another_course_cannot_be_picked(client, lms, prompts, eve):
    other = factories.make_prompt(factories.make_course("other", instructor=eve))
    _page, secret = pick(lms, client)

    answer = client.post("/lti/pick/", {"launch": secret, "prompts": other.pk}, headers=ORIGIN)

    assert answer.status_code == 422


def test_students_pick_nothing(client, lms, prompts, ada):
    PlatformAccount.objects.create(issuer=lms.url, subject="s-1", user=ada)
    said = lms.deep_linking() | {f"{CLAIM}roles": ["Learner"]}

    page = lms.launch(client, frame=True, **said)

    content = page.content.decode()
    assert "Only someone who teaches this course in Campus LMS can pick prompts." in content
    assert "Ties" not in content
    assert "Open in a new tab" not in content


def test_teacher_who_is_nobody_here_yet_opens_the_course_first(client, lms, prompts):
    said = lms.deep_linking() | {"sub": "t-2"}

    page = lms.launch(client, frame=True, **said)

    content = page.content.decode()
    assert "You can pick prompts once you teach the course on this site too." in content
    assert "Ties" not in content
    assert 'action="/lti/enter/"' in content


def test_course_is_connected_first(client, lms, platform):
    page, _secret = pick(lms, client)

    assert "Connect your course first" in page.content.decode()
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("is_same_browser", "origin"), [(False, "http://testserver"), (True, "https://evil.example")]
)
def test_form_of_somebody_else_is_refused(client, lms, prompts, is_same_browser, origin):
    _page, secret = pick(lms, client)
    browser = client if is_same_browser else Client()

    answer = browser.post(
        "/lti/pick/", {"launch": secret, "prompts": prompts[0].pk}, headers={"origin": origin}
    )

    assert answer.status_code == 403
