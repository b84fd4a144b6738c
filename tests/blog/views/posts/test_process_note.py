"""The pages on which a writer tells how a post came about, and those on which others read it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.models import (
    Audience,
    DraftSnapshot,
    HelpStatement,
    Post,
    ProcessMoment,
    ProcessNote,
    ToldAudience,
)
from blog.views.posts import process_note
from tests import factories

TEAM, READERS = ToldAudience.TEAM, ToldAudience.READERS


@pytest.fixture
def post(ada, course):
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    return factories.make_post(ada, course, "Ties", "They carry news.", prompt=prompt, slug="ties")


@pytest.fixture
def snapshot(post):
    at = timezone.now() - timedelta(hours=2)
    return DraftSnapshot.objects.create(
        user=post.author, post=post, title="Ties", text="They carry.", created_at=at
    )


@pytest.fixture
def as_ada(client, ada):
    client.force_login(ada)
    return client


def address(name, *args):
    return reverse(name, args=["networks", "ties", *args])


def fields_of(response):
    """Return the values that a page's form would send."""
    form = response.context["form"]
    return {bound.html_name: value for bound in form if (value := bound.value()) is not None}


def opened(client):
    return fields_of(client.get(address("process_note_edit")))


def sent(client, data, name="process_note_edit"):
    return client.post(address(name), data, follow=True)


def read(client, reader, url=None):
    client.force_login(reader)
    return client.get(url or address("post_page")).content.decode()


def test_save_shows_it_under_the_post(as_ada, bob, snapshot):
    fields = opened(as_ada) | {
        "text": "It began *on a train*.",
        f"moment-snapshot-{snapshot.pk}": "Before I had\r\nread anything.",
        "people": "My sister read it.",
    }

    answer = sent(as_ada, fields)

    assert answer.redirect_chain == [(address("post_page"), 302)]
    moment = ProcessMoment.objects.get()
    assert (moment.text, moment.words) == ("They carry.", 2)
    assert moment.written_at == snapshot.created_at
    page = read(as_ada, bob)
    assert "It began <em>on a train</em>." in page
    assert "Before I had read anything." in page
    assert "My sister" not in page


def test_chosen_words_outlive_their_snapshot_and_the_others_stay_unseen(as_ada, bob, snapshot):
    DraftSnapshot.objects.create(user=snapshot.user, post=snapshot.post, text="Never shown.")
    sent(as_ada, opened(as_ada) | {f"moment-snapshot-{snapshot.pk}": "A start."})
    DraftSnapshot.objects.all().delete()

    page = read(as_ada, bob, address("process_moment", 1))

    assert "They carry." in page
    assert "Never shown." not in page
    assert as_ada.get(address("process_moment", 2)).status_code == 404
    assert as_ada.get(address("process_moment", 0)).status_code == 404


def test_moment_page_shows_what_changed_since_the_chosen_one_before(client, bob, post):
    factories.make_process_note(post, moments=["Ties carry.", "Ties carry news."])

    page = read(client, bob, address("process_moment", 2))

    assert '<ins><span class="visually-hidden">added: </span> news</ins>' in page


def test_clearing_a_sentence_takes_the_moment_out(as_ada, snapshot):
    name = f"moment-snapshot-{snapshot.pk}"
    sent(as_ada, opened(as_ada) | {"text": "A note.", name: "A start."})

    sent(as_ada, opened(as_ada) | {name: ""})

    assert not ProcessMoment.objects.exists()
    assert ProcessNote.objects.get().text == "A note."


def test_sentence_about_a_moment_that_has_gone_is_shown_again(as_ada, snapshot):
    fields = opened(as_ada) | {"text": "A note.", f"moment-snapshot-{snapshot.pk}": "A start."}
    snapshot.delete()

    answer = sent(as_ada, fields)

    assert answer.status_code == 422
    assert "no longer there: “A start.”" in answer.content.decode()
    assert not ProcessNote.objects.exists()


