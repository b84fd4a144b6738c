"""Prepared queries: querysets that are made into SQL once, and then run with other values.

To make a query of a page into SQL takes Django milliseconds, and the database a tenth of that to
answer it. The SQL is the same each time: who asks, about which post, and at what time differs. So a
prepared query is a function that returns a queryset, written as ever, and what Django makes of it
is kept (ADR 0053):

    @prepared
    def members_since(shape, course: int, since: datetime):
        return Membership.objects.filter(course=course, joined_at__gte=since)

    members_since.rows(None, course=course.pk, since=monday)

What decides how the SQL reads is the *shape*, any hashable: a role, whether there is a pod. What is
left are *values*, each of a type in ``SAMPLES``, or a tuple of such for ``__in``. None is a shape.

A query is made into SQL twice, with other samples and in another time zone. Where anything but the
places of the samples differs, or a sample has no place, the SQL that is kept would be wrong for
other values: ``NotPreparable``, when it is first run. It cannot ask for the time: that is a value.
It must not compare its values with each other: whether they are the same is a shape. To build it
asks the database nothing: of samples that would be true of nobody, or of whoever has their keys.
"""

from collections.abc import Callable, Hashable, Iterable
from contextlib import ExitStack
from copy import copy
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from operator import itemgetter
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.core.exceptions import EmptyResultSet
from django.core.signals import setting_changed
from django.db import connections
from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.base import ModelState
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.db.transaction import TransactionManagementError
from django.utils import timezone

MAX_PREPARED = 2_000
# Longer lists than those of a page are rare: what is made of them is not worth keeping.
MAX_LISTED = 128
DECIDING_SETTINGS = {"DATABASES", "DATABASE_ROUTERS", "TIME_ZONE", "USE_TZ"}
ELSEWHERE = ZoneInfo("Pacific/Kiritimati")

# The n-th sample of each type, for the first and the second time. Numbers fit the smallest column:
# what is beyond it, such as a prompt’s number on PostgreSQL, would ask for nothing.
SAMPLES: dict[type, Callable[[int, int], Any]] = {
    int: lambda n, turn: 20_011 + 6_007 * turn + n,
    str: lambda n, turn: f"sample-{turn}-{n}",
    UUID: lambda n, turn: UUID(int=(7 << 100) + (turn << 80) + n),
    date: lambda n, turn: date(7001 + 1000 * turn, 1, 1) + timedelta(days=n),
    datetime: lambda n, turn: (
        datetime(7001 + 1000 * turn, 1, 1, 0, 0, 0, 7, UTC) + timedelta(days=n)
    ),
}


class NotPreparable(TypeError):
    """A query would be another one with other values, or a value is none of ``SAMPLES``."""


class Place(NamedTuple):
    """The place of a value among the parameters, and its conversion by the database."""

    name: str
    number: int
    written: Callable[[Any], Any]


# By the type of what is written, and then by both samples of a value as they are written.
Places = dict[type, dict[tuple[Any, Any], Place]]


class Compiled(NamedTuple):
    """Django's compilation of a queryset for one database.

    ``take`` makes rows of the database into what the queryset returns, or is None where one of
    Django's own iterables has to.
    """

    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    converters: dict
    take: Callable[[Iterable], list] | None


class Made(NamedTuple):
    """Django's making of a row into an instance, and its related ones."""

    model: Any
    names: list[str]
    columns: slice
    related: list["Related"]
    annotations: list[tuple[str, int]]


class Related(NamedTuple):
    """A row's related instance: ``values`` takes those of ``names`` from it, in order.

    ``is_shared`` says that many rows may have the same one, as comments have an author.
    """

    model: Any
    names: list[str]
    values: Callable[[tuple], tuple]
    key: int
    set_there: Callable[[Any, Any], None]
    set_back: Callable[[Any, Any], None]
    is_shared: bool
    related: list["Related"]


