"""The editor's hints on a text and its references: while writing, and once at publishing."""

import pytest
from django.utils.html import escape, strip_tags

from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.models import Post
from tests import factories
from tests.blog.views.editor.buttons import button

SMALL_ROOMS = {
    "type": "book",
    "title": "Small rooms",
    "author": [{"family": "Abara", "given": "B."}, {"family": "Lindqvist", "given": "S."}],
    "issued": {"date-parts": [[2014]]},
}


@pytest.fixture
def post(ada, course):
    """Return a draft with one reference."""
    post = factories.make_draft_post(ada, course)
    add_reference(post, add_work(course, factories.ARTICLE, by=ada), by=ada)
    return post


def send(client, post, text, action, **fields):
    client.force_login(post.author)
    form = {"title": "Ties", "text": text, "audience": post.audience}
    return client.post(button(action, post), form | fields)


def ask(client, post, text):
    """Press Publish; return the page that asks before it does."""
    return client.get(send(client, post, text, "post_publish").url)


def status(post):
    return Post.objects.get(pk=post.pk).status


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("(Granovetter, 1983)", "The text says “Granovetter, 1983”, but your references say"),
        ("(Luna, 2020) [@granovetter1973]", "but it is not in your references"),
        ("Nothing.", "the text doesn’t cite it"),
        ("“Ties are weak and many here” [@granovetter1973]", "is a direct quotation"),
        ("“" + "tie " * 40 + "” [@granovetter1973, p. 3]", "begins a quotation of 40 words"),
        ("(Mark Granovetter, 1973) [@granovetter1973]", "One reference has two names"),
    ],
)
def test_the_editor_shows_what_does_not_agree(client, post, text, sentence):
    page = send(client, post, text, "post_preview").content.decode()

    assert "One thing to check in your references" in page
    assert sentence in page


def test_the_editor_is_silent_where_all_agrees(client, post):
    page = send(client, post, "Ties are many [@granovetter1973].", "post_preview").content.decode()

    assert "to check in your references" not in page


def test_an_empty_editor_has_no_hints(client, post):
    page = send(client, post, "", "post_preview").content.decode()

    assert "to check in your references" not in page


def test_every_typed_citation_is_in_the_question_and_the_first_are_beside_the_text(client, post):
    names = [f"Abel{chr(97 + n)}" for n in range(26)] + ["Bohra", "Bohrb"]
    text = "\n\n".join(f"So it is ({name}, 2001)." for name in names)

    page = ask(client, post, text).content.decode()

    question = page.split("Check this before you publish:")[1].split("</ul>")[0]
    assert [name for name in names if f"{name}, 2001" not in question] == []
    assert "You see the others when you publish." in page


def test_publishing_asks_once_and_then_publishes_as_it_is(client, post):
    text = "Ties are many (Granovetter, 1983)."

    asked = ask(client, post, text)

    assert (asked.status_code, status(post)) == (200, Post.Status.DRAFT)
    page = asked.content.decode()
    assert "Check this before you publish:" in page
    assert "Publish anyway" in page
    assert page.count("The text says “Granovetter, 1983”") == 2  # beside the text, and asking

    published = send(client, post, text, "post_publish", confirm="1", version="0.2")

    assert (published.status_code, status(post)) == (302, Post.Status.PUBLISHED)


def test_publishing_asks_nothing_where_all_agrees(client, post):
    answer = send(client, post, "Ties are many [@granovetter1973].", "post_publish")

    assert (answer.status_code, status(post)) == (302, Post.Status.PUBLISHED)


def add(post, *authors, year=2014, title="Small rooms"):
    csl = {"type": "book", "title": title, "issued": {"date-parts": [[year]]}}
    csl["author"] = [{"family": family, "given": "B."} for family in authors]
    return add_reference(post, add_work(post.course, csl, by=post.author), by=post.author)


