"""The whole round with Open edX as the LMS: sign-in, people, links, grades out and back."""

import http.client
import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from blog.actions.posts import publish_post
from blog.actions.releases import release_prompt, take_back_release
from blog.models import (
    Audience,
    Membership,
    Platform,
    PlatformAccount,
    PlatformCourse,
    RosterImport,
    User,
    notice_version,
)
from blog.tasks import send_due_scores
from tests import factories
from tests.lms import go_on_as_new
from tests.lti_consumer.running import LOCAL

# The only one that plays an LMS which is none of ours: tried at each commit.
pytestmark = [pytest.mark.slow, pytest.mark.whole]


def launch(open_edx, client, person, **query):
    """Go the whole way of a launch in a client, with both halves of Open edX; return its end."""
    deep = "&deep=1" if query.get("deep") else ""
    to = location(open_edx, f"/start?person={person}{deep}")
    asked = client.get(f"{to.path}?{to.query}")
    back = urlsplit(asked["Location"])
    form = open_edx.fetch(f"{back.path}?{back.query}")
    headers = {"sec-fetch-dest": "iframe"} if deep else {}
    answer = client.post("/lti/launch/", form, headers=headers)
    return go_on_as_new(client, answer)


def location(open_edx, path):
    """Return where an address of Open edX leads, without going there."""
    parts = urlsplit(open_edx.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    assert answer.status == 302, answer.read()
    return urlsplit(answer.headers["Location"])


def accept_notice(email):
    User.objects.filter(email=email).update(notice_version=notice_version())
    return User.objects.get(email=email)


def test_whole_round(open_edx, transactional_db):
    tess = factories.make_user("Tess Teacher", email="tess@example.edu")
    course = factories.make_course("networks", instructor=tess)
    rubric = factories.make_rubric(course)
    prompt = factories.make_prompt(course, rubric=rubric, comments_rubric=rubric)
    teacher, student = Client(), Client()

    # The teacher has an account here: she connects it, and then the course.
    who = launch(open_edx, teacher, "edx-teacher")
    address = re.search(r"/lti/connect/[^/\"]+/", who.content.decode())[0]
    teacher.force_login(tess)
    choose = teacher.post(address)["Location"]
    teacher.post(choose, {"course": course.slug})
    connected = PlatformCourse.objects.get()
    assert (connected.course, connected.title) == (course, "Networks at Open edX")

    # She picks a prompt inside the LMS, which checks what we sign.
    picker = Client()
    page = launch(open_edx, picker, "edx-teacher", deep=True)
    secret = re.search(r'name="launch" value="([^"]+)"', page.content.decode())[1]
    picked = picker.post(
        "/lti/pick/",
        {"launch": secret, "prompts": prompt.pk},
        headers={"origin": "http://testserver"},
    ).content.decode()
    token = re.search(r'name="JWT" value="([^"]+)"', picked)[1]
    LOCAL.open(f"{open_edx.url}/picked", data=f"JWT={token}".encode(), timeout=20).close()
    [link] = open_edx.told()["links"]
    assert (link["title"], link["custom"]) == (prompt.title, {"prompt": prompt.link_name})

    # A student comes by that link: in, a member, at the prompt.
    answer = launch(open_edx, student, "edx-student")
    assert answer["Location"] == reverse("prompt_page", args=[course.slug, prompt.number])
    sam = accept_notice("sam@example.edu")
    assert Membership.objects.get(course=course, user=sam).role == "student"

    # The roster of the LMS knows one more.
    teacher.post(reverse("connected_course_roster", args=[course.slug, connected.pk]))
    preview = teacher.get(
        reverse("roster_import", args=[course.slug, RosterImport.objects.get().pk])
    ).content.decode()
    assert "lara@example.edu" in preview

    # Sam publishes, is graded, and the grades are released; then the release is taken back.
    teacher.post(reverse("connected_course_grades_start", args=[course.slug, connected.pk]))
    post = factories.make_draft_post(sam, course, "Of ties", prompt=prompt)
    publish_post(post, by=sam, title="Of ties", text="They bind.", audience=Audience.COURSE)
    factories.make_grading(post, tess, level=3)
    factories.make_comments_grading(prompt, sam, tess, level=2)
    assert send_due_scores() == 1
    [(_number, first)] = open_edx.told()["scores"]
    assert "scoreGiven" not in first
    assert first["submission"]["submittedAt"] == post.published_at.isoformat(
        timespec="milliseconds"
    )

    released_at = release_prompt(prompt, by=tess)[0].released_at
    assert send_due_scores() == 2
    take_back_release(prompt, released_at, by=tess)
    assert send_due_scores() == 2

    told = open_edx.told()
    assert told["refused"] == []
    columns = {item["id"].split("/")[-1]: item["tag"] for item in told["line_items"]}
    assert sorted(columns.values()) == ["comments", "post"]
    assert {item["resourceId"] for item in told["line_items"]} == {f"prompt-{prompt.pk}"}
    assert {score["userId"] for _number, score in told["scores"]} == {"edx-student"}
    steps = {
        tag: [
            (score.get("scoreGiven"), score.get("scoreMaximum"), score["gradingProgress"])
            for number, score in told["scores"]
            if columns[number] == tag
        ]
        for tag in ("post", "comments")
    }
    highest = float(rubric.highest_points)
    assert steps == {
        "post": [
            (None, None, "PendingManual"),
            (6.0, highest, "FullyGraded"),
            (None, None, "NotReady"),
        ],
        "comments": [(4.0, highest, "FullyGraded"), (None, None, "NotReady")],
    }


def test_launch_with_another_key_is_refused(open_edx, transactional_db):
    """Their message, and the keys of another: as if somebody else had signed it."""
    Platform.objects.update(jwks_url=f"{open_edx.url}/jwks-of-another")

    answer = launch(open_edx, Client(), "edx-student")

    assert answer.status_code == 403
    assert "We cannot tell whether this message comes from your LMS." in answer.content.decode()
    assert not PlatformAccount.objects.exists()
