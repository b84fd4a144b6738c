"""One's own blog: found, connected and stopped; and its posts, whose text is read only."""

import re
import socket
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.actions.blog_entries import change_imported_post, take_entry
from blog.actions.drafts import save_draft
from blog.actions.posts import publish_post
from blog.exceptions import NotAllowed, Refused
from blog.feeds import Entry
from blog.models import Audience, Comment, OutboxMessage, OwnBlog, Post, PostTarget, Prompt
from blog.templatetags.dates import at_time
from tests import factories
from tests.own_blogs import blog_site, item, lay_feed

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    with blog_site() as stub:
        yield stub


@pytest.fixture
def as_ada(client, ada):
    client.force_login(ada)
    return client


@pytest.fixture
def blog(course, ada):
    return factories.make_own_blog(ada, course)


@pytest.fixture
def imported(blog, ada):
    entry = Entry("1", "https://ada.example.org/1", "From elsewhere", "<p>Some words.</p>", None)
    take_entry(blog, entry, by=ada)
    return Post.objects.get(follows_source=True)


def at(name, course, *args):
    return reverse(name, args=[course.slug, *args])


def text_of(response):
    return " ".join(response.content.decode().split())


def find(client, course, address):
    return client.post(at("own_blog", course), {"address": address})


def connect_form(page):
    form = page.context["connect"]
    return {
        "feed": form.initial["feed"],
        "since": "start",
        "audience": form.initial["audience"],
        "key": form["key"].value(),
    }


def test_a_blog_is_found_by_its_page_shown_and_connected(site, as_ada, course, ada):
    url = lay_feed(site, item(1, "First steps"))
    site.lay(
        "/",
        '<html><head><link rel="alternate" type="application/rss+xml" title="Comments" '
        'href="/comments/feed/"><link href="/feed/" type="application/atom+xml" rel="alternate">',
        Content_Type="text/html",
    )

    page = find(as_ada, course, site.url)

    assert page.status_code == 200
    assert "First steps" in text_of(page)
    assert not OwnBlog.objects.exists()

    form = connect_form(page)
    for _click in range(2):
        answer = as_ada.post(at("own_blog_connect", course), form)
        assert answer.status_code == 302

    blog = OwnBlog.objects.get()
    assert (blog.person, blog.course, blog.feed_url) == (ada, course, url)
    assert blog.audience == course.default_audience


def test_a_feed_is_found_at_a_usual_place(site, as_ada, course):
    site.lay("/", "<html>No link here.</html>", Content_Type="text/html")
    url = lay_feed(site, item(1))

    page = find(as_ada, course, f"{site.url}/")

    assert page.context["preview"].url == url


def test_a_feed_of_beginnings_is_told(site, as_ada, course):
    url = lay_feed(site, item(1, text="<p>It begins [&#8230;]</p>"))

    assert "only the beginning" in text_of(find(as_ada, course, url))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "required"),
        ("what is this", "not an address on the web"),
        ("ftp://example.org/", "not an address on the web"),
        ("http://127.0.0.1/feed/", "not on the open web"),
        ("http://localhost:6379/", "not an address on the web"),
        ("http://[::1]/", "not an address on the web"),
        ("http://2130706433/", "not"),
        ("http://169.254.169.254/latest/meta-data/", "not on the open web"),
        ("http://10.0.0.1/", "not on the open web"),
        ("https://user:secret@example.org/", "not"),
        ("http://example.org:22/", "not on the open web"),
    ],
)
def test_what_is_not_on_the_web_is_not_asked(as_ada, course, address, words):
    page = find(as_ada, course, address)

    assert page.status_code == 422
    assert words in text_of(page)
    assert not OwnBlog.objects.exists()


def test_nobody_learns_which_names_there_are_in_a_network(as_ada, course, monkeypatch):
    inside = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80))

    def resolve(host, *args, **options):
        if host == "intranet.example":
            return [inside]
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", resolve)

    pages = [
        re.sub(rf'{name}|value="[\w-]+"', "", text_of(find(as_ada, course, address)))
        for name, address in [
            ("intranet", "http://intranet.example/"),
            ("nowhere", "http://nowhere.example/"),
        ]
    ]

    assert pages[0] == pages[1]
    assert "or it is not on the open web" in pages[0]


