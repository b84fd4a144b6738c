"""Words beside a year in a sentence: those that a name may have, and those that name nobody."""

import unicodedata

# Of every alphabet, as they stand in a set of a pattern. What is no small letter can begin a name:
# a capital, or a sign of a script that knows none.
_BEYOND_ASCII = [chr(code) for code in range(0x80, 0x10000)]
SMALL_LETTERS = "a-z" + "".join(one for one in _BEYOND_ASCII if unicodedata.category(one) == "Ll")
CAPITAL_LETTERS = "A-Z" + "".join(one for one in _BEYOND_ASCII if unicodedata.category(one) == "Lu")

PARTICLES = (
    *("van", "von", "de", "del", "della", "der", "den", "di", "da", "la", "le", "ten", "ter"),
    *("al", "bin", "ibn", "el", "du", "dos", "zu"),
)
# Words in lower case that a name may have; any other word before a year is no part of a name.
SMALL_WORDS = {
    *("of", "for", "and", "the", "on", "in", "to", "at", "&", "et", "al.", "al", "und", "y", "des"),
    *PARTICLES,
    *("colleagues", "others", "with"),
}
# Words that begin a sentence before a name, and words before a year that name nobody.
NO_NAME = {
    *("in", "as", "according", "however", "while", "although", "both", "when", "for", "the", "and"),
    *("but", "like", "unlike", "from", "by", "since", "then", "yet", "thus", "also", "see", "so"),
    *("if", "where", "after", "before", "until", "during", "spring", "summer", "fall", "autumn"),
    *("winter", "january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december", "here", "there", "this", "these", "that"),
    *("moreover", "furthermore", "similarly", "again", "later", "earlier", "first", "second"),
    *("finally", "indeed", "only", "even", "still", "today", "because", "though", "whereas"),
    *("following", "using", "given", "with", "without", "through", "among", "between", "per"),
    *("via", "citing", "quoting", "what", "how", "why", "who", "did", "does", "is", "was", "my"),
    *("our", "researchers", "researcher", "scholars", "scholar", "author", "authors", "dr"),
    *("professor", "prof", "work", "studies", "research", "theorist", "critics", "perhaps"),
    *("once", "consider", "compare", "recently", "instead", "meanwhile", "likewise", "or", "to"),
    *("can", "could", "should", "would", "will", "do", "has", "have", "are", "were", "not", "nor"),
    *("such", "some", "many", "most", "another", "other", "just", "now", "therefore", "hence"),
    *("additionally", "overall", "interestingly", "certainly", "clearly", "of", "on", "at", "it"),
    *("about", "against", "around", "behind", "beyond", "despite", "into", "over", "toward"),
    *("towards", "under", "upon", "within", "reading", "rereading", "revisiting", "reviewing"),
    *("applying", "introducing", "understanding", "discussing", "summarising", "summarizing"),
}
