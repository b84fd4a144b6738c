"""
The parts of Python-Markdown that `blog.text` uses or overrides and that no release promises.

An upgrade that changes one fails here, under its name, before it shows as odd text in a post.
`pyproject.toml` keeps the next minor release out until someone has read what fails and why.
"""

import inspect
from pydoc import locate
from xml.etree import ElementTree as etree

import markdown
import pytest
from markdown import inlinepatterns, util
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension, TableProcessor

from blog.text import (
    addresses,
    blocks,
    brackets,
    directions,
    emphasis,
    extensions,
    inline_citations,
    treeprocessors,
    typography,
)
from blog.text.addresses import Addresses
from blog.text.guard import Meter
from blog.text.inline_citations import Citations
from blog.text.sanitise import PIECE

MODULES = [
    *(addresses, blocks.parser, brackets, directions, emphasis, extensions, inline_citations),
    *(treeprocessors, typography),
]
STOCK = ["footnotes", "tables"]

# --- methods ----------------------------------------------------------------------------------

# What our classes override, call through `super()` or let Markdown call: name and parameters.
METHODS = {
    "Markdown.convert": "self source",
    "util.HtmlStash.store": "self html",
    "util.Processor.__init__": "self md",
    "util.Registry.register": "self item name priority",
    "util.Registry.deregister": "self name strict",
    "extensions.Extension.__init__": "self kwargs",
    "extensions.Extension.extendMarkdown": "self md",
    "extensions.footnotes.FootnoteExtension.extendMarkdown": "self md",
    "extensions.footnotes.FootnoteExtension.makeFootnotesDiv": "self root",
    "extensions.footnotes.FootnoteExtension.setFootnote": "self id text",
    "extensions.tables.TableProcessor.__init__": "self parser config",
    "extensions.tables.TableProcessor.run": "self parent blocks",
    "extensions.tables.TableProcessor.test": "self parent block",
    "extensions.tables.TableProcessor._split": "self row",
    "blockparser.BlockParser.__init__": "self md",
    "blockparser.BlockParser.parseChunk": "self parent text",
    "treeprocessors.Treeprocessor.run": "self root",
    "inlinepatterns.InlineProcessor.__init__": "self pattern md",
    "inlinepatterns.InlineProcessor.handleMatch": "self m data",
    "inlinepatterns.InlineProcessor.unescape": "self text",
    "inlinepatterns.AutomailInlineProcessor.__init__": "self pattern md",
    "inlinepatterns.BacktickInlineProcessor.__init__": "self pattern",
    "inlinepatterns.BacktickInlineProcessor.find_code_spans": "self start text",
}


@pytest.mark.parametrize(("path", "parameters"), METHODS.items(), ids=METHODS)
def test_method_has_its_parameters(path, parameters):
    method = locate(f"markdown.{path}")

    assert method is not None
    assert " ".join(inspect.signature(method).parameters) == parameters


def our_classes():
    """Yield our classes that come from classes of Markdown."""
    for module in MODULES:
        for _name, ours in inspect.getmembers(module, inspect.isclass):
            if ours.__module__ == module.__name__ and bases_of(ours):
                yield ours


def bases_of(ours):
    return [base for base in ours.__mro__ if base.__module__.partition(".")[0] == "markdown"]


@pytest.mark.parametrize("ours", list(our_classes()), ids=lambda ours: ours.__name__)
def test_every_override_is_named_above(ours):
    ours_and_mixins = [one for one in ours.__mro__ if one.__module__.startswith("blog.")]
    methods = {name for one in ours_and_mixins for name in vars(one) if callable(vars(one)[name])}
    overridden = {
        f"{base.__module__}.{base.__qualname__}.{name}".removeprefix("markdown.")
        for name in methods
        for base in [base for base in bases_of(ours) if name in vars(base)][:1]
    }

    assert overridden <= METHODS.keys()


# --- order ------------------------------------------------------------------------------------


def order(registry):
    """Return the names and priorities in a registry, in the order in which they run."""
    list(registry)  # which sorts it
    return {item.name: item.priority for item in registry._priority}


def test_preprocessors_of_markdown():
    md = markdown.Markdown(extensions=STOCK)

    assert order(md.preprocessors) == {"normalize_whitespace": 30, "html_block": 20}


def test_inline_processors_of_markdown():
    md = markdown.Markdown(extensions=[*STOCK, "nl2br"])

    assert order(md.inlinePatterns) == {
        "backtick": 190,
        "escape": 180,
        "footnote": 175,
        "reference": 170,
        "link": 160,
        "image_link": 150,
        "image_reference": 140,
        "short_reference": 130,
        "short_image_ref": 125,
        "autolink": 120,
        "automail": 110,
        "linebreak": 100,
        "html": 90,
        "entity": 80,
        "em_strong": 60,
        "nl": 5,
    }


def test_tree_processors_of_markdown():
    md = markdown.Markdown(extensions=[*STOCK[1:], FootnoteExtension(USE_DEFINITION_ORDER=False)])

    assert order(md.treeprocessors) == {
        "footnote": 50,
        "inline": 20,
        "footnote-reorder": 19,
        "footnote-duplicate": 15,
        "prettify": 10,
        "unescape": 0,
    }


def test_postprocessors_of_markdown():
    md = markdown.Markdown(extensions=STOCK)

    assert order(md.postprocessors) == {"raw_html": 30, "footnote": 25, "amp_substitute": 20}


