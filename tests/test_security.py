"""What holds for every address at once: headers, tokens, redirects, foreign keys and odd input.

Who may open what is in ``test_access``; who comes to see which words, in ``test_leaks``.
"""

import re
import uuid
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from blog.models import Comment, Course, Draft, Grading, Membership, Post, Prompt, User
from tests import factories
from tests.test_access import named_addresses, snapshot, undone

POLICY = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'none'; form-action 'self';"
    " frame-ancestors 'none'; img-src 'self' data:; manifest-src 'self'; script-src 'self';"
    " style-src 'self'"
)


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def root(instructor):
    """Somebody who may do everything: an instructor who runs the site as well."""
    User.objects.filter(pk=instructor.pk).update(is_staff=True, is_superuser=True)
    return User.objects.get(pk=instructor.pk)


def make_course_of(person, slug):
    """Make a course with one of each thing that has an address, and return what it is made of."""
    course = factories.make_course(slug, instructor=person)
    student = factories.make_user(f"Student of {slug}", username=f"student-{slug}")
    factories.add_member(course, student)
    rubric = factories.make_rubric(course)
    prompt = factories.make_prompt(course, rubric=rubric)
    post = factories.make_post(student, course, "Of ties", slug=f"post-{slug}", prompt=prompt)
    reference = factories.make_reference(
        post, factories.make_work(course, doi=""), key=f"key-{slug}", cited=True
    )
    return {
        "course": course,
        "student": student,
        "rubric": rubric,
        "prompt": prompt,
        "post": post,
        "pod": factories.make_pod(course, "Pod 1"),
        "work": reference.work,
        "comment": factories.make_comment(student, post),
        "draft": make_other_text(person, course),
        "own": factories.make_comment(person, post, tied=False),
        "feedback": factories.make_feedback(post, person),
    }


def make_other_text(person, course):
    """Make a second text of a draft, between which and the first its writer has to choose."""
    draft = factories.make_draft_post(person, course).drafts.get()
    draft.pk, draft.is_conflict_copy, draft.text = None, True, "The other half."
    draft.save(force_insert=True)
    return draft


def keys_of(rows):
    """Return what stands in the addresses of a course, by the name of the address's part."""
    return {
        "course": rows["course"].slug,
        "slug": rows["post"].slug,
        "number": rows["prompt"].number,
        "username": rows["student"].username,
        "key": rows["work"].references.get().key,
        "code": rows["course"].join_code,
        "pod": rows["pod"].pk,
        "rubric": rows["rubric"].pk,
        "comment": rows["comment"].pk,
        "post": rows["post"].pk,
        "draft": rows["draft"].pk,
        "conflict": rows["draft"].pk,
        "editor": rows["work"].pk,
        "name": "year",
        "work": rows["work"].pk,
        "ending": "bib",
    }


def parts_of(name):
    return get_resolver().reverse_dict[name][0][0][1]


def address_of(name, keys):
    kwargs = {part: keys.get(part, keys.get(name.split("_")[0])) for part in parts_of(name)}
    return reverse(name, kwargs=kwargs)


# Headers

PAGES = [
    ("visitor", "/", 200),
    ("visitor", "/about/", 200),
    ("visitor", "/accounts/login/", 200),
    ("visitor", "/accounts/signup/", 200),
    ("visitor", "/nowhere/", 404),
    ("visitor", "/c/networks/", 302),
    ("visitor", "/healthz", 200),
    ("ada", "/", 200),
    ("ada", "/me/", 200),
    ("ada", "/c/networks/", 200),
    ("ada", "/c/networks/posts/", 200),
    ("ada", "/c/networks/network/", 200),
    ("ada", "/c/networks/roster/", 403),
    ("ada", "/c/elsewhere/", 404),
    ("ada", "/c/networks/roster/code/", 405),
    ("ada", "/accounts/email/", 200),
    ("root", "/admin/", 200),
    ("root", "/admin/blog/post/", 200),
    ("root", "/c/networks/desk/", 200),
]


@pytest.mark.parametrize(("reader", "path", "status"), PAGES)
def test_every_answer_carries_its_headers(client, course, ada, root, reader, path, status):
    if reader != "visitor":
        client.force_login({"ada": ada, "root": root}[reader])

    answer = client.get(path)

    assert answer.status_code == status
    assert "; ".join(sorted(answer["Content-Security-Policy"].split("; "))) == POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]
    assert "Server" not in answer


@pytest.mark.parametrize("path", ["/c/networks/", "/me/", "/c/networks/posts/", "/admin/"])
def test_private_page_is_kept_by_no_cache(client, course, root, path):
    client.force_login(root)

    answer = client.get(path)

    assert "private" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]
    assert "ETag" not in answer


