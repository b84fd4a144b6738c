"""Two people change the same things at the same moment: each action reads what it waited for."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from blog.actions.courses import change_course, change_member
from blog.actions.grading import give_feedback
from blog.actions.mail import retry_mail
from blog.actions.paste import add_pasted_references
from blog.actions.pods import delete_pod, save_pod
from blog.actions.post_states import restore_post
from blog.actions.posts import publish_post, republish_post
from blog.actions.prompts import save_prompt
from blog.actions.references import add_references, remove_reference
from blog.actions.releases import choose_grade_of_record
from blog.actions.revisions import restore_revision
from blog.actions.rubrics import change_rubric
from blog.actions.work_merges import merge_works
from blog.actions.works import accept_correction, change_work
from blog.exceptions import Refused, StaleRubric, StaleVersion
from blog.models import (
    Audience,
    Course,
    Grading,
    Membership,
    OutboxMessage,
    Pod,
    Post,
    PostLink,
    Prompt,
    Reference,
    Revision,
    User,
    Work,
    WorkVerification,
)
from blog.paste import Paste
from tests import factories
from tests.threads import on_postgresql, queueing

pytestmark = [pytest.mark.django_db(transaction=True), on_postgresql]

TIES = {"type": "book", "title": "Ties", "DOI": "10.1000/ties"}


@pytest.fixture
def rubrics(course):
    return {name: factories.make_rubric(course, name) for name in "BC"} | {None: None}


@pytest.fixture
def draft(ada, course):
    return factories.make_draft_post(ada, course, audience=Audience.COURSE)


def lock(row):
    return type(row).objects.select_for_update(no_key=True).get(pk=row.pk)


def publish(post, **fields):
    """Publish a post as somebody does whose page was loaded just now."""
    post = Post.objects.get(pk=post.pk)
    sent = {"title": "Of ties", "text": "Words [@granovetter1973].", "audience": Audience.COURSE}
    return publish_post(post, by=post.author, **sent | fields)


def republish(post):
    republish_post(Post.objects.get(pk=post.pk), by=post.author)


def restore(post):
    restore_post(Post.objects.get(pk=post.pk), by=post.author)


def change_doi(work):
    work = Work.objects.get(pk=work.pk)
    change_work(work, work.csl | {"DOI": TIES["DOI"]}, by=work.added_by)


def accept_doi(work):
    found = {
        "csl": work.csl | {"DOI": TIES["DOI"]},
        "source": "Crossref",
        "notices": [],
        "years": [],
    }
    now = timezone.now()
    WorkVerification.objects.create(
        work=work, found=found, result="differs", checked_at=now, due_at=now
    )
    accept_correction(Work.objects.get(pk=work.pk), "doi", by=work.added_by)


def change_settings(course, by, **fields):
    course = Course.objects.get(pk=course.pk)
    for name, value in fields.items():
        setattr(course, name, value)
    change_course(course, by=by, keep_clock_times=True)


def zone_where_it_is(hour):
    """Return the name of a zone whose clock shows an hour now; Etc/GMT+5 is west of Greenwich."""
    west = (timezone.now().hour - hour + 12) % 24 - 12
    return f"Etc/GMT{west:+d}"


def rename(prompt, by):
    prompt = Prompt.objects.get(pk=prompt.pk)
    prompt.title = "Another title"
    save_prompt(prompt, by=by, works=[], pasted=[])


# Read after the wait


@pytest.mark.parametrize(
    ("before", "first", "second"),
    [
        (None, "B", "C"),
        ("B", "C", None),
        ("B", None, "C"),
    ],
)
def test_a_rubric_changed_during_the_wait_is_not_overwritten(
    course, instructor, rubrics, before, first, second
):
    prompt = factories.make_prompt(course, rubric=rubrics[before])

    def change(to):
        found = Prompt.objects.get(pk=prompt.pk)
        change_rubric(found, rubrics[to], by=instructor, instead_of=rubrics[before])

    with queueing(lambda: change(second)) as results:
        change(first)

    assert [type(one) for one in results] == [StaleRubric]
    assert Prompt.objects.get(pk=prompt.pk).rubric == rubrics[first]


def test_the_same_change_twice_is_a_second_click(course, instructor, rubrics):
    prompt = factories.make_prompt(course, rubric=rubrics["B"])

    def change():
        found = Prompt.objects.get(pk=prompt.pk)
        change_rubric(found, rubrics["C"], by=instructor, instead_of=rubrics["B"])

    with queueing(change) as results:
        change()

    assert results == [None]
    assert Prompt.objects.get(pk=prompt.pk).version == prompt.version + 1


def test_a_prompt_comes_with_its_course_as_it_is_after_the_wait(course, instructor):
    prompt = factories.make_prompt(course)
    seen = []

    def read():
        found = Prompt.objects.get(pk=prompt.pk)
        with transaction.atomic():
            found.lock()
        seen.append(found.course.title)

    with queueing(read) as results:
        lock(prompt)
        Course.objects.filter(pk=course.pk).update(title="Another title")

    assert (results, seen) == ([None], ["Another title"])


def test_a_grade_chosen_during_the_wait_is_released_as_it_is_now(
    course, ada, instructor, assistant
):
    """A grader saves words while an instructor waits to choose that grade: both are kept."""
    prompt = factories.make_prompt(course)
    post = factories.make_post(ada, course, prompt=prompt)
    factories.make_grading(post, instructor)
    other = factories.make_grading(post, assistant, of_record=False)

    def give():
        stored = Grading.objects.get(pk=other.pk)
        give_feedback(
            prompt, ada, by=assistant, levels={}, words="New words.", version=stored.version
        )

    chosen = Grading.objects.get(pk=other.pk)
    with queueing(lambda: choose_grade_of_record(chosen, by=instructor)) as results:
        give()

    assert results == [None]
    assert (chosen.of_record, chosen.text) == (True, "New words.")


def test_a_reference_that_is_published_during_the_wait_stays(ada, draft):
    reference = factories.make_reference(draft)

    def remove():
        found = Reference.objects.select_related("post").get(pk=reference.pk)
        remove_reference(found, by=found.post.author)

    with queueing(remove) as results:
        publish(draft)

    assert [type(one) for one in results] == [Refused]
    assert Reference.objects.filter(pk=reference.pk).exists()


@pytest.mark.parametrize("come_back", [publish, republish, restore])
@pytest.mark.parametrize("correct", [change_doi, accept_doi])
def test_a_work_that_opens_during_the_wait_keeps_its_doi(ada, bob, course, come_back, correct):
    """Nobody could read Bob's record when Ada began to give hers the same DOI."""
    his = factories.make_work(course, TIES, added_by=bob, shared_at=timezone.now())
    hers = factories.make_work(course, factories.ARTICLE | {"DOI": ""}, added_by=ada)
    factories.share_work(hers)
    post = factories.make_withdrawn_post(bob, course)
    if come_back is restore:
        Post.objects.filter(pk=post.pk).update(
            status=Post.Status.PUBLISHED, deleted_at=timezone.now()
        )
    factories.make_reference(post, his, cited=True)

    with queueing(lambda: correct(hers)) as results:
        come_back(post)

    assert [str(one) for one in results] == ["The course has another reference with this DOI."]
    assert [Work.objects.get(pk=work.pk).doi for work in (his, hers)] == [TIES["DOI"], ""]


