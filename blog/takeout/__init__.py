"""Everything of one person as a zip: Markdown, tables, and pages that open without the site.

====================  ==========================================================================
``names``             names of files that every system can hold. Pure
``front_matter``      the head of a text, as YAML. Pure
``offline``           HTML of the site for a page that opens from a folder. Pure
``archive``           the zip, a file at a time
``feedback``          released grades and feedback as a table and as Markdown
``texts``             posts, versions, drafts and comments as Markdown
``pages``             the pages, by templates, and their one style sheet
``wordpress``         the posts of a course for WordPress
``course``            what of a course is a person's
``everything``        all of it, in steps
====================  ==========================================================================

What others wrote is in it as far as its person sees it now (``visible_to``), under the name by
which they know them.
"""

from blog.takeout.everything import Everything

__all__ = ["Everything"]
