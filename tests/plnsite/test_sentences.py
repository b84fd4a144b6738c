"""Sentences that name a title: what runs from the right turns no other words around."""

import pytest
from django.template import Context, Template, engines
from django.templatetags.i18n import BlockTranslateNode
from django.utils.safestring import mark_safe

from plnsite.sentences import SentenceNode, keep_order


def rendered(source, **values):
    template = Template("{% load i18n %}" + source, engine=engines["django"].engine)
    keep_order(template)
    return template.render(Context(values))


SENTENCE = "{% blocktranslate with title=post %}Cite “{{ title }}”, now{% endblocktranslate %}"
OF_THE_PAGE = "{% blocktranslate %}Cite “{{ post }}”, now{% endblocktranslate %}"


@pytest.mark.parametrize("source", [SENTENCE, OF_THE_PAGE])
@pytest.mark.parametrize(
    ("post", "printed"),
    [
        ("Ties", "Ties"),
        ("Łódź & 学び", "Łódź &amp; 学び"),
        ("قراءة <b>", "\u2068قراءة &lt;b&gt;\u2069"),
        ("Ties قراءة", "\u2068Ties قراءة\u2069"),
        ("\u2068قراءة\u2069", "\u2068قراءة\u2069"),
        (mark_safe("<b>קריאה</b>"), "\u2068<b>קריאה</b>\u2069"),
        (7, "7"),
    ],
)
def test_what_a_sentence_names_is_set_apart(source, post, printed):
    assert rendered(source, post=post) == f"Cite “{printed}”, now"


def test_a_sentence_is_kept_under_its_name():
    source = OF_THE_PAGE.replace("%}Cite", "asvar label %}Cite")

    assert rendered(f"{source}<{{{{ label }}}}>", post="قراءة") == "<Cite “\u2068قراءة\u2069”, now>"


def test_a_number_says_which_sentence_it_is():
    source = (
        "{% blocktranslate count n=many %}{{ n }} post on {{ title }}"
        "{% plural %}{{ n }} posts on {{ title }}{% endblocktranslate %}"
    )

    assert rendered(source, many=2, title="قراءة") == "2 posts on \u2068قراءة\u2069"
    assert rendered(source, many=1, title="Ties") == "1 post on Ties"


def test_templates_of_the_site_do_so():
    page = engines["django"].get_template("blog/references/post_cite.html").template

    sentences = page.nodelist.get_nodes_by_type(BlockTranslateNode)

    assert {type(node) for node in sentences} == {SentenceNode}
