"""The pages of a post's references: type one in, correct it, remove it."""

import uuid

import pytest
from django.urls import reverse

from blog.actions.posts import publish_post
from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.models import Audience, Post, Reference, Work
from tests import factories


@pytest.fixture
def post(ada, course):
    return factories.make_draft_post(ada, course)


@pytest.fixture
def reference(ada, post):
    return add_reference(post, add_work(post.course, factories.ARTICLE, by=ada), by=ada)


def sign_in(client, user):
    client.force_login(user)
    return client


def page(name, post, *args):
    return reverse(name, args=[post.course.slug, post.slug, *args])


def filled(**fields):
    """Return a filled form for one work."""
    fields = {
        "type": "article-journal",
        "authors": "Rajagopal, Kamakshi\nJoosten-ten Brinke, Desirée",
        "issued": "2012",
        "title": "Understanding personal learning networks",
        "container": "First Monday",
        "volume": "17",
        "issue": "1",
        "doi": "https://doi.org/10.5210/FM.v17i1.3559",
        "citation_key": "",
        "key": str(uuid.uuid4()),
    } | fields
    return {name: value for name, value in fields.items() if value is not None}


# The pages that are about one reference.
OF_ONE = ["reference_edit", "reference_remove", "reference_accept"]

# Who may


@pytest.mark.parametrize(
    ("who", "published", "status"),
    [
        ("eve", True, 404),
        ("bob", False, 404),
        ("bob", True, 403),
        ("observer", True, 403),
        ("instructor", True, 403),
    ],
)
@pytest.mark.parametrize(
    "name",
    [
        "reference_add",
        "reference_look_up",
        "reference_add_found",
        "reference_edit",
        "reference_remove",
        "reference_accept",
    ],
)
def test_references_of_others_are_closed(
    client, ada, course, request, who, published, status, name
):
    make = factories.make_post if published else factories.make_draft_post
    post = make(ada, course)
    reference = add_reference(post, add_work(course, factories.ARTICLE, by=ada), by=ada)
    args = [reference.key] if name in OF_ONE else []
    sign_in(client, request.getfixturevalue(who))

    answer = client.post(page(name, post, *args), filled(title="Mine"))

    assert answer.status_code == status
    assert list(Work.objects.values_list("csl__title", flat=True)) == ["The strength of weak ties"]
    assert Reference.objects.count() == 1


@pytest.mark.parametrize(
    "name",
    [
        "reference_add",
        "reference_look_up",
        "reference_add_found",
        "reference_edit",
        "reference_remove",
        "reference_accept",
    ],
)
def test_whoever_is_signed_out_is_sent_to_sign_in(client, reference, name):
    args = [reference.key] if name in OF_ONE else []
    address = page(name, reference.post, *args)

    answers = [client.get(address), client.post(address)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url.startswith(reverse("account_login"))
    assert Reference.objects.get() == reference


def test_the_author_gets_the_pages(client, ada, reference):
    sign_in(client, ada)

    assert client.get(page("reference_add", reference.post)).status_code == 200
    assert client.get(page("reference_edit", reference.post, reference.key)).status_code == 200
    assert client.get(page("reference_edit", reference.post, "nobody")).status_code == 302
    assert client.get(page("reference_remove", reference.post, reference.key)).status_code == 405


# Adding


@pytest.mark.parametrize(
    ("authors", "question"),
    [
        ("Mina Okafor", "Is “Mina Okafor” a person? Then edit the reference, and write"),
        ("Turkle S.", None),
        ("Okafor, Mina", None),
        ("World Health Organization", None),
        ("UNESCO", None),
    ],
)
def test_a_name_without_a_comma_is_asked_about(client, ada, post, authors, question):
    sign_in(client, ada)

    answer = client.post(page("reference_add", post), filled(authors=authors), follow=True)

    said = [str(message) for message in answer.context["messages"]]
    assert len(said) == (2 if question else 1)
    assert question is None or said[1].startswith(question)


def test_a_typed_work_is_added(client, ada, post):
    answer = sign_in(client, ada).post(page("reference_add", post), filled())

    reference = post.references.get()
    assert (answer.status_code, answer.url) == (302, page("post_edit", post))
    assert (reference.key, reference.work.label) == (
        "rajagopal2012",
        "Rajagopal & Joosten-ten Brinke, 2012",
    )
    assert reference.work.csl == {
        "type": "article-journal",
        "author": [
            {"family": "Rajagopal", "given": "Kamakshi"},
            {"family": "Joosten-ten Brinke", "given": "Desirée"},
        ],
        "issued": {"date-parts": [[2012]]},
        "title": "Understanding personal learning networks",
        "container-title": "First Monday",
        "volume": "17",
        "issue": "1",
        "DOI": "10.5210/fm.v17i1.3559",
    }


def test_names_dates_and_places_are_read_as_people_write_them(client, ada, post):
    sign_in(client, ada).post(
        page("reference_add", post),
        filled(
            authors="Bui Phu Hung\nUlla, M. B.\n\n{Ministry of Culture, Youth and Sport}",
            issued="2023-10-19",
            pages="Article 1287728",
            doi="",
            citation_key="@bui2023",
        ),
    )

    csl = post.references.get(key="bui2023").work.csl
    assert csl["author"] == [
        {"literal": "Bui Phu Hung"},
        {"family": "Ulla", "given": "M. B."},
        {"literal": "Ministry of Culture, Youth and Sport"},
    ]
    assert csl["issued"] == {"date-parts": [[2023, 10, 19]]}
    assert csl["number"] == "1287728"


def test_a_work_the_course_has_already_is_used_and_that_is_said(client, ada, bob, course, post):
    own = add_work(course, {"title": "Here first", "DOI": "10.5210/fm.v17i1.3559"}, by=bob)
    work = factories.share_work(own)

    answer = sign_in(client, ada).post(page("reference_add", post), filled(), follow=True)

    assert post.references.get().work == work
    assert "The course already has a reference with this DOI" in answer.content.decode()


def test_ones_own_work_with_this_doi_is_used_and_that_is_said(client, ada, course, post):
    work = add_work(course, {"title": "Mine first", "DOI": "10.5210/fm.v17i1.3559"}, by=ada)

    answer = sign_in(client, ada).post(page("reference_add", post), filled(), follow=True)

    assert post.references.get().work == work
    assert "You already have a reference with this DOI" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": ""}, "This field is required."),
        ({"doi": "978-3-16-148410-0"}, "A DOI starts with 10."),
        ({"url": "not an address"}, "Enter a valid URL."),
        ({"citation_key": "two words"}, "Use letters and digits"),
    ],
)
def test_what_is_wrong_with_a_typed_work_is_said_in_place(client, ada, post, fields, sentence):
    answer = sign_in(client, ada).post(page("reference_add", post), filled(**fields))

    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert "Joosten-ten Brinke, Desirée</textarea>" in text
    assert not Reference.objects.exists()


