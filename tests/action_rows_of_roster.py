"""Rows of ``tests/test_actions.py`` about members, lists of people and invitations."""

from blog.actions import (
    courses,
    invitations,
    pods,
    roster_imports,
    sections,
    waiting_posts,
    withheld_names,
)

INSTRUCTOR = "instructor"
SIGNED_IN = "outsider observer peer owner assistant instructor staff superuser"

ROSTER_ROWS = {
    "courses.join_course": (SIGNED_IN, lambda w, by: courses.join_course(w.course, by=by)),
    "courses.rotate_join_code": (
        INSTRUCTOR,
        lambda w, by: courses.rotate_join_code(w.course, by=by),
    ),
    "courses.change_member": (
        INSTRUCTOR,
        lambda w, by: courses.change_member(w.membership, by=by, role="assistant", pod=None),
    ),
    "courses.remove_member": (INSTRUCTOR, lambda w, by: courses.remove_member(w.membership, by=by)),
    "courses.restore_member": (
        INSTRUCTOR,
        lambda w, by: courses.restore_member(w.ended_membership, by=by),
    ),
    "withheld_names.withhold_name": (
        INSTRUCTOR,
        lambda w, by: withheld_names.withhold_name(w.membership, by=by),
    ),
    "withheld_names.print_name": (
        INSTRUCTOR,
        lambda w, by: withheld_names.print_name(w.membership, by=by),
    ),
    "withheld_names.ask_to_withhold_name": (
        "peer",
        lambda w, by: withheld_names.ask_to_withhold_name(w.membership, by=by),
    ),
    "withheld_names.take_back_asking": (
        "peer",
        lambda w, by: withheld_names.take_back_asking(w.membership, by=by),
    ),
    "courses.open_joining": (
        INSTRUCTOR,
        lambda w, by: courses.open_joining(w.course, by=by, is_open=False),
    ),
    "pods.draw_pods": (
        INSTRUCTOR,
        lambda w, by: pods.draw_pods(w.course, by=by, size=4, by_section=False, seed=1),
    ),
    "pods.save_next_pods": (
        INSTRUCTOR,
        lambda w, by: pods.save_next_pods(w.course, by=by, groups=[[w.membership.pk]]),
    ),
    "waiting_posts.put_first": (
        "assistant instructor",
        lambda w, by: waiting_posts.put_first(w.course, by=by, posts=[w.post.pk]),
    ),
    "waiting_posts.put_back": (
        "assistant instructor",
        lambda w, by: waiting_posts.put_back(w.course, by=by, posts=[w.post.pk]),
    ),
    "sections.save_section": (
        INSTRUCTOR,
        lambda w, by: sections.save_section(w.section, by=by),
    ),
    "sections.delete_section": (
        INSTRUCTOR,
        lambda w, by: sections.delete_section(w.section, by=by),
    ),
    "roster_imports.start_roster_import": (
        INSTRUCTOR,
        lambda w, by: roster_imports.start_roster_import(
            w.course, by=by, data=b"Nia New, nia@example.edu", is_pasted=True
        ),
    ),
    "roster_imports.answer_roster_import": (
        INSTRUCTOR,
        lambda w, by: roster_imports.answer_roster_import(
            w.roster_import, by=by, answers={"encoding": "utf-8"}
        ),
    ),
    "roster_imports.add_listed_people": (
        INSTRUCTOR,
        lambda w, by: roster_imports.add_listed_people(w.roster_import, by=by),
    ),
    "roster_imports.undo_roster_import": (
        INSTRUCTOR,
        lambda w, by: roster_imports.undo_roster_import(w.added_import, by=by),
    ),
    "invitations.accept_invitation": (
        SIGNED_IN,
        lambda w, by: invitations.accept_invitation(w.invitation, by=by),
    ),
    "invitations.accept_invitation: to teach, at another email": (
        "",
        lambda w, by: invitations.accept_invitation(w.teaching_invitation, by=by),
    ),
    "invitations.send_invitation_again": (
        INSTRUCTOR,
        lambda w, by: invitations.send_invitation_again(w.invitation, by=by),
    ),
    "invitations.change_invitation": (
        INSTRUCTOR,
        lambda w, by: invitations.change_invitation(
            w.invitation, by=by, email="other@example.edu", name="Nia"
        ),
    ),
    "invitations.withdraw_invitation": (
        INSTRUCTOR,
        lambda w, by: invitations.withdraw_invitation(w.invitation, by=by),
    ),
}
