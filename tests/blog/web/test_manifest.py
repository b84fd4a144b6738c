"""The manifest and the icons: what a phone needs to put the site on its home screen."""

import json
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import resolve, reverse
from django.utils.translation import gettext, override
from PIL import Image

from blog.styles import colours
from blog.web.errors import server_error
from plnsite import settings as site
from tests.collected import STORAGES

LANGUAGES = [language for language, _name in site.LANGUAGES]
LINKS = re.compile(r'<link rel="(icon|apple-touch-icon|manifest)" href="([^"]+)"')
THEME = re.compile(
    r'<meta name="theme-color"\s+data-of="(\w+)"\s+content="(#\w+)"\s+media="([^"]+)"'
)
STATIC = "/static/"


def manifest_in(client, language="en"):
    return json.loads(client.get(reverse("manifest", args=[language])).content)


def image(address):
    """Return the picture at an address of a manifest or page."""
    return Path(finders.find(address.removeprefix(STATIC)))


def test_it_is_the_same_for_everybody_and_may_be_kept(client, ada):
    client.force_login(ada)
    answer = client.get("/manifest/en.webmanifest")

    assert answer.headers["Content-Type"] == "application/manifest+json"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert answer.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert not answer.cookies
    client.logout()
    assert client.get("/manifest/en.webmanifest").content == answer.content


def test_it_says_where_the_site_begins_and_how_it_looks(client):
    fields = manifest_in(client)

    assert {name: fields[name] for name in ("id", "start_url", "scope", "display")} == {
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
    }
    assert fields["name"] == fields["short_name"] == site.SITE_NAME
    assert fields["background_color"] == fields["theme_color"] == colours("paper")["light"]
    assert [resolve(shortcut["url"]).url_name for shortcut in fields["shortcuts"]] == [
        "my_work",
        "notification_list",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_each_language_and_names_one_site(client, language):
    fields = manifest_in(client, language)

    with override(language):
        description = gettext("Write, read and learn with your course.")
    assert (fields["lang"], fields["dir"]) == (language, "rtl" if language == "ar" else "ltr")
    assert fields["description"] == description
    assert fields["id"] == manifest_in(client, "en")["id"]


def test_a_language_that_the_site_has_not_is_not_found(client):
    assert client.get("/manifest/xx.webmanifest").status_code == 404


def test_every_icon_has_the_size_it_says(client):
    icons = manifest_in(client)["icons"]

    for icon in icons:
        if icon["type"] == "image/svg+xml":
            assert image(icon["src"]).read_text().startswith("<svg ")
            continue
        with Image.open(image(icon["src"]), formats=["PNG"]) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
    assert {(icon["sizes"], icon["purpose"]) for icon in icons} == {
        ("any", "any"),
        *((f"{n}x{n}", purpose) for n in (192, 512) for purpose in ("any", "maskable")),
    }


@pytest.mark.parametrize("name", ["apple-touch-icon", "icon-maskable-192", "icon-maskable-512"])
def test_icons_that_are_cut_fill_their_square(name):
    with Image.open(image(f"img/{name}.png")) as picture:
        corners = picture.convert("RGBA").crop((0, 0, 9, 9))

    assert corners.getcolors() == [(81, (0x1B, 0x4B, 0x82, 255))]


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/accounts/login/", "/privacy/"])
def test_pages_lead_to_it_and_to_the_icons(client, db, path):
    page = client.get(path).content.decode()

    links = dict(LINKS.findall(page))
    assert links["manifest"] == "/manifest/en.webmanifest"
    assert image(links["icon"]).name == "favicon.svg"
    with Image.open(image(links["apple-touch-icon"])) as picture:
        assert picture.size == (180, 180)


def test_pages_lead_to_it_in_their_language(client, db):
    page = client.get("/", headers={"Accept-Language": "ar"}).content.decode()

    assert dict(LINKS.findall(page))["manifest"] == "/manifest/ar.webmanifest"


def test_the_page_of_an_error_has_all_of_it_too(rf):
    page = server_error(rf.get("/")).content.decode()

    assert set(dict(LINKS.findall(page))) == {"icon", "apple-touch-icon", "manifest"}


def test_a_phone_draws_the_colours_of_the_page(client, db):
    page = client.get("/").content.decode()

    assert THEME.findall(page) == [
        (scheme, colours("paper")[scheme], f"(prefers-color-scheme: {scheme})")
        for scheme in ("light", "dark")
    ]


def test_a_production_site_names_the_files_it_has_collected(client, settings, collected_files):
    settings.STORAGES, settings.STATIC_ROOT = STORAGES, collected_files

    icons = manifest_in(client)["icons"]

    names = [icon["src"].removeprefix(STATIC) for icon in icons]
    assert names[1] == staticfiles_storage.stored_name("img/icon-192.png") != "img/icon-192.png"
    with Image.open(BytesIO((collected_files / names[1]).read_bytes())) as picture:
        assert picture.size == (192, 192)
