"""Lists of people: added once, undone whole but for who has joined, the same list twice is none."""

import pytest
from django.core import mail
from django.core.management import call_command

from blog.actions.courses import join_course
from blog.actions.invitations import (
    accept_invitation,
    send_invitation_again,
    withdraw_invitation,
)
from blog.actions.roster_imports import (
    add_listed_people,
    answer_roster_import,
    start_roster_import,
    undo_roster_import,
)
from blog.exceptions import NotAllowed, Refused
from blog.models import (
    Invitation,
    Membership,
    OutboxMessage,
    Pod,
    RosterImport,
    Section,
    StudentIdentifier,
)
from blog.spreadsheets import TableRefused
from tests import factories

HEADINGS = "Last name,First name,Email,Student ID,Section,Group\n"
NIA = "New,Nia,nia@example.edu,0041,A01,Alder\n"
OLA = "Old,Ola,ola@example.edu,0042,B02,Birch\n"


def added(course, text, *, by):
    started = start_roster_import(course, by=by, data=text.encode(), name="list.csv")
    return add_listed_people(started, by=by)


def counts():
    models = (Invitation, Membership, Pod, Section, StudentIdentifier, OutboxMessage)
    return [model.objects.count() for model in models]


def test_new_people_are_invited_with_section_pod_and_numbers(course, instructor):
    added(course, HEADINGS + NIA + OLA, by=instructor)

    invited = Invitation.objects.order_by("pk")
    assert [
        (one.email, one.name, one.family_name, str(one.section), str(one.pod), one.identifiers)
        for one in invited
    ] == [
        ("nia@example.edu", "Nia New", "New", "A01", "Alder", {"": {"student_id": "0041"}}),
        ("ola@example.edu", "Ola Old", "Old", "B02", "Birch", {"": {"student_id": "0042"}}),
    ]
    assert OutboxMessage.objects.count() == 2


def test_same_list_twice_changes_nothing(course, ada, instructor):
    text = HEADINGS + NIA + f"Luna,Ada,{ada.email},0043,A01,Alder\n"
    added(course, text, by=instructor)
    before = counts()

    again = added(course, text, by=instructor)

    assert counts() == before
    assert again.changes == {"section": [], "pod": [], "members": [], "invitations": []}


def test_second_click_adds_nothing_and_the_file_is_gone(course, instructor):
    done = added(course, HEADINGS + NIA, by=instructor)
    before = counts()

    add_listed_people(done, by=instructor)

    assert counts() == before
    assert bytes(RosterImport.objects.get(pk=done.pk).data) == b""


def test_file_that_is_no_list_is_not_kept(course, instructor):
    with pytest.raises(TableRefused):
        start_roster_import(course, by=instructor, data=b"%PDF-1.7 etc", name="list.csv")

    assert not RosterImport.objects.exists()


def test_open_question_must_be_answered_first(course, instructor):
    text = "Name,Email,Email\nNia New,nia@example.edu,nia@else.example\n"
    started = start_roster_import(course, by=instructor, data=text.encode())
    with pytest.raises(Refused):
        add_listed_people(started, by=instructor)

    answer_roster_import(started, by=instructor, answers={"email": "2"})
    add_listed_people(started, by=instructor)

    assert Invitation.objects.get().email == "nia@else.example"


def test_former_member_is_not_let_back_in(course, ada, instructor):
    ada.memberships.update(ended_at=course.created_at)

    added(course, HEADINGS + f"Luna,Ada,{ada.email},0043,A01,\n", by=instructor)

    assert ada.memberships.get().ended_at is not None
    assert not Invitation.objects.exists()


def test_undo_takes_back_what_the_list_did(course, ada, instructor):
    section = factories.make_section(course, "C03")
    ada.memberships.update(section=section)
    before = counts()[:-1]
    done = added(course, HEADINGS + NIA + f"Luna,Ada,{ada.email},0043,A01,Alder\n", by=instructor)
    changed = ada.memberships.get()
    assert (str(changed.section), str(changed.pod), changed.listed_name) == (
        "A01",
        "Alder",
        "Ada Luna",
    )

    undone = undo_roster_import(done, by=instructor)

    member = ada.memberships.get()
    assert (member.section, member.pod, member.listed_name) == (section, None, "")
    assert counts()[1:-1] == before[1:]
    assert not Invitation.objects.open().exists()
    assert undone.changes == {"stayed": []}


