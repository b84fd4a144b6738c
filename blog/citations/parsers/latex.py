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
    r"""Return LaTeX as text: ``{\"o}``, ``\emph{Homo}``, ``--``; unknown commands leave theirs."""
    text = text[:MAX_FIELD_CHARS]
    if not re.search(r"[\\{}$~]|--|``|''", text):
        return text
    text = ADDRESS.sub(lambda match: match[1].replace("~", r"\textasciitilde{}"), text)
    text = SIGN.sub(lambda match: PLACEHOLDERS[SIGNS[match[1] or match[2]]], text)
    # What is not LaTeX after all loses its braces and commands below.
    with contextlib.suppress(ValueError, LookupError, RecursionError):
        text = codecs.decode(SPACE.sub(" ", MACRON.sub("\\1\u0304", text)), "ulatex")  # type: ignore[call-overload]
    for _ in range(MAX_BRACE_DEPTH):
        text, count = GROUP.subn(_ungrouped, text)
        if not count:
            break
    text = MATH.sub(lambda match: SCRIPT.sub(_scripted, match[1]), text)
    return " ".join(COMMAND.sub("", text).translate(SIGNS_BY_PLACEHOLDER).split())


def _ungrouped(match: re.Match) -> str:
    command = (match["command"] or "").strip("\\* ")
    inside = match["inside"]
    if command in COMBINED:
        return "".join(character + COMBINED[command] for character in inside)
    if command == "href" or command == "url":
        # The first group of \href is the address; its text follows in a group of its own.
        return "" if command == "href" else inside
    return WRAPPED.get(command, "{}").replace("{}", inside)


def _scripted(match: re.Match) -> str:
    return WRAPPED[match[1]].replace("{}", match[2])
