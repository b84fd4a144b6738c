"""Lists as a plain outline, and the pages that word processors make of them."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Outline = list[tuple[str, int, list["Entry"]]]


@dataclass(frozen=True)
class Entry:
    """An item: its paragraphs, and the lists under it as tag, first number and entries."""

    paragraphs: tuple[str, ...]
    lists: Outline


def outlines(number: int, seed: int = 7) -> Iterator[Outline]:
    """Yield lists of lists, with up to three levels, each of its kind, as people make them."""
    chance = random.Random(seed)
    for _ in range(number):
        names = (f"item {word}" for word in range(1000))
        yield [_list(chance, names, depth=0)]


def _list(chance: random.Random, names: Iterator[str], depth: int) -> tuple[str, int, list[Entry]]:
    tag = chance.choice(["ul", "ol"])
    start = chance.choice([1, 1, 1, 4, 12]) if tag == "ol" else 1
    return tag, start, [_entry(chance, names, depth) for _ in range(chance.randint(1, 4))]


def _entry(chance: random.Random, names: Iterator[str], depth: int) -> Entry:
    paragraphs = tuple(next(names) for _ in range(chance.choice([1, 1, 1, 1, 2])))
    lists: Outline = []
    if depth < 2 and chance.random() < 0.35:
        lists.append(_list(chance, names, depth + 1))
        if chance.random() < 0.25:
            lists.append(_list(chance, names, depth + 1))
            if lists[0][0] == lists[1][0]:
                lists.pop()
    return Entry(paragraphs, lists)


def _flat(outline: Outline, level: int = 1) -> Iterator[tuple[int, str, int, Entry]]:
    for tag, start, entries in outline:
        for place, entry in enumerate(entries):
            yield level, tag, start + place, entry
            yield from _flat(entry.lists, level + 1)


def word(outline: Outline, *, is_listed: bool = True) -> str:
    """Return Word’s paragraphs, or those of an editor that has lost what Word says of lists."""
    parts = ["<p class=MsoNormal>Before</p>"]
    for level, tag, number, entry in _flat(outline):
        margin = f"margin-left:{level * 0.5}in"
        sign = _sign(number, level) if tag == "ol" else "·o§"[(level - 1) % 3]
        gap = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;&nbsp; </span>"
        style = f"{margin};text-indent:-.25in"
        if is_listed:
            style += f";mso-list:l0 level{level} lfo1"
            sign = f"<span style='mso-list:Ignore'>{sign}{gap}</span>"
            sign = f"<!--[if !supportLists]-->{sign}<!--[endif]-->"
        else:
            sign = f"<span>{sign}{gap}</span>"
        parts.append(f"<p class=MsoListParagraph style='{style}'>{sign}{entry.paragraphs[0]}</p>")
        parts += [
            f"<p class=MsoListContinue style='{margin}'>{p}</p>" for p in entry.paragraphs[1:]
        ]
    return "\n".join([*parts, "<p class=MsoNormal>After</p>"])


def _sign(number: int, level: int) -> str:
    letter = chr(ord("a") + (number - 1) % 26)
    roman = [
        "",
        "i",
        "ii",
        "iii",
        "iv",
        "v",
        "vi",
        "vii",
        "viii",
        "ix",
        "x",
        "xi",
        "xii",
        "xiii",
        "xiv",
        "xv",
    ]
    return f"{[number, letter, roman[number]][level - 1]}."


def painted(outline: Outline) -> str:
    return word(outline, is_listed=False)


def word_online(outline: Outline) -> str:
    parts = []
    for level, tag, number, entry in _flat(outline):
        start = f' start="{number}"' if tag == "ol" else ""
        paragraphs = "".join(f'<p class="Paragraph">{text}</p>' for text in entry.paragraphs)
        parts.append(
            f'<div class="ListContainerWrapper SCXW2"><{tag} role="list"{start}><li '
            f'data-listid="3" data-aria-level="{level}">{paragraphs}</li></{tag}></div>'
        )
    return "".join(parts)


def google_docs(outline: Outline, level: int = 1) -> str:
    parts = []
    for tag, start, entries in outline:
        inner = "".join(
            f'<li dir="ltr" aria-level="{level}"><p>{"<br>".join(entry.paragraphs)}</p></li>'
            + google_docs(entry.lists, level + 1)
            for entry in entries
        )
        parts.append(f'<{tag} start="{start}">{inner}</{tag}>')
    return "".join(parts)


def google_exported(outline: Outline) -> str:
    parts = []
    for level, tag, number, entry in _flat(outline):
        text = "<br>".join(f"<span>{text}</span>" for text in entry.paragraphs)
        parts.append(
            f'<{tag} class="c1 lst-kix_x1-{level - 1}" start="{number}">'
            f'<li class="c2">{text}</li></{tag}>'
        )
    return "".join(parts)


def libre_office(outline: Outline) -> str:
    parts = []
    for tag, start, entries in outline:
        inner = "".join(
            "<li>"
            + "".join(f"<p>{text}</p>" for text in entry.paragraphs)
            + f"{libre_office(entry.lists)}</li>\n"
            for entry in entries
        )
        parts.append(f'<{tag} start="{start}">\n{inner}</{tag}>\n')
    return "".join(parts)


PROGRAMS: dict[str, Callable[[Outline], str]] = {
    "Word": word,
    "Word, painted": painted,
    "Word for the web": word_online,
    "Google Docs": google_docs,
    "Google Docs, saved": google_exported,
    "LibreOffice": libre_office,
}
