"""Read names, mail addresses, numbers, roles and states from cells."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from blog.roster_files import people
from blog.text.invisible import strip_invisible, visible_name

MAX_NAME_CHARS = 150
MAX_TEXT_CHARS = 1_000  # of a cell; no name, address or number is longer
MAX_ID_CHARS = 100
MAX_EMAIL_CHARS = 254
NOTHING = {"-", "–", "—", ".", "n/a", "na", "none", "null", "nil", "?", "no email", "fnu", "lnu"}
NO_NAMES = NOTHING | {"nfn", "nln", "nmn", "unknown"}
GUARDED = re.compile(r'="(.*)"', re.DOTALL)
SUFFIXES = {"jr", "sr", "ii", "iii", "iv", "v"}
# Letters of any script; quotes and brackets belong to the text around an address.
EMAIL = re.compile(r"[^\s@<>()\[\],;:\"\\|]{1,64}@[^\s@<>()\[\],;:\"'\\|]{1,190}", re.UNICODE)
DOMAIN = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{1,62}")
SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,3}")
# A number of which a spreadsheet made a fraction; three noughts are thousands: 402,000 is no 402.
POINT_ZERO = re.compile(r"(\d+)[.,]0{1,2}")
HEXADECIMAL_LOGIN = re.compile(r"[0-9a-f]{40}")
NO_NAME = re.compile(r"[<>{}$%;&@]|=\w+\(")  # markup, formulas
SECTION = re.compile(
    r"(?:section|sec|lab|tutorial|seminar|class|group|sección|sezione|gruppe|groupe|grupo|kurs)"
    r"[\s.:#-]*[^\W_]{1,3}",
    re.IGNORECASE,
)
HAN = re.compile(r"[\u3400-\u9fff\uac00-\ud7a3\u3040-\u30ff]+")

DROPPED_WORDS = re.compile(
    r"drop|withdr|delet|inactive|concluded|cancel|unenrol|removed|not (?:enrol|regist)|deregist"
    r"|abandon|exmatrik|anulad|retirad|desist|\A\s*(?:completed|[dw]|wd|wx|dr)\s*\Z",
    re.IGNORECASE,
)
SUSPENDED_WORDS = re.compile(r"suspend|gesperrt|suspens", re.IGNORECASE)
WAITING_WORDS = re.compile(r"wait\s*-?list|warteliste|liste d.attente|invited|pending", re.I)
YES = {"yes", "y", "1", "true", "oui", "si", "sí", "ja", "sim", "да", "نعم", "是", "はい"}
NO = {"no", "n", "0", "false", "non", "nein", "não", "nee", "нет", "لا", "否", "いいえ"}
ROLES = (
    (people.OBSERVER, ("observer", "parent", "guardian", "guest", "auditor", "beobachter")),
    (people.ASSISTANT, ("ta", "assistant", "grader", "tutor", "reader", "noneditingteacher")),
    (people.STUDENT, ("student", "learner", "etudiant", "alumn", "estudiante", "teilnehm", "stud")),
    (people.INSTRUCTOR, ("teacher", "instructor", "professor", "lecturer", "faculty", "designer")),
    (people.INSTRUCTOR, ("editingteacher", "manager", "coursecreator", "enseignant", "profesor")),
    (people.INSTRUCTOR, ("administrator", "dozent", "lehr", "prof")),
)


@dataclass(frozen=True, slots=True)
class Name:
    whole: str = ""
    family: str = ""
    given: str = ""


def text_of(cell: str) -> str:
    """Return the text of a cell on one line, without what spreadsheets are told by: ="…"."""
    text = cell[:MAX_TEXT_CHARS].strip()
    match = GUARDED.fullmatch(text)
    return " ".join((match[1] if match else text).split())


def plain_of(cell: str) -> str:
    """Return the text of a cell as `text_of`, "" for a sign that stands for nothing."""
    text = visible_name(text_of(cell))
    return "" if text.casefold() in NOTHING else text


def name_of(cell: str, family: str = "", given: str = "") -> Name:
    """Return a name from one cell, “Last, First” or “First Last”, or from its two parts."""
    family, given = _part(family), _part(given)
    whole = visible_name(text_of(cell))[:MAX_NAME_CHARS]
    if whole.casefold().strip() in NO_NAMES:
        whole = ""
    if "," in whole and not NO_NAME.search(whole):
        last, first = _around_comma(whole)
        whole = _joined(last, first)
        family, given = family or last, given or first
    return Name(whole or _joined(family, given), family, given)


def email_of(cell: str) -> tuple[str, str]:
    """Return the mail address of a cell in small letters, and a problem or ""."""
    text = strip_invisible(unicodedata.normalize("NFKC", text_of(cell)))
    if not text or text.casefold() in NOTHING:
        return "", "no_email"
    found = [address for one in EMAIL.findall(text) if (address := _address(one))]
    if len(set(found)) > 1:
        return "", "several_emails"
    if not found or _is_broken(text, found[0]):
        return "", "bad_email"
    return found[0], ""


def addresses_in(line: str) -> list[tuple[int, int, str]]:
    """Return the mail addresses of a line: where they start and end, and each in small letters."""
    return [
        (match.start(), match.end(), address)
        for match in EMAIL.finditer(line)
        if (address := _address(match[0]))
    ]


def id_of(cell: str) -> tuple[str, str]:
    """Return a number or a login as text, and a problem or "".

    Spreadsheets and LMS guard leading zeros by a quote, a “#” or ="…"; the zeros stay.
    """
    text = strip_invisible(text_of(cell)).removeprefix("'").removeprefix("#").strip()
    if text.casefold() in NOTHING:
        return "", ""
    if SCIENTIFIC.fullmatch(text):
        return "", "mangled_id"
    match = POINT_ZERO.fullmatch(text)
    return (match[1] if match else text)[:MAX_ID_CHARS], ""


def role_of(cell: str, *, in_moodle: bool = False) -> str:
    """Return the role that a cell names, a student's where it names none that is known.

    Moodle's “teacher” grades and does not edit; elsewhere a teacher teaches.
    """
    small = unicodedata.normalize("NFKD", cell[:MAX_NAME_CHARS].casefold())
    words = re.findall(r"[^\W\d_]+", small)
    joined = "".join(words)
    if in_moodle and joined == "teacher":
        return people.ASSISTANT
    for role, stems in ROLES:
        if joined in stems or any(word in stems for word in words):
            return role
    for role, stems in ROLES:
        if any(len(stem) > 3 and stem in joined for stem in stems):
            return role
    return people.STUDENT


def status_of(status: str, available: str, suspended: Sequence[str], deleted: str) -> str:
    """Return whether somebody still takes the course, from the columns that may say so."""
    if DROPPED_WORDS.search(status) or _is_yes(deleted):
        return people.DROPPED
    if any(map(_is_yes, suspended)) or SUSPENDED_WORDS.search(status):
        return people.SUSPENDED
    if available.strip().casefold() in NO:
        return people.UNAVAILABLE
    return people.WAITING if WAITING_WORDS.search(status) else people.ACTIVE


def is_test_student(login: str, name: str) -> bool:
    """Return whether this is the student that Canvas makes for trying a course out."""
    return bool(HEXADECIMAL_LOGIN.fullmatch(login)) and name.casefold() in ("test student", "")


def looks_like_name(cell: str) -> bool:
    """Return whether a cell may be somebody's name: some words of letters, and nothing else.

    People put an emoji between them, and some have long names.
    """
    text = text_of(cell)
    signs = {sign for sign in text if sign not in " ,.'’-()‘`·" and not _is_emoji(sign)}
    is_short = len(text) <= MAX_NAME_CHARS and len(text.split()) <= 8
    return is_short and bool(signs) and all(map(_is_letter, signs)) and not is_section(text)


def is_section(cell: str) -> bool:
    """Return whether a cell is called like a section of a course: “Section B”, “Lab 3”."""
    return bool(SECTION.fullmatch(text_of(cell)))


def _is_yes(cell: str) -> bool:
    return cell.strip().casefold() in YES


def _part(cell: str) -> str:
    text = visible_name(text_of(cell))[:MAX_NAME_CHARS]
    return "" if text.casefold() in NO_NAMES else text


def _around_comma(text: str) -> tuple[str, str]:
    """Return family and given names of “Last, First”; suffixes stay with the family."""
    parts = [part.strip() for part in text.split(",")]
    suffixes = [part for part in parts[1:] if part.rstrip(".").casefold() in SUFFIXES]
    others = [part for part in parts[1:] if part and part not in suffixes]
    return " ".join([parts[0], *suffixes]).strip(), " ".join(others)


def _joined(family: str, given: str) -> str:
    """Return a name as it is written in its script: in Han and Hangul the family comes first."""
    if HAN.fullmatch(family) and HAN.fullmatch(given):
        return family + given
    return f"{given} {family}".strip()


def _address(found: str) -> str:
    """Return an address in small letters without the signs around it, "" if it is none."""
    local, _at, domain = found.strip("'’‘.").rpartition("@")
    local = local.lstrip("'‘")
    if not local or local.startswith(".") or local.endswith(".") or ".." in local:
        return ""
    domain = domain.strip(".'’")
    if not DOMAIN.fullmatch(domain):
        return ""
    address = f"{local}@{domain}".lower()
    return address if len(address) <= MAX_EMAIL_CHARS else ""


def _is_broken(text: str, address: str) -> bool:
    """Return whether a cell has more than an address: part of one with a blank in it, a header."""
    rest = text.lower().replace("mailto:", "").replace(address, "")
    return bool(re.sub(r"[\s<>()\[\];,.'\"]", "", rest))


def _is_emoji(sign: str) -> bool:
    """Return whether a sign is an emoji or a part of one, as its colour."""
    return unicodedata.category(sign) in ("So", "Sk") or sign in "\u200d\ufe0f"


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM"
