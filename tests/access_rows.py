"""Status of each role at each address: the table of ``tests/test_access.py``."""

ROLES = ("visitor", "outsider", "removed", "observer", "peer", "owner", "assistant", "instructor")

# What each role gets, in the order of ROLES. 302 for a visitor is the way to the login page.
EVERYBODY = (200,) * 8
SIGNED_IN = (302,) + (200,) * 7
MEMBERS = (302, 404, 404, 200, 200, 200, 200, 200)
WRITERS = (302, 404, 404, 403, 200, 200, 200, 200)
OWNER = (302, 404, 404, 403, 403, 200, 403, 403)
OWNER_OR_TEAM = (302, 404, 404, 403, 403, 200, 200, 200)
TEAM = (302, 404, 404, 403, 403, 403, 200, 200)
OF_INSTRUCTOR = (302, 404, 404, 403, 403, 403, 404, 200)  # their own, in a page of the team
INSTRUCTORS = (302, 404, 404, 403, 403, 403, 403, 200)
STUDENTS = (302, 404, 404, 403, 302, 302, 403, 403)  # what they are offered
OPENERS = (302,) + (403,) * 7  # a right that no role in a course gives
OWNER_OR_INSTRUCTORS = (302, 404, 404, 403, 403, 200, 403, 200)


def done(row):
    """Return the same row for an action: whoever may do it is redirected."""
    return tuple(302 if status == 200 else status for status in row)


def moved(row):
    """Return the same row for a former address: it redirects, with the submitted data."""
    return tuple(307 if status == 200 else status for status in row)


def refused(row):
    """Return the same row for a form that is sent empty: whoever may send it gets it back."""
    return tuple(422 if status == 200 else status for status in row)


def stale(row):
    """Return the same row for a form without a version: it is of no page that somebody saw."""
    return tuple(409 if status == 200 else status for status in row)


