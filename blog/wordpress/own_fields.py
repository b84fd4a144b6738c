"""Fields of this program in a file for WordPress, so that it reads the same text back. Pure."""

import json
from collections.abc import Mapping
from typing import Any

from blog.citations.parsers import clean_csl

MARKDOWN = "_commonplace_markdown"
REFERENCES = "_commonplace_references"
CONTENT_NOTE = "_commonplace_content_note"
AUDIENCE = "_commonplace_audience"
MAX_FIELD_CHARS = 400_000
MAX_REFERENCES = 200
COURSE = "course"
MAX_NOTE_CHARS = 120


def write_own_fields(
    markdown: str,
    references: list[dict] | None = None,
    content_note: str = "",
    audience: str = "",
) -> dict[str, str]:
    """Return the fields of a text; ``references`` are CSL-JSON with their keys as ``id``.

    ``audience`` is COURSE for a post that WordPress keeps private and a course did not.
    """
    fields = {MARKDOWN: markdown}
    if audience:
        fields[AUDIENCE] = audience
    if references:
        fields[REFERENCES] = json.dumps(references, ensure_ascii=False)
    if content_note:
        fields[CONTENT_NOTE] = content_note
    return fields


def was_open_to_course(meta: Mapping[str, str]) -> bool:
    """Return whether a post that WordPress keeps private was open to a whole course here."""
    return bool(meta.get(MARKDOWN, "").strip()) and meta.get(AUDIENCE, "") == COURSE


def read_own_fields(meta: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields in a text. A file can say anything here, so it is cleaned as any is."""
    markdown = meta.get(MARKDOWN, "")
    if not markdown.strip() or len(markdown) > MAX_FIELD_CHARS:
        return {}
    found: dict[str, Any] = {"markdown": markdown}
    references = _references(meta.get(REFERENCES, ""))
    if references:
        found["references"] = references
    note = " ".join(meta.get(CONTENT_NOTE, "").split())
    if note:
        found["content_note"] = note[:MAX_NOTE_CHARS]
    return found


def _references(words: str) -> tuple[dict, ...]:
    try:
        listed = json.loads(words[:MAX_FIELD_CHARS])
    except (ValueError, RecursionError):
        return ()
    if not isinstance(listed, list):
        return ()
    cleaned = []
    for one in listed[:MAX_REFERENCES]:
        if isinstance(one, dict) and isinstance(one.get("id"), str):
            cleaned.append(clean_csl(one) | {"id": one["id"][:100]})
    return tuple(cleaned)
