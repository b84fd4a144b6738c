"""Answers to an open page's script about its words."""

import uuid
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.actions.drafts import save_draft
from blog.exceptions import Refused
from blog.models import Audience, AuditEvent, Draft, OutboxMessage, Post, PostTarget, Revision
from blog.models.drafts import PACE, PACED_SAVES
from blog.views.editor.autosave import BEGINNINGS
from tests import factories
from tests.blog.views.editor.buttons import button
from tests.submitted import fields_of

HERE, THERE = str(uuid.UUID(int=1)), str(uuid.UUID(int=2))


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def post(ada, course):
    return factories.make_draft_post(ada, course, "T", "begun")


@pytest.fixture
def bobs_post(bob, course):
    return factories.make_post(bob, course)


@pytest.fixture
def signed_in(client, ada):
    client.force_login(ada)
    return client


def brought(writer, text, *, tab=HERE, seq=1, version="0.1", **more):
    """Return the data that a page sends when it saves by itself."""
    return {
        "writer": writer.pk,
        "tab": tab,
        "seq": seq,
        "version": version,
        "title": "T",
        "text": text,
        "audience": Audience.COURSE,
        **more,
    }


def saving(post):
    return reverse("draft_save", args=[post.course.slug, post.slug])


def beginning(course):
    return reverse("draft_start", args=[course.slug])


def commenting(post):
    return reverse("comment_draft_save", args=[post.course.slug, post.slug])


def comparing(draft, course):
    return reverse("draft_compare", args=[course.slug, draft.pk])


def texts():
    """Return the draft, its conflict copies, and what is archived."""
    drafts = Draft.objects.order_by("is_conflict_copy", "archived_at", "pk")
    return list(drafts.values_list("text", flat=True))


# Saving


def test_a_save_tells_the_next_version_and_says_when(signed_in, ada, post):
    response = signed_in.post(saving(post), brought(ada, "gone on"))

    told = response.json()
    assert (response.status_code, told["version"], told["place"]) == (200, "0.2", f"post {post.pk}")
    assert told["said"].startswith("Saved ")
    assert (told["save"], told["address"]) == (
        saving(post),
        reverse("post_edit", args=[post.course.slug, post.slug]),
    )
    assert texts() == ["gone on"]


@pytest.mark.parametrize(
    ("zone", "words"), [("UTC", "Saved 09:30"), ("Asia/Tokyo", "Saved 21:30 your time")]
)
def test_a_save_is_told_in_the_writers_own_time(
    signed_in, ada, course, post, zone, words, monkeypatch
):
    course.time_zone, ada.time_zone = "America/Sao_Paulo", zone
    course.save()
    ada.save()
    noon = timezone.now().replace(hour=12, minute=30)
    monkeypatch.setattr(timezone, "now", lambda: noon)

    told = signed_in.post(saving(post), brought(ada, "gone on")).json()

    assert (told["said"], told["brief"]) == (words, words.removesuffix(" your time"))


def test_a_conflict_names_the_other_version_in_the_writers_own_time(signed_in, ada, post):
    ada.time_zone = "Asia/Tokyo"
    ada.save()
    signed_in.post(saving(post), brought(ada, "gone on"))

    told = signed_in.post(saving(post), brought(ada, "elsewhere", tab=str(uuid.uuid4()))).json()

    moment = timezone.localtime(Draft.objects.current().get().updated_at, ZoneInfo(ada.time_zone))
    assert f"Keep the version from {moment:%H:%M} your time" in told["conflict"]
    assert told["brief"] == told["said"].replace("Both versions saved,", "Saved").removesuffix(
        " your time"
    )


def test_saving_publishes_nothing_mails_nothing_and_moves_no_date(signed_in, ada, course):
    post = factories.make_post(ada, course, "T", "published")
    before = list(Post.objects.values()), list(Revision.objects.values())

    signed_in.post(
        saving(post), brought(ada, "typed", version=f"{post.publication}.0", action="publish")
    )

    assert texts() == ["typed"]
    assert (list(Post.objects.values()), list(Revision.objects.values())) == before
    assert (AuditEvent.objects.count(), OutboxMessage.objects.count(), mail.outbox) == (0, 0, [])


