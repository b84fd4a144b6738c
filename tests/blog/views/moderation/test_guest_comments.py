"""The moderation page's part about guests, and the entry of comments from elsewhere."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.actions.guest_moderation import publish_guest_comment, refuse_guest_comment
from blog.models import (
    Audience,
    Comment,
    GuestComment,
    GuestComments,
    ModerationCase,
    note_filtering,
    note_objection,
)
from blog.models.guest_comments import decide_guest_comment
from tests import factories
from tests.submitted import fields_of

State, SpamCheck = Comment.State, GuestComment.SpamCheck


@pytest.fixture
def post(ada, course):
    return factories.make_post(ada, course, "Out there", audience=Audience.PUBLIC)


@pytest.fixture
def teacher(client, instructor):
    client.force_login(instructor)
    return client


def version_of_case(comment):
    """Return what the form of a page that is opened now sends as the version of the case."""
    case = ModerationCase.objects.filter(comment=comment).first()
    return case.version if case else 0


def act(client, name, comment, **fields):
    fields = {"version": version_of_case(comment)} | fields
    return client.post(reverse(name, args=["networks", comment.pk]), fields)


def queue_of_page(client):
    """Return what waits of guests, and about which targets decisions and objections are listed."""
    page = client.get(reverse("moderation", args=["networks"])).context
    decided = [event.case.target for event in page["decisions"]]
    return page["guests"].waiting, [entry.target for entry, _forms in page["waiting"]], decided


def test_what_waits_is_listed_oldest_first_and_decided_on(teacher, post):
    first, second = (factories.make_guest_comment(post) for _two in range(2))

    before = queue_of_page(teacher)
    act(teacher, "guest_comment_publish", first)
    act(teacher, "guest_comment_refuse", second, reason="Names a person.")
    after = queue_of_page(teacher)
    undo = reverse("case_undo", args=["networks", f"comment-{first.pk}"])
    answer = teacher.post(undo, {"version": version_of_case(first)})
    case = teacher.get(answer.url).content.decode()

    assert before == ([first, second], [], [])
    assert after == ([], [], [second, first])
    assert queue_of_page(teacher) == ([first], [], [first, second, first])
    assert "Ines Instructor undid the decision." in case
    assert "Publish it" in case


STALE = "Something changed here after you opened this page."


def filter_publishes(comment):
    note_filtering(comment, is_published=True)
    decide_guest_comment(comment, State.OPEN, by=None)


@pytest.mark.parametrize(
    ("name", "meanwhile", "state"),
    [
        ("guest_comment_publish", "refuse", State.HIDDEN),
        ("guest_comment_refuse", "publish", State.OPEN),
        ("guest_comment_refuse", "refuse", State.HIDDEN),
        ("guest_comment_refuse", "filter", State.OPEN),
        ("guest_comment_spam", "publish", State.OPEN),
        ("guest_comment_spam", "refuse", State.HIDDEN),
    ],
)
def test_an_old_page_overrides_no_decision_of_somebody_else(
    teacher, post, assistant, name, meanwhile, state
):
    comment = factories.make_guest_comment(post, spam_check=SpamCheck.HAM, ip="198.51.100.7")
    teacher.get(reverse("moderation", args=["networks"]))
    if meanwhile == "publish":
        publish_guest_comment(comment, by=assistant)
    elif meanwhile == "refuse":
        refuse_guest_comment(comment, by=assistant, reason="Names a person.")
    else:
        filter_publishes(comment)
    before = ModerationCase.objects.get().version

    answer = act(teacher, name, comment, version=0, reason="Sells doors.")

    html = answer.content.decode()
    comment.refresh_from_db()
    assert (answer.status_code, comment.state) == (409, state)
    assert ModerationCase.objects.get().version == before
    assert GuestComment.objects.get().report == GuestComment.Report.NONE
    assert STALE in html
    assert ("Sells doors." in html) is (name == "guest_comment_refuse")
    assert "Names a person." in html or meanwhile != "refuse" or name == "guest_comment_refuse"


def test_a_refusal_that_came_too_late_can_be_sent_again(teacher, post, assistant):
    comment = factories.make_guest_comment(post)
    path = reverse("guest_comment_refuse", args=["networks", comment.pk])
    sent = fields_of(teacher.get(path), "reason") | {"reason": "Sells doors."}
    publish_guest_comment(comment, by=assistant)

    stale = teacher.post(path, sent)
    again = teacher.post(path, fields_of(stale, "reason"))

    assert (stale.status_code, again.status_code) == (409, 302)
    assert GuestComment.objects.get().reason == "Sells doors."


@pytest.mark.parametrize("version", ["", "abc", "-1", "7.5", "9" * 40])
@pytest.mark.parametrize("name", ["publish", "refuse", "spam"])
def test_a_form_without_a_version_is_as_old_as_can_be(teacher, post, name, version):
    comment = factories.make_guest_comment(post)

    answer = act(teacher, f"guest_comment_{name}", comment, version=version, reason="No.")

    comment.refresh_from_db()
    assert (answer.status_code, comment.state) == (409, State.WAITING)


def test_a_second_click_is_no_conflict(teacher, post):
    for name in ("publish", "refuse", "spam"):
        comment = factories.make_guest_comment(post)
        clicks = [
            act(teacher, f"guest_comment_{name}", comment, version=0, reason="No.")
            for _twice in range(2)
        ]

        assert [answer.status_code for answer in clicks] == [302, 302]
        assert version_of_case(comment) == 1


def test_the_navigation_says_that_a_guest_waits(teacher, course, post):
    course.guest_comments = GuestComments.MODERATED
    course.save()
    comment = factories.make_guest_comment(post)

    before = teacher.get(reverse("post_list", args=["networks"])).content.decode()
    act(teacher, "guest_comment_publish", comment)
    after = teacher.get(reverse("post_list", args=["networks"])).content.decode()

    assert '<span class="nav-note">waiting</span>' in before
    assert "nav-note" not in after


def test_an_objection_is_listed_until_it_is_decided(teacher, post, instructor):
    comment = factories.make_guest_comment(
        post,
        state=State.HIDDEN,
        spam_check=SpamCheck.BLATANT,
        decided_at=timezone.now(),
        objected_at=timezone.now(),
    )

    note_objection(comment, "It is no spam.")
    listed = queue_of_page(teacher)
    page = teacher.get(reverse("moderation", args=["networks"])).content.decode()
    act(teacher, "guest_comment_refuse", comment, reason="It is.")

    assert listed == ([], [comment], [])
    assert "It is no spam." in page
    assert queue_of_page(teacher) == ([], [], [comment])


def test_the_case_of_a_guest_says_what_became_of_the_comment(teacher, post):
    comment = factories.make_guest_comment(post)
    path = reverse("case_page", args=["networks", f"comment-{comment.pk}"])

    def state_after(name, **fields):
        act(teacher, name, comment, **fields)
        html = teacher.get(path).content.decode().partition("report stack-s")[2]
        return re.sub(r"<[^>]*>", " ", html.partition("</p>")[0].partition(">")[2]).split()

    waiting = teacher.get(path).content.decode()
    states = [
        state_after("guest_comment_spam"),
        state_after("guest_comment_publish"),
        state_after("guest_comment_refuse", reason="Names a person."),
    ]

    assert "Waits for a decision" in waiting
    assert states == [["Not", "published"], ["Published"], ["Hidden"]]


def test_spam_is_refused_and_said_to_be_spam(teacher, post):
    comment = factories.make_guest_comment(post, spam_check=SpamCheck.HAM, ip="198.51.100.7")

    act(teacher, "guest_comment_spam", comment)

    comment.refresh_from_db()
    assert comment.state == State.HIDDEN
    assert GuestComment.objects.get().report == GuestComment.Report.SPAM


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"spam_check": SpamCheck.SPAM}, "thinks this is spam"),
        ({"spam_check": SpamCheck.HAM}, "finds no spam"),
        ({"spam_check": SpamCheck.DUE, "due_at": timezone.now()}, "has not checked this yet"),
        (
            {"spam_check": SpamCheck.DUE, "due_at": timezone.now(), "failures": 2},
            "has not responded yet",
        ),
    ],
    ids=["spam", "ham", "due", "no response"],
)
def test_the_page_says_what_the_filter_thinks(teacher, post, fields, words):
    factories.make_guest_comment(post, **fields)

    assert words in teacher.get(reverse("moderation", args=["networks"])).content.decode()


def test_a_refusal_asks_for_a_reason_and_gives_a_long_one_back(teacher, post):
    comment = factories.make_guest_comment(post)
    path = reverse("guest_comment_refuse", args=["networks", comment.pk])

    asked = teacher.get(path)
    refused = teacher.post(path, {"reason": "x" * 501})
    without = teacher.post(path, {"reason": " "})

    assert "A guest's thought." in asked.content.decode()
    assert (refused.status_code, without.status_code) == (422, 422)
    assert "Write why. The guest reads this." in without.content.decode()
    assert fields_of(refused, "reason")["reason"].strip() == "x" * 501


def test_the_page_costs_the_same_at_one_and_three(
    teacher, django_assert_num_queries, post, bob, instructor
):
    def add():
        parent = factories.make_comment(bob, post, audience=Comment.Audience.EVERYONE)
        comment = factories.make_guest_comment(post)
        Comment.objects.filter(pk=comment.pk).update(parent=parent)
        publish_guest_comment(factories.make_guest_comment(post), by=instructor)

    add()
    with django_assert_num_queries(7):
        teacher.get(reverse("moderation", args=["networks"]))
    add()
    add()
    with django_assert_num_queries(7):
        teacher.get(reverse("moderation", args=["networks"]))


def test_the_page_is_bounded_and_says_that_more_wait(teacher, post, monkeypatch):
    monkeypatch.setattr("blog.queries.waiting_guests.SHOWN", 2)
    comments = [factories.make_guest_comment(post) for _each in range(3)]
    path = reverse("moderation", args=["networks"])

    page = teacher.get(path)

    assert page.context["guests"].waiting == comments[:2]
    assert "More comments by guests are waiting." in page.content.decode()
    Comment.objects.filter(pk=comments[0].pk).update(state=State.OPEN)
    assert "More comments by guests are waiting." not in teacher.get(path).content.decode()


def comments_of_seed(text):
    """Return the four comments of the second seed: day, name, text."""
    found = []
    body = text.partition("\n  1. ")[2].partition("\nLeave a Reply")[0]
    for piece in re.split(r"\n  \d\. ", f"\n  1. {body}")[1:]:
        lines = [line.strip() for line in piece.strip().splitlines()]
        said = re.fullmatch(r"(.*) said:", lines[0])
        words = lines[1 if said else 0 : -1]
        found.append((lines[-1], said[1] if said else "", "\n".join(words).strip()))
    return found


def test_the_comments_of_a_real_page_are_entered_with_their_days(teacher, client, post, real_data):
    [seed] = (real_data / "seeds").glob("004_*")
    path = reverse("guest_comment_import", args=["networks", post.slug])
    comments = comments_of_seed(seed.read_text())
    days = {"February 23, 2009": "2009-02-23", "February 25, 2009": "2009-02-25"}

    for day, name, text in comments:
        fields = fields_of(teacher.get(path), "day")
        sent = fields | {"day": days[day], "name": name, "text": text}
        assert teacher.post(path, sent).status_code == 302

    client.logout()
    page = client.get(reverse("post_public", args=[post.pk, post.slug])).content.decode()
    assert re.findall(r'<span class="name p-author h-card">(.*?)</span>', page) == [
        "Anonymous guest",
        "Steve Dale",
        "Anonymous guest",
        "Steve Dale",
    ]
    assert re.findall(r'datetime="(2009-.*?)">(.*?)</time>', page) == [
        ("2009-02-23", "Mon 23 Feb 2009"),
        ("2009-02-23", "Mon 23 Feb 2009"),
        ("2009-02-25", "Wed 25 Feb 2009"),
        ("2009-02-25", "Wed 25 Feb 2009"),
    ]
    assert page.count("<p dir=") >= sum(text.count("\n\n") for _day, _name, text in comments)


def test_an_imported_comment_sent_twice_is_one(teacher, post):
    path = reverse("guest_comment_import", args=["networks", post.slug])
    sent = fields_of(teacher.get(path), "day") | {"day": "2009-02-23", "text": "One."}

    statuses = [teacher.post(path, sent).status_code for _twice in range(2)]

    assert statuses == [302, 302]
    assert Comment.objects.count() == 1


def test_a_day_that_has_not_come_is_refused_at_its_field(teacher, post):
    path = reverse("guest_comment_import", args=["networks", post.slug])
    sent = fields_of(teacher.get(path), "day") | {"day": "2199-02-23", "text": "One."}

    response = teacher.post(path, sent)

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "day": ["This day is in the future. Choose today or an earlier day."]
    }


def test_a_comment_by_a_member_is_not_decided_on_here(teacher, post, bob):
    comment = factories.make_comment(bob, post)

    assert act(teacher, "guest_comment_publish", comment).status_code == 404
