"""The box that takes anything: a DOI, an ISBN, a line or a list, looked up and confirmed."""

import json
import socket
import uuid

import pytest
from django.db import connection

from blog.actions.posts import publish_post
from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.lookup import results
from blog.models import Audience, Reference, Work
from tests import factories
from tests.blog.citations.test_comparison import BUI_LINE, RAJAGOPAL_FAULTS, RAJAGOPAL_LINE
from tests.blog.lookup.stub import BUI, RAJAGOPAL
from tests.blog.views.references.lookup_steps import (
    add_found,
    look_up,
    look_up_known,
    page,
    sent_by,
    sign_in,
)

BIBTEX = "@book{luna, author = {Luna, Ana}, title = {Quiet networks}, year = 2020}"
RIS = "TY  - BOOK\nAU  - Luna, Ana\nTI  - Quiet networks\nPY  - 2020\nER  - \n"
CSL = json.dumps([{"id": "luna", "type": "book", "title": "Quiet networks"}])


@pytest.fixture
def post(ada, course):
    return factories.make_draft_post(ada, course)


@pytest.fixture
def reference(ada, post):
    return add_reference(post, add_work(post.course, factories.ARTICLE, by=ada), by=ada)


# Looking up


@pytest.mark.parametrize(
    ("text", "key"), [(BIBTEX, "luna"), (RIS, "luna2020"), (CSL, "luna")], ids=["bib", "ris", "csl"]
)
def test_an_export_is_shown_and_added(client, ada, post, text, key):
    answer, _choices = look_up(sign_in(client, ada), post, text)
    (item,) = answer.context["found"]

    added = add_found(client, post, item)

    assert (added.status_code, added.url) == (302, page("post_edit", post))
    assert post.references.get().key == key


def test_the_same_found_form_twice_adds_once(client, ada, post):
    answer, _choices = look_up(sign_in(client, ada), post, RIS + RIS.replace("Quiet", "Loud"))
    (item,) = answer.context["found"]

    add_found(client, post, item)
    add_found(client, post, item)

    assert post.references.count() == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("\n\n@book{broken, title = {No end", "line 1"),
        ('[{"id": 1},\n]', "Line 2 is not valid JSON"),
    ],
)
def test_a_text_that_cannot_be_read_stays_and_the_line_is_named(client, ada, post, text, sentence):
    answer, _choices = look_up(sign_in(client, ada), post, text)

    form = answer.context["look_up_form"]
    assert sentence.lower() in str(form.errors["pasted"]).lower()
    assert form["pasted"].value() == text
    assert answer.status_code == 422
    assert not Reference.objects.exists()


def test_an_entry_that_cannot_be_read_is_shown_beside_the_others(client, ada, post):
    text = BIBTEX + "\n\n@book{broken, title = {No end"

    answer, _choices = look_up(sign_in(client, ada), post, text)

    assert answer.status_code == 200
    assert "@book{broken, title = {No end" in answer.content.decode()


@pytest.mark.parametrize(
    "records",
    ["", "{", "[]", "{}", "1", "[1]", "[" * 50_000, f"[{'1' * 5_000}]", json.dumps([{}] * 201)],
    ids=["empty", "cut", "none", "no list", "number", "no record", "deep", "long", "many"],
)
def test_records_that_no_page_sends_are_refused(client, ada, post, records):
    form = {"key": str(uuid.uuid4()), "records": records}

    answer = sign_in(client, ada).post(page("reference_add_found", post), form, follow=True)

    assert answer.redirect_chain == [(page("reference_add", post), 302)]
    assert "These references could not be read." in answer.content.decode()
    assert not Work.objects.exists()


def test_records_are_cleaned_and_each_gets_a_key(client, ada, post):
    records = [{"title": "A\x00 net", "type": ["x"], "evil": 1}, {"title": "A net", "id": "{"}]
    form = {"key": str(uuid.uuid4()), "records": json.dumps(records)}

    sign_in(client, ada).post(page("reference_add_found", post), form)

    csl = {"type": "document", "title": "A net"}
    assert [work.csl for work in Work.objects.all()] == [csl]
    assert [reference.key for reference in post.references.all()] == ["netnd"]


def test_what_cannot_be_added_is_shown_again(client, ada, post, monkeypatch):
    monkeypatch.setattr("blog.actions.references.MAX_REFERENCES_PER_POST", 0)
    answer, _choices = look_up(sign_in(client, ada), post, BIBTEX)
    (item,) = answer.context["found"]

    answer = add_found(client, post, item)

    (again,) = answer.context["found"]
    assert answer.status_code == 422
    assert "This post has too many references." in answer.content.decode()
    assert again.entries == item.entries
    assert sent_by(again.form)["records"] == sent_by(item.form)["records"]