# Correcting


def correct(client, reference, **fields):
    """Send back the edit form as the page shows it, with some fields changed."""
    address = page("reference_edit", reference.post, reference.key)
    shown = client.get(address).context
    form = shown["form"]
    data = {"citation_key": reference.key}
    if form is not None:
        data |= {bound.name: bound.value() or "" for bound in form}
    return client.post(address, data | fields)


def test_a_correction_changes_what_was_changed_and_leaves_the_rest(client, ada, post, course):
    csl = factories.ARTICLE | {"language": "en", "ISSN": "0002-9602"}
    reference = add_reference(post, add_work(course, csl, by=ada), by=ada)

    answer = correct(sign_in(client, ada), reference, title="The strength of ties")

    work = Work.objects.get()
    assert answer.url == page("post_edit", post)
    assert work.csl == {**csl, "title": "The strength of ties"}
    assert "The strength of ties" in work.html


def test_a_form_sent_back_untouched_changes_nothing(client, ada, post, course):
    csl = {
        "type": "chapter",
        "author": [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}],
        "editor": [{"literal": "Ministry of Culture, Youth and Sport"}],
        "title": "A <i>net</i>",
        "issued": {"date-parts": [[2012]], "season": "1"},
    }
    reference = add_reference(post, add_work(course, csl, by=ada), by=ada)
    before = Work.objects.values().get()

    correct(sign_in(client, ada), reference)

    assert Work.objects.values().get() == before


def test_a_new_key_is_all_an_author_changes_of_a_work_of_somebody_else(
    client, ada, bob, course, post
):
    work = factories.share_work(add_work(course, factories.ARTICLE, by=bob))
    reference = add_reference(post, work, by=ada)
    sign_in(client, ada)

    answer = correct(client, reference, citation_key="ties", title="Mine")

    assert answer.status_code == 302
    assert Reference.objects.get(post=reference.post).key == "ties"
    assert Work.objects.get().csl["title"] == "The strength of weak ties"


def test_a_key_of_another_work_is_refused_in_place(client, ada, course, reference):
    other = add_reference(
        reference.post, add_work(course, {"type": "book", "title": "B"}, by=ada), by=ada, key="b"
    )

    answer = correct(sign_in(client, ada), other, citation_key=reference.key, title="Changed")

    assert "Another reference of this post has this key." in answer.content.decode()
    assert 'value="Changed"' in answer.content.decode()
    assert Reference.objects.get(pk=other.pk).key == "b"
    assert Work.objects.get(pk=other.work_id).csl["title"] == "B"


