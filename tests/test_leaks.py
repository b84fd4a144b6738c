"""Canaries: a word in everything that is not for everybody, and who comes to see which of them.

Each reader opens every page there is: all addresses of the URL configuration with every key that
exists, and whatever the pages they get lead to. What they saw must be what they may see, word for
word, and the database must stand afterwards as it stood before: reading writes nothing.
"""

import re
from collections import defaultdict
from datetime import timedelta
from html import unescape
from itertools import product

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from blog.models import (
    Audience,
    Comment,
    Draft,
    DraftSnapshot,
    FeedAddress,
    OutboxMessage,
    Picture,
    Post,
    ToldAudience,
)
from tests import factories
from tests.leaks_of_guests import GUEST_CANARIES, guest_keys, let_guests_comment
from tests.notified import plant_notifications
from tests.own_feeds import own_feeds
from tests.test_access import named_addresses, snapshot

HREF = re.compile(r'href="(/(?!static/)[^"#]*)')
POST_ONLY: set[str] = set()  # the names that take only POST, found once for all readers
MOST = 2500

WRITER, POD = ["ada"], ["ada", "bob"]
TEAM = ["assistant", "instructor"]
MEMBERS = ["ada", "bob", "cyn", "observer", *TEAM]

# Every canary, and who may come across it. Site staff (root) learn from the admin site that a post
# exists and what it is called, unless it is for its writer alone; they read nobody's words.
CANARIES = GUEST_CANARIES | {
    "drafttitle": WRITER,
    "drafttext": WRITER,
    "draftwork": WRITER,
    "pendingtitle": WRITER,
    "pendingtext": WRITER,
    "othertext": WRITER,
    "unsenttalk": ["bob"],
    "onlymetitle": WRITER,
    "onlymetext": WRITER,
    "onlymework": WRITER,
    "onlymetalk": WRITER,
    "deletedtitle": WRITER,
    "deletedtext": [],
    "deletedwork": [],
    "withdrawntitle": [*WRITER, *TEAM, "root"],
    "withdrawntext": [*WRITER, *TEAM],
    "withdrawnwork": [*WRITER, "instructor", "root"],
    "narrowedwork": WRITER,
    "teamtitle": [*WRITER, *TEAM, "root"],
    "teamtext": [*WRITER, *TEAM],
    "narrowedteamwork": [*WRITER, *TEAM, "root"],
    "podtitle": [*POD, *TEAM, "root"],
    "podtext": [*POD, *TEAM],
    "podwork": [*POD, *TEAM, "root"],
    "narrowedpodwork": [*POD, *TEAM, "root"],
    "coursetitle": [*MEMBERS, "root"],
    "coursetext": MEMBERS,
    "coursework": [*MEMBERS, "root"],
    "formertext": [*POD, *TEAM],  # Bob: what the version that uses his comment changed
    "formersecret": WRITER,
    "snapshottext": WRITER,
    "openprocess": MEMBERS,
    "openmoment": MEMBERS,
    "teamprocess": [*WRITER, *TEAM],
    "teammoment": [*WRITER, *TEAM],
    "publicprocess": MEMBERS,
    "withdrawnprocess": [*WRITER, *TEAM],
    "onlymeprocess": WRITER,
    "deletedprocess": [],
    "teamhelp": [*WRITER, *TEAM],
    "podhelp": [*POD, *TEAM],
    "signedintext": [*MEMBERS, "removed", "eve", "root"],
    "retreatedtext": MEMBERS,
    "publictext": [*MEMBERS, "removed", "eve", "root", "visitor"],
    "publictalk": [*MEMBERS, "removed", "eve", "root", "visitor"],
    "draftpicture": WRITER,
    "pendingpicture": WRITER,
    "onlymepicture": WRITER,
    "secretpicture": WRITER,
    "formerpicture": [*WRITER, *TEAM],
    "teampicture": [*WRITER, *TEAM],
    "podpicture": [*POD, *TEAM],
    "coursepicture": MEMBERS,
    "retreatedpicture": MEMBERS,
    "publicpicture": [*MEMBERS, "removed", "eve", "root", "visitor"],
    "deletedpicture": [],
    "opentalk": MEMBERS,
    "teamtalk": ["cyn", "ada", *TEAM],
    "hiddentalk": ["cyn", "ada", *TEAM],
    "waitingtalk": ["cyn", "ada", *TEAM],
    "deletedtalk": ["bob"],
    "openpassage": MEMBERS,
    "teampassage": ["cyn", "ada", *TEAM],
    "secretpassage": ["cyn", "ada", *TEAM],
    "deletedpassage": [],
    "draftpassage": ["bob"],
    "feedbackwaiting": TEAM,
    "feedbackother": TEAM,
    "feedbackreleased": ["ada", *TEAM],
    "promptfuture": [*TEAM, "root"],
    "mailada": ["ada", "root"],
    "mailcyn": ["cyn", "root"],
    "nameada": [*MEMBERS, "root"],
    "namebob": [*MEMBERS, "root"],
    "namecyn": ["cyn", *TEAM, "root"],
    "namegone": [*MEMBERS, "removed", "root"],
    "coursename": [*MEMBERS, "removed", "root"],
    "elsewherename": ["eve", "root"],
    "elsewheretext": ["eve"],
    "elsewherework": ["eve", "root"],
    "announced": MEMBERS,
    "toannounce": ["instructor"],
    "notannounced": [],
    "letter": [],
    "secretfeed": WRITER,
    "secretposts": WRITER,
}
ROLES = ["visitor", "eve", "removed", "observer", "bob", "cyn", "ada", *TEAM, "root"]


