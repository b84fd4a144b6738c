"""Texts that attack, and texts that no program expects, of collections that others made."""

import json
from collections.abc import Iterator
from pathlib import Path


def xss_payloads(folder: Path) -> Iterator[str]:
    """Yield the scripts that others have collected, as they stand in a folder of real inputs."""
    for case in json.loads((folder / "dompurify-expect.json").read_text()):
        yield case["payload"]
    for case in json.loads((folder / "html5lib-sanitizer-tests1.json").read_text()):
        yield case["input"]
    for path in sorted(folder.glob("*.test")):
        yield path.read_text().partition("\n--\n")[0]
    for path in sorted(folder.glob("patt-*.txt")):
        yield from path.read_text().splitlines()
    yield from (folder / "markdown-it-xss.md").read_text().split("\n.\n")
    for path in sorted(folder.glob("feedparser-sanitize/*.xml")):
        yield path.read_text()


def naughty_strings(folder: Path) -> list[str]:
    """Return strings that programs stumble over, without the bytes that no form lets in."""
    strings = json.loads((folder / "blns.json").read_text())
    return [string for string in strings if string.strip() and "\0" not in string]
