"""Words behind a content note, on every channel: they are folded, or they are not there.

Each reader opens every page there is (``tests/leaks``) and reads the mails that they were sent. A
canary is in every text that a note is for. On a page it may only be in what is folded behind a
note; in a feed, a mail or the head of a page nothing is folded, so there it must not be. Whoever
wrote the words has them before them where they write.
"""

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from blog.models import Audience, Comment, OutboxMessage, Post, Revision
from blog.tasks import send_due_mail
from tests import factories
from tests.leaks.crawl import crawl, every_address
from tests.long import all_but
from tests.notified import plant_notifications
from tests.own_feeds import own_feeds
from tests.written import kept

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOTE = "a hospital scene"
READERS = ["visitor", "bob", "cyn", "ada", "instructor"]
# Of the post, which has a note now; the first version of it had none.
OF_POST = ["text", "formertext", "process", "moment", "help"]
# Of a comment on it; and of a post that has no note any more, whose first version had one.
OF_COMMENTS = ["talk", "formertalk", "notedversion"]
# Where somebody writes, their own words are in a field or a preview.
WRITING = {
    "ada": {"post_edit", "process_note_edit", "process_option", "post_paste", "picture_add"},
    "bob": {"comment_edit", "course_work"},
}


def mark(name):
    return f"zq{name}qz"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Yield the course with its texts behind notes, planted once for all readers."""
    with kept(django_db_blocker):
        yield plant()


def plant():
    """Make the course, and return its people by name, the course and the mails sent."""
    people = {
        name: factories.make_user(name.title(), email=f"{name}@example.edu", username=name)
        for name in READERS
        if name != "visitor"
    }
    course = factories.make_course("networks", instructor=people["instructor"])
    for student in ("ada", "bob", "cyn"):
        factories.add_member(course, people[student])
    post = write_post(people, course)
    comments = talk(people, post)
    comments.append(quote_former_version(people, course))
    let_others_see(people, post, comments)
    plant_notifications(people, course, lambda name: name)
    for person in people.values():
        OutboxMessage.objects.create(key=f"digest:{person.pk}", recipient=person, template="digest")
    mail.outbox.clear()
    send_due_mail()
    return people, course, [*mail.outbox]


def write_post(people, course):
    """Make a public post with a note, and an earlier version without one."""
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    before = timezone.now() - timedelta(days=5)
    post = factories.make_post(
        people["ada"],
        course,
        "Waiting",
        mark("formertext"),
        prompt=prompt,
        audience=Audience.PUBLIC,
        at=before,
    )
    Revision.objects.update(audience=Audience.PUBLIC)
    factories.make_grading(post, people["instructor"], level=2, released_at=timezone.now())
    at = timezone.now() - timedelta(days=1)
    factories.publish_again(
        post, mark("text"), content_note=NOTE, audience=Audience.PUBLIC, created_at=at
    )
    factories.make_process_note(post, mark("process"), moments=[mark("moment"), "Later."])
    post.process_note.moments.update(explanation=mark("moment"))
    factories.make_help_statement(post, mark("help"), audience=30)
    return post


def talk(people, post):
    """Make comments on the post: with a note, on a passage, and used by the version with it."""
    before = timezone.now() - timedelta(days=3)
    everyone = {"audience": Comment.Audience.EVERYONE, "at": before}
    noted = factories.make_comment(people["bob"], post, mark("talk"), content_note=NOTE, **everyone)
    factories.make_former_text(noted, mark("formertalk"))
    Comment.objects.filter(pk=noted.pk).update(edited_at=timezone.now())
    factories.make_comment_use(noted, post.revision)
    planned = factories.make_comment(
        people["bob"], post, mark("talk"), content_note=NOTE, **everyone
    )
    factories.make_comment_use(planned)
    on_former = factories.make_comment(people["bob"], post, "On words of before.", **everyone)
    factories.make_passage(on_former, mark("formertext"), post.revisions.get(number=1))
    on_text = factories.make_comment(people["cyn"], post, "On these words.", **everyone)
    passage = factories.make_passage(on_text, mark("text"), post.revision)
    passage.place_now = (0, len(mark("text")))
    passage.save()
    return [noted, planned, on_former, on_text]


def quote_former_version(people, course):
    """Make a post whose earlier version had a note, and a comment on a passage of it."""
    at = timezone.now() - timedelta(days=2)
    post = factories.make_post(people["ada"], course, "Since", mark("notedversion"), at=at)
    Revision.objects.filter(pk=post.revision.pk).update(content_note=NOTE)
    comment = factories.make_comment(people["bob"], post, "On words of before.")
    factories.make_passage(comment, mark("notedversion"), post.revision)
    factories.publish_again(post, "Nothing of it.")
    return comment


def let_others_see(people, post, comments):
    """Make whatever else shows a post or comment: a rota and reports."""
    factories.make_rota_entry(people["cyn"], post)
    for target in (post, *comments):
        factories.make_report(target, people["cyn"], sentence="Look.")


class _Unfolded(HTMLParser):
    """The text and attributes of a page but for what is folded behind content notes."""

    def __init__(self):
        super().__init__()
        self.open_details, self.words = [], []

    @property
    def is_folded(self):
        return any(self.open_details)

    def handle_starttag(self, tag, attrs):
        if tag == "details":
            self.open_details.append(("class", "content-note") in attrs)
        if not self.is_folded:
            self.words += [value or "" for _name, value in attrs]

    def handle_endtag(self, tag):
        if tag == "details":
            self.open_details.pop()

    def handle_data(self, data):
        if not self.is_folded:
            self.words.append(data)


def unfolded(page: str) -> str:
    reader = _Unfolded()
    reader.feed(page)
    return " ".join(reader.words)


def pages_of(role, world):
    people, course, _mails = world
    cache.clear()
    client = Client()
    if role in people:
        client.force_login(people[role])
    addresses = every_address(course) | own_feeds(people.get(role), course)
    return crawl(client, addresses)


@pytest.mark.figure
@pytest.mark.parametrize("role", all_but(["cyn"], READERS))
def test_words_behind_a_note_are_folded_wherever_they_are(role, world, figure):
    pages = pages_of(role, world)

    names = [*OF_POST, *OF_COMMENTS]
    seen = {name for name in names if any(mark(name) in page for page in pages.values())}
    open_at = {
        (name, page)
        for (page, _url), html in pages.items()
        for name in names
        if mark(name) in unfolded(html) and page not in WRITING.get(role, ())
    }
    assert open_at == set()
    assert {"text", "talk"} <= seen
    assert seen == set(names) or role not in ("ada", "instructor")
    figure(
        "Words behind a content note are folded on every page",
        f"{len(names)} words, {{readers}} readers, {{pages}} pages read",
        readers=1,
        pages=len(pages),
    )


def test_no_mail_has_words_from_behind_a_note(world):
    _people, _course, mails = world

    words = "".join(one.message().as_string() for one in mails)

    assert "Waiting" in words
    assert [name for name in [*OF_POST, *OF_COMMENTS] if mark(name) in words] == []


def test_every_post_here_is_one_that_readers_find(world):
    assert Post.objects.count() == 2
