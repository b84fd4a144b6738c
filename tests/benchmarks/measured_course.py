"""Content of a course for the measured pages, written by the actions that write it on a site."""

import random

from tests.benchmarks import courses
from tests.benchmarks.university import VOCABULARY
from tests.benchmarks.visits import QUEUE, TOKEN

FEW, MANY = 20, 300
COMMENT_WORDS = 40
PARAGRAPHS, PARAGRAPH_WORDS = 8, 75
COMMENTED_POSTS = 40
# How many posts there are with few comments, and with many. What is kept by its content costs
# nothing where everybody opens the same one.
SHORT_POSTS, LONG_POSTS = 5, 2


def prepare(course, *, few: int = FEW, many: int = MANY, readers: int = 38) -> dict:
    """Return a plan of visits (``tests.benchmarks.visits``); write the posts it goes to.

    Under some posts there are ``few`` comments and under others ``many``. Each reader has a
    session, two drafts, and what discover offers this week, as ``manage.py tick`` stores it.
    """
    from django.urls import reverse

    from blog.models import Post, User

    dice = random.Random(7)
    instructor = User.objects.get(memberships__course=course, memberships__role="instructor")
    members = User.objects.filter(memberships__course=course, memberships__role="student")
    author, *students = members.order_by("pk")[: readers + 1]
    short = [make_thread(course, author, students, dice, few) for _ in range(SHORT_POSTS)]
    long = [make_thread(course, author, students, dice, many) for _ in range(LONG_POSTS)]
    made = [post.pk for post in short + long]
    others = Post.objects.in_course(course).published().exclude(pk__in=made).order_by("pk")
    draft = text_of(dice)

    def at(name, *args):
        return reverse(name, args=[course.slug, *args])

    return {
        "readers": [reader_of(course, one, draft, short[0]) for one in students],
        "instructor": {"pk": instructor.pk, "cookie": cookie_of(instructor)},
        "plain": short[0].pk,
        "text": draft,
        "pages": {
            f"post page, {few} comments": [post.get_absolute_url() for post in short],
            f"post page, {many} comments": [post.get_absolute_url() for post in long],
            "course home": [at("course_home")],
            "post list, first page": [at("post_list")],
            "post list, last page": [f"{at('post_list')}?page=9999"],
            "people": [at("person_list")],
            "references": [at("bibliography")],
            QUEUE: [at("grading_prompt", 1)],
            "discover": [at("discover")],
            "search": [f"{at('search')}?q=w20+w35"],
            "my network": [at("ego_network")],
            "editor": ["{editor}"],
        },
        "posts": [
            (by, at("comment_new", slug))
            for by, slug in others.values_list("author", "slug")[:COMMENTED_POSTS]
        ],
        "seen": [at("comments_seen", post.slug) for post in short],
    }


def make_thread(course, author, students, dice, count):
    """Publish a post of 600 words that cites three works, and ``count`` comments on it."""
    from blog.actions.comments import add_comment
    from blog.actions.drafts import start_post
    from blog.actions.posts import publish_post
    from blog.models import Audience
    from tests import factories

    post = start_post(course, by=author, title=f"A post with {count} comments")
    keys = [f"granovetter{year}" for year in (1973, 1983, 1995)]
    for number, key in enumerate(keys):
        csl = factories.ARTICLE | {"DOI": f"10.1086/{post.pk}.{number}"}
        factories.make_reference(post, factories.make_work(course, csl), key)
    text = text_of(dice, keys)
    publish_post(post, by=author, title=post.title, text=text, audience=Audience.COURSE)
    written = []
    for number in range(count):
        parent = dice.choice(written) if number % 3 == 2 else None
        by = students[number % len(students)]
        words = words_of(dice, COMMENT_WORDS)
        comment = add_comment(post, by=by, text=words, parent=parent)
        if parent is None:
            written.append(comment)
    return post


def words_of(dice, count: int) -> str:
    return " ".join(f"w{dice.randrange(VOCABULARY)}" for _ in range(count))


def text_of(dice, keys=()) -> str:
    """Return a text in Markdown; its first paragraphs end with a citation each."""
    cited = [f" [@{key}]" for key in keys] + [""] * PARAGRAPHS
    return "\n\n".join(
        f"{words_of(dice, PARAGRAPH_WORDS)}{cited[number]}." for number in range(PARAGRAPHS)
    )


def reader_of(course, student, text: str, commented) -> dict:
    """Return a student with a session and two drafts: a post, and a comment on ``commented``."""
    from django.urls import reverse

    from blog.actions.drafts import start_post
    from network.models import WeeklyChoice
    from network.queries.week_choice import choose_week, week_of

    draft = start_post(course, by=student, title="A draft", text=text)
    monday = week_of(course)
    WeeklyChoice.store(course, student, monday, choose_week(student, course, monday))
    return {
        "pk": student.pk,
        "cookie": cookie_of(student),
        "editor": reverse("post_edit", args=[course.slug, draft.slug]),
        "draft": {
            "address": reverse("draft_save", args=[course.slug, draft.slug]),
            "version": "0.1",
            "seq": 0,
        },
        "comment": {
            "address": reverse("comment_draft_save", args=[course.slug, commented.slug]),
            "version": "0.0",
            "seq": 0,
        },
        "tab": f"00000000-0000-4000-8000-{student.pk:012}",
    }


def cookie_of(user) -> str:
    """Sign somebody in; return the cookies that their browser sends from then on."""
    from django.conf import settings
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    courses.sign_in(client, user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
