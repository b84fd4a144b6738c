"""Time to render texts, and the part of linking in it, as ratios within one run.

    python -m tests.benchmarks.bench_render

Rendered are the demo's posts with the works they cite, its comments, and both again with a bare
address in every paragraph. "Read whole" is the same renderer with all HTML given to bleach. Needs
no database.
"""

import os
import re
import time
from unittest import mock

import django

ROUNDS = 7
ADDRESS = " See www.example.org/page?a=1&b=2."


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plnsite.settings")
    django.setup()
    from blog.text import render_comment, render_post
    from network.demo.comments import COMMENTS
    from network.demo.posts import POSTS
    from network.demo.works import WORKS

    works = {work.key: work.csl for work in WORKS}
    posts = [post.text for post in POSTS]
    comments = [comment.text for comment in COMMENTS]

    def render_with_works(text):
        return render_post(text, works)

    print(f"{'':34}{'read whole':>20}{'as it is':>20}{'saved':>9}")
    for what, texts, render in (
        ("posts", posts, render_with_works),
        ("comments", comments, render_comment),
        ("posts full of addresses", with_addresses(posts), render_with_works),
        ("comments full of addresses", with_addresses(comments), render_comment),
    ):
        compare(f"{len(texts)} {what}", texts, render)


def with_addresses(texts):
    return [re.sub(r"(?<=\w[.?!])$", ADDRESS, text, flags=re.MULTILINE) for text in texts]


def compare(what, texts, render):
    """Render all texts both ways in turn, and print the fastest round of each."""
    from blog.text import sanitise

    whole, plain = [], []
    for _ in range(ROUNDS):
        with mock.patch.object(sanitise, "_link_pieces", sanitise._bleach):
            whole.append(timed(texts, render))
        plain.append(timed(texts, render))
    before, after = min(whole), min(plain)
    saved = 1 - after[0] / before[0]
    print(f"{what:34}{shown(before, texts):>20}{shown(after, texts):>20}{saved:>9.0%}", flush=True)


def timed(texts, render):
    """Return the seconds of CPU that rendering took, and those of them that linking took."""
    from blog.text import render as renderer

    linking = 0.0
    linkify = renderer.linkify

    def timed_linkify(html):
        nonlocal linking
        start = time.process_time()
        linked = linkify(html)
        linking += time.process_time() - start
        return linked

    with mock.patch.object(renderer, "linkify", timed_linkify):
        start = time.process_time()
        for text in texts:
            render(text)
        return time.process_time() - start, linking


def shown(taken, texts):
    total, linking = taken
    return f"{total / len(texts) * 1e3:.2f} ms, link {linking / total:.0%}"


if __name__ == "__main__":
    main()
