"""The pages of an import from WordPress, and one's own posts as a file."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from blog.actions import wordpress_posts
from blog.actions.comments import add_comment
from blog.models import AuditEvent, Comment, Membership, Post, WordPressImport
from blog.tasks import continue_wordpress_imports
from tests import factories
from tests.blog.actions.wordpress_steps import bring, zip_of
from tests.wordpress_files import comment, item, wxr

pytestmark = pytest.mark.django_db
# As where a server stopped in the middle.
CUT_OFF = wxr(item()).partition(b"<content:encoded>")[0]
KEY = "0f8fad5b-d9cb-469f-a165-70867728950e"


def at(name, course, *args):
    return reverse(name, args=[course.slug, *args])


@pytest.fixture
def signed_in(client, instructor):
    client.force_login(instructor)
    return client


def upload(client, course, *files, key=KEY, **fields):
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return client.post(at("wordpress_import_new", course), {"files": sent, "key": key, **fields})


def test_a_file_leads_to_its_preview(signed_in, course):
    answer = upload(signed_in, course, ("blog.xml", wxr(item(title="Of ties"))))

    [found] = WordPressImport.objects.all()
    assert answer.url == at("wordpress_import", course, found.pk)
    page = signed_in.get(answer.url).text
    assert "Of ties" in page
    assert "Nothing is imported yet." in page
    assert not Post.objects.exists()


def test_the_same_form_twice_is_one_import(signed_in, course):
    first = upload(signed_in, course, ("blog.xml", wxr(item())))
    second = upload(signed_in, course, ("blog.xml", wxr(item())))

    assert first.url == second.url
    assert WordPressImport.objects.count() == 1


def test_another_file_of_that_name_is_not_taken_for_the_first(signed_in, course):
    """Somebody goes back, and uploads what WordPress exported again."""
    first = upload(signed_in, course, ("blog.xml", wxr(item())))
    answer = upload(signed_in, course, ("blog.xml", wxr(item(title="Whole"))))

    assert answer.status_code == 422
    assert first.url in answer.text
    assert WordPressImport.objects.count() == 1


def test_a_zip_of_pictures_is_stored_once(signed_in, course, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for _ in range(2):
        media = SimpleUploadedFile("uploads.zip", zip_of("uploads/a.png").read())
        upload(signed_in, course, ("blog.xml", wxr(item())), media=media)

    found = WordPressImport.objects.get()
    assert found.media_paths == ["uploads/a.png"]
    assert default_storage.listdir("wordpress-imports")[1] == [found.media.name.rpartition("/")[2]]


def test_parts_of_an_export_are_uploaded_together(signed_in, course):
    upload(signed_in, course, ("1.xml", wxr(item(1))), ("2.xml", wxr(item(2))))

    assert len(WordPressImport.objects.get().export.posts) == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This file is empty."),
        (b"no", "blog.xml: This is not a file that WordPress exports."),
        (wxr(item(kind="page")), "There are no published posts in this file."),
        (
            wxr(item(kind="page", title="a")).replace(b"[CDATA[a", b"[CDATA[a\x00"),
            "There are no published posts in this file.",
        ),
        (
            CUT_OFF,
            "blog.xml, line 13, column 149: This file is damaged here, and no published post",
        ),
        (
            wxr(item(), head="<!DOCTYPE rss>"),
            "blog.xml, line 2: This file declares a document type",
        ),
        (b"PK\x03\x04", "blog.xml: This zip is damaged"),
    ],
)
def test_a_file_that_is_refused_is_told_at_its_field(signed_in, course, data, words):
    answer = upload(signed_in, course, ("blog.xml", data))

    assert answer.status_code == 422
    assert words in answer.text
    assert not WordPressImport.objects.exists()


def test_no_file_is_told(signed_in, course):
    answer = signed_in.post(at("wordpress_import_new", course), {"key": KEY})

    assert answer.status_code == 422
    assert "Choose the file that WordPress gave you." in answer.text


def test_a_zip_of_pictures_that_is_none_is_told(signed_in, course):
    media = SimpleUploadedFile("uploads.zip", b"no zip")

    answer = upload(signed_in, course, ("blog.xml", wxr(item())), media=media)

    assert answer.status_code == 422
    assert "This zip is damaged" in answer.text
    assert not WordPressImport.objects.exists()


def test_choices_are_kept_and_nothing_comes(signed_in, course, instructor):
    found = factories.make_wordpress_import(course, instructor, answers={})
    sent = {"author-0": "guest", "post-0": "none", "audience": "10"}

    answer = signed_in.post(at("wordpress_import", course, found.pk), sent)

    assert answer.url == at("wordpress_import", course, found.pk)
    found.refresh_from_db()
    assert found.answers == {"author-0": "guest", "audience": "10"}
    assert not Post.objects.exists()


def test_a_start_without_an_author_keeps_what_was_chosen(signed_in, course, instructor):
    found = factories.make_wordpress_import(course, instructor, answers={})
    sent = {"author-0": "", "post-0": "leave", "audience": "10"}

    answer = signed_in.post(at("wordpress_import_start", course, found.pk), sent)

    assert answer.status_code == 422
    assert "Choose who this is." in answer.text
    assert '<option value="leave" selected>' in answer.text
    assert '<option value="10" selected>' in answer.text
    assert not Post.objects.exists()


def test_a_start_imports_at_once_what_takes_little_time(signed_in, course, instructor, ada):
    found = factories.make_wordpress_import(
        course,
        instructor,
        wxr(item(title="Of ties", comments=[comment(), comment(2, approved="0")])),
    )
    member = course.memberships.get(user=ada).pk
    sent = {"author-0": f"member-{member}", "author-1": "guest", "audience": "30"}

    answer = signed_in.post(at("wordpress_import_start", course, found.pk), sent)

    assert answer.url == at("wordpress_import", course, found.pk)
    [post] = Post.objects.all()
    assert (post.author, post.comments.count()) == (ada, 2)
    page = signed_in.get(answer.url).text
    assert reverse("post_page", args=[course.slug, post.slug]) in page
    assert "1 comment waits for a decision" in page


def test_a_start_that_fails_is_gone_on_with_by_the_next_tick(
    signed_in, course, instructor, monkeypatch, caplog
):
    found = factories.make_wordpress_import(course, instructor)
    sent = {"author-0": "guest", "audience": "30"}
    with monkeypatch.context() as broken:
        broken.setattr(wordpress_posts.ImportingPosts, "prepare", failing)

        answer = signed_in.post(at("wordpress_import_start", course, found.pk), sent)

    assert (answer.status_code, Post.objects.count()) == (302, 0)
    assert "Being imported" in signed_in.get(answer.url).text
    assert "was not begun" in caplog.text
    assert (continue_wordpress_imports(), Post.objects.count()) == (1, 1)


def failing(*_args):
    raise OSError("The disk is full")


def test_a_second_click_leads_to_the_same_page(signed_in, course, instructor):
    found = factories.make_wordpress_import(course, instructor)
    sent = {"author-0": "guest", "audience": "30"}

    urls = {
        signed_in.post(at("wordpress_import_start", course, found.pk), sent).url for _ in range(2)
    }

    assert urls == {at("wordpress_import", course, found.pk)}
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    "sent", [{"author-0": "member-0"}, {"post-0": "prompt-77"}, {"audience": "50"}]
)
def test_a_choice_that_is_none_changes_nothing(signed_in, course, instructor, sent):
    found = factories.make_wordpress_import(course, instructor, answers={})
    sent = {"author-0": "guest", "audience": "30"} | sent

    for name in ("wordpress_import", "wordpress_import_start"):
        assert signed_in.post(at(name, course, found.pk), sent).status_code == 422

    found.refresh_from_db()
    assert (found.answers, found.started_at) == ({}, None)


def test_a_broken_file_says_where_and_asks_first(signed_in, course):
    data = wxr(item(title="Of ties")).replace(b"Of ties", b"Of \x0b& ties")
    answer = upload(signed_in, course, ("blog.xml", data))
    page = signed_in.get(answer.url).text
    [found] = WordPressImport.objects.all()
    line = found.export.broken[0][1]

    assert "This file is damaged" in page
    assert f"blog.xml, line {line}, column" in page
    assert f"Line {line}: a control character: removed" in page
    assert f"Line {line}: a stray &amp;: read as a character" in page

    sent = {"author-0": "guest", "audience": "30"}
    address = at("wordpress_import_start", course, found.pk)
    refused = signed_in.post(address, sent)
    assert refused.status_code == 422
    assert "Say that you want to import the repaired text" in refused.text
    assert not Post.objects.exists()

    signed_in.post(address, sent | {"repaired": "on"})
    assert Post.objects.get().title == "Of & ties"


def test_what_stays_out_is_said(signed_in, course):
    states = ("1", "spam", "spam", "trash")
    comments = [comment(number, approved=state) for number, state in enumerate(states, 1)]
    answer = upload(
        signed_in,
        course,
        (
            "blog.xml",
            wxr(item(1, comments=comments), item(2, kind="page"), item(3, status="draft")),
        ),
    )

    page = signed_in.get(answer.url).text

    assert "pages: 1" in page
    assert "drafts: 1" in page
    assert "spam comments: 2" in page
    assert "deleted comments: 1" in page


def test_what_is_under_way_says_how_far_it_is(signed_in, course, instructor):
    now = timezone.now()
    found = factories.make_wordpress_import(
        course, instructor, started_at=now, due_at=now, done=3, total=7
    )

    page = signed_in.get(at("wordpress_import", course, found.pk)).text

    assert "Being imported: 3 of 7 posts are done." in page
    assert "Undo this import" not in page


def test_an_undo_says_what_it_did(signed_in, course, instructor):
    found = factories.make_wordpress_import(course, instructor)
    signed_in.post(
        at("wordpress_import_start", course, found.pk), {"author-0": "guest", "audience": "30"}
    )

    answer = signed_in.post(at("wordpress_import_undo", course, found.pk), follow=True)

    assert "Import undone." in answer.text
    assert not Post.objects.exists()
    assert "Undo this import" not in answer.text


def test_an_undo_says_how_many_posts_stayed(signed_in, course, instructor):
    done = bring(course, instructor, item(1, title="A"), item(2, title="B"), item(3, title="C"))
    add_comment(Post.objects.get(title="B"), by=instructor, text="A thought.")

    answer = signed_in.post(at("wordpress_import_undo", course, done.pk), follow=True)

    assert "2 posts were deleted." in answer.text
    assert "1 post stayed." in answer.text
    said = "Posts that someone has changed, withdrawn, commented on, cited, reported or graded"
    assert said in answer.text
    assert [post.title for post in answer.context["result"].posts] == ["B"]


def test_words_of_a_blog_are_words(signed_in, course, instructor):
    evil = "<script>alert(1)</script>"
    authors = (("ada", f"Ada {evil}", ""),)
    data = wxr(
        item(1, f"<p>{evil}x</p>", title="T", comments=[comment(1, evil + "y")]), authors=authors
    )
    answer = upload(signed_in, course, ("blog.xml", data))
    found = WordPressImport.objects.get()

    page = signed_in.get(answer.url).text
    signed_in.post(
        at("wordpress_import_start", course, found.pk),
        {"author-0": "guest", "author-1": "guest", "audience": "30"},
    )
    post = Post.objects.get()
    shown = signed_in.get(post.get_absolute_url()).text

    assert "<script>alert" not in page
    assert "<script>alert" not in shown
    assert Comment.objects.get().html.count("<script") == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_asks_as_much_for_many_posts_as_for_one(
    signed_in, course, instructor, django_assert_num_queries, count
):
    factories.make_prompt(course)
    for number in range(count):
        factories.add_member(course, factories.make_user(f"student{number}"))
    items = [item(number, comments=[comment(number)]) for number in range(1, count + 1)]
    found = factories.make_wordpress_import(course, instructor, wxr(*items))
    address = at("wordpress_import", course, found.pk)
    signed_in.get(address)

    with django_assert_num_queries(9):
        signed_in.get(address)


@pytest.mark.parametrize("count", [1, 3])
def test_the_result_asks_as_much_for_many_posts_as_for_one(
    signed_in, course, instructor, django_assert_num_queries, count
):
    items = [item(number) for number in range(1, count + 1)]
    found = factories.make_wordpress_import(course, instructor, wxr(*items))
    signed_in.post(
        at("wordpress_import_start", course, found.pk), {"author-0": "guest", "audience": "30"}
    )
    address = at("wordpress_import", course, found.pk)
    signed_in.get(address)

    with django_assert_num_queries(6):
        signed_in.get(address)


# One's own posts


def test_ones_own_posts_go_out_as_a_file(client, course, ada):
    factories.make_post(ada, course, "Of ties")
    client.force_login(ada)

    answer = client.post(reverse("wordpress_export", args=[course.slug]))

    assert answer.headers["Content-Disposition"].startswith(
        f'attachment; filename="wordpress-{course.slug}-'
    )
    assert b"<title>Of ties</title>" in b"".join(answer.streaming_content)
    event = AuditEvent.objects.first()
    assert (event.action, event.actor, event.course) == ("wordpress_exported", ada, course)


def test_who_has_left_still_takes_their_own(client, course, ada):
    factories.make_post(ada, course, "Of ties")
    Membership.objects.filter(user=ada).update(ended_at=timezone.now() - timedelta(days=3))
    client.force_login(ada)

    answer = client.post(reverse("wordpress_export", args=[course.slug]))

    assert b"Of ties" in b"".join(answer.streaming_content)


def test_a_link_downloads_nothing_and_others_get_nothing(client, course, ada, eve):
    address = reverse("wordpress_export", args=[course.slug])
    client.force_login(ada)
    assert client.get(address).status_code == 405
    client.force_login(eve)
    assert client.post(address).status_code == 404
    assert not AuditEvent.objects.filter(action="wordpress_exported").exists()


def test_the_file_asks_once_more_who_sits_there(client, course, ada):
    client.force_login(ada)
    session = client.session
    for record in session.get("account_authentication_methods", []):
        record["at"] -= 3 * 60 * 60
    session.save()

    answer = client.post(reverse("wordpress_export", args=[course.slug]))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_reauthenticate"))


def test_the_page_of_ones_files_has_a_button_for_each_course(client, course, ada):
    client.force_login(ada)

    page = client.get(reverse("takeout_list")).text

    assert reverse("wordpress_export", args=[course.slug]) in page