# Tokens


def all_patterns(patterns):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield pattern
        else:
            yield from all_patterns(pattern.url_patterns)


def test_no_view_is_exempt_from_the_token():
    exempt = [
        pattern.name
        for pattern in all_patterns(get_resolver().url_patterns)
        if getattr(pattern.callback, "csrf_exempt", False)
    ]

    assert exempt == []


@pytest.mark.parametrize("sent_as", ["form", "json"])
def test_nothing_is_done_without_a_token(root, sent_as):
    rows = make_course_of(root, "own")
    client = Client(enforce_csrf_checks=True)
    client.force_login(root)
    before = snapshot()
    kind = {"content_type": "application/json"} if sent_as == "json" else {}

    statuses = {
        name: client.post(address_of(name, keys_of(rows)), {}, **kind).status_code
        for name in named_addresses()
    }

    assert {name: status for name, status in statuses.items() if status != 403} == {}
    assert snapshot() == before


def test_token_from_another_site_is_refused(root):
    client = Client(enforce_csrf_checks=True)
    client.force_login(root)
    token = str(client.get("/me/").context["csrf_token"])
    form = {"display_name": "Mallory", "time_zone": "UTC", "csrfmiddlewaretoken": token}

    foreign = client.post("/me/", form, headers={"origin": "https://evil.example"})
    null = client.post("/me/", form, headers={"origin": "null"})
    ours = client.post("/me/", form, headers={"origin": "http://testserver"})

    assert [foreign.status_code, null.status_code, ours.status_code] == [403, 403, 302]


# Redirects

OTHER_SITES = [
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "http:evil.example",
    "https:///evil.example",
    "javascript:run()",
    "\thttps://evil.example",
    "/\t/evil.example",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "//evil%E3%80%82example",
    "https://evil.example\\@testserver/",
]


@pytest.fixture
def other_sites(real_data):
    [path] = (real_data / "attack-lists").glob("patt-openredirect-*.txt")
    return path.read_text().splitlines()


def host_after(location):
    """Return where a browser goes: it mends addresses before it reads them, unlike a server."""
    mended = re.sub(r"[\t\r\n]", "", location.strip()).replace("\\", "/")
    mended = re.sub(r"^(https?):/*", r"\1://", mended)
    there = urlsplit(urljoin("http://testserver/", mended))
    assert there.scheme in ("http", "https"), location
    return there.hostname


def sign_in(target):
    form = {"login": "ada@example.edu", "password": factories.PASSWORD, "next": target}
    return Client().post("/accounts/login/", form)


def sign_up(target):
    name = uuid.uuid4().hex
    form = {
        "display_name": name,
        "email": f"{name}@example.edu",
        "password1": "five quiet herons wade",
        "next": target,
    }
    return Client().post("/accounts/signup/", form)


def sign_out(target):
    client = Client()
    client.force_login(User.objects.get(email="ada@example.edu"))
    return client.post("/accounts/logout/", {"next": target})


def signed_in_already(target):
    client = Client()
    client.force_login(User.objects.get(email="ada@example.edu"))
    return client.get("/accounts/login/", {"next": target})


def follow(target):
    client = Client()
    client.force_login(User.objects.get(email="ada@example.edu"))
    url = reverse("follow", args=["networks", User.objects.get(email="bob@example.edu").username])
    return client.post(url, {"value": "follow", "next": target})


def signed_out_button(target):
    return Client().post("/c/networks/comments/1/hide/", headers={"referer": target})


WAYS = [sign_in, sign_up, sign_out, signed_in_already, follow, signed_out_button]


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_another_site(ada, bob, way):
    hosts = {target: host_after(way(target)["Location"]) for target in OTHER_SITES}

    assert hosts == dict.fromkeys(OTHER_SITES, "testserver")


@pytest.mark.parametrize("way", WAYS)
def test_no_way_on_the_list_leads_to_another_site(ada, bob, other_sites, way):
    hosts = {target: host_after(way(target)["Location"]) for target in other_sites}

    assert hosts == dict.fromkeys(other_sites, "testserver")


# Keys of another course

# The parts of an address that name one thing, the telling ones first.
NAMING = ("pk", "slug", "username", "number")


def part_to_swap(name):
    """Return which part of an address names a thing of its course, if one does."""
    parts = parts_of(name)
    return next((part for part in NAMING if part in parts and "course" in parts), None)


KEYED = [name for name in named_addresses() if part_to_swap(name)]


