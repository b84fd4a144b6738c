"""Read files with igraph, which has an environment of its own."""

import json
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
READER = Path(__file__).with_name("igraph_reader.py")
IGRAPH = ROOT / ".venv-igraph" / "bin" / "python"
READ_BY_IGRAPH = ("graphml", "net", "dl")


def igraph_of(paths):
    """Return, by the ending of each file: whether arcs have a direction, the people, the arcs."""
    command = [IGRAPH, READER, *paths]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return {
        ending: (
            found["directed"],
            found["people"],
            {(source, target): weight for source, target, weight in found["arcs"]},
        )
        for ending, found in json.loads(said).items()
    }
