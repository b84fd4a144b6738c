"""The search index: the words of published posts, comments and works, and how each database asks.

An index has words and no rights: whoever searches joins it with ``visible_to`` of what it names.
An entry is written in the transaction that writes the text (ADR 0037), and its words are folded
already (``blog.text.search``), so both databases find the same. Each has an index of its own over
the column ``words``, which ``keep_search_index`` makes after every ``migrate``.
"""

from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any

from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from blog.citations.csl.fields import text_of
from blog.models.comments import Comment
from blog.models.courses import Course
from blog.models.posts import Post
from blog.models.works import Work
from blog.text.search import MIN_RESEMBLING_CHARS, MIN_SIMILARITY, Term, indexed_words

ENTRIES_PER_BATCH = 500


class SearchEntryQuerySet(models.QuerySet):
    def in_course(self, course):
        return self.filter(course=course)

    def matching(self, course, kind: str, terms: Sequence[Term]):
        """Return a course's entries of a kind that have all of some terms.

        Course and kind are asked of the text index too, by the first word of each entry: it would
        else collect what the whole site has for a common word.
        """
        place = Term((scope_of(course.pk, kind),), False)
        entries = self.filter(course=course, **{f"{kind}__isnull": False})
        return BACKENDS[connection.vendor](entries, place, terms)

    def resembling(self, course, kind: str, terms: Sequence[Term]):
        """Return a course's entries with words that are written nearly like those of the terms.

        What was asked for word by word has to be there all the same. Needs PostgreSQL with
        pg_trgm: ask ``can_resemble`` first.
        """
        loose = [word for term in terms if term.is_prefix for word in term.words]
        words = [word for word in loose if len(word) >= MIN_RESEMBLING_CHARS]
        found = self.matching(course, kind, [term for term in terms if not term.is_prefix])
        for word in words:
            found = found.filter(Resembling(Value(word), F("words")))
        return found if words else found.none()

    def keep(self, kind: str, rows: Iterable[Post | Comment | Work]) -> None:
        """Write the entries of posts, comments or works as their texts are now; one statement."""
        self.bulk_create(
            (SearchEntry.of(kind, row) for row in rows),  # type: ignore[misc]
            batch_size=ENTRIES_PER_BATCH,
            update_conflicts=True,
            unique_fields=[kind],
            update_fields=["words"],
        )


class SearchEntry(models.Model):
    """The words of one published post, comment or work of a course, as its readers find it."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    post = models.OneToOneField(Post, models.CASCADE, related_name="search_entry", null=True)
    comment = models.OneToOneField(Comment, models.CASCADE, related_name="search_entry", null=True)
    work = models.OneToOneField(Work, models.CASCADE, related_name="search_entry", null=True)
    words = models.TextField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the search index")
        verbose_name_plural = _("search index")
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, comment=None, work=None)
                | Q(post=None, comment__isnull=False, work=None)
                | Q(post=None, comment=None, work__isnull=False),
                name="search_entries_are_of_one_thing",
            ),
        ]

    def __str__(self):
        # Never the words: this is printed in logs.
        return f"{self._meta.verbose_name} {self.pk}"

    @classmethod
    def of(cls, kind: str, row: Any) -> "SearchEntry":
        """Return the entry that a post, comment or work has to have, not saved."""
        course = row.post.course_id if kind == "comment" else row.course_id
        words = f"{scope_of(course, kind)} {indexed_words(*TEXTS[kind](row))}"
        return cls(course_id=course, words=words, **{kind: row})


def scope_of(course: int, kind: str) -> str:
    return f"c{course}{kind}"


def texts_of_post(post: Post) -> tuple[str, str]:
    """Return the searched parts of a published post: its title and its text."""
    revision = post.revision
    return (revision.title, "\n".join(revision.paragraphs)) if revision else ("", "")


def texts_of_comment(comment: Comment) -> tuple[str]:
    return (unescape(strip_tags(comment.html)),)


def texts_of_work(work: Work) -> tuple[str, str, str]:
    return work.label, unescape(strip_tags(work.html)), text_of(work.csl.get("title"))


TEXTS: dict[str, Any] = {
    "post": texts_of_post,
    "comment": texts_of_comment,
    "work": texts_of_work,
}


def rows_to_index(course: Course) -> Iterator[tuple[str, QuerySet]]:
    """Yield for each kind what has to have an entry: all that anybody but its writer may see."""
    published = Post.objects.in_course(course).filter(revision__isnull=False)
    yield "post", published.select_related("revision")
    yield "comment", Comment.objects.filter(post__course=course).select_related("post")
    yield "work", Work.objects.in_course(course)


def rebuild_search(course: Course) -> int:
    """Rebuild all entries of a course, in one transaction; return how many."""
    with transaction.atomic():
        SearchEntry.objects.in_course(course).delete()
        for kind, rows in rows_to_index(course):
            for batch in _batches(rows):
                SearchEntry.objects.keep(kind, batch)
    return SearchEntry.objects.in_course(course).count()


def check_search(course: Course) -> list[str]:
    """Return the kinds and keys of what the index has otherwise than its text, or not at all."""
    differing = []
    for kind, rows in rows_to_index(course):
        for batch in _batches(rows):
            keys = {f"{kind}__in": [row.pk for row in batch]}
            stored = dict(SearchEntry.objects.filter(**keys).values_list(kind, "words"))
            wanted = ((row.pk, SearchEntry.of(kind, row).words) for row in batch)
            differing += [f"{kind} {key}" for key, words in wanted if stored.get(key) != words]
    return differing


def _batches(rows: QuerySet) -> Iterator[list]:
    batch: list = []
    for row in rows.order_by("pk").iterator(chunk_size=ENTRIES_PER_BATCH):
        batch.append(row)
        if len(batch) == ENTRIES_PER_BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


# How SQLite is asked: its table of words, kept by triggers on this one.


def _match_in_sqlite(entries: QuerySet, place: Term, terms: Sequence[Term]) -> QuerySet:
    """Ask the index for whole words, and look for beginnings in the words of the course.

    For a beginning FTS5 would first collect all entries of the site that have such a word, however
    few are left of them.
    """
    whole = [term for term in terms if not term.is_prefix]
    if whole:
        asked = " AND ".join(f'"{" ".join(term.words)}"' for term in (place, *whole))
        sql = "SELECT rowid FROM blog_searchwords WHERE blog_searchwords MATCH %s"
        entries = entries.filter(pk__in=RawSQL(sql, [asked]))
    for term in terms:
        if term.is_prefix:
            beginning = Value(f" {' '.join(term.words)}")
            entries = entries.filter(GreaterThan(StrIndex("words", beginning), 0))
    return entries


SQLITE_TABLE = """
CREATE VIRTUAL TABLE blog_searchwords USING fts5(
    words, content='blog_searchentry', content_rowid='id',
    tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
)
"""
ADD_WORDS = "INSERT INTO blog_searchwords (rowid, words) VALUES (new.id, new.words);"
DROP_WORDS = (
    "INSERT INTO blog_searchwords (blog_searchwords, rowid, words)"
    " VALUES ('delete', old.id, old.words);"
)
SQLITE_TRIGGERS = {
    "search_words_are_added": f"AFTER INSERT ON blog_searchentry BEGIN {ADD_WORDS} END",
    "search_words_are_dropped": f"AFTER DELETE ON blog_searchentry BEGIN {DROP_WORDS} END",
    "search_words_are_changed": (
        f"AFTER UPDATE ON blog_searchentry BEGIN {DROP_WORDS} {ADD_WORDS} END"
    ),
}


def _keep_in_sqlite(cursor) -> None:
    """Make the table of words and its triggers where they are not, and fill it.

    SQLite remakes a table to change it, and then its triggers are gone.
    """
    names = ["blog_searchwords", *SQLITE_TRIGGERS]
    places = ", ".join(["%s"] * len(names))
    cursor.execute(f"SELECT name FROM sqlite_master WHERE name IN ({places})", names)
    there = {name for (name,) in cursor.fetchall()}
    if len(there) == len(names):
        return
    if "blog_searchwords" not in there:
        cursor.execute(SQLITE_TABLE)
    for name in SQLITE_TRIGGERS.keys() - there:
        cursor.execute(f"CREATE TRIGGER {name} {SQLITE_TRIGGERS[name]}")
    cursor.execute("INSERT INTO blog_searchwords (blog_searchwords) VALUES ('rebuild')")


def forget_deleted_words() -> None:
    """Let nothing of deleted entries be in SQLite's table of words: it keeps them until it merges.

    PostgreSQL's words are in the rows themselves.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO blog_searchwords (blog_searchwords) VALUES ('optimize')")


