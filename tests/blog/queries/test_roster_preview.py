"""Preview of each row of a list, for a fixed number of queries."""

import pytest
from django.utils import timezone

from blog.models import StudentIdentifier
from blog.queries.roster_preview import roster_preview
from blog.roster_files import read_pasted, read_roster
from blog.templatetags.roster import notes_on
from tests import factories

CANVAS = "Student,ID,SIS Login ID,Section\n"


def previewed(course, text, *, answers=None):
    return roster_preview(course, read_roster(text.encode(), "list.csv", answers))


def states(course, text):
    return [(row.row.name, row.state) for row in previewed(course, text).rows]


def test_each_row_has_its_state(course, ada, bob, instructor):
    factories.add_member(
        course, factories.make_user("Lev Left", email="lev@example.edu"), ended_at=timezone.now()
    )
    factories.make_invitation(course, instructor, "ivy@example.edu", name="Ivy Invited")
    rows = [
        "Name,Email,Status",
        "Nia New,nia@example.edu,active",
        f"Ada Luna,{ada.email},active",
        "Ivy Invited,ivy@example.edu,active",
        "Lev Left,lev@example.edu,active",
        "Dee Dropped,dee@example.edu,dropped",
        "Bad Mail,bad at example,active",
    ]
    ada.memberships.update(listed_name="Ada Luna")

    found = states(course, "\n".join(rows))

    assert found == [
        ("Nia New", "new"),
        ("Ada Luna", "known"),
        ("Ivy Invited", "invited"),
        ("Lev Left", "former"),
        ("Dee Dropped", "left_out"),
        ("Bad Mail", "problem"),
    ]


def test_changes_name_what_the_list_has_otherwise(course, ada):
    ada.memberships.update(section=factories.make_section(course, "A01"), listed_name="Ada Luna")
    text = f"Name,Email,Student ID,Section\nAda Luna,{ada.email},0041,B02\n"

    [row] = previewed(course, text).rows

    assert row.state == "changed"
    assert row.changes == {"section": "B02", "identifiers": {"student_id": "0041"}}


def test_name_of_a_section_is_the_same_in_other_letters(course, ada):
    ada.memberships.update(section=factories.make_section(course, "A01"), listed_name="Ada Luna")

    [row] = previewed(course, f"Name,Email,Section\nAda Luna,{ada.email},a01\n").rows

    assert row.state == "known"


def test_member_is_found_by_number_then_by_name_where_there_is_no_email(course, ada, bob):
    StudentIdentifier.objects.create(
        membership=ada.membership_in(course), system="canvas", kind="login", value="aluna"
    )
    bob.memberships.update(listed_name=bob.display_name)
    rows = ['"Luna, Adelaide",1,ALUNA,A01', f'"{bob}",2,bobby,A01', '"Who, Ever",3,who,A01']
    text = CANVAS + "\n".join(rows)

    rows = previewed(course, text).rows

    assert [(row.member and row.member.user, row.found_by, row.state) for row in rows] == [
        (ada, "number", "changed"),
        (bob, "name", "changed"),
        (None, "", "problem"),
    ]


def test_number_of_another_system_finds_nobody(course, ada):
    StudentIdentifier.objects.create(
        membership=ada.membership_in(course), system="moodle", kind="login", value="aluna"
    )

    [row] = previewed(course, f'{CANVAS}"Other, Person",1,aluna,A01\n').rows

    assert (row.state, row.problem) == ("problem", "no_email")


def test_two_rows_about_one_member_are_told(course, ada):
    ada.emailaddress_set.create(email="second@example.edu", verified=True)
    text = f"Name,Email\nAda Luna,{ada.email}\nA. Luna,second@example.edu\n"

    rows = previewed(course, text).rows

    assert [(row.state, row.problem) for row in rows] == [
        ("changed", ""),
        ("problem", "same_member"),
    ]


def test_email_that_nobody_has_confirmed_finds_nobody(course, ada):
    ada.emailaddress_set.create(email="claimed@example.edu", verified=False)

    [row] = previewed(course, "Name,Email\nCara Claimed,claimed@example.edu\n").rows

    assert row.state == "new"


def test_namesake_with_another_email_is_named_and_not_taken(course, ada):
    [row] = previewed(course, f"Name,Email\n{ada.display_name},other@example.edu\n").rows

    assert (row.state, row.suggested.user) == ("new", ada)


@pytest.mark.parametrize(("kept", "said"), [("00412", "412"), ("412", "00412"), ("0A7", "a7")])
def test_a_number_with_other_leading_zeros_is_a_suggestion(course, ada, kept, said):
    StudentIdentifier.objects.create(
        membership=ada.membership_in(course), system="canvas", kind="login", value=kept
    )
    person = f'"Other, Person",1,{said},A01'

    [row] = previewed(course, f"{CANVAS}{person}\n").rows
    [new] = previewed(course, f"{CANVAS.strip()},Email\n{person},other@example.edu\n").rows

    assert (row.member.user, row.found_by) == (ada, "alike")
    assert (new.state, new.suggested.user) == ("new", ada)
    assert any("leading zeros" in note for note in notes_on(row))


def test_a_number_that_lost_its_zeros_replaces_none(course, ada):
    StudentIdentifier.objects.create(
        membership=ada.membership_in(course), system="canvas", kind="login", value="00412"
    )

    [row] = previewed(course, f'{CANVAS}"Luna, Ada",,412,\n').rows

    assert "identifiers" not in row.changes


def test_a_number_that_two_have_but_for_zeros_finds_nobody(course, ada, bob):
    for person, value in ((ada, "0412"), (bob, "00412")):
        StudentIdentifier.objects.create(
            membership=person.membership_in(course), system="canvas", kind="login", value=value
        )

    [row] = previewed(course, f'{CANVAS}"Other, Person",,412,\n').rows

    assert (row.state, row.member) == ("problem", None)


def test_students_who_are_not_in_the_list_are_named(course, ada, bob, instructor):
    preview = roster_preview(course, read_pasted(f"Ada <{ada.email}>"))

    assert [member.user for member in preview.not_listed] == [bob]


def test_list_changes_no_role(course, ada, assistant):
    text = f"Name,Email,Role\nAda Luna,{ada.email},Teacher\nTA,{assistant.email},Student\n"

    rows = previewed(course, text).rows

    assert [row.has_other_role for row in rows] == [True, False]
    assert all("role" not in row.changes for row in rows)


@pytest.mark.parametrize("people", [1, 3])
def test_preview_query_count(course, people, django_assert_num_queries):
    text = "Name,Email\n"
    for number in range(people):
        user = factories.make_user(f"Person {number}")
        factories.add_member(course, user)
        text += f"Person {number},{user.email}\nNew {number},new{number}@example.edu\n"

    # members, invitations, numbers; emails of used invitations and of accounts
    with django_assert_num_queries(5):
        previewed(course, text)
