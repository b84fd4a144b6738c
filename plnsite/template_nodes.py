"""Nodes of templates that print what Django's print, in fewer steps (ADR 0075).

A page of a course asks its context some hundred times for something: a row, and an attribute of
that. Django tries each step as a key first, and learns from an error that it is none.
"""

from collections.abc import Iterator
from html import escape
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.base import (
    FilterExpression,
    Node,
    TextNode,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import CycleNode, IfChangedNode, ResetCycleNode
from django.template.loader_tags import (
    BLOCK_CONTEXT_KEY,
    BlockContext,
    BlockNode,
    ExtendsNode,
    IncludeNode,
    construct_relative_path,
)
from django.template.smartif import TokenBase
from django.utils.safestring import SafeString

# What keeps something for the template it is in while that is rendered.
WITH_STATE = (BlockNode, CycleNode, ExtendsNode, IfChangedNode, ResetCycleNode)


DjangoVariable: Any = Variable  # whose look-up is none of its documented parts


class QuickVariable(DjangoVariable):
    """A variable that is found by names and attributes alone; all else is left to Django."""

    __slots__ = ()

    def __init__(self, variable: Any):
        for name in variable.__slots__:
            setattr(self, name, getattr(variable, name))

    def resolve(self, context: Any) -> Any:
        first, *others = self.lookups
        for names in reversed(context.dicts):
            if first in names:
                found = names[first]
                break
        else:
            if hasattr(context, first):
                return super().resolve(context)
            raise VariableDoesNotExist("Failed lookup for key [%s] in %r", (first, context))
        if callable(found):
            return super().resolve(context)
        for name in others:
            if type(found) is dict and name in found:
                found = found[name]
            elif hasattr(type(found), "__getitem__"):
                return super().resolve(context)
            else:
                try:
                    found = getattr(found, name)
                except Exception:  # Django says which of these are silent
                    return super().resolve(context)
            if callable(found):
                return super().resolve(context)
        return found


class ValueNode(VariableNode):
    """A value: most are text or a number, for which a language has no format of its own."""

    def __init__(self, node: Any):
        super().__init__(node.filter_expression)
        self.token, self.origin = node.token, node.origin

    def render(self, context: Context) -> str:
        try:
            value = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""
        return printed(value, context)


def printed(value: Any, context: Any) -> str:
    """Return Django's text of a value, in fewer steps if that is text or a whole number."""
    kind = type(value)
    if kind is SafeString:
        return value
    if kind is str:
        return escape(value, True) if context.autoescape else value  # as Django's escape does
    if kind is int and not settings.USE_THOUSAND_SEPARATOR:
        return str(value)
    return render_value_in_context(value, context)


class PartNode(IncludeNode):
    """A part of a page by a name that is written in it: looked for once."""

    def __init__(self, node: Any):
        super().__init__(node.template, extra_context=node.extra_context)
        self.token, self.origin = node.token, node.origin
        self.part: Any = None
        self.has_state = True

    @staticmethod
    def can_stand_for(node: Any) -> bool:
        return not (node.isolated_context or node.template.is_var or node.template.filters)

    def render(self, context: Any) -> SafeString:
        part = self.part or self._find(context)
        values = {name: found.resolve(context) for name, found in self.extra_context.items()}
        with context.push(**values):
            return part.render(context) if self.has_state else part._render(context)

    def _find(self, context: Any) -> Any:
        own: Any = self.origin
        name = construct_relative_path(own.template_name, self.template.var)
        part = context.template.engine.get_template(name)
        self.has_state = bool(part.nodelist.get_nodes_by_type(WITH_STATE))
        self.part = part
        return part


class PageNode(ExtendsNode):
    """A page of another template, whose blocks are looked for once."""

    def __init__(self, node: Any):
        super().__init__(node.nodelist, node.parent_name, node.template_dirs)
        self.token, self.origin = node.token, node.origin
        self.found: tuple[Any, dict[str, Any]] = (None, {})

    def render(self, context: Any) -> SafeString:
        parent: Any = self.get_parent(context)
        state = context.render_context
        blocks = state.setdefault(BLOCK_CONTEXT_KEY, BlockContext())
        blocks.add_blocks(self.blocks)
        found = self.found
        if found[0] is not parent:
            found = self.found = parent, _blocks_of(parent)
        blocks.add_blocks(found[1])
        with state.push_state(parent, isolated_context=False):
            return parent._render(context)


def _blocks_of(parent: Any) -> dict[str, Any]:
    """Return the blocks of a template that extends none; another one adds its own."""
    first = next((node for node in parent.nodelist if not isinstance(node, TextNode)), None)
    if isinstance(first, ExtendsNode):
        return {}
    return {block.name: block for block in parent.nodelist.get_nodes_by_type(BlockNode)}


def look_up_quickly(node: Node) -> None:
    """Let the variables of a node, not those of nodes within it, be quick ones."""
    for value in vars(node).values():
        for expression in _expressions_in(value):
            variable = expression.var
            is_literal = type(variable) is not Variable or variable.lookups is None
            if not is_literal and not variable.translate:
                expression.var = QuickVariable(variable)


def _expressions_in(value: Any) -> Iterator[Any]:
    if isinstance(value, FilterExpression):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _expressions_in(each)
    elif isinstance(value, dict):
        yield from _expressions_in(list(value.values()))
    elif isinstance(value, TokenBase):  # a condition, or a part of one
        yield from _expressions_in([value.value, value.first, value.second])
