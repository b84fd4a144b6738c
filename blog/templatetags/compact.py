"""A block tag for what a page has many times: it leaves out the blanks of the templates."""

import re

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# Where blanks are part of the text.
PREFORMATTED = re.compile(r"(<(pre|textarea)\b.*?</\2>)", re.DOTALL)
BREAK = re.compile(r"\s*\n\s*")


class CompactNode(template.Node):
    def __init__(self, nodelist: template.NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context) -> SafeString:
        return mark_safe(compacted(self.nodelist.render(context)))


@register.tag
def compact(parser, token):
    """Leave one break of a line where a block has several, or blanks around one.

    No reader sees the difference: browsers show any of these as one blank. What is preformatted
    stays as it is. Django's ``spaceless`` takes the last blank too, and so joins words.
    """
    nodelist = parser.parse(("endcompact",))
    parser.delete_first_token()
    return CompactNode(nodelist)


def compacted(html: str) -> str:
    parts = PREFORMATTED.split(html)
    # The parts are: text, what is preformatted, and the name of its element, again and again.
    parts[::3] = [BREAK.sub("\n", text) for text in parts[::3]]
    del parts[2::3]
    return "".join(parts)
