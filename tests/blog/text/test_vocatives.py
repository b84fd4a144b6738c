"""Names called at the start of a comment: messy examples, and properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.text.vocatives import (
    GREETINGS,
    HONORIFICS,
    JOINERS,
    TITLES,
    called_people,
    fold,
    names_anybody,
)

PEOPLE = {
    1: "Marisol Vega",
    2: "Ben Ito",
    3: "Ana Luna",
    4: "Ana Duarte",
    5: "Zoë Brandt",
    6: "Jean-Luc O’Dwyer",
    7: "Ayşe Yılmaz",
    8: "Мария Иванова",
    9: "Morgen Rask",
    10: "Will Price",
    11: "李伟",
    12: "مريم حداد",
    13: "Suwarni",
    14: "Nguyễn Văn Minh",
    15: "Park Hye-jin",
    16: "Søren Łuczak",
}

CALLS = [
    ("Thanks Marisol, that helped.", [1]),
    ("thanks marisol for this!", [1]),
    ("Thank you so much, Marisol!", [1]),
    ("Thanks for the pointer, Marisol!", [1]),
    ("THANKS MARISOL!!!", [1]),
    ("@Marisol Vega I agree with you", [1]),
    ("@marisol yes", [1]),
    ("Marisol, I loved your second paragraph.", [1]),
    ("Marisol - one question", [1]),
    ("Marisol:\nwhat do you mean?", [1]),
    ("**Marisol**, yes.", [1]),
    ("Marisol", [1]),
    ("👋 Hi Marisol,\n\nnice post", [1]),
    ("Hi Ben and Ana — I read both.", [2, 3, 4]),
    ("Hi Ben & Marisol,", [2, 1]),
    ("Hello Ben, Marisol and Zoe! So", [2, 1, 5]),
    ("Ben and Marisol, what about this?", [2, 1]),
    ("Dear Ana,", [3, 4]),
    ("Dear Ana Luna,", [3]),
    ("Hi zoe, great", [5]),
    ("Zoë! You are right.", [5]),
    ("Hi Jean-Luc, merci", [6]),
    ("Dear Mr. O'Dwyer, I", [6]),
    ("Prof Ito, could you", [2]),
    ("> Ana, you said this\n\nMarisol, I think", [1]),
    ("> quoted\n> more\nHi Ben,", [2]),
    ("Ben!! wow", [2]),
    ("Ben… I am not sure", [2]),
    ("Ok Ben, but why?", [2]),
    ("Great post, Ben!", [2]),
    ("Gracias Marisol por tu comentario", [1]),
    ("Gracias, señor Vega, por tu comentario", [1]),
    ("Thanks Hye-jin, I see.", [15]),
    ("Hi Park and Hye-jin,", [15]),
    ("Cảm ơn Minh,", [14]),
    ("Здравствуй, Мария!", [8]),
    ("Hi Park 씨!", [15]),
    ("Thanks Văn Minh!", [14]),
    ("@Minh yes", [14]),
    ("Hi Ben and Minh,", [2, 14]),
    ("Hej Soren, tak", [16]),
    ("Thanks Luczak!", [16]),
    ("يا مريم، شكرا", [12]),
    ("¡Hola Marisol! ¿Qué tal?", [1]),
    ("Merci beaucoup Marisol !", [1]),
    ("Salut Ben et Marisol,", [2, 1]),
    ("Liebe Zoë, vielen Dank", [5]),
    ("Danke, Ben!", [2]),
    ("Ciao Ben e Marisol,", [2, 1]),
    ("Olá Ben, obrigado", [2]),
    ("Cześć Ben i Marisol,", [2, 1]),
    ("Teşekkürler Ayşe Hanım, çok", [7]),
    ("Merhaba Ayşe,", [7]),
    ("Спасибо, Мария!", [8]),
    ("Привет Мария, я", [8]),
    ("李伟，你好", [11]),
    ("شكرا مريم، على", [12]),
    ("Terima kasih Suwarni, saya", [13]),
    ("Guten Morgen Ben,", [2]),
    ("Morgen, I read this", [9]),
    ("Hi Morgen!", [9]),
    ("Thanks Will, I tried it", [10]),
]

NO_CALLS = [
    "",
    "   \n",
    "Ana is right about ties.",
    "Ben and Marisol are right.",
    "Ana’s point is strong.",
    "Ana's point, though",
    "I agree with Marisol, she is right.",
    "Thanks. Will do that tomorrow.",
    "Will you post the link?",
    "Thanks to Marisol I understood this.",
    "Thanks for this, Marisol said it too.",
    "Hi all, great thread",
    "Hello Benjamin,",
    "Marisolita, no",
    "Bens, no",
    "Thank you!",
    "Great post!",
    "@somebody hello",
    "> Marisol, you said",
    "https://example.org/ben, see there",
    "ito, no title",
    "Minh, without a greeting",
    "Ben and Minh are right.",
    "Anabel, hi",
]


@pytest.mark.parametrize(("text", "called"), CALLS)
def test_whoever_is_called_is_found(text, called):
    assert called_people(text, PEOPLE) == called


@pytest.mark.parametrize("text", NO_CALLS)
def test_nobody_is_found_who_is_not_called(text):
    assert called_people(text, PEOPLE) == []


@pytest.mark.parametrize("words", [GREETINGS, TITLES, JOINERS, HONORIFICS])
def test_words_before_and_behind_names_are_written_as_texts_are_read(words):
    assert {word for word in words if fold(word) != word} == set()


names = st.from_regex(r"[A-Z][a-z]{3,9}( [A-Z][a-z]{3,9})?", fullmatch=True)
people = st.dictionaries(st.integers(), names, min_size=1, max_size=6)


@given(st.text(), people)
def test_any_text_gives_people_that_are_known_each_once(text, known):
    found = called_people(text, known)

    assert set(found) <= set(known)
    assert len(found) == len(set(found))


@given(st.text() | names, people)
def test_who_is_called_is_named(text, known):
    assert names_anybody(text, known.values()) or called_people(text, known) == []


def test_a_text_that_names_nobody_is_told_apart():
    assert not names_anybody("Thanks for this! I agree.", PEOPLE.values())
    assert names_anybody(f"Thanks, {next(iter(PEOPLE.values()))}!", PEOPLE.values())


@given(people, st.sampled_from(["Thanks {},", "Hi {}!", "{}, yes", "@{} no", "Merci {} :)"]))
def test_each_whole_name_is_found_in_each_form(known, form):
    for name in known.values():
        sharing = [key for key, other in known.items() if other == name]
        assert set(sharing) <= set(called_people(form.format(name), known))


@given(people, st.text(max_size=80))
def test_what_follows_a_call_does_not_matter(known, rest):
    name = next(iter(known.values()))

    with_rest = called_people(f"Thanks {name}!\n\n{rest}", known)

    assert with_rest == called_people(f"Thanks {name}!", known)


@given(st.text(), people)
def test_capitals_do_not_matter(text, known):
    shouted = {key: name.upper() for key, name in known.items()}

    assert called_people(text, shouted) == called_people(text, known)