@pytest.fixture
def two_courses(root):
    """Two courses of one instructor, who may do everything in both; the second has two prompts."""
    here, there = make_course_of(root, "here"), make_course_of(root, "there")
    there["prompt"].number = 7
    there["prompt"].save()
    return here, there


@pytest.mark.parametrize("name", KEYED)
def test_key_of_another_course_does_not_exist_here(client, root, two_courses, name):
    here, there = two_courses
    part = part_to_swap(name)
    part = name.split("_")[0] if part == "pk" else part
    own = address_of(name, keys_of(here))
    swapped = address_of(name, keys_of(here) | {part: keys_of(there)[part]})
    client.force_login(root)
    before = snapshot()

    statuses = {client.get(swapped).status_code, client.post(swapped).status_code}

    assert client.get(own).status_code != 404
    assert statuses in ({404}, {404, 405})
    assert snapshot() == before


@pytest.mark.parametrize("name", ["reference_edit", "reference_remove"])
def test_reference_of_another_post_is_not_on_this_shelf(client, course, ada, name):
    mine = factories.make_post(ada, course, "Mine")
    other = factories.make_post(ada, course, "Other")
    reference = factories.make_reference(other)
    client.force_login(ada)
    before = snapshot()

    answer = client.post(reverse(name, args=[course.slug, mine.slug, reference.key]))

    assert answer.status_code == (404 if name == "reference_edit" else 302)
    assert snapshot() == before


def choices(**fields):
    return {"key": str(uuid.uuid4()), **fields}


FOREIGN_CHOICES = {
    "comment_new": lambda there: choices(text="Hello", audience=30, parent=there["comment"].pk),
    "comment_addressee": lambda there: {"addressee": there["student"].pk},
    "grading_post": lambda there: {"record": there["feedback"].pk},
    "member_edit": lambda there: {"role": "student", "pod": there["pod"].pk},
    "pod_edit": lambda there: {
        "name": "Pod 1",
        "members": [there["course"].memberships.get(user=there["student"]).pk],
    },
    "post_new": lambda there: choices(
        title="T", text="T", audience=30, prompt=there["prompt"].number, action="save"
    ),
    "prompt_edit": lambda there: prompt_form(rubric=there["rubric"].pk),
    "prompt_new": lambda there: prompt_form(required_works=[there["work"].pk]),
}


def prompt_form(**fields):
    now = timezone.now()
    return choices(
        title="Prompt",
        question="Why?",
        opens_at=f"{now:%Y-%m-%dT%H:%M}",
        due_at=f"{now + timedelta(days=7):%Y-%m-%dT%H:%M}",
        comments_due_at=f"{now + timedelta(days=9):%Y-%m-%dT%H:%M}",
        words_min=0,
        references_min=0,
        comments_min=0,
        **fields,
    )


@pytest.mark.parametrize("name", FOREIGN_CHOICES)
def test_choice_of_another_course_is_no_choice_here(client, root, two_courses, name):
    here, there = two_courses
    client.force_login(root)
    before = snapshot()

    answer = client.post(address_of(name, keys_of(here)), FOREIGN_CHOICES[name](there))

    assert answer.status_code in (200, 403, 422)
    assert snapshot() == before


def test_revision_of_another_post_is_not_what_was_read(client, root, two_courses):
    here, there = two_courses
    Grading.objects.all().delete()
    client.force_login(root)

    client.post(
        address_of("grading_post", keys_of(here)),
        {"text": "Well said.", "revision": there["post"].revision_id},
    )

    assert Grading.objects.get().revision == here["post"].revision


# More fields than a form has

EXTRA = {
    "author": "1",
    "user": "1",
    "course": "1",
    "role": "instructor",
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "",
    "email": "mallory@example.edu",
    "username": "mallory",
    "password": "mallory",
    "status": "published",
    "state": "hidden",
    "published_at": "2020-01-01",
    "released_at": "2020-01-01",
    "created_at": "2020-01-01",
    "deleted_at": "2020-01-01",
    "ended_at": "2020-01-01",
    "of_record": "on",
    "addressee": "1",
    "addressee_corrected": "on",
    "html": "<script>run()</script>",
    "day": "2020-01-01",
    "pod": "1",
    "slug": "mallory",
    "join_code": "MALLORY",
    "number": "99",
    "id": "1",
    "pk": "1",
}
# Each form with its model, whom it is of, and what a clean one brings.
FORMS = {
    "comment_new": (Comment, lambda: choices(text="A thought.", audience=30)),
    "comment_edit": (Comment, lambda: {"text": "Another thought.", "audience": 30}),
    "course_edit": (Course, lambda: course_form()),
    "course_new": (Course, lambda: choices(slug="new-one", **course_form())),
    "grading_post": (Grading, lambda: {"text": "Well said.", "version": 1}),
    "join_course": (Membership, dict),
    "post_new": (
        Draft,
        lambda: choices(title="T", text="Words.", audience=30, action="save"),
    ),
    "profile_edit": (User, lambda: {"display_name": "Root", "time_zone": "UTC"}),
    "prompt_edit": (Prompt, lambda: prompt_form()),
    "prompt_new": (Prompt, lambda: prompt_form()),
}
# What differs between two runs of one and the same form.
MOMENTS = {"id", "created_at", "updated_at", "edited_at", "joined_at", "join_code", "post_id"}


