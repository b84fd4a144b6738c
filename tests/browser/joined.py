"""Static files joined as a production site joins them, for the pages that tests open.

In development a page loads a hundred files, one for each module; most of what a test with many
pages costs would be hearing of each. Names have no hashes, so a test that stands in the way of a
script still names it.
"""

from functools import cache
from mimetypes import guess_type
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpResponse

from plnsite import bundles

STATIC = Path(__file__).resolve().parents[2] / "static"


class JoinedStaticFiles(StaticFilesStorage):
    """Tells templates which files hold all others, as the storage of production does."""

    stylesheet = bundles.STYLES
    shared_scripts = (bundles.SHARED, bundles.WRITING)


JOINED = settings.STORAGES | {
    "staticfiles": {"BACKEND": f"{__name__}.{JoinedStaticFiles.__name__}"},
}


@cache
def joined_files() -> dict[str, str]:
    """Return the texts of joined files by their names."""
    files = bundles.join_scripts(_sources("js/**/*.js"))
    return files | {bundles.STYLES: bundles.join_styles(_sources("css/*.css"))}


def _sources(pattern: str) -> dict[str, str]:
    return {str(path.relative_to(STATIC)): path.read_text() for path in STATIC.glob(pattern)}


def serve_joined(patch) -> None:
    """Let the server of tests give joined files, and browsers keep all, as behind WhiteNoise."""
    serve = StaticFilesHandlerMixin.serve

    def serve_to_keep(self, request):
        name = self.file_path(request.path)
        text = None
        if settings.STORAGES == JOINED:
            text = joined_files().get(name)
        if text is None:
            response = serve(self, request)
        else:
            response = HttpResponse(text, content_type=guess_type(name)[0])
        response["Cache-Control"] = "max-age=3600"
        return response

    patch.setattr(StaticFilesHandlerMixin, "serve", serve_to_keep)
