"""Long tasks of the browser while large pages are read in and scrolled.

    python -m tests.benchmarks.bench_long_tasks

A post with 300 comments, and the class network of 500 people, in Chromium. A long task is one of 50
ms and more, as the browser itself counts them; there should be none. On a busy machine there are
some that are nobody's fault: the page of a post without comments is visited in the same run.
"""

import os
import random
import tempfile
from datetime import UTC, date, datetime, time, timedelta

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.shots import load_demo, serving
from tests.browser.steps import session_of

COMMENTS, PEOPLE, EVENTS, VISITS = 300, 500, 6_000, 3
PARAGRAPH = "The door of the back room is cut in two, and what is said there stays there. " * 4

OBSERVE = """
window.longTasks = [];
new PerformanceObserver((list) => {
  longTasks.push(...list.getEntries().map(({ duration }) => duration));
}).observe({ type: "longtask", buffered: true });
"""
SCROLL = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 600) {
    scrollTo(0, y);
    await new Promise((go) => requestAnimationFrame(() => setTimeout(go, 20)));
  }
}"""


def make_pages() -> tuple[object, dict[str, str]]:
    """Make a course with both pages; return its instructor and their addresses by name."""
    from django.urls import reverse

    from blog.models import Comment, Membership, User, notice_version
    from network import ties
    from tests import factories
    from tests.benchmarks import courses

    first = datetime.now(UTC).date() - timedelta(days=30)
    course, people = courses.make_course(PEOPLE, first, 90, slug="large")
    reader = people[0]
    Membership.objects.filter(course=course, user=reader).update(role=Membership.Role.INSTRUCTOR)
    User.objects.filter(pk=reader.pk).update(notice_version=notice_version())
    posts = [factories.make_post(person, course, "Doors", PARAGRAPH * 10) for person in people[:40]]
    dice = random.Random(5)

    def comment(post, author, day: date) -> Comment:
        return Comment(
            post=post,
            author=author,
            addressee=post.author,
            text=PARAGRAPH,
            html=f"<p>{PARAGRAPH}</p>",
            renderer=1,
            day=day,
            created_at=datetime.combine(day, time(), UTC),
        )

    Comment.objects.bulk_create(
        comment(posts[1], dice.choice(people), first) for _ in range(COMMENTS)
    )
    Comment.objects.bulk_create(
        comment(
            dice.choice(posts[2:]), dice.choice(people), first + timedelta(days=dice.randrange(30))
        )
        for _ in range(EVENTS)
    )
    ties.ensure_clock(course)
    ties.rebuild(course)
    return reader, {
        "a post without comments": posts[0].get_absolute_url(),
        f"a post with {COMMENTS} comments": posts[1].get_absolute_url(),
        f"the network of {PEOPLE} people": reverse("class_network", args=[course.slug]),
    }


def main():
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "plnsite.settings",
            "DATABASE_URL": f"sqlite:///{folder}/large.sqlite3",
            "DEBUG": "1",
        }
        load_demo()
        reader, addresses = make_pages()
        with serving() as url, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
            context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900})
            context.add_cookies([session_of(reader, url)])
            context.add_init_script(OBSERVE)
            page = context.new_page()
            for _visit in range(VISITS):
                for name, address in addresses.items():
                    page.goto(address, wait_until="networkidle")
                    loading = page.evaluate("longTasks.splice(0)")
                    page.evaluate(SCROLL)
                    scrolling = page.evaluate("longTasks.splice(0)")
                    print(f"{name}: loading {ms(loading)}, scrolling {ms(scrolling)}", flush=True)
            browser.close()


def ms(durations: list[float]) -> str:
    return ", ".join(f"{each:.0f} ms" for each in durations) or "no long task"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    main()
