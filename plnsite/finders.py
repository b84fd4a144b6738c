"""Static files of a package that is no app here."""

from importlib.util import find_spec
from pathlib import Path

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage


class EditorModuleFinder(BaseFinder):
    """Find the one file of django-prose-editor that pages load, and its source map.

    The package is not installed as an app: its fields, styles and web font are not used (ADR 0020).
    """

    prefix = "django_prose_editor"
    files = ("editor.js", "editor.js.map")

    def __init__(self, *args, **kwargs):
        spec = find_spec("django_prose_editor")
        assert spec is not None
        assert spec.origin is not None
        folder = Path(spec.origin).parent / "static" / self.prefix
        self.storage = FileSystemStorage(location=folder)
        self.storage.prefix = self.prefix  # type: ignore[attr-defined]

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        folder, _slash, name = path.partition("/")
        if folder != self.prefix or name not in self.files:
            return []
        found = self.storage.path(name)
        return [found] if find_all else found

    def list(self, ignore_patterns):
        for name in self.files:
            yield name, self.storage