def test_a_citation_typed_by_hand_is_listed_in_preview_and_post(client, post):
    text = "Ties are many (Granovetter, 1973)."

    preview = send(client, post, text, "post_preview")
    published = send(client, post, text, "post_publish")

    assert [entry.key for entry in preview.context["rendered"].references] == ["granovetter1973"]
    assert preview.context["references"][0].is_cited
    assert "to check in your references" not in preview.content.decode()
    assert (published.status_code, status(post)) == (302, Post.Status.PUBLISHED)
    page = client.get(published.url).content.decode()
    assert 'id="ref-granovetter1973"' in page


def test_a_citation_typed_by_hand_is_named_and_linked_with_one_click(client, post):
    text = "As Granovetter (1973) says, they are many (see Granovetter, 1973, p. 3)."

    page = send(client, post, text, "post_preview").content.decode()

    words = " ".join(strip_tags(page).split())
    assert "Before you publish “Granovetter (1973)” in ¶1 is typed by hand" in words
    assert '"linked": "@granovetter1973"' in page

    client.post(
        button("editor_citation_link", post, "granovetter1973"),
        {"title": "Ties", "text": text, "audience": post.audience}
        | {"citation": "Granovetter, 1973"},
    )

    assert post.drafts.get().text == (
        "As @granovetter1973 says, they are many [see @granovetter1973, p. 3]."
    )


@pytest.mark.parametrize(
    ("typed", "cited"),
    [
        ("(Abara & Lindqvist, 2014, p. 3)", "[@abara2014, p. 3]"),
        ("Abara and Lindqvist (2014)", "@abara2014"),
    ],
)
def test_a_work_that_the_course_alone_has_is_added_and_cited_with_one_click(
    client, post, bob, typed, cited
):
    work = factories.share_work(add_work(post.course, SMALL_ROOMS, by=bob))
    text = f"So it is: {typed}."

    page = send(client, post, text, "post_preview")
    [(citation, found)] = page.context["cited_course_works"].items()
    assert found == work
    assert f"Add and cite {escape(work.label_with_title)}" in page.content.decode()
    client.post(
        button("editor_work_cite", post, work.pk),
        {"title": "Ties", "text": text, "audience": post.audience, "citation": citation},
    )

    assert post.references.filter(work=work).exists()
    assert post.drafts.get().text == f"So it is: {cited}."


def test_a_work_that_its_writer_cannot_find_is_neither_offered_nor_cited(client, post, bob):
    work = add_work(post.course, SMALL_ROOMS, by=bob)
    text = "So it is (Abara & Lindqvist, 2014)."

    page = send(client, post, text, "post_preview")
    client.post(
        button("editor_work_cite", post, work.pk),
        {"title": "Ties", "text": text, "audience": post.audience}
        | {"citation": "Abara & Lindqvist, 2014"},
    )

    assert "Add and cite" not in page.content.decode()
    assert not post.references.filter(work=work).exists()
    assert post.drafts.get().text == text


def test_of_two_works_of_one_name_and_year_none_is_offered(client, post):
    for title in ("Small rooms", "Large rooms"):
        add_work(post.course, SMALL_ROOMS | {"title": title}, by=post.author)

    page = send(client, post, "So it is (Abara & Lindqvist, 2014).", "post_preview")

    assert page.context["cited_course_works"] == {}


@pytest.mark.parametrize("turned", [False, True])
def test_the_exact_surnames_win_in_whatever_order_works_were_added(client, post, turned):
    authors = [("Abara", "Lindqvist"), ("Abara",)]
    pair, alone = (add(post, *one) for one in (reversed(authors) if turned else authors))
    pair, alone = (alone, pair) if turned else (pair, alone)

    answer = send(client, post, "Rooms (Abara, 2014) [@granovetter1973].", "post_preview")

    cited = {entry.key for entry in answer.context["rendered"].references}
    assert cited == {"granovetter1973", alone.key}
    page = answer.content.decode()
    assert "“Abara &amp; Lindqvist, 2014” is in your references, but" in page
    assert "“Abara, 2014” is in your references, but" not in page


