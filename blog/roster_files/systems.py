"""Detection of the student system that wrote a list: its numbers mean nothing in another."""

from collections.abc import Sequence

from blog.spreadsheets import heading_key

CANVAS, MOODLE, BRIGHTSPACE, BLACKBOARD = "canvas", "moodle", "brightspace", "blackboard"
LTI = "lti"  # a list that came by LTI: its keys are those of launches from that course
LTI_KEY = "lms_id"  # what they are called
# Headings that stand together in the lists of one system alone, as `heading_key` writes them.
SIGNS = (
    (LTI, {"ltiuserid"}),
    (BRIGHTSPACE, {"orgdefinedid"}),
    (BRIGHTSPACE, {"endoflineindicator"}),
    (CANVAS, {"sisuserid"}),
    (CANVAS, {"sisloginid"}),
    (CANVAS, {"canvasuserid"}),
    (CANVAS, {"student", "id", "section"}),
    (BLACKBOARD, {"lastname", "firstname", "username", "lastaccess"}),
    (MOODLE, {"idnumber", "emailaddress"}),
    (MOODLE, {"firstname", "surname", "idnumber"}),
)


def system_of(headings: Sequence[str]) -> str:
    """Return the student system whose headings these are, "" if nobody can tell."""
    keys = set(map(heading_key, headings))
    return next((system for system, signs in SIGNS if signs <= keys), "")
