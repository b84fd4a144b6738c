"""
Clean text of single CSL values, whatever their type.

References come from other people's files and from registries that disagree about types. Nothing
here raises: a value that cannot be meant as text is no text.
"""

import html
import re
import unicodedata

from blog.citations.runs import Run

MAX_FIELD_CHARS = 4_000  # the longest real titles have about 600

ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d?);")
# Controls, lone surrogates, what has no width, the marks that turn the direction of all text, and
# noncharacters, which the renderer uses as marks of its own.
UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff"
    "\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef"
    + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (65534, 65535))
    + "]"
)
MARKUP = re.compile(
    r"<(?P<close>/?)(?P<name>i|em|italic|b|bold|strong|u|s|sub|sup|sc|scp|span|small|tt|br|p|"
    r"(?:jats|mml|m):[a-z]+)\b[^<>]{0,200}>",
    re.IGNORECASE,
)
ITALIC_TAGS = {"i", "em", "italic", "jats:italic"}


def text_of(value: object) -> str:
    """Return a CSL value as one line of text, markup included.

    The first text of a list; "" for what is neither text nor number.
    """
    if isinstance(value, list | tuple):
        value = next((one for one in value if isinstance(one, str) and one.strip()), "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if not isinstance(value, str):
        value = f"{value:.15g}" if abs(value) < 1e15 else ""
    return tidy(value)


def tidy(text: str) -> str:
    """Return a text on one line, with its entities resolved and without control characters."""
    text = ENTITY.sub(lambda match: html.unescape(match[0]), text[:MAX_FIELD_CHARS])
    return " ".join(UNWANTED.sub("", unicodedata.normalize("NFC", text)).split())


def unmarked(text: str) -> str:
    """Return a title without its inline markup."""
    return " ".join(MARKUP.sub("", text).split())


def marked(text: str, *, italic: bool = False) -> tuple[Run, ...]:
    """Return the runs of a title with inline markup.

    Italics inside an italic title are upright. Other known markup leaves its text; anything else
    between angle brackets was typed by somebody and is printed as it is.
    """
    runs, depth, place = [], 0, 0
    for match in MARKUP.finditer(text):
        runs.append(Run(text[place : match.start()], italic=italic ^ (depth > 0)))
        place = match.end()
        if match["name"].lower() in ITALIC_TAGS:
            depth = max(0, depth + (-1 if match["close"] else 1))
    runs.append(Run(text[place:], italic=italic ^ (depth > 0)))
    return _one_line(runs)


def folded(text: str) -> str:
    """Return a text for comparing and sorting: without case, accents, spaces and punctuation."""
    text = unicodedata.normalize("NFKD", text.translate(PLAIN_LETTERS)).casefold()
    return "".join(character for character in text if character.isalnum())


PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "æ": "ae", "Æ": "Ae"}
    | {"œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D"}
)


def _one_line(runs: list[Run]) -> tuple[Run, ...]:
    """Drop empty runs, and the second of two spaces that meet where a tag was."""
    result: list[Run] = []
    for run in runs:
        text = run.text
        if not result or result[-1].text.endswith(" "):
            text = text.lstrip()
        if text:
            result.append(Run(text, italic=run.italic))
    if result:
        result[-1] = Run(result[-1].text.rstrip(), italic=result[-1].italic)
    return tuple(run for run in result if run.text)