def test_a_key_with_a_slash_has_its_pages(client, ada, course, post):
    work = add_work(course, {"type": "book", "title": "B"}, by=ada)
    reference = add_reference(post, work, by=ada, key="DBLP:books/luna")

    assert correct(sign_in(client, ada), reference, title="C").status_code == 302
    client.post(page("reference_remove", post, reference.key))

    assert not Reference.objects.exists()


# Taking off


def test_remove_removes_the_reference(client, ada, reference):
    post = reference.post

    answer = sign_in(client, ada).post(page("reference_remove", post, reference.key))

    assert answer.url == page("post_edit", post)
    assert not Reference.objects.exists()


def test_remove_of_a_cited_work_says_why_not(client, ada, reference):
    publish_post(
        reference.post,
        by=ada,
        title="Ties",
        text="News [@granovetter1973].",
        audience=Audience.COURSE,
    )

    answer = sign_in(client, ada).post(
        page("reference_remove", reference.post, reference.key), follow=True
    )

    assert "Your published post cites this reference." in answer.content.decode()
    assert Reference.objects.exists()


def test_the_kind_of_a_work_is_in_brackets_after_its_title(client, ada, course):
    post = factories.make_draft_post(ada, course)
    client.force_login(ada)
    film = filled(
        type="motion_picture",
        authors="Forman, Miloš (Director)",
        issued="1975",
        title="Nets",
        genre="Film; director’s cut",
        container="",
        volume="",
        issue="",
        doi="",
    )

    answer = client.post(page("reference_add", post), film)

    assert answer.status_code == 302
    work = post.references.get().work
    assert work.html == "Forman, M. (Director). (1975). <i>Nets</i> [Film; director’s cut]."
    assert work.label == "Forman, 1975"


# Who sees a change


SHARED = "Your course shares this reference: the whole class sees your changes"


@pytest.mark.parametrize("is_shared", [True, False])
def test_the_form_of_a_shared_reference_says_who_sees_the_change(
    client, ada, course, reference, is_shared
):
    if is_shared:
        factories.share_work(reference.work)
    draft = factories.make_draft_post(ada, course, audience=Audience.ONLY_ME)
    add_reference(draft, reference.work, by=ada, key="ties")

    answer = sign_in(client, ada).get(page("reference_edit", draft, "ties"))

    assert (SHARED in answer.content.decode()) is is_shared


def test_the_form_of_a_reference_that_only_hidden_posts_cite_promises_no_class(
    client, ada, course, reference
):
    work = factories.share_work(reference.work)
    Post.objects.exclude(revision=None).update(status=Post.Status.WITHDRAWN)
    draft = factories.make_draft_post(ada, course, audience=Audience.ONLY_ME)
    add_reference(draft, work, by=ada, key="ties")

    answer = sign_in(client, ada).get(page("reference_edit", draft, "ties"))

    assert SHARED not in answer.content.decode()
    assert "Everyone who sees this reference sees your changes." in answer.content.decode()


def test_who_cannot_change_a_shared_reference_is_not_told_who_would_see_it(
    client, ada, bob, course, post
):
    work = factories.share_work(add_work(course, factories.ARTICLE, by=bob))
    add_reference(post, work, by=ada, key="ties")

    answer = sign_in(client, ada).get(page("reference_edit", post, "ties"))

    assert SHARED not in answer.content.decode()
    assert "Only they and the instructors can change it." in answer.content.decode()


def test_the_page_of_the_courses_reference_says_it_too(client, ada, course, reference):
    work = factories.share_work(reference.work)

    answer = sign_in(client, ada).get(reverse("work_edit", args=[course.slug, work.pk]))

    assert SHARED in answer.content.decode()


def test_publishing_says_what_the_course_has_instead_and_where_to_compare(
    client, ada, bob, course, reference
):
    factories.share_work(add_work(course, factories.ARTICLE | {"title": "Other words"}, by=bob))
    fields = {"title": "T", "text": f"So [@{reference.key}].", "audience": Audience.COURSE}
    sign_in(client, ada)

    published = client.post(page("post_publish", reference.post), fields, follow=True)

    text = published.content.decode()
    assert "Your post is published." in text
    assert "Your course already has a reference for Granovetter, 1973" in text
    assert "Other words" in text
    compare = page("reference_edit", Post.objects.get(pk=reference.post_id), reference.key)
    assert f'href="{compare}"' in text
    assert "The strength of weak ties" in client.get(compare).context["published_entry"]


def test_publishing_says_nothing_of_entries_that_read_the_same(client, ada, bob, course, reference):
    factories.share_work(add_work(course, factories.ARTICLE | {"volume": "79"}, by=bob))
    fields = {"title": "T", "text": f"So [@{reference.key}].", "audience": Audience.COURSE}

    published = sign_in(client, ada).post(page("post_publish", reference.post), fields, follow=True)

    assert "Your course already has" not in published.content.decode()
