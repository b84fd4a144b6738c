"""Records of works, and what a text that cites them comes to."""

import re

from blog.citations import KEY_PATTERN, format_citations, parse_cluster, parse_narrative


def person(name):
    """Return a split name for “Luna, Ana M.”; anything without a comma stays whole."""
    family, comma, given = name.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": name}


def article(*authors, year=2020, title="On ties", **fields):
    csl = {
        "type": "article-journal",
        "title": title,
        "container-title": "Journal of Ties",
        "author": [person(author) for author in authors],
        **{field.replace("_", "-"): value for field, value in fields.items()},
    }
    if year is not None:
        csl["issued"] = {"date-parts": [year if isinstance(year, list) else [year]]}
    return csl


def book(*authors, **fields):
    csl = article(*authors, **fields) | {"type": "book"}
    csl.pop("container-title")
    return csl


def write(text, **works):
    """Write the citations of a text, each alone between brackets or as a word: ``@luna``."""
    found = re.finditer(rf"\[([^]]*@[^]]*)\]|@({KEY_PATTERN})(?: \[([^]@]*)\])?", text)
    clusters = [
        parse_cluster(match[1]) if match[1] else parse_narrative(match[2], match[3] or "")
        for match in found
    ]
    return format_citations(works, clusters)


def in_text(text, **works):
    return ["".join(run.text for run in runs) for runs in write(text, **works).in_text]


def entry(csl):
    return format_citations({"k": csl}, [parse_cluster("@k")]).entries[0]


def entries(text, **works):
    return [entry.text for entry in write(text, **works).entries]


def people(*names):
    return [person(name) for name in names]


def on(year, month=None, day=None):
    return {"date-parts": [[part for part in (year, month, day) if part]]}


def work(kind, title="", **fields):
    fields = {name.replace("_", "-"): value for name, value in fields.items()}
    fields.pop("url", None)
    record = {"type": kind, "title": title, **fields}
    return record | ({"URL": "https://example.org/w"} if "url" not in fields else {})


def offline(kind, title="", **fields):
    record = work(kind, title, **fields)
    record.pop("URL")
    return record


def starred(runs):
    text = "".join(f"*{run.text}*" if run.italic else run.text for run in runs)
    return re.sub(r"\*\*", "", text).replace("https://example.org/w", "URL")