def test_ours_stand_among_them():
    md = extensions.post_markdown(Meter(), Citations(), Addresses(), None)

    assert list(order(md.preprocessors)) == ["normalize_whitespace"]
    assert list(order(md.parser.blockprocessors)) == ["table", "footnote"]
    assert list(order(md.inlinePatterns)) == [
        *("backtick", "escape", "footnote", "link", "image_link", "autolink", "typed_link"),
        *("pair", "break", "tag", "automail", "citation", "address", "narrative", "linebreak"),
        "em_strong",
    ]
    assert list(order(md.treeprocessors))[3:] == [
        *("footnote-duplicate", "finish", "directions", "prettify", "typography", "unescape")
    ]


# --- attributes -------------------------------------------------------------------------------


@pytest.fixture
def md():
    md = markdown.Markdown(extensions=STOCK)
    md.convert("A *b* [c] `d`[^1].\n\n[c]: http://a.org\n\n[^1]: e\n\n|f|g|\n|-|-|\n|h|i|\n")
    return md


def test_attributes_of_the_reader(md):
    assert md.references == {"c": ("http://a.org", None)}
    assert "\\" in md.ESCAPED_CHARS
    assert len(md.parser.state) == 0
    assert md.htmlStash.store("<pre></pre>").startswith(util.STX)


def test_attributes_of_the_inline_tree_processor(md):
    inline = md.treeprocessors["inline"]

    assert isinstance(inline.ancestors, list)
    assert isinstance(inline.stashed_nodes, dict)
    assert all(callable(processor.handleMatch) for processor in inline.inlinePatterns)
    assert all(processor.ANCESTOR_EXCLUDES == () for processor in inline.inlinePatterns)


def test_inline_tree_processor_shares_the_registry_of_patterns(md):
    assert md.treeprocessors["inline"].inlinePatterns is md.inlinePatterns


def test_attributes_of_other_processors(md):
    table = md.parser.blockprocessors["table"]

    assert isinstance(table, TableProcessor)
    assert table.separator == ["-", "-"]
    assert table.config.keys() == {"use_align_attribute"}
    assert md.inlinePatterns["backtick"].pattern == inlinepatterns.BACKTICK_RE


def test_attributes_of_footnotes():
    footnotes = FootnoteExtension()
    md = markdown.Markdown(extensions=[footnotes])
    md.convert("A[^1].\n\n[^1]: b")

    assert dict(footnotes.footnotes) == {"1": "b"}
    assert footnotes.parser is md.parser
    assert footnotes.config.keys() >= {
        *("SEPARATOR", "USE_DEFINITION_ORDER", "BACKLINK_TITLE", "PLACE_MARKER")
    }


# --- marks ------------------------------------------------------------------------------------


def test_marks_are_those_that_our_patterns_know():
    assert util.INLINE_PLACEHOLDER % "0012" == "\x02klzzwxh:0012\x03"
    assert util.HTML_PLACEHOLDER_RE.fullmatch("\x02wzxhzdk:12\x03")
    assert treeprocessors.PLACEHOLDER.fullmatch(util.INLINE_PLACEHOLDER % "0012")
    assert treeprocessors.PLACEHOLDER.fullmatch(util.HTML_PLACEHOLDER % 12)


def test_escaped_sign_is_its_number_between_marks(md):
    escape = md.inlinePatterns["escape"]
    match = escape.getCompiledRegExp().search(r"\*")

    assert escape.handleMatch(match, r"\*") == ("\x0242\x03", 0, 2)


# --- trees and HTML ---------------------------------------------------------------------------


def test_footnotes_are_written_as_our_tree_processor_reads_them():
    html = markdown.markdown(
        "A[^x] B[^x].\n\n[^x]: c", extensions=[FootnoteExtension(SEPARATOR="-", BACKLINK_TITLE="")]
    )

    for piece in (
        '<sup id="fnref-x"><a class="footnote-ref" href="#fn-x">1</a></sup>',
        '<sup id="fnref2-x">',
        '<div class="footnote">\n<hr />\n<ol>\n<li id="fn-x">\n<p>c',
        '<a class="footnote-backref" href="#fnref-x"',
        '<a class="footnote-backref" href="#fnref2-x"',
    ):
        assert piece in html


def test_table_says_in_an_attribute_how_it_is_aligned():
    html = markdown.markdown(
        "|a|b|\n|:-|-|\n", extensions=[TableExtension(use_align_attribute=True)]
    )

    assert '<th align="left">a</th>\n<th>b</th>' in html


@pytest.mark.parametrize(
    ("element", "html"),
    [
        (etree.Element("br"), "<br />"),
        (etree.Element("p"), "<p></p>"),
        (
            etree.Element("img", {"src": "a", "alt": '<">&\n&copy;'}),
            '<img alt="&lt;&quot;&gt;&amp;\n&copy;" src="a" />',
        ),
    ],
)
def test_serialised_html_is_such_as_the_linkifier_takes_apart(element, html):
    assert markdown.serializers.to_xhtml_string(element) == html


def test_serialised_text_has_no_bare_brackets():
    element = etree.Element("p")
    element.text = "<a> & &copy;"

    html = markdown.serializers.to_xhtml_string(element)

    assert html == "<p>&lt;a&gt; &amp; &copy;</p>"
    assert [piece[0] for piece in PIECE.finditer(html)] == ["<p>", html[3:-4], "</p>"]
