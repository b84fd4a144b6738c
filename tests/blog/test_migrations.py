"""Data migrations as a site runs them: on the tables and models of that day, on both databases."""

import hashlib
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.db import connections, transaction

from tests.blog.earlier_databases import EarlierDatabases, loader_of_steps, migrate_in_steps

# What a migration did to data changes no more once it is there.
pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.long]

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


class EarlierSite:
    """A site at an earlier migration, with a course and three people."""

    def __init__(self, migration, databases):
        connections["default"] = databases.copy_at(migration)
        self.read(migration)
        self.course = self.make(
            "Course", slug="nets", title="Nets", starts_on=NOW.date(), ends_on=LATER.date()
        )
        self.ines, self.ada, self.bob = (
            self.make("User", username=name, email=f"{name}@example.edu")
            for name in ("ines", "ada", "bob")
        )

    def migrate(self, migration):
        migrate_in_steps(migration)
        self.read(migration)

    def read(self, migration):
        """Use the models as they are at a migration."""
        self.apps = loader_of_steps().project_state([("blog", migration)]).apps

    def make(self, model, **fields):
        return self.apps.get_model("blog", model).objects.create(**fields)

    def rows(self, model, *fields):
        return list(self.apps.get_model("blog", model).objects.order_by("pk").values_list(*fields))

    def make_prompt(self, **fields):
        dates = {"opens_at": NOW, "due_at": LATER, "comments_due_at": LATER}
        return self.make("Prompt", course=self.course, title="P", question="Q", **dates, **fields)

    def make_grading(self, prompt, student, **fields):
        fields = {"grader": self.ines, "of_record": True} | fields
        return self.make("Grading", prompt=prompt, student=student, **fields)

    def make_draft(self, author, slug, key, work):
        post = self.make("Post", course=self.course, author=author, slug=slug)
        self.make("Reference", post=post, work=work, key=key)

    def make_post(self, author, slug, references=(), at=NOW, **fields):
        """Make a published post whose text cites works, by key."""
        post = self.make("Post", course=self.course, author=author, slug=slug, **fields)
        entries = [{"key": key, "work": work.pk, "csl": work.csl} for key, work in references]
        post.revision = self.make(
            "Revision",
            post=post,
            number=1,
            title=slug,
            html="",
            excerpt="",
            paragraphs=[],
            words=0,
            renderer=1,
            created_by=author,
            references=entries,
        )
        post.status, post.published_at = "published", at
        post.save()
        for key, work in references:
            self.make("Reference", post=post, work=work, key=key, cited=True)
        return post

    def make_work(self, title, added_by):
        csl = {"type": "book", "title": title}
        return self.make(
            "Work", course=self.course, csl=csl, label=title, added_by=added_by, shared_at=NOW
        )


@pytest.fixture(scope="module")
def _databases(django_db_setup, django_db_blocker):
    databases = EarlierDatabases()
    yield databases
    with django_db_blocker.unblock():
        databases.drop()


@pytest.fixture
def earlier(db, _databases):
    """Return a function that makes a site at a migration, in a database of its own."""
    usual = connections["default"]
    yield lambda migration: EarlierSite(migration, _databases)
    if connections["default"] is not usual:
        connections["default"].close()
        connections["default"] = usual


def test_edited_and_chosen_grades(earlier):
    site = earlier("0002_grades_keep_an_earlier_rubric")
    prompts = [site.make_prompt(number=number) for number in (1, 2)]
    edited = site.make_grading(prompts[0], site.ada, released_at=NOW, updated_at=LATER)
    site.make_grading(prompts[0], site.bob, released_at=LATER, updated_at=LATER)
    chosen = site.make_grading(prompts[1], site.ada, updated_at=LATER)
    former = site.make_grading(prompts[1], site.ada, grader=site.bob, of_record=False)
    for grading in (former, chosen):
        site.make("AuditEvent", action="grade_chosen", target=f"grading:{grading.pk}")
    site.make("AuditEvent", action="feedback_given", target=f"grading:{edited.pk}")

    site.migrate("0003_edited_and_chosen_grades")

    assert site.rows("Grading", "edited_at", "is_chosen") == [
        (LATER, False),
        (None, False),
        (None, True),
        (None, False),
    ]