def course_form():
    return {
        "title": "A course",
        "starts_on": "2026-09-01",
        "ends_on": "2026-12-01",
        "time_zone": "America/Vancouver",
        "default_audience": 30,
        "widest_audience": 30,
    }


def rows_of(model):
    rows = model.objects.order_by("pk").values()
    return [{key: value for key, value in row.items() if key not in MOMENTS} for row in rows]


@pytest.mark.parametrize("name", FORMS)
def test_fields_that_a_form_does_not_have_change_nothing(client, root, name):
    rows = make_course_of(root, "own")
    keys = keys_of(rows) | {"comment": rows["own"].pk}
    if name == "join_course":
        keys["code"] = factories.make_course().join_code
    model, clean = FORMS[name]
    form = clean()
    extra = {key: value for key, value in EXTRA.items() if key not in form}
    if name == "course_edit":
        extra["slug"] = "mallory"
    client.force_login(root)
    before = rows_of(model)

    with undone():
        assert client.post(address_of(name, keys), form).status_code == 302
        wanted = rows_of(model)
    assert client.post(address_of(name, keys), form | extra).status_code == 302

    assert wanted != before
    assert rows_of(model) == wanted


def test_post_begun_with_foreign_fields_is_a_draft_of_ones_own(client, course, ada, bob):
    client.force_login(ada)

    client.post(
        reverse("post_new", args=[course.slug]),
        choices(title="T", text="W", audience=30, action="save") | EXTRA | {"author": bob.pk},
    )

    post = Post.objects.get()
    assert (post.author, post.course, post.status) == (ada, course, Post.Status.DRAFT)
    assert (post.published_at, post.deleted_at, post.revision) == (None, None, None)


# Input that no browser sends


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_number_beyond_every_key_is_simply_not_there(client, root, number):
    rows = make_course_of(root, "own")
    client.force_login(root)
    keys = keys_of(rows) | dict.fromkeys(("pod", "rubric", "comment", "draft", "work"), number)
    numbered = [name for name in KEYED if {"pk", "number"} & set(parts_of(name))]

    statuses = {
        name: client.post(address_of(name, keys | {"number": number})).status_code
        for name in numbered
    }

    found = {name: status for name, status in statuses.items() if status not in (403, 404, 405)}
    assert found == {}


@pytest.mark.parametrize("odd", ["a\x00b", "9" * 400, "-1"])
def test_odd_value_in_any_field_is_never_a_broken_page(client, root, odd):
    rows = make_course_of(root, "own")
    keys = keys_of(rows) | {"comment": rows["own"].pk}
    client.force_login(root)

    for name, (_model, clean) in FORMS.items():
        form = clean() | {"parent": "", "prompt": "", "record": "", "revision": "", "version": ""}
        for field in form:
            with undone():
                answer = client.post(address_of(name, keys), form | {field: odd})
                assert answer.status_code < 500, (name, field)


@pytest.mark.parametrize("odd", ["a\x00b", "9" * 400, "[]", "-1", "1e9"])
def test_odd_value_in_an_address_is_never_a_broken_page(client, root, odd):
    rows = make_course_of(root, "own")
    here, post = rows["course"].slug, rows["post"].slug
    client.force_login(root)
    asked = [
        (f"/c/{here}/posts/", {"page": odd, "prompt": odd}),
        (f"/c/{here}/posts/{post}/", {"undo": odd}),
        (f"/c/{here}/posts/{post}/references/{odd}/".replace("\x00", "%00"), {}),
        (f"/c/{here}/people/student-own/", {"month": odd, "page": odd}),
        (f"/c/{here}/posts/new/", {"prompt": odd}),
        ("/join/", {"code": odd}),
        (f"/join/{odd}/".replace("\x00", "%00"), {}),
        ("/accounts/login/", {"next": odd}),
    ]

    statuses = {path: client.get(path, query).status_code for path, query in asked}

    assert {path: status for path, status in statuses.items() if status >= 500} == {}
