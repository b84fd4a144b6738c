"""Convert the LaTeX of BibTeX fields to plain text with a little inline markup."""

import codecs
import contextlib
import re

import latexcodec  # noqa: F401 (registers the codec)

GROUP = re.compile(r"(?P<command>\\[A-Za-z]+\*?\s*|[_^])?\{(?P<inside>[^{}]*)\}")
SPACE = re.compile(r"\\(?:quad|qquad|[ ,;:!])|(?<!\\)~")
ADDRESS = re.compile(r"\\url\s*\{([^{}]*)\}")
MACRON = re.compile(r"\\=\{?(\w)\}?")
MATH = re.compile(r"\$([^$]{0,500})\$")
SCRIPT = re.compile(r"([_^])(\w|[+−-])")
COMMAND = re.compile(r"\\[A-Za-z]+\*?\s*|\\(?=\W|$)|[{}]")
# A command without an argument: a sign, a switch of the font, or a name that nobody here knows.
NAMED = re.compile(
    r"(?P<before>[^\W\d_])?\\(?P<name>[A-Za-z]+)(?![A-Za-z])\*?(?P<after>\s*)(?!\s*\{)"
)
FRACTION = re.compile(
    r"\\(?:[tdc]?frac|nicefrac|sfrac)\s*(?:\{([^{}]*)\}\s*\{([^{}]*)\}|(\d)\s*(\d))"
)
LAST_IN_GROUP = re.compile(r"(\\[A-Za-z]+)\s+\}")
EMPTY_GROUP = re.compile(r"(\\[A-Za-z]+)\s*\{\}")
SWITCHED = re.compile(r"\{\s*\\(?:em|it|itshape|sl|slshape)\b\s*([^{}\\]*)\}")
# BibTeX’s own example sorts with these, and people copied it.
ARGUMENTS = re.compile(r"\\switchargs\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
# The accents take the dotless letter in its own braces too.
DOTLESS = re.compile(r"(\\[\"'`^~=.uvHcdbkrt])\s*\{?\s*\\([ij])(?![A-Za-z])\s*\}?")
# Commands with a meaning here; braces alone only shield capitals from BibTeX.
WRAPPED = {
    **dict.fromkeys(("emph", "textit", "textsl", "mkbibemph", "mathit"), "<i>{}</i>"),
    **dict.fromkeys(("enquote", "mkbibquote"), "“{}”"),
    **dict.fromkeys(("textsuperscript", "^"), "<sup>{}</sup>"),
    **dict.fromkeys(("textsubscript", "_"), "<sub>{}</sub>"),
}
COMBINED = {"bar": "\u0304", "overline": "\u0305", "underline": "\u0332", "hat": "\u0302"}
MAX_FIELD_CHARS = 10_000  # CSL keeps fewer
MAX_BRACE_DEPTH = 100  # the parser's own limit on nested braces
# Escaped signs are noncharacters until the LaTeX around them is converted.
SIGNS = {
    **{"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "{": "{", "}": "}"},
    **{"textasciitilde": "~", "textasciicircum": "^", "$": "$", "&": "&", "%": "%", "#": "#"},
    **{"_": "_", "lbrace": "{", "rbrace": "}"},
}
SYMBOLS = {
    **{"textquoteright": "’", "textquoteleft": "‘", "textquotesingle": "'", "textquotedbl": '"'},
    **{"textquotedblleft": "“", "textquotedblright": "”", "quotedblbase": "„"},
    **{
        "quotesinglbase": "‚",
        "guilsinglleft": "‹",
        "guilsinglright": "›",
        "textasteriskcentered": "*",
    },
    **{"guillemotleft": "«", "guillemotright": "»", "guillemetleft": "«", "guillemetright": "»"},
    **{"textbar": "|", "textless": "<", "textgreater": ">", "texteuro": "€", "euro": "€"},
    **{"ldots": "…", "dots": "…", "textellipsis": "…", "cdots": "⋯", "textbullet": "•"},
    **{"textendash": "–", "textemdash": "—", "textdegree": "°", "degree": "°", "textmu": "µ"},
    **{"textregistered": "®", "texttrademark": "™", "textcopyright": "©", "copyright": "©"},
    **{
        "textperiodcentered": "·",
        "cdot": "·",
        "textdollar": "$",
        "textsterling": "£",
        "pounds": "£",
    },
    **{"textyen": "¥", "textsection": "§", "S": "§", "P": "¶", "textparagraph": "¶", "slash": "/"},
    **{"dag": "†", "ddag": "‡", "textdagger": "†", "textdaggerdbl": "‡", "textordfeminine": "ª"},
    **{"textordmasculine": "º", "texttimes": "×", "times": "×", "pm": "±", "textpm": "±"},
    **{"textonehalf": "½", "textonequarter": "¼", "textnumero": "№", "textexclamdown": "¡"},
    **{"textquestiondown": "¿", "textvisiblespace": " ", "nobreakspace": " ", "space": " "},
    **{"LaTeX": "LaTeX", "LaTeXe": "LaTeX2e", "TeX": "TeX", "BibTeX": "BibTeX", "XeTeX": "XeTeX"},
    **{
        "textunderscore": "_",
        "textless": "<",
        "textpercent": "%",
        "textampersand": "&",
        "and": "&",
    },
    **{"textsuperscript2": "²", "hyphen": "-", "textminus": "−", "textlnot": "¬", "infty": "∞"},
    **{
        "rightarrow": "→",
        "leftarrow": "←",
        "to": "→",
        "leq": "≤",
        "le": "≤",
        "geq": "≥",
        "ge": "≥",
    },
    **{"dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ", "NG": "Ŋ"},
    **{"approx": "≈", "sim": "∼", "neq": "≠", "ne": "≠", "circ": "°"},
}
SPACED = frozenset("≤≥≈≠→←∼&")
# Switches and spaces, which print nothing themselves.
SILENT_NAMES = """
    allowbreak bf bfseries Big big Bigg bigg em enspace footnotesize hfill huge it itshape large
    left linebreak lowercase mathrm mdseries newblock newline noindent normalfont normalsize par
    penalty protect qquad quad raggedright relax right rm rmfamily sc scriptsize scshape sf
    sffamily sl slshape small smallskip tiny tt ttfamily uppercase upshape xspace
"""
SILENT = frozenset(SILENT_NAMES.split())
# Commands whose first argument is for sorting, and is not printed.
UNPRINTED = frozenset(
    {"noopsort", "SortNoop", "href", "hspace", "vspace", "label", "foreignlanguage"}
)
SIGN = re.compile(
    rf"(?<!\\)\\(?:({'|'.join(filter(str.isalpha, SIGNS))})(?:\{{\}}|(?![A-Za-z]) ?)|([{{}}$&%#_]))"
)
PLACEHOLDERS = {
    sign: chr(0xFDD0 + number) for number, sign in enumerate(sorted(set(SIGNS.values())))
}
SIGNS_BY_PLACEHOLDER = str.maketrans(
    {placeholder: sign for sign, placeholder in PLACEHOLDERS.items()}
)


def plain_latex(text: str) -> str:
    r"""Return LaTeX as text: ``{\"o}``, ``\emph{Homo}``, ``--``.

    An unknown command leaves its argument, or without one the letters of its name: a word that is
    odd is seen, and one that is missing is not.
    """
    text = text[:MAX_FIELD_CHARS]
    if not re.search(r"[\\{}$~]|--|``|''", text):
        return text
    text = ADDRESS.sub(lambda match: match[1].replace("~", r"\textasciitilde{}"), text)
    text = SIGN.sub(lambda match: PLACEHOLDERS[SIGNS[match[1] or match[2]]], text)
    # BibTeX has no comments in a field; the decoder would drop all that follows a bare sign.
    text = text.replace("%", PLACEHOLDERS["%"])
    text = FRACTION.sub(_fraction, text)
    text = ARGUMENTS.sub(r"\2\1", text)
    text = DOTLESS.sub(r"\1{\2}", SWITCHED.sub(r"<i>\1</i>", text))
    text = NAMED.sub(_symbol, EMPTY_GROUP.sub(r"{\1}", text))
    # What is not LaTeX after all loses its braces and commands below.
    with contextlib.suppress(ValueError, LookupError, RecursionError):
        text = codecs.decode(SPACE.sub(" ", MACRON.sub("\\1\u0304", text)), "ulatex")  # type: ignore[call-overload]
    text = NAMED.sub(_named, LAST_IN_GROUP.sub(r"\1}", text))
    for _ in range(MAX_BRACE_DEPTH):
        text, count = GROUP.subn(_ungrouped, text)
        if not count:
            break
    text = MATH.sub(lambda match: SCRIPT.sub(_scripted, match[1]), text)
    return " ".join(COMMAND.sub("", text).translate(SIGNS_BY_PLACEHOLDER).split())


def _fraction(match: re.Match) -> str:
    """Return a fraction on one line, with brackets around what is more than a number or a word."""
    above, below = (part.strip() for part in match.groups() if part is not None)
    parts = (part if re.fullmatch(r"\\?\w*", part) else f"({part})" for part in (above, below))
    return f"{{{'/'.join(parts)}}}"


def _symbol(match: re.Match) -> str:
    """Return the sign of a command; any other command as it is."""
    sign = SYMBOLS.get(match["name"])
    if sign is None:
        return match[0]
    # LaTeX eats the space behind a command; only the names of programs lead on to a word.
    after = " " if match["after"] and (len(sign) > 1 or sign in SPACED) else ""
    return f"{match['before'] or ''}{sign}{after}"


def _named(match: re.Match) -> str:
    """Return the letters of a command that neither LaTeX’s decoder nor this module knows."""
    if match["name"] in SILENT:
        return f"{match['before'] or ''}{' ' * bool(match['before'] and match['after'])}"
    before = f"{match['before']} " if match["before"] else ""
    return f"{before}{match['name']}{' ' * bool(match['after'])}"


def _ungrouped(match: re.Match) -> str:
    command = (match["command"] or "").strip("\\* ")
    inside = match["inside"]
    if command in COMBINED:
        return "".join(character + COMBINED[command] for character in inside)
    if command in UNPRINTED:
        # The first group of \href is the address; its text follows in a group of its own.
        return ""
    return WRAPPED.get(command, "{}").replace("{}", inside)


def _scripted(match: re.Match) -> str:
    return WRAPPED[match[1]].replace("{}", match[2])
