"""Paste a text: see its changes first, insert it into the draft, take it out again."""

import pytest
from django.urls import reverse

from blog.actions.drafts import save_draft, start_post
from blog.actions.posts import publish_post
from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.models import Audience, Draft, PostTarget, User
from blog.views.editor import paste as paste_views
from tests import factories
from tests.blog.views.editor.buttons import button

LONG = "Networks carry what nobody near us knows. " * 4
TEXT = f"""{LONG}It is so (Luna & Sol, 2020). Iāve seen it.

References

Luna, A., & Sol, B. (2020). Ties that teach. Journal of Nets, 4(2), 1–9.
https://doi.org/10.1000/xyz"""
READY = f"{LONG}It is so [@luna2020]. I’ve seen it."


@pytest.fixture
def post(ada, course):
    return start_post(course, by=ada, title="Mine", text="My first words.")


def address(post, name="post_paste"):
    return reverse(name, args=[post.course.slug, post.slug])


def insert(client, post, **fields):
    """Insert the text, or another one, into the draft."""
    form = {"pasted": TEXT, "version": version(client, post)} | fields
    return client.post(address(post, "post_paste_insert"), form)


def ask(client, post, page="post_paste_changes", **fields):
    """Ask as the editor's script does; return its answer."""
    return client.post(address(post, page), {"pasted": TEXT} | fields).json()


def version(client, post):
    return client.get(address(post)).context["form"]["version"].value()


def changes(response):
    return {one.kind: one for one in response.context["paste"].changes}


@pytest.mark.parametrize(
    ("who", "status"), [("eve", 404), ("bob", 404), ("instructor", 404), ("ada", 200)]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_only_the_author_pastes_into_a_draft(client, post, request, who, status, method):
    client.force_login(request.getfixturevalue(who))

    assert getattr(client, method)(address(post), {"pasted": TEXT}).status_code == status
    assert Draft.objects.get().text == "My first words."


def test_the_signed_out_are_sent_to_sign_in_and_get_their_words_back(client, post):
    assert client.get(address(post)).status_code == 302
    answer = client.post(address(post), {"pasted": TEXT}, headers={"sec-fetch-site": "same-origin"})

    assert answer.status_code == 403
    assert "Networks carry what nobody near us knows." in answer.content.decode()


def test_the_page_shows_every_change_and_writes_nothing(client, ada, post):
    client.force_login(ada)

    response = client.post(address(post), {"pasted": TEXT})

    assert sorted(changes(response)) == ["citation", "encoding", "reference"]
    assert response.context["paste"].text == READY
    assert ">Luna &amp; Sol, 2020</a>)" in response.content.decode()
    assert (Draft.objects.get().text, post.references.count()) == ("My first words.", 0)


def test_a_change_that_is_not_wanted_is_left_out(client, ada, post):
    client.force_login(ada)
    found = changes(client.post(address(post), {"pasted": TEXT}))
    names = {kind: one.name for kind, one in found.items()}

    response = insert(
        client,
        post,
        shown=" ".join(names.values()),
        wanted=[names["reference"], names["citation"]],
    )

    assert response.status_code == 302
    assert Draft.objects.current().get().text.endswith("It is so [@luna2020]. Iāve seen it.")


def test_putting_it_in_adds_text_and_references(client, ada, post):
    client.force_login(ada)

    response = insert(client, post)

    assert response.url == address(post, "post_edit")
    draft = Draft.objects.current().get()
    assert (draft.title, draft.text) == ("Mine", f"My first words.\n\n{READY}")
    assert [(one.key, one.work.doi) for one in post.references.all()] == [
        ("luna2020", "10.1000/xyz")
    ]


def test_putting_it_in_place_of_the_draft_can_be_undone_and_done_again(client, ada, post):
    client.force_login(ada)
    insert(client, post, place="instead")
    assert Draft.objects.current().get().text == READY
    archived = Draft.objects.archived().get()

    client.post(address(post, "post_paste_undo"), {"archived": archived.pk})

    assert Draft.objects.current().get().text == "My first words."
    again = Draft.objects.archived().get()
    client.post(address(post, "post_paste_undo"), {"archived": again.pk})
    assert Draft.objects.current().get().text == READY


def test_the_page_after_it_offers_the_undo(client, ada, post):
    client.force_login(ada)
    page = client.get(insert(client, post).url).content.decode()

    assert "The text is in your draft." in page
    assert address(post, "post_paste_undo") in page


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 40])
def test_an_undo_of_nothing_is_said_and_leads_to_the_editor(client, ada, post, key):
    client.force_login(ada)

    response = client.post(address(post, "post_paste_undo"), {"archived": key}, follow=True)

    assert response.redirect_chain == [(address(post, "post_edit"), 302)]
    assert "There is nothing to undo." in response.content.decode()


def test_another_persons_words_are_not_brought_back(client, ada, bob, course, post):
    client.force_login(ada)
    insert(client, post)
    archived = Draft.objects.archived().get()
    other = start_post(course, by=bob, title="His")
    client.force_login(bob)

    response = client.post(address(other, "post_paste_undo"), {"archived": archived.pk})

    assert response.status_code == 302
    assert other.drafts.current().get().text == ""
    assert Draft.objects.archived().get() == archived