def mark(name):
    """The word of a canary; only these letters, so that no rendering changes it."""
    assert name in CANARIES
    return f"zq{name}qz"


@pytest.fixture
def people(db):
    """Everybody, each with a name and an address that are canaries where it matters."""
    names = {
        "ada": mark("nameada"),
        "bob": mark("namebob"),
        "cyn": mark("namecyn"),
        "removed": mark("namegone"),
    }
    mails = {"ada": mark("mailada"), "cyn": mark("mailcyn")}
    people = {
        role: factories.make_user(
            names.get(role, role.title()),
            email=f"{mails.get(role, role)}@example.edu",
            public_name=f"Pen {role}",
            username=f"reader-{role}",
        )
        for role in ROLES
        if role != "visitor"
    }
    people["root"].is_staff = people["root"].is_superuser = True
    people["root"].save()
    return people


@pytest.fixture
def course(people):
    course = factories.make_course(
        "networks", instructor=people["instructor"], title=mark("coursename")
    )
    factories.add_member(course, people["assistant"], factories.Role.ASSISTANT)
    factories.add_member(course, people["observer"], factories.Role.OBSERVER)
    for student in ("ada", "bob"):
        factories.add_member(course, people[student])
    factories.add_member(course, people["cyn"], is_confidential=True)
    factories.add_member(course, people["removed"], ended_at=timezone.now())
    elsewhere = factories.make_course(
        "elsewhere", instructor=people["eve"], title=mark("elsewherename")
    )
    far_away = factories.make_post(people["eve"], elsewhere, "Far away", mark("elsewheretext"))
    add_reference(far_away, "elsewherework", is_shared=True)
    return course