def test_mail_is_retried_in_the_day_of_its_reader_as_it_is_after_the_wait(ada):
    """Ada's clock shows noon when somebody retries her mail, and midnight after the wait."""
    root = factories.make_user("Rosa Root", is_staff=True, is_superuser=True)
    noon, midnight = (zone_where_it_is(hour) for hour in [12, 0])
    User.objects.filter(pk=ada.pk).update(time_zone=noon)
    message = OutboxMessage.objects.create(recipient=ada, key="a", template="t", attempts=3)

    with queueing(lambda: retry_mail(OutboxMessage.objects.all(), by=root)) as results:
        lock(message)
        User.objects.filter(pk=ada.pk).update(time_zone=midnight)

    assert results == [None]
    message.refresh_from_db()
    assert message.due_at > timezone.now() + timedelta(hours=1)


def test_links_that_are_published_during_the_wait_are_kept(bob, course, draft):
    publish(draft)
    cited = factories.make_post(bob, course)

    with queueing(lambda: call_command("rerender", stdout=StringIO())) as results:
        publish(draft, text=f"See [Bob](/p/{cited.pk}/).")

    assert results == [None]
    assert list(PostLink.objects.values_list("linked", flat=True)) == [cited.pk]


# One order: posts, prompts, the course, works


def test_narrowing_a_course_and_publishing_do_not_wait_for_each_other(course, instructor, draft):
    """The course is held by a third, so that each of them gets as far as it can without it."""
    Course.objects.update(widest_audience=Audience.PUBLIC)
    Post.objects.filter(pk=draft.pk).update(audience=Audience.PUBLIC)

    with queueing(
        lambda: change_settings(course, instructor, widest_audience=Audience.COURSE),
        lambda: publish(draft),
    ) as results:
        lock(course)

    assert results == [None, None]
    draft.refresh_from_db()
    assert (draft.status, draft.audience) == (Post.Status.PUBLISHED, Audience.COURSE)