def test_a_page_cannot_lead_to_this_machine(site, as_ada, course):
    site.answers["/"] = (302, {"Location": "http://127.0.0.1:1/feed/"}, b"")

    page = find(as_ada, course, site.url)

    assert "not on the open web" in text_of(page)
    assert site.asked == ["/"]


def test_a_page_without_a_feed_keeps_what_was_typed(site, as_ada, course):
    site.lay("/", "<html>Nothing</html>", Content_Type="text/html")

    page = find(as_ada, course, site.url)

    assert page.status_code == 422
    assert "No feed can be read there" in text_of(page)
    assert f'value="{site.url}"' in text_of(page)


def test_an_address_without_a_page_is_to_be_checked(site, as_ada, course):
    """Nothing is connected yet, so nothing has moved either."""
    page = find(as_ada, course, f"{site.url}/nowhere/")

    assert page.status_code == 422
    assert "There is no page at this address. Check it." in text_of(page)
    assert "stop it here" not in text_of(page)


def test_a_blog_is_connected_by_one_person(site, as_ada, course, bob):
    url = lay_feed(site, item(1))
    factories.make_own_blog(bob, course, feed_url=url)

    answer = as_ada.post(
        at("own_blog_connect", course), connect_form(find(as_ada, course, url)), follow=True
    )

    assert "Someone else in this course" in text_of(answer)
    assert OwnBlog.objects.count() == 1


def test_nobody_connects_where_it_is_off(as_ada, course, settings):
    course.takes_own_blogs = False
    course.save()

    assert "turned this off" in text_of(as_ada.get(at("own_blog", course)))
    assert as_ada.post(at("own_blog_connect", course)).status_code == 403

    course.takes_own_blogs = True
    course.save()
    settings.OWN_BLOGS = False
    assert "This site has turned this off" in text_of(as_ada.get(at("own_blog", course)))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_a_blog_takes_the_same_queries(
    as_ada, course, ada, blog, count, django_assert_num_queries
):
    for number in range(count):
        factories.make_imported_post(blog, guid=str(number))
    as_ada.get(at("own_blog", course))

    with django_assert_num_queries(4):
        page = as_ada.get(at("own_blog", course))

    assert len(page.context["entries"]) == count


def test_its_owner_reads_what_is_wrong(as_ada, course, blog):
    blog.problem, blog.failing_since, blog.failures = "refused", timezone.now(), 4
    blog.save()

    page = text_of(as_ada.get(at("own_blog", course)))

    assert "asks for a password" in page
    assert "Not read since" in page


def test_its_owner_changes_who_sees_later_posts(as_ada, course, blog, imported):
    answer = as_ada.post(at("own_blog_change", course), {"audience": Audience.INSTRUCTORS})

    blog.refresh_from_db()
    imported.refresh_from_db()
    assert answer.status_code == 302
    assert (blog.audience, imported.audience) == (Audience.INSTRUCTORS, Audience.COURSE)


def test_check_now_makes_it_due(as_ada, course, blog):
    as_ada.post(at("own_blog_check", course))

    assert list(OwnBlog.objects.due()) == [blog]


@pytest.mark.parametrize("choice", ["keep", "delete"])
def test_stopping_asks_what_becomes_of_posts(as_ada, course, blog, imported, choice):
    answer = as_ada.post(at("own_blog_stop", course), {"posts": choice})

    imported.refresh_from_db()
    blog.refresh_from_db()
    assert answer.status_code == 302
    assert blog.stopped_at is not None
    assert not imported.follows_source
    assert (imported.deleted_at is None) == (choice == "keep")
    assert imported.source_url


def test_a_kept_post_is_edited_here(as_ada, course, blog, imported, ada):
    as_ada.post(at("own_blog_stop", course), {"posts": "keep"})
    imported.refresh_from_db()

    publish_post(imported, by=ada, title="Mine", text="New.", audience=Audience.COURSE)

    assert as_ada.get(at("post_edit", course, imported.slug)).status_code == 200


