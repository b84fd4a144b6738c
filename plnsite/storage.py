"""Storage of static files: scripts, styles and pictures of the pages."""

from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from plnsite import bundles


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Static files with a hash in their names, also in the imports of scripts, and few of them.

    Django does not change imports by default; a module would then be fetched by its plain name,
    which a browser may cache across releases. An import map is no solution: the content security
    policy forbids inline scripts.
    """

    support_js_module_import_aggregation = True

    # What a page loads in place of many files; a storage of development has neither.
    stylesheet = bundles.STYLES
    shared_scripts = (bundles.SHARED, bundles.WRITING)

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple]:
        if not dry_run:
            paths = paths | self._bundled(paths)
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _bundled(self, paths: dict[str, Any]) -> dict[str, Any]:
        """Store the bundles in place of the scripts that pages load; return their paths."""
        joined = bundles.join_scripts(_sources(paths, "js/*.js"))
        joined[self.stylesheet] = bundles.join_styles(_sources(paths, "css/*.css"))
        for name, text in joined.items():
            self.delete(name)
            self._save(name, ContentFile(text.encode()))
        return {name: (self, name) for name in joined}


def _sources(paths: dict[str, Any], pattern: str) -> dict[str, str]:
    """Return the texts of some files as they were written, not as an earlier run has left them."""
    sources = {}
    for name, (storage, path) in paths.items():
        if fnmatch(name, pattern):
            with storage.open(path) as file:
                sources[name] = file.read().decode()
    return sources
