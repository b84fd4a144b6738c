"""Roles of an LMS, in their short and their long form → the role in a course."""

from collections.abc import Iterable

STUDENT, ASSISTANT, INSTRUCTOR = "student", "assistant", "instructor"
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"
OLD = "urn:lti:role:ims/lis/"  # of LTI 1.1, which some still send along
ASSISTANTS = {"TeachingAssistant", "TeachingAssistantGroup", "TeachingAssistantSection"}


def course_role(roles: Iterable[object]) -> str:
    """Return the role in a course that an LMS gives somebody there, "" for none.

    Only what somebody is in this very course counts: neither the administrators of an LMS nor
    whoever teaches something else at the institution teaches it. An assistant is an instructor too
    in many LMSs, so the narrower role wins.
    """
    found = {_in_course(role) for role in roles if isinstance(role, str)}
    return next((role for role in (ASSISTANT, INSTRUCTOR, STUDENT) if role in found), "")


def _in_course(role: str) -> str:
    main, sub = _parts(role)
    if main == "TeachingAssistant" or (main == "Instructor" and sub in ASSISTANTS):
        return ASSISTANT
    return {"Instructor": INSTRUCTOR, "Learner": STUDENT}.get(main, "")


def _parts(role: str) -> tuple[str, str]:
    """Return a role in the course and what it is in particular; "" for a role elsewhere."""
    if role.startswith(OLD):
        main, _slash, sub = role.removeprefix(OLD).partition("/")
        return main, sub
    if role.startswith(f"{MEMBERSHIP}#"):
        return role.removeprefix(f"{MEMBERSHIP}#"), ""
    if role.startswith(f"{MEMBERSHIP}/"):
        main, _hash, sub = role.removeprefix(f"{MEMBERSHIP}/").partition("#")
        return main, sub
    return ("", "") if ":" in role else (role, "")