@pytest.fixture
def world(people, course):
    """Plant every canary. All posts are Ada's; Bob shares her pod, Cyn does not."""
    ada, bob, cyn = people["ada"], people["bob"], people["cyn"]
    pod = factories.make_pod(course, "Pod 1", ada, bob)
    factories.make_pod(course, "Pod 2", cyn)
    prompt = factories.make_prompt(course, rubric=factories.make_rubric(course))
    factories.make_prompt(
        course,
        title=mark("promptfuture"),
        opens_at=timezone.now() + timedelta(days=1),
    )

    def write(name, **fields):
        return factories.make_post(ada, course, mark(f"{name}title"), mark(f"{name}text"), **fields)

    draft = factories.make_draft_post(ada, course, mark("drafttitle"), mark("drafttext"))
    add_reference(draft, "draftwork")
    private = write("onlyme", audience=Audience.ONLY_ME)
    add_reference(private, "onlymework")
    factories.make_comment(bob, private, mark("onlymetalk"))
    deleted = write("deleted", deleted_at=timezone.now())
    withdrawn = write("withdrawn", slug="withdrawn")
    Post.objects.filter(pk=withdrawn.pk).update(status=Post.Status.WITHDRAWN)
    team = write("team", audience=Audience.INSTRUCTORS)
    of_pod = write("pod", audience=Audience.POD, pod=pod)
    post = write("course", prompt=prompt)
    add_history(post)
    for text in (
        Draft(user=ada, post=post, title=mark("pendingtitle"), text=mark("pendingtext")),
        Draft(user=ada, post=post, text=mark("othertext"), is_conflict_copy=True),
        Draft(
            user=bob,
            post=post,
            text=mark("unsenttalk"),
            kind=Draft.Kind.COMMENT,
            passage={"revision": 3, "quotation": mark("draftpassage")},
        ),
    ):
        text.save()
    public, _, past_public_until = [
        factories.make_post(ada, course, "Open 1", mark("publictext"), audience=Audience.PUBLIC),
        factories.make_post(
            ada, course, "Open 2", mark("signedintext"), audience=Audience.SIGNED_IN
        ),
        factories.make_post(
            ada,
            course,
            "Open 3",
            mark("retreatedtext"),
            audience=Audience.PUBLIC,
            public_until=timezone.now() - timedelta(minutes=1),
        ),
    ]
    for name, place in {
        "draftpicture": draft,
        "onlymepicture": private,
        "deletedpicture": deleted,
        "teampicture": team,
        "podpicture": of_pod,
        "coursepicture": post,
        "publicpicture": public,
        "retreatedpicture": past_public_until,
    }.items():
        factories.make_picture(place, mark(name))
    factories.make_picture(public, mark("pendingpicture"), shown=False)
    plant_works(deleted, withdrawn, private, team, of_pod, post)
    factories.make_post(cyn, course, "Cyn's post", prompt=prompt)
    talk(bob, cyn, post, public)
    let_guests_comment(public, people["instructor"], mark)
    for place, name in {
        public: "publicprocess",
        withdrawn: "withdrawnprocess",
        private: "onlymeprocess",
        deleted: "deletedprocess",
    }.items():
        factories.make_process_note(place, mark(name))
    tell_how(post, of_pod)
    give_feedback(people, post)
    plant_notifications(people, course, mark)
    FeedAddress.objects.create(user=ada, token=mark("secretfeed"), posts_token=mark("secretposts"))
    OutboxMessage.objects.create(
        key="k", recipient=ada, template="feedback_released", context={"prompt": mark("letter")}
    )
    return course


def add_reference(post, name, *, is_shared=False):
    work = factories.make_work(
        post.course,
        {"type": "book", "title": mark(name), "DOI": f"10.5555/{name}"},
        label=mark(name),
        html=mark(name),
        added_by=post.author,
        shared_at=timezone.now() if is_shared else None,
    )
    return factories.make_reference(post, work, key=name, cited=not post.is_draft)


def plant_works(deleted, withdrawn, private, team, of_pod, post):
    """Plant works that only these posts cite; all were the course's, but for one of a pod."""
    add_reference(deleted, "deletedwork", is_shared=True)
    add_reference(withdrawn, "withdrawnwork", is_shared=True)
    add_reference(private, "narrowedwork", is_shared=True)
    add_reference(team, "narrowedteamwork", is_shared=True)
    add_reference(of_pod, "podwork")
    add_reference(of_pod, "narrowedpodwork", is_shared=True)
    add_reference(post, "coursework", is_shared=True)


def add_history(post):
    """Put two earlier texts behind the published one, the first of them for the writer alone."""
    post.revision.number = 3
    post.revision.save()
    secret = factories.make_revision(
        post, number=1, text=mark("formersecret"), audience=Audience.ONLY_ME
    )
    former = factories.make_revision(post, number=2, text=mark("formertext"))
    for revision, name in ((secret, "secretpicture"), (former, "formerpicture")):
        picture = factories.make_picture(post, mark(name), shown=False)
        factories.show_picture(revision, picture)


def tell_how(post, of_pod):
    """Tell readers how one post came about, and the teaching team how the other did."""
    DraftSnapshot.objects.create(user=post.author, post=post, text=mark("snapshottext"))
    factories.make_process_note(post, mark("openprocess"), moments=[mark("openmoment")])
    factories.make_help_statement(post, mark("teamhelp"))
    factories.make_process_note(
        of_pod, mark("teamprocess"), moments=[mark("teammoment")], audience=ToldAudience.TEAM
    )
    factories.make_help_statement(of_pod, mark("podhelp"), audience=ToldAudience.READERS)


