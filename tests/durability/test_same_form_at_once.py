"""The same form, sent twenty times at the same moment: one row, and everybody gets its answer."""

import http.client
import threading
from contextlib import closing
from urllib.parse import urlencode

import pytest

from blog.models.invitations import signer
from tests import factories
from tests.benchmarks.measured_course import cookie_of
from tests.benchmarks.visits import HEADERS, TOKEN
from tests.durability.writers import PATIENCE, Form, Writer

TIMES = 20

pytestmark = pytest.mark.slow
ROWS = {
    "comment": "SELECT count(*) FROM blog_comment WHERE text LIKE 'mark-0-0-%'",
    "post": "SELECT count(*) FROM blog_revision WHERE title LIKE 'post-mark-0-0-%'",
    "follow": "SELECT count(*) FROM network_follow",
    "grade": "SELECT count(*) FROM blog_grading WHERE text LIKE 'grade-0-%'",
    "invitation": "SELECT count(*) FROM blog_membership JOIN blog_user ON user_id = blog_user.id "
    "WHERE email = 'nia@example.edu'",
    "sign-up": "SELECT count(*) FROM blog_user WHERE email = 'new@example.edu'",
}


@pytest.fixture
def invited(class_of_writers, course, instructor, place_of_course, monkeypatch):
    """Return somebody who is signed in, and invited to the course."""
    person = factories.make_user("Nia New", email="nia@example.edu")
    invitation = factories.make_invitation(course, instructor, person.email)
    # Which was made when the module was loaded, with the key of the tests.
    monkeypatch.setattr(signer, "key", place_of_course.environment["SECRET_KEY"])
    with place_of_course.signing():
        form = Form("invitation", invitation.path, {}, "")
        return Writer(17, person.pk, cookie_of(person), iter([form]))


@pytest.fixture
def senders(invited, writers):
    """Return the sender of each form; a visitor creates an account."""
    sign_up = {
        "email": "new@example.edu",
        "display_name": "Nils New",
        "password1": factories.PASSWORD,
        "time_zone": "UTC",
    }
    visitor = Writer(18, 0, f"__Host-csrftoken={TOKEN}", None)
    visitor.forms = iter([Form("sign-up", "/accounts/signup/", sign_up, "")])
    student, grader = writers[0], writers[-1]
    found = {}
    for kind in ("comment", "post", "follow"):
        found[kind] = student, next(form for form in student.forms if form.kind == kind)
    for kind, one in (("grade", grader), ("invitation", invited), ("sign-up", visitor)):
        found[kind] = one, next(one.forms)
    return found


def send_at_once(port: int, writer: Writer, form: Form) -> set[tuple[int, str]]:
    """Send a form over many connections at the same moment; return the different answers."""
    answers, gate = [], threading.Barrier(TIMES)

    def send(number: int) -> None:
        fields = form.fields | {"csrfmiddlewaretoken": TOKEN}
        if writer.pk:
            fields["writer"] = writer.pk
        headers = HEADERS | {
            "Cookie": writer.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"192.0.2.{number + 1}",
        }
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as line:
            line.connect()
            gate.wait(PATIENCE)
            line.request("POST", form.path, urlencode(fields), headers)
            answer = line.getresponse()
            answer.read()
            answers.append((answer.status, answer.headers.get("Location", "")))

    threads = [threading.Thread(target=send, args=(number,)) for number in range(TIMES)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == TIMES
    return set(answers)


@pytest.mark.figure
def test_a_form_sent_many_times_at_once_is_one_row_and_one_answer(place_of_course, senders, figure):
    port = place_of_course.start().port

    answers = {kind: send_at_once(port, writer, form) for kind, (writer, form) in senders.items()}

    assert {kind: len(found) for kind, found in answers.items()} == dict.fromkeys(answers, 1)
    assert {kind: place_of_course.rows(ROWS[kind]) for kind in answers} == {
        kind: [(1,)] for kind in answers
    }
    assert {status for found in answers.values() for status, _to in found} == {302}
    place_of_course.assert_sound()
    figure(
        "A form that is sent many times at once",
        f"{len(answers)} forms, {TIMES} times each at the same moment: one row, one answer",
    )
