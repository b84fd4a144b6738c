"""A student's name that must not appear: its replacement, and where it is written again."""

import pytest
from django.core import mail

from blog.actions.accounts import save_profile
from blog.actions.posts import publish_post
from blog.actions.references import cite_post
from blog.actions.withheld_names import (
    ask_to_withhold_name,
    print_name,
    take_back_asking,
    withhold_name,
)
from blog.exceptions import Refused, StaleDraft
from blog.models import (
    Audience,
    AuditEvent,
    Draft,
    DraftSnapshot,
    OutboxMessage,
    Passage,
    SearchEntry,
    User,
)
from blog.tasks import send_due_mail
from blog.text.passages import read
from tests import factories
from tests.quotations import quotations_in, quote_everywhere

pytestmark = pytest.mark.django_db
URL = "https://example.org/"


@pytest.fixture
def cleo(course):
    user = factories.make_user("Cleo Lovelace", username="quiet-heron-4821", public_name="Cleo L.")
    factories.add_member(course, user)
    return user


@pytest.fixture
def citing(cleo, bob, course):
    """Return a post that cites Cleo's, in its published version and in the one before."""
    cited = factories.make_post(cleo, course, "Half-open doors")
    post = factories.make_draft_post(bob, course)
    reference = cite_post(cited, by=bob, onto=post, url=URL)
    for words in ("First, as in", "Now, as in"):
        text = f"{words} [@{reference.key}]. A door."
        publish_post(post, by=bob, title="T", text=text, audience=Audience.COURSE)
    comment = factories.make_comment(cleo, post)
    post.refresh_from_db()
    Passage.objects.create(comment=comment, revision=post.revision, exact="A door", start=0, end=6)
    Passage.objects.find_again(post)
    Draft.objects.create(
        user=bob, post=post, title="T", text=f"Again [@{reference.key}]", version=3
    )
    quote_everywhere(post, bob, "Lovelace", f"First [@{reference.key}].")
    return post


def written(post):
    """Return all that is stored of a post that cites, as one text."""
    work = post.references.get().work
    versions = [(one.text, one.html, str(one.references)) for one in post.revisions.all()]
    drafts = list(Draft.objects.filter(post=post).values_list("text", flat=True))
    keys = list(post.references.values_list("key", flat=True))
    quoted = quotations_in(post)
    return str([work.csl, work.label, work.html, versions, drafts, keys, quoted]).lower()


def test_withhold_name_reaches_posts_that_cite_already_and_back(citing, cleo, course, instructor):
    assert written(citing).count("lovelace") > 10
    member = course.memberships.get(user=cleo)

    withhold_name(member, by=instructor)

    assert "lovelace" not in written(citing)
    assert ">Heron, 2" in citing.revisions.first().html
    assert Draft.objects.of_posts().get(post=citing).version == 4  # a tab that is open learns of it
    citing.refresh_from_db()
    place = Passage.objects.get(comment__author=cleo).place_now
    assert read(citing.revision.html).text[slice(*place)] == "A door"
    stored = User.objects.get(pk=cleo.pk)
    assert (str(stored), stored.signed_name) == ("Quiet Heron", "Quiet Heron")

    withhold_name(member, by=instructor)
    print_name(member, by=instructor)

    assert ">Lovelace, 2" in citing.revisions.first().html
    assert User.objects.get(pk=cleo.pk).signed_name == "Cleo L."
    events = AuditEvent.objects.filter(action__startswith="name_").order_by("pk")
    assert [event.action for event in events] == ["name_withheld", "name_printed"]


def test_former_names_go_too_and_so_do_earlier_states_of_drafts(citing, cleo, course, instructor):
    DraftSnapshot.objects.create(user=citing.author, post=citing, text="Then [@lovelace2026]")
    cleo.display_name = "Cleo L"
    cleo.save()

    withhold_name(course.memberships.get(user=cleo), by=instructor)

    assert "lovelace" not in written(citing)
    assert "lovelace" not in DraftSnapshot.objects.get().text


