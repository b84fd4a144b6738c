"""A blog on this machine, which the site may read during a test, and its feeds."""

from contextlib import contextmanager
from html import escape

from django.core.cache import cache

from blog.lookup import http_client
from tests.blog.lookup.stub import registry

ATOM = "application/atom+xml"


@contextmanager
def blog_site():
    """Run a blog: ``stub.lay`` and ``lay_feed`` say what it answers."""
    with registry() as stub:
        origin = http_client.origin_of(stub.url)
        cache.clear()
        http_client.PAGES_OF_THIS_MACHINE.add(origin)
        try:
            yield stub
        finally:
            http_client.PAGES_OF_THIS_MACHINE.discard(origin)
            cache.clear()


def item(number, title=None, text=None, *, day="2026-10-01", **more):
    """Return an entry of a feed as XML; ``text`` is HTML."""
    title = f"Entry {number}" if title is None else title
    text = f"<p>Words of entry {number}.</p>" if text is None else text
    inner = more.get("inner", "")
    return (
        f"<entry><id>tag:blog,2026:{number}</id><title>{escape(title)}</title>"
        f'<link href="/{number}"/><published>{day}T00:00:00Z</published>{inner}'
        f'<content type="html">{escape(text)}</content></entry>'
    )


def atom(*items, title="Ada’s blog"):
    """Return an Atom feed."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" '
        f'xmlns:app="http://www.w3.org/2007/app"><title>{title}</title><link href="/"/>'
        f"{''.join(items)}</feed>"
    )


def lay_feed(stub, *items, path="/feed/", **headers):
    """Answer a path with an Atom feed of these entries."""
    stub.lay(path, atom(*items), Content_Type=ATOM, **headers)
    return f"{stub.url}{path}"
