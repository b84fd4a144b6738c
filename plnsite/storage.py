"""Where the scripts, styles and pictures of the pages are served from."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """
    Give every file a name with its hash, and write those names into the imports of the scripts.

    Django leaves imports alone by default; a module would then be fetched under its plain name,
    which a browser may keep across releases. An import map is no way out: the content policy
    forbids inline scripts.
    """

    support_js_module_import_aggregation = True
