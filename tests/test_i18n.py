"""Every word that people read goes through gettext, and the committed catalogues have it."""

import shutil
from pathlib import Path

import polib
import pytest
from django.core.management import call_command
from django.utils.translation import to_language

from plnsite import settings as site
from tests.translated import faults_of, rule_of, rule_of_django
from tests.translated_words import fallen_together, rows_of
from tests.visible_strings import (
    faults_in_html,
    faults_in_python,
    faults_in_text,
    loose_sentences,
    words_in_f_strings,
    words_put_together,
)

ROOT = Path(__file__).resolve().parent.parent
CATALOGUES = sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po"))
# English is what the sources say.
TRANSLATED = [path for path in CATALOGUES if path.parts[-3] != "en"]
TEMPLATES = ROOT / "templates"
MODULES = [
    path
    for app in ("blog", "network", "plnsite")
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
]
# The rooms where a sentence can only be one for people. Below them stand SQL and the words of APA
# style, which are English in every language; beside them what the demo course says.
FOR_PEOPLE = {
    *("access.py", "actions", "admin", "admin.py", "forms", "models", "models.py", "queries"),
    *("tasks", "templatetags", "views", "web"),
}
# APA's words are English everywhere, and what refuses a file gives its reason as a key.
NOT_FOR_PEOPLE = {
    *("citations", "spreadsheets", "roster_files", "rubric_files", "gradebook_files"),
    "wordpress",
}


def found_in(paths, find):
    """Return what ``find`` finds in files, as “path:line: words”."""
    return [
        f"{path.relative_to(ROOT)}:{line}: {words}"
        for path in sorted(paths)
        for line, words in find(path.read_text())
    ]


def test_templates_have_no_words_outside_gettext():
    assert found_in(TEMPLATES.rglob("*.html"), faults_in_html) == []
    assert found_in(TEMPLATES.rglob("*.txt"), faults_in_text) == []


def test_python_says_nothing_outside_gettext():
    spoken = [path for path in MODULES if not NOT_FOR_PEOPLE & set(path.parts)]

    assert found_in(spoken, faults_in_python) == []


def test_no_sentence_lies_loose_where_pages_are_made():
    rooms = [path for path in MODULES if path.relative_to(ROOT).parts[1] in FOR_PEOPLE]

    assert found_in(rooms, loose_sentences) == []


def test_gettext_is_given_literals():
    """What is put together at run time is in no catalogue."""
    assert found_in(MODULES, words_put_together) == []


def test_no_words_for_gettext_are_in_an_f_string():
    assert found_in(MODULES, words_in_f_strings) == []


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("""f"{_('Gone.')} {name}\"""", 1),
        ("""f"{name}: {ngettext('%d post', '%d posts', n) % n}\"""", 1),
        ('f"{_(name)}"', 0),
        ('f"{gone} {name}" + _("Gone.")', 0),
    ],
)
def test_words_in_an_f_string_are_found(source, count):
    assert len(words_in_f_strings(source)) == count


def messages_of(path):
    """Return what can be translated by a catalogue: context, words, and words for many."""
    return {(one.msgctxt, one.msgid, one.msgid_plural) for one in polib.pofile(path)}


@pytest.mark.slow
def test_catalogues_have_the_strings_of_the_sources(tmp_path, monkeypatch, settings):
    """`make messages` writes them again."""
    if shutil.which("xgettext") is None:
        pytest.skip("no xgettext on this machine: install the package gettext")
    for folder in ("blog", "network", "plnsite", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "locale").mkdir()
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    monkeypatch.chdir(tmp_path)

    call_command("makemessages", locale=["en"], verbosity=0)

    now = messages_of(tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po")
    assert len(now) > 1000
    assert CATALOGUES
    assert [path.parts[-3] for path in CATALOGUES if messages_of(path) != now] == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_compiled_catalogue_is_that_of_its_source(path):
    """No machine but ours needs msgfmt, so what it makes is committed."""
    compiled = polib.mofile(path.with_suffix(".mo"))
    source = polib.pofile(path)

    assert texts_of(compiled) == texts_of(source.translated_entries())
    assert source.metadata | compiled.metadata == source.metadata  # msgfmt leaves a date out


def texts_of(entries):
    """Return what entries say, by context and source."""
    return {(one.msgctxt, one.msgid): (one.msgstr, one.msgstr_plural) for one in entries}


def test_every_catalogue_is_offered():
    offered = [language for language, _name in site.LANGUAGES]

    assert sorted(to_language(path.parts[-3]) for path in CATALOGUES) == sorted(offered)


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.parts[-3])
def test_translations_are_complete_and_keep_what_is_no_words(path):
    assert faults_of(polib.pofile(str(path))) == []


@pytest.mark.parametrize(("language", "column"), [("fr_CA", 1), ("ar", 2)])
def test_words_of_a_language_stay_apart(language, column):
    """As the table of ``docs/translating.md`` has them."""
    rows = rows_of(column)
    catalogue = polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))

    faults = [
        f"{entry.msgid[:60]!r}: {fault}"
        for entry in catalogue
        for fault in fallen_together(entry, rows)
    ]

    assert len(rows) >= 25
    assert faults == []


