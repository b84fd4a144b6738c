"""Every page there is, as one reader after another opens it.

A new address needs nothing here if its parameters are among ``keys`` and a page leads to what it
shows. Else it has a line in ``keys``, ``pairs`` or ``MODELS`` or, if it is nobody else's to know,
in ``tests/own_feeds.py``.
"""

import io
import re
import zipfile
from html import unescape
from itertools import product

from django.apps import apps
from django.db.models import F
from django.http import HttpResponse
from django.urls import Resolver404, get_resolver, resolve, reverse

from blog.models import (
    DraftSnapshot,
    Picture,
    Post,
    ProcessNote,
    QueuePlace,
    Reference,
    Revision,
)
from tests import test_access
from tests.error_pages import bare_error_pages
from tests.leaks_of_guests import guest_keys
from tests.moderation_leaks import target_names

HREF = re.compile(r'(?:href|data-why)="(/(?!static/)[^"#]*)')
MAX_PAGES = 3000

# The model of an address whose name does not begin with it.
MODELS = {
    "adoption": "gradeadoption",
    "blog": "ownblog",
    "grade": "gradeimport",
    "lms": "lmsfile",
    "editor": "work",
    "conflict": "draft",
    "connected": "platformcourse",
    "own": "platformaccount",
    "guest": "comment",
    "proposal": "normproposal",
    "roster": "rosterimport",
    "saved": "savedcomment",
    "session": "usersession",
    "wordpress": "wordpressimport",
}


def keys(course) -> dict[str, list]:
    """Return the possible keys of each parameter of an address, the most visible first."""
    return {
        "course": [course.slug],
        "slug": list(Post.objects.order_by("-audience").values_list("slug", flat=True)),
        "number": list(course.prompts.values_list("number", flat=True)),
        "place": list(QueuePlace.objects.values_list("number", flat=True)),
        "username": list(course.memberships.values_list("user__username", flat=True)),
        "code": ["K7QM-2PXR-9TBWA"],
        "provider_id": ["university"],
        "language": ["en"],
        "ending": ["bib"],
        "file_format": ["csv", "canvas-groups"],
        "source": ["version-1", *(f"snapshot-{pk}" for pk in pks_of("DraftSnapshot"))],
        "token": ["of-nobody"],  # those of the reader are in ``own_feeds``
        "target": target_names(),
        "to": ["no-post"],
        "criterion": pks_of("criterion")[:1],  # all are settled by the same lines
        "people": ["not-answered"],
        "size": ["small"],  # both files of a picture are served by the same lines
        "key": list(Reference.objects.values_list("key", flat=True)),
    }


def pairs() -> dict:
    """Return the possible last two parameters of an address, by its name or by theirs."""
    slugs = Post.objects.values_list("slug", flat=True)
    answered = Post.objects.exclude(prompt=None).values_list("prompt__number", "slug")
    works = pks_of("work")
    # Each work in a post of each author, and one of them in each post.
    in_posts = {*product(one_post_of_each_author(), works), *product(slugs, works[:1])}
    moments = ProcessNote.objects.filter(moments__isnull=False)
    return {
        ("slug", "number"): {*Revision.objects.values_list("post__slug", "number")},
        "process_moment": {(slug, 1) for slug in moments.values_list("post__slug", flat=True)},
        **dict.fromkeys(
            ("editor_work_add", "editor_work_cite", "editor_correction_accept"), in_posts
        ),
        ("number", "slug"): answered[:1],  # these lead to the number of the author
        ("number", "place"): {
            *QueuePlace.objects.filter(student__posts__prompt=F("prompt")).values_list(
                "prompt__number", "number"
            )
        },
        ("slug", "key"): {*Reference.objects.values_list("post__slug", "key")},
        ("slug", "source"): {
            *((slug, "version-1") for slug in slugs),
            *(
                (slug, f"snapshot-{pk}")
                for slug, pk in DraftSnapshot.objects.values_list("post__slug", "pk")
            ),
        },
    }


def one_post_of_each_author() -> list[str]:
    posts = Post.objects.order_by("pk").values_list("author", "slug")
    return list(dict(posts).values())