def test_what_was_rendered_before_a_name_was_withheld_is_not_published(
    citing, cleo, bob, course, instructor
):
    key = citing.references.get().key
    citing.references.update(key="doors")
    text = "As in [@doors]."
    rendered = citing.render(text)  # what a page does before it publishes
    withhold_name(course.memberships.get(user=cleo), by=instructor)
    fields = {"title": "T", "text": text, "audience": Audience.COURSE}

    publish_post(citing, by=bob, rendered_post=rendered, **fields)

    assert key.startswith("lovelace")
    stored = str([citing.revision.html, citing.revision.references])
    stored += SearchEntry.objects.get(post=citing).words
    assert ">Heron, 2" in citing.revision.html
    assert "lovelace" not in stored.lower()


def test_a_new_course_name_is_written_into_citations_where_the_name_is_withheld(
    citing, cleo, course, instructor
):
    withhold_name(course.memberships.get(user=cleo), by=instructor)
    assert "heron" in written(citing)
    person = User.objects.get(pk=cleo.pk)
    person.course_name = "Somebody"

    save_profile(person, by=person)

    assert "heron" not in written(citing)
    assert ">Somebody, 2" in citing.revisions.first().html


def test_a_course_name_is_in_no_citation_where_the_name_is_printed(citing, cleo):
    before = written(citing)
    cleo.course_name = "Somebody"

    save_profile(cleo, by=cleo)

    assert written(citing) == before


def test_a_text_with_the_key_of_before_is_not_published(citing, cleo, bob, course, instructor):
    text = f"As in [@{citing.references.get().key}]."
    rendered = citing.render(text)
    withhold_name(course.memberships.get(user=cleo), by=instructor)
    fields = {"title": "T", "text": text, "audience": Audience.COURSE}

    with pytest.raises(StaleDraft):
        publish_post(citing, by=bob, rendered_post=rendered, **fields)

    citing.refresh_from_db()
    assert citing.revision.number == 2
    assert "lovelace" not in written(citing)


def test_name_stays_withheld_for_the_public_while_another_course_withholds_it(cleo, course, eve):
    other = eve.memberships.get().course
    factories.add_member(other, cleo, is_confidential=True)
    here = course.memberships.get(user=cleo)
    withhold_name(here, by=course.memberships.instructors().get().user)

    print_name(here, by=course.memberships.instructors().get().user)

    assert User.objects.get(pk=cleo.pk).signed_name == "Quiet Heron"


def test_only_students_have_their_names_withheld(course, instructor, assistant):
    with pytest.raises(Refused, match="student"):
        withhold_name(course.memberships.get(user=assistant), by=instructor)


def test_a_student_asks_and_instructors_are_mailed_once(course, cleo, instructor, assistant):
    member = course.memberships.get(user=cleo)
    for _click in range(2):
        ask_to_withhold_name(member, by=cleo)
    OutboxMessage.objects.update(due_at="2026-01-01T12:00Z")

    send_due_mail()

    [sent] = mail.outbox
    assert sent.to == [instructor.email]
    assert f"/roster/{cleo.username}/" in sent.body
    member.refresh_from_db()
    assert member.confidentiality_asked_at is not None


@pytest.mark.parametrize("answer", ["taken back", "withheld"])
def test_what_is_settled_is_not_mailed(course, cleo, instructor, answer):
    member = course.memberships.get(user=cleo)
    ask_to_withhold_name(member, by=cleo)
    if answer == "withheld":
        withhold_name(member, by=instructor)
    else:
        take_back_asking(member, by=cleo)
    OutboxMessage.objects.filter(template="name_decided").delete()
    OutboxMessage.objects.update(due_at="2026-01-01T12:00Z")

    send_due_mail()

    member.refresh_from_db()
    assert (mail.outbox, member.confidentiality_asked_at) == ([], None)


def test_the_record_says_that_a_course_name_was_given(cleo, course, instructor):
    User.objects.filter(pk=cleo.pk).update(course_name="Cleo")
    cleo.refresh_from_db()

    withhold_name(course.memberships.get(user=cleo), by=instructor, gives_name=True)

    assert AuditEvent.objects.get(action="name_withheld").data == {"gives_name": True}