# How PostgreSQL is asked: by expressions over the column that an index has too.


class Matching(Func):
    """A match of words with a tsquery."""

    template = "to_tsvector('simple'::regconfig, %(expressions)s)"
    arg_joiner = ") @@ to_tsquery('simple'::regconfig, "
    output_field = models.BooleanField()
    conditional = True


class Resembling(Func):
    """A near match of a word with one of some words, by the threshold of this transaction."""

    template = "(%(expressions)s)"
    arg_joiner = " <%% "
    output_field = models.BooleanField()
    conditional = True


def _match_in_postgresql(entries: QuerySet, place: Term, terms: Sequence[Term]) -> QuerySet:
    asked = " & ".join(map(_tsquery, (place, *terms)))
    return entries.filter(Matching(F("words"), Value(asked)))


def _tsquery(term: Term) -> str:
    *first, last = (f"'{word}'" for word in term.words)
    words = " <-> ".join([*first, f"{last}:*" if term.is_prefix else last])
    return f"({words})"


POSTGRESQL_INDEX = """
CREATE INDEX IF NOT EXISTS search_words ON blog_searchentry
USING gin (to_tsvector('simple'::regconfig, words))
"""
TRIGRAM_INDEX = """
CREATE INDEX IF NOT EXISTS search_trigrams ON blog_searchentry USING gin (words gin_trgm_ops)
"""


def _keep_in_postgresql(cursor) -> None:
    cursor.execute(POSTGRESQL_INDEX)
    try:
        with transaction.atomic(using=cursor.db.alias):
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(TRIGRAM_INDEX)
    except DatabaseError:
        return  # not installed there, or this role may not: the search takes no typing errors


def can_resemble() -> bool:
    """Return whether the database can compare words by their letters; one query."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('search_trigrams') IS NOT NULL")
        return cursor.fetchone()[0]


def allow_distance() -> None:
    """Set, until the transaction ends, how far apart words may be that resemble each other."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {MIN_SIMILARITY}")


BACKENDS = {"sqlite": _match_in_sqlite, "postgresql": _match_in_postgresql}


def keep_search_index(sender, using, plan=(), **kwargs) -> None:
    """Make the indexes of this database where they are not there; after each ``migrate``."""
    db = connection if using == connection.alias else None
    if db is None or SearchEntry._meta.db_table not in db.introspection.table_names():
        return
    with transaction.atomic(using=using), db.cursor() as cursor:
        keep = _keep_in_postgresql if db.vendor == "postgresql" else _keep_in_sqlite
        keep(cursor)