def test_nothing_to_show_is_refused(as_ada, post):
    answer = sent(as_ada, opened(as_ada))

    assert answer.status_code == 422
    assert "There is nothing to show yet." in answer.content.decode()


def test_note_that_is_too_costly_comes_back(as_ada, post):
    for name in ("process_note_edit", "process_note_preview"):
        answer = sent(as_ada, opened(as_ada) | {"text": "> " * 60 + "deep"}, name)

        assert answer.status_code == 422
        assert "&gt; &gt; deep" in answer.content.decode()


def test_preview_shows_what_readers_see_and_saves_nothing(as_ada, snapshot):
    fields = opened(as_ada) | {
        "text": "It began *on a train*.",
        f"moment-snapshot-{snapshot.pk}": "A start.",
        "moment-version-1": "What came of it.",
        "ai_tools": "None.",
    }

    page = sent(as_ada, fields, "process_note_preview").content.decode()

    assert "It began <em>on a train</em>." in page
    assert "It began *on a train*.</textarea>" in page
    assert "data-unsaved" in page
    where = address("process_option", "version-1")
    assert f'href="{where}?since=snapshot-{snapshot.pk}"' in page
    assert not ProcessNote.objects.exists()


def test_save_from_an_older_page_shows_both_and_asks(as_ada, post):
    first = opened(as_ada) | {"text": "Mine.", "people": "My sister."}
    second = opened(as_ada) | {"text": "Mine as well."}
    sent(as_ada, first)

    answer = sent(as_ada, second)

    assert answer.status_code == 409
    form = answer.context["form"]
    assert [(one.field.name, one.stored, one.submitted) for one in form.differences] == [
        ("text", "Mine.", "Mine as well."),
        ("people", "My sister.", ""),
    ]
    chosen = {"reviewed": form.stored_version, "keep-text": "submitted", "keep-people": "stored"}
    sent(as_ada, second | chosen)
    assert ProcessNote.objects.get().text == "Mine as well."
    assert HelpStatement.objects.get().people == "My sister."


def test_remove_asks_and_then_removes_all(as_ada, post):
    factories.make_process_note(post, moments=["A start."])
    factories.make_help_statement(post)

    asked = as_ada.get(address("process_note_remove"))
    assert ProcessNote.objects.exists()
    answer = as_ada.post(address("process_note_remove"), follow=True)

    assert asked.status_code == 200
    assert "Removed." in answer.content.decode()
    assert not ProcessNote.objects.exists()
    assert not HelpStatement.objects.exists()


@pytest.mark.parametrize(
    ("audience", "seen"), [(TEAM, ["ada", "instructor"]), (READERS, ["ada", "bob", "instructor"])]
)
def test_help_is_seen_by_the_team_and_by_those_its_writer_chose(
    request, client, post, audience, seen
):
    factories.make_help_statement(post, audience=audience)

    for name in ("ada", "bob", "instructor"):
        page = read(client, request.getfixturevalue(name))
        assert ("My sister read it." in page) == (name in seen)


def test_grader_reads_it_beside_the_post(client, instructor, post):
    factories.make_process_note(post, moments=["A start."], audience=TEAM)
    factories.make_help_statement(post)

    page = read(client, instructor, factories.desk_address(post))

    assert "It began on a train." in page
    assert "My sister read it." in page
    assert page.count("The author and the teaching team can see this") == 2


def test_public_page_has_none_of_it(client, bob, post):
    Post.objects.update(audience=Audience.PUBLIC)
    factories.make_process_note(post)
    factories.make_help_statement(post, audience=READERS)

    page = read(client, bob, reverse("post_public", args=[post.pk, "ties"]))

    assert "They carry news." in page
    assert "It began on a train." not in page
    assert "My sister" not in page