class PreparedQuery:
    """A function that returns a queryset, with what has been made of it; ``prepared`` makes one."""

    def __init__(self, build: Callable[..., QuerySet], may_miss: Iterable[str]):
        self.build, self.may_miss = build, frozenset(may_miss)
        self.__doc__ = build.__doc__

    def rows(self, shape: Hashable, **values: Any) -> list:
        """Return the queryset's result as a list."""
        filled = {name: _filled(value) for name, value in values.items()}
        if any(len(each) > MAX_LISTED for each in filled.values()):
            return list(self.build(shape, **values))
        kinds = tuple(
            (name, type(filled[name][0]), len(filled[name]), type(value) is tuple)
            for name, value in values.items()
        )
        return _prepare(self, shape, kinds).rows(filled)

    def first(self, shape: Hashable, **values: Any) -> Any | None:
        """Return the first row or None, of a queryset that is cut to one."""
        return next(iter(self.rows(shape, **values)), None)


def prepared(build: Callable[..., QuerySet] | None = None, *, may_miss: Iterable[str] = ()) -> Any:
    """Make a function that returns a queryset a ``PreparedQuery``.

    ``may_miss`` names values that not each shape has a place for.
    """
    if build is None:
        return lambda function: PreparedQuery(function, may_miss)
    return PreparedQuery(build, may_miss)


def _filled(value: Any) -> tuple:
    """Return the values for the places of one value.

    A tuple repeats its last one up to a power of two: lists of all lengths share a few queries.
    """
    values = value if type(value) is tuple else (value,)
    kind = type(values[0]) if values else None
    is_naive = kind is datetime and any(each.tzinfo is None for each in values)
    if kind not in SAMPLES or is_naive or any(type(each) is not kind for each in values):
        raise NotPreparable(f"{value!r} is part of a shape, or no value")
    return values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values))


