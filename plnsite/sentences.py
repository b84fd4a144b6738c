"""Sentences whose words stay in order, whatever they name.

A title in Arabic within an English sentence turns what is beside it around. Templates name titles
in hundreds of sentences, so it is set apart where they are put together, as names are by their tags
(``blog.templatetags.names``).
"""

from typing import Any

from django.template import Template
from django.template.base import TokenType
from django.templatetags.i18n import BlockTranslateNode
from django.utils.safestring import SafeString

from blog.text.lists import isolated


class SentenceNode(BlockTranslateNode):
    """A sentence in the reader's language, whose variables are set apart where it needs that."""

    names: set[str]  # of variables that are those of the page

    def render(self, context: Any, nested: bool = False) -> str:
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
    """What a sentence gives a name to, set apart."""

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


def set_apart(value: Any) -> Any:
    """Return what a sentence prints of a value, between marks of isolation if it needs them."""
    text = str(value)
    if text.isascii() or (apart := isolated(text)) == text:
        return value
    return SafeString(apart) if isinstance(text, SafeString) else apart
