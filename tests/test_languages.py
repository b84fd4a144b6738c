"""Every page in another language right after English: no word of English, and the same figures.

What is made once and kept, such as a stencil or a sentence of a module, would be in the language of
whoever came first; a number in a drawing must not have the comma of a language.
"""

import re
from html.parser import HTMLParser
from pathlib import Path

import allauth
import django
import polib
import pytest
from django.conf import settings
from django.test import Client

from blog.models import GuestComment, Level
from tests.browser.places import places
from tests.browser.visits import open_in
from tests.long import few_of
from tests.made_languages import LONGER, english

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PARTS = 12
# What is said to people by attributes, and what in a drawing or a form is read by programs.
SPOKEN = {"title", "alt", "placeholder", "aria-label", "content"}
DRAWN = re.compile(
    r"(?:c?[xy][12]?|r|d|points|width|height|viewbox|min|max|step|value|data-[\w-]+)$"
)
NUMERIC = re.compile(r"[-\d.,\sMLHVCZAQ]*\d[-\d.,\sMLHVCZAQ]*$", re.IGNORECASE)
IS_WORDS = re.compile(r"[A-Za-z]{3,}")
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]*>")


class Page(HTMLParser):
    """The words of a page, and the numbers in its drawings and fields."""

    def __init__(self, html: str):
        super().__init__()
        self.words: list[str] = []
        self.numbers: list[tuple[str, str, str]] = []
        self.silent = 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "style"):
            self.silent += 1
        for name, value in attrs:
            if value and (name in SPOKEN or name.startswith("data-")):
                self.words.append(" ".join(value.split()))
            is_drawn = dict(attrs).get("name") != "seed"  # which is another one each time
            if value and is_drawn and DRAWN.match(name) and NUMERIC.match(value):
                self.numbers.append((tag, name, value))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self.silent -= 1

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.words.append(" ".join(data.split()))


def english_sentences() -> set[str]:
    """Return what this site, Django and allauth say in English that no writer of the demo types."""
    found = [one for one in english() if not one.msgctxt]
    for package in (django, allauth):
        place = Path(package.__file__).parent
        for path in place.rglob("locale/en/LC_MESSAGES/django.po"):
            found += polib.pofile(str(path))
    texts = {text for one in found for text in (one.msgid, one.msgid_plural)}
    return {
        " ".join(part.split())
        for text in texts
        for part in PLACES.split(text)
        if len(part.split()) > 1 and IS_WORDS.search(part)
    }


def typed_in(course) -> set[str]:
    """Return what is stored in English: what the instructor took from the site's proposals.

    And names of guests, as a guest without one gets words in the course's language.
    """
    norms = course.norms.values_list("name", "sentence")
    levels = Level.objects.filter(criterion__rubric__course=course).values_list("title", flat=True)
    titles = course.rubrics.values_list("title", flat=True)
    guests = GuestComment.objects.filter(comment__post__course=course)
    names = guests.values_list("comment__guest_name", flat=True)
    return {*(text for norm in norms for text in norm), *levels, *titles, *names}


def opened(user, path, language) -> Page:
    client = Client(headers={"Accept-Language": language})
    if user is not None:
        client.force_login(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return Page(open_in(client, path).content.decode())


def shown_in_english(page: Page, sentences: set[str]) -> list[str]:
    return sorted({words for words in page.words if words in sentences})


@pytest.mark.parametrize("part", few_of(range(PARTS), PARTS // 2))
def test_no_page_keeps_words_or_numbers_of_the_language_before(languages, committed_demo, part):
    seen, found = places(committed_demo), []
    sentences = english_sentences() - typed_in(committed_demo)

    for user, paths in seen.items():
        for name, path in list(paths.items())[part::PARTS]:
            before = opened(user, path, "en")
            after = opened(user, path, LONGER)
            found += [f"{name}: {words}" for words in shown_in_english(after, sentences)]
            if before.numbers != after.numbers:
                changed = set(after.numbers) - set(before.numbers)
                found.append(f"{name}: {sorted(changed)[:5]}")

    assert found == []


def test_what_stands_in_english_is_seen():
    """The test above is one of what is not there: this is what it would see."""
    page = Page('<p title="Skip to content"><b>My profile</b> <svg><path d="M0,5 1,5"></svg>')

    assert shown_in_english(page, english_sentences()) == ["My profile", "Skip to content"]
    assert page.numbers == [("path", "d", "M0,5 1,5")]
