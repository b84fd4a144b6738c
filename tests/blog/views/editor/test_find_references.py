"""References found and added in the editor, without leaving it."""

import json

import pytest
from django.utils.html import strip_tags

from blog.actions.drafts import start_post
from blog.models import Audience, Draft, Reference, Work
from tests import factories
from tests.blog.lookup.stub import BUI
from tests.blog.views.editor.buttons import button

LINE = "Calder, B. (2014). Half-open doors. Harbour Press."
RIS = "TY  - BOOK\nAU  - Sol, B.\nPY  - 2019\nTI  - Small rooms\nER  -\n"


@pytest.fixture
def post(ada, course):
    return start_post(course, by=ada, title="T", text="stored")


@pytest.fixture
def as_ada(client, ada):
    client.force_login(ada)
    return client


def typed(**fields):
    return {"title": "T", "text": "typed since", "audience": Audience.COURSE, **fields}


def make_book(course, number, **fields):
    csl = {"type": "book", "title": f"Rooms and windows {number}"}
    html = f"Sol, B. (2019). Rooms and windows {number}."
    return factories.make_work(course, csl, doi="", label=f"Sol, 201{number}", html=html, **fields)


def find(client, post, text, **fields):
    """Return what a script is told, as words without white space around them."""
    answer = client.post(button("reference_find", post), {"find": text, **fields})
    assert answer.status_code == 200
    return " ".join(strip_tags(answer.content.decode()).split())


def insert(client, post, **fields):
    return client.post(button("reference_insert", post), fields)


def test_without_scripts_the_text_is_saved_and_the_results_are_beside_it(as_ada, post):
    answer = as_ada.post(button("editor_reference_find", post), typed(find=LINE))

    page = answer.content.decode()
    assert (answer.status_code, Draft.objects.get().text) == (200, "typed since")
    assert "typed since</textarea>" in page
    assert f"{LINE}</textarea>" in page
    [found] = answer.context["search"].found
    assert found.label == "Calder, 2014"

    answer = as_ada.post(
        button("editor_records_add", post), typed(find=LINE, records=found.records), follow=True
    )

    assert "Calder, 2014 added to your references." in answer.content.decode()
    assert Reference.objects.get().key == "calder2014"


def test_a_new_post_can_begin_with_a_search(as_ada, course):
    key = "5f0c9f6e-8d3e-4e0c-9a39-2f1d8f3a7a10"

    answer = as_ada.post(button("editor_reference_find", course), typed(find=LINE, key=key))

    assert Draft.objects.get().text == "typed since"
    assert answer.context["search"].found[0].label == "Calder, 2014"


def test_what_is_typed_in_the_field_comes_back_with_a_refused_form(as_ada, post):
    page = as_ada.post(button("post_publish", post), typed(title="", find=LINE)).content.decode()

    assert f"{LINE}</textarea>" in page


def test_records_that_were_tampered_with_are_refused_in_words(as_ada, post):
    answer = as_ada.post(button("editor_records_add", post), typed(records="[1"), follow=True)

    assert "These references could not be read." in answer.content.decode()
    assert insert(as_ada, post, records="[1").json() == {
        "said": "These references could not be read. Look them up again."
    }
    assert not Reference.objects.exists()


@pytest.mark.parametrize("text", [LINE, RIS, "doi:10.1002/nothing.1"])
def test_what_was_typed_is_carried_to_the_form(as_ada, post, text):
    answer = as_ada.post(
        button("editor_reference_add", post), typed(find=text, type_in="1"), follow=True
    )

    form = answer.context["form"]
    expected = {LINE: "Half-open doors", RIS: "Small rooms"}.get(text, "")
    assert (form["title"].value() or "") == expected
    if not expected:
        assert form["doi"].value() == "10.1002/nothing.1"


def test_a_typed_isbn_is_carried_to_the_form(as_ada, post):
    fields = typed(find="978-0-521-43017-3", type_in="1")

    answer = as_ada.post(button("editor_reference_add", post), fields, follow=True)

    assert answer.context["isbn"] == "9780521430173"


def test_the_works_of_the_course_come_first_with_who_cites_them(as_ada, bob, course, post):
    factories.share_work(make_book(course, 1, added_by=bob))
    make_book(course, 2, added_by=bob)  # of nobody's published post

    said = find(as_ada, post, "windows rooms")

    assert "Sol, B. (2019). Rooms and windows 1. In your course, cited by Bob" in said
    assert "windows 2" not in said
    assert "Not there? Type it in" in said


def test_while_one_types_nobody_but_the_course_is_asked(as_ada, bob, course, post, crossref):
    factories.share_work(make_book(course, 1, added_by=bob))

    assert "Rooms and windows 1." in find(as_ada, post, "rooms", in_course="1")
    assert "Rooms and windows 1." in find(as_ada, post, "", in_course="1")
    assert "Rooms" not in find(as_ada, post, "doors", in_course="1")
    assert crossref.asked == []


@pytest.mark.parametrize("works", [1, 3])
def test_a_search_takes_the_same_queries_for_any_number_of_works(
    as_ada, bob, course, post, works, django_assert_num_queries
):
    for number in range(works):
        factories.share_work(make_book(course, number, added_by=bob))

    with django_assert_num_queries(11):
        find(as_ada, post, "rooms", in_course="1")


def test_a_doi_is_found_and_added_for_a_script(as_ada, post, crossref):
    crossref.lay_work(BUI)
    answer = as_ada.post(button("reference_find", post), {"find": BUI["DOI"]})
    [found] = answer.context["search"].found
    assert "data-certain" in answer.content.decode()

    first = insert(as_ada, post, records=found.records)
    second = insert(as_ada, post, records=found.records)

    reference = Reference.objects.get()
    assert first.json() == {
        "references": [{"key": reference.key, "label": "Hung et al., 2023"}],
        "said": "Hung et al., 2023 added to your references.",
    }
    assert second.json() == first.json()


def test_a_work_of_the_course_is_added_for_a_script_and_no_other(as_ada, bob, course, post):
    shared = factories.share_work(make_book(course, 1, added_by=bob))
    hidden = make_book(course, 2, added_by=bob)

    assert insert(as_ada, post, work=shared.pk).json()["references"][0]["label"] == "Sol, 2011"
    assert insert(as_ada, post, work=hidden.pk).status_code == 404
    assert insert(as_ada, post, work="x").status_code == 404
    assert post.references.get().work == shared


def test_several_records_are_added_together(as_ada, post):
    answer = as_ada.post(
        button("reference_find", post), {"find": RIS + RIS.replace("2019", "2020")}
    )
    records = answer.context["search"].found[0].records

    assert insert(as_ada, post, records=records).status_code == 200
    assert (len(json.loads(records)), Work.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("just some words nobody knows", "We could not read this as a reference."),
        ("10.1002/nothing.1", "We can’t look up DOIs on this site."),
        ("https://example.org/a", "A link alone is not enough."),
    ],
)
def test_what_is_not_found_says_why_and_where_to_type_it_in(as_ada, post, settings, text, why):
    settings.CROSSREF_URL = settings.DOI_URL = ""

    assert find(as_ada, post, text) == f"{why} Type it in"


@pytest.mark.parametrize("works", [1, 3])
def test_the_editor_takes_the_same_queries_for_any_number_of_works_of_the_course(
    as_ada, bob, course, post, works, django_assert_num_queries
):
    for number in range(works):
        factories.share_work(make_book(course, number, added_by=bob))

    with django_assert_num_queries(9):
        page = as_ada.get(button("post_edit", post)).content.decode()

    assert page.count("In your course, cited by Bob") == works
