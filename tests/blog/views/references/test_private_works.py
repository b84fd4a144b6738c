"""Works that nobody has published: nobody else meets them, whatever they add themselves."""

import json
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from blog.actions.post_states import delete_post, withdraw_post
from blog.actions.posts import publish_post
from blog.actions.prompts import save_prompt
from blog.actions.references import add_reference
from blog.actions.works import add_work
from blog.models import Audience, Membership, Work, WorkMerge
from tests import factories
from tests.blog.views.references.test_reference import filled
from tests.blog.views.references.test_reference_lookup import add_found, look_up

DOI = "10.5555/private.1"
SECRET = "zqsecretqz my private note"
PLAIN = {
    "type": "book",
    "title": "A plain title of the book",
    "author": [{"family": "Plain", "given": "Ada"}],
    "issued": {"date-parts": [[2020]]},
    "DOI": DOI,
}
PRIVATE = PLAIN | {"title": SECRET, "author": [{"family": "Zqhiddenqz"}]}

WAYS = {
    "json": json.dumps([PLAIN | {"id": "q"}]),
    "bibtex": (
        "@book{q, author = {Plain, Ada}, title = {A plain title of the book}, year = 2020,"
        f" doi = {{{DOI}}}}}"
    ),
    "ris": (
        "TY  - BOOK\nAU  - Plain, Ada\nTI  - A plain title of the book\nPY  - 2020\n"
        f"DO  - {DOI}\nER  - \n"
    ),
}


def sign_in(client, user):
    client.force_login(user)
    return client


def page(name, post, *args):
    return reverse(name, args=[post.course.slug, post.slug, *args])


def publish(post, key, audience=Audience.COURSE):
    return publish_post(
        post, by=post.author, title=post.title, text=f"So it is [@{key}].", audience=audience
    )


@pytest.fixture
def pod(course, ada, bob):
    return factories.make_pod(course, "Herons", ada)


NEVER_SHARED = ["draft", "only me", "instructors", "pod", "never cited"]
SHARED_ONCE = ["withdrawn", "deleted", "only me later", "instructors later", "pod later"]
AUDIENCES = {
    "only me": Audience.ONLY_ME,
    "instructors": Audience.INSTRUCTORS,
    "pod": Audience.POD,
}


def require_later(course, instructor, csl):
    """Return a work that a prompt requires which is not open yet."""
    prompt = factories.make_prompt(course, opens_at=timezone.now() + timedelta(days=1))
    save_prompt(prompt, by=instructor, works=[], pasted=[csl])
    return prompt.required_works.get()


@pytest.fixture(params=[*NEVER_SHARED, *SHARED_ONCE, "another course", "prompt not open yet"])
def private(request, ada, instructor, course, pod):
    """Return a work that the course does not have, for each possible reason; all but one, Ada's."""
    if request.param == "prompt not open yet":
        return require_later(course, instructor, PRIVATE)
    if request.param == "another course":
        course = factories.make_course("other")
        factories.add_member(course, ada)
    post = factories.make_draft_post(ada, course, title="Hers")
    reference = add_reference(post, add_work(course, PRIVATE, by=ada), by=ada, key="z")
    if request.param in [*SHARED_ONCE, "another course"]:
        publish(post, "z")
    audience = AUDIENCES.get(request.param.removesuffix(" later"))
    if audience is not None:
        publish(post, "z", audience)
    elif request.param == "withdrawn":
        withdraw_post(post, by=ada)
    elif request.param == "deleted":
        delete_post(post, by=ada)
    elif request.param == "never cited":
        publish_post(post, by=ada, title="T", text="Words.", audience=Audience.COURSE)
    return reference.work


@pytest.fixture
def draft(bob, course):
    return factories.make_draft_post(bob, course, title="His")


def seen_by(client, post, *answers):
    """Return the text of these answers, of the pages of a post, and of the lists of the course."""
    reference = post.references.first()
    addresses = [
        page("post_edit", post),
        page("reference_add", post),
        *([page("reference_edit", post, reference.key)] if reference else []),
        reverse("bibliography", args=[post.course.slug]) + "?q=note",
        reverse("bibliography_export", args=[post.course.slug, "json"]),
    ]
    pages = [client.get(address) for address in addresses]
    return "".join(answer.content.decode() for answer in [*answers, *pages])


