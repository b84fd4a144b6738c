"""Read everything that somebody uploads together, as one blog. Pure."""

from collections.abc import Iterable
from datetime import datetime, tzinfo

from blog.wordpress.archives import MAX_TOTAL_BYTES, open_upload
from blog.wordpress.items import Export, WordPressRefused, joined
from blog.wordpress.reader import read_export

MAX_FILE_NAME_CHARS = 100
# Repairs of a file that was cut off, or mixed up: what is not in it may have been there.
TORN = {"stray_tag", "unclosed", "cdata"}


def read_upload(files: Iterable[tuple[str, bytes]], *, zone: tzinfo, now: datetime) -> Export:
    """Return the blog of some files with their names; each is an export or a zip of some.

    Raises WordPressRefused, also for a blog without a post that can be imported.
    """
    export, total = Export(), 0
    for upload, data in files:
        for name, content in open_upload(upload[:MAX_FILE_NAME_CHARS], data):
            name = name[:MAX_FILE_NAME_CHARS]
            total += len(content)
            if total > MAX_TOTAL_BYTES:
                raise WordPressRefused("too_large", name=name)
            found = read_export(content, zone=zone, now=now, name=name)
            export = joined([export, found])  # too much of one kind is refused before the next file
    if not export.posts:
        if TORN & {one.kind for one in export.repairs}:
            name, line, column = export.broken[0]
            raise WordPressRefused("torn", line=line, column=column, name=name)
        raise WordPressRefused("no_posts")
    return export
