"""Canaries: a word in everything that is not for everybody, and who may come across it.

By the state that hides it. Site staff (root) learn from the admin site that a post exists and what
it is called, unless it is for its writer alone; they read nobody's words.
"""

from tests.leaks.replies import REPLY_CANARIES
from tests.leaks_of_guests import GUEST_CANARIES
from tests.moderation_leaks import MODERATION_CANARIES

WRITER, POD = ["ada"], ["ada", "bob"]
TEAM = ["assistant", "instructor"]
MEMBERS = ["ada", "bob", "cyn", "observer", *TEAM]
SIGNED_IN = [*MEMBERS, "removed", "eve", "root"]
# Ada and Bob have published a post for the gated prompt; Cyn has withdrawn hers.
PAST_GATE = ["ada", "bob", "observer", *TEAM]
ROLES = ["visitor", "eve", "removed", "observer", "bob", "cyn", "ada", *TEAM, "root"]

STATES = {
    "draft": {
        "drafttitle": WRITER,
        "drafttext": WRITER,
        "draftwork": WRITER,
        "draftpicture": WRITER,
        "pendingtitle": WRITER,
        "pendingtext": WRITER,
        "pendingpicture": WRITER,
        "othertext": WRITER,
        "snapshottext": WRITER,
        "unsenttalk": ["bob"],
        "draftpassage": ["bob"],
    },
    "for its writer alone": {
        "onlymetitle": WRITER,
        "onlymetext": WRITER,
        "onlymework": WRITER,
        "onlymepicture": WRITER,
        "onlymetalk": WRITER,
        "onlymeprocess": WRITER,
        "narrowedwork": WRITER,
    },
    "for the teaching team": {
        "teamtitle": [*WRITER, *TEAM, "root"],
        "teamtext": [*WRITER, *TEAM],
        "teampicture": [*WRITER, *TEAM],
        "teamprocess": [*WRITER, *TEAM],
        "teammoment": [*WRITER, *TEAM],
        "teamhelp": [*WRITER, *TEAM],
        "narrowedteamwork": [*WRITER, *TEAM, "root"],
    },
    "for a pod": {
        "podtitle": [*POD, *TEAM, "root"],
        "podtext": [*POD, *TEAM],
        "podwork": [*POD, *TEAM, "root"],
        "podpicture": [*POD, *TEAM],
        "podhelp": [*POD, *TEAM],
        "narrowedpodwork": [*POD, *TEAM, "root"],
    },
    "of a blog elsewhere, whose author’s name is withheld": {
        "blogtitle": ["cyn", "instructor"],
        "sourcehost": ["cyn", "instructor"],
    },
    "for the course": {
        "coursetitle": [*MEMBERS, "root"],
        "coursetext": MEMBERS,
        "coursework": [*MEMBERS, "root"],
        "coursepicture": MEMBERS,
        "openprocess": MEMBERS,
        "openmoment": MEMBERS,
        "opentalk": MEMBERS,
        "formertalk": MEMBERS,
        "openpassage": MEMBERS,
        "announced": MEMBERS,
        "retreatedtext": MEMBERS,
        "retreatedpicture": MEMBERS,
    },
    "beyond the course": {
        "signedintext": SIGNED_IN,
        "publictext": [*SIGNED_IN, "visitor"],
        "publicpicture": [*SIGNED_IN, "visitor"],
        "publictalk": [*SIGNED_IN, "visitor"],
        "formerpublictalk": [*SIGNED_IN, "visitor"],
        "formernarrowtalk": MEMBERS,
        "publicprocess": MEMBERS,
    },
    "gated prompt": {
        "gatedtitle": [*PAST_GATE, "root"],
        "gatedtext": PAST_GATE,
        "gatedwork": [*PAST_GATE, "root"],
        "gatedpicture": PAST_GATE,
        "gatedprocess": PAST_GATE,
        "gatedtalk": PAST_GATE,
        "gatedowntalk": [*PAST_GATE, "cyn"],
        # Of a prompt that only Ada has answered; on the public web it is for whoever signs out.
        "gatedpublictext": ["ada", "observer", *TEAM, "removed", "eve", "root", "visitor"],
    },
    "withdrawn": {
        "withdrawntitle": [*WRITER, *TEAM, "root"],
        "withdrawntext": [*WRITER, *TEAM],
        "withdrawnwork": [*WRITER, "root"],
        "withdrawnpicture": [*WRITER, *TEAM],
        "withdrawnprocess": [*WRITER, *TEAM],
        "withdrawntalk": [*WRITER, *TEAM],
        "formertext": [*POD, *TEAM],  # Bob: what the version that uses his comment changed
        "formerpicture": [*WRITER, *TEAM],
        "formersecret": WRITER,
        "secretpicture": WRITER,
    },
    "deleted": {
        "deletedtitle": WRITER,
        "deletedtext": [],
        "deletedwork": [],
        "deletedpicture": [],
        "deletedprocess": [],
        "deletedtalk": ["bob"],
        "formerdeletedtalk": [],
        "deletedpassage": [],
        "notannounced": [],
    },
    "private comment": {
        "teamtalk": ["cyn", "ada", *TEAM],
        "formerteamtalk": ["cyn", "ada", *TEAM],
        "teampassage": ["cyn", "ada", *TEAM],
        "secretpassage": ["cyn", "ada", *TEAM],
    },
    "replies": REPLY_CANARIES,
    "by guests": GUEST_CANARIES,
    "in moderation": MODERATION_CANARIES,
    "hidden": {
        "hiddentalk": ["cyn", "ada", *TEAM],
        "formerhiddentalk": ["cyn", "ada", *TEAM],
    },
    "waiting": {
        "waitingtalk": ["cyn", "ada", *TEAM],
        "promptfuture": [*TEAM, "root"],
        "promptdraft": [*TEAM, "root"],
        "toannounce": ["instructor"],
        "feedbackwaiting": TEAM,
        "feedbackplanned": TEAM,  # of Cyn, to be released tomorrow
        "feedbacktakenback": TEAM,  # of Bob, who could read it for a moment
        "feedbackother": TEAM,
        "feedbackreleased": ["ada", *TEAM],
        "feedbackheld": ["instructor"],
        "feedbackremoved": TEAM,  # in the history of a grade that was emptied
        "notebyinstructor": ["instructor"],
        "notebyassistant": ["assistant"],
        "reasonwaiting": TEAM,  # why other points count
        "reasonreleased": ["ada", *TEAM],
        "pointswaiting": TEAM,
        "pointsreleased": ["ada", *TEAM],
        "messagetoada": TEAM,
        "intention": ["ada"],
        "networkquestion": ["ada", "bob"],  # Bob is offered it
        "feedbackreply": ["ada", *TEAM],
        "formerreply": ["ada", *TEAM],  # what that one said before
        "oldreply": ["bob", *TEAM],  # to feedback that was taken back
        "talkfeedbackwaiting": TEAM,
        "talkfeedbackreleased": ["ada", *TEAM],
    },
    "other course": {
        "elsewherename": ["eve", "root"],
        "elsewheretext": ["eve"],
        "elsewherework": ["eve", "root"],
        "coursename": [*MEMBERS, "removed", "root"],
    },
    "personal": {
        "mailada": ["ada", *TEAM, "root"],
        "mailcyn": ["cyn", "instructor", "root"],
        "mailinvited": ["instructor"],
        "listedada": ["instructor"],
        "listname": ["instructor"],
        "blogtext": ["instructor"],
        "blogname": ["instructor"],
        "nameada": [*MEMBERS, "root"],
        "namebob": [*MEMBERS, "root"],
        "namecyn": ["cyn", *TEAM, "root"],
        "namegone": [*MEMBERS, "removed", "root"],
        "letter": ["ada"],
        "savedcomment": ["assistant"],
        "secretfeed": WRITER,
        "secretposts": WRITER,
    },
}
# Cyn’s name is withheld: the team reads it, and her address, nowhere else.
PAGES_OF_LISTS = ("roster", "member_", "gradebook", "grade_", "lms_", "section_", "invitation_")
LISTED_ALONE = ("namecyn", "mailcyn")

CANARIES = {name: roles for canaries in STATES.values() for name, roles in canaries.items()}

# Points that nothing else on a page has, in hundredths.
POINTS = {"pointswaiting": 731913, "pointsreleased": 742817}


def mark(name):
    """Return the word of a canary; only letters, which no rendering changes. Points are one."""
    assert name in CANARIES
    return f"{POINTS[name] / 100}" if name in POINTS else f"zq{name}qz"
