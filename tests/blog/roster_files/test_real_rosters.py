"""Files of LMS and registrars that have people: all are read, or refused in words."""

from collections import Counter

import pytest

from blog.roster_files import RosterRow, read_roster
from blog.spreadsheets import TableRefused

# Of each file: its people, those invited by default, why others are not (those without an address
# apart), and the names of questions; or the reason it is refused.
EXPECTED = {
    "blackboard/classic-roster.csv": (15, 0, {}),
    "blackboard/gc_EDCI338_fullgc_2026-11-28-10-15-02.xls": (12, 0, {"unavailable": 1}),
    "blackboard/gc_ULTRA_fullgc.csv": (12, 0, {"unavailable": 1}),
    "blackboard/gc_column_with_feedback.csv": (12, 0, {}),
    "blackboard/ultra-roster-child-course-id.csv": (15, 0, {"shared_id": 2}),
    "blackboard/upload-column-1.tsv": (5, 0, {}),
    "brightspace/attendance-export.csv": (5, 0, {}),
    "brightspace/classlist-export.csv": (16, 16, {}),
    "brightspace/grades-export-both-keys.csv": (12, 12, {}),
    "brightspace/grades-export-username-only.csv": (12, 0, {}),
    "brightspace/import-three-items.csv": (1, 0, {}),
    "canvas/course-analytics-students.csv": (5, 5, {}),
    "canvas/gradebook-2014-muted-duplicate-titles.csv": (5, 0, {}),
    "canvas/gradebook-2020-manual-posting.csv": (4, 0, {}),
    "canvas/gradebook-2026-everything.csv": (17, 0, {"test_student": 1}),
    "canvas/gradebook-comma-separated-quoted-decimal-comma.csv": (5, 0, {}),
    "canvas/gradebook-lastname-firstname.csv": (10, 0, {}),
    "canvas/gradebook-semicolon-decimal-comma-bom.csv": (8, 0, {}),
    "canvas/gradebook-thousands-and-percent.csv": (3, 0, {}),
    "canvas/group-membership-import.csv": (5, 0, {}),
    "canvas/import-short-header.csv": (7, 0, {"broken_row": 7}),
    "canvas/no-valid-header.csv": (6, 0, {}),
    "canvas/old-export-cr-only.csv": (8, 0, {"shared_id": 2}),
    "canvas/roster-only-multi-section.csv": (5, 0, {"test_student": 1}),
    "canvas/rubric-broken-rows.csv": "no_people",
    "canvas/rubric-five-ratings-quoted-newline.csv": "no_people",
    "canvas/rubric-numbered-headers.csv": "no_people",
    "canvas/rubric-semicolon-bom-excel.csv": "no_people",
    "canvas/rubric-template-three-ratings.csv": "no_people",
    "canvas/sis-enrollments-nonstandard-order.csv": (1, 0, {}),
    "canvas/sis-enrollments.csv": (8, 0, {"dropped": 2}),
    "canvas/sis-users-password-column.csv": (1, 1, {}),
    "canvas/sis-users.csv": (9, 7, {"suspended": 1, "no_email": 1}),
    "canvas-current-format.csv": (3, 0, {}),
    "csvkit-test_latin1.csv": "no_people",
    "csvkit-test_utf8_bom.csv": "no_people",
    "made/500-rows.csv": (500, 500, {}),
    "made/cr-only.csv": (16, 16, {}),
    "made/duplicate-emails.csv": (4, 0, {"shared_email": 2, "shared_id": 2}),
    "made/empty-file.csv": "empty",
    "made/excel-europe-semicolon-cp1252.csv": (11, 11, {}, ["encoding"]),
    "made/formula-leading-cells.csv": (8, 8, {}),
    "made/header-not-in-first-row.csv": (2, 2, {}),
    "made/header-only.csv": (0, 0, {}),
    "made/headers-spaces-case-synonyms.csv": (1, 1, {}),
    "made/html-and-injection-names.csv": (6, 6, {}),
    "made/invalid-utf8-mixed.csv": (3, 3, {}),
    "made/last-comma-first-names.csv": (8, 8, {}),
    "made/leading-zeros-lost-and-kept.csv": (6, 5, {"mangled_id": 1}),
    "made/mac-roman.csv": (11, 11, {}, ["encoding"]),
    "made/odd-emails.csv": (13, 8, {"bad_email": 2, "several_emails": 1, "no_email": 2}),
    "made/one-word-names.csv": (6, 6, {}),
    "made/quoted-newline-in-name.csv": (2, 2, {}),
    "made/reimport-1-before.csv": (8, 8, {}),
    "made/reimport-2-after.csv": (8, 8, {}),
    "made/sep-line.csv": (5, 5, {}),
    "made/trailing-empty-columns-and-lines.csv": (2, 2, {}),
    "made/unbalanced-quote.csv": (3, 2, {"broken_row": 1}),
    "made/unknown-language-headers.csv": (1, 1, {}),
    "made/utf16le-tab-unicode-text.txt": (16, 16, {}),
    "made/utf8-bom.csv": (16, 16, {}),
    "moodle/assign-offline-grading-worksheet.csv": (10, 10, {}),
    "moodle/grade-export-all-display-types.csv": (12, 11, {"suspended": 1}),
    "moodle/grade-export-colon.csv": (4, 4, {}),
    "moodle/grade-export-french.csv": (6, 6, {}),
    "moodle/grade-export-semicolon-decimal-comma.csv": (12, 11, {"suspended": 1}),
    "moodle/grade-export-tab.txt": (12, 11, {"suspended": 1}),
    "moodle/grade-export.ods": "open_document",
    "moodle/grade-export.xlsx": (12, 11, {"suspended": 1}),
    "moodle/grade-import-many-items.csv": (3, 3, {}),
    "moodle/grade-import-space-in-header.csv": (1, 1, {}),
    "moodle/grade-import.csv": (1, 1, {}),
    "moodle/groups-import.csv": "no_people",
    "moodle/participants-list.csv": (9, 8, {"suspended": 1}),
    "moodle/upload-users-category-roles.csv": (8, 8, {}),
    "moodle/upload-users-course-group.csv": (2, 2, {}),
    "moodle/upload-users-enrol-dates.csv": (2, 2, {}),
    "moodle/upload-users-everything.csv": (8, 6, {"suspended": 1, "dropped": 1}),
    "moodle/upload-users-example.csv": (3, 3, {}),
    "moodle/upload-users-profile-field.csv": (2, 2, {}),
    "moodle/users-semicolon.csv": (3, 3, {}),
    "moodle-gradebook-export.csv": (2, 2, {}),
    "moodle-upload-users-email-matching.csv": (2, 2, {}),
    "other/banner-class-list.csv": (8, 7, {"dropped": 1}),
    "other/egrades-tab.tsv": (3, 0, {}),
    "other/github-classroom-roster.csv": (4, 1, {}),
    "other/google-classroom-grades.csv": (8, 8, {}),
    "other/google-classroom-one-assignment.csv": (6, 6, {}),
    "other/gradescope-assignment-scores.csv": (1, 1, {}),
    "other/gradescope-gradebook-no-lms.csv": (21, 21, {}),
    "other/gradescope-gradebook-sid-leading-zeros.csv": (5, 5, {}),
    "other/gradescope-roster.csv": (8, 8, {}),
    "other/maplesoft-ta-summary-rows.csv": (1, 1, {}),
    "other/markus-grade-sheet-two-header-rows.csv": (1, 0, {"no_email": 1}),
    "other/markus-students-no-header.csv": (
        0,
        0,
        {},
        ["column-0", "column-1", "column-2", "column-3"],
    ),
    "other/nbgrader-grades.csv": (2, 0, {"no_email": 2}),
    "other/not-a-csv-vagrantfile.csv": "no_people",
    "other/oneroster-users.csv": (7, 6, {"dropped": 1}),
    "other/peoplesoft-class-roster-html.xls": (8, 0, {}),
    "other/peoplesoft-class-roster.csv": (8, 0, {"dropped": 1}),
    "other/plain-emails-only.txt": (7, 6, {"no_email": 1}),
    "other/plain-list-bom-space-after-comma.csv": (15, 0, {}),
    "other/plain-outlook-recipients.txt": (5, 5, {}),
    "other/rubric-markus-levels-only.csv": (
        0,
        0,
        {},
        ["column-0", "column-1", "column-2", "column-3", "column-4", "column-5", "column-6"],
    ),
    "other/sakai-grades.csv": (2, 0, {}),
    "other/team-list-by-email.csv": (4, 4, {}),
    "other/ucsb-egrades-duplicate-emails.csv": (4, 2, {"shared_email": 2}),
    "other/ucsb-egrades.csv": (3, 3, {}),
}
LINES = {
    "canvas/gradebook-2026-everything.csv": RosterRow(
        (14,),
        "Tadhg =O'Quillfeather",
        "=O'Quillfeather",
        "Tadhg",
        identifiers={
            "sis_id": "00417290",
            "login": "toquil",
            "lms_id": "88130",
            "integration_id": "int-0010",
        },
        sections=("EDCI 338 A01 and EDCI 338 B02",),
    ),
    "moodle/assign-offline-grading-worksheet.csv": RosterRow(
        (2,),
        "Ottoline Quaverley",
        email="oquaver@example.edu",
        identifiers={"participant_id": "40213"},
    ),
    "moodle/upload-users-everything.csv": RosterRow(
        (3,),
        "Barnaby Thistlewick",
        "Thistlewick",
        "Barnaby",
        "bthistle@example.edu",
        {"username": "bthistle", "student_id": "00417231"},
        pods=("Pod B",),
        role="instructor",
    ),
    "brightspace/classlist-export.csv": RosterRow(
        (2,),
        "Ottoline Quaverley",
        "Quaverley",
        "Ottoline",
        "oquaver@example.edu",
        {"username": "oquaver", "org_defined_id": "00417230"},
    ),
    "blackboard/ultra-roster-child-course-id.csv": RosterRow(
        (2,),
        "Leila Anderson",
        "Anderson",
        "Leila",
        identifiers={"username": "andersol", "student_id": "07"},
        sections=("GVCIS343.01.202320",),
    ),
    "other/peoplesoft-class-roster-html.xls": RosterRow(
        (2,),
        "Ottoline Quaverley",
        "Quaverley",
        "Ottoline",
        identifiers={"student_id": "00417230"},
    ),
    "other/plain-outlook-recipients.txt": RosterRow(
        (1,), "Søren Åkerblom", email="sakerbl@example.edu"
    ),
}


