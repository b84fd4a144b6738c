"""Editions, volumes, pages and numbers as entries print them."""

import re

from blog.citations.csl.fields import unmarked

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
NUMERAL = re.compile(r"\d+|[ivxlcdm]+", re.IGNORECASE)
# 2, 2nd, 2., second, and the same before “edition” in the languages that books come in.
EDITION = re.compile(
    rf"(?:(?P<number>\d{{1,3}})(?:st|nd|rd|th|e|è|ª|º|ème|eme|ère|re|er|a)?\.?"
    rf"|(?P<word>{'|'.join(ORDINALS)}))"
    r"(?:\s*(?:ed(?:n|ition|ición|izione|ição)?|éd(?:ition)?|aufl(?:age)?|druk|uitg(?:ave)?|uppl"
    r"(?:aga)?|udg(?:ave)?|utg(?:ave)?|wyd(?:anie)?)\.?)?",
    re.IGNORECASE,
)
REVISED = re.compile(r"rev(?:ised)?\.?(?:\s+ed(?:ition)?\.?)?", re.IGNORECASE)
# Words that an edition is called by, before “ed.”
KINDS_OF_EDITION = re.compile(
    r"(?:\d+(?:st|nd|rd|th) )?(?:abridged|anniversary|annotated|bilingual|collector['’]s|compact|"
    r"concise|critical|deluxe|digital|enlarged|expanded|global|illustrated|international|kindle|"
    r"large print|new|paperback|reprint|special|standard|student|unabridged|updated)",
    re.IGNORECASE,
)
# A number that has words of its own: Working Paper 12, NIH Publication No. 15.
WORDED = re.compile(r"[A-Z][a-z]{2,}\b.*\s\S*\d|.*\bno\.?\s", re.IGNORECASE | re.DOTALL)


def edition(text: str) -> str:
    """Return an edition as APA prints it: 2 → 2nd ed.; Second edition → 2nd ed.

    Other words stay as they are: 2nd printing; Zweite Auflage.
    """
    text = unmarked(text)
    if found := EDITION.fullmatch(text):
        word = found["word"]
        number = ORDINALS.index(word.lower()) + 1 if word else int(found["number"])
        return f"{ordinal(number)} ed."
    if REVISED.fullmatch(text):
        return "Rev. ed."
    return f"{text} ed." if KINDS_OF_EDITION.fullmatch(text) else text


def volume(text: str) -> str:
    """Return a volume as APA prints it: 3 → Vol. 3; words stay."""
    return f"Vol. {ranged(text)}" if re.match(r"\d|[IVXLCDM]+$", text) else text


def pages(text: str) -> str:
    """Return the pages of a part of a book: p. 5; pp. 1–20."""
    text = ranged(text)
    if not text or not re.match(r"\w*\d|[ivxlcdm]+\b", text):
        return text
    return f"pp. {text}" if re.search("[–,]", text) else f"p. {text}"


def ranged(text: str) -> str:
    """Return a text with its ranges joined by en dashes; the hyphen in CD-1234 stays."""
    text = unmarked(text)
    part = r"(?:[A-Za-z]{0,3}\d[\w.:]*|[ivxlcdm]+)"
    return re.sub(rf"(?<!\S)({part})\s*[-–—]{{1,3}}\s*({part})(?=$|[\s,;])", r"\1–\2", text)


def numbered(text: str, noun: str) -> str:
    """Return Report No. 12; a number that has words of its own stays as it is."""
    if not text or not NUMERAL.fullmatch(text):
        return text
    return f"{noun} No. {text}".strip()


def is_worded(number: str) -> bool:
    """Return whether a number says what it numbers: Working Paper 12."""
    return WORDED.match(unmarked(number)) is not None


def ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
