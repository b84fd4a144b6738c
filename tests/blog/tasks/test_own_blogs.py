"""Blogs of members are read politely: each entry becomes a post once, and follows its blog."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone, translation

from blog.actions.own_blogs import connect_blog, stop_blog
from blog.actions.post_states import delete_post, withdraw_post
from blog.models import Audience, BlogEntry, Course, Membership, OwnBlog, Post, Revision
from blog.tasks import own_blogs as task
from blog.tasks import read_own_blogs, send_due_mail
from tests import factories
from tests.own_blogs import atom, blog_site, item, lay_feed

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    with blog_site() as stub:
        yield stub


@pytest.fixture
def own(site, course, ada):
    """Return Ada's blog, with two entries, which nobody has read yet."""
    url = lay_feed(site, item(2, day=day(1)), item(1, day=day(2)))
    return connect(course, ada, url)


def connect(course, person, url, audience=Audience.COURSE):
    since = timezone.now() - timedelta(days=42)
    return connect_blog(course, by=person, feed_url=url, audience=audience, since=since)


def day(days_ago):
    return f"{timezone.now() - timedelta(days=days_ago):%Y-%m-%d}"


def read_again(**fields):
    """Read all blogs again, as if some time had passed."""
    earlier = timezone.now() - timedelta(hours=2)
    BlogEntry.objects.update(changed_at=earlier, checked_at=None)
    OwnBlog.objects.update(due_at=earlier, **fields)
    return read_own_blogs()


def posts():
    return list(Post.objects.filter(follows_source=True).order_by("published_at", "pk"))


def test_entries_become_posts_of_their_author(site, own, course, ada, bob):
    taken = read_own_blogs()

    first, second = posts()
    assert taken == 2
    assert [post.title for post in (first, second)] == ["Entry 1", "Entry 2"]
    assert (first.author, first.course, first.audience) == (ada, course, Audience.COURSE)
    assert first.source_url == f"{site.url}/1"
    assert first.revision.text == "Words of entry 1."
    assert list(Post.objects.visible_to(bob).order_by("pk")) == [first, second]


def test_no_entry_is_taken_twice(site, own):
    read_own_blogs()

    assert read_again() == 0
    assert len(posts()) == 2
    assert Revision.objects.count() == 2


def test_a_blog_is_asked_whether_anything_has_changed(site, course, ada):
    url = lay_feed(site, item(1), ETag='"one"', Last_Modified="Thu, 01 Oct 2026 10:00:00 GMT")
    connect(course, ada, url)
    read_own_blogs()
    site.answers["/feed/"] = (304, {}, b"")

    read_again()

    assert "If-None-Match" not in site.headers[0]
    assert site.headers[1]["If-None-Match"] == '"one"'
    assert site.headers[1]["If-Modified-Since"] == "Thu, 01 Oct 2026 10:00:00 GMT"
    blog = OwnBlog.objects.get()
    assert (blog.problem, blog.etag) == ("", '"one"')


def test_a_change_of_an_entry_is_a_new_version(site, own):
    read_own_blogs()
    lay_feed(site, item(2, day=day(1)), item(1, "Entry 1, corrected", "<p>Better.</p>", day=day(2)))

    assert read_again() == 1

    post = posts()[0]
    assert (post.title, post.revision.text, post.revision.number) == (
        "Entry 1, corrected",
        "Better.",
        2,
    )
    assert post.revisions.count() == 2


def test_a_blog_that_changes_all_the_time_makes_a_version_in_an_hour(site, own):
    read_own_blogs()
    lay_feed(site, item(1, text="<p>Changed.</p>", day=day(2)))
    OwnBlog.objects.update(due_at=timezone.now(), etag='"x"')

    assert read_own_blogs() == 0
    assert OwnBlog.objects.get().etag == ""  # so that nothing is missed
    assert read_again() == 1


def test_a_blog_cannot_date_itself_back(site, own):
    """What was there when the blog was connected came then; later it counts from the last look."""
    before = timezone.now()
    read_own_blogs()
    read_at = OwnBlog.objects.get().read_at
    lay_feed(site, item(3, day=day(3)), item(2, day=day(1)), item(1, day=day(2)))

    read_again()

    assert all(post.published_at >= before for post in posts())
    assert Post.objects.get(title="Entry 3").published_at == read_at