def test_the_text_of_a_blog_is_not_changed_here(as_ada, course, imported, ada):
    with pytest.raises(NotAllowed):
        publish_post(imported, by=ada, title="T", text="New.", audience=Audience.COURSE)
    with pytest.raises(NotAllowed):
        save_draft(PostTarget(imported), by=ada, text="New.")

    edit = as_ada.get(at("post_edit", course, imported.slug))
    assert edit.url == at("imported_post_edit", course, imported.slug)
    fields = {"title": "T", "text": "New.", "audience": Audience.COURSE}
    saved = as_ada.post(at("draft_save", course, imported.slug), fields)
    assert (saved.status_code, "Change it there" in saved.content.decode()) == (422, True)
    imported.refresh_from_db()
    assert imported.revision.text == "Some words."


def test_readers_see_where_a_post_comes_from(client, course, bob, imported):
    client.force_login(bob)

    page = text_of(client.get(imported.get_absolute_url()))
    listed = text_of(client.get(at("post_list", course)))

    assert 'href="https://ada.example.org/1" rel="nofollow ugc noopener"' in page
    assert "from ada.example.org" in page
    assert "from ada.example.org" in listed


@pytest.mark.parametrize(("hours", "is_told"), [(0.5, False), (49, True)])
def test_the_date_of_the_blog_is_told_where_it_is_another(
    client, course, bob, ada, blog, hours, is_told
):
    there = timezone.now() - timedelta(hours=hours)
    entry = Entry("2", "https://ada.example.org/2", "Old news", "<p>Some words.</p>", there)
    take_entry(blog, entry, by=ada)
    post = Post.objects.get(title="Old news")
    client.force_login(bob)

    page = text_of(client.get(post.get_absolute_url()))

    here = at_time(post.published_at, course)
    said = f"published on the blog on {at_time(there, course)}, taken here on {here}"
    assert (said in page, "on the blog on" in page) == (is_told, is_told)


def test_a_withheld_name_is_not_told_by_an_address(client, course, bob, ada, imported):
    ada.is_confidential = True
    ada.save()
    course.memberships.filter(user=ada).update(is_confidential=True)
    Post.objects.update(audience=Audience.PUBLIC)
    client.force_login(bob)

    pages = [
        client.get(imported.get_absolute_url()),
        client.get(at("post_list", course)),
        client.get(reverse("post_public", args=[imported.pk, imported.slug])),
    ]
    client.logout()
    pages.append(client.get(reverse("post_public", args=[imported.pk, imported.slug])))

    assert [page.status_code for page in pages] == [200] * 4
    assert ["ada.example.org" in text_of(page) for page in pages] == [False] * 4


def test_comments_are_made_here(client, course, bob, imported):
    client.force_login(bob)

    client.post(
        at("comment_new", course, imported.slug),
        {"text": "Well said.", "audience": Comment.Audience.READERS, "key": str(uuid.uuid4())},
    )

    assert imported.comments.get().addressee == imported.author


def test_its_author_chooses_the_prompt_while_it_is_open(as_ada, course, imported, prompt):
    url = at("imported_post_edit", course, imported.slug)

    answer = as_ada.post(url, {"prompt": prompt.number, "audience": Audience.COURSE})

    imported.refresh_from_db()
    assert (answer.status_code, imported.prompt) == (302, prompt)
    assert imported.revisions.count() == 1


def test_a_closed_prompt_cannot_be_chosen(as_ada, course, ada, imported):
    now = timezone.now()
    closed = factories.make_prompt(
        course,
        due_at=now - timedelta(days=3),
        comments_due_at=now,
        late_posts=Prompt.LatePosts.CLOSE,
    )

    page = as_ada.post(
        at("imported_post_edit", course, imported.slug),
        {"prompt": closed.number, "audience": Audience.COURSE},
    )

    assert page.status_code == 422
    with pytest.raises(Refused, match="closed"):
        change_imported_post(imported, by=ada, prompt=closed, audience=Audience.COURSE)
    imported.refresh_from_db()
    assert imported.prompt is None


