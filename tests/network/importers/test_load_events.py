"""manage.py load_events: a reply log becomes a course."""

import csv
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from blog.models import AuditEvent, Comment, Course, Membership, Post, User
from network import ties
from network.models import TieClock, TieUnit
from tests import factories

# Ana and Ben (1, 2) write to the instructor (9); 2 replies to themselves once.
LOG = """event_id,src,dst,ts,thread
1,1,9,1365093120,Week one
2,2,1,1365101100,Week one
3,2,2,1365101220,Week one
4,2,1,1365101230,Week one
5,9,1,1365400000,"Weak ties, again"
"""


@pytest.fixture
def log(tmp_path):
    def write(text=LOG, encoding="utf-8"):
        path = tmp_path / "log.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


def load(path, slug="dlt", **options):
    call_command("load_events", path, course=slug, verbosity=0, **options)
    return Course.objects.get(slug=slug)


def test_the_course_spans_the_log_in_utc(db, log):
    course = load(log())

    assert (course.starts_on, course.ends_on) == (date(2013, 4, 4), date(2013, 4, 8))
    assert (course.title, course.time_zone) == ("dlt", "UTC")
    assert TieClock.objects.get(course=course).landmark == course.starts_on
    assert AuditEvent.objects.get(course=course).data == {"events": 5}


def test_members_are_pseudonymous_and_cannot_log_in(db, log):
    course = load(log(), staff="9")

    members = Membership.objects.in_course(course).select_related("user").order_by("user__username")
    assert [(m.user.username, m.user.email, m.role) for m in members] == [
        ("p1", "p1@dlt.invalid", "student"),
        ("p2", "p2@dlt.invalid", "student"),
        ("p9", "p9@dlt.invalid", "instructor"),
    ]
    assert not any(m.user.has_usable_password() for m in members)


def test_a_thread_is_a_post_of_whom_its_first_event_replies_to(db, log):
    course = load(log())

    posts = Post.objects.in_course(course).select_related("author", "revision").order_by("pk")
    assert [(p.slug, p.title, p.author.username, p.status) for p in posts] == [
        ("thread-1", "Thread Week one", "p9", "published"),
        ("thread-2", "Thread Weak ties, again", "p1", "published"),
    ]
    assert posts[0].published_at == datetime.fromtimestamp(1365093120, UTC)
    assert posts[0].revision.created_at == posts[0].created_at == posts[0].published_at
    assert posts[0].revision.words == 19
    assert posts[0].revision.html.startswith("<p")


def test_an_event_is_a_comment_at_its_own_time_in_file_order(db, log):
    course = load(log())

    comments = Comment.objects.filter(post__course=course).order_by("pk")
    assert [
        (c.author.username, c.addressee.username, c.addressee_corrected, c.day.day)
        for c in comments
    ] == [
        ("p1", "p9", False, 4),
        ("p2", "p1", True, 4),
        ("p2", "p2", True, 4),
        ("p2", "p1", True, 4),
        ("p9", "p1", False, 8),
    ]
    assert comments[1].created_at == datetime.fromtimestamp(1365101100, UTC)
    assert comments[0].html.startswith("<p ")


def test_ties_are_there_and_a_reply_to_oneself_makes_none(db, log):
    course = load(log())

    units = TieUnit.objects.filter(course=course).values_list(
        "source__username", "target__username", "events"
    )
    assert sorted(units) == [("p1", "p9", 1), ("p2", "p1", 2), ("p9", "p1", 1)]
    assert ties.check(course) == []


def test_a_later_load_uses_the_accounts_again(db, log):
    load(log())

    load(log(), "again")

    assert User.objects.filter(username__startswith="p").count() == 3
    assert User.objects.get(username="p1").memberships.count() == 2
    assert User.objects.get(username="p1").email == "p1@dlt.invalid"


def test_the_account_of_a_person_is_never_taken(db, log):
    factories.make_user("Somebody", username="p2")

    with pytest.raises(CommandError, match="The username p2 belongs to a real account"):
        load(log())

    assert not Course.objects.exists()


def test_a_taken_address_is_refused_and_changes_nothing(course, log):
    before = User.objects.count()

    with pytest.raises(CommandError, match="Another course has this address"):
        load(log(), course.slug)

    assert (Course.objects.count(), User.objects.count()) == (1, before)


def test_an_address_that_is_none_is_refused(db, log):
    with pytest.raises(CommandError, match="valid"):
        load(log(), "no address")


def test_no_mail_is_sent(db, log):
    load(log())

    assert mail.outbox == []


def test_progress_is_reported(db, log, capsys):
    call_command("load_events", log(), course="dlt")

    assert capsys.readouterr().out.splitlines() == [
        "Read 5 events.",
        "3 people.",
        "2 posts.",
        "5 comments.",
        "3 units, 3 arcs.",
    ]


def test_a_byte_order_mark_and_other_columns_do_no_harm(db, log):
    text = LOG.replace("thread\n", "thread,note\n", 1)

    course = load(log(text, "utf-8-sig"))

    assert Comment.objects.filter(post__course=course).count() == 5


