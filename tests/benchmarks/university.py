"""A university's worth of courses, made quickly: a few by random numbers, the others as copies.

Copies are made by the database, a statement for each table, and every key moves by the same step:
so a course is as it would be alone, among as many others as are wanted.
"""

import random
from datetime import UTC, datetime, time, timedelta

PATTERNS = 5  # courses that differ; the others are copies of these
PEOPLE, POD = 40, 5  # of a course, the instructor among them
WEEKS, PROMPT_WEEKS = 10, 2
COMMENTS = 2_000  # of a course
WORKS, CITED = 60, 3
WORDS, VOCABULARY = 120, 900
FRIENDS, TO_FRIENDS = 8, 0.7


def make_pattern(
    number: int,
    *,
    people: int = PEOPLE,
    posts: int | None = None,
    comments: int = COMMENTS,
    works: int = WORKS,
    prompts: int = 0,
    visitors=(),
    search_comments: bool = False,
):
    """Make a course of ten weeks that goes on, with posts, works and comments; return it.

    ``visitors`` are students of other courses who are among its ``people``. Each student has a post
    every two weeks unless ``posts`` says how many there are; the first of them answer ``prompts``.
    """
    from django.utils import timezone

    from blog.models import Course, Membership, Pod, User

    dice = random.Random(number)
    today = timezone.now().date()
    monday = today - timedelta(days=today.weekday() + 7 * WEEKS)
    course = Course.objects.create(
        slug=f"b{number}",
        title="Bench",
        join_code=f"B{number}",
        starts_on=monday,
        ends_on=today + timedelta(days=30),
    )
    users = User.objects.bulk_create(
        User(username=f"b{number}-{n}", email=f"{n}@b{number}.invalid", password="!")
        for n in range(people - len(visitors))
    )
    users += visitors
    pods = Pod.objects.bulk_create(
        Pod(course=course, name=f"Pod {n + 1}") for n in range(people // POD)
    )
    roles = Membership.Role
    Membership.objects.bulk_create(
        Membership(
            course=course,
            user=user,
            role=roles.STUDENT if place else roles.INSTRUCTOR,
            pod=pods[place % len(pods)] if place else None,
            joined_at=at(monday),
        )
        for place, user in enumerate(users)
    )
    made = _make_prompts(course, prompts)
    posts = _make_posts(course, users[1:], dice, works, made, posts)
    _make_comments(course, users, posts, dice, comments, search=search_comments)
    return course


def at(day, minutes: int = 0) -> datetime:
    return datetime.combine(day, time.min, UTC) + timedelta(minutes=minutes)


def _make_prompts(course, count):
    """Make prompts that are due two weeks after each other; all have one rubric."""
    from tests import factories

    rubric = factories.make_rubric(course) if count else None
    return [
        factories.make_prompt(
            course,
            rubric=rubric,
            opens_at=at(course.starts_on + timedelta(weeks=PROMPT_WEEKS * n)),
            due_at=at(course.starts_on + timedelta(weeks=PROMPT_WEEKS * (n + 1))),
            comments_due_at=at(course.starts_on + timedelta(weeks=PROMPT_WEEKS * (n + 2))),
        )
        for n in range(count)
    ]


def _make_posts(course, students, dice, works, prompts, count):
    from blog.models import Post, Reference, Revision, SearchEntry, Work

    works = Work.objects.bulk_create(
        Work(course=course, csl={"title": f"Work {n}"}, label=f"Author{n}, 20{n % 24:02}",
             html=f"Work {n}", shared_at=at(course.starts_on))
        for n in range(works)
    )  # fmt: skip
    turns = WEEKS // PROMPT_WEEKS
    count = turns * len(students) if count is None else count
    dates = [
        at(
            course.starts_on + timedelta(weeks=PROMPT_WEEKS * (n // len(students) % turns), days=4),
            dice.randrange(4000),
        )
        for n in range(count)
    ]
    prompt_of = dict(enumerate(prompt for prompt in prompts for _ in students))
    posts = Post.objects.bulk_create(
        Post(course=course, author=students[n % len(students)], slug=f"post-{n}", title=f"Post {n}",
             created_at=date, prompt=prompt_of.get(n))
        for n, date in enumerate(dates)
    )  # fmt: skip
    words = [" ".join(f"w{min(dice.randrange(VOCABULARY), dice.randrange(VOCABULARY))}"
                      for _ in range(WORDS)) for _ in posts]  # fmt: skip
    revisions = Revision.objects.bulk_create(
        Revision(post=post, number=1, title=post.title, text=text, html=f"<p>{text}</p>",
                 excerpt=text[:80], paragraphs=[text], words=WORDS, renderer=1,
                 created_by=post.author, created_at=post.created_at)
        for post, text in zip(posts, words, strict=True)
    )  # fmt: skip
    for post, revision in zip(posts, revisions, strict=True):
        post.revision, post.published_at = revision, post.created_at
        post.status = Post.Status.PUBLISHED
    Post.objects.bulk_update(posts, ["revision", "published_at", "status"], batch_size=200)
    Reference.objects.bulk_create(
        Reference(post=post, work=work, key=f"work{place}", cited=True)
        for post in posts
        for place, work in enumerate([works[0], *dice.sample(works[1:], CITED)])
    )
    SearchEntry.objects.keep("post", posts)
    return posts


def _make_comments(course, users, posts, dice, count, *, search):
    """Create comments, most on the posts of a few others, within two weeks of the post."""
    from blog.models import Comment, SearchEntry

    by_author = {user.pk: [post for post in posts if post.author_id == user.pk] for user in users}
    students = users[1:]
    friends = {user.pk: dice.sample(students, min(FRIENDS, len(students))) for user in users}
    today = course.today()
    rows = []
    while len(rows) < count:
        author = dice.choice(users)
        target = dice.choice(friends[author.pk] if dice.random() < TO_FRIENDS else students)
        post = dice.choice(by_author[target.pk])
        day = post.published_at.date() + timedelta(days=dice.randrange(14))
        if target != author and day < today:
            rows.append(
                Comment(
                    post=post, author=author, addressee=target, text="A thought.",
                    html="<p>A thought.</p>", renderer=1, day=day,
                    created_at=at(day, dice.randrange(1440)),
                )
            )  # fmt: skip
    Comment.objects.bulk_create(rows, batch_size=1000)
    if search:
        SearchEntry.objects.keep("comment", rows)


def copy_courses(times: int) -> None:
    """Copy all that there is so many times, in a database with nothing but patterns."""
    from django.core.management.color import no_style
    from django.db import connection, transaction
    from django.db.models import Max

    from blog.models import (
        Comment,
        Course,
        Membership,
        Pod,
        Post,
        Reference,
        Revision,
        SearchEntry,
        User,
        Work,
    )

    models = [User, Course, Pod, Membership, Work, Post, Revision, Comment, Reference, SearchEntry]
    steps = {model: model.objects.aggregate(last=Max("pk"))["last"] for model in models}
    with transaction.atomic(), connection.cursor() as cursor:
        for model in models:
            cursor.execute(_copy_statement(model, steps), [times])
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)


def _copy_statement(model, steps) -> str:
    from blog.models import Course, SearchEntry

    names, values = [], []
    for field in model._meta.concrete_fields:
        name = f'o."{field.column}"'
        step = steps[model] if field.primary_key else steps.get(field.related_model)
        names.append(f'"{field.column}"')
        if step is not None:
            values.append(f"{name} + n.n * {step}")
        elif model is SearchEntry and field.name == "words":
            step = steps[Course]
            scope, moved = "'c' || o.course_id", f"'c' || (o.course_id + n.n * {step})"
            for kind in ("post", "comment"):
                name = f"replace({name}, {scope} || '{kind} ', {moved} || '{kind} ')"
            values.append(name)
        elif field.unique or field.name == "email":
            values.append(f"{name} || 'c' || n.n")
        else:
            values.append(name)
    table = model._meta.db_table
    return (
        "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < %s)"
        f" INSERT INTO {table} ({', '.join(names)})"
        f" SELECT {', '.join(values)} FROM {table} o, n"
    )