def talk(bob, cyn, post, public):
    used = factories.make_comment(bob, post, mark("opentalk"))
    factories.make_comment_use(used, post.revision)
    neutral = factories.make_comment(cyn, post, "Under a neutral name.")
    private = factories.make_comment(cyn, post, mark("teamtalk"), audience=Comment.Audience.TEAM)
    quote_former_versions(post, bob, neutral, private)
    factories.make_comment(cyn, post, mark("hiddentalk"), state=Comment.State.HIDDEN, tied=False)
    factories.make_comment(cyn, post, mark("waitingtalk"), state=Comment.State.WAITING, tied=False)
    factories.make_comment(bob, post, mark("deletedtalk"), deleted_at=timezone.now(), tied=False)
    factories.make_comment(bob, public, mark("publictalk"), audience=Comment.Audience.EVERYONE)


def quote_former_versions(post, bob, neutral, private):
    """Put comments on passages of the earlier texts, the first of them for the writer alone."""
    secret, former = (post.revisions.get(number=number) for number in (1, 2))
    on_former = factories.make_comment(bob, post, "On words of before.")
    deleted = factories.make_comment(bob, post, "Deleted.", deleted_at=timezone.now(), tied=False)
    factories.make_passage(on_former, mark("openpassage"), former)
    factories.make_passage(private, mark("teampassage"), former)
    factories.make_passage(neutral, mark("secretpassage"), secret)
    factories.make_passage(deleted, mark("deletedpassage"), former)


def give_feedback(people, post):
    factories.make_grading(
        post, people["instructor"], mark("feedbackreleased"), level=2, released_at=timezone.now()
    )
    factories.make_grading(
        post, people["assistant"], mark("feedbackother"), level=1, of_record=False
    )
    bobs = factories.make_post(people["bob"], post.course, "Bob's answer", prompt=post.prompt)
    factories.make_grading(bobs, people["instructor"], mark("feedbackwaiting"), level=3)


# The model of an address whose name does not begin with it.
MODELS = {"editor": "work", "conflict": "draft", "guest": "comment"}


def every_address(course):
    """Return each address of ours with every key that exists in the course, and its name."""
    keys = {
        "course": [course.slug],
        "slug": list(Post.objects.values_list("slug", flat=True)),
        "number": [1, 2],
        "username": [m.user.username for m in course.memberships.select_related("user")],
        "key": ["draftwork", "onlymework"],
        "code": ["K7QM-2PXR-9TBWA"],
        "ending": ["bib"],
        "source": [
            *(f"snapshot-{pk}" for pk in DraftSnapshot.objects.values_list("pk", flat=True)),
            "version-1",
        ],
        "token": list(Picture.objects.values_list("token", flat=True)),
        "size": ["large", "small"],
    }
    addresses = {reverse("course_home", args=["elsewhere"]): "course_home"}
    for name in named_addresses():
        wanted = get_resolver().reverse_dict[name][0][0][1]
        prefix = name.split("_")[0]
        named = keys | guest_keys(name)
        choices = [named.get(key) or pks_of(MODELS.get(prefix, prefix)) for key in wanted]
        if name.startswith("post_public"):  # its slug is for people: one wrong one is enough
            choices[wanted.index("slug")] = ["wrong"]
            own = Post.objects.values_list("pk", "slug")
            addresses |= {reverse(name, args=place): name for place in own}
        for values in product(*choices):
            addresses[reverse(name, kwargs=dict(zip(wanted, values, strict=True)))] = name
    return addresses


def worth_opening(addresses, member):
    """Return the addresses that show something, and one of each name that takes only POST.

    To whoever is not in the course, such an address says no more than any other; so a member is
    asked which they are.
    """
    one_of_each = {name: url for url, name in addresses.items()}
    if not POST_ONLY:
        client = Client()
        client.force_login(member)
        answers = {name: client.get(url).status_code for name, url in one_of_each.items()}
        POST_ONLY.update(name for name, status in answers.items() if status == 405)
    return {
        url: name
        for url, name in addresses.items()
        if name not in POST_ONLY or url == one_of_each[name]
    }


