"""The fields of a form on a page, as a browser would send them."""

from html.parser import HTMLParser

from blog.models import version_of


def fields_of(response, having: str) -> dict[str, str | list[str]]:
    """Return the fields of the form on a page that has a field named ``having``."""
    reader = _FormReader()
    reader.feed(response.content.decode())
    [fields] = [fields for fields in reader.forms if having in fields]
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}


def version_in_form(model) -> str:
    """Return the version that a page's form sends for the first row of a model, if there is one."""
    row = model.objects.order_by("pk").first()
    return version_of(row) if row else ""


class _FormReader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.fields, self.select, self.area = [], None, None, None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.fields = {}
            self.forms.append(self.fields)
        elif self.fields is None or "disabled" in given:
            return
        elif tag == "input":
            self._read_input(given)
        elif tag == "select" and "name" in given:
            self.select = given["name"]
        elif tag == "option" and self.select and "selected" in given:
            self._add(self.select, given.get("value", ""))
        elif tag == "textarea" and "name" in given:
            self.area = given["name"]
            self._add(self.area, "")

    def _read_input(self, given):
        kind, is_chosen = given.get("type", "text"), "checked" in given
        if "name" not in given or kind in ("submit", "button", "file"):
            return
        if is_chosen or kind not in ("radio", "checkbox"):
            self._add(given["name"], given.get("value", "on" if kind == "checkbox" else ""))

    def handle_data(self, data):
        if self.area:
            is_first = self.fields[self.area][-1] == ""
            # A browser leaves out the line end that follows the tag.
            self.fields[self.area][-1] += data.removeprefix("\n") if is_first else data

    def handle_endtag(self, tag):
        if tag == "form":
            self.fields = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def _add(self, name, value):
        self.fields.setdefault(name, []).append(value or "")