def test_works_are_shared_since_the_course_could_first_read_a_post_that_cites_them(earlier):
    site = earlier("0003_edited_and_chosen_grades")
    cited, again, required, of_post = (site.make_work(name, site.ada) for name in "CARP")
    site.make_prompt(number=1).required_works.add(required)
    day = timedelta(days=1)
    site.make_post(site.bob, "late", [("c", cited)], audience=30)
    site.make_post(site.ada, "early", [("c", cited), ("a", again)], audience=30, at=NOW - 9 * day)
    withdrawn = site.make_post(site.ada, "first", [("c", cited)], audience=40, at=NOW - 10 * day)
    withdrawn.status = "withdrawn"
    withdrawn.save()
    of_post.post = withdrawn
    of_post.save()

    site.migrate("0004_works_are_shared_when_published")

    assert site.rows("Work", "label", "added_by", "shared_at") == [
        ("C", site.ada.pk, NOW - 10 * day),
        ("A", site.ada.pk, NOW - 9 * day),
        ("R", site.ada.pk, NOW),
        ("P", site.ada.pk, NOW),
    ]


@pytest.mark.parametrize("audience", [0, 20])
def test_works_that_nobody_published_become_one_of_each_of_their_users(earlier, audience):
    site = earlier("0003_edited_and_chosen_grades")
    work, other, given_up, unused = (site.make_work(name, site.ada) for name in "WOGU")
    post = site.make_post(site.bob, "own", [("w", work), ("o", other)], audience=audience)
    for key, one in (("w", work), ("o", other)):
        site.make_draft(site.ada, f"hers-{key}", key, one)
    site.make_draft(site.bob, "his", "g", given_up)

    site.migrate("0004_works_are_shared_when_published")

    ada, bob = site.ada.pk, site.bob.pk
    works = site.rows("Work", "label", "added_by", "shared_at")
    assert works == [
        ("W", ada, None),
        ("O", ada, None),
        ("G", bob, None),
        ("U", ada, None),
        ("W", bob, None),
        ("O", bob, None),
    ]
    copies = [pk for (pk,) in site.rows("Work", "pk")][-2:]
    assert site.rows("Reference", "post__slug", "work") == [
        ("own", copies[0]),
        ("own", copies[1]),
        ("hers-w", work.pk),
        ("hers-o", other.pk),
        ("his", given_up.pk),
    ]
    entries = site.apps.get_model("blog", "Revision").objects.get(post=post.pk).references
    assert [(one["key"], one["work"]) for one in entries] == [("w", copies[0]), ("o", copies[1])]
    assert unused.csl == {"type": "book", "title": "U"}


def test_sharing_takes_as_many_queries_for_many_works(earlier, django_assert_num_queries):
    share = import_module("blog.migrations.0004_works_are_shared_when_published")
    site = earlier("0003_edited_and_chosen_grades")
    for count in (1, 3):
        site.apps.get_model("blog", "Reference").objects.all().delete()
        site.apps.get_model("blog", "Work").objects.all().delete()
        works = [(f"k{number}", site.make_work(f"W{number}", site.ada)) for number in range(count)]
        site.make_post(site.bob, f"pod-{count}", works, audience=20)
        for key, work in works:
            site.make_draft(site.ada, f"draft-{count}-{key}", key, work)

        with django_assert_num_queries(12), transaction.atomic():
            share.share_published_works(site.apps, None)

        assert len(site.rows("Work", "pk")) == 2 * count


def test_works_get_a_version(earlier):
    site = earlier("0004_works_are_shared_when_published")
    site.make_work("C", site.ada)

    site.migrate("0005_work_version")

    assert site.rows("Work", "version") == [(1,)]


@pytest.mark.parametrize("way_back", [False, True])
def test_rubrics_of_released_grades(earlier, way_back):
    site = earlier("0006_grades_keep_their_released_rubric")
    present, former = (site.make("Rubric", course=site.course, title=name) for name in "PF")
    criterion = site.make("Criterion", rubric=present, position=1, title="Voice")
    level = site.make("Level", criterion=criterion, position=1, title="Well", hundredths=100)
    prompts = [site.make_prompt(number=number, rubric=present) for number in (1, 2, 3)]
    without = site.make_prompt(number=4)
    complete = site.make_grading(prompts[0], site.ada, released_at=NOW)
    incomplete = site.make_grading(prompts[1], site.ada, released_at=NOW)
    unreleased = site.make_grading(prompts[2], site.ada)
    earlier_rubric = site.make_grading(
        prompts[0], site.bob, released_at=NOW, released_rubric=former
    )
    words = site.make_grading(without, site.ada, released_at=NOW, html="<p>Well.</p>")
    for grading in (complete, unreleased, earlier_rubric):
        site.make("Score", grading=grading, criterion=criterion, level=level)

    site.migrate("0007_rubrics_of_released_grades")
    if way_back:
        site.migrate("0006_grades_keep_their_released_rubric")

    assert dict(site.rows("Grading", "pk", "released_rubric")) == {
        complete.pk: None if way_back else present.pk,
        incomplete.pk: None,
        unreleased.pk: None,
        earlier_rubric.pk: former.pk,
        words.pk: None,
    }