def test_publishing_and_narrowing_a_course_do_not_wait_for_each_other(course, instructor, draft):
    Course.objects.update(widest_audience=Audience.PUBLIC)

    with queueing(
        lambda: publish(draft, audience=Audience.PUBLIC),
        lambda: change_settings(course, instructor, widest_audience=Audience.COURSE),
    ) as results:
        lock(course)

    assert results == [None, None]
    draft.refresh_from_db()
    assert (draft.status, draft.audience) == (Post.Status.PUBLISHED, Audience.COURSE)


def test_no_post_is_published_wider_than_the_course_allows_after_the_wait(
    course, instructor, draft
):
    Course.objects.update(widest_audience=Audience.PUBLIC)

    with queueing(lambda: publish(draft, audience=Audience.PUBLIC)) as results:
        change_settings(course, instructor, widest_audience=Audience.COURSE)

    assert [type(one) for one in results] == [Refused]
    draft.refresh_from_db()
    assert draft.status == Post.Status.DRAFT


@pytest.mark.parametrize("zone_first", [True, False])
def test_a_new_time_zone_and_a_saved_prompt_do_not_wait_for_each_other(
    course, instructor, prompt, zone_first
):
    both = [
        lambda: change_settings(course, instructor, time_zone="Europe/Oslo"),
        lambda: rename(prompt, instructor),
    ]

    with queueing(*both if zone_first else both[::-1]) as results:
        lock(course)

    found = [type(one) for one in results]
    assert found == ([type(None), StaleVersion] if zone_first else [type(None)] * 2)
    assert Course.objects.get(pk=course.pk).time_zone == "Europe/Oslo"


@pytest.mark.parametrize(
    "add",
    [
        lambda post, csl: add_references(post, [csl | {"id": "ties"}], by=post.author),
        lambda post, csl: add_pasted_references(
            post, Paste(title="", text="", works={"ties": csl}), by=post.author
        ),
    ],
    ids=["list", "paste"],
)
def test_a_list_and_a_restored_version_with_the_same_work_do_not_wait_for_each_other(
    ada, course, add
):
    """The post is held by a third. A work that waits for no post could be waited for by one."""
    post = factories.make_post(ada, course)
    record = {"type": "book", "title": "Ties", "DOI": "10.1000/ties"}
    revision = Revision.objects.get(pk=post.revision_id)
    revision.references = [{"key": "ties", "work": 0, "csl": record}]
    revision.save()

    def restore():
        restore_revision(Revision.objects.get(pk=revision.pk), by=ada)

    with queueing(restore, lambda: add(Post.objects.get(pk=post.pk), record)) as results:
        lock(post)

    assert results == [None, None]
    assert Work.objects.filter(doi="10.1000/ties").count() == 1


def test_a_prompt_that_shares_works_and_a_merge_of_them_do_not_wait_for_each_other(
    course, instructor, prompt
):
    works = [
        factories.make_work(course, {"type": "book", "title": title}, added_by=instructor)
        for title in ["Strong ties", "Weak ties"]
    ]
    Work.objects.update(shared_at=None)
    first, second = Work.objects.order_by("pk")

    def require():
        found = Prompt.objects.get(pk=prompt.pk)
        save_prompt(found, by=instructor, works=[second, first], pasted=[])

    with queueing(lambda: merge_works(first, by=instructor, into=second), require) as results:
        lock(works[0])

    assert results == [None, None]


@pytest.mark.parametrize("ends", ["renamed", "deleted"])
def test_a_member_who_changes_pods_and_the_pod_do_not_wait_for_each_other(
    course, instructor, ada, ends
):
    larks = factories.make_pod(course, "Larks", ada)
    ada_in = Membership.objects.get(course=course, user=ada)

    def change():
        found = Membership.objects.get(pk=ada_in.pk)
        change_member(found, by=instructor, role="student", pod=larks)

    def change_pod():
        pod = Pod.objects.get(pk=larks.pk)
        if ends == "deleted":
            delete_pod(pod, by=instructor)
            return
        pod.name = "Wrens"
        save_pod(pod, by=instructor, removed=[ada_in], instead_of="Larks")

    with queueing(change, change_pod) as results:
        lock(ada_in)

    assert results == [None, None]
    assert Membership.objects.get(pk=ada_in.pk).pod is None
