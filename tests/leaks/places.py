"""Places where each canary has to be found, by all of its readers.

What hides too much, from whomever, fails here, also if they find the words on another page.
"""

from tests.leaks.canaries import CANARIES, MEMBERS, ROLES, TEAM

POSTS = """
onlymetext teamtext podtext coursetext retreatedtext signedintext publictext gatedtext
gatedpublictext hiddenpublictext hiddenposttext
"""
TITLES = "onlymetitle teamtitle podtitle coursetitle gatedtitle hiddenpublictitle hiddenposttitle"
COMMENTS = """
onlymetalk opentalk publictalk gatedtalk teamtalk openreply deepreply publicreply narrowedreply
guestreply gatedreply teamreply asidereply wideteamreply guestopen hiddenpublicguest hiddenpostword
"""
UNSEEN_COMMENTS = """
withdrawntalk withdrawnreply hiddentalk hiddenreply waitingtalk guestwaiting guestrefused
"""
FORMER_COMMENTS = "formertalk formerteamtalk formerhiddentalk formernarrowtalk"
PASSAGES = "openpassage teampassage secretpassage"
PUBLIC_COMMENTS = "publictalk publicreply guestreply guestopen"

# A page, readers, and names of canaries.
PLACES = [
    ("post_page", MEMBERS, f"{POSTS} {COMMENTS} {UNSEEN_COMMENTS} {PASSAGES} withdrawntext"),
    ("post_page", MEMBERS, "onlymeprocess teamprocess openprocess publicprocess gatedprocess"),
    ("post_page", MEMBERS, "withdrawntitle withdrawnprocess teamhelp podhelp"),
    ("post_page", ["ada"], "feedbackreleased feedbackreply formerreply"),
    ("post_page", ["ada"], "reasonreleased pointsreleased"),
    ("own_blog", ["cyn"], "blogtitle sourcehost"),
    ("own_blog_list", ["instructor"], "blogtitle sourcehost"),
    ("feedback_reply", ["ada"], "feedbackreleased feedbackreply"),
    ("feedback_export", ["ada"], "feedbackreleased feedbackreply"),
    ("course_work", ["ada", "bob"], "feedbackreply formerreply oldreply"),
    ("grading_prompt", TEAM, "feedbackreply oldreply"),
    ("post_page", ["bob"], "unsenttalk draftpassage gatedowntalk"),
    ("post_page", ["ada", "observer", *TEAM], "gatedowntalk"),
    ("post_public", ROLES, f"signedintext publictext gatedpublictext {PUBLIC_COMMENTS}"),
    ("post_public_comments", ["visitor", "eve"], PUBLIC_COMMENTS),
    ("picture_file", ROLES, "publicpicture"),
    ("picture_file", MEMBERS, "draftpicture pendingpicture onlymepicture teampicture podpicture"),
    ("picture_file", MEMBERS, "coursepicture retreatedpicture gatedpicture withdrawnpicture"),
    ("picture_file", MEMBERS, "formerpicture secretpicture"),
    ("comment_feed", MEMBERS, f"{COMMENTS} {PASSAGES}"),
    ("secret_comment_feed", MEMBERS, f"{COMMENTS} {PASSAGES}"),
    ("comment_history", MEMBERS, f"{COMMENTS} {UNSEEN_COMMENTS} {FORMER_COMMENTS}"),
    ("comment_public_history", ROLES, f"{PUBLIC_COMMENTS} formerpublictalk"),
    ("course_feed", MEMBERS, f"{POSTS} {TITLES}"),
    ("secret_course_feed", MEMBERS, f"{POSTS} {TITLES}"),
    ("process_moment", MEMBERS, "teammoment openmoment"),
    ("process_option", ["ada"], "snapshottext"),
    ("bibliography", MEMBERS, "onlymework narrowedwork narrowedteamwork podwork narrowedpodwork"),
    ("bibliography", MEMBERS, "coursework gatedwork"),
    ("bibliography_export", MEMBERS, "onlymework podwork coursework gatedwork"),
    ("post_edit", ["ada"], "drafttext draftwork pendingtitle pendingtext withdrawnwork"),
    ("draft_compare", ["ada"], "pendingtext othertext"),
    ("revision_page", MEMBERS, "withdrawntext formersecret"),
    ("revision_page", ["ada", *TEAM], "formertext"),
    ("comment_use_change", ["ada", "bob"], "formertext"),
    ("course_work", ["ada"], "drafttitle deletedtitle"),
    ("course_work", ["bob", "cyn"], "unsenttalk decision"),
    ("course_work", ["cyn"], "gatedowntalk"),
    ("comment_edit", ["bob"], "deletedtalk"),
    ("charter", MEMBERS, "norm proposalwhy"),
    ("moderation", TEAM, "guestreason guestobjection reportopen"),
    ("case_page", ["cyn", *TEAM], "decision objection"),
    ("case_page", TEAM, "reportopen reportdecided"),
    ("report_new", ["bob"], "reportopen reportdecided decision"),
    ("grading_student", TEAM, "feedbackwaiting feedbackother feedbackreleased feedbackheld"),
    ("message_new", TEAM, "messagetoada"),
    ("grading_student", TEAM, "feedbackwaiting feedbackother feedbackreleased feedbackplanned"),
    ("grading_student", TEAM, "feedbackreply formerreply oldreply feedbackremoved"),
    ("grading_student", TEAM, "notebyinstructor notebyassistant"),
    ("grading_student", TEAM, "reasonwaiting reasonreleased pointswaiting pointsreleased"),
    ("grading_prompt", TEAM, "pointswaiting"),
    ("gradebook", TEAM, "pointswaiting pointsreleased"),
    ("grading_student", TEAM, "feedbackwaiting feedbackother feedbackreleased"),
    ("grading_student_comments", TEAM, "talkfeedbackwaiting talkfeedbackreleased"),
    ("grading_student_comments", TEAM, "feedbacktakenback"),
    ("grading_person", TEAM, "talkfeedbackwaiting talkfeedbackreleased"),
    ("prompt_page", ["ada"], "talkfeedbackreleased"),
    ("saved_comment_list", ["assistant"], "savedcomment"),
    ("roster", ["instructor"], "listedada mailinvited"),
    ("roster_import", ["instructor"], "listname"),
    ("wordpress_import", ["instructor"], "blogtext blogname"),
    ("announcement_list", MEMBERS, "announced toannounce"),
    ("course_home", MEMBERS, "announced gatedtitle promptfuture promptdraft"),
    ("course_home", ["cyn"], "namecyn"),
    ("roster", ["instructor"], "namecyn mailcyn"),
    ("gradebook", TEAM, "namecyn"),
    ("calendar_feed", MEMBERS, "promptfuture"),
    ("prompt_list", MEMBERS, "promptfuture promptdraft"),
    ("course_calendar_page", MEMBERS, "promptfuture promptdraft"),
    ("calendar_page", ["ada"], "secretfeed"),
    ("feed_page", ["ada"], "secretposts"),
    ("post_edit", ["eve"], "elsewheretext elsewherework"),
    ("about", ["eve"], "elsewherename"),
    ("person_page", MEMBERS, "namegone"),
    ("person_page", TEAM, "mailada"),
    ("profile_edit", ["ada", "cyn"], "mailada mailcyn"),
    ("post_page", MEMBERS, "coursename nameada namebob"),
    ("mail", ["ada"], "letter"),
    ("ego_network", ["ada"], "intention"),
    ("intention_list", ["ada"], "intention"),
    ("question_edit", ["ada"], "networkquestion"),
    ("ego_network", ["bob"], "networkquestion"),
]


def places_of(role) -> set[tuple[str, str]]:
    """Return the pages with the canaries that a reader has to find there."""
    return {
        (page, name)
        for page, readers, names in PLACES
        for name in names.split()
        if role in readers and role in CANARIES[name]
    }