def test_a_look_up_that_is_reloaded_leads_to_the_page(client, ada, post):
    answer = sign_in(client, ada).get(page("reference_look_up", post))

    assert answer.url == page("reference_add", post)


BUI_ENTRY = (
    "Hung, B. P., Ulla, M. B., Tarrayo, V. N., &amp; Thang, P. C. (2023). Editorial: The roles of "
    "social media in education: affective, behavioral, and cognitive dimensions. Frontiers in "
    "Psychology, 14, Article 1287728. https://doi.org/10.3389/fpsyg.2023.1287728"
)


@pytest.mark.parametrize(
    "text",
    [
        "10.3389/fpsyg.2023.1287728",
        "https://doi.org/10.3389/FPSYG.2023.1287728",
        "https://www.frontiersin.org/articles/10.3389/fpsyg.2023.1287728/full",
    ],
)
def test_a_doi_is_shown_before_it_is_added(crossref, client, ada, post, text):
    crossref.lay_work(BUI)

    answer, choices = look_up(sign_in(client, ada), post, text)

    assert choices == [("Crossref", [BUI_ENTRY])]
    assert not Work.objects.exists()
    assert answer.context["form"]["title"].value().startswith("Editorial: The roles")


def test_what_was_found_is_added_with_the_next_click(crossref, client, ada, post):
    crossref.lay_work(BUI)
    answer, _choices = look_up(sign_in(client, ada), post, "10.3389/fpsyg.2023.1287728")
    (item,) = answer.context["found"]

    added = add_found(client, post, item)

    reference = post.references.get()
    assert (added.status_code, added.url) == (302, page("post_edit", post))
    assert (reference.key, reference.work.doi) == ("hung2023", "10.3389/fpsyg.2023.1287728")
    assert reference.work.csl["number"] == "1287728"


def test_a_pasted_line_is_shown_beside_what_was_found(crossref, client, ada, post):
    crossref.lay_search(RAJAGOPAL)

    answer, choices = look_up(sign_in(client, ada), post, RAJAGOPAL_LINE)

    assert [source for source, _entries in choices] == ["Crossref", ""]
    assert choices[0][1][0].endswith("First Monday, 17(1). https://doi.org/10.5210/fm.v17i1.3559")
    discrepancies = answer.context["found"][1].discrepancies
    assert [discrepancy.name for discrepancy in discrepancies] == RAJAGOPAL_FAULTS


def test_a_list_of_lines_is_shown_whole_and_nobody_waits_for_answers(crossref, client, ada, post):
    _answer, choices = look_up(sign_in(client, ada), post, f"{BUI_LINE}\n{RAJAGOPAL_LINE}")

    assert [(source, len(entries)) for source, entries in choices] == [("", 2)]
    assert crossref.asked == []


@pytest.mark.parametrize(
    ("text", "type_", "field", "value", "sentence"),
    [
        ("10.1234/none", "article-journal", "doi", "10.1234/none", "The registries do not list it"),
        ("9780521430173", "book", "title", "", "The registries do not list it"),
        (
            *("https://example.org/a-post", "webpage", "url", "https://example.org/a-post"),
            "A link alone is not enough.",
        ),
    ],
)
def test_what_is_not_found_is_begun_by_hand(
    crossref, client, ada, post, text, type_, field, value, sentence
):
    crossref.lay_search()

    answer, choices = look_up(sign_in(client, ada), post, text)

    form = answer.context["form"]
    assert choices == []
    assert (form["type"].value(), form[field].value()) == (type_, value)
    assert sentence in answer.content.decode()


def test_an_isbn_is_found(crossref, client, ada, post):
    book = {"type": "book", "title": ["Communities of practice"], "DOI": "10.1017/cbo978"}
    crossref.lay_search(book)

    _answer, choices = look_up(sign_in(client, ada), post, "ISBN 978-0-521-43017-3")

    assert choices[0][0] == "Crossref"


def test_a_retracted_work_says_so_before_it_is_added(crossref, client, ada, post):
    crossref.lay_work(BUI | {"title": ["RETRACTED: The roles"]})

    answer, _choices = look_up(sign_in(client, ada), post, BUI["DOI"])

    assert "Retracted</span>" in answer.content.decode()


@pytest.mark.parametrize("text", ["10.3389/fpsyg.2023.1287728", BUI_LINE, "9780521430173"])
def test_while_services_are_down_everything_can_be_typed(crossref, client, ada, post, text):
    for path in ("/works", f"/works/{BUI['DOI']}"):
        crossref.lay(path, "<h1>Bad gateway</h1>", status=502, Content_Type="text/html")

    answer, choices = look_up(sign_in(client, ada), post, text)

    sentence = "Not checked yet" if text == BUI_LINE else "The registries are not responding"
    assert sentence in answer.content.decode()
    assert [source for source, _entries in choices] == ([""] if text == BUI_LINE else [])