@pytest.mark.parametrize(
    ("column", "source", "text", "faults"),
    [
        (1, "Grades that were taken back.", "Notes annulées.", ["take back as if it were cancel"]),
        (1, "Grades that were taken back.", "Notes retirées.", []),
        (1, "Removed. Taken back.", "Retiré. Annulé.", ["take back as if it were cancel"]),
        (2, "Grades that were taken back.", "درجات تُراجع عنها.", ["take back as if it were undo"]),
        (2, "Grades that were taken back.", "درجات سُحبت.", []),
        (2, "Delete this version", "إخفاء هذا الإصدار", ["delete as if it were hide"]),
    ],
)
def test_a_word_that_fell_together_with_another_is_found(column, source, text, faults):
    entry = polib.POEntry(msgid=source, msgstr=text)

    assert list(fallen_together(entry, rows_of(column))) == faults


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.parts[-3])
def test_catalogues_have_the_forms_for_numbers_that_django_has(path):
    language = to_language(path.parts[-3])

    assert rule_of(polib.pofile(str(path))) == rule_of_django(language)


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"msgid": "Hello", "msgstr": ""}, "is not translated"),
        ({"msgid": "Hello", "msgstr": "Bonjour", "flags": ["fuzzy"]}, "is fuzzy"),
        ({"msgid": "Hello", "msgstr": "Bonjour", "obsolete": True}, "is of no source any more"),
        ({"msgid": "%(n)s new", "msgstr": "%(m)s neuf"}, "has the places"),
        ({"msgid": "{a} & 5 %%", "msgstr": "{a} et 5"}, "has the places"),
        ({"msgid": "<b>A</b>", "msgstr": "<i>A</i>"}, "has other tags"),
        ({"msgid": "A &ensp; b", "msgstr": "A b"}, "has other tags"),
        ({"msgid": "A: ", "msgstr": "A :"}, "begins or ends with other spaces"),
        ({"msgid": "\nA", "msgstr": "A"}, "begins or ends with other spaces"),
        (
            {"msgid": "%(n)d a", "msgid_plural": "%(n)d b", "msgstr_plural": {0: "un", 1: "deux"}},
            "has the places",
        ),
        (
            {"msgid": "%(n)d a", "msgid_plural": "%(n)d b", "msgstr_plural": {0: "%(n)d c"}},
            "has 1 forms, not 2",
        ),
    ],
)
def test_a_fault_of_a_translation_is_found(entry, fault):
    [found] = faults_of(catalogue(entry))

    assert fault in found


@pytest.mark.parametrize(
    "entry",
    [
        {"msgid": "%(n)s of %(m)s", "msgstr": "%(m)s, dont %(n)s"},
        {"msgid": "Read <b>it</b>\n", "msgstr": "<b>À lire</b>\n"},
        {"msgid": "one", "msgid_plural": "%(n)d b", "msgstr_plural": {0: "un", 1: "%(n)d c"}},
    ],
)
def test_a_good_translation_has_no_fault(entry):
    assert faults_of(catalogue(entry)) == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("عن %(title)s", 1),
        ("عن \u2068%(title)s\u2069 و%(name)s", 1),
        ("عن \u2068%(title)s\u2069، <bdi>%(name)s</bdi>، %(n)s", 0),
        ('<a href="%(name)s">عن</a>', 0),
    ],
)
def test_what_people_wrote_turns_no_sentence_from_the_right(text, faults):
    entry = {"msgid": text, "msgstr": text}

    assert len(faults_of(catalogue(entry, "ar"))) == faults
    assert faults_of(catalogue(entry)) == []


def catalogue(entry, language="fr"):
    """Return a catalogue with one entry."""
    made = polib.POFile()
    made.metadata = {"Language": language, "Plural-Forms": "nplurals=2; plural=(n > 1);"}
    made.append(polib.POEntry(**entry))
    return made


# The finders themselves, each on a line that it must see and one that it must not


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        '<p title="Hello">{% translate "Hello" %}</p>',
        '<input type="submit" value="Send">',
        '<p data-saved="Saved at {{ time }}"></p>',
        '{% include "blog/_box.html" with heading="Your drafts" %}',
        '{{ name|default:"A guest" }}',
        "{% if a %}{% blocktranslate %}Yes{% endblocktranslate %}{% else %}No{% endif %}",
    ],
)
def test_words_in_a_template_are_found(source):
    assert len(faults_in_html(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "Hello" %} · {{ count }} ¶',
        '{% blocktranslate trimmed %}\n Hello <b class="x">you</b>\n{% endblocktranslate %}',
        '<p class="a {% if b %}is-here{% endif %}" data-place="post 3">Commonplace</p>',
        "{% comment %}Hello{% endcomment %}{# Hello #}<kbd>Ctrl</kbd>",
        "{% block main_class %} page-wide{% endblock main_class %}",
        '{% include "blog/_box.html" with heading=_("Your drafts") icon="clock" %}',
    ],
)
def test_what_is_translated_or_not_for_people_is_not_found(source):
    assert faults_in_html(source) == []


@pytest.mark.parametrize(
    "source",
    [
        'messages.success(request, "Saved.")',
        'raise Refused(f"{name} is gone.")',
        'label = forms.CharField(label="Title")',
        'title = models.CharField("title", max_length=80)',
        'self.stdout.write("%d rows" % rows)',
        'class Kind(models.TextChoices):\n    POST = "post", "a post"',
    ],
)
def test_words_in_python_are_found(source):
    assert len(faults_in_python(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        'messages.success(request, _("%(n)s saved.") % {"n": name})',
        'raise Refused(str(gettext("Gone.")) if name else ngettext("a", "b", n) % n)',
        'post = models.ForeignKey("blog.Post", models.CASCADE)',
        'self.stdout.write(f"{name}: {count}")',
        'class Kind(models.TextChoices):\n    POST = "post", _("a post")',
    ],
)
def test_words_that_gettext_has_are_not_found(source):
    assert faults_in_python(source) == []
