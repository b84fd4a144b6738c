"""The status of a reference: what readers are told about the works under a post."""

import pytest
from django.urls import reverse

from blog.actions.drafts import start_post
from blog.actions.posts import publish_post
from blog.actions.references import add_reference
from blog.actions.works import accept_correction, add_work
from blog.citations.parsers.reference_line import read_apa
from blog.models import Audience, Post
from blog.queries.reference_status import reference_list, reference_statuses
from blog.tasks import verify_due_works
from tests import factories
from tests.blog.citations.test_comparison import BUI_LINE, RAJAGOPAL_LINE
from tests.blog.lookup.stub import BUI, RAJAGOPAL


@pytest.fixture
def post(course, ada):
    post = start_post(course, by=ada, title="Ties")
    for line in (BUI_LINE, RAJAGOPAL_LINE):
        add_reference(post, add_work(course, read_apa(line), by=ada), by=ada)
    publish(post, ada)
    return post


def publish(post, by):
    keys = [f"[@{reference.key}]" for reference in post.references.all()]
    text = f"Networks {' '.join(keys)} are quiet."
    publish_post(post, by=by, title="Ties", text=text, audience=Audience.PUBLIC)


def page_of(client, user, post):
    client.force_login(user)
    return client.get(post.get_absolute_url()).content.decode()


def test_nothing_is_said_of_works_that_were_not_looked_up(client, bob, post):
    html = page_of(client, bob, post)

    assert "Not checked yet" not in html
    assert "Checked" not in html


def test_readers_see_the_status_and_what_differs(crossref, client, bob, post):
    crossref.lay_work(BUI)
    crossref.lay_search(RAJAGOPAL)
    verify_due_works()

    html = page_of(client, bob, post)

    assert html.count("Differs from Crossref") == 2
    assert "A name is in the wrong order: “B. Sloep, P.” should be “Sloep, P. B.”." in html
    assert "Use this value" not in html


def test_a_published_entry_is_compared_as_published_not_as_corrected_since(
    crossref, client, bob, ada, post
):
    crossref.lay_work(BUI)
    crossref.lay_search()
    verify_due_works()
    work = post.references.get(key__startswith="bui").work
    accept_correction(work, "place", by=ada)

    work.refresh_from_db()
    before = page_of(client, bob, post)
    publish(post, ada)
    after = page_of(client, bob, post)

    assert reference_statuses([work])[work.pk].label == "Checked with Crossref"
    assert ("Differs from" in before, "Checked with" in before) == (True, False)
    assert ("Differs from" in after, "Checked with Crossref" in after) == (False, True)


def test_not_found_accuses_nobody(crossref, client, bob, post):
    crossref.lay_search()
    verify_due_works()

    html = page_of(client, bob, post)

    assert html.count("Not found (many references are not listed)") == 2
    assert "invent" not in html.lower()


def test_graders_read_it_on_the_desk_as_well(crossref, client, instructor, post):
    prompt = factories.make_prompt(post.course)
    Post.objects.filter(pk=post.pk).update(prompt=prompt)
    factories.set_queue_number(prompt, post.author, 7)
    crossref.lay_search()
    verify_due_works()
    client.force_login(instructor)

    page = client.get(f"/c/{post.course.slug}/desk/{prompt.number}/7/").content.decode()

    assert page.count("Not found (many references are not listed)") == 2


def test_a_retraction_is_said_with_its_notice(crossref, client, bob, post):
    notice = {"DOI": "10.3389/notice.1", "type": "retraction"}
    crossref.lay_work(BUI | {"updated-by": [notice]})
    crossref.lay_search()
    verify_due_works()

    html = page_of(client, bob, post)

    assert "Retracted" in html
    assert '<a href="https://doi.org/10.3389/notice.1" rel="nofollow noopener">' in html


def test_strangers_see_the_status_too_and_no_course(crossref, client, post):
    crossref.lay_work(BUI)
    crossref.lay_search(RAJAGOPAL)
    verify_due_works()

    html = client.get(reverse("post_public", args=[post.pk, post.slug])).content.decode()

    assert html.count("Differs from Crossref") == 2
    assert f"/c/{post.course.slug}/" not in html


@pytest.mark.parametrize("services", [[], ["DOI_URL"], ["CROSSREF_URL"]])
def test_only_what_will_be_asked_waits(client, ada, post, settings, services):
    settings.CROSSREF_URL = settings.DOI_URL = ""
    for name in services:
        setattr(settings, name, "http://127.0.0.1:9")
    client.force_login(ada)

    html = client.get(reverse("post_edit", args=[post.course.slug, post.slug])).content.decode()

    # One of the two works has a DOI; words alone are looked up at Crossref only.
    waiting = {"DOI_URL": 1, "CROSSREF_URL": 2}.get("".join(services), 0)
    assert html.count("Not checked yet") == waiting


def test_the_editor_shows_the_status(crossref, client, ada, post):
    client.force_login(ada)

    html = client.get(reverse("post_edit", args=[post.course.slug, post.slug])).content.decode()

    assert html.count("Not checked yet") == 2


@pytest.mark.parametrize("works", [1, 3])
def test_statuses_of_a_list_cost_one_query(course, ada, works, django_assert_num_queries):
    listed = [factories.make_work(course, doi=f"10.1000/{n}") for n in range(works)]

    with django_assert_num_queries(1):
        statuses = reference_statuses(listed)

    assert len(statuses) == works


@pytest.mark.parametrize("works", [1, 3])
def test_the_entries_of_a_post_cost_one_query(course, ada, works, django_assert_num_queries):
    post = start_post(course, by=ada, title="Ties")
    for n in range(works):
        csl = factories.ARTICLE | {"DOI": f"10.1000/{n}", "title": f"Ties {n}"}
        add_reference(post, add_work(course, csl, by=ada), by=ada)
    publish(post, ada)

    with django_assert_num_queries(1):
        entries = reference_list(post.revision)

    assert [entry["status"].result for entry in entries] == [None] * works


def test_a_text_without_references_costs_nothing(course, ada, django_assert_num_queries):
    post = factories.make_post(ada, course)

    with django_assert_num_queries(0):
        assert reference_list(post.revision) == []
