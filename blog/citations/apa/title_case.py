"""Title case for works without an author in the text; the list prints titles as stored."""

import re

SMALL_WORD = re.compile(
    r"an?|the|and|as|but|for|if|nor|or|so|yet|at|by|in|of|off|on|per|to|up|via|vs?\.?",
    re.IGNORECASE,
)
ABBREVIATION = re.compile(r"[a-z]\.")  # n. in a dictionary


def title_case(text: str) -> str:
    """Return an English title in title case; capitals that it has stay."""
    words = text.split()
    after_stop = True
    for place, word in enumerate(words):
        last = place == len(words) - 1
        if (after_stop or last or not SMALL_WORD.fullmatch(word)) and not (
            place and ABBREVIATION.fullmatch(word)
        ):
            words[place] = "-".join(_capitalised(part) for part in word.split("-"))
        after_stop = word[-1:] in ":.?!—–"
    return " ".join(words)


def _capitalised(word: str) -> str:
    place = next((place for place, character in enumerate(word) if character.isalpha()), None)
    if place is None or any(character.isupper() or character.isdigit() for character in word):
        return word
    return word[:place] + word[place].upper() + word[place + 1 :]