def test_a_second_post_for_a_prompt_is_refused(as_ada, course, ada, imported, prompt):
    factories.make_post(ada, course, prompt=prompt)

    page = as_ada.post(
        at("imported_post_edit", course, imported.slug),
        {"prompt": prompt.number, "audience": Audience.COURSE},
    )

    assert page.status_code == 422
    assert "already have a post" in text_of(page)
    assert "Open your post" in text_of(page)


def test_a_draft_that_has_a_prompt_is_called_one_and_is_there_to_open(
    as_ada, course, ada, imported, prompt
):
    draft = factories.make_draft_post(ada, course, prompt=prompt)
    url = at("imported_post_edit", course, imported.slug)
    assert f"{prompt.title} (you have a draft)" in text_of(as_ada.get(url))

    page = as_ada.post(url, {"prompt": prompt.number, "audience": Audience.COURSE})

    assert page.status_code == 422
    assert "You already have a draft for this prompt." in text_of(page)
    assert f'href="{at("post_edit", course, draft.slug)}"' in page.content.decode()


def test_a_graded_post_keeps_its_prompt(ada, instructor, imported, prompt, course):
    change_imported_post(imported, by=ada, prompt=prompt, audience=Audience.COURSE)
    imported.refresh_from_db()
    factories.make_grading(imported, instructor)

    with pytest.raises(Refused, match="graded"):
        change_imported_post(imported, by=ada, prompt=None, audience=Audience.COURSE)


def test_an_instructor_sees_what_is_wrong_and_stops_a_blog(client, course, instructor, blog, ada):
    blog.problem, blog.failing_since, blog.failures = "gone", timezone.now(), 4
    blog.save()
    client.force_login(instructor)

    page = text_of(client.get(at("own_blog_list", course)))
    assert "no page at this address any more" in page
    client.post(at("blog_end", course, blog.pk))

    blog.refresh_from_db()
    assert blog.stopped_at is not None
    assert OutboxMessage.objects.get(template="own_blog_stopped").recipient == ada


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_blogs_takes_the_same_queries(
    client, course, instructor, count, django_assert_num_queries
):
    for number in range(count):
        member = factories.make_user()
        factories.add_member(course, member)
        factories.make_own_blog(member, course, f"b{number}.example.org")
    client.force_login(instructor)
    client.get(at("own_blog_list", course))

    with django_assert_num_queries(3):
        page = client.get(at("own_blog_list", course))

    assert len(page.context["blogs"]) == count


def test_an_instructor_turns_it_off_and_on(client, course, instructor):
    client.force_login(instructor)

    client.post(at("own_blogs_disallow", course))
    course.refresh_from_db()
    assert not course.takes_own_blogs

    client.post(at("own_blogs_allow", course))
    course.refresh_from_db()
    assert course.takes_own_blogs


def test_an_erased_account_keeps_no_blog(course, ada, blog, imported, bob):
    from blog.actions.erasure import erase_account

    factories.make_comment(bob, imported)

    erase_account(ada, by=ada)

    imported.refresh_from_db()
    assert not OwnBlog.objects.exists()
    assert (imported.source_url, imported.follows_source) == ("", False)


def test_preview_counts_all_entries_and_says_how_many_are_read(client, site, course, ada):
    client.force_login(ada)
    url = lay_feed(site, *(item(number, text="<p>A.</p>") for number in range(120)))

    answer = client.post(reverse("own_blog", args=[course.slug]), {"address": url}, follow=True)

    page = " ".join(answer.content.decode().split())
    assert "120 entries are in the feed now." in page
    assert "Only the newest hundred are read." in page


def test_page_says_how_many_entries_wait(client, site, course, ada):
    client.force_login(ada)
    factories.make_own_blog(ada, course, waiting=29)

    for name in ("own_blog", "own_blog_list"):
        if name == "own_blog_list":
            client.force_login(course.memberships.get(role="instructor").user)
        page = " ".join(client.get(reverse(name, args=[course.slug])).content.decode().split())
        assert "29 entries wait for tomorrow: 20 a day become posts." in page