def pks_of(model):
    return list(apps.get_model("blog", model)._base_manager.values_list("pk", flat=True))


def links_in(answer):
    """Return where a page leads within this site.

    The admin site's lists come in many orders, and the login leads on to many places: of those
    only the plain address.
    """
    found = [unescape(url) for url in HREF.findall(answer.content.decode())]
    found += [answer["Location"]] if "Location" in answer else []
    endless = ("/admin/", "/accounts/")
    return [url.split("?")[0] if url.startswith(endless) else url for url in found]


def crawl(client, addresses):
    """Open every address and all that they lead to; return the pages seen, by address."""
    waiting, pages = list(addresses), {}
    while waiting and len(pages) < MOST:
        url = waiting.pop()
        if url in pages:
            continue
        answer = client.get(url)
        assert answer.status_code < 500, url
        pages[url] = f"{answer.headers}{answer.content.decode()}"
        waiting += links_in(answer)
    assert not waiting, "there are more pages than this test opens"
    return pages


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES)
def test_reader_sees_what_is_for_them_and_reading_writes_nothing(role, world, people):
    cache.clear()
    client = Client()
    if role != "visitor":
        client.force_login(people[role])
    addresses = worth_opening(every_address(world), people["observer"])
    addresses |= {"/admin/": "admin"} if role == "root" else {}
    addresses |= own_feeds(people.get(role), world)
    before = snapshot()

    pages = crawl(client, addresses)

    seen = defaultdict(list)
    for (url, page), name in product(pages.items(), CANARIES):
        if mark(name) in page and mark(name) not in url:
            seen[name].append(url)
    allowed = {name for name, roles in CANARIES.items() if role in roles}
    assert {name: urls[:3] for name, urls in seen.items() if name not in allowed} == {}
    assert allowed - set(seen) == set()
    assert snapshot() == before


# What is not a word and tells all the same: counts, suggestions, lists to choose from


@pytest.fixture
def talkers(course, people):
    """Ada and Bob answer Cyn; who hears of Bob's answer is for the test to say."""
    post = factories.make_post(people["cyn"], course)
    factories.make_comment(people["ada"], post)

    def bob_answers(audience):
        factories.make_comment(people["bob"], post, audience=audience)

    return bob_answers


@pytest.mark.parametrize(
    ("audience", "suggested"), [(Comment.Audience.READERS, ["bob"]), (Comment.Audience.TEAM, [])]
)
def test_private_comment_is_no_reason_to_meet(client, people, course, talkers, audience, suggested):
    talkers(audience)
    client.force_login(people["ada"])

    build = client.get(reverse("ego_network", args=[course.slug])).context["build"]

    assert [meeting.person for meeting in build] == [people[name] for name in suggested]


@pytest.mark.parametrize(("audience", "count"), [(Audience.INSTRUCTORS, 1), (Audience.ONLY_ME, 0)])
def test_post_for_nobody_is_not_counted(client, people, course, audience, count):
    prompt = factories.make_prompt(course)
    factories.make_post(people["ada"], course, prompt=prompt, audience=audience)
    client.force_login(people["instructor"])

    home = client.get(reverse("course_home", args=[course.slug]))
    desk = client.get(reverse("grading_overview", args=[course.slug]))

    assert home.context["to_grade"] == count
    assert [prompt.post_count for prompt in desk.context["prompts"]] == [count]


def test_required_reading_is_chosen_among_works_that_are_known(client, people, course):
    known = factories.make_post(people["ada"], course)
    factories.make_reference(known, factories.make_work(course), cited=True)
    add_reference(factories.make_draft_post(people["ada"], course), "draftwork")
    client.force_login(people["instructor"])

    form = client.get(reverse("prompt_new", args=[course.slug])).context["form"]

    assert [str(work) for work in form.fields["required_works"].queryset] == ["Granovetter, 1973"]


def test_deleted_words_are_not_quoted_to_say_whom_they_answer(client, people, course):
    post = factories.make_post(people["ada"], course)
    comment = factories.make_comment(people["bob"], post, deleted_at=timezone.now(), tied=False)
    client.force_login(people["instructor"])

    answer = client.get(reverse("comment_addressee", args=[course.slug, comment.pk]))

    assert answer.status_code == 404