def test_the_first_words_make_one_post_however_often_they_arrive(signed_in, ada, course, prompt):
    key = str(uuid.uuid4())
    first = brought(ada, "one", key=key, prompt=prompt.number, version="")

    told = [
        signed_in.post(beginning(course), first).json(),
        signed_in.post(beginning(course), {**first, "text": "one two", "seq": 2}).json(),
    ]

    post = Post.objects.get()
    assert (post.prompt, post.status) == (prompt, "draft")
    assert [answer["save"] for answer in told] == [saving(post)] * 2
    assert texts() == ["one two"]


def test_a_post_started_in_two_tabs_keeps_both_texts(signed_in, ada, course, prompt):
    post = factories.make_draft_post(ada, course, "T", "in the first", prompt=prompt)
    words = brought(
        ada, "in the second", key=str(uuid.uuid4()), prompt=prompt.number, version="", tab=THERE
    )

    response = signed_in.post(beginning(course), words)

    told = response.json()
    assert (response.status_code, told["save"]) == (409, saving(post))
    assert texts() == ["in the first", "in the second"]

    signed_in.post(told["save"], words | {"text": "more", "seq": 2, "version": told["version"]})

    assert texts() == ["in the first", "more"]


def test_a_stale_save_is_kept_beside_the_draft_and_brings_the_banner(signed_in, ada, post):
    save_draft(PostTarget(post), by=ada, title="T", text="from elsewhere")

    response = signed_in.post(saving(post), brought(ada, "from here"))

    told = response.json()
    other = Draft.objects.conflict_copies().get()
    assert (response.status_code, texts()) == (409, ["from elsewhere", "from here"])
    assert "Nothing is lost: both versions are saved." in told["conflict"]
    assert comparing(other, post.course) in told["conflict"]
    assert button("conflict_keep", post, other.pk) in told["conflict"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "x\x00y"}, "Title: Null"),
        ({"title": "x" * 201, "text": "a\x00b"}, "Title: "),
        ({"text": "a\x00b"}, "Post, in Markdown: Null"),
    ],
)
def test_what_cannot_be_saved_is_said_in_words(signed_in, ada, post, fields, sentence):
    response = signed_in.post(saving(post), brought(ada, "x") | fields)

    assert (response.status_code, texts()) == (422, ["begun"])
    assert response.json()["said"].startswith(sentence)


def test_a_title_that_is_too_long_keeps_no_text_from_being_saved(signed_in, ada, post):
    fields = {"title": "y" * 150 + " " + "x" * 150}

    saved = signed_in.post(saving(post), brought(ada, "words of an hour") | fields)
    new = brought(ada, "others", tab=THERE, key=str(uuid.uuid4()), prompt="")
    begun = signed_in.post(beginning(post.course), new | fields)

    for answer in (saved, begun):
        assert answer.status_code == 200
        assert "the title is too long: its end is not saved" in answer.json()["said"]
    assert sorted(texts()) == ["others", "words of an hour"]
    assert {draft.title for draft in Draft.objects.all()} == {fields["title"][:200]}


def test_a_deleted_post_takes_no_words(signed_in, ada, post):
    Post.objects.update(deleted_at=post.created_at)

    assert signed_in.post(saving(post), brought(ada, "x")).status_code == 404


def test_whoever_is_signed_out_is_told_so(client, ada, post):
    response = client.post(saving(post), brought(ada, "x"))

    assert (response.status_code, response.json()) == (401, {"state": "signed_out"})
    assert texts() == ["begun"]


@pytest.mark.parametrize("writer", ["bob", None])
def test_words_of_a_page_that_somebody_else_opened_are_never_taken(
    request, signed_in, ada, bobs_post, post, writer
):
    whose = request.getfixturevalue(writer).pk if writer else ""
    words = brought(ada, "x") | {"writer": whose}

    answers = [signed_in.post(address, words) for address in (saving(post), commenting(bobs_post))]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert texts() == ["begun"]


def test_a_page_without_a_good_token_is_refused(ada, post):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)

    assert strict.post(saving(post), brought(ada, "x")).status_code == 403
    assert texts() == ["begun"]