def test_a_blog_that_was_down_dates_back_by_no_more_than_a_missed_reading(site, own):
    read_own_blogs()
    three_days_ago = timezone.now() - timedelta(days=3)
    just_now = timezone.now().replace(microsecond=0) - timedelta(minutes=40)
    late = item(3, day=day(2))
    fresh = item(4).replace("2026-10-01T00:00:00Z", just_now.isoformat())
    lay_feed(site, fresh, late, item(2, day=day(1)), item(1, day=day(2)))
    before = timezone.now()

    read_again(read_at=three_days_ago)

    assert Post.objects.get(title="Entry 3").published_at >= before
    assert Post.objects.get(title="Entry 4").published_at == just_now


def test_what_came_before_the_course_stays_out(site, course, ada):
    url = lay_feed(site, item(2, day=day(1)), item(1, day=day(400)))
    connect(course, ada, url)

    assert read_own_blogs() == 1
    assert posts()[0].title == "Entry 2"


def test_drafts_locked_and_coming_entries_stay_out(site, course, ada):
    url = lay_feed(
        site,
        item(1, inner="<app:control><app:draft>yes</app:draft></app:control>"),
        item(2, text='<form class="post-password-form" method="post"></form>'),
        item(3, day="2126-01-01"),
        item(4, day=day(1)),
    )
    connect(course, ada, url)

    assert read_own_blogs() == 1
    assert [post.title for post in posts()] == ["Entry 4"]


@pytest.mark.parametrize("state", [withdraw_post, delete_post])
def test_what_its_author_takes_away_stays_away(site, own, ada, state):
    read_own_blogs()
    state(posts()[0], by=ada)
    lay_feed(site, item(2, day=day(1)), item(1, text="<p>Changed.</p>", day=day(2)))

    assert read_again() == 0
    assert Revision.objects.count() == 2


def test_a_text_that_is_no_post_is_told(site, course, ada):
    url = lay_feed(
        site, item(1, text="", day=day(1)), item(2, text="<p>x</p>" * 30_000, day=day(1))
    )
    blog = connect(course, ada, url)

    assert read_own_blogs() == 0

    reasons = blog.entries.order_by("guid").values_list("refusal", flat=True)
    assert list(reasons) == [BlogEntry.Refusal.EMPTY, BlogEntry.Refusal.TOO_LONG]
    assert Post.objects.count() == 0


def test_what_the_course_refuses_is_tried_again(site, course, ada):
    url = lay_feed(site, item(1, day=day(1)), ETag='"one"')
    connect(course, ada, url, Audience.POD)

    assert read_own_blogs() == 0
    blog = OwnBlog.objects.get()
    assert (blog.entries.get().refusal, blog.etag) == (BlogEntry.Refusal.NOT_NOW, "")

    factories.make_pod(course, "Herons", ada)
    assert read_again() == 1
    assert posts()[0].audience == Audience.POD


def test_a_narrower_course_narrows_new_posts(site, own, course):
    OwnBlog.objects.update(audience=Audience.PUBLIC)
    Course.objects.update(widest_audience=Audience.INSTRUCTORS, default_audience=Audience.ONLY_ME)

    read_own_blogs()

    assert {post.audience for post in posts()} == {Audience.INSTRUCTORS}


def test_a_broken_blog_is_tried_later_each_time_and_told_once(site, own, ada, instructor):
    site.lay("/feed/", "Sorry", status=500)
    waits = []
    for _n in range(5):
        read_again()
        waits.append(OwnBlog.objects.get().due_at - timezone.now())

    blog = OwnBlog.objects.get()
    assert waits == sorted(waits)
    assert waits[0] > timedelta(minutes=15)
    assert (blog.problem, blog.failures) == (OwnBlog.Problem.UNREACHABLE, 5)
    assert OwnBlog.objects.broken().get() == blog
    send_due_mail_now()
    (told,) = mail.outbox
    assert told.to == [ada.email]
    assert "sends nothing" in told.body

    for _n in range(3):
        read_again()
    send_due_mail_now()
    (_told, of_team) = mail.outbox
    assert of_team.to == [instructor.email]
    assert "Ada Student writes for" in of_team.body

    lay_feed(site, item(1, day=day(1)))
    assert read_again() == 1
    blog.refresh_from_db()
    assert (blog.problem, blog.failures, blog.failing_since) == ("", 0, None)