# name: (method, what each role gets). An action that needs input gets none here, so a form that
# comes back (422) means that the role was let in.
ROWS = {
    "home": ("GET", EVERYBODY),
    "healthz": ("GET", EVERYBODY),
    "livez": ("GET", EVERYBODY),
    "metrics": ("GET", (404,) * 8),  # who has the token of the site's settings
    "readyz": ("GET", EVERYBODY),
    "about": ("GET", EVERYBODY),
    "privacy": ("GET", EVERYBODY),
    "help_page": ("GET", EVERYBODY),
    "notice": ("GET", EVERYBODY),
    "notice_accept": ("POST", done(SIGNED_IN)),
    "visibility": ("GET", EVERYBODY),
    "accessibility": ("GET", EVERYBODY),
    "favicon": ("GET", EVERYBODY),
    "manifest": ("GET", EVERYBODY),
    "security_txt": ("GET", (404,) * 8),  # the tests name no contact
    # An LMS has no session here: what it sends has a signature of its own, or nobody gets in.
    "lti_login": ("GET", (403,) * 8),
    "lti_launch": ("POST", (403,) * 8),
    "lti_enter": ("POST", (403,) * 8),
    "lti_pick": ("POST", (403,) * 8),
    "lti_keys": ("GET", EVERYBODY),
    "lti_canvas": ("GET", EVERYBODY),
    "lti_register": ("GET", (404,) * 8),  # who has a link of site staff
    "lti_who": ("GET", (403,) * 8),  # in the browser that came from there
    "lti_connect": ("GET", OPENERS),  # whom an LMS has sent just now
    "lti_course": ("GET", OPENERS),
    "own_platforms": ("GET", SIGNED_IN),
    "own_platform_disconnect": ("POST", (302, 404, 404, 404, 404, 302, 404, 404)),
    "platform_list": ("GET", OPENERS),
    "platform_new": ("GET", OPENERS),
    "platform_edit": ("GET", OPENERS),
    "registration_link_create": ("POST", OPENERS),
    "tool_key_renew": ("POST", OPENERS),
    "connected_course_list": ("GET", INSTRUCTORS),
    "connected_course_roster": ("POST", done(INSTRUCTORS)),
    "connected_course_grades_start": ("POST", done(INSTRUCTORS)),
    "connected_course_grades_stop": ("POST", done(INSTRUCTORS)),
    "connected_course_retry": ("POST", done(INSTRUCTORS)),
    "connected_course_disconnect": ("POST", done(INSTRUCTORS)),
    "join": ("GET", EVERYBODY),
    "join_course": ("GET", (302, 200, 200, 302, 302, 302, 302, 302)),
    "account_login": ("GET", (200,) + (302,) * 7),
    "account_signup": ("GET", (200,) + (302,) * 7),
    "account_logout": ("GET", SIGNED_IN),
    "account_set_password": ("GET", (302,) * 8),  # each has one, and is led to where it changes
    "language_choose": ("POST", done(EVERYBODY)),
    "openid_connect_login": ("GET", (404,) * 8),  # the tests name no institution
    "profile_edit": ("GET", SIGNED_IN),
    "session_list": ("GET", SIGNED_IN),
    "session_end": ("POST", (302, 404, 404, 404, 404, 302, 404, 404)),  # one's own
    "sessions_end_others": ("POST", done(SIGNED_IN)),
    "portrait_change": ("POST", (302,) + (422,) * 7),  # no file: the page again
    "portrait_remove": ("POST", done(SIGNED_IN)),
    "course_leave": ("GET", MEMBERS),
    "name_withhold_ask": ("GET", (302, 404, 404, 403, 200, 200, 403, 403)),
    "name_withhold_take_back": ("POST", (302, 404, 404, 403, 302, 302, 403, 403)),
    "account_erase": ("GET", SIGNED_IN),
    "takeout_list": ("GET", SIGNED_IN),
    "takeout_new": ("POST", done(SIGNED_IN)),
    "takeout_file": ("GET", (302, 404, 404, 404, 404, 200, 404, 404)),  # whose it is
    "takeout_delete": ("POST", (302, 404, 404, 404, 404, 302, 404, 404)),  # whose it is
    "portrait_file": ("GET", (404, 404, 404, 200, 200, 200, 200, 200)),  # of a member
    "calendar_feed": ("GET", EVERYBODY),  # whoever has the secret address
    "secret_course_feed": ("GET", EVERYBODY),  # the same
    "secret_person_feed": ("GET", EVERYBODY),
    "secret_comment_feed": ("GET", EVERYBODY),
    "course_feed": ("GET", MEMBERS),
    "person_feed": ("GET", MEMBERS),
    "comment_feed": ("GET", MEMBERS),
    "people_opml": ("GET", MEMBERS),
    "post_public_comments": (
        "GET",
        (404,) * 8,
    ),  # of a course post; test_public_feed has the others
    "calendar_page": ("GET", SIGNED_IN),
    "feed_page": ("GET", SIGNED_IN),
    "announcement_list": ("GET", MEMBERS),
    "announcement_new": ("GET", INSTRUCTORS),
    "announcement_send": ("POST", refused(INSTRUCTORS)),
    "announcement_withdraw": ("POST", done(INSTRUCTORS)),
    "notification_list": ("GET", SIGNED_IN),
    "notifications_seen": ("POST", done(SIGNED_IN)),
    "mail_choices_edit": ("GET", SIGNED_IN),
    "unsubscribe": ("GET", EVERYBODY),  # whoever has the signed address
    "feed_address_new": ("POST", done(SIGNED_IN)),
    "feed_address_renew": ("GET", (302, 404, 404, 404, 404, 200, 404, 404)),  # who has one
    "feed_address_remove": ("GET", (302, 404, 404, 404, 404, 200, 404, 404)),
    "course_new": ("GET", OPENERS),
    "course_new_file": ("POST", OPENERS),
    "course_new_preview": ("POST", OPENERS),
    "course_new_create": ("POST", OPENERS),
    "post_public": ("GET", (302,) + (404,) * 7),  # a course post; test_posts has the public ones
    "course_home": ("GET", MEMBERS),
    "course_start": ("GET", INSTRUCTORS),
    "course_archive": ("GET", INSTRUCTORS),
    "course_dates_edit": ("GET", INSTRUCTORS),
    "course_erase": ("GET", INSTRUCTORS),
    "own_blog_list": ("GET", INSTRUCTORS),
    "own_blogs_allow": ("POST", done(INSTRUCTORS)),
    "own_blogs_disallow": ("POST", done(INSTRUCTORS)),
    "blog_end": ("GET", INSTRUCTORS),
    "own_blog": ("GET", WRITERS),
    "own_blog_connect": ("POST", refused(WRITERS)),
    "own_blog_change": ("POST", (302, 404, 404, 403, 404, 422, 404, 404)),  # whose blog it is
    "own_blog_check": ("POST", (302, 404, 404, 403, 404, 302, 404, 404)),  # whose blog it is
    "own_blog_stop": ("GET", (302, 404, 404, 403, 302, 200, 302, 302)),  # who has none is led away
    "imported_post_edit": ("GET", done(OWNER)),  # the post of these tests was written here
    "course_reopen": ("POST", done(INSTRUCTORS)),
    "course_delete": ("GET", INSTRUCTORS),
    "course_log": ("GET", INSTRUCTORS),
    "setup_page": ("GET", INSTRUCTORS),
    "setup_export": ("GET", INSTRUCTORS),
    "setup_import": ("POST", refused(INSTRUCTORS)),
    "setup_add": ("POST", done(INSTRUCTORS)),  # of nothing: back to the page
    "prompts_carry": ("GET", INSTRUCTORS),
    "course_calendar_page": ("GET", MEMBERS),
    "course_edit": ("GET", INSTRUCTORS),
    "class_network": ("GET", TEAM),
    "class_posts_first": ("POST", done(TEAM)),
    "class_posts_back": ("POST", done(TEAM)),
    "class_mail": ("GET", INSTRUCTORS),
    "class_pods": ("GET", INSTRUCTORS),
    "class_pods_save": ("POST", refused(INSTRUCTORS)),
    "pod_list": ("GET", INSTRUCTORS),
    "pod_draw": ("POST", refused(INSTRUCTORS)),  # of no size
    "pod_edit": ("GET", INSTRUCTORS),
    "pod_delete": ("POST", done(INSTRUCTORS)),
    "section_list": ("GET", INSTRUCTORS),
    "section_edit": ("GET", INSTRUCTORS),
    "section_delete": ("POST", done(INSTRUCTORS)),
    "rubric_list": ("GET", INSTRUCTORS),
    "rubric_new": ("GET", INSTRUCTORS),
    "rubric_new_arrange": ("POST", INSTRUCTORS),  # the page of the form, with nothing saved
    "rubric_edit": ("GET", INSTRUCTORS),
    "rubric_arrange": ("POST", INSTRUCTORS),
    "rubric_archive": ("POST", done(INSTRUCTORS)),
    "rubric_unarchive": ("POST", done(INSTRUCTORS)),
    "rubric_delete": ("GET", INSTRUCTORS),
    "rubric_import": ("GET", INSTRUCTORS),
    "rubric_export": ("GET", INSTRUCTORS),
    "gradebook": ("GET", TEAM),
    "gradebook_exports": ("GET", INSTRUCTORS),
    "gradebook_export": ("POST", INSTRUCTORS),
    "grade_import_new": ("GET", INSTRUCTORS),
    "grade_import": ("GET", INSTRUCTORS),
    "grade_import_add": ("POST", done(INSTRUCTORS)),
    "grade_import_undo": ("POST", done(INSTRUCTORS)),
    "lms_file_new": ("GET", INSTRUCTORS),
    "lms_file": ("GET", INSTRUCTORS),
    "lms_file_download": ("POST", done(INSTRUCTORS)),  # nothing is chosen yet
    "participation_rule": ("GET", INSTRUCTORS),
    "adoption_new": ("GET", done(INSTRUCTORS)),  # whose comments can still be on time
    "adoption_undo": ("POST", done(INSTRUCTORS)),
    "roster": ("GET", INSTRUCTORS),
    "join_code_rotate": ("POST", done(INSTRUCTORS)),
    "joining_stop": ("POST", done(INSTRUCTORS)),
    "joining_start": ("POST", done(INSTRUCTORS)),
    "wordpress_import_new": ("GET", INSTRUCTORS),
    "wordpress_import": ("GET", INSTRUCTORS),
    "wordpress_import_start": ("POST", refused(INSTRUCTORS)),  # nobody says whose the posts are
    "wordpress_import_undo": ("POST", done(INSTRUCTORS)),
    # Whoever is or was in the course; one’s own posts.
    "wordpress_export": ("POST", (302, 404, 200, 200, 200, 200, 200, 200)),
    "roster_import_new": ("GET", INSTRUCTORS),
    "roster_import": ("GET", INSTRUCTORS),
    "roster_import_add": ("POST", done(INSTRUCTORS)),
    "roster_import_undo": ("POST", done(INSTRUCTORS)),
    "invitation_edit": ("GET", INSTRUCTORS),
    "roster_import_read": ("POST", refused(INSTRUCTORS)),  # no separator is named
    "invitation_send": ("POST", done(INSTRUCTORS)),
    "invitation_withdraw": ("POST", done(INSTRUCTORS)),
    "invitation_page": ("GET", EVERYBODY),  # whoever has the link
    "invitation_sign_up": ("POST", (302,) * 8),  # to the page of a new account
    "member_edit": ("GET", INSTRUCTORS),
    "member_remove": ("POST", done(INSTRUCTORS)),
    "member_restore": ("POST", done(INSTRUCTORS)),
    "member_name": ("GET", INSTRUCTORS),
    "member_name_withhold": ("POST", done(INSTRUCTORS)),
    "member_name_print": ("POST", done(INSTRUCTORS)),
    "prompt_new": ("GET", INSTRUCTORS),
    "prompt_list": ("GET", MEMBERS),
    "prompt_page": ("GET", MEMBERS),
    "feedback_reply": ("GET", (302, 404, 404, 404, 404, 200, 404, 404)),
    "feedback_export": ("GET", (302, 404, 404, 403, 404, 404, 404, 404)),  # no such format
    "feedback_seen": ("POST", (302, 404, 404, 404, 404, 302, 404, 404)),
    "prompt_edit": ("GET", INSTRUCTORS),
    "prompts_save": ("POST", done(INSTRUCTORS)),
    "prompts_shift": ("POST", refused(INSTRUCTORS)),  # nothing was chosen
    "prompts_copy": ("POST", refused(INSTRUCTORS)),
    "prompts_archive": ("POST", refused(INSTRUCTORS)),
    "prompts_delete": ("POST", refused(INSTRUCTORS)),
    "prompts_by_due_date": ("POST", done(INSTRUCTORS)),
    "prompt_up": ("POST", done(INSTRUCTORS)),
    "prompt_down": ("POST", done(INSTRUCTORS)),
    "prompt_restore": ("POST", done(INSTRUCTORS)),
    "prompt_new_arrange": ("POST", INSTRUCTORS),  # the page of the form, with nothing saved
    "prompt_arrange": ("POST", INSTRUCTORS),
    "extension_list": ("GET", INSTRUCTORS),
    "extension_take_back": ("POST", done(INSTRUCTORS)),
    "prompt_rubric": ("GET", INSTRUCTORS),
    "prompt_comments_rubric": ("GET", INSTRUCTORS),
    "post_list": ("GET", MEMBERS),
    "search": ("GET", MEMBERS),
    "post_new": ("GET", WRITERS),
    "draft_list": ("GET", done(WRITERS)),
    "write": ("GET", done(WRITERS)),
    "write_choice": ("GET", WRITERS),
    "my_work": ("GET", (302, 302, 200, 200, 302, 302, 302, 302)),  # to one's one course
    "course_work": ("GET", WRITERS),
    # A script that saves says whose words it brings; without that nobody's are taken.
    "draft_token": ("GET", (401,) + (200,) * 7),
    "draft_start": ("POST", (401, 404, 404, 403, 403, 403, 403, 403)),
    "draft_save": ("POST", (401, 404, 404, 403, 403, 403, 403, 403)),
    "comment_draft_save": ("POST", (401, 404, 404, 403, 403, 403, 403, 403)),
    # Drafts of others look like drafts that are gone: both lead to one's own work.
    "draft_compare": ("GET", (302, 404, 404, 403, 302, 200, 302, 302)),
    "draft_restore": ("POST", (302, 404, 404, 403, 302, 302, 302, 302)),
    "post_page": ("GET", MEMBERS),
    "post_edit": ("GET", OWNER),
    "post_preview": ("POST", OWNER),
    "visual_pieces": ("POST", OWNER),
    "visual_check": ("POST", (302, 404, 404, 403, 403, 400, 403, 403)),  # nothing was written
    "editor_choose": ("POST", (302,) + (400,) * 7),  # nothing was chosen
    "post_publish": ("POST", refused(OWNER)),  # a form that comes back: nothing was typed
    "post_scaffold": ("POST", refused(OWNER)),
    "editor_paste": ("POST", refused(OWNER)),
    "editor_picture": ("POST", refused(OWNER)),
    "editor_name_keep": ("POST", refused(OWNER)),
    "editor_citation_link": ("POST", refused(OWNER)),
    "editor_citations_link": ("POST", refused(OWNER)),
    "editor_key_correct": ("POST", refused(OWNER)),
    "editor_reference_add": ("POST", refused(OWNER)),
    "editor_reference_edit": ("POST", refused(OWNER)),
    "editor_reference_remove": ("POST", refused(OWNER)),
    "editor_work_add": ("POST", refused(OWNER)),
    "editor_work_cite": ("POST", refused(OWNER)),
    "editor_reference_find": ("POST", refused(OWNER)),
    "editor_records_add": ("POST", refused(OWNER)),
    "reference_find": ("POST", OWNER),
    "reference_insert": ("POST", refused(OWNER)),  # nothing was found
    "editor_correction_accept": ("POST", refused(OWNER)),
    "conflict_keep": ("POST", refused(OWNER)),
    "conflict_keep_other": ("POST", refused(OWNER)),
    "picture_add": ("GET", OWNER),
    "picture_upload": ("POST", refused(OWNER)),
    "picture_file": ("GET", (404, 404, 404, 200, 200, 200, 200, 200)),  # in a course post
    "post_paste": ("GET", OWNER),
    "post_paste_insert": (
        "POST",
        refused(OWNER),
    ),  # a form that comes back, as the next two: no text
    "post_paste_changes": ("POST", refused(OWNER)),
    "post_paste_apply": ("POST", refused(OWNER)),
    "post_paste_undo": ("POST", (302, 404, 404, 403, 403, 302, 403, 403)),
    "post_withdraw": ("POST", done(OWNER)),
    "post_republish": ("POST", done(OWNER)),
    "post_delete": ("POST", done(OWNER)),
    "post_restore": ("POST", (302, 404, 404, 404, 404, 302, 404, 404)),
    "process_note_edit": ("GET", OWNER),
    "process_note_preview": ("POST", (302, 404, 404, 403, 403, 409, 403, 403)),  # of no version
    "process_note_remove": ("POST", done(OWNER)),
    "process_option": ("GET", OWNER),
    "process_moment": ("GET", MEMBERS),  # of a note for everyone in the course
    "revision_list": ("GET", OWNER_OR_TEAM),
    "revision_page": ("GET", OWNER_OR_TEAM),
    "revision_compare": ("GET", OWNER_OR_TEAM),
    "revision_restore": ("GET", OWNER),
    "revision_restore_undo": ("POST", done(OWNER)),
    "post_references": ("GET", MEMBERS),
    "post_cite": ("GET", WRITERS),
    "reference_add": ("GET", OWNER),
    "reference_look_up": ("POST", refused(OWNER)),
    "reference_add_found": ("POST", done(OWNER)),  # nothing was found: back to the page
    "reference_edit": ("GET", OWNER),
    "reference_remove": ("POST", done(OWNER)),
    "reference_accept": ("POST", done(OWNER)),
    "comment_people": ("GET", WRITERS),
    "comment_pieces": ("POST", WRITERS),
    "comment_check": ("POST", (302, 404, 404, 403, 400, 400, 400, 400)),  # nothing was written
    "comment_preview": ("POST", WRITERS),
    "comment_paste": ("POST", (302, 404, 404, 403, 422, 422, 422, 422)),  # nothing was pasted
    "comments_seen": ("POST", done(MEMBERS)),
    "comment_new": ("POST", (302, 404, 404, 403, 422, 422, 422, 422)),
    "comment_page": ("GET", done(MEMBERS)),
    "comment_reply": ("GET", WRITERS),
    "comment_edit": ("GET", OWNER),
    "comment_history": ("GET", MEMBERS),
    "comment_public_history": ("GET", (302,) + (404,) * 7),  # on a course post, as "post_public"
    "comment_delete": ("POST", done(OWNER)),
    "comment_restore": ("POST", done(OWNER)),
    "comment_use": ("POST", done(OWNER)),
    "comment_use_undo": ("POST", done(OWNER)),
    "comment_use_change": ("GET", (302, 404, 404, 404, 200, 200, 404, 404)),  # of Bob's comment
    "comment_addressee": ("GET", (302, 404, 404, 403, 403, 200, 403, 200)),
    "guest_comment_new": ("POST", (404,) * 8),  # on a course post, as the public page
    "guest_comment_status": ("GET", EVERYBODY),  # whoever has the secret address, as the next three
    "guest_comment_withdraw": ("POST", (302,) * 8),
    "guest_comment_restore": ("POST", (302,) * 8),
    "guest_comment_object": ("POST", (422,) * 8),  # nothing was written
    "guest_comment_publish": ("POST", done(TEAM)),  # of one that is open
    "guest_comment_refuse": ("GET", TEAM),
    "guest_comment_spam": ("POST", stale(TEAM)),
    "guest_comment_import": ("GET", (302, 404, 404, 403, 403, 403, 403, 403)),  # on a course post
    "charter": ("GET", MEMBERS),
    "charter_start": ("GET", INSTRUCTORS),
    "norm_new": ("GET", MEMBERS),
    "norm_edit": ("GET", MEMBERS),
    "norm_drop": ("GET", MEMBERS),
    "proposal_page": ("GET", MEMBERS),
    "proposal_accept": ("POST", (302, 404, 404, 403, 403, 403, 403, 409)),  # of no version
    "proposal_decline": ("POST", refused(INSTRUCTORS)),  # without a reason
    "proposal_take_back": ("POST", done(OWNER)),
    "moderation": ("GET", TEAM),
    "moderation_log": ("GET", TEAM),
    "case_page": ("GET", OWNER_OR_TEAM),  # something was decided about the owner’s comment
    "case_keep": ("POST", refused(TEAM)),  # without a reason
    "case_ask": ("POST", refused(TEAM)),
    "case_hide": ("POST", refused(TEAM)),
    "case_undo": ("POST", stale(TEAM)),
    "case_explain": ("POST", refused(OWNER)),  # without a word
    "case_object": ("POST", refused(OWNER)),
    "report_new": ("GET", (302, 404, 404, 200, 200, 403, 200, 200)),  # not one’s own
    "report_take_back": ("POST", (302, 404, 404, 302, 302, 302, 302, 302)),
    "bibliography": ("GET", MEMBERS),
    "bibliography_export": ("GET", MEMBERS),
    "work_add": ("POST", (302, 404, 404, 403, 404, 404, 404, 404)),  # no work is named
    "work_page": ("GET", MEMBERS),
    "work_edit": ("GET", OWNER_OR_INSTRUCTORS),  # its owner is who added it
    "work_merge": ("GET", INSTRUCTORS),
    "work_split": ("POST", done(INSTRUCTORS)),
    "person_list": ("GET", MEMBERS),
    "person_list_followed": ("GET", MEMBERS),
    "person_page": ("GET", MEMBERS),
    "saved_comment_list": ("GET", TEAM),
    "saved_comment_texts": ("GET", TEAM),
    "saved_comment_edit": ("GET", OF_INSTRUCTOR),
    "saved_comment_up": ("POST", done(OF_INSTRUCTOR)),
    "saved_comment_down": ("POST", done(OF_INSTRUCTOR)),
    "saved_comment_delete": ("POST", done(OF_INSTRUCTOR)),
    "message_overview": ("GET", TEAM),
    "message_new": ("GET", TEAM),
    "message_send": ("POST", refused(INSTRUCTORS)),  # nothing was written
    "message_withdraw": ("POST", done(INSTRUCTORS)),
    "grading_times": ("GET", TEAM),
    "grading_times_on": ("POST", done(TEAM)),
    "grading_times_off": ("POST", done(TEAM)),
    "grading_times_delete": ("POST", done(TEAM)),
    "grading_overview": ("GET", TEAM),
    "grading_prompt": ("GET", TEAM),
    "grading_comments": ("GET", TEAM),
    "grading_person": ("GET", TEAM),
    "grading_person_next": ("POST", TEAM),  # nothing was sent: the page again
    "grading_release": ("GET", INSTRUCTORS),
    "grading_release_look": ("POST", INSTRUCTORS),
    "grading_release_date": ("POST", (302, 404, 404, 403, 403, 403, 403, 404)),  # of no release
    "grading_release_back": ("GET", (302, 404, 404, 403, 403, 403, 403, 404)),  # the same
    "grading_anonymous": ("GET", INSTRUCTORS),
    "grading_agreement": ("GET", TEAM),
    "grading_calibration": ("GET", TEAM),
    "grading_calibration_begin": ("POST", refused(INSTRUCTORS)),  # nothing was chosen
    "grading_calibration_end": ("POST", done(INSTRUCTORS)),
    "grading_draw": ("POST", refused(INSTRUCTORS)),  # nothing was chosen
    "grading_draw_undo": ("POST", done(INSTRUCTORS)),
    "grading_student_settle": ("POST", (302, 404, 404, 403, 403, 403, 403, 404)),  # the same
    "grading_settle": ("POST", (302, 404, 404, 403, 403, 403, 403, 404)),  # no level is named
    "grading_student": ("GET", TEAM),
    "grading_student_next": ("POST", TEAM),  # nothing was sent: the page again
    "grading_student_comments": ("GET", TEAM),
    "grading_student_comments_next": ("POST", TEAM),  # nothing was sent: the page again
    "level_choose_comments": ("POST", refused(TEAM)),  # nothing was chosen
    "grading_open": ("POST", TEAM),
    "typed_keep": ("POST", (401, 404, 404, 403, 403, 403, 422, 422)),  # nothing was typed
    "held_change_drop": ("GET", done(TEAM)),  # nothing is held
    "typed_keep_comments": ("POST", (401, 404, 404, 403, 403, 403, 422, 422)),
    "held_change_drop_comments": ("GET", done(TEAM)),
    "level_choose": ("POST", refused(TEAM)),  # nothing was chosen
    "grading_post": ("GET", moved(TEAM)),
    "grading_post_next": ("POST", moved(TEAM)),
    "grading_choose": ("POST", done(INSTRUCTORS)),
    "follow": ("POST", (302, 404, 404, 302, 302, 403, 302, 302)),  # nobody follows themselves
    "unfollow": ("POST", done(MEMBERS)),
    "ego_network": ("GET", MEMBERS),
    "network_figure_new": ("GET", WRITERS),
    "network_export": ("GET", INSTRUCTORS),
    "network_export_file": ("POST", INSTRUCTORS),
    "network_export_list": ("GET", MEMBERS),
    "intention_list": ("GET", MEMBERS),
    "intention_save": ("POST", done(MEMBERS)),
    "intention_look_back": ("POST", (302, 404, 404, 404, 404, 302, 404, 404)),  # the owner alone
    "question_new": ("GET", (302, 404, 404, 403, 403, 302, 403, 403)),  # the open one is shown
    "question_edit": ("GET", (302, 404, 404, 404, 404, 200, 404, 404)),  # the owner alone
    "question_close": ("POST", (302, 404, 404, 404, 404, 302, 404, 404)),
    "question_reopen": ("POST", (302, 404, 404, 404, 404, 302, 404, 404)),
    "question_decline": ("POST", (302, 404, 404, 404, 302, 404, 404, 404)),  # who is offered it
    "network_choices": ("GET", MEMBERS),
    "mute": ("POST", (302, 404, 404, 302, 302, 403, 302, 302)),  # nobody mutes themselves
    "unmute": ("POST", done(MEMBERS)),
    "clock_edit": ("GET", INSTRUCTORS),
    "tie_page": ("GET", (302, 404, 404, 404, 404, 404, 404, 404)),  # the owner of a tie alone
    "discover": ("GET", MEMBERS),
    "discover_leave": ("POST", STUDENTS),
    "discover_readmit": ("POST", STUDENTS),
    "work_leave": ("POST", STUDENTS),
    "work_readmit": ("POST", STUDENTS),
    "discover_off": ("POST", STUDENTS),
    "discover_on": ("POST", STUDENTS),
}
