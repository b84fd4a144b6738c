"""
Files that WordPress exports (WXR, “WordPress eXtended RSS”), in and out. Pure: bytes, no ORM.

=================  =============================================================================
``archives``       uploaded files, single or in a zip, and the names of pictures in one
``decoding``       bytes → text, in the encoding that a file names
``repair``         a file that is no XML → one that is, with a list of what was changed
``uploads``        all files of an upload → one blog
``reader``         the XML, element by element, under limits
``items``          what is read: posts, comments, people, media; and back from JSON
``dates``          moments as WordPress writes them
``texts``          the HTML of a post or comment → Markdown, by ``blog.paste``
``media``          which file of a zip a picture of a text is
``writer``         posts and comments → WXR 1.2
=================  =============================================================================

Nothing is fetched. Addresses of machines and passwords are not read, and emails of people are in
the memory of the request alone, to find members by them.
"""

from blog.wordpress.archives import open_upload
from blog.wordpress.items import Attachment, Author, Comment, Export, Post, WordPressRefused
from blog.wordpress.reader import read_export
from blog.wordpress.uploads import read_upload

__all__ = [
    "Attachment",
    "Author",
    "Comment",
    "Export",
    "Post",
    "WordPressRefused",
    "open_upload",
    "read_export",
    "read_upload",
]
