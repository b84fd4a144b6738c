"""Templates are folded as they are loaded, and say what they said (ADR 0075)."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.core.signals import setting_changed
from django.template import Context, Engine
from django.template.base import TextNode
from django.urls import NoReverseMatch, set_script_prefix
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from plnsite.template_nodes import PageNode
from plnsite.templates import AddressNode, ConstantNode, Loader, fold

LIBRARIES = {
    "i18n": "django.templatetags.i18n",
    "icons": "blog.templatetags.icons",
    "modules": "blog.templatetags.modules",
    "static": "django.templatetags.static",
    "tools": "blog.templatetags.tools",
}
CONSTANT = (
    '<p class="meta">{% translate "Comments" %} {% icon "check" %}</p>{# nothing #}'
    '<a href="{% url "about" %}">{% blocktranslate trimmed %}How{% endblocktranslate %}</a>'
    '<img src="{% static "img/favicon.svg" %}" alt="">'
    '{% stylesheets %}<meta content="{% colour "paper" "light" %}">{% tool "bold" %}'
    '{% modulepreload "js/shell/main.js" %}'
)
VARYING = [
    "{{ name }}",
    '{% translate "Comments" as words %}{{ words }}',
    "{% translate name %}",
    "{% blocktranslate %}Hello {{ name }}{% endblocktranslate %}",
    '{% url "course_home" name %}',
    '{% url "about" as address %}{{ address }}',
    "{% static name %}",
    "{% icon name %}",
    '{% colour "paper" "light" as paper %}{{ paper }}',
    '{% icon "check" as drawing %}{{ drawing }}',
    "{% if name %}x{% endif %}",
]


def compiled(source: str, *, is_folded: bool = True):
    engine = Engine(dirs=[settings.BASE_DIR / "templates"], libraries=LIBRARIES)
    template = engine.from_string("{% load i18n icons modules static tools %}" + source)
    if is_folded:
        fold(template.nodelist, template)
    return template


@pytest.fixture(autouse=True)
def _prefix():
    yield
    set_script_prefix("/")


def test_what_is_constant_becomes_one_node():
    [node] = compiled(CONSTANT).nodelist

    assert type(node) is ConstantNode
    assert node.render(Context()) == compiled(CONSTANT, is_folded=False).render(Context())


@pytest.mark.parametrize("source", VARYING)
def test_what_varies_prints_the_same(source):
    template, plain = compiled(source), compiled(source, is_folded=False)

    for name in ("check", "x", "check"):
        context = {"name": "check" if "icon" in source else name}
        assert template.render(Context(context)) == plain.render(Context(context))


def test_what_is_within_other_nodes_is_folded_too():
    source = (
        '{% if name %}{% translate "Comments" %}'
        "{% else %}{% for n in name %}-{% endfor %}{% endif %}"
    )
    [condition] = compiled(source).nodelist

    first, second = (nodes for _condition, nodes in condition.conditions_nodelists)
    assert [type(node) for node in first] == [ConstantNode]
    [loop] = second
    assert [type(node) for node in loop.nodelist_loop] == [TextNode]


def test_a_page_has_the_blocks_of_the_template_that_it_extends():
    source = {
        "wide.html": "<{% block head %}w{% endblock %}|{% block foot %}w{% endblock %}>",
        "plain.html": "({% block head %}p{% endblock %})",
        "middle.html": '{% extends "wide.html" %}{% block foot %}{{ block.super }}m{% endblock %}',
        "page.html": "{% extends parent %}{% block head %}{{ block.super }}!{% endblock %}",
    }
    locmem = ("django.template.loaders.locmem.Loader", source)
    engine = Engine(loaders=[("plnsite.templates.Loader", [locmem])])
    page = engine.get_template("page.html")

    assert type(page.nodelist[0]) is PageNode
    for parent in ("wide.html", "plain.html", "middle.html", "wide.html"):
        plain = Engine(loaders=[locmem]).get_template("page.html")
        assert page.render(Context({"parent": parent})) == plain.render(Context({"parent": parent}))


def test_each_language_has_its_own_text(settings):
    settings.LANGUAGES = [("en", "English"), ("de", "German")]
    template = compiled('{% translate "Yes" %}')
    found = []

    for language in ("en", "de", "en"):
        with translation.override(language):
            found.append(template.render(Context()))

    assert found == ["Yes", "Ja", "Yes"]


def test_each_place_on_a_host_has_its_own_addresses():
    template = compiled('{% url "about" %} {% url "course_home" slug %}')
    found = []

    for prefix in ("/", "/pln/", "/"):
        set_script_prefix(prefix)
        found.append(template.render(Context({"slug": "networks"})))

    assert found == [
        "/about/ /c/networks/",
        "/pln/about/ /pln/c/networks/",
        "/about/ /c/networks/",
    ]


def test_an_address_is_escaped_where_it_is_printed():
    tag = '{% url "unsubscribe" token'
    template = compiled(f"{tag} as x %}}{{{{ x }}}} {tag} %}}")
    values = {"token": "a&b'c"}

    assert AddressNode in [type(node) for node in template.nodelist]
    escaped = "/unsubscribe/a&amp;b&#x27;c/"
    assert template.render(Context(values)) == f"{escaped} {escaped}"
    plain = "/unsubscribe/a&b'c/"
    assert template.render(Context(values, autoescape=False)) == f"{plain} {plain}"


def test_an_address_that_there_is_not_is_empty_where_it_is_kept():
    source = '{% url "no_such_page" name as x %}[{{ x }}]'

    assert compiled(source).render(Context({"name": "a"})) == "[]"


def test_a_changed_setting_makes_new_texts():
    template = compiled('{% translate "Comments" %}')
    [node] = template.nodelist
    template.render(Context())

    setting_changed.send(sender=None, setting="ROOT_URLCONF", value="", enter=True)
    template.render(Context())

    assert len(node.texts) == 2


def test_a_part_of_a_page_can_be_in_another_language(settings):
    settings.LANGUAGES = [("en", "English"), ("de", "German")]
    yes = '{% translate "Yes" %}'
    template = compiled(f'{yes}{{% language "de" %}}{yes}{{% endlanguage %}} {yes}')

    assert [template.render(Context()) for _ in range(2)] == ["YesJa Yes"] * 2


def test_no_other_thread_meets_a_template_that_is_being_folded(tmp_path, monkeypatch):
    (tmp_path / "page.html").write_text("Words.")
    loaders = [("plnsite.templates.Loader", ["django.template.loaders.filesystem.Loader"])]
    engine = Engine(dirs=[tmp_path], loaders=loaders)
    [loader] = engine.template_loaders
    before = []
    monkeypatch.setattr(
        "plnsite.templates.fold", lambda *template: before.append(dict(loader.get_template_cache))
    )

    engine.get_template("page.html")

    assert before == [{}]
    assert list(loader.get_template_cache) == ["page.html"]


@pytest.mark.parametrize("is_debug", [True, False])
def test_templates_are_folded_unless_somebody_is_changing_them(settings, tmp_path, is_debug):
    settings.DEBUG = is_debug
    (tmp_path / "page.html").write_text('{% load i18n %}{% translate "Comments" %}')
    loaders = [("plnsite.templates.Loader", ["django.template.loaders.filesystem.Loader"])]
    engine = Engine(dirs=[tmp_path], loaders=loaders, libraries=LIBRARIES)

    template = engine.get_template("page.html")

    assert type(engine.template_loaders[0]) is Loader
    assert (len(template.nodelist) == 1) is not is_debug
    assert engine.get_template("page.html") is template


class Thing:
    """An object for templates: attributes, methods, keys, and errors."""

    name, number = "A & B", 7

    def method(self):
        return "called"

    def needs(self, more):
        return more

    @property
    def broken(self):
        raise AttributeError("inside")

    @property
    def silent(self):
        raise Silent


class Silent(Exception):
    silent_variable_failure = True


VALUES = {
    "text": "A & B",
    "safe": mark_safe("<b>"),
    "number": 1234,
    "yes": True,
    "nothing": None,
    "share": 0.5,
    "lazy": gettext_lazy("Yes"),
    "day": date(2026, 3, 4),
    "moment": datetime(2026, 3, 4, 5, 6, tzinfo=UTC),
    "thing": Thing(),
    "function": lambda: "called",
    "row": {"name": "<key>", "thing": Thing()},
    "list": ["first", Thing()],
}
ASKED = [
    *VALUES,
    *("missing", "missing.name", "autoescape", "row.name", "row.missing", "row.thing.name"),
    *("list.0", "list.1.name", "list.7", "text.0", "text.upper", "thing.name", "thing.number"),
    *("thing.method", "thing.needs", "thing.missing", "thing.silent", "function.name"),
    *("row.items", "missing|default:'x'", "number|add:1", "thing.name|upper", "nothing.name"),
]


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_asked_quickly_is_what_django_finds(asked):
    source = (
        f"{{{{ {asked} }}}}{{% autoescape off %}}{{{{ {asked} }}}}{{% endautoescape %}}"
        f"{{% if {asked} and not {asked} == 7 %}}yes{{% endif %}}"
        f"{{% with x={asked} %}}{{{{ x }}}}{{% endwith %}}"
    )
    found = compiled(source).render(Context(VALUES))

    assert found == compiled(source, is_folded=False).render(Context(VALUES))


def test_an_error_of_a_property_is_raised():
    with pytest.raises(AttributeError, match="inside"):
        compiled("{{ thing.broken }}").render(Context(VALUES))


def test_numbers_have_signs_between_thousands_where_a_site_wants_them(settings):
    settings.USE_THOUSAND_SEPARATOR = True

    assert compiled("{{ number }}").render(Context(VALUES)) == "1,234"


def test_an_address_can_be_named_by_a_variable():
    template = compiled("{% url page slug %} {% url page slug as x %}{{ x }}")

    assert template.render(Context({"page": "course_home", "slug": "a"})) == "/c/a/ /c/a/"
    with pytest.raises(NoReverseMatch):
        template.render(Context({"page": "no_such_page", "slug": "a"}))


PARTS = {
    "page.html": (
        '{% for n in "abc" %}{% include "part.html" with x=n %}{% include "cycle.html" %}'
        '{% include "only.html" with x=n only %}{% include name %}{% endfor %}[{{ x }}{{ y }}]'
    ),
    "part.html": '{% firstof x as y %}{{ x }}{{ y }}{{ z }}{% include "./deep.html" %}',
    "deep.html": "-{{ z }}",
    "cycle.html": "{% cycle 1 2 %}",
    "only.html": "({{ x }}{{ z }})",
}


def test_parts_of_a_page_are_what_they_are_without_folding(settings):
    loaders = [("django.template.loaders.locmem.Loader", PARTS)]
    found = []
    for loader in (("plnsite.templates.Loader", loaders), loaders[0]):
        page = Engine(loaders=[loader]).get_template("page.html")
        context = {"z": "<z>", "name": "deep.html"}
        found.append([page.render(Context(context)) for _ in range(2)])

    assert found[0] == found[1]
    assert found[0][0].startswith("aa&lt;z&gt;-&lt;z&gt;1(a)-&lt;z&gt;bb")
