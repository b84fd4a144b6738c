"""Join the modules and style sheets that pages load into a few files, without a build (ADR 0047).

A module becomes a function that is called once and returns what the module exports, after all
that it imports. Comments that have lines of their own are left out, which are a quarter of all that
is sent; so no line of a string in backticks may begin like one. Nothing else changes, and what is
not understood is an error: the sources are written so that lines say what is imported and exported.
Pure.
"""

import re
from collections.abc import Iterable, Mapping
from posixpath import dirname, join, normpath, relpath

from blog.styles import FIRST, layers_of

# Every page loads it, so it holds all that it needs, and others take that from it.
SHELL = "js/shell/main.js"
# What several other scripts need: first what a post needs that is read, then the rest, which comes
# when somebody writes.
POST_PAGE = "js/comments/main.js"
SHARED = "js/shared.js"
WRITING = "js/writing.js"
STYLES = "css/site.css"

IMPORT = re.compile(r'^import (?:(\{[^}]*\}) from )?"(\.[^"]+)";\n', re.MULTILINE)
LATER = re.compile(r'\bimport\("(\.[^"]+)"\)')
EXPORT = re.compile(r"^export ((?:async )?(?:function\*?|const|class) (\w+))", re.MULTILINE)
UNKNOWN = re.compile(r"^(?:import|export|await)\b(?!\().*", re.MULTILINE)
COMMENT = re.compile(r"^[ \t]*(?:/\*(?:[^*]|\*(?!/))*\*/|//.*)[ \t]*\n", re.MULTILINE)
INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


class Module:
    """The source of one script: ``imports`` has what its functions need before they are there."""

    def __init__(self, path: str, source: str):
        self.path = path
        self.imports = [self._path(name) for _names, name in IMPORT.findall(source)]
        self.later = [self._path(name) for name in LATER.findall(source)]
        exported = [name for _declared, name in EXPORT.findall(source)]
        self.is_module = bool(self.imports or exported)
        source = IMPORT.sub(self._taken, source)
        source = EXPORT.sub(r"\1", source)
        if unknown := UNKNOWN.search(source):
            raise ValueError(f"{path} has a line that cannot be bundled: {unknown[0]}")
        self._source, self.exports = COMMENT.sub("", source).strip(), ", ".join(exported)

    def in_bundle(self, bundle: str) -> str:
        """Return the module as a statement of a bundle."""
        source = LATER.sub(
            lambda found: f'import("{_relative(self._path(found[1]), bundle)}")', self._source
        )
        returned = f"return {{ {self.exports} }};\n" if self.exports else ""
        return f"const {_name(self.path)} = (() => {{\n{source}\n{returned}}})();\n"

    def _path(self, name: str) -> str:
        return normpath(join(dirname(self.path), name))

    def _taken(self, found: re.Match[str]) -> str:
        names, path = found.groups()
        if not names:
            return ""
        return f"const {names.replace(' as ', ': ')} = {_name(self._path(path))};\n"


def join_scripts(sources: Mapping[str, str]) -> dict[str, str]:
    """Return the bundles of scripts by path, from the sources of all scripts by path.

    A script that no other one imports is one that pages load, and becomes a bundle under its own
    path, as does one that another fetches later. Scripts that fetch another one later are in each
    bundle that needs them, and not in a shared one: the other one takes what is shared, and neither
    could be named by its content.
    """
    modules = {path: Module(path, source) for path, source in sources.items()}
    modules = {path: module for path, module in modules.items() if module.is_module}
    imported = {path for module in modules.values() for path in module.imports}
    later = {path for module in modules.values() for path in module.later}
    needs = {path: _needs(path, modules) for path in modules if path not in imported - later}
    place = dict.fromkeys(needs.get(SHELL, ()), SHELL)
    others = [path for entry, of_entry in needs.items() if entry != SHELL for path in of_entry]
    for path in others:
        loads_later = any(modules[each].later for each in _needs(path, modules))
        if path not in place and others.count(path) > 1 and not loads_later:
            place[path] = SHARED if path in needs.get(POST_PAGE, ()) else WRITING
    bundles = dict(needs)
    for bundle in (SHARED, WRITING):
        if shared := [path for path in dict.fromkeys(others) if place.get(path) == bundle]:
            bundles[bundle] = shared
    return {bundle: _bundle(bundle, held, place, modules) for bundle, held in bundles.items()}


def join_styles(sources: Mapping[str, str], first: str = FIRST) -> str:
    """Return all style sheets as one, in the order of the layers that the first one names."""
    sheets = (sources[path] for path in layers_of(sources[first]))
    return INDENT.sub("", COMMENT.sub("", "".join(sheets)))


def _needs(path: str, modules: Mapping[str, Module], within: tuple[str, ...] = ()) -> list[str]:
    """Return a module and all that it imports, in the order in which a browser runs them."""
    if path in within:
        raise ValueError(f"These scripts import each other: {', '.join(within)}")
    ahead = (_needs(each, modules, (*within, path)) for each in modules[path].imports)
    return list(dict.fromkeys([each for needed in ahead for each in needed] + [path]))


def _bundle(
    bundle: str, held: Iterable[str], place: Mapping[str, str], modules: Mapping[str, Module]
) -> str:
    """Return one bundle: what it takes from others, its own modules, and what others take of it.

    Of what is shared those are whole modules, and else what its own script exports.
    """
    own = [path for path in held if place.get(path, bundle) == bundle]
    elsewhere: dict[str, list[str]] = {}
    for path in dict.fromkeys(needed for each in own for needed in modules[each].imports):
        if path not in own:
            elsewhere.setdefault(place[path], []).append(_name(path))
    head = "".join(
        f'import {{ {", ".join(names)} }} from "{_relative(other, bundle)}";\n'
        for other, names in elsewhere.items()
    )
    body = "".join(modules[path].in_bundle(bundle) for path in own)
    given = ""
    if bundle in (SHELL, SHARED, WRITING):
        given = f"export {{ {', '.join(map(_name, own))} }};\n"
    elif modules[bundle].exports:
        given = f"export const {{ {modules[bundle].exports} }} = {_name(bundle)};\n"
    return head + body + given


def _name(path: str) -> str:
    return re.sub(r"\W", "_", path.removesuffix(".js"))


def _relative(path: str, bundle: str) -> str:
    found = relpath(path, dirname(bundle))
    return found if found.startswith(".") else f"./{found}"