class _QueryOfShape:
    """A prepared query of one shape."""

    def __init__(self, prepared_query: PreparedQuery, shape: Hashable, kinds: tuple):
        self.prepared_query, self.shape, self.kinds = prepared_query, shape, kinds
        self.compiled: dict[str, Compiled] = {}
        self.queryset: Any = self._built(self._samples(0))

    def rows(self, values: dict[str, tuple]) -> list:
        using = self.queryset.db  # a router may have another answer each time
        if using not in self.compiled:
            self.compiled[using] = self._compile(using)
        compiler, sql, parameters, converters, take = self.compiled[using]
        connection = connections[using]
        if compiler.query.select_for_update and connection.get_autocommit():
            raise TransactionManagementError("rows are locked in a transaction alone")
        filled = tuple(
            each.written(values[each.name][each.number]) if type(each) is Place else each
            for each in parameters
        )
        if take:
            with connection.cursor() as cursor:
                cursor.execute(sql, filled)
                found = cursor.fetchall()
            rows = take(_converted(found, converters, connection))
        else:
            now = copy(compiler)
            now.connection = connection
            now.as_sql = lambda *args, **kwargs: (sql, filled)
            now.get_converters = lambda expressions: converters
            rows = list(self.queryset._iterable_class(self._as_queryset(using, now)))
        if self.queryset._prefetch_related_lookups:
            prefetch_related_objects(rows, *self.queryset._prefetch_related_lookups)
        return rows

    def _as_queryset(self, using: str, compiler: Any) -> Any:
        """Return a queryset's data for Django's iterables."""
        return SimpleNamespace(
            db=using,
            model=self.queryset.model,
            query=_Query(self.queryset.query, compiler),
            _fields=self.queryset._fields,
            _known_related_objects={},
        )

    def _samples(self, turn: int) -> dict[str, tuple]:
        counted = enumerate((name, n) for name, _kind, size, _ in self.kinds for n in range(size))
        numbers = {place: number for number, place in counted}
        return {
            name: tuple(SAMPLES[kind](numbers[name, n], turn) for n in range(size))
            for name, kind, size, _ in self.kinds
        }

    def _built(self, samples: dict[str, tuple]) -> QuerySet:
        values = {
            name: samples[name] if many else samples[name][0] for name, *_, many in self.kinds
        }
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(self._refuse))
            queryset: Any = self.prepared_query.build(self.shape, **values)
        if queryset._known_related_objects:
            raise NotPreparable(f"{self}: it begins at a row, and not with a manager")
        return queryset

    def _refuse(self, execute: Any, sql: str, *args: Any) -> None:
        raise NotPreparable(f"{self}: it asks the database about samples: {sql}")

    def _compile(self, using: str) -> Compiled:
        """Make the query into SQL twice, and find where its values are."""
        connection = connections[using]
        with timezone.override(ELSEWHERE):
            other = self._built(self._samples(1)).query.get_compiler(connection=connection)
            other_sql, other_parameters = self._sql(other)
        compiler = self.queryset.query.clone().get_compiler(connection=connection)
        sql, parameters = self._sql(compiler)
        if sql != other_sql or len(parameters) != len(other_parameters):
            raise NotPreparable(f"{self}: a value or the time zone changes its SQL")
        known = self._places(connection.ops)
        places = tuple(
            self._place(first, second, known)
            for first, second in zip(parameters, other_parameters, strict=True)
        )
        placed = {(each.name, each.number) for each in places if type(each) is Place}
        for name, _kind, size, _ in self.kinds:
            found = sum((name, n) in placed for n in range(size))
            if found != size and (found or name not in self.prepared_query.may_miss):
                raise NotPreparable(f"{self}: its SQL has no place for {name}")
        converters = compiler.get_converters(
            [column for column, *_ in compiler.select[: compiler.col_count]]
        )
        return Compiled(compiler, sql, places, converters, self._taking(compiler, using))

    def _taking(self, compiler: Any, using: str) -> Callable[[Iterable], list] | None:
        kind = self.queryset._iterable_class
        if kind is ModelIterable:
            return partial(_instances, _made_by(compiler, using), using)
        if kind is ValuesListIterable:
            return partial(_tuples, compiler.col_count)
        return _first_values if kind is FlatValuesListIterable else None

    def _sql(self, compiler: Any) -> tuple[str, tuple]:
        try:
            return compiler.as_sql()
        except EmptyResultSet as empty:
            raise NotPreparable(f"{self}: it asks for nothing") from empty

    def _places(self, ops: Any) -> Places:
        """Return the place of each value, by how the database has its two samples written."""
        one, other = self._samples(0), self._samples(1)
        places: Places = {}
        for name, kind, size, _ in self.kinds:
            for n in range(size):
                for written in _ways(kind, ops):
                    first, second = written(one[name][n]), written(other[name][n])
                    of_type = places.setdefault(type(first), {})
                    of_type.setdefault((first, second), Place(name, n, written))
        return places

    def _place(self, first: Any, second: Any, known: Places) -> Any:
        """Return the place of a value, or the constant that is a parameter both times."""
        if type(first) is type(second):
            is_sized = isinstance(first, int) and type(first) is not int
            of_type = known.get(int if is_sized else type(first))
            place = of_type.get((first, second)) if of_type else None
            if place:
                # psycopg has a type for each size of whole numbers
                return place._replace(written=type(first)) if is_sized else place
            if first == second:
                return first
        raise NotPreparable(f"{self}: {first!r} is made of a value, or of the time")

    def __str__(self):
        build = self.prepared_query.build
        return f"{build.__module__}.{build.__qualname__}, {self.shape}"


def _made_by(compiler: Any, using: str) -> Made:
    """Return the parts that ``ModelIterable`` computes each time, some of them costly."""
    select, klass_info = compiler.select, compiler.klass_info
    fields = klass_info["select_fields"]
    columns = slice(fields[0], fields[-1] + 1)
    return Made(
        klass_info["model"],
        [column[0].target.attname for column in select[columns]],
        columns,
        _related_in(klass_info, get_related_populators(klass_info, select, using)),  # type: ignore
        list((compiler.annotation_col_map or {}).items()),
    )


def _related_in(klass_info: dict, populators: list) -> list[Related]:
    infos = klass_info.get("related_klass_infos", [])
    return [_related(info, each) for info, each in zip(infos, populators, strict=True)]


