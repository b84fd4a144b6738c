"""Query plans of lists: by an index, never a scan of the whole site."""

import re

import pytest
from django.db import connection
from django.db.transaction import atomic

from network import ties
from tests import factories

GROWING = ("blog_post", "blog_comment", "blog_revision", "blog_reference", "blog_searchentry")

PAGES = {
    "student": [
        "",
        "posts/",
        "posts/?page=2",
        "posts/?prompt=1",
        "posts/?new=on",
        "posts/?pod=other",
        "people/",
        "people/{peer}/",
        "following/",
        "prompts/",
        "prompts/1/",
        "references/",
        "references/?sort=cited",
        "references/?by=pod",
        "references/?by=me",
        "discover/",
        "network/",
        "network/{peer}/",
        "network/{peer}/?part=why",
        "search/?q=networks",
        "search/?q=networks&kind=comment",
    ],
    "instructor": [
        "",
        "posts/",
        "people/{peer}/",
        "prompts/1/",
        "references/",
        "desk/",
        "desk/1/",
        "desk/1/comments/",
        "search/?q=networks",
    ],
}
ALL_PAGES = [(reader, page) for reader, pages in PAGES.items() for page in pages]


@pytest.fixture
def peer(course, instructor, ada, bob):
    """Let people write in a course, and return one of them whom Ada exchanges comments with."""
    prompt = factories.make_prompt(course)
    factories.make_pod(course, "Herons", ada, bob)
    work = factories.make_work(course)
    for person in (ada, bob):
        post = factories.make_post(person, course, prompt=prompt)
        factories.make_reference(post, work, cited=True)
        comment = factories.make_comment(bob if person == ada else ada, post)
        factories.make_comment(person, post, parent=comment)
    ties.rebuild(course)
    return bob


@pytest.mark.parametrize(("reader", "page"), ALL_PAGES)
def test_no_list_goes_through_all_posts_or_comments(
    request, client, course, ada, instructor, peer, reader, page
):
    client.force_login(ada if reader == "student" else instructor)
    statements = []

    def record(execute, sql, params, many, context):
        statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(record):
        response = client.get(f"/c/{course.slug}/{page.format(peer=peer.username)}")

    assert response.status_code == 200
    selects = [one for one in statements if one[0].startswith(("SELECT", "WITH", "(SELECT"))]
    assert any(name in sql for sql, _params in selects for name in GROWING[:2])
    found = [(sql, scan) for sql, params in selects for scan in scans_of(sql, params)]
    assert found == []


def scans_of(sql, params) -> list[str]:
    """Return the lines of a statement's plan that go through all rows of a table that grows."""
    with atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # In a small table it would do so whatever there is: leave it no other choice.
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}", params)
            lines = [line for (line,) in cursor.fetchall()]
            through_all = re.compile(rf"Seq Scan on ({'|'.join(GROWING)})\b")
            return [line for line in lines if through_all.search(line)]
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        lines = [row[3] for row in cursor.fetchall()]
    names = {*GROWING, *re.findall(rf'"(?:{"|".join(GROWING)})" ([A-Z]\w*)', sql)}
    return [line for line in lines if (scan := re.match(r"SCAN (\w+)", line)) and scan[1] in names]


@pytest.mark.parametrize(
    ("sql", "goes_through_all"),
    [
        ('SELECT U0."id" FROM "blog_post" U0 WHERE U0."title" = %s', True),
        ('SELECT "blog_comment"."id" FROM "blog_comment" WHERE "blog_comment"."text" = %s', True),
        ('SELECT U0."id" FROM "blog_post" U0 WHERE U0."id" = %s', False),
    ],
)
def test_what_goes_through_all_rows_is_found(db, sql, goes_through_all):
    assert bool(scans_of(sql, ["1"])) == goes_through_all
