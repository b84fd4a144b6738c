"""Help of the editor beside the text: the questions to begin with, hints, dates."""

import datetime as dt
import itertools
import json
import re
import uuid

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from blog.models import Audience, Draft, Post, User
from blog.text.scaffold import scaffold
from tests import factories
from tests.blog.views.editor.buttons import button


@pytest.fixture
def as_ada(client, ada):
    client.force_login(ada)
    return client


def typed(text="", **fields):
    return {"title": "Ties", "text": text, "audience": Audience.COURSE} | fields


def edit(post):
    return reverse("post_edit", args=[post.course.slug, post.slug])


def test_an_empty_new_text_begins_with_the_questions(as_ada, course):
    page = reverse("post_new", args=[course.slug])
    assert 'edit/scaffold/"' in as_ada.get(page).content.decode()

    response = as_ada.post(
        button("post_scaffold", course), typed(key=str(uuid.uuid4())), follow=True
    )

    assert Draft.objects.get().text == scaffold()
    assert response.context["form"]["text"].value() == scaffold()
    assert 'edit/scaffold/"' not in response.content.decode()


def test_the_questions_come_once_and_only_into_an_empty_text(as_ada, ada, course):
    post = factories.make_draft_post(ada, course, text="Mine.")
    version = as_ada.get(edit(post)).context["version"]

    as_ada.post(button("post_scaffold", post), typed("Mine, and more.", version=version))

    assert Draft.objects.get().text == "Mine, and more."


def test_nothing_of_the_questions_is_shown_counted_or_published(as_ada, ada, course):
    post = factories.make_draft_post(ada, course, text="")
    text = scaffold().replace("\n\n## So what?", "\n\nI met a stranger.\n\n## So what?")
    version = as_ada.get(edit(post)).context["version"]

    preview = as_ada.post(button("post_preview", post), typed(text, version=version))
    as_ada.post(button("post_publish", post), typed(text, version=version))

    post.refresh_from_db()
    assert post.revision.text == "## What?\n\nI met a stranger."
    assert post.revision.words == preview.context["rendered"].words == 4
    assert post.revision.html == preview.context["rendered"].html


def test_questions_alone_are_nothing_to_publish(as_ada, ada, course):
    post = factories.make_draft_post(ada, course, text="")
    version = as_ada.get(edit(post)).context["version"]

    response = as_ada.post(button("post_publish", post), typed(scaffold(), version=version))

    assert str(response.context["refusal"]) == (
        "Your post is empty. Write something before you publish it."
    )
    assert Draft.objects.get().text == scaffold()


def test_hints_are_in_the_tools_and_keep_nothing_from_being_published(as_ada, ada, course):
    post = factories.make_draft_post(ada, course)
    version = as_ada.get(edit(post)).context["version"]
    text = "Read it [here](https://example.org)."

    page = as_ada.post(button("post_preview", post), typed(text, version=version)).content.decode()
    response = as_ada.post(button("post_publish", post), typed(text, version=version))

    assert "The link “here” does not say where it goes." in page
    assert response.url == Post.objects.get().get_absolute_url()


def test_dates_are_in_both_zones_where_they_differ(as_ada, ada, course):
    course.time_zone = "America/Vancouver"
    course.save()
    due = dt.datetime(course.starts_on.year, 10, 18, 23, 59, tzinfo=course.zone)
    prompt = factories.make_prompt(course, due_at=due, opens_at=due - dt.timedelta(days=7))
    desk = reverse("post_new", args=[course.slug]) + f"?prompt={prompt.number}"
    ledger = prompt.get_absolute_url()

    for zone, is_said in [("Asia/Tokyo", True), ("America/Los_Angeles", False), ("UTC", False)]:
        User.objects.filter(pk=ada.pk).update(time_zone=zone)
        for page in (desk, ledger):
            shown = " ".join(as_ada.get(page).content.decode().split())
            assert ("19 Oct, 15:59 your time" in shown) is is_said


# On its page one can comment on a paragraph by its number.
LINK_OF_PARAGRAPH = re.compile(r'<a class="on-paragraph"[^>]*></a>')


def markdown_inputs(real_data):
    """Take some of the stored texts: each way of writing has several."""
    folder = real_data / "markdown"
    texts = [path.read_text() for path in sorted(folder.rglob("*.txt"))]
    texts += [case["markdown"] for case in json.loads(next(folder.glob("*.json")).read_text())]
    return [text for text in itertools.islice(texts, 0, None, 36) if text.strip()]


@pytest.mark.slow
def test_the_preview_is_the_published_page(as_ada, ada, course, real_data, monkeypatch):
    monkeypatch.setattr("blog.views.editor.editor.PREVIEWS", 1000)
    texts = markdown_inputs(real_data)
    post = factories.make_draft_post(ada, course)
    as_published = []

    for text in texts:
        version = as_ada.get(edit(post)).context["version"]
        preview = as_ada.post(button("post_preview", post), typed(text, version=version)).context
        if preview["text_refused"] or preview["rendered"].unknown:
            continue
        as_ada.post(button("post_publish", post), typed(text, version=version, confirm="1"))
        post.refresh_from_db()
        page = as_ada.get(post.get_absolute_url()).content.decode()
        page = LINK_OF_PARAGRAPH.sub("", page)
        as_published.append(
            post.revision.html == preview["rendered"].html and post.revision.html in page
        )

    assert len(as_published) > 0.9 * len(texts)
    assert all(as_published)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (3, "3 of 5–8 words, 2 to go"),
        (5, "5 of 5–8 words"),
        (9, "9 of 5–8 words, 1 more than asked"),
    ],
)
def test_the_bar_says_what_the_words_mean(as_ada, ada, course, words, said):
    prompt = factories.make_prompt(course, words_min=5, words_max=8, references_min=2)
    post = factories.make_draft_post(ada, course, prompt=prompt, text="word " * words)

    page = as_ada.get(edit(post)).content.decode()

    counts = page.split('data-fresh="counts">')[1].split('<div class="write-more"')[0]
    assert " ".join(strip_tags(counts).split()) == f"{said} 0 of 2 references cited"


def test_the_bar_leads_to_the_versions_of_a_published_post(as_ada, ada, course):
    post = factories.make_post(ada, course)

    page = as_ada.get(edit(post)).content.decode()

    assert reverse("revision_list", args=[course.slug, post.slug]) in page
    assert "1 version" in page