def test_undo_leaves_who_joined_and_what_was_changed_since(course, ada, eve, instructor):
    done = added(
        course, HEADINGS + NIA + OLA + f"Luna,Ada,{ada.email},0043,A01,Alder\n", by=instructor
    )
    joined = accept_invitation(Invitation.objects.get(email="nia@example.edu"), by=eve)
    other = factories.make_section(course, "Z09")
    ada.memberships.update(section=other)

    undone = undo_roster_import(done, by=instructor)

    assert undone.changes == {"stayed": sorted([joined.pk, ada.memberships.get().pk])}
    assert ada.memberships.get().section == other
    assert ada.memberships.get().pod is None
    assert Membership.objects.get(pk=joined.pk).ended_at is None
    assert sorted(Section.objects.values_list("name", flat=True)) == ["A01", "Z09"]


def test_accepting_gives_what_the_list_says(course, eve, instructor):
    added(course, HEADINGS + NIA, by=instructor)
    invitation = Invitation.objects.get()

    member = accept_invitation(invitation, by=eve)
    again = accept_invitation(invitation, by=eve)

    assert again == member
    member.refresh_from_db()
    assert (member.role, str(member.section), str(member.pod)) == ("student", "A01", "Alder")
    assert (member.listed_name, member.family_name) == ("Nia New", "New")
    numbers = member.student_identifiers.values_list("system", "kind", "value")
    assert list(numbers) == [("", "student_id", "0041")]


def test_link_works_once(course, ada, eve, instructor):
    invitation = factories.make_invitation(course, instructor)
    accept_invitation(invitation, by=eve)

    with pytest.raises(Refused):
        accept_invitation(invitation, by=factories.make_user())


def test_who_has_left_does_not_come_back_by_an_invitation(course, ada, instructor):
    ada.memberships.update(ended_at=course.created_at)

    with pytest.raises(NotAllowed, match="You are not in this course any more"):
        accept_invitation(factories.make_invitation(course, instructor), by=ada)


def test_invitation_to_teach_is_for_its_email_alone(course, eve, instructor):
    invitation = factories.make_invitation(course, instructor, role="assistant")
    with pytest.raises(NotAllowed):
        accept_invitation(invitation, by=eve)
    eve.emailaddress_set.create(email=invitation.email, verified=True)

    member = accept_invitation(invitation, by=eve)

    assert member.role == "assistant"


def test_withdrawn_expired_and_earlier_links_do_not_work(course, eve, instructor):
    withdrawn = factories.make_invitation(course, instructor)
    withdraw_invitation(withdrawn, by=instructor)
    expired = factories.make_invitation(course, instructor, expires_at=course.created_at)
    sent_again = factories.make_invitation(course, instructor)
    earlier = sent_again.token
    send_invitation_again(sent_again, by=instructor)
    sent_again.refresh_from_db()

    for one in (withdrawn, expired):
        with pytest.raises(Refused):
            accept_invitation(one, by=eve)
    assert not Invitation.objects.of_token(earlier).exists()
    assert Invitation.objects.of_token(sent_again.token).get() == sent_again


def test_removed_member_is_not_let_in_by_an_invitation(course, ada, instructor):
    ada.memberships.update(ended_at=course.created_at)

    with pytest.raises(NotAllowed):
        accept_invitation(factories.make_invitation(course, instructor), by=ada)


def test_mail_has_the_link_and_is_not_sent_once_it_is_withdrawn(course, instructor):
    added(course, HEADINGS + NIA + OLA, by=instructor)
    nia, ola = Invitation.objects.order_by("pk")
    withdraw_invitation(ola, by=instructor)

    call_command("tick")

    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (["nia@example.edu"], f"Join {course.title}")
    assert nia.path in sent.body


def test_joining_with_the_code_can_be_stopped(course, eve, ada):
    course.can_be_joined = False
    course.save()

    with pytest.raises(Refused):
        join_course(course, by=eve)
    assert join_course(course, by=ada) == ada.membership_in(course)
