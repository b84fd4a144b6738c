"""The pages of a take-out: they open from a folder, need no script and no site, and print well."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.utils.crypto import get_random_string

from blog.styles import style_layers, style_source

STYLE = "style.css"
INDEX = "index.html"


def page(template: str, path: str, **context) -> str:
    """Return a page at a path of the zip.

    ``up`` leads from there to the beginning of the zip, ``home`` to that of the course.
    """
    depth = path.count("/")
    places = {"up": "../" * depth, "home": "../" * (depth - 1)}
    return render_to_string(f"blog/takeout/{template}", {**places, **context})


def long_page(
    template: str, path: str, entry_template: str, entries: Iterable, **context
) -> Iterator[str]:
    """Yield a page with as many entries as there are, of which one is in memory at a time."""
    place = get_random_string(40)
    before, _place, after = page(template, path, entries=place, **context).partition(place)
    yield before
    for entry in entries:
        yield render_to_string(f"blog/takeout/{entry_template}", {"entry": entry})
    yield after


def address(path: str) -> str:
    """Return a path of the zip as an address."""
    return quote(path)


def stylesheet() -> Iterator[str]:
    """Yield all style sheets of the site as one: where they are not joined, in their order."""
    name = getattr(staticfiles_storage, "stylesheet", "")
    if name:
        with staticfiles_storage.open(name) as file:
            yield file.read().decode()
        return
    yield from map(style_source, style_layers())
