"""The class bibliography: who sees which work, searching, taking, taking away, merging."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from blog.actions.post_states import withdraw_post
from blog.actions.posts import publish_post
from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.citations.parsers import read_references
from blog.models import Audience, Reference, Work, WorkMerge
from blog.queries.bibliography import bibliography_of
from tests import factories

LUNA = {
    "type": "book",
    "author": [{"family": "Łuna", "given": "Désirée"}],
    "title": "Quiet networks",
    "publisher": "Heron Press",
    "issued": {"date-parts": [[2020]]},
}
ADAMS = LUNA | {
    "author": [{"family": "Adams", "given": "Zoe"}],
    "title": "The loud ones",
    "issued": {"date-parts": [[1999]]},
}
TYPED = {key: value for key, value in factories.ARTICLE.items() if key != "DOI"}


def cite(author, course, *records, title="Of ties", audience=Audience.COURSE, days_ago=0):
    """Publish a post that cites these records."""
    post = factories.make_draft_post(author, course, title)
    keys = [add_reference(post, add_work(course, csl, by=author), by=author).key for csl in records]
    text = "So it is said [" + "; ".join(f"@{key}" for key in keys) + "]."
    at = timezone.now() - timedelta(days=days_ago)
    publish_post(post, by=author, title=title, text=text, audience=audience, at=at)
    return post


def sign_in(client, user):
    client.force_login(user)
    return client


def at(name, course, *args):
    return reverse(name, args=[course.slug, *args])


def shown(client, user, course, query=""):
    """Return the labels in the list, in order."""
    answer = sign_in(client, user).get(at("bibliography", course) + query)
    assert answer.status_code == 200
    return [entry.work.label for entry in entries_of(answer)]


def entries_of(answer):
    return [entry for _letter, entries in answer.context["letters"] for entry in entries]


# Who sees what


@pytest.mark.parametrize("name", ["bibliography", "bibliography_export", "work_page", "work_merge"])
def test_whoever_is_not_in_the_course_sees_nothing(client, course, ada, eve, name):
    cite(ada, course, LUNA)
    given = {"bibliography": [], "bibliography_export": ["bib"]}.get(name, [Work.objects.get().pk])
    address = at(name, course, *given)

    answer = client.get(address)

    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))
    assert sign_in(client, eve).get(address).status_code == 404


def test_works_of_posts_the_reader_may_not_see_are_not_listed(
    client, course, ada, bob, instructor, observer
):
    cite(ada, course, LUNA)
    cite(ada, course, ADAMS, title="For the team", audience=Audience.INSTRUCTORS)
    cite(ada, course, factories.ARTICLE, title="Mine", audience=Audience.ONLY_ME)
    draft = factories.make_draft_post(ada, course)
    add_reference(draft, add_work(course, LUNA | {"title": "Not cited yet"}, by=ada), by=ada)

    assert shown(client, ada, course) == ["Adams, 1999", "Granovetter, 1973", "Łuna, 2020"]
    assert shown(client, instructor, course) == ["Adams, 1999", "Łuna, 2020"]
    assert shown(client, bob, course) == shown(client, observer, course) == ["Łuna, 2020"]


def test_the_page_and_the_file_of_a_hidden_work_are_closed_too(client, course, ada, bob):
    cite(ada, course, ADAMS, audience=Audience.INSTRUCTORS)
    work = Work.objects.get()
    post = factories.make_draft_post(bob, course)
    sign_in(client, bob)

    page = client.get(at("work_page", course, work.pk))
    file = client.get(at("bibliography_export", course, "json"))
    added = client.post(at("work_add", course), {"post": post.slug, "work": work.pk})

    assert page.status_code == added.status_code == 404
    assert json.loads(file.content) == []
    assert not post.references.exists()


def test_a_withdrawn_post_takes_its_works_along(client, course, ada, bob):
    withdraw_post(cite(ada, course, LUNA), by=ada)

    assert shown(client, bob, course) == shown(client, ada, course) == []


def test_only_posts_the_reader_sees_are_named(client, course, ada, bob):
    cite(ada, course, LUNA, title="Open to all")
    cite(ada, course, LUNA, title="Kept apart", audience=Audience.INSTRUCTORS)
    work = Work.objects.get()
    sign_in(client, bob)

    for address in (at("bibliography", course), at("work_page", course, work.pk)):
        text = client.get(address).content.decode()
        assert "Open to all" in text
        assert "Kept apart" not in text


def test_the_list_says_who_cites_what_and_where(client, course, ada, bob):
    first = cite(ada, course, LUNA, title="Of ties", days_ago=2)
    second = cite(bob, course, LUNA, title="Of knots")

    answer = sign_in(client, bob).get(at("bibliography", course))

    [one] = entries_of(answer)
    assert (one.listed.posts, one.listed.has_more_posts) == ([second, first], False)
    cited = " ".join(strip_tags(answer.content.decode()).split())
    assert "Cited by you: Of knots and Ada: Of ties" in cited


def test_a_work_with_many_posts_leads_on_to_all_of_them(client, course, ada):
    posts = [cite(ada, course, LUNA, title=f"Post {n}", days_ago=n) for n in range(7)]

    answer = sign_in(client, ada).get(at("bibliography", course))
    [one] = entries_of(answer)
    page = client.get(at("work_page", course, one.work.pk))

    assert (one.listed.posts, one.listed.has_more_posts) == (posts[:5], True)
    assert f'<a href="{at("work_page", course, one.work.pk)}">others</a>' in answer.content.decode()
    assert page.context["posts"] == posts


# Finding


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Adams, 1999", "Łuna, 2020"]),
        ("?q=quiet+NETWORKS", ["Łuna, 2020"]),
        ("?q=luna", ["Łuna, 2020"]),
        ("?q=1999+adams", ["Adams, 1999"]),
        ("?q=heron", ["Adams, 1999", "Łuna, 2020"]),
        ("?q=%21%3F", ["Adams, 1999", "Łuna, 2020"]),
        ("?q=nofollow", []),
        ("?sort=year", ["Łuna, 2020", "Adams, 1999"]),
        ("?sort=title", ["Adams, 1999", "Łuna, 2020"]),
        ("?sort=cited", ["Łuna, 2020", "Adams, 1999"]),
        ("?sort=nonsense&page=99", ["Adams, 1999", "Łuna, 2020"]),
    ],
)
def test_search_and_order(client, course, ada, query, expected):
    cite(ada, course, ADAMS, days_ago=3)
    cite(ada, course, LUNA)

    assert shown(client, ada, course, query) == expected


def test_pages_end(client, course, ada):
    works = [LUNA | {"title": f"Quiet networks {n}"} for n in range(21)]
    cite(ada, course, *works)

    first = sign_in(client, ada).get(at("bibliography", course) + "?q=quiet")
    second = client.get(at("bibliography", course) + "?q=quiet&page=2")

    assert [len(entries_of(answer)) for answer in (first, second)] == [20, 1]
    assert "?q=quiet&amp;page=2" in first.content.decode()
    assert "That’s the end of the list." not in first.content.decode()
    assert "That’s the end of the list." in second.content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("query", ["", "?q=quiet&sort=cited"])
def test_queries(client, course, ada, bob, django_assert_num_queries, count, query):
    for n in range(count):
        cite(bob, course, LUNA | {"title": f"Quiet networks {n}"}, title=f"Post {n}")
        factories.make_draft_post(ada, course)
    sign_in(client, ada)

    # Session, person, memberships, prompts; keys, works, posts that cite them, their statuses;
    # one's own posts, references of the first; and with that order, when each was last cited.
    with django_assert_num_queries(10 if query else 9):
        client.get(at("bibliography", course) + query)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_an_instructor_and_of_a_work(
    client, course, instructor, ada, django_assert_num_queries, count
):
    for n in range(count):
        cite(ada, course, LUNA, LUNA | {"edition": "2"}, title=f"Post {n}")
    page = at("work_page", course, Work.objects.first().pk)
    sign_in(client, instructor)

    with django_assert_num_queries(8):
        client.get(at("bibliography", course))
    with django_assert_num_queries(6):
        client.get(page)


# Adding


def add(client, course, work, post, back=""):
    data = {"post": post.slug, "work": work.pk, "back": back}
    return client.post(at("work_add", course), data)


def test_a_work_is_added_to_the_chosen_post(client, course, ada, bob):
    cite(bob, course, LUNA)
    post = factories.make_draft_post(ada, course)
    work = Work.objects.get()

    answer = add(sign_in(client, ada), course, work, post, back="q=quiet&page=1&evil=//x")
    again = add(client, course, work, post)

    assert answer.url == at("bibliography", course) + (
        f"?q=quiet&page=1&for={post.slug}#work-{work.pk}"
    )
    assert again.status_code == 302
    assert [(r.work, r.key) for r in post.references.all()] == [(work, "luna2020")]
    assert "[@luna2020]" in client.get(answer.url).content.decode()


def test_the_post_at_hand_is_offered_first(client, course, ada):
    older = factories.make_draft_post(ada, course, "Older")
    newer = factories.make_draft_post(ada, course, "Newer")
    published = cite(ada, course, LUNA, title="Out")
    older.drafts.update(updated_at=timezone.now() + timedelta(minutes=1))

    form = sign_in(client, ada).get(at("bibliography", course)).context["post_form"]

    assert form.fields["post"].choices == [
        (older.slug, "Older (draft)"),
        (newer.slug, "Newer (draft)"),
        (published.slug, "Out"),
    ]


def test_nobody_adds_references_to_the_post_of_another(client, course, ada, bob, observer):
    post = cite(ada, course, LUNA)
    cite(bob, course, ADAMS)
    work = Work.objects.get(label="Adams, 1999")

    assert add(sign_in(client, bob), course, work, post).status_code == 404
    assert add(sign_in(client, observer), course, work, post).status_code == 403
    assert [r.work.label for r in post.references.all()] == ["Łuna, 2020"]


def test_a_work_that_the_post_has_is_marked_where_the_button_was(client, course, ada, bob):
    cite(bob, course, LUNA, ADAMS)
    post = factories.make_draft_post(ada, course)
    factories.make_draft_post(ada, course, "Other")
    luna = Work.objects.get(label="Łuna, 2020")

    answer = add(sign_in(client, ada), course, luna, post)

    entries = entries_of(client.get(answer.url))
    assert {entry.work.label: entry.is_in_post for entry in entries} == {
        "Adams, 1999": False,
        "Łuna, 2020": True,
    }


# As files


@pytest.mark.parametrize(
    ("ending", "content_type"),
    [
        ("bib", "application/x-bibtex; charset=utf-8"),
        ("ris", "application/x-research-info-systems; charset=utf-8"),
        ("json", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_the_list_as_a_file(client, course, ada, ending, content_type):
    cite(ada, course, LUNA, LUNA | {"title": "Quiet networks again"}, ADAMS)

    answer = sign_in(client, ada).get(
        at("bibliography_export", course, ending) + "?q=quiet&sort=title"
    )

    assert answer.status_code == 200
    assert answer["Content-Type"] == content_type
    assert answer["Content-Disposition"] == (
        f'attachment; filename="{course.slug}-references.{ending}"'
    )
    assert "private" in answer["Cache-Control"]
    assert [(r["id"], r["title"]) for r in read_references(answer.content.decode())] == [
        ("luna2020", "Quiet networks"),
        ("luna2020a", "Quiet networks again"),
    ]


def test_a_file_of_no_known_kind_is_not_found(client, course, ada):
    assert sign_in(client, ada).get(at("bibliography_export", course, "doc")).status_code == 404


# Correcting


def test_an_instructor_corrects_a_record_and_published_posts_keep_theirs(
    client, course, instructor, assistant, ada, bob
):
    post = cite(ada, course, LUNA)
    cite(bob, course, LUNA, title="Of knots")
    work = Work.objects.get()
    address = at("work_edit", course, work.pk)
    sign_in(client, instructor)

    form = client.get(address).context["form"]
    data = {bound.name: bound.value() or "" for bound in form} | {"title": "Silent networks"}
    answer = client.post(address, data)

    assert answer.url == at("work_page", course, work.pk)
    work.refresh_from_db()
    assert work.csl == LUNA | {"title": "Silent networks"}
    assert "<i>Silent networks</i>" in client.get(answer.url).content.decode()
    post.revision.refresh_from_db()
    assert "Quiet networks" in post.revision.references[0]["html"]
    for other in (bob, assistant):
        assert sign_in(client, other).post(address, data).status_code == 403
    assert sign_in(client, ada).post(address, data).status_code == 302  # who added it


def test_a_correction_that_is_refused_stays_in_the_form(client, course, instructor, ada):
    cite(ada, course, LUNA, factories.ARTICLE)
    work = Work.objects.get(label="Łuna, 2020")
    address = at("work_edit", course, work.pk)
    form = sign_in(client, instructor).get(address).context["form"]
    data = {bound.name: bound.value() or "" for bound in form}

    answer = client.post(address, data | {"doi": "10.1086/225469", "title": "Mine"})

    assert answer.status_code == 422
    assert "The course has another reference with this DOI." in answer.content.decode()
    assert 'value="Mine"' in answer.content.decode()
    assert Work.objects.get(pk=work.pk).csl == LUNA


# Merging


@pytest.fixture
def pair(course, ada, bob):
    """Return two records of one work, each cited by a post; the second has no DOI."""
    cite(ada, course, factories.ARTICLE, title="Of ties")
    cite(bob, course, TYPED | {"issue": "5"}, title="Of knots")
    return Work.objects.order_by("pk")


def merge_address(course, work, other):
    return at("work_merge", course, work.pk) + f"?with={other.pk}"


def test_what_looks_like_one_work_is_shown_to_instructors_alone(
    client, course, instructor, ada, assistant, pair
):
    with_doi, typed = pair
    sign_in(client, instructor)

    assert client.get(at("bibliography", course)).context["pairs"] == [[with_doi, typed]]
    assert client.get(at("bibliography", course) + "?q=ties").context["pairs"] == []
    for person in (ada, assistant):
        answer = sign_in(client, person).get(at("bibliography", course))
        assert answer.context["pairs"] == []
        assert client.get(merge_address(course, *pair)).status_code == 403
        assert client.post(at("work_split", course, typed.pk)).status_code == 403


def test_an_instructor_looks_at_a_merge_makes_it_and_takes_it_back(
    client, course, instructor, pair
):
    with_doi, typed = pair
    sign_in(client, instructor)
    before = list(Reference.objects.order_by("pk").values())

    preview = client.get(merge_address(course, typed, with_doi))
    assert preview.context["form"].initial["keep"] == with_doi
    assert {one.work: [str(p) for p in one.posts] for one in preview.context["listed"]} == {
        with_doi: ["Of ties"],
        typed: ["Of knots"],
    }
    answer = client.post(merge_address(course, typed, with_doi), {"keep": with_doi.pk})

    assert answer.url == at("work_page", course, with_doi.pk)
    assert [(m.duplicate, m.canonical, m.made_by) for m in WorkMerge.objects.all()] == [
        (typed, with_doi, instructor)
    ]
    page = client.get(answer.url)
    assert [str(post) for post in page.context["posts"]] == ["Of knots", "Of ties"]
    assert list(bibliography_of(instructor, course)) == [with_doi]
    assert client.get(at("work_page", course, typed.pk)).status_code == 404

    answer = client.post(at("work_split", course, typed.pk))

    assert answer.url == at("work_page", course, with_doi.pk)
    assert list(Reference.objects.order_by("pk").values()) == before
    again = client.post(at("work_split", course, typed.pk))
    assert (again.status_code, WorkMerge.objects.count()) == (302, 0)


def test_two_works_that_differ_are_merged_only_after_a_tick(client, course, instructor, ada, pair):
    cite(ada, course, LUNA)
    with_doi, _typed, third = pair.all()
    address = merge_address(course, with_doi, third)
    sign_in(client, instructor)

    page = client.get(address).content.decode()
    assert "These two differ in: authors, year, title." in page
    refused = client.post(address, {"keep": with_doi.pk})
    assert "Check that they are the same work" in refused.content.decode()
    assert not WorkMerge.objects.exists()

    client.post(address, {"keep": with_doi.pk, "is_same": "on"})
    assert WorkMerge.objects.count() == 1


def test_posts_that_have_both_are_named_before_a_merge(client, course, instructor, ada, pair):
    both = cite(ada, course, *(work.csl for work in pair), title="Of both")

    preview = sign_in(client, instructor).get(merge_address(course, *pair))

    assert preview.context["posts_with_both"] == [both]


def test_a_second_record_is_found_by_its_words(client, course, instructor, ada, pair):
    with_doi, typed = pair
    cite(ada, course, LUNA)
    address = at("work_merge", course, with_doi.pk)
    sign_in(client, instructor)

    assert client.get(address).context["others"] == [typed]
    assert [w.label for w in client.get(address + "?q=quiet").context["others"]] == ["Łuna, 2020"]


@pytest.mark.parametrize("other", ["0", "x", "itself"])
def test_a_merge_with_nothing_is_not_found(client, course, instructor, pair, other):
    work = pair[0]
    other = work.pk if other == "itself" else other

    answer = sign_in(client, instructor).post(
        at("work_merge", course, work.pk) + f"?with={other}", {"keep": work.pk}
    )

    assert answer.status_code == 404
    assert not WorkMerge.objects.exists()


def test_a_refused_merge_says_why(client, course, instructor, ada, pair):
    cite(ada, course, TYPED | {"title": "The strength of weak ties revisited"})
    with_doi, typed, third = pair.all()
    sign_in(client, instructor)
    client.post(merge_address(course, typed, with_doi), {"keep": with_doi.pk})

    answer = client.post(
        merge_address(course, with_doi, third), {"keep": third.pk, "is_same": "on"}
    )

    assert answer.status_code == 422
    assert "Other references were merged into the one" in answer.content.decode()
    assert WorkMerge.objects.count() == 1