def assert_own(draft, bob, seen):
    work = draft.references.get().work
    assert work.added_by == bob
    assert work.csl["title"] == PLAIN["title"]
    assert "zqsecretqz" not in seen
    assert "zqhiddenqz" not in seen.lower()


@pytest.mark.sampled
@pytest.mark.parametrize("way", WAYS)
def test_a_file_with_the_same_doi_makes_ones_own_record(client, private, draft, bob, way):
    answer, _choices = look_up(sign_in(client, bob), draft, WAYS[way])
    added = add_found(client, draft, answer.context["found"][0])

    assert_own(draft, bob, seen_by(client, draft, answer, added))


def test_a_form_with_the_same_doi_makes_ones_own_record(client, private, draft, bob):
    form = filled(type="book", title=PLAIN["title"], doi=DOI, authors="Plain, Ada", issued="2020")

    answer = sign_in(client, bob).post(page("reference_add", draft), form, follow=True)

    assert_own(draft, bob, seen_by(client, draft, answer))


def test_a_pasted_text_with_the_same_doi_makes_ones_own_record(client, private, draft, bob):
    line = f"Plain, A. (2020). A plain title of the book. https://doi.org/{DOI}"
    form = {
        "pasted": f"So it is (Plain, 2020).\n\nReferences\n\n{line}",
        "place": "end",
        "key": str(uuid.uuid4()),
    }
    sign_in(client, bob)

    changes = client.post(page("post_paste_changes", draft), form)
    applied = client.post(page("post_paste_apply", draft), form)

    assert (changes.status_code, applied.status_code) == (200, 200)
    assert draft.references.get().work.added_by == bob
    assert_own(draft, bob, seen_by(client, draft, changes, applied))


def test_a_look_up_of_the_same_doi_makes_ones_own_record(client, crossref, private, draft, bob):
    crossref.lay_work(PLAIN | {"title": [PLAIN["title"]], "type": "book"})

    answer, _choices = look_up(sign_in(client, bob), draft, DOI)
    added = add_found(client, draft, answer.context["found"][0])

    assert_own(draft, bob, seen_by(client, draft, answer, added))


def test_whoever_added_a_record_can_correct_it_though_others_have_the_doi(
    client, private, draft, bob
):
    reference = add_reference(draft, add_work(draft.course, PLAIN, by=bob), by=bob)
    address = page("reference_edit", draft, reference.key)
    form = sign_in(client, bob).get(address).context["form"]
    data = {bound.name: bound.value() or "" for bound in form}

    client.post(address, data | {"citation_key": reference.key, "title": "Corrected"})

    assert draft.references.get().work.csl["title"] == "Corrected"
    private.refresh_from_db()
    assert private.csl["title"] == SECRET


def test_a_record_without_a_doi_is_not_met_either(course, ada, bob, draft):
    record = {name: value for name, value in PLAIN.items() if name != "DOI"}
    hers = add_work(course, record | {"note": SECRET}, by=ada)

    his = add_work(course, record, by=bob)

    assert his != hers
    assert "note" not in his.csl


# Publishing


@pytest.fixture
def hers(ada, course):
    post = factories.make_draft_post(ada, course, title="Hers")
    add_reference(post, add_work(course, PLAIN | {"volume": "1"}, by=ada), by=ada, key="hers")
    return post


@pytest.fixture
def his(bob, course, draft):
    add_reference(draft, add_work(course, PLAIN, by=bob), by=bob, key="his")
    return draft


def test_the_first_published_citation_shares_a_work_for_good(hers, bob, course):
    publish(hers, "hers")

    work = Work.objects.get()
    assert work.is_shared
    assert add_work(course, PLAIN, by=bob) == work
    publish(hers, "hers", Audience.ONLY_ME)
    assert Work.objects.get().shared_at == work.shared_at


def test_a_shared_work_is_met_again_once_its_post_is_back(hers, bob, course):
    publish(hers, "hers")
    withdraw_post(hers, by=hers.author)
    own = add_work(course, PLAIN, by=bob)
    assert own.added_by == bob

    publish(hers, "hers")

    assert add_work(course, PLAIN, by=bob) == hers.references.get().work