def test_links_between_posts_are_found_in_the_texts_that_are_published(earlier):
    site = earlier("0027_posts_know_the_posts_they_link_to")
    cited = site.make_post(site.bob, "of-ties")
    texts = {
        "by-slug": '<p>See <a href="/c/nets/posts/of-ties/#p1">Bob</a>.</p>',
        "by-key": f'<p>See <a href="/p/{cited.pk}/of-ties/">Bob</a>.</p>',
        "elsewhere": '<p>See <a href="https://x.example/c/nets/posts/of-ties/">Bob</a>.</p>',
        "of-ties-itself": "<p>No link.</p>",
    }
    for slug, html in texts.items():
        post = site.make_post(site.ada, slug)
        post.revision.html = html
        post.revision.save()

    site.migrate("0028_find_links_of_published_posts")

    assert site.rows("PostLink", "post__slug", "linked__slug") == [
        ("by-slug", "of-ties"),
        ("by-key", "of-ties"),
    ]


@pytest.mark.parametrize("way_back", [False, True])
def test_who_wanted_a_digest_never_has_it_stopped(earlier, way_back):
    site = earlier("0047_digests_can_be_stopped")
    for person, rhythm in ((site.ada, "never"), (site.bob, "weekly")):
        site.make("MailChoices", user=person, rhythm=rhythm)

    site.migrate("0048_stopped_digests_have_a_rhythm")
    if way_back:
        site.migrate("0047_digests_can_be_stopped")

    assert site.rows("MailChoices", "has_digest", "rhythm") == [
        (False, "never" if way_back else "daily"),
        (True, "weekly"),
    ]


@pytest.mark.parametrize(
    ("decided", "state", "log"),
    [
        (
            {"state": "open", "state_before": "waiting"},
            "keep",
            [("keep", "ines", "", "closed", False, True)],
        ),
        (
            {"state": "hidden", "state_before": "waiting", "by": None},
            "hide",
            [("stop", None, "", "closed", False, True)],
        ),
        (
            {"state": "hidden", "state_before": "open", "reason": "No.", "objected_at": LATER},
            "waiting",
            [
                ("hide", "ines", "No.", "closed", False, False),
                ("object", None, "But.", "hide", True, False),
            ],
        ),
        (
            {"state": "hidden", "state_before": "waiting", "deleted_at": LATER},
            "closed",
            [
                ("hide", "ines", "", "closed", False, True),
                ("delete", None, "", "hide", True, False),
            ],
        ),
    ],
    ids=["published", "filtered", "objected", "withdrawn"],
)
def test_decided_comments_by_guests_have_a_case(earlier, decided, state, log):
    site = earlier("0051_moderation_logs_have_decisions_about_guests")
    fields = {name: decided[name] for name in ("state", "deleted_at") if name in decided}
    for more in (fields, {"state": "waiting"}):
        post = site.make_post(site.ada, more["state"])
        comment = site.make(
            "Comment", post=post, guest_name="Gil", html="", renderer=1, day=NOW.date(), **more
        )
        guest = {"comment": comment}
        if more is fields:
            guest |= {"decided_at": NOW, "decided_by": decided.get("by", site.ines)}
            names = ("state_before", "reason", "objected_at")
            guest |= {name: decided[name] for name in names if name in decided}
            guest |= {"objection": "But."} if "objected_at" in decided else {}
        site.make("GuestComment", **guest)

    site.migrate("0052_decided_comments_by_guests_have_a_case")

    assert site.rows("ModerationCase", "state", "is_author_told") == [(state, True)]
    names = ("kind", "actor__username", "text", "state_before", "was_hidden", "was_waiting")
    assert site.rows("ModerationEvent", *names) == log


