"""Imports from WordPress into the demo course: one to look at, one that is done."""

from django.urls import reverse

from blog.actions.wordpress_imports import (
    answer_wordpress_import,
    continue_wordpress_import,
    import_wordpress_posts,
    start_wordpress_import,
)
from blog.models import Course, User, WordPressImport
from blog.pictures import clean_picture
from tests.wordpress_files import comment, export_of, item, wxr

NOOR = "noor.haddadin@example.edu"


def blog_file(first: int = 1, *, waiting: bool = False) -> bytes:
    """Return an export with something of everything; its posts are numbered from ``first``."""
    talk = [
        comment(1, "Where was that?", name="Gil Guest"),
        comment(2, "By the river.", name="Noor", account=1, parent=1, at="2020-02-06 09:00:00"),
        comment(3, "Cheap watches", name="", approved="0" if waiting else "1"),
    ]
    words = (
        "I wrote down for a week whom I asked what. Most answers came from people whom I hardly "
        "know.\n\nIt was not what I expected."
    )
    return wxr(
        item(
            first, words, title="Whom I ask", login="noor", at="2025-10-05 09:00:00", comments=talk
        ),
        item(
            first + 1, "<p>Only for me.</p>", title="A private list", login="noor", status="private"
        ),
        item(first + 2, "<p>Of a guest author.</p>", title="Seen from outside", login="milo"),
        item(first + 3, "<p>Who I am.</p>", title="About", login="noor", kind="page"),
        authors=(("noor", "Noor H.", NOOR), ("milo", "Milo Quist", "milo@blog.example")),
    )


def waiting_import(course: Course, by: User) -> WordPressImport:
    """Return an import to look at, of a file that had to be repaired."""
    data = blog_file(100, waiting=True).replace(
        b"Seen from outside", b"Seen & heard from \x0boutside"
    )
    return start_wordpress_import(course, by=by, export=export_of(data, course))


def finished_import(course: Course, by: User) -> WordPressImport:
    """Return an import whose posts are there."""
    started = start_wordpress_import(course, by=by, export=export_of(blog_file(200), course))
    noor = course.memberships.get(user__email=NOOR)
    answers = {"author-0": f"member-{noor.pk}", "author-1": "guest"}
    answer_wordpress_import(started, by=by, answers=answers)
    started = import_wordpress_posts(started, by=by)
    return continue_wordpress_import(started, by=by, seconds=60, clean_picture=clean_picture)


def wordpress_places(course: Course, by: User) -> dict[str, str]:
    """Return the places of imports that instructors see."""

    def at(name, *args):
        return reverse(name, args=[course.slug, *args])

    return {
        "wordpress_import_new": at("wordpress_import_new"),
        "wordpress_import": at("wordpress_import", waiting_import(course, by).pk),
        "wordpress_import done": at("wordpress_import", finished_import(course, by).pk),
    }
