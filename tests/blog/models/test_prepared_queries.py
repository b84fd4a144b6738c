"""Prepared queries ask what their querysets ask, and refuse what they would get wrong."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Count, Exists, Model, OuterRef, Q, Value
from django.db.models.functions import TruncDate
from django.db.models.signals import post_init, pre_init
from django.db.transaction import TransactionManagementError
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blog.models import Comment, Membership, Post, User
from blog.models.idempotency import IdempotencyKey
from blog.models.prepared_queries import MAX_LISTED, SAMPLES, NotPreparable, prepared
from tests import factories
from tests.examples import examples


@prepared(may_miss=["slugs"])
def posts_of(shape, author: int, since: datetime, slugs: tuple = ()):
    posts = Post.objects.filter(author=author, created_at__gte=since)
    if slugs:
        posts = posts.filter(slug__in=slugs)
    if shape == "values":
        return posts.order_by("pk").values_list("slug", "author__email", "created_at")
    if shape == "dicts":
        return posts.order_by("pk").values("pk", "audience").annotate(n=Count("comments"))
    if shape == "flat":
        return posts.order_by("-pk").values_list("slug", flat=True)
    own = Comment.objects.filter(post=OuterRef("pk"), author=author)
    posts = posts.select_related("author", "revision", "pod").defer("title").order_by("pk")
    return posts.annotate(is_answered=Exists(own)).prefetch_related("comments__author")


@prepared
def keys_of(_shape, day: date, until: datetime, key: UUID):
    comments = Comment.objects.filter(Q(day=day) | Q(created_at__lt=until))
    keys = IdempotencyKey.objects.filter(key=key).values("pk")
    return comments.annotate(is_known=Exists(keys), on=Value(day)).values_list("day", "is_known")


def asked(ask) -> tuple[list[str], list]:
    """Return the SQL of a query with its values, and its rows with all that was read of them."""
    with CaptureQueriesContext(connection) as context:
        rows = list(ask())
    return [query["sql"] for query in context], [_read(row) for row in rows]


def _read(row, above=()):
    """Return what a row has and what came with it; one of these rows may lead back to it."""
    if not hasattr(row, "_state"):
        return row
    if row in above:
        return type(row), row.pk
    related = row._state.fields_cache | getattr(row, "_prefetched_objects_cache", {})
    plain = {k: v for k, v in row.__dict__.items() if not k.startswith("_")}
    return (
        plain,
        {
            name: [_read(one, (*above, row)) for one in _several(each)]
            for name, each in related.items()
        },
        row._state.db,
        row._state.adding,
    )


def _several(found):
    return [found] if hasattr(found, "_state") or found is None else list(found)


@pytest.fixture
def people(course, ada, bob):
    pod = factories.make_pod(course, "Herons", ada)
    for number in range(4):
        post = factories.make_post((ada, bob)[number % 2], course, slug=f"p{number}", pod=pod)
        factories.make_comment(ada, post)
    return [ada, bob]


@pytest.mark.parametrize("shape", ["rows", "values", "dicts", "flat"])
@given(data=st.data())
@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_prepared_query_is_the_queryset(people, shape, data):
    values = {
        "author": data.draw(st.sampled_from([*(person.pk for person in people), 0, -1])),
        "since": timezone.now() - timedelta(days=data.draw(st.integers(-1, 1))),
    }
    slugs = tuple(data.draw(st.lists(st.sampled_from(["p0", "p1", "p2", "%s", "'", ""]))))
    if slugs:
        values["slugs"] = slugs + slugs[-1:] * ((1 << (len(slugs) - 1).bit_length()) - len(slugs))
    plain = posts_of.build(shape, **values)

    sql, rows = asked(lambda: posts_of.rows(shape, **values))

    if not slugs or len(set(values["slugs"])) == len(values["slugs"]):  # Django takes out the same
        assert (sql, rows) == asked(lambda: plain)
    else:
        assert rows == asked(lambda: plain)[1]


@given(
    day=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    until=st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    key=st.uuids(),
)
@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_dates_times_and_keys_are_written_as_the_database_has_them(people, day, until, key):
    values = {"day": day, "until": until, "key": key}

    assert asked(lambda: keys_of.rows(None, **values)) == asked(
        lambda: keys_of.build(None, **values)
    )


def test_the_first_row_is_that_of_a_cut_queryset(people):
    newest = prepared(lambda _shape, author: Post.objects.filter(author=author).order_by("-pk")[:1])

    assert newest.first(None, author=people[0].pk).slug == "p2"
    assert newest.first(None, author=0) is None


def now_of(_shape, author: int):
    return Post.objects.filter(author=author, created_at__lt=timezone.now())


def next_to(_shape, author: int):
    return Post.objects.filter(author=author + 1)


def decided_by(_shape, author: int):
    return Post.objects.filter(author=author) if author % 2 else Post.objects.exclude(author=author)


def written_by(_shape, author: int):
    return Post.objects.filter(author=author).extra(where=[f"1 = 1 /* {author} */"])


def left_out(_shape, author: int):
    return Post.objects.filter(slug="p0")


def of_the_zone(_shape, author: int):
    return Post.objects.filter(author=author).annotate(on=TruncDate("created_at"))


def of_nothing(_shape, author: int):
    return Post.objects.filter(author=author, pk__in=[])


def of_a_person(_shape, author: int):
    return User(pk=author).posts.all()


@pytest.mark.parametrize(
    "build",
    [
        now_of,
        next_to,
        decided_by,
        written_by,
        left_out,
        of_the_zone,
        of_nothing,
        of_a_person,
    ],
)
def test_a_query_that_would_be_another_one_is_refused(db, build):
    with pytest.raises(NotPreparable, match=build.__name__):
        prepared(build).rows(None, author=1)


@pytest.mark.parametrize(
    "value",
    [None, True, 1.5, (), (1, "1"), [1], datetime(2026, 1, 1), Post.Status.DRAFT],
    ids=repr,
)
def test_what_is_no_value_is_refused(db, value):
    with pytest.raises(NotPreparable, match="shape"):
        prepared(lambda _shape, x: Post.objects.filter(slug=x)).rows(None, x=value)


def test_samples_differ_from_each_other_and_from_those_of_the_other_time():
    for sample in SAMPLES.values():
        assert len({sample(n, turn) for n in range(2_000) for turn in range(2)}) == 4_000


@pytest.mark.django_db(transaction=True)
def test_rows_are_locked_in_a_transaction_alone():
    locked = prepared(lambda _shape, pk: Post.objects.filter(pk=pk).select_for_update())

    with transaction.atomic():
        assert locked.rows(None, pk=1) == []
    with pytest.raises(TransactionManagementError):
        locked.rows(None, pk=1)


def test_lists_of_all_lengths_share_a_few_queries(people):
    built = []

    @prepared
    def named(_shape, slugs: tuple):
        built.append(len(slugs))
        return Post.objects.filter(slug__in=slugs).order_by("pk")

    found = [
        len(named.rows(None, slugs=tuple(f"p{n}" for n in range(size)))) for size in range(1, 9)
    ]

    assert found == [1, 2, 3, 4, 4, 4, 4, 4]
    assert set(built) == {1, 2, 4, 8}
    assert len(built) == 8  # each is built with two samples


@pytest.fixture
def authors_of(db):
    """Return a query that counts how often it is built, with two lists."""
    built = []

    @prepared
    def authors_of(_shape, authors: tuple, posts: tuple):
        built.append(1)
        return Post.objects.filter(author__in=authors, pk__in=posts).order_by("pk")

    authors_of.built = built
    return authors_of


def test_lists_longer_than_those_of_pages_are_plain_each_time(people, authors_of):
    keys = tuple(Post.objects.order_by("pk").values_list("pk", flat=True))
    authors = tuple(person.pk for person in people)

    for size, built in [(MAX_LISTED, 2), (MAX_LISTED, 2), (MAX_LISTED + 1, 3), (1_000, 4)]:
        posts = keys + tuple(range(-1, len(keys) - size - 1, -1))
        assert len(posts) == size
        found = authors_of.rows(None, authors=authors, posts=posts)
        assert [post.pk for post in found] == list(keys)
        assert len(authors_of.built) == built


def test_what_a_list_costs_grows_as_it_does_and_not_as_its_square(authors_of, monkeypatch):
    made, sample = [], SAMPLES[int]
    monkeypatch.setitem(SAMPLES, int, lambda n, turn: made.append(n) or sample(n, turn))
    many = tuple(range(MAX_LISTED))

    authors_of.rows(None, authors=many, posts=many)

    assert len(made) <= 4 * 2 * MAX_LISTED  # to build and to find each value, with two samples


def test_a_query_that_asks_the_database_to_be_built_is_none(course, ada):
    """As a stand-in that was made by hand would: somebody may have the key of a sample."""

    @prepared
    def of_courses(_shape, reader: int):
        courses = [each.course_id for each in User(pk=reader).memberships_now]
        return Post.objects.filter(course__in=courses, author=reader)

    with pytest.raises(NotPreparable, match="asks the database"):
        of_courses.rows(None, reader=ada.pk)


def test_a_setting_that_decides_the_sql_makes_it_anew(people):
    built = []

    @prepared
    def of(_shape, author: int):
        built.append(author)
        return Post.objects.filter(author=author)

    of.rows(None, author=1)
    of.rows(None, author=2)
    assert len(built) == 2
    with override_settings(TIME_ZONE="Asia/Tokyo"):
        of.rows(None, author=1)
    assert len(built) == 4


def test_a_query_is_run_on_the_connection_of_its_thread(people):
    """And of a database that a router or ``using`` names, not of the first that was asked."""
    of = prepared(lambda _shape, author: Membership.objects.filter(user=author).order_by("pk"))
    compiled = []

    def ask():
        try:
            compiled.append(of.rows(None, author=0))
        finally:
            connection.close()

    of.rows(None, author=people[0].pk)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _n: ask(), range(4)))

    assert compiled == [[]] * 4
    with pytest.raises(Exception, match="elsewhere"):
        prepared(lambda _shape, a: Post.objects.using("elsewhere").filter(author=a)).rows(None, a=1)


def test_no_model_is_made_in_a_way_of_its_own():
    """What is made in one step would else lack what that way, or whoever listens, does."""
    for model in apps.get_models():
        assert model.__init__ is Model.__init__, model
        assert model.from_db.__func__ is Model.from_db.__func__, model
        assert not pre_init.has_listeners(model), model
        assert not post_init.has_listeners(model), model


@pytest.mark.django_db
def test_an_instance_is_what_django_makes_of_its_row(course, ada):
    post = factories.make_post(ada, course)

    [found] = posts_of.rows("rows", author=ada.pk, since=post.created_at)
    plain = Post.objects.select_related("author", "revision").defer("title").get(pk=post.pk)

    own = ("is_answered", "_prefetched_objects_cache")  # what the query above adds
    assert {key: value for key, value in vars(found).items() if key not in (*own, "_state")} == {
        key: value for key, value in vars(plain).items() if key != "_state"
    }
    assert (found._state.adding, found._state.db) == (False, "default")
    assert found.get_deferred_fields() == {"title"}
    assert found.author.portrait == ""
    assert not found.author._state.adding
    found.slug = "another"
    found.save(update_fields=["slug"])
    assert Post.objects.get(pk=post.pk).slug == "another"


@pytest.mark.django_db
def test_rows_share_the_instance_that_they_share_the_key_of(course, ada, bob):
    since = factories.make_post(ada, course).created_at
    pod = factories.make_pod(course, "Owls")
    factories.make_post(ada, course, pod=pod)

    first, second = posts_of.rows("rows", author=ada.pk, since=since)

    assert first.author is second.author
    assert first.revision is not second.revision  # each has one of its own
    assert (first.pod, second.pod) == (None, pod)


@pytest.mark.django_db
def test_no_converter_makes_anything_of_none():
    """Prepared queries convert no None; a field that did would say so here."""
    made = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            column = field.get_col(model._meta.db_table)
            convert_each = [
                *connection.ops.get_db_converters(column),
                *column.get_db_converters(connection),
            ]
            made += [convert(None, column, connection) for convert in convert_each]

    assert set(made) == {None}


def test_samples_of_numbers_fit_every_column():
    """Else PostgreSQL is asked for nothing where a column is small, as of prompts’ numbers."""
    numbers = {SAMPLES[int](n, turn) for turn in (0, 1) for n in range(4 * MAX_LISTED)}

    assert len(numbers) == 8 * MAX_LISTED
    assert max(numbers) < 2**15
