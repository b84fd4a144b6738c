"""Storage of static files: scripts, styles and pictures of the pages."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Static files with a hash in their names, also in the imports of scripts.

    Django does not change imports by default; a module would then be fetched by its plain name,
    which a browser may cache across releases. An import map is no solution: the content security
    policy forbids inline scripts.
    """

    support_js_module_import_aggregation = True
