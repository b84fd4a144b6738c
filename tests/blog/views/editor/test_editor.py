"""The editor: what each button does, and that no word is lost on any way through it."""

import re
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog.actions.drafts import save_draft, start_post
from blog.models import Audience, Draft, Post, PostTarget, Revision
from tests import factories
from tests.blog.views.editor.buttons import button

LONG = "word " * 60


@pytest.fixture
def asking(course):
    """Return a prompt that asks for 50 to 100 words and one reference."""
    return factories.make_prompt(course, words_min=50, words_max=100, references_min=1)


def sign_in(client, user):
    client.force_login(user)
    return client


def new(course, query=""):
    return reverse("post_new", args=[course.slug]) + query


def edit(post):
    return reverse("post_edit", args=[post.course.slug, post.slug])


def typed(**fields):
    fields.setdefault("title", "Weak ties")
    fields.setdefault("text", "They carry news.")
    fields.setdefault("audience", Audience.COURSE)
    return fields


def begin(**fields):
    return typed(**{"key": str(uuid.uuid4()), **fields})


def texts_of(writer):
    """Return the draft, and then its conflict copies."""
    drafts = Draft.objects.by(writer).order_by("is_conflict_copy")
    return list(drafts.values_list("text", flat=True))


# Who may


@pytest.mark.parametrize(
    ("who", "status"),
    [(None, 302), ("eve", 404), ("observer", 403), ("ada", 200), ("instructor", 200)],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_new_answers_by_role(client, course, request, who, status, method):
    if who:
        sign_in(client, request.getfixturevalue(who))

    response = getattr(client, method)(new(course))

    refused = 422 if method == "post" and status == 200 else status  # an empty form
    assert response.status_code == refused
    assert not Post.objects.exists()
    if who is None:
        assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(
    ("who", "published", "status"),
    [
        (None, True, 302),
        ("eve", True, 404),
        ("bob", False, 404),
        ("bob", True, 403),
        ("instructor", True, 403),
        ("ada", True, 200),
        ("ada", False, 200),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_edit_answers_by_role(client, ada, course, request, who, published, status, method):
    make = factories.make_post if published else factories.make_draft_post
    post = make(ada, course)
    before = (Post.objects.values().get(), list(Draft.objects.values()))
    if who:
        sign_in(client, request.getfixturevalue(who))

    response = getattr(client, method)(edit(post))

    refused = 422 if method == "post" and status == 200 else status  # an empty form
    assert response.status_code == refused
    assert (Post.objects.values().get(), list(Draft.objects.values())) == before


# Beginning


def test_new_shows_a_student_the_prompt_that_opened_last(client, ada, course, prompt):
    later = factories.make_prompt(course, opens_at=timezone.now() - timedelta(days=1))

    response = sign_in(client, ada).get(new(course))

    assert response.context["prompt"] == later
    assert response.context["unanswered"] == [prompt]


def test_new_is_free_once_there_is_a_post_for_the_current_prompt(client, ada, course, prompt):
    factories.make_post(ada, course, prompt=prompt)

    assert sign_in(client, ada).get(new(course)).context["prompt"] is None


def test_new_is_free_for_the_teaching_team(client, instructor, course, prompt):
    assert sign_in(client, instructor).get(new(course)).context["prompt"] is None


def test_new_for_a_prompt_leads_to_the_post_there_is(client, ada, course, prompt):
    post = factories.make_draft_post(ada, course, prompt=prompt)

    response = sign_in(client, ada).get(new(course, f"?prompt={prompt.number}"))

    assert (response.status_code, response.url) == (302, edit(post))


@pytest.mark.parametrize("number", ["2", "99", "99999999999999999999", "x"])
def test_new_for_a_prompt_that_is_not_there_is_not_found(client, ada, course, prompt, number):
    factories.make_prompt(course, number=2, opens_at=timezone.now() + timedelta(days=1))

    assert sign_in(client, ada).get(new(course, f"?prompt={number}")).status_code == 404


def test_the_first_save_makes_the_post_and_goes_on_at_its_address(client, ada, course, prompt):
    response = sign_in(client, ada).post(
        new(course), begin(prompt=prompt.number, text="One\r\nTwo")
    )

    post = Post.objects.get()
    assert (response.status_code, response.url) == (302, edit(post))
    assert (post.author, post.prompt, post.status) == (ada, prompt, "draft")
    assert Draft.objects.get().text == "One\nTwo"


def test_the_same_form_twice_makes_one_post(client, ada, course):
    sign_in(client, ada)
    form = begin()

    first, second = client.post(new(course), form), client.post(new(course), form)

    assert first.url == second.url == edit(Post.objects.get())
    assert Draft.objects.get().version == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_form_twice_at_once_makes_one_post(ada, course):
    form, barrier, urls = begin(), threading.Barrier(2), []
    clients = [sign_in(Client(), ada) for _ in range(2)]

    def send(client):
        barrier.wait()
        urls.append(client.post(new(course), form).url)
        connection.close()

    senders = [threading.Thread(target=send, args=[client]) for client in clients]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()

    assert urls == [edit(Post.objects.get())] * 2


def test_a_form_sent_again_with_newer_words_saves_them(client, ada, course):
    sign_in(client, ada)
    key = str(uuid.uuid4())
    client.post(new(course), begin(key=key, text="first"))

    client.post(new(course), begin(key=key, text="second"))

    assert (Post.objects.count(), Draft.objects.get().text) == (1, "second")


def test_a_form_sent_again_after_other_saves_shows_both_texts(client, ada, course):
    sign_in(client, ada)
    key = str(uuid.uuid4())
    client.post(new(course), begin(key=key, text="first"))
    save_draft(PostTarget(Post.objects.get()), by=ada, title="T", text="saved meanwhile")

    response = client.post(new(course), begin(key=key, text="typed late"))

    assert texts_of(ada) == ["saved meanwhile", "typed late"]
    assert response.context["stale"].stored.text == "saved meanwhile"
    assert response.context["form"]["text"].value() == "typed late"


def test_a_second_post_for_a_prompt_is_refused_in_place_with_a_way_to_the_first(
    client, ada, course, prompt
):
    first = factories.make_draft_post(ada, course, prompt=prompt)

    response = sign_in(client, ada).post(new(course), begin(prompt=prompt.number))

    page = response.content.decode()
    assert (response.status_code, Post.objects.count()) == (422, 1)
    assert "You already have a draft for this prompt." in page
    assert f'href="{edit(first)}"' in page
    assert "They carry news.</textarea>" in page


# Going on


def test_edit_shows_the_draft_and_writes_nothing(client, ada, course):
    post = factories.make_post(ada, course, "Ties", "Published words.")

    response = sign_in(client, ada).get(edit(post))

    assert response.context["form"]["text"].value() == "Published words."
    assert not Draft.objects.exists()


def test_save_keeps_a_draft_beside_what_is_published(client, ada, course):
    post = factories.make_post(ada, course, "Ties", "Published words.")

    response = sign_in(client, ada).post(edit(post), typed(version=f"{post.publication}.0"))

    assert (response.status_code, response.url) == (302, edit(post))
    assert Draft.objects.get().text == "They carry news."
    assert Post.objects.get().revision.text == "Published words."


def test_save_keeps_the_day_and_audience_that_were_chosen(client, ada, course):
    post = factories.make_draft_post(ada, course)
    sign_in(client, ada)

    client.post(edit(post), typed(audience=Audience.PUBLIC, public_until_day="2031-02-03"))
    page = client.get(edit(post)).content.decode()

    assert '<option value="50" selected class="beyond-course">' in page
    assert 'value="2031-02-03"' in page


def test_a_tab_from_before_the_publication_still_finds_the_post(client, ada, course):
    sign_in(client, ada)
    client.post(new(course), begin())
    as_draft = edit(Post.objects.get())
    client.post(button("post_publish", Post.objects.get()), typed())

    response = client.post(as_draft, typed(text="typed in the old tab", version="0.1"))

    assert "typed in the old tab</textarea>" in response.content.decode()
    assert isinstance(response.context["stale"].stored, Revision)


def test_a_stale_save_shows_both_texts_and_overwrites_nothing(client, ada, course):
    post = factories.make_draft_post(ada, course)
    save_draft(PostTarget(post), by=ada, title="T", text="from the other tab")

    response = sign_in(client, ada).post(edit(post), typed(text="from this tab", version="0.1"))

    page = response.content.decode()
    assert "This draft was also changed in another tab or device" in page
    assert "from this tab</textarea>" in page
    assert "from the other tab</textarea>" in page
    assert texts_of(ada) == ["from the other tab", "from this tab"]


def test_keep_what_i_typed_saves_over_what_was_shown(client, ada, course):
    post = factories.make_draft_post(ada, course)
    save_draft(PostTarget(post), by=ada, title="T", text="from the other tab")

    sign_in(client, ada).post(edit(post), typed(text="mine", version="0.1"))

    other = Draft.objects.conflict_copies().get()
    client.post(
        button("conflict_keep", post, other.pk), typed(text="mine", version="0.1", seen="0.2")
    )

    draft = Draft.objects.current().get()
    assert (draft.text, draft.version) == ("mine", 3)
    assert Draft.objects.archived().get().text == "from the other tab"

    again = client.post(button("conflict_keep", post, other.pk), typed(text="more", version="0.3"))

    assert again.url == edit(post)
    assert Draft.objects.current().get().text == "more"


def test_keep_what_i_typed_stops_before_words_nobody_has_seen(client, ada, course):
    post = factories.make_draft_post(ada, course)
    save_draft(PostTarget(post), by=ada, title="T", text="seen")
    save_draft(PostTarget(post), by=ada, title="T", text="not seen")

    sign_in(client, ada).post(edit(post), typed(text="mine", version="0.1"))
    other = Draft.objects.conflict_copies().get()

    response = client.post(
        button("conflict_keep", post, other.pk), typed(text="mine", version="0.1", seen="0.2")
    )

    assert Draft.objects.current().get().text == "not seen"
    assert response.context["stale"].version == "0.3"


def test_preview_shows_what_would_be_published_and_saves_nothing(client, ada, course):
    post = factories.make_draft_post(ada, course, text="stored")

    response = sign_in(client, ada).post(
        button("post_preview", post), typed(text="They *carry* news.")
    )

    page = response.content.decode()
    assert '<p dir="auto" id="p1">They <em>carry</em> news.</p>' in page
    assert "They *carry* news.</textarea>" in page
    assert Draft.objects.get().text == "stored"


def test_preview_before_the_first_save_makes_no_post(client, ada, course):
    response = sign_in(client, ada).post(button("post_preview", course), begin(text="*So*."))

    assert "<em>So</em>" in response.content.decode()
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"audience": Audience.PUBLIC}, "does not allow that audience"),
        ({"public_until_day": "soon"}, "Enter a valid date"),
        ({"text": "a\x00b"}, "Null characters"),
    ],
)
def test_what_cannot_be_saved_is_said_in_place(client, ada, course, fields, sentence):
    course.widest_audience = Audience.COURSE
    course.save()
    post = factories.make_draft_post(ada, course, text="stored")

    response = sign_in(client, ada).post(edit(post), typed(**fields))

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Your text is still here" in page
    assert Draft.objects.get().text == "stored"