def test_the_token_is_told_to_whom_it_belongs(client, ada):
    assert client.get(reverse("draft_token")).status_code == 401
    client.force_login(ada)

    told = client.get(reverse("draft_token")).json()

    assert told["writer"] == ada.pk
    assert len(told["token"]) == 64


@pytest.fixture
def clock(monkeypatch):
    """Return a clock that stands still until it is moved on."""
    clock = {"now": timezone.now()}
    monkeypatch.setattr(timezone, "now", lambda: clock["now"])
    return clock


@pytest.mark.parametrize("place", ["draft", "conflict copy", "comment"])
def test_too_many_saves_wait(signed_in, ada, post, bobs_post, clock, place):
    address = saving(post)
    if place == "conflict copy":
        save_draft(PostTarget(post), by=ada, title="T", text="from elsewhere")
    if place == "comment":
        address = commenting(bobs_post)

    def save(n):
        words = brought(ada, f"{n}", seq=n, version="0.1" if place == "conflict copy" else "")
        return signed_in.post(address, words).status_code, texts()[-1]

    saved = 409 if place == "conflict copy" else 200
    kept = [save(n) for n in range(1, PACED_SAVES + 2)]
    clock["now"] += PACE / 2
    later = [save(n) for n in range(PACED_SAVES + 2, PACED_SAVES + 11)]

    assert kept[0] == (saved, "1")
    assert [status for status, _text in kept] == [saved] * PACED_SAVES + [429]
    assert kept[-1][1] == str(PACED_SAVES)
    assert [status for status, _text in later] == [saved] * 8 + [429]


def test_whoever_waits_is_told_how_long(signed_in, ada, post):
    post.drafts.update(paced_until=timezone.now() + 2 * PACE)

    answer = signed_in.post(saving(post), brought(ada, "more"))

    assert (answer.status_code, answer["Retry-After"], texts()) == (429, "10", ["begun"])


def test_a_page_that_rests_may_save_as_often_again(signed_in, ada, post, clock):
    for n in range(1, 4 * PACED_SAVES):
        clock["now"] += PACE / PACED_SAVES
        assert signed_in.post(saving(post), brought(ada, f"{n}", seq=n)).status_code == 200


def test_saving_by_a_button_is_not_stopped(signed_in, ada, post):
    post.drafts.update(paced_until=timezone.now() + 2 * PACE)

    signed_in.post(reverse("post_edit", args=[post.course.slug, post.slug]), brought(ada, "more"))

    assert texts() == ["more"]


def test_too_many_new_posts_wait(signed_in, ada, course):
    answers = [
        signed_in.post(beginning(course), brought(ada, f"{n}", key=str(uuid.uuid4()), version=""))
        for n in range(BEGINNINGS + 1)
    ]

    assert [answer.status_code for answer in answers] == [200] * BEGINNINGS + [429]
    assert answers[-1]["Retry-After"] == "10"
    assert Post.objects.count() == BEGINNINGS


def test_too_many_previews_wait_and_give_the_words_back(signed_in, ada, post):
    address = button("post_preview", post)
    form = {"title": "T", "text": "my words here", "audience": 30}

    answers = [
        signed_in.post(address, form, headers={"sec-fetch-site": "same-origin"}) for _ in range(16)
    ]

    assert [answer.status_code for answer in answers] == [200] * 15 + [429]
    assert "my words here" in answers[-1].content.decode()


def test_a_save_costs_the_same_for_short_and_long_texts(
    signed_in, ada, post, django_assert_num_queries
):
    signed_in.post(saving(post), brought(ada, "warm", seq=1))
    for n, text in enumerate(["short", "شبکه " * 12_000], start=2):
        with django_assert_num_queries(8):
            signed_in.post(saving(post), brought(ada, text, seq=n))


def test_what_happened_to_a_post_while_it_was_found_is_seen_before_it_is_saved(ada, post):
    seen = PostTarget(Post.objects.get())
    Post.objects.update(deleted_at=timezone.now())

    with pytest.raises(Refused, match="This post was deleted"):
        save_draft(seen, by=ada, text="more")

    assert texts() == ["begun"]