def every_address(course) -> dict[str, str]:
    """Return each address of ours with every key that exists in the course, and its name."""
    given, together = keys(course), pairs()
    addresses = {reverse("course_home", args=["elsewhere"]): "course_home"}
    for name in test_access.named_addresses():
        wanted = get_resolver().reverse_dict[name][0][0][1]
        prefix = name.split("_")[0]
        named = given | guest_keys(name)
        choices = [named.get(key) or pks_of(MODELS.get(prefix, prefix)) for key in wanted]
        if name == "picture_file":
            choices[0] = list(Picture.objects.values_list("token", flat=True))
        if name.startswith("post_public"):  # a wrong slug leads to the right one
            choices[wanted.index("slug")] = ["wrong"]
        possible = together.get(name) or together.get(tuple(wanted[1:3]))
        for values in product(*choices):
            if possible is None or values[1:3] in possible:
                addresses[reverse(name, kwargs=dict(zip(wanted, values, strict=True)))] = name
    return addresses


def pks_of(model) -> list[int]:
    apart = ("network", "usersessions")
    label = next((label for label in apart if model in apps.all_models[label]), "blog")
    found = apps.get_model(label, model)
    return list(found._base_manager.values_list("pk", flat=True))


# Addresses that say no more to a reader than one of them has said

POST_ONLY: set[str] = set()  # the names of those that answered so, found once for all readers
# By reader: their column in the table of ``test_access``; students are peers and owners there.
COLUMNS = {
    "visitor": "visitor",
    "eve": "outsider",
    "root": "outsider",
    "removed": "removed",
    "observer": "observer",
    "assistant": "assistant",
    "instructor": "instructor",
}
TURNED_AWAY = {302, 401, 403, 404}


def worth_opening(addresses: dict[str, str], role: str) -> dict[str, str]:
    """Return the addresses that can show a reader something, and one of each name that cannot."""
    found, names = {}, set()
    for url, name in addresses.items():
        if name not in names or not url.startswith("/c/") or _says_more(url, name, role):
            found[url] = name
            names.add(name)
    return found


def _says_more(url: str, name: str, role: str) -> bool:
    """Return whether an address in the course can say more than another one of its name has said.

    One that turns a reader away whatever it is about does so before it looks at that: outsiders
    from each of them, the team and observers from those of authors. Those Bob opens of his own
    posts, Ada not of each that is open, and Cyn all.
    """
    _method, answers = test_access.ROWS[name]
    if role in COLUMNS:
        return answers[test_access.ROLES.index(COLUMNS[role])] not in TURNED_AWAY
    if answers[test_access.ROLES.index("peer")] != 403:
        return True
    if role == "bob":
        return "/posts/" not in url or "/posts/bobs-" in url
    return role != "ada" or "/posts/open-2/" not in url


def links_in(answer: HttpResponse) -> list[str]:
    """Return where a page leads within this site.

    The admin site's lists come in many orders, and its histories are empty; the login leads on to
    many places: of those only the plain address.
    """
    found = [unescape(url) for url in HREF.findall(text_of(answer))]
    found += [answer["Location"].split("#")[0]] if "Location" in answer else []
    endless = ("/admin/", "/accounts/")
    plain = [url.split("?")[0] if url.startswith(endless) else url for url in found]
    return [url for url in plain if not (url.startswith("/admin/") and url.endswith("/history/"))]


def text_of(answer) -> str:
    """Return what an answer says, of a workbook its sheets."""
    if not answer.content.startswith(b"PK"):
        return answer.content.decode()
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        shared = [name for name in archive.namelist() if name == "xl/sharedStrings.xml"]
        return "".join(archive.read(name).decode() for name in [*sheets, *shared])


def crawl(client, addresses) -> dict[tuple[str, str], str]:
    """Open every address and all that they lead to; return the pages seen, by name and address."""
    waiting, opened, pages = list(addresses), set(), {}
    with bare_error_pages():
        while waiting and len(opened) < MAX_PAGES:
            url = waiting.pop()
            name = addresses.get(url) or name_of(url)
            if url in opened or name in POST_ONLY:
                continue
            answer = client.get(url)
            assert answer.status_code < 500, url
            if answer.status_code == 405:
                POST_ONLY.add(name)
            opened.add(url)
            pages[name, url] = f"{answer.headers}{text_of(answer)}"
            waiting += links_in(answer)
    assert not waiting, "there are more pages than this test opens"
    return pages


def name_of(url: str) -> str:
    """Return the name of an address that a page leads to."""
    try:
        return resolve(url.split("?")[0]).url_name or ""
    except Resolver404:
        return ""
