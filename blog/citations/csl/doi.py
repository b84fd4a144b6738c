"""Digital object identifiers, however they are written."""

import html
import re
from urllib.parse import unquote

# Registrants may use brackets < > in the oldest ones; only before a digit, so that a tag in
# pasted HTML ends the identifier.
PATTERN = re.compile(r"10\.\d{4,9}/(?:[^\s\"<>]|<(?=\d)|(?<=\d)>(?=\d))+", re.ASCII)
MAX_TEXT_CHARS = 2_000
UNSAFE = str.maketrans({"#": "%23", "%": "%25", "<": "%3C", ">": "%3E", "?": "%3F"})


def normalise_doi(text: str) -> str:
    """Return the DOI in a text, a ``doi:`` or an address; "" if there is none.

    In lower case, as DOIs are compared without case, and without the punctuation of the sentence
    around it.
    """
    text = html.unescape(text[:MAX_TEXT_CHARS])
    if "%2f" in text.lower():
        text = unquote(text)
    match = PATTERN.search(text)
    if not match:
        return ""
    doi = match[0].rstrip(".,;:'’”]}")
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".,;:'’”]}")
    return doi.lower()


def doi_address(doi: str) -> str:
    """Return the doi.org address of a DOI, with the characters escaped that would end it."""
    return f"https://doi.org/{doi.translate(UNSAFE)}"
