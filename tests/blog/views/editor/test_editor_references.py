"""References in the editor."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.actions.drafts import save_draft, start_post
from blog.models import Audience, Draft, Post, PostTarget, Reference
from tests import factories
from tests.blog.views.editor.buttons import button


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


# References in the editor


@pytest.fixture
def cited_post(ada, course):
    post = start_post(course, by=ada, title="T", text="stored")
    factories.make_reference(post)
    return post


@pytest.mark.parametrize(
    ("action", "page", "args"),
    [
        ("editor_reference_add", "reference_add", []),
        ("editor_reference_edit", "reference_edit", ["granovetter1973"]),
    ],
)
def test_the_words_are_saved_on_the_way_to_a_reference(client, ada, cited_post, action, page, args):
    response = sign_in(client, ada).post(
        button(action, cited_post, *args), typed(text="typed since")
    )

    assert response.url == reverse(page, args=[cited_post.course.slug, cited_post.slug, *args])
    assert Draft.objects.get().text == "typed since"


def test_the_first_button_may_be_add_a_reference(client, ada, course):
    response = sign_in(client, ada).post(button("editor_reference_add", course), begin())

    post = Post.objects.get()
    assert response.url == reverse("reference_add", args=[course.slug, post.slug])


def test_remove_removes_the_reference_and_keeps_the_words(client, ada, cited_post):
    response = sign_in(client, ada).post(
        button("editor_reference_remove", cited_post, "granovetter1973"), typed(text="typed since")
    )

    assert response.url == edit(cited_post)
    assert not Reference.objects.exists()
    assert Draft.objects.get().text == "typed since"


def test_remove_of_a_cited_work_is_refused_in_place(client, ada, cited_post):
    sign_in(client, ada)
    client.post(button("post_publish", cited_post), typed(text="News [@granovetter1973]."))
    cited_post.refresh_from_db()

    response = client.post(
        button("editor_reference_remove", cited_post, "granovetter1973"), typed(text="typed since")
    )

    assert "Your published post cites this reference." in response.content.decode()
    assert "typed since</textarea>" in response.content.decode()
    assert Reference.objects.exists()


def test_required_reading_is_added_with_one_click(client, ada, course, prompt):
    work = factories.make_work(course)
    prompt.required_works.add(work)
    post = start_post(course, by=ada, prompt=prompt)
    sign_in(client, ada)
    assert client.get(edit(post)).context["required_works"] == [work]

    client.post(button("editor_work_add", post, work.pk), typed())

    assert (post.references.get().work, post.references.get().key) == (work, "granovetter1973")
    assert client.get(edit(post)).context["required_works"] == []


def test_a_work_that_two_prompts_require_is_added_once(client, ada, course, prompt):
    work = factories.make_work(course)
    for requiring in (prompt, factories.make_prompt(course)):
        requiring.required_works.add(work)
    post = start_post(course, by=ada, prompt=prompt)

    sign_in(client, ada).post(button("editor_work_add", post, work.pk), typed())

    assert post.references.get().work == work


def test_only_the_required_reading_of_the_posts_prompt_is_added(client, ada, course, prompt):
    required_later = factories.make_work(course)
    required_nowhere = factories.make_work(course, doi="10.1000/other")
    later = factories.make_prompt(course, opens_at=timezone.now() + timedelta(days=1))
    later.required_works.add(required_later)
    post = start_post(course, by=ada, prompt=prompt)
    sign_in(client, ada)

    for n, work in enumerate([required_later, required_nowhere]):
        client.post(button("editor_work_add", post, work.pk), typed(text=f"Words {n}"))

        assert Draft.objects.get().text == f"Words {n}"
    assert not Reference.objects.exists()


@pytest.mark.parametrize("name", ["editor_reference_edit", "editor_reference_remove"])
def test_a_button_of_a_reference_that_is_gone_leads_back_to_the_saved_text(
    client, ada, course, name
):
    post = start_post(course, by=ada)

    response = sign_in(client, ada).post(button(name, post, "gone2020"), typed(text="Words"))

    assert response.url == edit(post)
    assert Draft.objects.get().text == "Words"


def test_a_reference_says_where_the_text_cites_it(client, ada, cited_post):
    save_draft(PostTarget(cited_post), by=ada, title="T", text="One.\n\nNews [@granovetter1973].")

    page = sign_in(client, ada).get(edit(cited_post)).content.decode()

    assert "Cited in ¶2" in " ".join(page.split())


# What the prompt asks


@pytest.mark.parametrize("works", [1, 3])
def test_the_editor_takes_the_same_queries_for_any_number_of_references(
    client, ada, course, asking, works, django_assert_num_queries
):
    post = start_post(course, by=ada, prompt=asking)
    for number in range(works):
        work = factories.make_work(course, {"type": "book", "title": f"Book {number}"}, doi="")
        asking.required_works.add(factories.make_work(course, doi=f"10.1000/{number}"))
        factories.make_reference(post, work, key=f"book{number}")
    sign_in(client, ada)

    with django_assert_num_queries(12):
        client.get(edit(post))