@pytest.mark.parametrize(
    ("status", "problem"),
    [(404, "gone"), (410, "gone"), (401, "refused"), (403, "refused"), (503, "unreachable")],
)
def test_what_is_wrong_has_a_name(site, own, status, problem):
    site.lay("/feed/", "No", status=status)

    read_again()

    assert OwnBlog.objects.get().problem == problem


def test_a_blog_that_asks_for_time_gets_it(site, own):
    site.lay("/feed/", "No", status=503, Retry_After="40000")

    read_again()

    assert OwnBlog.objects.get().due_at > timezone.now() + timedelta(hours=11)


def test_an_entry_that_is_gone_is_told_and_its_post_stays(site, own, ada):
    read_own_blogs()
    lay_feed(site, item(1, day=day(2)))

    read_again()

    entry = BlogEntry.objects.get(guid__endswith=":2")
    assert entry.gone_at is not None
    assert entry.post.is_published
    send_due_mail_now()
    assert ["gone" in one.subject for one in mail.outbox] == [True]

    lay_feed(site, item(2, day=day(1)), item(1, day=day(2)))
    read_again()
    entry.refresh_from_db()
    assert entry.gone_at is None


def test_an_entry_that_left_the_feed_and_is_there_is_not_gone(site, own):
    read_own_blogs()
    lay_feed(site, item(1, day=day(2)))
    site.lay("/2", "<p>Here I am.</p>", Content_Type="text/html")

    read_again()

    assert not BlogEntry.objects.exclude(gone_at=None).exists()


def _leave(course, person):
    Membership.objects.filter(user=person).update(ended_at=timezone.now())


def _close_account(course, person):
    person.is_active = False
    person.save()


def _archive(course, person):
    Course.objects.filter(pk=course.pk).update(archived_at=timezone.now())


def _end(course, person):
    today = timezone.now().date()
    dates = {"starts_on": today - timedelta(days=9), "ends_on": today - timedelta(days=3)}
    Course.objects.filter(pk=course.pk).update(**dates)


def _turn_off(course, person):
    Course.objects.filter(pk=course.pk).update(takes_own_blogs=False)


def _observe(course, person):
    Membership.objects.filter(user=person).update(role=Membership.Role.OBSERVER)


@pytest.mark.parametrize("change", [_leave, _close_account, _archive, _end, _turn_off, _observe])
def test_nobody_asks_where_nothing_can_be_posted(site, own, course, ada, change):
    change(course, ada)

    assert read_again() == 0
    assert site.asked == []


def test_a_stopped_blog_is_not_read(site, own, ada):
    stop_blog(own, by=ada)

    assert read_again() == 0
    assert site.asked == []


def test_connected_again_it_goes_on(site, own, course, ada):
    read_own_blogs()
    stop_blog(own, by=ada)
    lay_feed(site, item(3, day=day(0)), item(2, text="<p>Other.</p>", day=day(1)))

    connect(course, ada, own.feed_url)
    taken = read_again()

    assert taken == 1
    assert Post.objects.count() == 3
    assert [post.title for post in posts()] == ["Entry 3"]  # the others are edited here now


@pytest.mark.parametrize(("guid", "comes_again"), [("tag:blog,2026:1", 0), ("1", 1)])
def test_a_blog_that_has_moved_brings_nothing_twice(site, own, course, ada, guid, comes_again):
    """A number alone is no name: another blog may have it."""
    for path, host in (("/feed/", ""), ("/new/", "/new")):
        entry = item(1, day=day(2)).replace("tag:blog,2026:1", guid).replace('"/1"', f'"{host}/1"')
        url = lay_feed(site, entry, path=path)
        for connected in OwnBlog.objects.connected():
            stop_blog(connected, by=ada)
        connect(course, ada, url)
        taken = read_own_blogs()

    assert taken == comes_again
    assert Post.objects.count() == 1 + comes_again
    new = OwnBlog.objects.connected().get()
    assert [entry.address for entry in new.entries.all()] == [f"{site.url}/new/1"]