@pytest.mark.parametrize(
    ("text", "encoding", "message"),
    [
        (
            "",
            "utf-8",
            "Line 1: the heading lacks .* event_id, src, dst, ts, thread. The first line is empty.",
        ),
        ("event_id,src,dst,ts\n", "utf-8", "Line 1: the heading lacks the column thread. Its"),
        ("event_id,src,dst,ts,thread\n", "utf-8", "Line 1: there are no events below the heading"),
        (
            LOG + "6,1,2,yesterday,x\n",
            "utf-8",
            "Line 7: ts must be .* 1767607200.*, not 'yesterday'",
        ),
        (
            LOG + "6,1,2,99999999999999999999,x\n",
            "utf-8",
            "Line 7: ts must be .* not '9+'",
        ),
        (LOG + "6,1,2,4102444800,x\n", "utf-8", "Line 7: 2100-01-01 00:00 UTC is in the future"),
        (LOG + "6,1,,1365400000,x\n", "utf-8", "Line 7: this line has 4 values; 5 are needed"),
        (LOG + "6,1,2\n", "utf-8", "Line 7: this line has 3 values; 5 are needed"),
        (LOG + "6,1,2,1365400000,x,y\n", "utf-8", "Line 7: this line has 6 values; 5 are needed"),
        (LOG + "6,a b,2,1365400000,x\n", "utf-8", "Line 7: 'a b' is not an id"),
        (LOG + "5,1,2,1365400000,x\n", "utf-8", "Line 7: event_id 5 occurs twice"),
        (
            LOG + "6,a,A,1365400000,x\n",
            "utf-8",
            "Line 7: the ids 'A' and 'a' differ only in",
        ),
        (LOG + '6,1,2,1365400000,"x" y\n', "utf-8", "Line 7: this is not a line of CSV"),
        (LOG + "6,1,2,1365400000,é\n", "latin-1", "Line 7: this is not UTF-8"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_loaded(db, log, text, encoding, message):
    with pytest.raises(CommandError, match=message):
        load(log(text, encoding))

    assert not Course.objects.exists()
    assert not User.objects.exists()


@pytest.mark.parametrize("slug", ["new", "New"])
def test_an_address_of_the_site_itself_is_refused(db, log, slug):
    with pytest.raises(CommandError, match="The site uses this address itself. Choose another."):
        load(log(), slug)

    assert not Course.objects.exists()


def test_a_zone_moves_the_days(db, log):
    """The first event is of 4 April 2013, 16:32 in UTC: in Auckland that is the 5th."""
    course = load(log(), zone="Pacific/Auckland")

    comments = Comment.objects.filter(post__course=course).order_by("pk")
    assert course.time_zone == "Pacific/Auckland"
    assert (course.starts_on, course.ends_on) == (date(2013, 4, 5), date(2013, 4, 8))
    assert [comment.day.day for comment in comments] == [5, 5, 5, 5, 8]
    assert ties.check(course) == []


def test_an_unknown_zone_is_refused_with_an_example(db, log):
    with pytest.raises(CommandError, match="“Mars” is not a time zone. Give a name such as"):
        call_command("load_events", str(log()), "--course=dlt", "--zone=Mars")


def test_one_of_each_is_counted_in_the_singular(db, log, capsys):
    path = log("event_id,src,dst,ts,thread\n1,1,2,1365093120,A\n")

    call_command("load_events", path, course="dlt")

    assert capsys.readouterr().out.splitlines()[:4] == [
        "Read 1 event.",
        "2 people.",
        "1 post.",
        "1 comment.",
    ]


def test_a_missing_file_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        load(tmp_path / "none.csv")


def test_staff_without_an_event_are_refused(db, log):
    with pytest.raises(CommandError, match="--staff: the log has no events of 77"):
        load(log(), staff="9, 77")


# The real log


def test_dlt1_gives_the_published_degrees(db, real_data, django_assert_max_num_queries):
    """A course for teachers: 442 people, 364 threads (338 titles), 2,529 replies, 86 to oneself.

    The published degrees count every reply; three of the 445 ids have no event.
    """
    folder = real_data / "ties"

    with django_assert_max_num_queries(140):
        course = load(folder / "dlt1_events.csv", "dlt1", staff="444,445")

    comments = Comment.objects.filter(post__course=course)
    assert Membership.objects.in_course(course).count() == 442
    assert Membership.objects.in_course(course).students().count() == 440
    assert Post.objects.in_course(course).published().count() == 364
    assert (comments.count(), comments.counting().count()) == (2529, 2529 - 86)
    assert (course.starts_on, course.ends_on) == (date(2013, 4, 4), date(2013, 6, 16))
    assert ties.check(course) == []
    assert sum(arc.events for arc in ties.arcs_of(course)) == 2529 - 86
    outgoing = Counter(comments.values_list("author__username", flat=True))
    incoming = Counter(comments.values_list("addressee__username", flat=True))
    with (folder / "dlt1_centralities_oracle.csv").open() as file:
        published = {
            f"p{row['name']}": (int(row["InDegree"]), int(row["OutDegree"]))
            for row in csv.DictReader(file)
        }
    assert len(published) == 445
    assert {name: (incoming[name], outgoing[name]) for name in published} == published
