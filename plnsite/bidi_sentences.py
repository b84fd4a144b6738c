"""Sentences whose words stay in order, whatever they name.

A title in Arabic within an English sentence turns what is beside it around. Templates name titles
in hundreds of sentences, so it is set apart where they are put together, as names are by their tags
(``blog.templatetags.names``).
"""

from typing import Any

from django.conf import settings
from django.template import Template
from django.template.base import TokenType
from django.templatetags.i18n import BlockTranslateNode
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from blog.text.lists import isolated
from plnsite.page_keys import PageKey, page_key_of
from plnsite.template_nodes import printed


class SentenceNode(BlockTranslateNode):
    """A sentence in the reader's language, whose variables are set apart where it needs that."""

    names: set[str]  # of variables that are those of the page
    is_plain: bool  # without numbers or a name of its own
    texts: dict[PageKey, str]  # by language, with places for variables

    def render(self, context: Any, nested: bool = False) -> str:
        if self.is_plain and not nested and all(name in context for name in self.names):
            try:
                return self._text(context) % self._values(context)
            except (KeyError, ValueError):  # a translation with another variable
                pass
        return self._in_all_steps(context, nested)

    def _text(self, context: Any) -> str:
        place = page_key_of(context)
        if place not in self.texts:
            message, _names = self.render_token_list(self.singular)
            self.texts[place] = gettext(message)
        return self.texts[place]

    def _values(self, context: Any) -> dict[str, str]:
        values = {name: set_apart(context[name]) for name in self.names}
        values |= {name: value.resolve(context) for name, value in self.extra_context.items()}
        return {name: printed(value, context) for name, value in values.items()}

    def _in_all_steps(self, context: Any, nested: bool) -> str:
        """Render the sentence as Django does, with what the page names set apart."""
        values = {name: context[name] for name in self.names if name in context}
        apart = {name: set_apart(value) for name, value in values.items()}
        if all(apart[name] is value for name, value in values.items()):
            return super().render(context, nested)
        with context.push(**apart):
            sentence = super().render(context, nested)
            kept = context[self.asvar] if self.asvar else None
        if self.asvar:
            context[self.asvar] = kept
        return sentence


class SetApart:
    """A sentence's placeholder for a name, set apart."""

    def __init__(self, found: Any):
        self.found = found

    def resolve(self, context: Any) -> Any:
        return set_apart(self.found.resolve(context))


def keep_order(template: Template) -> None:
    """Let the sentences of a template set apart what they name."""
    nodes: list[Any] = template.nodelist.get_nodes_by_type(BlockTranslateNode)
    for node in nodes:
        tokens = [*node.singular, *(node.plural or ())]
        names = {token.contents for token in tokens if token.token_type == TokenType.VAR}
        node.__class__ = SentenceNode
        node.names = names - node.extra_context.keys() - {node.countervar}
        node.extra_context = {name: SetApart(it) for name, it in node.extra_context.items()}
        has_more = node.plural or node.message_context or node.asvar
        node.is_plain = not (has_more or settings.DEBUG)  # with DEBUG nothing is kept
        node.texts = {}


def set_apart(value: Any) -> Any:
    """Return a sentence's text of a value, between marks of isolation if it needs them."""
    text = str(value)
    if text.isascii() or (apart := isolated(text)) == text:
        return value
    return SafeString(apart) if isinstance(text, SafeString) else apart