@pytest.mark.parametrize(
    ("status", "is_of_bob", "path"),
    [(301, False, "/new/"), (308, False, "/new/"), (302, False, "/feed/"), (301, True, "/feed/")],
)
def test_a_feed_that_has_moved_for_good_is_read_there(
    site, own, course, bob, status, is_of_bob, path
):
    """Unless somebody else has connected that."""
    url = lay_feed(site, item(1, day=day(2)), path="/new/")
    site.answers["/feed/"] = (status, {"Location": url}, b"")
    if is_of_bob:
        connect(course, bob, url)

    read_own_blogs()

    own.refresh_from_db()
    assert (own.feed_url, own.problem) == (f"{site.url}{path}", "")


def test_a_hostile_feed_costs_the_others_nothing(site, own, course, bob):
    site.lay("/bad/", "<rss>" + "<a>" * 50_000, Content_Type="text/xml")
    connect(course, bob, f"{site.url}/bad/")

    assert read_own_blogs() == 2
    assert OwnBlog.objects.get(person=bob).problem in ("not_a_feed", "")


def test_one_feed_at_two_addresses_is_of_whoever_was_first(site, own, course, bob):
    """A query after an address makes another of it, and the feed is the same."""
    read_own_blogs()
    same = connect(course, bob, f"{own.feed_url}?x=1")
    lay_feed(site, item(3, day=day(1)), item(1, day=day(2)))

    read_again()

    refused = same.entries.order_by("title").values_list("title", "refusal", "post")
    assert list(refused) == [("Entry 1", "others", None), ("Entry 3", "others", None)]
    assert {post.author for post in posts()} == {own.person}
    stop_blog(own, by=own.person)
    assert read_again() == 2
    assert same.entries.filter(refusal="", post__author=bob).count() == 2


def test_a_blog_says_no_other_host_for_itself(site, own):
    feed = atom(item(1, day=day(1))).replace('href="/1"', 'href="https://news.example/1"')
    feed = feed.replace('<link href="/"/>', '<link href="https://news.example/"/>')
    site.lay("/feed/", feed, Content_Type="application/atom+xml")

    read_own_blogs()

    own.refresh_from_db()
    assert (posts()[0].source_url, own.address, own.host) == (own.feed_url, "", "127.0.0.1")


def test_words_that_are_stored_are_in_the_language_of_the_course(site, own, monkeypatch):
    Course.objects.update(language="fr-ca")
    spoken = []

    def taking(*_args, **_more):
        spoken.append(translation.get_language())
        return task.Taking.UNCHANGED

    monkeypatch.setattr(task, "take_entry", taking)
    with translation.override("ar"):
        read_own_blogs()

    assert set(spoken) == {"fr-ca"}


def test_no_script_of_a_blog_reaches_a_page(site, course, ada):
    hostile = '<p onclick="x()">Hi<script>alert(1)</script> <a href="javascript:x()">y</a></p>'
    url = lay_feed(site, item(1, "<b>T</b><script>1</script>", hostile, day=day(1)))
    connect(course, ada, url)

    read_own_blogs()

    html = posts()[0].revision.html
    assert "script" not in html
    assert "onclick" not in html


def test_two_ticks_read_a_blog_once(site, own):
    blog = task._claim(own.pk)

    assert blog == own
    assert task._claim(own.pk) is None


def send_due_mail_now():
    from blog.models import OutboxMessage

    OutboxMessage.objects.update(due_at=timezone.now())
    send_due_mail()


def test_pictures_are_links(site, course, ada):
    text = '<p><img src="/cat.jpg" alt="A cat"></p><p>Words</p>'
    connect(course, ada, lay_feed(site, item(1, text=text, day=day(1))))

    read_own_blogs()

    assert posts()[0].revision.text == f"[A cat]({site.url}/cat.jpg)\n\nWords"
    assert site.asked == ["/feed/"]


def test_the_title_of_a_note_is_its_first_words(site, course, ada):
    connect(course, ada, lay_feed(site, item(1, "", "<p>A short note</p>", day=day(1))))

    read_own_blogs()

    assert posts()[0].title == "A short note"


def test_a_feed_of_nothing_is_read(site, course, ada):
    site.lay("/feed/", atom(), Content_Type="application/atom+xml")
    connect(course, ada, f"{site.url}/feed/")

    assert read_own_blogs() == 0
    assert OwnBlog.objects.get().problem == ""
