"""Sentences that name a title: what runs from the right turns no other words around."""

from datetime import date
from unittest import mock

import pytest
from django.template import Context, Template, engines
from django.templatetags.i18n import BlockTranslateNode
from django.utils import translation
from django.utils.safestring import mark_safe

from plnsite.bidi_sentences import SentenceNode, keep_order


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


@pytest.mark.parametrize(
    ("source", "values"),
    [
        (SENTENCE, {"post": 7_000}),
        (SENTENCE, {"post": 7_000.5}),
        (SENTENCE, {"post": date(2026, 11, 30)}),
        (SENTENCE, {"post": None}),
        (SENTENCE, {"post": "100 % of “%(title)s”"}),
        (SENTENCE, {}),
        (OF_THE_PAGE, {}),
        ("{% autoescape off %}" + SENTENCE + "{% endautoescape %}", {"post": "<b>"}),
        ("{% blocktranslate %}100 % of {{ post }}{% endblocktranslate %}", {"post": "%s"}),
        (
            "{% blocktranslate trimmed %}\n{{ a }}\n  and {{ b }}\n{% endblocktranslate %}",
            {"a": 1, "b": 2},
        ),
        (
            "{% blocktranslate with a=b b=a %}{{ a }}, {{ b }}{% endblocktranslate %}",
            {"a": 1, "b": 2},
        ),
    ],
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_sentence_says_what_django_says(source, values, language):
    template = Template("{% load i18n %}" + source, engine=engines["django"].engine)

    with translation.override(language):
        plain = template.render(Context(values))

        for _time in range(2):
            assert rendered(source, **values) == plain


def test_a_sentence_is_said_in_the_language_of_each_reader():
    template = Template("{% load i18n %}" + SENTENCE, engine=engines["django"].engine)
    keep_order(template)
    said = {"en": "Cite “%(title)s”, now", "fr-ca": "Citez « %(title)s »", "ar": "%(name)s"}

    def in_language(language):
        with (
            translation.override(language),
            mock.patch("plnsite.bidi_sentences.gettext", mock.Mock(return_value=said[language])),
        ):
            return template.render(Context({"post": "Ties"}))

    found = {language: in_language(language) for language in ("en", "fr-ca", "en", "fr-ca")}

    assert found == {"en": "Cite “Ties”, now", "fr-ca": "Citez « Ties »"}
    assert in_language("ar") == "Cite “Ties”, now"  # a translation that names something else


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
