"""Repair of text read in the wrong encoding; real letters stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.paste.changes import apply_changes
from blog.paste.mojibake import find_mojibake


def repaired(text):
    return apply_changes(text, find_mojibake(text))[0]


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        # UTF-8 read as Windows-1252, every byte there
        ("donâ€™t say â€œgoâ€\x9d", "don’t say “go”"),
        ("she said â€œgoâ€.", "she said “go”."),
        ("cafÃ©, naÃ¯ve, Ã\xa0 la", "café, naïve, à la"),
        ("20Â°, Â© 2010, toÂ\xa0network", "20°, © 2010, to network"),
        ("pages 3â€“5 â€¦", "pages 3–5 …"),
        ("Å\xa0koda and ðŸ˜€", "Škoda and 😀"),
        ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
        # the same with the controls of Latin-1, and as Baltic Windows
        ("donâ\x80\x99t", "don’t"),
        ("donā€™t, cafĆ©, resumĆ©", "don’t, café, resumé"),
        # ISO-8859-13 without its controls
        (
            "Iāve, donāt, weāre, theyāll, Iām, heād, itās",
            "I’ve, don’t, we’re, they’ll, I’m, he’d, it’s",
        ),
        ("act as āorchestratorsā of", "act as “orchestrators” of"),
        ("a ānetwork of trustā here", "a “network of trust” here"),
        ("Joostenāten Brinke, D.", "Joosten-ten Brinke, D."),
        ("SmithāJones", "Smith-Jones"),
        ("toĀ networkĀ using", "to network using"),
        ("Instagram Ā reduced", "Instagram reduced"),
        ("pp. 12ā15", "pp. 12–15"),
        ("and so onā¦", "and so on…"),
        # likely only, and the text shows that it is damaged
        ("I donāt see Granovetterās point", "I don’t see Granovetter’s point"),
        ("I donāt see networks ā the weak ones", "I don’t see networks – the weak ones"),
        (
            "The Māori worldās view, which I donāt share",
            "The Māori world’s view, which I don’t share",
        ),
        ("Iāve been to Rīgā, and read Māori", "I’ve been to Rīgā, and read Māori"),
    ],
)
def test_damage_is_repaired(damaged, whole):
    assert repaired(damaged) == whole


@pytest.mark.parametrize(
    "text",
    [
        "Māori, Whānau, Pākehā, Tāmaki Makaurau, Whangārei, Wānaka, Taranāki",
        "He aha te mea nui o te ao? He tangata, he tangata ā he tangata.",
        "Ā tātou mahi ā ngā tāngata",
        "āboli Rīgā un mājās; Jānis, Kārlis, Mārtiņš; ārā, ātrā, āzijā",
        "labās jaunās tehnoloģijas, galvenās domas, zināt, runāt, iedzīvotājām",
        "RĪGĀ un LATVIJĀ ",
        "«CAFÉ» et «RÅ» NÃO, MAÇÃ, âge, pâte, tâche, château",
        "Granovetterās idea",  # nothing else shows damage: it may be a name
        "a bare ā in a sentence, and an Ā.",
    ],
)
def test_letters_stay(text):
    assert find_mojibake(text) == []


def test_each_repair_can_be_left_out():
    text = "Iāve seen they donāt."
    _, found = apply_changes(text, find_mojibake(text))

    without_first, _ = apply_changes(text, find_mojibake(text), {found[0].name: False})
    without_second, _ = apply_changes(text, find_mojibake(text), {found[1].name: False})

    assert without_first == "Iāve seen they don’t."
    assert without_second == "I’ve seen they donāt."


@given(st.text(st.characters(max_codepoint=0x24F, exclude_categories=["Cs"]), max_size=80))
def test_leaving_out_everything_gives_the_text_back(text):
    _, found = apply_changes(text, find_mojibake(text))

    unchanged, _ = apply_changes(text, find_mojibake(text), {one.name: False for one in found})

    assert unchanged == text


@given(st.text("aābcstĀ €™“”'Ã©Â I", max_size=60))
def test_plain_letters_are_never_lost(text):
    def plain(words):
        return [sign for sign in words if sign in "abcstI'"]

    assert plain(repaired(text)) == plain(text)