def test_without_services_nobody_is_asked(settings, client, ada, post, monkeypatch):
    settings.CROSSREF_URL = settings.DOI_URL = ""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: pytest.fail("somebody was asked"))

    answer, choices = look_up(sign_in(client, ada), post, BUI_LINE)

    page_text = answer.content.decode()
    assert [source for source, _entries in choices] == [""]
    assert "Not checked yet" not in page_text
    assert "later" not in page_text


@pytest.fixture
def alone(settings):
    """Set up a site that asks nobody."""
    settings.CROSSREF_URL = settings.DOI_URL = ""


@pytest.mark.parametrize(
    ("text", "fields", "sentence"),
    [
        (
            "10.5555/jsm.2020.032",
            {"doi": "10.5555/jsm.2020.032"},
            "We can’t look up DOIs on this site. Fill in the rest here:",
        ),
        (
            "https://doi.org/10.5555/jsm.2020.032",
            {"doi": "10.5555/jsm.2020.032"},
            "We can’t look up DOIs on this site. Fill in the rest here:",
        ),
        ("9780521430173", {"type": "book"}, "We can’t look up ISBNs on this site."),
        ("https://example.org/a", {"url": "https://example.org/a"}, "A link alone is not enough."),
        (
            "just some words nobody knows",
            {"title": "just some words nobody knows"},
            "We could not read this as a reference. Fill in the rest here:",
        ),
    ],
)
def test_a_site_that_asks_nobody_says_so_once(alone, client, ada, post, text, fields, sentence):
    answer, choices = look_up(sign_in(client, ada), post, text)

    form, html = answer.context["form"], answer.content.decode()
    assert choices == []
    assert {name: form[name].value() for name in fields} == fields
    assert html.count(sentence) == 1
    assert answer.status_code == (422 if "could not read" in sentence else 200)
    assert "autofocus" in str(form["authors"])
    for other in ("Not checked yet", "Nothing found", "later", "can’t look up"):
        assert other not in html.replace(sentence, "").replace("We can’t look up ISBNs", "")


def test_an_isbn_service_is_not_said_to_come_back_where_there_is_none(settings, client, ada, post):
    settings.CROSSREF_URL, settings.DOI_URL = "", "http://127.0.0.1:9"

    answer, _choices = look_up(sign_in(client, ada), post, "9780521430173")

    assert answer.context["why_by_hand"].startswith("We can’t look up ISBNs on this site.")


def test_an_isbn_that_nobody_knows_stays_with_what_is_typed(alone, client, ada, post):
    answer, _choices = look_up(sign_in(client, ada), post, "978-0-521-43017-3")
    form = answer.context["form"]
    fields = {name: form[name].value() or "" for name in form.fields}
    fields |= {"title": "Nets", "isbn": answer.context["isbn"]}

    client.post(page("reference_add", post), fields)

    assert Work.objects.get().csl["ISBN"] == "9780521430173"
    answer, _choices = look_up(client, post, "0-521-43017-8")
    assert [item.is_known for item in answer.context["found"]] == [True]


# The course's own records


@pytest.fixture
def cited(bob, course):
    """Return a work that a post of a classmate cites."""
    csl = factories.ARTICLE | {"ISBN": "9780521430173", "URL": "https://www.example.org/ties"}
    theirs = factories.make_draft_post(bob, course)
    add_reference(theirs, add_work(course, csl, by=bob), by=bob)
    publish_post(
        theirs, by=bob, title="Ties", text="So [@granovetter1973].", audience=Audience.COURSE
    )
    return theirs.references.get().work


KNOWN = [
    "10.1086/225469",
    "https://doi.org/10.1086/225469",
    "9780521430173",
    "0-521-43017-8",
    "http://example.org/ties/",
    "The strength of weak ties",
    "Granovetter, M. S. (1973). The strength of weak ties. American Journal of Sociology, 78(6).",
]


@pytest.mark.parametrize("text", KNOWN)
def test_what_the_course_has_is_found_and_nobody_is_asked(crossref, client, ada, post, cited, text):
    answer, _choices = look_up_known(sign_in(client, ada), post, text)
    (item,) = answer.context["found"]

    add_found(client, post, item)

    assert crossref.asked == []
    assert "Already in this course" in answer.content.decode()
    assert [reference.work for reference in post.references.all()] == [cited]


