"""Links to style sheets with a colour of theirs, and links that fetch a script's modules at once.

In production a page loads one style sheet and few scripts, which the storage of static files has
joined; in development it loads each file as it was written.
"""

import re
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from blog.styles import colours, style_layers

register = template.Library()

IMPORT = re.compile(r'^(?:import|export)\b[^"\';]*\bfrom "(\.[^"]+)"', re.MULTILINE)


@register.simple_tag
def stylesheets() -> SafeString:
    """Return links to all style sheets in the order of their layers, or to all in one."""
    name = getattr(staticfiles_storage, "stylesheet", "")
    links = ((static(path),) for path in ([name] if name else style_layers()))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', links)


@register.simple_tag
def colour(name: str, scheme: str) -> str:
    """Return a colour of the style sheets, by its name, for the light page or the dark one."""
    return colours(name)[scheme]


@register.simple_tag
def modulepreload(*scripts: str) -> SafeString:
    """Return links for scripts and all that they import, each once, in the order of their names.

    Each would be asked for by the one before.
    """
    found: dict[str, None] = {}
    shared = getattr(staticfiles_storage, "shared_scripts", ())
    for script in scripts:
        found |= dict.fromkeys((script, *shared) if shared else imported_modules(script))
    links = ((static(path),) for path in found)
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', links)


@cache
def imported_modules(script: str) -> tuple[str, ...]:
    """Return the static paths of a script and of the modules that it imports, directly or not.

    What it imports later, when it is needed, is not among them.
    """
    found, waiting = {script: None}, [script]
    while waiting:
        path = waiting.pop(0)
        source = Path(finders.find(path)).read_text()
        paths = [normpath(join(dirname(path), name)) for name in IMPORT.findall(source)]
        new = [path for path in dict.fromkeys(paths) if path not in found]
        found |= dict.fromkeys(new)
        waiting += new
    return tuple(found)
