"""Words that a page has divided at the end of a line, as PDFs copy them."""

import re
from collections.abc import Iterator

from blog.paste.changes import Change, change

DIVIDED = re.compile(r"(?<![\w-])([^\W\d_]{2,})-\n([^\W\d_]{2,})(?![\w-])")
# These begin words that have a hyphen of their own.
BEGINNINGS = re.compile(
    "all|cross|ever|ex|face|full|half|high|ill|long|low|mid|non|off|one|open|peer|post|pre|pro|"
    "self|semi|short|so|socio|two|well",
    re.IGNORECASE,
)
# Behind these the hyphen stands for the end of a later word: “pre- and posttest”.
LINKS = re.compile("and|bis|et|nor|och|oder|og|or|to|und")


def find_divided_words(text: str) -> Iterator[Change]:
    """Find words that go on in the next line; one keeps a hyphen that it has elsewhere too."""
    if "```" in text:
        return
    words = text.lower()
    for found in DIVIDED.finditer(text):
        first, rest = found.groups()
        if not rest.islower() or LINKS.fullmatch(rest):
            continue
        hyphenated = f"{first}-{rest}"
        whole = re.search(rf"\b{first}{rest}\b", words, re.IGNORECASE)
        has_hyphen = hyphenated.lower() in words or BEGINNINGS.fullmatch(first) is not None
        keeps = has_hyphen and whole is None
        yield change("hyphen", text, *found.span(), hyphenated if keeps else f"{first}{rest}")