@pytest.mark.parametrize("is_asked", [True, False], ids=["registries", "no registries"])
def test_comparing_with_the_course_uses_up_the_rate_limit(
    settings, client, ada, post, cited, monkeypatch, is_asked
):
    if not is_asked:
        settings.CROSSREF_URL = settings.DOI_URL = ""
    monkeypatch.setattr("blog.views.references.finding.LOOK_UPS_PER_HOUR", 1)
    sign_in(client, ada)
    address = page("reference_look_up", post)
    answers = [client.post(address, {"pasted": KNOWN[-1]}) for _time in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]


def test_several_identifiers_are_each_looked_for_in_the_course_first(alone, client, ada, bob, post):
    cited = factories.make_work(post.course, factories.ARTICLE)
    factories.make_reference(factories.make_post(bob, post.course), cited, cited=True)
    pasted = f"{factories.ARTICLE['DOI']}\n10.5555/nobody.has.this"

    answer, _choices = look_up(sign_in(client, ada), post, pasted)

    assert [item.is_known for item in answer.context["found"]] == [True]
    assert answer.context["outcome"].unread == []
    assert "10.5555/nobody.has.this" in answer.content.decode()


@pytest.mark.parametrize("text", KNOWN)
def test_what_only_a_draft_of_somebody_else_has_is_not_found(alone, client, ada, bob, post, text):
    csl = factories.ARTICLE | {"ISBN": "9780521430173", "URL": "https://www.example.org/ties"}
    add_work(post.course, csl, by=bob)

    answer, _choices = look_up(sign_in(client, ada), post, text)

    assert not any(item.is_known for item in answer.context["found"])


def test_lines_that_are_not_read_are_named_and_not_offered(alone, client, ada, post):
    answer, choices = look_up(sign_in(client, ada), post, f"{BUI_LINE}\n\njust some words here")

    assert [(source, len(entries)) for source, entries in choices] == [("", 1)]
    assert "No reference was found for this part of your text" in answer.content.decode()
    assert answer.context["outcome"].unread == ["just some words here"]


def test_a_reference_that_is_looked_up_for_a_key_gets_it(alone, client, ada, post):
    sign_in(client, ada)
    answer = client.post(page("reference_look_up", post) + "?key=weak", {"pasted": BUI_LINE})
    (item,) = answer.context["found"]

    add_found(client, post, item)

    assert post.references.get().key == "weak"


@pytest.mark.django_db(transaction=True)
def test_nobody_is_asked_inside_a_transaction(client, ada, post, settings, monkeypatch):
    settings.CROSSREF_URL = "http://127.0.0.1:9"
    states = []
    monkeypatch.setattr(results, "find_doi", lambda doi: states.append(connection.in_atomic_block))

    look_up(sign_in(client, ada), post, BUI["DOI"])

    assert states == [False]


def test_looking_at_the_page_asks_nobody(crossref, client, ada, reference):
    sign_in(client, ada)

    client.get(page("reference_add", reference.post))
    client.get(page("reference_edit", reference.post, reference.key))
    client.get(page("post_edit", reference.post))

    assert crossref.asked == []


@pytest.mark.parametrize("text", ["", "   ", "978-0-521-43017-4", '[{"id": 1},\n]'])
def test_what_cannot_be_read_is_said_at_the_box(client, ada, post, text):
    answer, choices = look_up(sign_in(client, ada), post, text)

    assert choices is None
    assert answer.context["look_up_form"].errors["pasted"]


def test_more_references_than_a_post_may_have_are_refused(client, ada, post):
    works = [{"type": "book", "title": f"Book {n}"} for n in range(201)]

    answer, choices = look_up(sign_in(client, ada), post, json.dumps(works))

    assert choices is None
    assert "A post can have 200 references" in str(answer.context["look_up_form"].errors)


def test_markup_in_an_answer_stays_text(crossref, client, ada, post):
    crossref.lay_work(BUI | {"title": ["<script>alert(1)</script><img src=x onerror=alert(1)>"]})

    answer, _choices = look_up(sign_in(client, ada), post, BUI["DOI"])

    html = answer.content.decode()
    assert "<script>alert" not in html
    assert "<img" not in html


def test_every_real_file_is_shown_or_refused_with_a_reason(client, ada, post, real_data):
    sign_in(client, ada)
    folder = real_data / "references"
    paths = [p for p in sorted(folder.rglob("*")) if p.suffix in (".bib", ".ris", ".json")]
    shown = refused = 0
    for path in paths:
        text = path.read_text(encoding="utf-8", errors="replace")
        answer, choices = look_up(client, post, text)
        if choices is None:
            refused += 1
            assert all(answer.context["look_up_form"].errors["pasted"])
        else:
            shown += 1
            assert choices[0][1]

    assert (shown + refused, refused < shown) == (len(paths), True)
