"""Continue imports from WordPress, and delete uploads that were not imported."""

import logging
import time

from blog.actions.wordpress_imports import continue_wordpress_import
from blog.exceptions import NotAllowed
from blog.models import WordPressImport, end_wordpress_import
from blog.models.private_files import delete_unnamed_files
from blog.models.wordpress_imports import FOLDER
from blog.pictures import clean_picture
from blog.tasks.retries import next_try

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 4
SECONDS_PER_TICK = 30  # mail has to go out


def continue_wordpress_imports() -> int:
    """Continue the due imports, one after the other; return the number of finished ones.

    Each is continued as the instructor who uploaded it: who no longer teaches brings nothing in.
    """
    finished, stops_at = 0, time.monotonic() + SECONDS_PER_TICK
    for pk in list(WordPressImport.objects.due().values_list("pk", flat=True)):
        left = stops_at - time.monotonic()
        if left <= 0:
            break
        due = WordPressImport.objects.due().select_related("course", "created_by")
        found = due.filter(pk=pk).first()
        if found is None or not found.claim():
            continue
        if found.attempts > MAX_ATTEMPTS:
            end_wordpress_import(found, why="stopped")
            continue
        finished += _continue(found, left)
    return finished


def delete_abandoned_wordpress_imports() -> int:
    """Delete uploads not imported within a day, files first, and files without a row.

    Return their number.
    """
    deleted = 0
    for abandoned in WordPressImport.objects.abandoned():
        abandoned.delete_media()
        abandoned.delete()
        deleted += 1
    return deleted + delete_unnamed_files(WordPressImport, "media", FOLDER)


def _continue(found: WordPressImport, seconds: float) -> bool:
    try:
        stored = continue_wordpress_import(
            found, by=found.created_by, seconds=seconds, clean_picture=clean_picture
        )
    except NotAllowed:
        end_wordpress_import(found, why="not_allowed")
        return False
    except Exception:  # of a disk, the storage, a text: the next time may be fine
        logger.exception("The import %s was not continued", found.pk)
        found.give_back(next_try(found.attempts))
        return False
    return stored.finished_at is not None