@pytest.fixture(scope="module")
def files(real_data):
    """Return the bytes of each file by its name."""
    folder = real_data / "csv"
    paths = (path for path in sorted(folder.rglob("*")) if path.suffix != ".md" and path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def summary(data):
    try:
        roster = read_roster(data)
    except TableRefused as refused:
        return refused.reason
    invited = sum(row.is_invited for row in roster.rows)
    reasons = [row.problem or row.status for row in roster.rows]
    others = dict(Counter(reason for reason in reasons if reason != "active"))
    names = [question.name for question in roster.questions]
    return (len(roster.rows), invited, others, *([names] if names else []))


def test_every_file_is_read_or_refused(files):
    assert {name: summary(data) for name, data in files.items()} == EXPECTED


@pytest.mark.parametrize("name", LINES)
def test_row_is_read_whole(files, name):
    rows = read_roster(files[name]).rows

    assert LINES[name] in rows


def test_no_password_is_kept(files):
    secrets = ("verysecret", "somesecret", "NOTAREALHASH", "Student1#")

    for name, data in files.items():
        if name in EXPECTED and isinstance(EXPECTED[name], tuple):
            assert not any(secret in repr(read_roster(data)) for secret in secrets), name


def test_reimport_finds_the_same_people_by_their_numbers(files):
    before, after = (
        {row.identifiers["student_id"]: row for row in read_roster(files[name]).rows}
        for name in ("made/reimport-1-before.csv", "made/reimport-2-after.csv")
    )

    assert len(before.keys() - after.keys()) == len(after.keys() - before.keys()) == 2
    assert (before["00417244"].email, after["00417244"].email) == (
        "zbront@example.edu",
        "zoe.new@example.edu",
    )