def test_widening_a_post_shares_its_works(hers, pod):
    publish(hers, "hers", Audience.POD)
    assert not Work.objects.get().is_shared

    publish(hers, "hers", Audience.COURSE)

    assert Work.objects.get().is_shared


def test_a_second_persons_record_is_merged_and_their_revision_keeps_its_copy(hers, his, bob):
    publish(hers, "hers")
    shared = hers.references.get().work
    own = his.references.get().work

    revision = publish(his, "his")

    assert his.references.get().work == shared
    assert [(entry["key"], entry["work"], entry["csl"]) for entry in revision.references] == [
        ("his", shared.pk, PLAIN)
    ]
    assert WorkMerge.objects.get().duplicate == own
    assert add_work(his.course, PLAIN, by=bob) == shared
    assert list(Work.objects.visible_to(bob)) == [shared]


def test_a_second_record_word_for_word_leaves_nothing_behind(ada, bob, course):
    posts = []
    for author in (ada, bob):
        post = factories.make_draft_post(author, course, title=str(author))
        add_reference(post, add_work(course, PLAIN, by=author), by=author, key="one")
        posts.append(post)

    for post in posts:
        publish(post, "one")

    assert Work.objects.count() == 1
    assert {post.references.get().work for post in posts} == {Work.objects.get()}


def test_a_post_that_has_both_keeps_both(hers, his, bob, course):
    publish(hers, "hers")
    shared = hers.references.get().work
    add_reference(his, shared, by=bob, key="shared")

    publish_post(his, by=bob, title="T", text="So [@his; @shared].", audience=Audience.COURSE)

    assert set(his.references.values_list("key", "cited")) == {("his", True), ("shared", True)}
    assert list(Work.objects.visible_to(bob)) == [shared]


def test_another_draft_of_the_same_person_keeps_its_record_until_it_is_published(hers, his, bob):
    other = factories.make_draft_post(bob, his.course, title="Another")
    add_reference(other, his.references.get().work, by=bob, key="again")
    publish(hers, "hers")
    publish(his, "his")
    assert other.references.get().work.csl == PLAIN
    assert not WorkMerge.objects.exists()  # it would show instructors what a draft says

    publish(other, "again")

    shared = hers.references.get().work
    assert other.references.get().work == his.references.get().work == shared
    assert WorkMerge.objects.get().references == [other.references.get().pk]


def test_a_work_of_a_pod_is_copied_by_whoever_adds_it(client, hers, bob, course, draft, pod):
    factories.make_pod(course, "Both", hers.author, bob)
    hers.author.__dict__.pop("memberships_now", None)
    publish(hers, "hers", Audience.POD)
    work = hers.references.get().work

    sign_in(client, bob).post(
        reverse("work_add", args=[course.slug]), {"post": draft.slug, "work": work.pk}
    )

    copied = draft.references.get().work
    assert (copied.added_by, copied.csl) == (bob, work.csl)
    assert copied != work


def test_required_reading_is_shared_and_never_somebodys_own(course, instructor, hers, prompt):
    work = hers.references.get().work

    save_prompt(prompt, by=instructor, works=[work], pasted=[PLAIN | {"DOI": "10.5555/2"}])

    required = list(prompt.required_works.order_by("pk"))
    assert [one.is_shared for one in required] == [True, True]
    assert [one.added_by for one in required] == [instructor, instructor]
    work.refresh_from_db()
    assert not work.is_shared


def test_required_reading_of_a_later_prompt_is_met_by_the_team_and_then_by_all(
    course, instructor, assistant, bob, draft
):
    work = require_later(course, instructor, PRIVATE)

    own = add_work(course, PRIVATE | {"title": PLAIN["title"]}, by=bob)

    assert (own.added_by, add_work(course, PRIVATE, by=assistant)) == (bob, work)
    own.delete()
    prompt = work.required_by.get()
    prompt.opens_at = timezone.now()
    prompt.save()
    assert add_work(course, PRIVATE, by=bob) == work


def test_another_instructor_saves_a_later_prompt_with_the_same_reading(course, instructor):
    work = require_later(course, instructor, PRIVATE)
    second = factories.make_user("Ole")
    factories.add_member(course, second, Membership.Role.INSTRUCTOR)

    save_prompt(work.required_by.get(), by=second, works=[work], pasted=[PRIVATE])

    assert list(Work.objects.filter(required_by__isnull=False)) == [work]
