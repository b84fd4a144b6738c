"""Read the bullet or the number that word processors paint before a list item."""

import re

from blog.paste.html.tree import Node

GAP = r"(?:[\u00a0\t][\u00a0\t ]*)"
WIDE_GAP = r"(?:\t[\u00a0\t ]*|\u00a0[\u00a0\t ]+|[ ]\u00a0[\u00a0\t ]*)"
# A bullet and the gap after it, in Word’s symbol fonts too; letters stand for bullets of those.
PAINTED = re.compile(
    rf"\s*(?:(?P<bullet>[·•▪◦‣●○■□➢❖\uf0a7\uf0a8\uf0b7\uf0d8\uf0fb\uf0fc§–-]){GAP}"
    rf"|(?P<dot>[·•▪◦‣●\uf0b7])\s+"
    rf"|(?P<letter>[oØüûvq]|\(?(?:\d{{1,3}}(?:\.\d{{1,3}}){{0,5}}|[a-z]|[ivx]{{1,5}})[.)]){WIDE_GAP})",
    re.IGNORECASE,
)
# What a check mark in Word’s symbol fonts stands for: it says whether something is done.
CHECK_MARKS = {mark: mark for mark in "✓✔☑✅✗✘☒❌☐"} | {
    **{"ü": "✓", "\uf0fc": "✓", "û": "✗", "\uf0fb": "✗", "þ": "☑", "\uf0fe": "☑"},
    **{"ý": "☒", "\uf0fd": "☒"},
}
NUMBER = re.compile(
    r"\(?(?:(?:\d{1,3}\.){0,8}(?P<digits>\d{1,4})[.)]?|(?P<letters>[a-z]{1,7})[.)])", re.IGNORECASE
)
OTHER_NUMBER = re.compile(r"\(?\w{1,4}[.)、．）]")
ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def find_sign(node: Node) -> Node | int | None:
    """Return the element of a sign, or the length of a painted one; None if there is no sign."""
    first: Node | None = None
    for each in node.walk():
        if each.tag == "sign" or each.style.get("mso-list", "").startswith("ignore"):
            first = each
            break
        if each is not node and any(isinstance(c, str) and c.strip() for c in each.children):
            break
    if first is not None:
        return first
    match = PAINTED.match(node.text)
    return match.end() if match else None


def take_sign(node: Node) -> str:
    """Remove “1.” or “·” from the start of a paragraph, and return it; "" if there is none."""
    found = find_sign(node)
    if isinstance(found, Node):
        sign = found.text.strip()
        found.remove()
        return sign
    if found is None:
        return ""
    sign = node.text[:found].strip()
    cut_start(node, found)
    return sign


def number_of(sign: str, *, expected: int = 1) -> int | None:
    """Return the number that a sign stands for, None for a bullet.

    “i.” may be one or nine: it is what is ``expected`` if it can be.
    """
    sign = sign.strip()
    match = NUMBER.fullmatch(sign)
    if match is None:
        return expected if OTHER_NUMBER.fullmatch(sign) else None
    if match["digits"]:
        return int(match["digits"])
    letters = match["letters"].lower()
    readings = [_roman(letters)] if ROMAN.fullmatch(letters) else []
    if len(set(letters)) == 1:
        place = ord(letters[0]) - ord("a") + 1 + 26 * (len(letters) - 1)
        readings.insert(len(readings) if letters in ("i", "v", "x", "ii", "iii") else 0, place)
    if expected in readings:
        return expected
    return readings[0] if readings else None


def _roman(numeral: str) -> int:
    values = [VALUES[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )


def cut_start(node: Node, left: int) -> int:
    """Remove characters from the start of an element’s text; return how many are left to remove."""
    for place, child in enumerate(node.children):
        if left <= 0:
            break
        if isinstance(child, str):
            node.children[place] = child[left:]
            left -= len(child)
        else:
            left = cut_start(child, left)
    return max(0, left)
