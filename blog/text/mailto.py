"""Addresses that open somebody's own mail program (RFC 6068). Pure."""

from collections.abc import Sequence
from urllib.parse import quote

# Windows and some browsers cut longer addresses.
MAX_ADDRESS_CHARS = 1900


def mailto_links(
    to: str, bcc: Sequence[str], *, subject: str, body: str, limit: int = MAX_ADDRESS_CHARS
) -> list[tuple[str, int]]:
    """Return the fewest links that reach all of ``bcc``, each with how many it reaches.

    All are to oneself, so that nobody reads the addresses of others. A text that leaves no room for
    them comes with none of it: a link without a body is better than one that is cut.
    """
    text = body.replace("\r\n", "\n").replace("\n", "\r\n")
    ending = f"&subject={quote(subject)}&body={quote(text)}"
    longest = max((len(quote(email)) for email in bcc), default=0)
    if len(f"mailto:{quote(to)}?bcc={ending}") + longest > limit:
        ending = f"&subject={quote(subject)}"
    start = f"mailto:{quote(to, safe='@')}?bcc="
    links, batch = [], ""
    count = 0
    for email in (quote(each, safe="@") for each in bcc):
        longer = f"{batch},{email}" if batch else email
        if batch and len(start) + len(longer) + len(ending) > limit:
            links.append((start + batch + ending, count))
            longer, count = email, 0
        batch, count = longer, count + 1
    return [*links, (start + batch + ending, count)] if batch else links