def test_a_draft_that_changed_meanwhile_is_not_overwritten(client, ada, post):
    client.force_login(ada)
    seen = version(client, post)
    save_draft(PostTarget(post), by=ada, title="Mine", text="Typed elsewhere.")

    response = insert(client, post, place="instead", version=seen)

    assert response.status_code == 422
    assert "changed in another tab or device" in response.content.decode()
    assert Draft.objects.current().get().text == "Typed elsewhere."
    assert post.references.count() == 0
    # Whoever has read it may go on.
    seen = response.context["refusal"].version
    assert insert(client, post, place="instead", version=seen).status_code == 302


def test_sending_the_form_twice_adds_the_text_once(client, ada, post):
    client.force_login(ada)
    seen = version(client, post)

    insert(client, post, version=seen)
    insert(client, post, version=seen)

    assert Draft.objects.current().get().text.count("It is so") == 1


def test_an_empty_draft_takes_the_title_of_the_text(client, ada, course):
    post = start_post(course, by=ada)
    client.force_login(ada)
    text = f"Of ties\n{LONG}\n{LONG}"

    insert(client, post, pasted=text)

    draft = Draft.objects.get()
    assert (draft.title, draft.text) == ("Of ties", f"{LONG}\n\n{LONG}")
    post.refresh_from_db()
    assert post.title == "Of ties"


def test_nothing_pasted_is_said_in_place(client, ada, post):
    client.force_login(ada)

    pages = [client.post(address(post), {"pasted": "  "}), insert(client, post, pasted="  ")]

    assert [page.status_code for page in pages] == [422, 422]
    assert all("There is no text yet." in page.content.decode() for page in pages)


def test_a_script_gets_the_text_and_the_changes(client, ada, post):
    client.force_login(ada)
    html = "<p>With <b>stress</b>.</p><p>Iāve two.</p><ul><li>a</li></ul>"

    told = ask(client, post, pasted="With stress.\nIāve two.\na", html=html)

    assert told["text"] == "With **stress**.\n\nI’ve two.\n\n- a"
    assert told["asks"] is True
    assert 'value="apply"' in told["dialog"]
    assert told["said"].startswith("Formatting included: 1 list, emphasis, paragraphs.")


def test_a_script_hears_what_was_left_out(client, ada, post):
    client.force_login(ada)
    html = "<nav>Home</nav><p>One</p><div title=comment>No</div><img src=x><video></video>"

    told = ask(client, post, pasted="One\n", html=html)

    assert told["said"] == (
        "1 picture is left out. Add it separately. 1 video or recording is left out, because the "
        "page does not say its address. 1 comment in the document is left out. 1 menu is left out. "
        "Press Ctrl+Z to get the plain text back."
    )


def test_the_dialog_shows_words_and_not_markdown(client, ada, post):
    client.force_login(ada)
    html = (
        f"<h2>Who <i>may</i> read</h2><p>{LONG}</p><h2>References</h2>"
        "<p>Luna, A. (2020). Ties. <i>Journal of Nets</i>, <i>14</i>.</p>"
    )

    dialog = ask(client, post, pasted="x\ny", html=html)["dialog"]

    assert "<i>Journal of Nets</i>, <i>14</i>." in dialog
    assert "*" not in dialog
    assert "## " not in dialog


def test_a_script_asks_nobody_where_nothing_would_change(client, ada, post):
    client.force_login(ada)

    told = ask(client, post, pasted=f"A first line\n\n{LONG}")

    assert (told["asks"], told["text"]) == (False, f"A first line\n\n{LONG}")


def test_a_script_adds_references_only_when_they_are_accepted(client, ada, post):
    client.force_login(ada)

    ask(client, post)
    before = post.references.count()
    told = ask(client, post, "post_paste_apply")

    assert (before, post.references.count()) == (0, 1)
    assert told["text"] == READY
    assert Draft.objects.get().text == "My first words."


def test_notes_take_numbers_beside_what_the_editor_holds(client, ada, post):
    client.force_login(ada)
    html = (
        '<p>Said<sup><a href="#n1" id="r1">1</a></sup></p><ol><li id="n1">Note '
        '<a href="#r1">↩</a></li></ol>'
    )

    told = ask(client, post, pasted="x", html=html, beside="Here.[^1]\n\n[^1]: One.")

    assert told["text"] == "Said[^2]\n\n[^2]: Note"


def test_the_editor_leads_here_and_saves_first(client, ada, course, post):
    client.force_login(ada)
    typed = {"title": "Mine", "text": "Newer.", "audience": Audience.COURSE}

    response = client.post(button("editor_paste", post), typed)

    assert response.url == address(post)
    assert Draft.objects.get().text == "Newer."