@pytest.mark.parametrize(
    ("cited", "sentence"),
    [
        ("", "“Turkle, S. (2011)” is in the list that you typed, but the text doesn’t cite it."),
        (
            "Alone (Turkle, 2012).",
            "The text says “Turkle, 2012”, but the list that you typed says “Turkle, S. (2011)”.",
        ),
    ],
)
def test_a_typed_list_is_not_called_the_references(client, post, cited, sentence):
    post.references.all().delete()
    text = (
        f"Words. {cited}\n\n## References\n\n"
        "Turkle, S. (2011). Alone together. Basic Books.\n\nsome site I read"
    )

    page = " ".join(send(client, post, text, "post_preview").content.decode().split())

    assert "No references yet." in page
    assert sentence in page
    assert "is in your references" not in page
    assert "your references say" not in page


def test_a_citation_that_fits_two_works_is_linked_with_one_click(client, post):
    one, other = add(post, "Calder"), add(post, "Calder", title="Large rooms")
    text = "Rooms (see Calder, 2014, p. 3) [@granovetter1973]."

    asked = ask(client, post, text)

    page = asked.content.decode()
    assert status(post) == Post.Status.DRAFT
    assert "“Calder, 2014” can be more than one of your references" in page
    for reference in (one, other):
        assert button("editor_citation_link", post, reference.key) in page
    assert page.count("Link to Calder, 2014: Large rooms") == 2  # beside the text, and asking

    client.post(
        button("editor_citation_link", post, other.key),
        {"title": "Ties", "text": text, "audience": post.audience, "version": "0.2"}
        | {"citation": "Calder, 2014"},
    )

    assert post.drafts.get().text == f"Rooms [see @{other.key}, p. 3] [@granovetter1973]."


def test_all_citations_are_linked_with_one_click_but_those_that_fit_two_works(client, post):
    add(post, "Calder"), add(post, "Calder", title="Large rooms")
    luna = add(post, "Luna", title="Tides")
    text = "As Granovetter (1973) says (Calder, 2014; Granovetter, 1973).\n\n`x` Luna (2014)"
    form = {"title": "Ties", "text": text, "audience": post.audience}

    page = send(client, post, text, "post_preview").content.decode()
    answer = client.post(button("editor_citations_link", post), form, follow=True)

    assert "Link all" in page
    draft = post.drafts.get()
    assert draft.text == (
        f"As @granovetter1973 says (Calder, 2014) [@granovetter1973].\n\n`x` @{luna.key}"
    )
    assert draft.version == 3  # the first text, the form, and then all links at once
    assert [str(message).strip() for message in answer.context["messages"]] == [
        "2 citations are linked.",
        "Not linked, because it can be more than one of your references: “Calder, 2014”.",
    ]


@pytest.mark.parametrize(
    ("text", "has_button"),
    [
        ("(Granovetter, 1973)", False),
        ("(Granovetter, 1973) and (Granovetter, 1973)", True),
        ("Granovetter (1973) (Granovetter, 1973)", True),
    ],
)
def test_all_are_offered_where_there_are_two(client, post, text, has_button):
    page = send(client, post, text, "post_preview").content.decode()

    assert ("Link all" in page) is has_button


def test_linking_all_of_nothing_changes_nothing(client, post):
    answer = send(client, post, "Ties.", "editor_citations_link", version="0.1")

    assert (answer.status_code, post.drafts.get().text) == (302, "Ties.")


@pytest.mark.parametrize("citation", ["", "Nobody, 1999"])
def test_a_citation_that_the_text_does_not_have_changes_nothing(client, post, citation):
    client.force_login(post.author)
    form = {"title": "Ties", "text": "Ties.", "audience": post.audience, "citation": citation}
    answer = client.post(button("editor_citation_link", post, "granovetter1973"), form)

    assert (answer.status_code, post.drafts.get().text) == (302, "Ties.")


def test_what_is_typed_shows_as_typed(client, post):
    text = "(Luna <script>alert(1)</script> & Sol, 2020) [@granovetter1973]"

    page = send(client, post, text, "post_preview").content.decode()

    assert "<script>alert(1)" not in page
