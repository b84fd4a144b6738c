"""The style sheets of the site in the order of their cascade layers, which the first one names."""

import re
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders

FIRST = "css/tokens.css"
LAYERS = re.compile(r"^@layer\s([^{;]+);", re.MULTILINE)


def layers_of(source: str) -> tuple[str, ...]:
    """Return the static path of each layer that the source of the first style sheet names."""
    [names] = LAYERS.findall(source)
    return tuple(f"css/{name.strip()}.css" for name in names.split(","))


@cache
def style_layers() -> tuple[str, ...]:
    """Return the static path of each layer, in their order."""
    return layers_of(style_source(FIRST))


def style_source(path: str) -> str:
    """Return a style sheet as it was written."""
    return Path(str(finders.find(path))).read_text(encoding="utf-8")


@cache
def colours(name: str) -> dict[str, str]:
    """Return a colour of the light page and of the dark one, for what reads no style sheet."""
    [pair] = re.findall(rf"--{name}: light-dark\((#\w+), (#\w+)\);", style_source(FIRST))
    return dict(zip(("light", "dark"), pair, strict=True))
