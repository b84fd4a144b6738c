"""
Make XML of a file that almost is. Pure.

Exports break in a few ways: a server stopped in the middle, a control character or an ``&`` was
written as it is, or a text ended its CDATA section before its end. Each place that is changed is
listed with its line. Text stays text: nothing in a text becomes an element.
"""

import re
from html.entities import html5

from blog.text.xml_signs import UNWRITABLE
from blog.wordpress.items import Repair, WordPressRefused

KINDS = ("encoding", "control", "ampersand", "stray_tag", "unclosed", "cdata")
MAX_OPEN = 100  # elements; each one that is closed is looked for among them
MAX_REPAIRS = 500  # listed
MAX_CHANGES = 5_000  # a file with more of them is not worth the trouble
MAX_TOKENS = 2_500_000
TOKEN = re.compile(
    r"<!\[CDATA\[(?P<cdata>.*?)(?P<cdata_end>\]\]>|\Z)"
    r"|<!--(?P<comment>.*?)(?P<comment_end>-->|\Z)"
    r"|<\?(?P<instruction>.*?)(?P<instruction_end>\?>|\Z)"
    r"|<(?P<closes>/?)(?P<name>[A-Za-z_][\w.:-]{0,60})"
    r"(?P<attributes>(?:\s+[\w.:-]{1,60}\s*=\s*(?:\"[^\"<]{0,2000}\"|'[^'<]{0,2000}'))*+)\s*(?P<empty>/?)>"
    r"|(?P<text>[^<]+)"
    r"|(?P<sign><)",
    re.DOTALL,
)
# Without a prefix these are elements, and all others are words or HTML of a text.
ELEMENTS = {
    *("rss", "channel", "item", "title", "link", "description", "language", "pubDate", "guid"),
    *("lastBuildDate", "generator", "category", "image", "url", "width", "height", "cloud"),
    *("copyright", "ttl", "docs"),
}
AMPERSAND = re.compile(r"&(?:(?P<name>[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)?")
OF_XML = {"amp", "lt", "gt", "quot", "apos"}


def repair(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Return a text as XML, and the repairs. Raises WordPressRefused for a document type."""
    return _Repairer().repair(text)


class _Repairer:
    def __init__(self) -> None:
        self.line = 1
        self.changes = 0
        self.repairs: list[Repair] = []
        self.written: list[str] = []
        self.open: list[str] = []

    def repair(self, text: str) -> tuple[str, tuple[Repair, ...]]:
        for number, token in enumerate(TOKEN.finditer(text)):
            if number >= MAX_TOKENS:
                raise WordPressRefused("beyond_repair", line=self.line)
            self._write(token, text)
            self.line += token[0].count("\n")
        if self.open:
            self._note("unclosed")
        self.written += [f"</{name}>" for name in reversed(self.open)]
        return "".join(self.written), tuple(self.repairs)

    def _note(self, kind: str) -> None:
        """Count a change, and keep it as far as it is listed. Raises WordPressRefused for many."""
        self.changes += 1
        if self.changes > MAX_CHANGES:
            raise WordPressRefused("beyond_repair", line=self.line)
        if len(self.repairs) < MAX_REPAIRS:
            self.repairs.append(Repair(self.line, kind))

    def _write(self, token: re.Match[str], whole: str) -> None:
        if token["name"] is not None:
            self._write_tag(token)
        elif token["cdata"] is not None:
            self._write_cdata(token)
        elif token["text"] is not None:
            self._write_text(token["text"])
        elif token["sign"] is not None:
            if whole[token.start() : token.start() + 9].upper() == "<!DOCTYPE":
                raise WordPressRefused("doctype", line=self.line)
            self._note("stray_tag")
            self.written.append("&lt;")
        elif not (token["comment_end"] or token["instruction_end"]):
            self._note("unclosed")
        # Comments and instructions say nothing that is read.

    def _write_tag(self, token: re.Match[str]) -> None:
        name = token["name"]
        if not (name in ELEMENTS or re.fullmatch(r"[A-Za-z]{1,20}:[\w-]+", name)):
            self._note("stray_tag")
            self._write_text(token[0])
        elif token["closes"]:
            self._close(name)
        else:
            attributes = self._clean(token["attributes"])
            self.written.append(f"<{name}{attributes}{token['empty']}>")
            if not token["empty"]:
                self.open.append(name)
            if len(self.open) > MAX_OPEN:
                raise WordPressRefused("too_deep", line=self.line)

    def _close(self, name: str) -> None:
        """Close an element, with those in it that were not; one that is not open is left out."""
        if name not in self.open:
            self._note("stray_tag")
            return
        if self.open[-1] != name:
            self._note("unclosed")
        while self.open:
            inner = self.open.pop()
            self.written.append(f"</{inner}>")
            if inner == name:
                break

    def _write_cdata(self, token: re.Match[str]) -> None:
        if not token["cdata_end"]:
            self._note("unclosed")
        if not self.open:
            return
        self.written.append(f"<![CDATA[{self._without_controls(token['cdata'])}]]>")

    def _write_text(self, text: str) -> None:
        if not self.open:
            if text.strip():
                self._note("stray_tag")
            return
        if "]]>" in text:
            self._note("cdata")
        cleaned = self._clean(text).replace("<", "&lt;").replace(">", "&gt;")
        self.written.append(cleaned)

    def _clean(self, text: str) -> str:
        return AMPERSAND.sub(self._ampersand, self._without_controls(text))

    def _ampersand(self, found: re.Match[str]) -> str:
        name = found["name"] or ""
        if name in OF_XML:
            return found[0]
        if name.startswith("#"):
            number = int(name[2:], 16) if name[1] == "x" else int(name[1:])
            if 0 < number < 0x110000 and not UNWRITABLE.match(chr(number)):
                return found[0]
            self._note("control")
            return ""
        self._note("ampersand")
        sign = html5.get(f"{name};") if name else None
        return sign if sign and sign not in "<>&\"'" else f"&amp;{found[0][1:]}"

    def _without_controls(self, text: str) -> str:
        if UNWRITABLE.search(text):
            self._note("control")
        return UNWRITABLE.sub("", text)