def test_a_published_post_gets_its_paste_as_a_draft(client, ada, post):
    publish_post(post, by=ada, title="Mine", text="Out.", audience=Audience.COURSE)
    client.force_login(ada)

    insert(client, post, pasted="More words.")

    post.refresh_from_db()
    assert (post.revision.text, Draft.objects.current().get().text) == (
        "Out.",
        "Out.\n\nMore words.",
    )


def test_the_changes_of_a_text_cost_the_same_for_one_and_three_references(
    client, ada, course, post, django_assert_num_queries
):
    client.force_login(ada)
    client.get(address(post))
    for count in (1, 3):
        while (there := post.references.count()) < count:
            work = factories.ARTICLE | {"DOI": f"10.1000/{there}"}
            add_reference(post, add_work(course, work, by=ada), by=ada)
        with django_assert_num_queries(11):
            client.post(address(post), {"pasted": TEXT})


def test_a_students_real_page(client, ada, course, real_data):
    text = (real_data / "seeds" / "000_1975d3d72e5a11ba.txt").read_text(encoding="utf-8")
    post = start_post(course, by=ada)
    client.force_login(ada)

    insert(client, post, pasted=text)

    draft = Draft.objects.get()
    publish_post(
        post, by=ada, title=draft.title, text=draft.text, audience=Audience.COURSE, version="0.2"
    )
    revision = post.revision
    assert (draft.title, len(revision.paragraphs), revision.citations) == ("Blog Post #1", 5, 8)
    assert [(entry["key"], entry["cited_in"]) for entry in revision.references] == [
        ("bui2023", [1, 3]),
        ("rajagopal2012", [4]),
    ]
    assert revision.words == 538


def test_keys_are_for_those_who_write_markdown(client, ada, post):
    client.force_login(ada)
    ada.editor = User.Editor.VISUAL
    ada.save()
    visual = ask(client, post)["dialog"]
    ada.editor = User.Editor.MARKDOWN
    ada.save()
    markdown = ask(client, post)["dialog"]

    assert "[@luna2020]" not in visual
    assert "Cites Luna &amp; Sol, 2020. Ties that teach" in visual
    assert markdown.count("[@luna2020]") == 2


@pytest.mark.parametrize(
    "entry",
    [
        "Luna, A., & Sol, B. (2020). Ties that teach. Journal of Nets, 4(2), 1–9.",
        "Luna, A. (2020). Tides. Harbour Press.",
        "Luna, A. (n.d.). Of ties and of tides. Harbour Press.",
        "Harbour Office. (2020). Tides. https://example.org/tides",
        "World Health Organization. (n.d.). Ties. https://example.org/ties",
    ],
)
def test_a_work_that_the_post_has_is_not_offered_as_new(client, ada, post, entry):
    client.force_login(ada)
    text = f"{LONG}\n\nReferences\n\n{entry}"
    first = ask(client, post, page="post_paste_apply", pasted=text)
    references = list(post.references.values_list("key", flat=True))

    again = client.post(address(post), {"pasted": text}).context["paste"]

    assert (len(references), first["text"]) == (1, LONG.strip())
    assert (dict(again.works), [one.key for one in again.changes if one.key]) == ({}, references)


def ask_for_comment(client, course, **fields):
    return client.post(reverse("comment_paste", args=[course.slug]), fields)


@pytest.mark.parametrize("who", ["ada", "instructor"])  # feedback is written in it too
def test_a_page_is_prepared_for_a_comment_with_the_way_back(client, course, request, who):
    client.force_login(request.getfixturevalue(who))

    html = "<h2>Head</h2><p><b>bold</b> <img src=x></p><ul><li>a</ul>"
    answer = ask_for_comment(client, course, pasted="as plain text", html=html).json()

    assert answer == {
        "text": "Head\n\n**bold**\n\n- a",
        "asks": False,
        "said": (
            "Formatting included: 1 list, emphasis, paragraphs. 1 picture is left out. "
            "1 heading, table or footnote is plain text here. "
            "Press Ctrl+Z to get the plain text back."
        ),
    }


def test_texts_for_comments_count_towards_the_same_limit(client, ada, course, monkeypatch):
    monkeypatch.setattr(paste_views, "PREPARATIONS", 1)
    client.force_login(ada)

    statuses = [ask_for_comment(client, course, pasted="a").status_code for _ in range(2)]

    assert statuses == [200, 429]


def test_lines_alone_are_made_ready_without_a_question(client, ada, post):
    client.force_login(ada)

    answer = ask(client, post, pasted="Name\tAge\nAna\t3")

    assert (answer["asks"], answer["text"]) == (False, "| Name | Age |\n| --- | --- |\n| Ana | 3 |")
    assert answer["said"] == (
        "Its lines are paragraphs, lists or tables now. Press Ctrl+Z to get the plain text back."
    )


def test_lines_beside_another_change_are_asked_about_too(client, ada, post):
    client.force_login(ada)

    answer = ask(client, post, pasted="Name\tAge\nAna\t3\n\nA net-\nwork.")

    assert answer["asks"] is True
    assert "Turn the lines into paragraphs, lists and tables" in answer["dialog"]
    assert "Words divided at the end of a line" in answer["dialog"]
