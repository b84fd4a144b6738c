"""Everything of a person: nothing of theirs is missing, and nothing of others is there."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit
from zipfile import ZipFile

import pytest
import yaml
from django.db import transaction
from django.utils import timezone

from blog.models import Audience, Membership, User
from blog.styles import style_layers, style_source
from blog.takeout import Everything
from blog.takeout.texts import moment
from network.models import Question
from tests import factories
from tests.leaks.canaries import CANARIES, mark
from tests.leaks.world import plant

pytestmark = pytest.mark.django_db

# What Ada has, of all that only some may see; the rest is of pages about the course.
ADAS = set(
    """
    drafttitle drafttext draftwork pendingtitle pendingtext othertext snapshottext onlymetitle
    onlymetext onlymework onlymetalk onlymeprocess narrowedwork teamtitle teamtext teamprocess
    teammoment teamhelp podtitle podtext podwork podhelp coursetitle coursetext coursework
    openprocess openmoment opentalk publictext signedintext retreatedtext publictalk
    publicprocess gatedtitle gatedtext gatedwork gatedtalk gatedowntalk gatedpublictext
    withdrawntitle withdrawntext withdrawnprocess withdrawntalk formertext formersecret
    deletedtitle teamtalk hiddentalk waitingtalk feedbackreleased reasonreleased pointsreleased
    feedbackreply coursename mailada nameada namebob
    """.split()  # noqa: SIM905 - a list of words is read more easily
)
# What pages show to nobody and is still its writer's: a deleted post that they can restore, and
# comments on posts that they do not see any longer.
OWN_WORDS = {
    "ada": {"deletedtext", "deletedwork", "deletedprocess"},
    "bob": {"onlymetalk", "withdrawntalk", "hiddenpostword"},
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield plant()
        transaction.set_rollback(True)


def taken(person, course=None) -> dict[str, bytes]:
    """Return the files that a person takes with them, by their names."""
    out = BytesIO()
    Everything(User.objects.get(pk=person.pk), course).write(out)
    with ZipFile(out) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len({name.casefold() for name in names}) == len(names)
        return {name: archive.read(name) for name in names}


@pytest.mark.parametrize("role", ["ada", "bob", "cyn", "removed", "observer", "instructor"])
def test_nothing_that_is_hidden_from_somebody_is_in_their_files(role, world):
    """The words of ``tests.leaks``: each is in the files of whoever may come across it alone."""
    files = taken(world.people[role])

    texts = {name: content.decode() for name, content in files.items()
             if not name.endswith((".webp", ".png"))}  # fmt: skip
    found = {
        one: [name for name, text in texts.items() if mark(one) in text or mark(one) in name]
        for one in CANARIES
    }
    seen = {one for one, where in found.items() if where}
    forbidden = {one for one in seen if role not in CANARIES[one]} - OWN_WORDS.get(role, set())
    assert {one: found[one][:2] for one in forbidden} == {}
    if role == "ada":
        assert seen >= ADAS, ADAS - seen


@pytest.fixture
def course():
    return factories.make_course("net", instructor=factories.make_user("Ines"))


@pytest.fixture
def ada(course):
    ada = factories.make_user("Ada")
    factories.add_member(course, ada)
    return ada


def test_titles_that_no_file_can_have_make_files_and_yaml_that_are_read_back(ada, course):
    title = '../"Ties": a\\b\n---\nadmin: yes? CON'
    for number, each in enumerate((title, title, "CON", "x" * 200)):
        factories.make_post(ada, course, each, "Words.", slug=f"post-{number}")

    files = taken(ada)

    posts = [name for name in files if re.fullmatch(r"net/posts/[^/]+\.md", name)]
    assert len(posts) == 4
    heads = [yaml.safe_load(files[name].decode().split("\n---\n")[0]) for name in posts]
    assert sorted(head["title"] for head in heads) == sorted([title, title, "CON", "x" * 200])
    assert all(".." not in name and max(map(len, name.split("/"))) < 200 for name in files)


def test_no_title_is_that_of_what_belongs_to_another_post(ada, course):
    hello = factories.make_post(ada, course, "Hello")
    factories.make_process_note(hello)
    for title in ("Hello", "Hello process", "Hello 2"):
        factories.make_post(ada, course, title)
    draft = factories.make_draft_post(ada, course, "Hello")
    factories.make_conflict_copy(ada, draft)
    for title in ("Hello", "Hello 2", "Hello earlier"):
        factories.make_draft_post(ada, course, title)

    names = [name for name in taken(ada) if name.endswith(".md")]

    assert len([name for name in names if "/drafts/" in name]) == 5
    assert len([name for name in names if re.fullmatch(r"net/posts/[^/.]+\.md", name)]) == 4


def test_every_link_leads_to_a_file_or_to_another_site(ada, course):
    bob = factories.make_user("Bob")
    factories.add_member(course, bob)
    post = factories.make_post(ada, course, "Ties #1 100% «日本»?", "Words.")
    picture = factories.make_picture(post, "A map")
    lost = factories.make_picture(post, "Lost")
    lost.large.storage.delete(lost.large.name)
    comment = factories.make_comment(bob, post, "On [¶1](#p1).")
    factories.make_comment(ada, post, "Yes.", parent=comment)
    factories.make_reference(post, factories.make_work(course, factories.ARTICLE), key="g1973")

    files = taken(ada)

    pages = {name: content.decode() for name, content in files.items() if name.endswith(".html")}
    assert f"net/posts/images/{picture.token}.webp" in files
    broken = []
    for name, html in pages.items():
        assert "<script" not in html
        for found in re.findall(r'\s(?:href|src)="([^"]*)"', html):
            address = urlsplit(unescape(found))
            if address.scheme:
                assert address.scheme in ("http", "https", "mailto"), found
                continue
            path = unquote(address.path)
            target = normpath(join(dirname(name), path)) if path else name
            if (
                path.startswith("/")
                or target not in files
                or address.query
                or address.fragment
                and f'id="{address.fragment}"' not in files[target].decode()
            ):
                broken.append((name, found))
    assert broken == []
    reachable, waiting = {"index.html"}, ["index.html"]
    while waiting:
        name = waiting.pop()
        for found in re.findall(r'\s(?:href|src)="([^"]*)"', pages.get(name, "")):
            address = urlsplit(unescape(found))
            target = normpath(join(dirname(name), unquote(address.path)))
            if not address.scheme and address.path and target not in reachable:
                reachable.add(target)
                waiting.append(target)
    assert set(files) - reachable == set()


def test_who_left_has_their_own_words_and_feedback_and_nothing_of_classmates(ada, course):
    bob = factories.make_user("Bob Bruce", public_name="Pen Bob")
    factories.add_member(course, bob)
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    post = factories.make_post(ada, course, "Mine", "My words.", prompt=prompt)
    other = factories.make_post(bob, course, "Bobs title", "Bobs words.", audience=Audience.COURSE)
    factories.make_comment(bob, post, "Bobs comment.")
    factories.make_comment(ada, other, "My comment.")
    ines = course.memberships.get(role="instructor").user
    released = timezone.now() - timedelta(days=1)
    factories.make_grading(post, ines, "Well done.", level=2, released_at=released)
    Membership.objects.filter(user=ada).update(ended_at=timezone.now())

    files = taken(ada, course)

    everything = "".join(
        name + content.decode() for name, content in files.items() if not name.endswith(".png")
    )
    assert all(word in everything for word in ("My words.", "My comment.", "Well done."))
    assert not any(word in everything for word in ("Bobs", "Bob Bruce", "Pen Bob"))
    assert "On a post you cannot see now" in everything
    assert not [name for name in files if "network" in name]


def test_what_became_of_comments_is_in_the_files_of_the_posts_author_alone(ada, course):
    bob = factories.make_user("Bob")
    factories.add_member(course, bob)
    post = factories.make_post(ada, course, "Mine", "Words.")
    later = factories.make_post(ada, course, "A later post", "Words.")
    planned, used, elsewhere, _left = (factories.make_comment(bob, post) for _each in range(4))
    factories.make_comment_use(planned)
    version = factories.publish_again(post)
    factories.make_comment_use(used, version)
    factories.make_comment_use(elsewhere, later.revision)
    factories.make_comment_use(factories.make_comment(ada, factories.make_post(bob, course)))
    said = [
        "*In my plan for the next version*",
        "*I used this in my post “A later post”*",
        f"*I used this in the version of {moment(version.created_at, course.zone)}*",
    ]

    of_ada = taken(ada, course)["net/comments-received.md"].decode()

    assert sorted(re.findall(r"^\*.+\*$", of_ada, re.MULTILINE)) == sorted(said)
    for files in (taken(bob, course), {"given": taken(ada, course)["net/comments-given.md"]}):
        text = b"".join(files.values()).decode(errors="ignore")
        assert "I used this" not in text
    assert "In my plan" not in taken(ada, course)["net/comments-given.md"].decode()


def test_questions_to_ones_network_are_there_also_when_they_are_closed(ada, course):
    bob = factories.make_user("Bob")
    factories.add_member(course, bob)
    post = factories.make_post(ada, course, "Mine", "Words.")
    now = timezone.now()
    for text, closed_at in (("Is it so?", now), ("What else?", None)):
        question = Question.objects.create(
            course=course, author=ada, post=post, text=text, closed_at=closed_at
        )
        question.offers.create(person=bob, declined_at=now)

    text = taken(ada, course)["net/network/questions.md"].decode()

    assert text.count("## On my post “Mine”") == text.count("Asked ") == 2
    assert text.count("Closed ") == 1
    assert text.index("Is it so?") < text.index("What else?")
    assert "Bob" not in text
    assert "net/network/questions.md" not in taken(bob, course)


@pytest.mark.parametrize("has_left", [False, True])
def test_files_of_feedback_say_times_and_names_as_its_page_does(has_left):
    ines = factories.make_user("Ines Iyer", public_name="Pen Ines")
    course = factories.make_course("net", instructor=ines, time_zone="Asia/Tokyo")
    ada = factories.make_user("Ada")
    factories.add_member(course, ada)
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    post = factories.make_post(ada, course, "Mine", "My words.", prompt=prompt)
    released = datetime(2026, 3, 1, 20, 30, tzinfo=UTC)
    factories.make_grading(
        post, ines, "Well done.", level=2, released_at=released, edited_at=released
    )
    if has_left:
        Membership.objects.filter(user=ada).update(ended_at=timezone.now())

    with timezone.override("UTC"):  # as in a tick
        files = taken(ada, course)

    name, other = ("Pen Ines", "Ines Iyer") if has_left else ("Ines Iyer", "Pen Ines")
    texts = {kind: files[f"net/feedback.{kind}"].decode() for kind in ("csv", "md", "html")}
    assert all(name in text and other not in text for text in texts.values())
    assert texts["csv"].count("2026-03-02 05:30") == texts["md"].count("2026-03-02 05:30") == 2
    assert "2 March 2026, 05:30" in texts["html"]


def test_the_style_is_that_of_the_site_layer_by_layer(ada, course):
    style = taken(ada)["style.css"].decode()

    places = [style.index(style_source(path)) for path in style_layers()]
    assert len(places) > 5
    assert places == sorted(places)


def test_large_pages_are_written_a_comment_at_a_time(ada, course):
    post = factories.make_post(ada, course, "Mine", "Words.")
    for number in range(5):
        factories.make_comment(ada, post, f"Comment {number}.", tied=False)

    everything = Everything(ada, course)
    [share] = everything.shares
    given_name, chunks = list(share._given())[1]

    assert given_name == "comments-given.html"
    entries = list(chunks)[1:-1]
    assert [f"Comment {number}." in one for number, one in enumerate(entries)] == [True] * 5