def _related(info: dict, populator: Any) -> Related:
    columns = slice(populator.cols_start, populator.cols_end)
    return Related(
        populator.model_cls,
        populator.init_list,
        populator.reorder_for_init or itemgetter(columns),
        populator.pk_idx,
        populator.local_setter,
        populator.remote_setter,
        not info["reverse"] and not info["field"].unique,
        _related_in(info, populator.related_populators),
    )


def _converted(rows: list[tuple], converters: dict, connection: Any) -> Iterable:
    """Return rows with values as Python has them, as Django converts them.

    No converter makes anything of None (tests/blog/models/test_prepared_queries.py), which most
    dates of a comment are.
    """
    if not converters:
        return rows
    found = [list(row) for row in rows]
    for place, (convert_each, expression) in converters.items():
        for row in found:
            value = row[place]
            if value is not None:
                for convert in convert_each:
                    value = convert(value, expression, connection)
                row[place] = value
    return found


def _instances(made: Made, using: str, rows: Iterable) -> list:
    """Return rows as instances, as ``ModelIterable`` makes them.

    But for what many rows have: of one author there is one instance, and not one for each comment.
    """
    model, names, columns, related, annotations = made
    found = []
    shared: list[dict] = [{} for _each in related]
    for row in rows:
        instance = _instance(model, using, names, row[columns])
        for each, others in zip(related, shared, strict=True):
            _relate(instance, each, using, row, others)
        for name, column in annotations:
            setattr(instance, name, row[column])
        found.append(instance)
    return found


def _tuples(width: int, rows: Iterable) -> list:
    """Return rows of ``values_list``, without what they are sorted by beside their values."""
    return [tuple(row[:width]) for row in rows]


def _first_values(rows: Iterable) -> list:
    return [row[0] for row in rows]


def _relate(instance: Any, related: Related, using: str, row: tuple, others: dict) -> None:
    """Give an instance its related one; ``others`` has those of earlier rows by their keys."""
    values = related.values(row)
    key = values[related.key]
    if key is None:
        related.set_there(instance, None)
        return
    other = others.get(key)
    if other is None:
        other = _instance(related.model, using, related.names, values)
        for each in related.related:
            _relate(other, each, using, row, {})
        if related.is_shared:
            others[key] = other
    related.set_there(instance, other)
    related.set_back(other, instance)


def _instance(model: Any, using: str, names: list[str], values: tuple) -> Any:
    """Return an instance as ``Model.from_db`` does, in one step: a page has hundreds.

    Nobody listens to that, and no model has a way of its own
    (tests/blog/models/test_prepared_queries.py).
    """
    instance = model.__new__(model)
    state = ModelState()
    state.adding, state.db = False, using
    instance.__dict__.update(zip(names, values, strict=True), _state=state)
    return instance


def _ways(kind: type, ops: Any) -> list[Callable[[Any], Any]]:
    """Return a database's way to write values of a type: as they are, or as text."""
    ways: list[Callable[[Any], Any]] = [_as_it_is]
    if kind is datetime:
        ways.append(ops.adapt_datetimefield_value)
    elif kind is date:
        ways.append(ops.adapt_datefield_value)
    elif kind is UUID:
        ways.append(_as_hex)
    return ways


def _as_it_is(value: Any) -> Any:
    return value


def _as_hex(value: UUID) -> str:
    return value.hex


class _Query:
    """A query with the compiler that has its SQL already."""

    def __init__(self, query: Any, compiler: Any):
        self.query, self.compiler = query, compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self.query, name)

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        return self.compiler


@lru_cache(maxsize=MAX_PREPARED)
def _prepare(prepared_query: PreparedQuery, shape: Hashable, kinds: tuple) -> _QueryOfShape:
    return _QueryOfShape(prepared_query, shape, kinds)


def _forget(*, setting: str, **kwargs: Any) -> None:
    if setting in DECIDING_SETTINGS:
        _prepare.cache_clear()


setting_changed.connect(_forget)
