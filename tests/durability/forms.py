"""Every form of a page, filled in as by somebody who types a few words into each empty field."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.urls import resolve

WORDS = "some words"
TYPED = {
    "text": WORDS,
    "textarea": WORDS,
    "email": "somebody.new@example.edu",
    "url": "https://example.edu/paper",
    "date": "2026-12-01",
    "datetime-local": "2026-12-01T12:00",
    "number": "2",
}


@dataclass
class PageForm:
    """A form with where its button sends it; ``fields`` are lists, as a browser may repeat one.

    ``files`` are the names of fields that take a file, which ``fields`` leaves out.
    """

    path: str
    fields: dict[str, list[str]]
    files: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return resolve(urlsplit(self.path).path).url_name

    @property
    def shape(self) -> tuple[str, frozenset[str]]:
        return self.name, frozenset(self.fields)


def forms_of(address: str, page: str) -> list[PageForm]:
    """Return the POST forms of a page, one for each button that sends them elsewhere."""
    reader = _Forms()
    reader.feed(page)
    forms = []
    for form in reader.forms:
        if form["method"] != "post":
            continue
        for target, value in form["buttons"] or [(form["action"], {})]:
            path = urljoin(address, target or form["action"] or address)
            forms.append(PageForm(path, form["fields"] | value, form["files"]))
    return forms


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.form, self.select, self.area = [], None, None, None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.form = {
                "method": given.get("method", "get").lower(),
                "action": given.get("action", ""),
                "fields": {},
                "files": [],
                "buttons": [],
            }
            self.forms.append(self.form)
        elif self.form is None or "disabled" in given:
            return
        elif tag == "button" and given.get("type", "submit") == "submit":
            value = {given["name"]: [given.get("value", "")]} if "name" in given else {}
            self.form["buttons"].append((given.get("formaction"), value))
        elif tag == "input" and "name" in given:
            self._read_input(given)
        elif tag == "select" and "name" in given:
            self.select, self.chosen = given["name"], False
        elif tag == "option" and self.select:
            value = given.get("value", "")
            if "selected" in given or (value and self.select not in self.form["fields"]):
                self.form["fields"][self.select] = [value]
        elif tag == "textarea" and "name" in given:
            self.area = given["name"]
            self.form["fields"][self.area] = [""]

    def _read_input(self, given):
        kind, name = given.get("type", "text"), given["name"]
        fields = self.form["fields"]
        if kind == "file":
            self.form["files"].append(name)
        if kind in ("submit", "button", "file"):
            return
        if kind == "checkbox":
            fields.setdefault(name, []).append(given.get("value", "on"))
        elif kind == "radio":
            if "checked" in given or name not in fields:
                fields[name] = [given.get("value", "on")]
        else:
            fields.setdefault(name, []).append(given.get("value") or TYPED.get(kind, ""))

    def handle_data(self, data):
        if self.area:
            self.form["fields"][self.area][0] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            if self.area:
                typed = self.form["fields"][self.area][0].removeprefix("\n")  # as browsers do
                self.form["fields"][self.area] = [typed if typed.strip() else WORDS]
            self.area = None