# Comments


def test_a_comment_draft_is_in_its_form_until_it_is_sent(signed_in, ada, bobs_post):
    signed_in.post(commenting(bobs_post), brought(ada, "Half", version="0.0"))

    page = signed_in.get(bobs_post.get_absolute_url())
    assert "Half</textarea>" in page.content.decode()
    assert "It has not been sent yet" in page.content.decode()

    version = page.context["version"]
    sent = {"text": "Whole", "audience": 30, "key": str(uuid.uuid4()), "version": version}
    signed_in.post(reverse("comment_new", args=[bobs_post.course.slug, bobs_post.slug]), sent)

    assert texts() == []
    assert "Half" not in signed_in.get(bobs_post.get_absolute_url()).content.decode()


def test_a_reply_and_an_edit_have_drafts_of_their_own(signed_in, ada, bob, bobs_post):
    theirs = factories.make_comment(bob, bobs_post)
    mine = factories.make_comment(ada, bobs_post, "Mine.")
    reply = reverse("comment_reply", args=[bobs_post.course.slug, theirs.pk])
    edit = reverse("comment_edit", args=[bobs_post.course.slug, mine.pk])

    signed_in.post(commenting(bobs_post), brought(ada, "To Bob", version="0.0", parent=theirs.pk))
    signed_in.post(
        commenting(bobs_post), brought(ada, "Mine, better.", version="0.0", comment=mine.pk)
    )

    assert "To Bob</textarea>" in signed_in.get(reply).content.decode()
    assert "Mine, better.</textarea>" in signed_in.get(edit).content.decode()
    form = fields_of(signed_in.get(edit), "text")
    signed_in.post(edit, form | {"text": "Mine, best."})
    assert texts() == ["To Bob"]


def test_nobody_drafts_a_change_of_anothers_comment(signed_in, ada, bob, bobs_post):
    theirs = factories.make_comment(bob, bobs_post)

    response = signed_in.post(commenting(bobs_post), brought(ada, "x", comment=theirs.pk))

    assert (response.status_code, texts()) == (403, [])


@pytest.mark.parametrize("key", ["0", "x", "99999999999999999999"])
def test_a_comment_that_is_not_there_is_not_found(signed_in, ada, bobs_post, key):
    assert signed_in.post(commenting(bobs_post), brought(ada, "x", parent=key)).status_code == 404


def test_a_refused_comment_keeps_its_draft(signed_in, ada, bobs_post):
    signed_in.post(commenting(bobs_post), brought(ada, "Half", version="0.0"))

    address = reverse("comment_new", args=[bobs_post.course.slug, bobs_post.slug])
    response = signed_in.post(address, {"text": " ", "audience": 30, "key": str(uuid.uuid4())})

    assert (response.status_code, texts()) == (422, ["Half"])


# Two texts


# A page that is sent or shown again


@pytest.mark.parametrize("seq", [1, 3])
def test_words_that_a_later_save_of_their_tab_keeps_out_are_not_said_to_be_saved(
    signed_in, ada, post, bobs_post, seq
):
    for address in (saving(post), commenting(bobs_post)):
        signed_in.post(address, brought(ada, "begun, and gone on", seq=3))

        answer = signed_in.post(address, brought(ada, "begun", seq=seq))

        assert (answer.status_code, answer.json()) == (409, {"state": "overtaken", "seq": 3})
    assert texts() == ["begun, and gone on", "begun, and gone on"]


def test_what_is_published_already_gives_no_leave_to_overwrite_what_was_written_since(
    signed_in, ada, course
):
    post = factories.make_post(ada, course, "T", "published")
    now = f"{post.publication}.0"
    signed_in.post(saving(post), brought(ada, "written since", version=now, tab=THERE))

    told = signed_in.post(saving(post), brought(ada, "published", version=now)).json()
    again = brought(ada, "published, too", seq=2, version=told["version"])
    answer = signed_in.post(saving(post), again)

    assert (told["version"], answer.status_code) == (now, 409)
    assert texts() == ["written since", "published, too"]


@pytest.fixture
def other(ada, post):
    return factories.make_conflict_copy(ada, post, "begun elsewhere", title="T")
