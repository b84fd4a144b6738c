"""
Block structure of a text: paragraphs, lists, quotations, headings, code, tables and notes.

Python-Markdown cuts a text at its empty lines. It sees a list or a table only where one begins, and
the parts of an item only behind four spaces; people who come from GitHub, Discourse or a chat write
neither. So the blocks are read here, line by line as CommonMark says, and handed to Python-Markdown
as the tree that it works on from there. ADR 0015 says why; docs/markdown.md names each place where
we read otherwise than CommonMark.
"""

from blog.text.blocks.parser import BlockStructure
from blog.text.blocks.reader import Kinds

__all__ = ["BlockStructure", "Kinds"]