def test_withdrawn_post_takes_its_moments_along(client, bob, instructor, post):
    factories.make_process_note(post, moments=["A start."])
    Post.objects.update(status=Post.Status.WITHDRAWN)

    client.force_login(bob)
    assert client.get(address("process_moment", 1)).status_code == 404
    client.force_login(instructor)
    assert client.get(address("process_moment", 1)).status_code == 200


def test_draft_can_be_told_of_before_it_is_published(as_ada, ada, course):
    draft = factories.make_draft_post(ada, course, slug="ties")
    DraftSnapshot.objects.create(user=ada, post=draft, text="Half.")

    answer = sent(as_ada, opened(as_ada) | {"text": "It begins."})

    assert answer.redirect_chain == [(address("process_note_edit"), 302)]
    assert "until you publish it, only you can see this" in answer.content.decode()
    assert draft.process_note.text == "It begins."


@pytest.mark.parametrize("name", ["post_page", "post_edit"])
def test_author_is_led_to_the_page(as_ada, post, name):
    page = as_ada.get(address(name)).content.decode()

    assert f'href="{address("process_note_edit")}"' in page


def test_others_are_not(client, bob, instructor, post):
    for reader in (bob, instructor):
        assert address("process_note_edit") not in read(client, reader)


def test_page_leads_to_each_state_and_to_one_difference_at_a_time(as_ada, snapshot):
    page = as_ada.get(address("process_note_edit")).content.decode()
    first, second = (address("process_option", f"snapshot-{snapshot.pk}"), "version-1")
    changes = f"{address('process_option', second)}?since=snapshot-{snapshot.pk}"

    assert f'href="{first}"' in page
    assert f'href="{changes}"' in page
    assert "They carry" not in page
    assert "They carry." in as_ada.get(first).content.decode()
    added = '<ins><span class="visually-hidden">added: </span> news</ins>'
    assert added in as_ada.get(changes).content.decode()


@pytest.mark.parametrize("source", ["snapshot-0", "version-2", "version", "moment-1"])
def test_state_that_is_not_there_has_no_page(as_ada, post, source):
    assert as_ada.get(address("process_option", source)).status_code == 404
    since = {"since": source}
    assert as_ada.get(address("process_option", "version-1"), since).status_code == 404


def test_state_of_another_post_has_no_page(as_ada, ada, course, post):
    other = factories.make_draft_post(ada, course, "Other")
    taken = DraftSnapshot.objects.create(user=ada, post=other, text="Of another.")

    assert as_ada.get(address("process_option", f"snapshot-{taken.pk}")).status_code == 404


@pytest.mark.parametrize(
    "where",
    [
        ("process_note_edit",),
        ("process_option", "version-1"),
        ("process_moment", 1),
    ],
)
def test_pages_that_read_all_states_are_limited(as_ada, post, monkeypatch, where):
    monkeypatch.setattr(process_note, "OPENINGS", 1)
    factories.make_process_note(post, moments=["A start."])

    statuses = [as_ada.get(address(*where)).status_code for _time in range(2)]

    assert statuses == [200, 429]


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_state_cost(as_ada, post, count, django_assert_num_queries):
    for number in range(count):
        DraftSnapshot.objects.create(user=post.author, post=post, text=f"Draft {number}.")
    factories.make_process_note(post, moments=["Start."] * count)

    # session, person with memberships, post; the limit 6; note, moments, versions, snapshots;
    # references, those of versions
    with django_assert_num_queries(15):
        as_ada.get(address("process_option", "version-1"), {"since": "earlier-1"})


@pytest.mark.parametrize("count", [1, 3])
def test_page_cost(as_ada, post, count, django_assert_num_queries):
    for number in range(count):
        DraftSnapshot.objects.create(user=post.author, post=post, text=f"Draft {number}.")
    factories.make_process_note(post, moments=["Start."] * count)

    # session, person with memberships, post; the limit 6;
    # note, statement, moments 2, versions, snapshots
    with django_assert_num_queries(15):
        as_ada.get(address("process_note_edit"))