@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r", "\u2028"])
def test_lines_of_a_title_are_one_line_before_they_are_counted(client, ada, course, newline):
    title = "x" * 100 + newline * 9 + "y" * 99

    sign_in(client, ada).post(new(course), begin(title=title))

    assert Draft.objects.get().title == f"{'x' * 100} {'y' * 99}"


def test_a_title_that_is_too_long_comes_back_whole(client, ada, course):
    title = "A title\r\n" + LONG.strip()

    response = sign_in(client, ada).post(new(course), begin(title=title))

    page = response.content.decode()
    length = len(title) - 1
    assert response.status_code == 422
    assert f"A title can have at most 200 characters. This one has {length}." in page
    assert f"{LONG.strip()}</textarea>" in page
    assert "maxlength" not in re.search("<textarea[^>]*title-input[^>]*>", page)[0]


# What the prompt asks


def test_progress_counts_the_submitted_text(client, ada, bob, course, asking):
    asking.comments_min = 1
    asking.save()
    post = start_post(course, by=ada, prompt=asking, text=LONG + "[@granovetter1973]")
    factories.make_reference(post)
    factories.make_comment(ada, factories.make_post(bob, course, prompt=asking))

    asked = sign_in(client, ada).get(edit(post)).context["progress"]

    assert (asked.words, asked.words_fit, asked.references_fit, asked.comments_fit) == (
        62,
        True,
        True,
        True,
    )
