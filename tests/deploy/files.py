"""Files that put the site on a server."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
README = (ROOT / "README.md").read_text()
# The variables of the site, as the table of the README names them.
VARIABLES = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", README, re.MULTILINE))


def command_of_readme() -> str:
    """Return the line that starts the server in the README."""
    [command] = re.findall(r"^\.venv/bin/(gunicorn .+)$", README, re.MULTILINE)
    return command


def named_in(file: Path) -> set[str]:
    """Return the names of the variables that an example of an environment sets."""
    return set(re.findall(r"^([A-Z0-9_]+)=", file.read_text(), re.MULTILINE))
