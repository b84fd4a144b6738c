"""Templates that are folded as they are loaded: what is the same each time is rendered once.

Half of what a page prints is the same for everybody who has its language: sentences, icons,
addresses of static files and of pages without a parameter. A row of such nodes becomes one, which
renders them once for each language and keeps the text. An address with parameters is looked up
once for these. What a template says, and in which order, stays (ADR 0075).

What is left is what differs, and that is asked for in fewer steps (``plnsite.template_nodes``).

With DEBUG nothing is folded: whoever changes a template or an address wants to see it.
"""

from typing import Any

from django.conf import settings
from django.template import Context
from django.template.base import Node, NodeList, Template, TextNode, VariableNode
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.library import InclusionNode, SimpleNode
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.template.loaders import cached
from django.template.loaders.base import Loader as BaseLoader
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch
from django.utils.safestring import SafeString

from blog.templatetags.addresses import address_and_escaped
from blog.templatetags.icons import icon, icon_again, icon_symbols
from blog.templatetags.modules import colour, modulepreload, stylesheets
from blog.templatetags.tools import tool
from plnsite.bidi_sentences import keep_order
from plnsite.page_keys import page_key_of
from plnsite.template_nodes import PageNode, PartNode, ValueNode, look_up_quickly

PRINT_NOTHING = (CommentNode, LoadNode)
# Tags that print the same for the same words, whoever reads.
CONSTANT_TAGS = {icon, icon_again, icon_symbols, colour, modulepreload, stylesheets, tool}


class FoldingLoader(BaseLoader):
    """A loader that folds each template, and has its sentences set apart the names in them."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        if not settings.DEBUG:
            fold(template.nodelist, template)
        keep_order(template)
        return template


class Loader(cached.Loader, FoldingLoader):
    """A cache of folded templates: no other thread meets one that is being folded."""


class ConstantNode(Node):
    """Nodes that print the same for everybody, in a language."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node], template: Template):
        self.nodes, self.template = NodeList(nodes), template
        self.token, self.origin = nodes[0].token, nodes[0].origin
        self.texts: dict[tuple, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        key = page_key_of(context), context.autoescape
        if key not in self.texts:
            self.texts[key] = self._text(context.autoescape)
        return self.texts[key]

    def _text(self, autoescape: bool) -> SafeString:
        """Render the nodes in a context that has nothing in it."""
        context = Context(autoescape=autoescape)
        with context.bind_template(self.template):
            return self.nodes.render(context)


class AddressNode(URLNode):
    """An address of a page, from those that were asked for before."""

    def __init__(self, node: Any):
        super().__init__(node.view_name, node.args, node.kwargs, node.asvar)
        self.token, self.origin = node.token, node.origin

    def render(self, context: Context) -> str:
        name = self.view_name.resolve(context)
        args = tuple([arg.resolve(context) for arg in self.args])
        for arg in args:
            if type(arg) not in (str, SafeString, int):
                return super().render(context)
        # A namespace depends on the request.
        if type(name) not in (str, SafeString) or ":" in name:
            return super().render(context)
        try:
            found = address_and_escaped(name, args, page_key_of(context).prefix)
        except NoReverseMatch:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = found[0]
            return ""
        return found[1] if context.autoescape else found[0]


class OtherLanguageNode(LanguageNode):
    """A part of a page in another language: its place is another one too."""

    def __init__(self, node: Any):
        super().__init__(node.nodelist, node.language)
        self.token, self.origin = node.token, node.origin

    def render(self, context: Any) -> str:
        place = context.__dict__.pop("place", None)
        try:
            return super().render(context)
        finally:
            context.__dict__["place"] = place


def fold(nodes: NodeList, template: Template) -> None:
    """Join what is constant in a list of nodes, and in those within them."""
    folded: list[Node] = []
    row: list[Node] = []
    for node in nodes:
        if _is_constant(node):
            row.append(node)
            continue
        folded += _joined(row, template)
        row = []
        for within in _lists_of(node):
            fold(within, template)
        look_up_quickly(node)
        folded.append(_folding(node))
    nodes[:] = folded + _joined(row, template)


def _folding(node: Any) -> Node:
    """Return the node that takes the place of one that is not constant."""
    kind = type(node)
    if kind is LanguageNode:
        return OtherLanguageNode(node)
    if kind is ExtendsNode:
        return PageNode(node)
    if kind is VariableNode:
        return ValueNode(node)
    if kind is IncludeNode and PartNode.can_stand_for(node):
        return PartNode(node)
    return AddressNode(node) if kind is URLNode and not node.kwargs else node


def _joined(row: list[Node], template: Template) -> list[Node]:
    printing = [node for node in row if type(node) not in PRINT_NOTHING]
    is_text = all(type(node) is TextNode for node in printing)
    return printing if is_text else [ConstantNode(printing, template)]


def _lists_of(node: Any) -> list[NodeList]:
    if type(node) is IfNode:
        return [nodes for _condition, nodes in node.conditions_nodelists]
    lists = [getattr(node, name, None) for name in node.child_nodelists]
    return [nodes for nodes in lists if isinstance(nodes, NodeList)]


def _is_constant(node: Any) -> bool:
    kind = type(node)
    if kind is TextNode or kind in PRINT_NOTHING:
        return True
    if kind is TranslateNode:
        return not (node.asvar or node.message_context) and _is_literal(node.filter_expression)
    if kind is BlockTranslateNode:
        has_variables = any(token.token_type != token.token_type.TEXT for token in node.singular)
        return not (has_variables or node.asvar or node.plural or node.message_context)
    if kind is URLNode:
        return _is_plain_address(node) and not (node.args or node.asvar)
    if kind is StaticNode:
        return not node.varname and _is_literal(node.path)
    if kind is InclusionNode or kind is SimpleNode:
        is_known = node.func in CONSTANT_TAGS and getattr(node, "target_var", None) is None
        return is_known and not node.kwargs and all(map(_is_literal, node.args))
    return False


def _is_plain_address(node: Any) -> bool:
    """Return whether a node is an address without a namespace, which depends on no request."""
    if type(node) is not URLNode or node.kwargs or not _is_literal(node.view_name):
        return False
    return ":" not in node.view_name.var


def _is_literal(expression: Any) -> bool:
    if expression.filters:
        return False
    return not expression.is_var or expression.var.lookups is None
