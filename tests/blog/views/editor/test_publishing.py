"""Publishing from the editor: what it asks, what it refuses, and that no word is lost."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.actions.post_states import withdraw_post
from blog.models import Audience, Draft, Post, Revision
from blog.text.scaffold import scaffold
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


def edit(post):
    return reverse("post_edit", args=[post.course.slug, post.slug])


def typed(**fields):
    fields.setdefault("title", "Weak ties")
    fields.setdefault("text", "They carry news.")
    fields.setdefault("audience", Audience.COURSE)
    return fields


def begin(**fields):
    return typed(**{"key": str(uuid.uuid4()), **fields})


# Beginning


def test_publish_at_once_publishes(client, ada, course):
    response = sign_in(client, ada).post(button("post_publish", course), begin())

    post = Post.objects.get()
    assert (response.status_code, response.url) == (302, post.get_absolute_url())
    assert (post.status, post.slug) == ("published", "weak-ties")


@pytest.mark.parametrize("text", ["They carry news.", f"They carry news.\n\n{scaffold()}"])
def test_publish_clicked_twice_publishes_once(client, ada, course, text):
    sign_in(client, ada)
    form, publish = begin(text=text, confirm="1"), button("post_publish", course)

    first, second = client.post(publish, form), client.post(publish, form)

    assert first.url == second.url
    assert (Post.objects.count(), Revision.objects.count(), Draft.objects.count()) == (1, 1, 0)


def test_a_forms_key_creates_no_post_elsewhere(client, ada, course):
    other = factories.make_course(slug="other")
    factories.add_member(other, ada)
    key = str(uuid.uuid4())
    sign_in(client, ada)

    for place in (course, other):
        client.post(reverse("post_new", args=[place.slug]), begin(key=key, title=place.slug))

    assert {(post.course, post.title) for post in Post.objects.all()} == {
        (course, course.slug),
        (other, "other"),
    }


def test_publish_refused_at_once_keeps_the_words_as_a_draft(client, ada, course):
    response = sign_in(client, ada).post(button("post_publish", course), begin(title=""))

    post = Post.objects.get()
    assert "Give your post a title" in response.content.decode()
    assert f'action="{edit(post)}"' in response.content.decode()
    assert Draft.objects.get().text == "They carry news."


# Publishing


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": " "}, "Give your post a title"),
        ({"text": " "}, "Your post is empty"),
        ({"text": "word " * 13_000}, "characters"),
        ({"audience": Audience.POD}, "You are not in a pod yet"),
        (
            {"audience": Audience.PUBLIC, "public_until_day": "2020-01-01"},
            "must be a day in the future",
        ),
    ],
)
def test_what_cannot_be_published_is_said_in_place_and_kept(client, ada, course, fields, sentence):
    post = factories.make_draft_post(ada, course)

    response = sign_in(client, ada).post(
        button("post_publish", post), typed(version="0.1", **fields)
    )

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Post.objects.get().status == "draft"
    assert Draft.objects.get().text == typed(**fields)["text"]
    assert response.context["version"] == "0.2"


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"title": " "}, "title"),
        ({"text": " "}, "text"),
        ({"text": "word " * 13_000}, "text"),
        ({"audience": Audience.POD}, "audience"),
        ({"audience": Audience.PUBLIC, "public_until_day": "2020-01-01"}, "public_until_day"),
        ({"title": "t" * 300, "audience": 7}, "title"),
    ],
)
def test_the_first_field_that_is_refused_has_the_focus_and_its_reason(
    client, ada, course, fields, wrong
):
    post = factories.make_draft_post(ada, course)

    response = sign_in(client, ada).post(
        button("post_publish", post), typed(version="0.1", **fields)
    )

    page = response.content.decode()
    [field] = re.findall(r"<(?:input|select|textarea)[^<>]*autofocus[^<>]*>", page)
    assert f'name="{wrong}"' in field
    assert 'aria-invalid="true"' in field
    [described] = re.findall(r'aria-describedby="([^"]*)"', field)
    assert f"id_{wrong}_error" in described.split()
    assert page.count(f' id="id_{wrong}_error"') == 1
    assert ("This was not saved." in page) is ("audience" in fields and fields["audience"] == 7)


def test_preview_of_a_text_that_cannot_be_shown_says_why(client, ada, course):
    post = factories.make_draft_post(ada, course)

    response = sign_in(client, ada).post(
        button("post_preview", post), typed(version="0.1", text="> " * 2_000 + "deep")
    )

    page = response.content.decode()
    assert response.context["text_refused"]
    assert page.count(str(response.context["text_refused"])) >= 1
    assert "Your text appears here" not in page


def test_publish_after_the_course_is_refused_and_kept(client, ada, course):
    post = factories.make_draft_post(ada, course)
    course.ends_on = timezone.now().date() - timedelta(days=1)
    course.save()

    response = sign_in(client, ada).post(button("post_publish", post), typed())

    assert "The course has ended" in response.content.decode()
    assert Draft.objects.get().text == "They carry news."


def test_publish_asks_once_in_words_what_is_still_open(client, ada, course, asking):
    asking.opens_at -= timedelta(days=30)
    asking.due_at -= timedelta(days=30)
    asking.save()
    post = factories.make_draft_post(ada, course, prompt=asking)
    sign_in(client, ada)

    first = client.post(button("post_publish", post), typed(version="0.1"), follow=True)

    page = first.content.decode()
    assert "Your text has 3 words. The prompt asks for 50–100." in page
    assert "Your text cites 0 references. The prompt asks for 1." in page
    assert "The due date was" in page
    assert (Post.objects.get().status, Draft.objects.get().text) == ("draft", "They carry news.")

    client.post(button("post_publish", post), typed(version=first.context["version"], confirm="1"))

    assert Post.objects.get().status == "published"


@pytest.mark.parametrize("text", ["I follow @ada_tweets.", "They say [@ada_tweets, p. 3]."])
def test_publish_asks_once_about_a_word_that_is_no_key(client, ada, course, text):
    post = factories.make_draft_post(ada, course)
    sign_in(client, ada)

    asked = client.post(button("post_publish", post), typed(text=text, version="0.1"), follow=True)

    page = asked.content.decode()
    assert page.count('<span class="code">@ada_tweets</span>') == 1
    assert button("editor_name_keep", post, "ada_tweets") in page
    assert 'name="missing"' in page
    assert Post.objects.get().status == "draft"

    version = asked.context["version"]
    client.post(button("post_publish", post), typed(text=text, version=version, confirm="1"))

    assert Post.objects.get().revision.html == f'<p dir="auto" id="p1">{text}</p>'


def test_a_word_kept_as_a_name_is_asked_no_more(client, ada, course):
    post = factories.make_draft_post(ada, course)
    text = "I follow @ada, `@ada` and [@ada]."
    sign_in(client, ada)

    client.post(button("editor_name_keep", post, "ada"), typed(text=text, version="0.1"))

    kept = Draft.objects.get().text
    assert kept == r"I follow \@ada, `@ada` and [\@ada]."
    client.post(button("post_publish", post), typed(text=kept, version="0.3"))
    assert Post.objects.get().status == "published"


def test_a_key_that_differs_in_case_is_corrected_by_one_click(client, ada, course):
    post = factories.make_draft_post(ada, course)
    factories.make_reference(post, key="calder2014")
    text = "Ties [@Calder2014, p. 3]."
    sign_in(client, ada)

    asked = client.post(button("post_publish", post), typed(text=text, version="0.1"), follow=True)

    page = asked.content.decode()
    address = button("editor_key_correct", post, "calder2014")
    assert page.index("Did you mean Granovetter, 1973?") < page.index('name="missing"')
    assert address in page
    version = asked.context["version"]
    client.post(address, typed(text=text, version=version, wrong="Calder2014"))
    assert Draft.objects.get().text == "Ties [@calder2014, p. 3]."


def test_a_missing_reference_is_added_under_its_key(client, ada, course):
    post = factories.make_draft_post(ada, course)
    fields = typed(text="Ties [@weak].", version="0.1", missing="weak")

    answer = sign_in(client, ada).post(button("editor_reference_add", post), fields, follow=True)

    assert answer.context["form"]["citation_key"].value() == "weak"
    assert answer.redirect_chain == [
        (reverse("reference_add", args=[course.slug, post.slug]) + "?key=weak", 302)
    ]


def test_publish_of_a_full_answer_asks_nothing(client, ada, course, asking):
    post = factories.make_draft_post(ada, course, prompt=asking)
    factories.make_reference(post)

    sign_in(client, ada).post(button("post_publish", post), typed(text=LONG + "[@granovetter1973]"))

    assert Post.objects.get().status == "published"


def test_publish_to_a_day_narrows_at_the_start_of_it_where_the_course_is(client, ada, course):
    course.time_zone = "America/Los_Angeles"
    course.save()
    post = factories.make_draft_post(ada, course)

    sign_in(client, ada).post(
        button("post_publish", post), typed(audience=Audience.PUBLIC, public_until_day="2031-02-03")
    )

    assert Post.objects.get().public_until.isoformat() == "2031-02-03T08:00:00+00:00"


def test_publish_changes_makes_a_revision(client, ada, course):
    post = factories.make_post(ada, course, "Ties", "Published words.")

    response = sign_in(client, ada).post(
        button("post_publish", post), typed(version=f"{post.publication}.0")
    )

    assert (response.status_code, response.url) == (302, post.get_absolute_url())
    assert Post.objects.get().revision.number == 2
    assert not Draft.objects.exists()


def test_publish_to_fewer_people_says_who_sees_the_post_and_how_to_undo_it(client, ada, course):
    post = factories.make_post(ada, course, "Ties", "Words.", audience=Audience.PUBLIC)
    sign_in(client, ada)

    response = client.post(
        button("post_publish", post),
        typed(version=f"{post.publication}.0", audience=Audience.COURSE),
        follow=True,
    )

    assert [str(message) for message in response.context["messages"]] == [
        "Your changes are published. Before, your post was visible to: public web. Now the post "
        "and its comments are visible to: course. To undo this, choose “public web” again and "
        "publish."
    ]


def test_publish_brings_a_withdrawn_post_back(client, ada, course):
    post = factories.make_post(ada, course)
    withdraw_post(post, by=ada)

    sign_in(client, ada).post(button("post_publish", post), typed())

    assert Post.objects.get().status == "published"


# Publishing again


@pytest.fixture
def asked_once(client, ada, course, asking):
    """Return a post that was published with too few words and no reference, after one question."""
    post = factories.make_draft_post(ada, course, prompt=asking)
    sign_in(client, ada)
    question = client.post(button("post_publish", post), typed(), follow=True)
    assert "Your text has 3 words." in question.content.decode()
    client.post(button("post_publish", post), typed(confirm="1"))
    post.refresh_from_db()
    return post


def test_changes_with_the_same_points_open_are_published_at_once(client, asked_once):
    response = client.post(button("post_publish", asked_once), typed(text="They carry good news."))

    assert response.status_code == 302
    asked_once.refresh_from_db()
    assert asked_once.revision.text == "They carry good news."


def test_only_what_is_new_since_the_publication_is_asked(client, asked_once):
    text = "They carry good news [@luna2020]."

    response = client.post(button("post_publish", asked_once), typed(text=text), follow=True)

    question = response.context["question"]
    assert [one.key for one in question.unknown_keys] == ["luna2020"]
    asked = response.content.decode().split("Check this before you publish")[1].split("</ul>")[0]
    assert "Your text has" not in asked
