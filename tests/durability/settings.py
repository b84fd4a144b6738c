"""The settings of a production site whose pages need no collected styles: nobody looks at them."""

import os
from pathlib import Path

from plnsite.settings import *  # noqa: F403

MEDIA_ROOT = Path(os.environ["PLACE_FOLDER"]) / "media"
STORAGES = {  # as they are, but for the styles
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