def test_questions_of_prompts_are_rendered(earlier):
    site = earlier("0066_prompts_have_states_and_rules")
    prompt = site.make_prompt(number=1)
    prompt.question = "Why *now*?"
    prompt.save()

    site.migrate("0067_render_questions_of_prompts")

    rows = site.rows("Prompt", "question_html", "question_plain")
    assert rows == [('<p dir="auto">Why <em>now</em>?</p>', "Why now?")]


def test_grading_events_name_the_work_they_are_about(earlier):
    site = earlier("0080_words_of_grading_and_prompts")
    prompt = site.make_prompt(number=1)
    grading = site.make_grading(prompt, site.ada, kind="comments")
    site.make("GradingEvent", grading=grading, actor=site.ines, kind="saved")

    site.migrate("0083_grading_events_stay")

    rows = site.rows("GradingEvent", "prompt", "student", "grading_kind", "kind")
    assert rows == [(prompt.pk, site.ada.pk, "comments", "saved")]


def test_key_of_an_lms_names_whose_account_it_leads_to(earlier):
    site = earlier("0104_numbers_of_people_are_as_long_as_keys")
    lms = site.make("Platform", name="LMS", issuer="https://lms.example", client_id="c")
    connected = site.make(
        "PlatformCourse",
        deployment=site.make("Deployment", platform=lms, deployment_id="d"),
        context_id="1",
        course=site.course,
        connected_by=site.ines,
    )
    for person, subject in ((site.ada, "s-1"), (site.bob, "s-1"), (site.ines, "s-2")):
        site.make("PlatformMember", platform_course=connected, user=person, subject=subject)
    site.make("PlatformAccount", issuer="https://lms.example", subject="s-1", user=site.bob)

    site.migrate("0106_one_member_for_each_key_of_an_lms")

    rows = site.rows("PlatformMember", "user__username", "subject")
    assert rows == [("bob", "s-1"), ("ines", "s-2")]


def test_links_of_before_find_their_prompts(earlier):
    site = earlier("0112_names_of_prompts_in_links")
    site.make_prompt(number=7, link_name="")
    site.make_prompt(number=8, link_name="named")

    site.migrate("0115_links_of_before_find_their_prompts")

    assert site.rows("Prompt", "link_name") == [("7",), ("named",)]


def test_accounts_opened_by_an_lms_get_the_zone_of_their_course(earlier):
    site = earlier("0118_one_connected_course_per_context")
    site.course.time_zone = "America/Toronto"
    site.course.save()
    site.bob.time_zone = "Europe/Paris"
    site.bob.save()
    for person in (site.ines, site.ada, site.bob):
        site.make("Membership", course=site.course, user=person, role="student")
    for person in (site.ada, site.bob):
        target = f"user:{person.pk}"
        site.make("AuditEvent", action="account_opened_by_lms", target=target, actor=person)

    site.migrate("0119_accounts_opened_by_lms_get_a_zone")

    zones = dict(site.rows("User", "username", "time_zone"))
    assert zones == {"ines": "UTC", "ada": "America/Toronto", "bob": "Europe/Paris"}


def test_grades_of_before_name_the_key_to_which_they_went(earlier):
    site = earlier("0115_links_of_before_find_their_prompts")
    lms = site.make("Platform", name="LMS", issuer="https://lms.example", client_id="c")
    connected = site.make(
        "PlatformCourse",
        deployment=site.make("Deployment", platform=lms, deployment_id="d"),
        context_id="1",
        course=site.course,
        connected_by=site.ines,
    )
    for person, subject in ((site.ada, "s-1"), (site.bob, "s-2")):
        site.make("PlatformMember", platform_course=connected, user=person, subject=subject)
    prompt = site.make_prompt(number=1)
    column = site.make("LineItem", platform_course=connected, prompt=prompt, kind="post")
    for person, sent in (
        (site.ada, {"sent_at": NOW}),
        (site.bob, {}),
        (site.ines, {"sent_at": NOW}),  # who is not there any more
    ):
        site.make("PlatformScore", line_item=column, student=person, **sent)

    site.migrate("0116_keys_to_which_grades_went")

    key = hashlib.sha256(b"s-1").hexdigest()
    rows = site.rows("PlatformScore", "student__username", "sent_to")
    assert rows == [("ada", f"{key} "), ("bob", ""), ("ines", "")]
